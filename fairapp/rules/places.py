"""The administrative divisions of Viet Nam: 63 provinces until 30 June 2025, 34 since."""

from __future__ import annotations

from enum import StrEnum


class Division(StrEnum):
    """One state of the map; a code means nothing without it (province 24 is Bac Giang, then Bac Ninh)."""

    LEGACY = "legacy"
    SINCE_2025 = "2025"
