"""What a row of a list tells, turned into an organisation and its products as they are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from fairapp.adapters import places
from fairapp.adapters.emails import AT_MOST as LONGEST_EMAIL
from fairapp.rules.collation import vietnamese_sort_text
from fairapp.rules.identifiers import Identifier
from fairapp.rules.imports import Record, RowNote
from fairapp.rules.places import Division
from fairapp.rules.producers import LONGEST_NUMBER, LONGEST_WEBSITE, OrganisationKind
from fairapp.rules.text import name_key, words

_LANGUAGES = ("en", "vi", "th", "lo", "km", "my", "ja", "ko", "zh_Hans", "zh_Hant", "id", "fr", "ar", "hi")
_OTHER_COUNTRIES = {
    "usa": "US", "u s a": "US", "u s": "US", "united states of america": "US", "america": "US", "my": "MY",
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "anh quoc": "GB",
    "korea": "KR", "republic of korea": "KR", "south korea": "KR", "han quoc": "KR",
    "holland": "NL", "the netherlands": "NL", "turkey": "TR", "turkiye": "TR", "czech republic": "CZ",
    "viet nam": "VN", "vietnam": "VN", "russia": "RU", "taiwan": "TW", "dai loan": "TW", "hong kong": "HK",
    "laos": "LA", "lao pdr": "LA", "myanmar": "MM", "burma": "MM", "uae": "AE", "macau": "MO", "brunei": "BN",
    "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "espana": "ES", "italia": "IT", "brasil": "BR",
    "iran": "IR", "syria": "SY", "bolivia": "BO", "venezuela": "VE", "moldova": "MD", "tanzania": "TZ",
    "east timor": "TL", "ivory coast": "CI", "cape verde": "CV", "swaziland": "SZ", "macedonia": "MK",
}  # fmt: skip


@cache
def _country_codes() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for country in places.countries(language):
            found.setdefault(words(country.name), country.alpha2)
            found.setdefault(country.alpha3.lower(), country.alpha2)
            found.setdefault(country.alpha2.lower(), country.alpha2)
    return found | _OTHER_COUNTRIES


def country_code(text: str) -> str:
    """The ISO code of a country written in any of our languages; nothing when nobody can tell."""
    return _country_codes().get(words(text), "")


_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
    ("lo", re.compile("[\u0e81-\u0edf]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
)
_VIETNAMESE = re.compile("[đĐơƠưƯăĂ\u1ea0-\u1ef9]")


def language_of(text: str, country: str) -> str:
    """The language a name or text is written in, told by its script, or in Latin letters by the country."""
    for language, letters in _SCRIPTS:
        if letters.search(text):
            return "ja" if language == "zh" and country == "JP" else language
    return "vi" if _VIETNAMESE.search(text) or country == "VN" else "en"


_KINDS = (
    (OrganisationKind.COOPERATIVE_GROUP, re.compile(r"\b(?:to hop tac|tht|cooperative group|group of)\b")),
    (
        OrganisationKind.COOPERATIVE,
        re.compile(r"\b(?:hop tac xa|htx|co op|cooperative|genossenschaft)\b"),
    ),
    (OrganisationKind.HOUSEHOLD, re.compile(r"\b(?:ho kinh doanh|hkd|ho gia dinh|household)\b")),
    (OrganisationKind.ENTERPRISE, re.compile(r"\b(?:cong ty|doanh nghiep|cty|enterprise|company)\b")),
)


def kind_of(record: Record) -> OrganisationKind:
    """The legal kind, told by its column, else by how the name begins; most are enterprises."""
    for text in (words(record.kind), words(record.name)):
        for kind, shape in _KINDS:
            if shape.search(text):
                return kind
    return OrganisationKind.ENTERPRISE


@dataclass(frozen=True, slots=True)
class Settled:
    """A record made fit for keeping: its columns, its products, and what could not be read."""

    import_key: str
    organisation: dict[str, Any]
    products: tuple[dict[str, Any], ...]
    notes: tuple[RowNote, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a list takes for granted: the country where none is written, and the scheme of its groups."""

    country: str
    scheme: str
    groups: Sequence[tuple[str, Mapping[str, str]]]
    now: datetime


def import_key(record: Record, country: str) -> str:
    """What tells whether an organisation came in before: its name and its country."""
    return f"{name_key(record.name)}|{country}"[:300]


def settle_record(record: Record, around: Surroundings) -> Settled:
    """Turn a record into columns; whatever cannot be read is left out with a note, never guessed."""
    notes: list[RowNote] = []
    country = country_code(record.country) if record.country else around.country
    if not country:
        notes.append(RowNote.COUNTRY_UNREAD)
        country = around.country
    columns = _names(record, country)
    columns |= _place(record, country, unread=RowNote.COUNTRY_UNREAD in notes)
    columns |= _numbers(record, country, around.now, notes)
    lands = (places.country_name(country, "vi"), places.country_name(country, "en"))
    columns["folded"] = words(" ".join((record.name, record.other_name, columns.pop("_place_words"), *lands)))
    key = import_key(record, country)
    columns |= {
        "kind": kind_of(record),
        "country": country,
        "email": _whole(record.email, LONGEST_EMAIL, RowNote.EMAIL_UNREAD, notes),
        "website": _whole(record.website, LONGEST_WEBSITE, RowNote.WEBSITE_UNREAD, notes),
        "import_key": key,
        "created_at": around.now,
        "changed_at": around.now,
    }
    return Settled(key, columns, _products(record, country, around, notes), tuple(notes))


def _whole(text: str, longest: int, too_long: RowNote, notes: list[RowNote]) -> str | None:
    """An address that is kept whole, or not at all: half of one leads nowhere."""
    if len(text) > longest:
        notes.append(too_long)
        return None
    return text or None


def _names(record: Record, country: str) -> dict[str, Any]:
    name, other = record.name, record.other_name
    story = {}
    if record.description:
        told_in = language_of(record.description, "")
        story = {told_in if told_in in ("vi", "en") else "native": record.description}
    return {
        "name": name,
        "name_latin": other if other != name else "",
        "name_language": language_of(name, country),
        "name_key": vietnamese_sort_text(other if other != name and other else name),
        "story": story,
    }


def _place(record: Record, country: str, unread: bool) -> dict[str, Any]:
    province = commune = None
    if country == "VN" and record.province:
        province = places.find_province(record.province)
        if province is None and (old := places.find_province(record.province, Division.LEGACY)):
            province = places.province_of_legacy(old.code)
        if province is not None and record.commune:
            commune = places.find_commune(record.commune, province.code)
    written = (
        "" if commune else record.commune,
        "" if province else record.province,
        record.country if unread else "",
    )
    place = ", ".join(part for part in written if part)
    told = (commune and commune.name, province and province.name, place)
    return {
        "province_code": province.code if province else None,
        "commune_code": commune.code if commune else None,
        "place": place,
        "address": record.address,
        "_place_words": " ".join(part for part in told if part),
    }


def _numbers(record: Record, country: str, now: datetime, notes: list[RowNote]) -> dict[str, Any]:
    """Tax code and telephone, read by their own rules; a household's number is kept apart from tax codes."""
    found: dict[str, Any] = {"tax_code": None, "personal_number": None, "phone": None}
    if record.tax_code:
        from fairapp.adapters.identifiers import tax_code

        number = tax_code(record.tax_code, country, now.date())
        if isinstance(number, Identifier) and len(number.value) <= LONGEST_NUMBER:
            found["personal_number" if number.is_personal else "tax_code"] = number.value
        else:
            notes.append(RowNote.TAX_CODE_UNREAD)
    if record.phone:
        from fairapp.adapters.phones import Phone, phone

        line = phone(record.phone, country)
        if isinstance(line, Phone):
            found["phone"] = line.e164
        else:
            notes.append(RowNote.PHONE_UNREAD)
    return found


def _products(
    record: Record, country: str, around: Surroundings, notes: list[RowNote]
) -> tuple[dict[str, Any], ...]:
    if not record.products or not around.groups:
        return ()
    group = _group(record.group, around)
    if group is None:
        notes.append(RowNote.GROUP_UNREAD)
        group = around.groups[0][0]
    rows = []
    for position, (name, stars) in enumerate(record.products):
        written_in = language_of(name, country)
        rows.append({
            "names": {written_in if written_in in ("vi", "en") else "native": name},
            "scheme": around.scheme,
            "group_code": group,
            "stars": stars,
            "folded": words(name),
            "position": position,
        })  # fmt: skip
    return tuple(rows)


def _group(text: str, around: Surroundings) -> str | None:
    """The group a list writes by its code or by its name in any language, also as a part of a longer name."""
    asked = words(text)
    if not asked:
        return None
    named = [(code, {words(name) for name in names.values()} | {code}) for code, names in around.groups]
    for code, spelled in named:
        if asked in spelled:
            return code
    near = [code for code, spelled in named if any(asked in name or name in asked for name in spelled)]
    return near[0] if len(near) == 1 else None
