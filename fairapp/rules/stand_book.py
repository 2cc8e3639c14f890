"""The codes of a fair's plan as one book, in which the values of a list's booth column are looked up."""

import re
from collections.abc import Hashable, Iterable

from fairapp.rules.stand_codes import StandName, StandReading, StandReason, code_key, hall_key, is_placeholder
from fairapp.rules.text import fold

LONGEST_VALUE = 400
MOST_CODES = 60
_SIGNS = re.compile(r"[/\\,;&+|\n、，；／＆]+|\s+(?:and|und|et|y|e|va|và|with|mit)\s+", re.IGNORECASE)
_EDGES = " \t.:()[]{}*'\"#"
_RANGE = re.compile(r"\s*(\D*?)(\d+)(\D?)\s*(?:-|–|—|~|\bto\b|\bbis\b)\s*(\D*?)(\d+)(\D?)\s*", re.IGNORECASE)
_CASED_RUNS = re.compile(r"[^\W\d_]*?[^\W\d_]\d+[^\W\d_A-Z]?(?![^\W\d_A-Z])")


class StandBook:
    """The codes of one fair's plan, indexed once, asked for every row."""

    def __init__(self, stands: Iterable[StandName]) -> None:
        self._whole: dict[tuple[str, str], list[StandName]] = {}
        self._parts: dict[tuple[str, str], list[StandName]] = {}
        self._spelled: dict[tuple[str, str], list[StandName]] = {}
        self._pieces: dict[Hashable, frozenset[str]] = {}
        self._halls: dict[str, str] = {}
        self._asked: dict[tuple[str, str], StandReading] = {}
        for stand in stands:
            self._enter(stand)
        self._hall_keys = frozenset(self._halls.values())
        self._short_halls = _unique_tails(self._halls.values())

    def _enter(self, stand: StandName) -> None:
        hall = self._halls.setdefault(stand.hall, hall_key(stand.hall))
        pieces = [piece for piece in _SIGNS.split(stand.code) if piece] or [stand.code]
        if len(pieces) == 1 and len(atoms := stand.code.split()) > 1 and all(_looks_whole(a) for a in atoms):
            pieces = atoms
        keys = frozenset(code_key(piece) for piece in pieces)
        self._pieces[stand.key] = keys
        for where in (hall, ""):
            self._spelled.setdefault((where, fold(stand.code)), []).append(stand)
            self._whole.setdefault((where, code_key(stand.code)), []).append(stand)
            for key in keys if len(keys) > 1 else ():
                self._parts.setdefault((where, key), []).append(stand)

    def reads_hall(self, hall: str) -> bool:
        """Say whether a cell of the hall column names at least one hall of the plan: ``PAD 3/PAD 2``."""
        return bool(self._row_halls(hall)[1])

    def _hall(self, hall: str) -> str:
        key = hall_key(hall)
        if key in self._hall_keys:
            return key
        return self._short_halls.get(key, "") if key[:1].isdigit() else ""

    def read(self, value: str, hall: str = "") -> StandReading:
        """Find the stands a value names, in the row's hall or halls when it has any."""
        asked = (value, hall)
        if asked not in self._asked:
            if len(self._asked) > 20_000:  # a list of a million rows must not become a million answers kept
                self._asked.clear()
            self._asked[asked] = self._read(value[:LONGEST_VALUE], hall)
        return self._asked[asked]

    def _read(self, value: str, hall: str) -> StandReading:
        value = value.strip(_EDGES)
        if not value.strip("-–—_/?"):
            return StandReading(reason=StandReason.NO_BOOTH)
        halls, known = self._row_halls(hall)
        if halls and not known:
            placeholder = is_placeholder(value)
            return StandReading(
                unknown=(value,), reason=StandReason.NOT_A_BOOTH if placeholder else StandReason.UNKNOWN_HALL
            )
        search = _Search(self, tuple(known) or ("",))
        search.value(value)
        stands = tuple(dict.fromkeys(search.found))
        if stands:
            return StandReading(stands, tuple(search.unknown))
        if is_placeholder(value):
            return StandReading(reason=StandReason.NOT_A_BOOTH)
        return StandReading(unknown=tuple(search.unknown), reason=search.why or StandReason.UNKNOWN_BOOTH)

    def _row_halls(self, hall: str) -> tuple[list[str], list[str]]:
        """Return the halls the row writes, and those of them the plan knows."""
        if not hall.strip(_EDGES + "-"):
            return [], []
        if one := self._hall(hall):
            return [hall], [one]
        written = [part for part in _SIGNS.split(hall) if part.strip(_EDGES)]
        return written, [known for part in written if (known := self._hall(part))]

    def look_up(self, code: str, halls: tuple[str, ...]) -> tuple[list[StandName], StandReason | None]:
        """Return the one stand of this code, in the first hall that has it, or why none can be told."""
        unclear: StandReason | None = None
        for where in halls:
            for index, key in (
                (self._spelled, fold(code)),
                (self._whole, code_key(code)),
                (self._parts, code_key(code)),
            ):
                hits = index.get((where, key), ()) if key else ()
                if len(hits) == 1:
                    return [hits[0]], None
                if len(hits) > 1:
                    apart = len({hit.hall for hit in hits}) > 1
                    unclear = unclear or (StandReason.SEVERAL_HALLS if apart else StandReason.SEVERAL_STANDS)
                    break
        return [], unclear

    def covered(self, codes: list[str], halls: tuple[str, ...]) -> dict[int, StandName]:
        """Return, by position, the stands of several codes that the codes name in full, the widest first."""
        keys = [code_key(code) for code in codes]
        wanted, out = set(keys), {}
        for where in halls:
            candidates = {s.key: s for key in keys for s in self._parts.get((where, key), ())}
            for stand in sorted(candidates.values(), key=lambda s: (-len(self._pieces[s.key]), s.code)):
                pieces = self._pieces[stand.key]
                if pieces <= wanted:
                    wanted -= pieces
                    out.update({i: stand for i, key in enumerate(keys) if key in pieces})
        return out

    def hall_prefix(self, code: str) -> tuple[str, str]:
        """Split ``08-111A`` into the hall's key and the code; a foreign prefix gives an empty key."""
        head, sign, rest = code.partition("-")
        if not sign:
            head, sign, rest = code.partition(" ")
        if not (sign and rest.strip() and any(c.isdigit() for c in rest)):
            return "", ""
        return self._hall(head), rest.strip(_EDGES)


class _Search:
    """One value being read: what was found so far, what not, and why."""

    def __init__(self, book: StandBook, halls: tuple[str, ...]) -> None:
        self.book, self.halls = book, halls
        self.found: list[StandName] = []
        self.unknown: list[str] = []
        self.why: StandReason | None = None

    def value(self, value: str) -> None:
        if self._take(value):
            return
        pieces = [piece.strip(_EDGES) for piece in _SIGNS.split(value)]
        pieces = [piece for piece in pieces if piece][:MOST_CODES]
        codes = [code for piece in pieces for code in self._codes(piece)]
        whole = self.book.covered(codes, self.halls)
        for position, code in enumerate(codes):
            if position in whole:
                self.found.append(whole[position])
            elif not self._take(code) and not self._prefixed(code):
                self._unclear_range(code)
                self.unknown.append(code)

    def _take(self, code: str) -> bool:
        hits, why = self.book.look_up(code, self.halls)
        self.found += hits
        self.why = self.why or why
        return bool(hits)

    def _known(self, code: str) -> bool:
        return bool(self.book.look_up(code, self.halls)[0])

    def _codes(self, piece: str) -> list[str]:
        """Take a piece apart at its blanks, and where codes are glued that the plan knows."""
        if self._known(piece):
            return [piece]
        codes: list[str] = []
        atoms = [atom.strip(_EDGES) for atom in piece.split()]
        atoms = [atom for atom in atoms if atom and atom not in "-–—"][:MOST_CODES]
        if not any(self._known(a) or self.book.hall_prefix(a)[1] or len(_glued(a)) > 1 for a in atoms):
            return [piece]
        while atoms:
            size = next((n for n in range(min(3, len(atoms)), 1, -1) if self._known(" ".join(atoms[:n]))), 1)
            code = " ".join(atoms[:size])
            parts = _glued(code) if not self._known(code) else [code]
            codes += parts if len(parts) > 1 and all(self._known(p) for p in parts) else [code]
            atoms = atoms[size:]
        return codes

    def _prefixed(self, code: str) -> bool:
        """Read ``06-340A`` (a hall before the code) and ``HP2-J18`` (a foreign prefix)."""
        hall, rest = self.book.hall_prefix(code)
        if not rest:
            return False
        hits, why = self.book.look_up(rest, (hall,) if hall else self.halls)
        if not hits and not hall and not self._is_range(code) and len(inner := _glued(rest)) > 1:
            taken = [self._take(part) for part in inner]
            return all(taken)
        if self._is_range(code) and not hall:
            return False
        self.found += hits
        self.why = self.why or why
        return bool(hits)

    def _is_range(self, code: str) -> bool:
        ends = _RANGE.fullmatch(code)
        return bool(ends) and self._known(f"{ends[1]}{ends[2]}{ends[3]}")  # type: ignore[index]

    def _unclear_range(self, code: str) -> None:
        if self._is_range(code):
            self.why = StandReason.UNCLEAR_RANGE


def _looks_whole(atom: str) -> bool:
    return any(c.isdigit() for c in atom) and any(c.isalpha() for c in atom)


def _glued(code: str) -> list[str]:
    """Take ``A010B011`` or ``C030aD029a`` apart: a code is capitals, digits and at most one small letter."""
    parts = _CASED_RUNS.findall(code)
    return parts if "".join(parts) == code else [code]


def _tail(key: str) -> str:
    return re.sub(r"^\D+", "", key)


def _unique_tails(keys: Iterable[str]) -> dict[str, str]:
    """Return the numbers that alone tell a hall: ``PAD 3`` is ``3`` where no other hall is a three."""
    tails: dict[str, list[str]] = {}
    for key in sorted(set(keys)):
        if _tail(key):
            tails.setdefault(_tail(key), []).append(key)
    return {tail: found[0] for tail, found in tails.items() if len(found) == 1}
