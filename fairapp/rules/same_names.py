"""Whether two rows speak of one exhibitor: by name, and by country where both tell it."""

from collections.abc import Iterable

from fairapp.rules.text import fold, name_key, words

Who = tuple[bool, int]
"""Somebody: (known already, its id), or (new, its number among the newcomers)."""


class NameBook:
    """Everybody's names, for telling who is already there.

    ``Hòa Bình`` and ``Hoà bình`` are one name; ``Hoa Binh``, typed without any accent, is taken for the only
    one it can mean; ``Hòa Bình`` and ``Hoa Bính`` are two.
    """

    def __init__(self) -> None:
        self._exact: dict[str, list[Who]] = {}
        self._bare: dict[str, list[tuple[Who, bool]]] = {}
        self._country: dict[Who, str] = {}

    def enter(self, who: Who, names: Iterable[str], country: str) -> None:
        """Remember somebody under each of the names."""
        if country and not self._country.get(who):
            self._country[who] = fold(country)
        for name in names:
            if not name:
                continue
            exact = self._exact.setdefault(name_key(name), [])
            if who not in exact:
                exact.append(who)
                self._bare.setdefault(words(name), []).append((who, name.isascii()))

    def find(self, names: Iterable[str], country: str) -> tuple[Who | None, bool]:
        """Return who bears one of the names, and whether somebody bears one that differs by accents only."""
        land = fold(country) if country else ""
        similar = False
        for name in names:
            if not name:
                continue
            for who in self._exact.get(name_key(name), ()):
                if self._may_be(who, land):
                    return who, False
            bare = words(name)
            near = [hit for hit in self._bare.get(bare, ()) if bare and self._may_be(hit[0], land)]
            meant = {who for who, plain in near if plain or name.isascii()}
            if len(meant) == 1:
                return meant.pop(), False
            similar = similar or bool(near)
        return None, similar

    def _may_be(self, who: Who, land: str) -> bool:
        there = self._country.get(who, "")
        return not (land and there) or land == there
