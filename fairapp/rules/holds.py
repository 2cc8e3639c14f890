"""Exhibitors choose their booth themselves: which ways a fair opens, and the life of a hold and an offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from fairapp.rules.allocation import ClaimState

MOST_MINUTES, MOST_HOURS = 24 * 60, 60 * 24


class Way(StrEnum):
    """How booths are given."""

    ASSIGNED = "assigned"
    SELF_SERVICE = "self_service"
    DRAW = "draw"


class HoldStep(StrEnum):
    """What can happen to a booth that is on hold or offered."""

    TAKE = "take"
    LET_GO = "let_go"
    EXPIRE = "expire"


HOLD_STEPS: dict[tuple[ClaimState, HoldStep], ClaimState] = {
    (ClaimState.HELD, HoldStep.TAKE): ClaimState.ACCEPTED,
    (ClaimState.HELD, HoldStep.LET_GO): ClaimState.RELEASED,
    (ClaimState.HELD, HoldStep.EXPIRE): ClaimState.EXPIRED,
    (ClaimState.OFFERED, HoldStep.TAKE): ClaimState.ACCEPTED,
    (ClaimState.OFFERED, HoldStep.LET_GO): ClaimState.REFUSED,
    (ClaimState.OFFERED, HoldStep.EXPIRE): ClaimState.EXPIRED,
}
PENDING = frozenset({ClaimState.HELD, ClaimState.OFFERED})
"""Nobody has the booth yet, and nobody else can have it."""


class HoldRefusal(StrEnum):
    """Why a booth cannot be held, offered, taken or let go."""

    WAY_CLOSED = "hold_way_closed"
    NOT_YET = "hold_not_yet"
    TOO_LATE = "hold_too_late"
    DRAW_RUNS = "hold_draw_runs"
    HAS_ENOUGH = "hold_has_enough"
    OTHER_HALL = "hold_other_hall"
    OTHER_ZONE = "hold_other_zone"
    ENDED = "hold_ended"
    TIME_IS_UP = "hold_time_is_up"
    STILL_TIME = "hold_still_time"
    NOT_BY_HAND = "hold_not_by_hand"


@dataclass(frozen=True, slots=True)
class ChoosingSettings:
    """How a fair gives its booths: ``settings["choosing"]``; what is missing is as usual."""

    assigned: bool = True
    self_service: bool = False
    draw: bool = False
    opens_at: str = ""
    """From when exhibitors choose by themselves, as ISO 8601; empty: at once."""
    closes_at: str = ""
    hold_minutes: int = 20
    needs_deposit: bool = False
    deposit_hours: int = 48
    """How long a hold lasts where the deposit is paid first."""
    offer_hours: int = 72
    own_zone: bool = False
    """Only booths of the zone that was wished, or of none."""
    halls: tuple[str, ...] = ()
    """Codes of the halls to choose in; empty: all."""

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> ChoosingSettings:
        """From a fair's settings."""
        said: Mapping[str, Any] = settings.get("choosing", {})
        known = {name: said[name] for name in cls.__dataclass_fields__ if name in said}
        return cls(**{**known, "halls": tuple(known.get("halls", ()))})

    def kept(self) -> dict[str, Any]:
        """As they are written into a fair's settings."""
        return {**asdict(self), "halls": list(self.halls)}

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that are open."""
        return tuple(way for way in Way if getattr(self, way.value))

    def held_for(self) -> timedelta:
        """How long a hold lasts."""
        if self.needs_deposit:
            return timedelta(hours=self.deposit_hours)
        return timedelta(minutes=self.hold_minutes)


@dataclass(frozen=True, slots=True)
class Chooser:
    """What whoever picks a booth is judged by."""

    now: datetime
    has: int
    """Booths that are its own, holds and offers left out."""
    wants: int
    in_turn: bool = False
    draw_runs: bool = False


def may_choose(settings: ChoosingSettings, who: Chooser) -> tuple[HoldRefusal, ...]:
    """Every reason why no booth at all can be picked now: none when one can."""
    opens = datetime.fromisoformat(settings.opens_at) if settings.opens_at else None
    closes = datetime.fromisoformat(settings.closes_at) if settings.closes_at else None
    alone = not who.in_turn
    found = {
        HoldRefusal.WAY_CLOSED: alone and not settings.self_service and not who.draw_runs,
        HoldRefusal.DRAW_RUNS: alone and who.draw_runs,
        HoldRefusal.NOT_YET: alone and settings.self_service and opens is not None and who.now < opens,
        HoldRefusal.TOO_LATE: alone and settings.self_service and closes is not None and who.now >= closes,
        HoldRefusal.HAS_ENOUGH: who.has >= who.wants,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def outside(
    settings: ChoosingSettings, hall: str, zone: str | None, wished_zone: str | None
) -> tuple[HoldRefusal, ...]:
    """Why a booth is not among those to choose from, by the fair's own rule."""
    found = {
        HoldRefusal.OTHER_HALL: bool(settings.halls) and hall not in settings.halls,
        HoldRefusal.OTHER_ZONE: settings.own_zone and zone is not None and zone != wished_zone,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def hold_refusals(
    state: ClaimState, step: HoldStep, now: datetime, expires_at: datetime | None
) -> tuple[HoldRefusal, ...]:
    """Every reason why ``step`` cannot be taken now: none at all when it can."""
    if (state, step) not in HOLD_STEPS:
        return (HoldRefusal.ENDED,)
    is_over = expires_at is not None and now >= expires_at
    if step is HoldStep.EXPIRE:
        return () if is_over else (HoldRefusal.STILL_TIME,)
    return (HoldRefusal.TIME_IS_UP,) if is_over else ()
