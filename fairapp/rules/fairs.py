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


class FairStep(StrEnum):
    """What can be done to a fair as a whole."""

    PUBLISH = "publish"
    POSTPONE = "postpone"
    CANCEL = "cancel"


FAIR_STEPS: dict[tuple[FairState, FairStep], FairState] = {
    (FairState.PLANNED, FairStep.PUBLISH): FairState.PUBLISHED,
    (FairState.PLANNED, FairStep.CANCEL): FairState.CANCELLED,
    (FairState.PUBLISHED, FairStep.POSTPONE): FairState.POSTPONED,
    (FairState.PUBLISHED, FairStep.CANCEL): FairState.CANCELLED,
    (FairState.POSTPONED, FairStep.PUBLISH): FairState.PUBLISHED,
    (FairState.POSTPONED, FairStep.CANCEL): FairState.CANCELLED,
}


class FairRefusal(StrEnum):
    """Why a fair cannot be made, changed or moved on."""

    CODE_TAKEN = "fair_code_taken"
    BAD_CODE = "fair_bad_code"
    NO_NAME = "fair_no_name"
    DAYS_REVERSED = "fair_days_reversed"
    TOO_MANY_DAYS = "fair_too_many_days"
    DEADLINES_REVERSED = "fair_deadlines_reversed"
    DEADLINE_AFTER_FAIR = "fair_deadline_after_fair"
    UNKNOWN_TIME_ZONE = "fair_unknown_time_zone"
    UNKNOWN_SCHEME = "fair_unknown_scheme"
    NOT_FROM_HERE = "fair_not_from_here"
    REASON_MISSING = "fair_reason_missing"
    DAYS_IN_USE = "fair_days_in_use"
    KIND_IN_USE = "fair_kind_in_use"
    KIND_CODE_TAKEN = "fair_kind_code_taken"
    GATE_IN_USE = "fair_gate_in_use"
    GATE_CODE_TAKEN = "fair_gate_code_taken"


class PlanRefusal(StrEnum):
    """Why a version of a floor plan cannot be published."""

    NOT_A_DRAFT = "plan_not_a_draft"
    UNSETTLED = "plan_unsettled"
    BOOTHS_IN_USE = "plan_booths_in_use"
    STALE_CHOICE = "plan_stale_choice"
    CODE_NEEDED = "plan_code_needed"
    NOT_POSSIBLE = "plan_not_possible"
    CHANGED_MEANWHILE = "plan_changed_meanwhile"
    HALL_SIZE = "plan_hall_size"
    HALL_TAKEN = "plan_hall_taken"
    CODES_TAKEN = "plan_codes_taken"
    NO_PICTURE = "plan_no_picture"


MOST_DAYS = 16
"""A badge's token has a bit for each day."""


def day_faults(first: date, last: date) -> tuple[FairRefusal, ...]:
    """What is wrong with the days of a fair."""
    if last < first:
        return (FairRefusal.DAYS_REVERSED,)
    return (FairRefusal.TOO_MANY_DAYS,) if (last - first).days >= MOST_DAYS else ()
