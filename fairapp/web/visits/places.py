"""Where a maker comes from, in words of the visitor's language."""

from __future__ import annotations

from functools import lru_cache

from fairapp.adapters import places
from fairapp.i18n import current_language
from fairapp.store.producers import Organisation

_origin = lru_cache(maxsize=4096)(places.origin)


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
