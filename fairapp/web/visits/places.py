"""Where a maker comes from, in words of the visitor's language."""

from __future__ import annotations

from functools import lru_cache

from fairapp.adapters import places
from fairapp.i18n import current_language
from fairapp.rules.places import Division
from fairapp.store.producers import Organisation


def origin(organisation: Organisation) -> str:
    """``Xã Bản Liền, Lào Cai``; abroad the place and the country."""
    return _origin(
        organisation.country,
        organisation.units_version,
        organisation.province_code,
        organisation.commune_code,
        organisation.place,
        current_language(),
    )


@lru_cache(maxsize=4096)
def _origin(
    country: str, version: str, province_code: str | None, commune_code: str | None, place: str, language: str
) -> str:
    if country != "VN":
        return ", ".join(part for part in (place, places.country_name(country, language)) if part)
    division = Division(version)
    province = places.province(province_code, division) if province_code else None
    commune = places.commune(commune_code, division) if commune_code else None
    named = [each.name_in(language) for each in (commune, province) if each is not None]
    return ", ".join(named) or place
