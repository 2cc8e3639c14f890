"""Words that all printed documents of a fair share: texts, origins, addresses, records."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from fairapp.adapters.pdf.book import CatalogueLabels
from fairapp.adapters.pdf.text import clean
from fairapp.adapters.places import country_name, origin
from fairapp.config import Settings
from fairapp.i18n import current_language, formats, ngettext, pick
from fairapp.i18n import gettext as _
from fairapp.rules.printing import PrintFault, Report
from fairapp.rules.short_codes import grouped
from fairapp.store.catalogue_queries import Card, Proof
from fairapp.store.fairs import Hall

_log = logging.getLogger(__name__)
CHUNK = 200
"""Exhibitors whose rows are in memory at once."""
Key = TypeVar("Key")
Made = TypeVar("Made")


class Streamed(Generic[Key, Made]):
    """Records in the order of their keys, made a chunk of rows at a time."""

    def __init__(self, keys: Sequence[Key], make: Callable[[Sequence[Key]], Iterator[Made]]) -> None:
        self.keys = keys
        self.make = make

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Made]:
        for start in range(0, len(self.keys), CHUNK):
            yield from self.make(self.keys[start : start + CHUNK])


def each_made(
    keys: Sequence[Key], make: Callable[[Key], Made | None], name: Callable[[Key], str], faults: Report
) -> Iterator[Made]:
    """What ``make`` gives for each key; a row it cannot read is reported by its name and left out."""
    for key in keys:
        try:
            made = make(key)
        except Exception:  # one bad record never stops a run
            _log.warning("record %s was left out of print", name(key), exc_info=True)
            faults.add(name(key), "", PrintFault.SKIPPED)
            faults.skipped += 1
            continue
        if made is not None:
            yield made


def second_language() -> str:
    """The other language of a document for readers from everywhere."""
    return "en" if current_language() == "vi" else "vi"


def spoken(texts: Mapping[str, str]) -> tuple[str, str]:
    """The text for the current language and the language it is really in."""
    text = pick(texts)
    language = next((language for language, each in texts.items() if each == text), "")
    return text, "" if language == "native" else language


def beside(texts: Mapping[str, str], first: str) -> str:
    """The same thing in its own script, else in the other language; empty when that is no other text."""
    other = texts.get("native") or texts.get(second_language()) or ""
    return "" if other == first else other


def latin(card: Card) -> str:
    """The second line of a name in another script."""
    return "" if card.name_latin == card.name else card.name_latin


def origin_of(card: Card) -> str:
    """Where the exhibitor comes from."""
    return origin(
        card.country,
        card.units_version,
        card.province_code,
        card.commune_code,
        card.place,
        current_language(),
    )


def region_of(card: Card) -> str:
    """The province, or abroad the country, under which an index lists the exhibitor."""
    language = current_language()
    if card.country != "VN":
        return country_name(card.country, language)
    return origin(card.country, card.units_version, card.province_code, None, "", language)


MOST_NAMED = 6
"""Companies named in one entry; a pavilion of a hundred says how many more."""


def stand_words(hosts: Sequence[str], guests: Sequence[str], represented: Sequence[tuple[str, str]]) -> str:
    """At whose stand, with whom, and for whom: (name, country) of those it represents."""
    lands = [f"{name} ({country_name(country, current_language())})" for name, country in represented]
    said = (
        _("At the stand of %(names)s", names=_some(hosts)) if hosts else "",
        _("With %(names)s", names=_some(guests)) if guests else "",
        _("Represents %(names)s", names=_some(lands)) if lands else "",
    )
    return " · ".join(part for part in said if part)


def _some(names: Sequence[str]) -> str:
    once = list(dict.fromkeys(names))
    more = len(once) - MOST_NAMED
    listed = formats.listing(once[:MOST_NAMED])
    return listed if more <= 0 else f"{listed} {ngettext('and %(num)s other', 'and %(num)s others', more)}"


def proof_of(paper: Proof | None) -> str:
    """The certificate that a product's stars rest on: number, authority, and for how long."""
    if paper is None:
        return ""
    lasts = formats.date(paper.issued_on)
    if paper.expires_on:
        lasts = f"{lasts} – {formats.date(paper.expires_on)}"
    return " · ".join(part for part in (paper.number, paper.authority, lasts) if part)


def hall_name(hall: Hall) -> str:
    """The hall as people call it."""
    named = pick(hall.names)
    return named or _("Hall %(code)s", code=hall.code)


def plate(code: str, hall: Hall | None, repeated: frozenset[str]) -> str:
    """What stands on the booth's plate; where another hall has the same code, the hall stands beside it."""
    return f"{code} ({hall.code})" if hall is not None and code in repeated else code


def star_words() -> tuple[str, ...]:
    """The words for no star to five."""
    return ("", *(ngettext("%(num)s star", "%(num)s stars", count) for count in range(1, 6)))


def booth_link(settings: Settings, short_code: str) -> str:
    """The text of the QR: in capitals, because such a code has fewer modules."""
    return f"{settings.base_url}/B/{short_code}".upper()


def booth_address(settings: Settings, short_code: str) -> str:
    """The same address for people who type."""
    return f"{settings.base_url.partition('://')[2]}/B/{short_code}"


def typed_code(short_code: str) -> str:
    """The code in groups."""
    return grouped(short_code)


def nameable(name: str) -> bool:
    """Whether anything of the name can be shown."""
    return bool(clean(name, 160))


def record_name(name: str, booth: str = "") -> str:
    """How a report calls a record: never with signs that no page can show."""
    called = clean(name, 80) or _("No name")
    return f"{called} ({clean(booth, 40)})" if booth else called


def labels(name: str) -> CatalogueLabels:
    """Every word of the book of this fair that is not a record's."""
    return CatalogueLabels(
        contents=_("Contents"),
        name_index=_("Index of exhibitors"),
        booth_index=_("Index of booths"),
        foot=f"{_('Catalogue')} · {name}",
        stars=star_words(),
        product_index=_("Index of products"),
        region_index=_("Index of places of origin"),
        star_index=_("Index of stars"),
        photo_of=_("Photo: %(name)s"),
        code_of=_("QR code of %(name)s"),
        maps=_("Plans of the halls"),
        map_of=_("Plan: %(name)s"),
        advert=_("Advertisement"),
        goes_on=_("%(name)s (continued)"),
    )
