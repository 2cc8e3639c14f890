"""Who stands with a main exhibitor or is represented by it, and whether all of them fit the stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class PartnerKind(StrEnum):
    """A co-exhibitor has people of its own at the stand; a represented company is only named."""

    CO_EXHIBITOR = "co_exhibitor"
    REPRESENTED = "represented"


class PartnerState(StrEnum):
    """A partner's life; the last two are ends."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LEFT = "left"


class PartnerStep(StrEnum):
    """What can be done to a partner that was named."""

    CHANGE = "change"
    APPROVE = "approve"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    LEAVE = "leave"


STEPS: dict[tuple[PartnerState, PartnerStep], PartnerState] = {
    (PartnerState.PROPOSED, PartnerStep.CHANGE): PartnerState.PROPOSED,
    (PartnerState.PROPOSED, PartnerStep.APPROVE): PartnerState.APPROVED,
    (PartnerState.PROPOSED, PartnerStep.REFUSE): PartnerState.REFUSED,
    (PartnerState.PROPOSED, PartnerStep.TAKE_BACK): PartnerState.TAKEN_BACK,
    (PartnerState.PROPOSED, PartnerStep.LEAVE): PartnerState.LEFT,
    (PartnerState.APPROVED, PartnerStep.REFUSE): PartnerState.REFUSED,
    (PartnerState.APPROVED, PartnerStep.TAKE_BACK): PartnerState.TAKEN_BACK,
    (PartnerState.APPROVED, PartnerStep.LEAVE): PartnerState.LEFT,
    (PartnerState.REFUSED, PartnerStep.CHANGE): PartnerState.PROPOSED,
    (PartnerState.REFUSED, PartnerStep.APPROVE): PartnerState.APPROVED,
    (PartnerState.REFUSED, PartnerStep.TAKE_BACK): PartnerState.TAKEN_BACK,
    (PartnerState.REFUSED, PartnerStep.LEAVE): PartnerState.LEFT,
}
COUNTED = frozenset({PartnerState.PROPOSED, PartnerState.APPROVED})
"""Partners that need floor, or will when they are approved."""
ENDED = frozenset({PartnerState.TAKEN_BACK, PartnerState.LEFT})

LONGEST_TEXT = 1_000
LONGEST_PRODUCT = 80
MOST_PRODUCTS = 12
LONGEST_REASON = 500
MOST_PARTNERS = 30
"""Of one exhibitor, whatever the floor has room for."""


class PartnerRefusal(StrEnum):
    """Why a partner cannot be named, changed or decided on now."""

    NOT_FROM_HERE = "partner_not_from_here"
    NOT_ADMITTED = "partner_not_admitted"
    NAMING_CLOSED = "partner_naming_closed"
    NAMED_ALREADY = "partner_named_already"
    ITSELF = "partner_itself"
    TOO_MANY = "partner_too_many"
    REASON_MISSING = "partner_reason_missing"


class PartnerFault(StrEnum):
    """What is wrong with what was typed about a partner."""

    PERSONAL_NUMBER = "partner_personal_number"
    TOO_MANY_PRODUCTS = "partner_too_many_products"
    NO_GROUP = "partner_no_group"


@dataclass(frozen=True, slots=True)
class PartnerSettings:
    """How a fair takes partners: ``settings["partners"]`` of a fair; what is missing is as usual."""

    until: datetime | None = None
    """The last moment at which exhibitors name partners; None: no such deadline."""
    asks: bool = True
    """The organiser approves each of them; else they count at once."""
    main_m2: float = 4.0
    each_m2: float = 4.0

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> PartnerSettings:
        """From a fair's settings."""
        said: Mapping[str, Any] = settings.get("partners", {})
        until = said.get("until")
        usual = cls()
        return cls(
            None if until is None else datetime.fromisoformat(until),
            bool(said.get("asks", usual.asks)),
            float(said.get("main_m2", usual.main_m2)),
            float(said.get("each_m2", usual.each_m2)),
        )

    def kept(self) -> dict[str, Any]:
        """As they are written into a fair's settings."""
        until = None if self.until is None else self.until.isoformat()
        return {"until": until, "asks": self.asks, "main_m2": self.main_m2, "each_m2": self.each_m2}


_TOLERANCE_M2 = 0.05


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody at a stand: the main exhibitor and who is beside it; represented ones take no floor."""

    beside: int
    settings: PartnerSettings = PartnerSettings()

    @property
    def companies(self) -> int:
        """How many companies stand there."""
        return 1 + self.beside

    @property
    def needs_m2(self) -> float:
        """The least floor for all of them; whoever stands alone needs none."""
        return self.settings.main_m2 + self.settings.each_m2 * self.beside if self.beside else 0.0

    def fits(self, floor_m2: float) -> bool:
        """Whether all of them fit so much floor."""
        return floor_m2 + _TOLERANCE_M2 >= self.needs_m2


def room_beside(floor_m2: float, settings: PartnerSettings) -> int:
    """How many companies fit so much floor beside the main exhibitor."""
    if settings.each_m2 <= 0:
        return MOST_PARTNERS
    left = floor_m2 + _TOLERANCE_M2 - settings.main_m2
    return min(MOST_PARTNERS, max(0, int(left // settings.each_m2)))


def floor_that_counts(held_m2: float, booths_held: int, asked_m2: float, booths_asked: int) -> float:
    """The floor of an exhibitor: what it holds; while booths are still to come, what it asked for."""
    return max(held_m2, asked_m2) if booths_held < booths_asked else held_m2


@dataclass(frozen=True, slots=True)
class Moment:
    """What naming or changing a partner is judged by."""

    now: datetime
    settings: PartnerSettings
    admitted: bool
    by_office: bool = False
    """The office names after the deadline too."""
    named: int = 0
    """How many are named besides."""
    same_name: bool = False
    itself: bool = False


def naming_refusals(at: Moment) -> tuple[PartnerRefusal, ...]:
    """Every reason why a partner cannot be named now: none at all when it can."""
    until = at.settings.until
    against = {
        PartnerRefusal.NOT_ADMITTED: not at.admitted,
        PartnerRefusal.NAMING_CLOSED: until is not None and at.now > until and not at.by_office,
        PartnerRefusal.NAMED_ALREADY: at.same_name,
        PartnerRefusal.ITSELF: at.itself,
        PartnerRefusal.TOO_MANY: at.named >= MOST_PARTNERS,
    }
    return tuple(reason for reason, holds in against.items() if holds)


def step_refusals(state: PartnerState, step: PartnerStep, reason: str = "") -> tuple[PartnerRefusal, ...]:
    """Every reason why ``step`` cannot be taken: none at all when it can."""
    if (state, step) not in STEPS:
        return (PartnerRefusal.NOT_FROM_HERE,)
    if step is PartnerStep.REFUSE and not reason.strip():
        return (PartnerRefusal.REASON_MISSING,)
    return ()
