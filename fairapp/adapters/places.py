"""Provinces and communes of Viet Nam, before and since July 2025, and the world's countries by name.

The lists lie in ``fairapp/data`` and are read when somebody first asks; who never asks pays nothing, who asks
for everything about 6 MiB.
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from fairapp.rules.places import Division

DATA = Path(__file__).parent.parent / "data"
NOW = Division.SINCE_2025

_KIND = re.compile(
    r"^(thành phố|thị trấn|đặc khu|phường|tỉnh|xã|tp|tt|p|x|t)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE
)
_LATIN_KIND = re.compile(r"^(thanh pho|thi tran|dac khu|phuong|tinh|xa|tp|tt|p|x|t)(?:\.\s*|\s+)(?=\S)")


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city; ``full`` has its kind before the ``name``, ``latin`` no accents."""

    code: str
    division: Division
    name: str
    full: str
    latin: str
    code_2025: str

    def name_in(self, language: str) -> str:
        """The name for readers of ``language``."""
        return self.name if language == "vi" else self.latin


@dataclass(frozen=True, slots=True)
class District:
    """A district, which exists in the legacy division only."""

    code: str
    name: str
    province_code: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward, township or special zone; ``name`` begins with its kind: ``Xã Tân Cương``."""

    code: str
    name: str
    province_code: str
    district_code: str

    @property
    def bare(self) -> str:
        """The name without its kind, unless only a number would be left."""
        bare = _KIND.sub("", self.name)
        return self.name if bare.isdigit() else bare

    def name_in(self, language: str) -> str:
        """The name for readers of ``language``: in Vietnamese with its kind, else bare, without accents."""
        return self.name if language == "vi" else without_accents(self.bare)


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 codes and its name in the language that was asked for."""

    alpha2: str
    alpha3: str
    name: str

    @property
    def flag(self) -> str:
        """The flag as an emoji, for data; a page must not need it."""
        return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in self.alpha2)


def without_accents(text: str) -> str:
    """Vietnamese in plain Latin letters: ``Đắk Lắk`` becomes ``Dak Lak``."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def provinces(division: Division = NOW) -> tuple[Province, ...]:
    """All provinces of the division, in the order of the Vietnamese alphabet."""
    return tuple(_provinces()[division].values())


def province(code: str, division: Division = NOW) -> Province | None:
    """The province with this code in the division."""
    return _provinces()[division].get(code)


def province_of_legacy(code: str) -> Province | None:
    """The province of today into which the legacy province ``code`` went."""
    old = province(code, Division.LEGACY)
    return None if old is None else province(old.code_2025)


def find_province(text: str, division: Division = NOW) -> Province | None:
    """The province that ``text`` names, with or without accents and ``Tỉnh`` or ``TP.``, or by its code."""
    wanted = text.strip()
    if wanted.isdigit():
        return province(wanted.zfill(2), division)
    return _province_names(division).get(_folded(wanted))


def communes(province_code: str, division: Division = NOW) -> tuple[Commune, ...]:
    """All communes of a province, in the order of the Vietnamese alphabet."""
    return _communes(division).get(province_code, ())


def commune(code: str, division: Division = NOW) -> Commune | None:
    """The commune with this code in the division."""
    return _communes_by_code(division).get(code)


def district(code: str) -> District | None:
    """The legacy district with this code."""
    return _districts().get(code)


def communes_named(
    text: str, province_code: str | None = None, division: Division = NOW
) -> tuple[Commune, ...]:
    """Every commune that ``text`` may name; the right accents and kind beat a likeness without."""
    asked = unicodedata.normalize("NFC", text).strip()[:100]
    wanted = _folded(asked)
    if not wanted:
        return ()
    among = _communes(division)
    pool = among.get(province_code, ()) if province_code is not None else sum(among.values(), ())
    alike = [place for place in pool if _folded(place.name) == wanted]
    for exact in (
        [place for place in alike if place.name.casefold() == asked.casefold()],
        [place for place in alike if place.bare.casefold() == _KIND.sub("", asked).casefold()],
    ):
        if exact:
            return tuple(exact)
    return tuple(alike)


def find_commune(text: str, province_code: str | None = None, division: Division = NOW) -> Commune | None:
    """The one commune that ``text`` names; None when there is none or more than one."""
    found = communes_named(text, province_code, division)
    return found[0] if len(found) == 1 else None


def communes_like(
    text: str, province_code: str, division: Division = NOW, limit: int = 20
) -> tuple[Commune, ...]:
    """Communes of a province whose name contains the typed letters, those that begin with them first."""
    wanted = _folded(text[:100])
    hits = [(_folded(place.name).find(wanted), place) for place in communes(province_code, division)]
    hits = sorted(((at > 0, place) for at, place in hits if at >= 0), key=lambda hit: hit[0])
    return tuple(place for _later, place in hits[:limit])


def country_name(code: str, language: str) -> str:
    """The country's name in ``language`` (else in English); the code itself when nobody knows it."""
    names = _country_names(language)
    return names.get(code.upper(), code)


def countries(language: str) -> tuple[Country, ...]:
    """All countries by their names in ``language``, in its order."""
    names = _country_names(language)
    known = [Country(alpha2, alpha3, names[alpha2]) for alpha2, alpha3 in _country_codes().items()]
    if language == "vi":  # the list lies in this order
        return tuple(known)
    return tuple(
        sorted(known, key=lambda country: (without_accents(country.name).casefold(), country.alpha2))
    )


@lru_cache(maxsize=4096)
def origin(
    country: str, version: str, province_code: str | None, commune_code: str | None, place: str, language: str
) -> str:
    """Where somebody comes from: ``Xã Bản Liền, Lào Cai``; abroad the place and the country's name."""
    if country != "VN":
        return ", ".join(part for part in (place, country_name(country, language)) if part)
    division = Division(version)
    named = (
        commune(commune_code, division) if commune_code else None,
        province(province_code, division) if province_code else None,
    )
    return ", ".join(each.name_in(language) for each in named if each is not None) or place


def is_country(code: str) -> bool:
    """Whether ``code`` is an ISO 3166-1 alpha-2 code in use."""
    return code in _country_codes()


def _folded(name: str) -> str:
    """Letters and digits of a name without kind, accents and case."""
    plain = without_accents(name.strip()).casefold()
    bare = _LATIN_KIND.sub("", plain)
    if bare.lstrip("0").isdigit():  # Phường 1 is Phường 01 and P.1, but not Xã 1
        return f"{plain[:1]}{int(bare)}"
    return "".join(letter for letter in bare if letter.isalnum())


def _rows(name: str) -> Iterator[list[str]]:
    data = (DATA / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    reader = csv.reader(text.splitlines())
    next(reader)
    yield from reader


@cache
def _provinces() -> Mapping[Division, Mapping[str, Province]]:
    found: dict[Division, dict[str, Province]] = {division: {} for division in Division}
    for division, code, full, code_2025 in _rows("vn_provinces.csv"):
        name = _KIND.sub("", full)
        latin = without_accents(name)
        if name == "Hồ Chí Minh":  # the bare name is a person's
            name, latin = "TP. Hồ Chí Minh", "Ho Chi Minh City"
        found[Division(division)][code] = Province(code, Division(division), name, full, latin, code_2025)
    return MappingProxyType(found)


@cache
def _province_names(division: Division) -> Mapping[str, Province]:
    names = {_folded(place.full): place for place in provinces(division)}
    names |= {_folded(place.latin): place for place in provinces(division)}
    for other, name in (
        ("hcm", "hochiminh"),
        ("tphcm", "hochiminh"),
        ("saigon", "hochiminh"),
        ("hcmc", "hochiminh"),
    ):
        names[other] = names[name]
    names["thuathienhue"] = names["hue"]
    if division is Division.LEGACY:
        names |= {
            other: names[name] for other, name in (("vungtau", "bariavungtau"), ("brvt", "bariavungtau"))
        }
    return names


@cache
def _communes(division: Division) -> Mapping[str, tuple[Commune, ...]]:
    grouped: defaultdict[str, list[Commune]] = defaultdict(list)
    for code, name, province_code, district_code in _rows(f"vn_communes_{division}.csv.gz"):
        home = grouped[province_code]
        last = home[-1] if home else None
        shared = last.province_code if last else province_code  # one string for a whole province saves memory
        home.append(Commune(code, name, shared, district_code))
    return {code: tuple(places) for code, places in grouped.items()}


@cache
def _communes_by_code(division: Division) -> Mapping[str, Commune]:
    return {place.code: place for places in _communes(division).values() for place in places}


@cache
def _districts() -> Mapping[str, District]:
    return {row[0]: District(*row) for row in _rows("vn_districts_legacy.csv.gz")}


@cache
def _country_codes() -> Mapping[str, str]:
    return {row[0]: row[1] for row in _rows("countries.csv.gz")}


@cache
def _country_names(language: str) -> Mapping[str, str]:
    with gzip.open(DATA / "countries.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        columns = next(reader)
        column = columns.index(language) if language in columns[2:] else columns.index("en")
        return {row[0]: row[column] for row in reader}
