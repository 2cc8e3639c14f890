"""In which order a catalogue stands, and why none can be printed."""

from __future__ import annotations

from enum import StrEnum


class CatalogueOrder(StrEnum):
    """What the chapters of a catalogue are."""

    HALL = "hall"
    GROUP = "group"


class PrintRefusal(StrEnum):
    """Why a fair's documents cannot be made."""

    NO_EXHIBITORS = "print_no_exhibitors"
    NO_BOOTHS = "print_no_booths"
