"""The life of an application: its states, its steps, who may take them, and what keeps a step back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Step(StrEnum):
    """What can be done to an application."""

    SUBMIT = "submit"
    RETURN = "return"
    RESUBMIT = "resubmit"
    BEGIN_REVIEW = "begin_review"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    REOPEN = "reopen"
    LAPSE = "lapse"


STEPS: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Step.WITHDRAW): State.WITHDRAWN,
    **{
        (waiting, step): after
        for waiting in (State.SUBMITTED, State.RESUBMITTED)
        for step, after in (
            (Step.BEGIN_REVIEW, State.IN_REVIEW),
            (Step.RETURN, State.RETURNED),
            (Step.ACCEPT, State.ACCEPTED),
            (Step.WAITLIST, State.WAITLISTED),
            (Step.DECLINE, State.DECLINED),
            (Step.WITHDRAW, State.WITHDRAWN),
            (Step.CANCEL, State.CANCELLED),
        )
    },
    (State.IN_REVIEW, Step.RETURN): State.RETURNED,
    (State.IN_REVIEW, Step.ACCEPT): State.ACCEPTED,
    (State.IN_REVIEW, Step.WAITLIST): State.WAITLISTED,
    (State.IN_REVIEW, Step.DECLINE): State.DECLINED,
    (State.IN_REVIEW, Step.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Step.CANCEL): State.CANCELLED,
    (State.RETURNED, Step.RESUBMIT): State.RESUBMITTED,
    (State.RETURNED, Step.WITHDRAW): State.WITHDRAWN,
    (State.RETURNED, Step.CANCEL): State.CANCELLED,
    (State.WAITLISTED, Step.ACCEPT): State.ACCEPTED,
    (State.WAITLISTED, Step.DECLINE): State.DECLINED,
    (State.WAITLISTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.WAITLISTED, Step.CANCEL): State.CANCELLED,
    (State.DECLINED, Step.BEGIN_REVIEW): State.IN_REVIEW,
    (State.ACCEPTED, Step.CONFIRM): State.CONFIRMED,
    (State.ACCEPTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Step.CANCEL): State.CANCELLED,
    (State.ACCEPTED, Step.LAPSE): State.LAPSED,
    (State.LAPSED, Step.ACCEPT): State.ACCEPTED,
    (State.LAPSED, Step.CANCEL): State.CANCELLED,
    (State.CONFIRMED, Step.WITHDRAW): State.WITHDRAWN,
    (State.CONFIRMED, Step.CANCEL): State.CANCELLED,
    (State.WITHDRAWN, Step.REOPEN): State.DRAFT,
}

APPLICANTS_STEPS = frozenset({Step.SUBMIT, Step.RESUBMIT, Step.CONFIRM, Step.WITHDRAW, Step.REOPEN})
"""Taken by a member of the organisation; all others by an organiser, and ``LAPSE`` by time itself."""
REASONED_STEPS = frozenset({Step.RETURN, Step.DECLINE, Step.CANCEL})
"""The applicant reads why."""
PREPARABLE = (Step.ACCEPT, Step.WAITLIST, Step.DECLINE)
"""The decisions that can be prepared and published in one batch."""
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""The applicant may change the answers."""
ADMITTED = frozenset({State.ACCEPTED, State.CONFIRMED})
"""The organisation is an exhibitor."""


class Part(StrEnum):
    """The parts of the form, in the order they are asked."""

    KIND = "kind"
    WISHES = "wishes"
    NEEDS = "needs"
    PRODUCTS = "products"
    QUESTIONS = "questions"
    TERMS = "terms"


WAITING = frozenset({State.SUBMITTED, State.RESUBMITTED, State.IN_REVIEW})
"""The organiser has to decide."""


class StepRefusal(StrEnum):
    """Why a step cannot be taken now."""

    NOT_FROM_HERE = "not_from_here"
    NOT_OPEN_YET = "not_open_yet"
    DEADLINE_PASSED = "deadline_passed"
    FAIR_NOT_OPEN = "fair_not_open"
    FAIR_OVER = "fair_over"
    REASON_MISSING = "reason_missing"
    NO_BOOTH_KIND = "no_booth_kind"
    NO_AREA = "no_area"
    AREA_TOO_SMALL = "area_too_small"
    NO_PRODUCTS = "no_products"
    TERMS_NOT_ACCEPTED = "terms_not_accepted"
    NOT_EDITABLE = "not_editable"
    NO_BOOTH_YET = "no_booth_yet"
    STILL_TIME = "still_time"
    TOO_MANY_AT_ONCE = "too_many_at_once"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a step is judged by, all at one moment."""

    now: datetime
    fair_is_open: bool
    """Published: neither planned, postponed nor cancelled."""
    fair_is_over: bool
    apply_from: datetime | None = None
    apply_until: datetime | None = None
    has_kind: bool = False
    area_m2: float | None = None
    min_area_m2: float = 0.0
    products: int = 0
    terms_are_accepted: bool = False
    reason: str = ""
    booths: int = 0
    """How many booths the applicant holds."""
    confirm_until: datetime | None = None
    """By when it must confirm; None while no such deadline runs."""


def refusals(state: State, step: Step, at: Circumstances) -> tuple[StepRefusal, ...]:
    """Every reason why ``step`` cannot be taken from ``state`` now: none at all when it can."""
    if (state, step) not in STEPS:
        return (StepRefusal.NOT_FROM_HERE,)
    against: dict[StepRefusal, bool] = {}
    if step in (Step.SUBMIT, Step.REOPEN, Step.RESUBMIT, Step.CONFIRM):
        against[StepRefusal.FAIR_NOT_OPEN] = not at.fair_is_open
        against[StepRefusal.FAIR_OVER] = at.fair_is_over
    if step in (Step.SUBMIT, Step.REOPEN):
        against[StepRefusal.NOT_OPEN_YET] = at.apply_from is not None and at.now < at.apply_from
        against[StepRefusal.DEADLINE_PASSED] = at.apply_until is not None and at.now > at.apply_until
    if step in (Step.SUBMIT, Step.RESUBMIT):
        against |= gaps(at)
    if step is Step.CONFIRM:
        against[StepRefusal.NO_BOOTH_YET] = at.booths == 0
    if step is Step.LAPSE:
        against[StepRefusal.STILL_TIME] = at.confirm_until is None or at.now <= at.confirm_until
    if step in REASONED_STEPS:
        against[StepRefusal.REASON_MISSING] = not at.reason.strip()
    return tuple(reason for reason, holds in against.items() if holds)


def gaps(at: Circumstances) -> dict[StepRefusal, bool]:
    """What a complete application may not lack, and whether it does."""
    return {
        StepRefusal.NO_BOOTH_KIND: not at.has_kind,
        StepRefusal.NO_AREA: at.area_m2 is None,
        StepRefusal.AREA_TOO_SMALL: at.area_m2 is not None and at.area_m2 < at.min_area_m2,
        StepRefusal.NO_PRODUCTS: at.products == 0,
        StepRefusal.TERMS_NOT_ACCEPTED: not at.terms_are_accepted,
    }


GAPS_IN: dict[StepRefusal, Part] = {
    StepRefusal.NO_BOOTH_KIND: Part.KIND,
    StepRefusal.NO_AREA: Part.KIND,
    StepRefusal.AREA_TOO_SMALL: Part.KIND,
    StepRefusal.NO_PRODUCTS: Part.PRODUCTS,
    StepRefusal.TERMS_NOT_ACCEPTED: Part.TERMS,
}
"""In which part a gap is closed."""


def price_minor(per_square_metre: bool, unit_price: int, booths: int, area_m2: float) -> int:
    """What the floor costs: by the square metre, or by the booth."""
    return round(unit_price * area_m2) if per_square_metre else unit_price * booths


def possible_steps(state: State) -> tuple[Step, ...]:
    """The steps that lead on from ``state``, in the order of the table."""
    return tuple(step for before, step in STEPS if before is state)
