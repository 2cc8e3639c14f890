"""Where people and organisations come from, in words, and the places to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from fairapp.i18n import current_language
from fairapp.rules.collation import vietnamese_key
from fairapp.rules.text import fold
from fairapp.store.producers import Organisation


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A province or country with the number of those from there."""

    value: str
    name: str
    count: int


def place_name(value: str) -> str:
    """A province (``"01"``) or country (``"JP"``) by name; what nobody knows stays as it is."""
    return _named_in(value, current_language())


@lru_cache(1024)
def _named_in(value: str, language: str) -> str:
    from fairapp.adapters import places  # 11,000 places: read when first asked for

    if not value.isdigit():
        return places.country_name(value, language)
    found = places.province(value)
    return found.name_in(language) if found else value


def place_of(organisation: Organisation) -> str:
    """Where an organisation is: its province, or its place and country."""
    if organisation.country == "VN":
        if organisation.province_code:
            return place_name(organisation.province_code)
        return organisation.place
    country = place_name(organisation.country)
    return f"{organisation.place}, {country}" if organisation.place else country


def place_choices(
    counted: Iterable[tuple[str, str | None, int]],
) -> tuple[list[PlaceChoice], list[PlaceChoice]]:
    """(provinces, countries) to choose from, in the order of the language's alphabet."""
    provinces: dict[str, int] = {}
    countries: dict[str, int] = {}
    for country, province, many in counted:
        if country == "VN" and province:
            provinces[province] = provinces.get(province, 0) + many
        countries[country] = countries.get(country, 0) + many
    return _named(provinces), _named(countries)


def places_together(counted: Iterable[tuple[str, str | None, int]]) -> list[PlaceChoice]:
    """Provinces of Viet Nam and other countries in one list, in the order of the language's alphabet."""
    many: dict[str, int] = {}
    for country, province, count in counted:
        value = province if country == "VN" and province else country
        many[value] = many.get(value, 0) + count
    return _named(many)


def _named(counted: dict[str, int]) -> list[PlaceChoice]:
    key = vietnamese_key if current_language() == "vi" else fold
    choices = [PlaceChoice(value, place_name(value), many) for value, many in counted.items()]
    return sorted(choices, key=lambda choice: key(choice.name))
