"""A fair's life, its days, and the kinds of floor it offers."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class FairState(StrEnum):
    """planned is seen by its organisers only; published by everybody."""

    PLANNED = "planned"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class PlanState(StrEnum):
    """A floor plan's version: drafts may hold booths to settle, a published one may not."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class FloorKind(StrEnum):
    """What stands on the floor when the exhibitor comes."""

    SHELL_SCHEME = "shell_scheme"
    RAW_SPACE = "raw_space"


class BoothForm(StrEnum):
    """How many sides of the booth are open to an aisle: one, two, three, four."""

    INLINE = "inline"
    CORNER = "corner"
    PENINSULA = "peninsula"
    ISLAND = "island"


def days_of(first: date, last: date) -> tuple[date, ...]:
    """Every day of the fair, the first and the last included."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
