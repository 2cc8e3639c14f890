"""Which administrative division of Viet Nam holds on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

REFORM = date(2025, 7, 1)


class Division(StrEnum):
    """One state of the map; a code means nothing without it (province 24 is Bac Giang, then Bac Ninh)."""

    LEGACY = "legacy"
    SINCE_2025 = "2025"


def division_on(day: date) -> Division:
    """63 provinces, districts, 10,035 communes until 30 June 2025; 34 and 3,321 communes since."""
    return Division.LEGACY if day < REFORM else Division.SINCE_2025
