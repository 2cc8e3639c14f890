"""The waiting list: its order, the life of an offer, and who is next for a place that fell free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairapp.rules.allocation import Stand, Wish, obstacles


class OfferState(StrEnum):
    """Where an offer stands; all but the first are ends."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RECALLED = "recalled"


class OfferStep(StrEnum):
    """What can be done to an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    RECALL = "recall"


STEPS: dict[tuple[OfferState, OfferStep], OfferState] = {
    (OfferState.OPEN, OfferStep.ACCEPT): OfferState.ACCEPTED,
    (OfferState.OPEN, OfferStep.DECLINE): OfferState.DECLINED,
    (OfferState.OPEN, OfferStep.EXPIRE): OfferState.EXPIRED,
    (OfferState.OPEN, OfferStep.RECALL): OfferState.RECALLED,
}
TO_THE_END = frozenset({OfferStep.DECLINE, OfferStep.EXPIRE})
"""After these the applicant stands last; the others move up."""


class OfferRefusal(StrEnum):
    """Why an offer cannot be made or answered."""

    ENDED = "offer_ended"
    TIME_IS_UP = "offer_time_is_up"
    STILL_TIME = "offer_still_time"
    NOT_WAITING = "not_on_the_waiting_list"
    HAS_AN_OFFER = "has_an_offer"
    BOOTH_IS_OFFERED = "booth_is_offered"


def refusals(
    state: OfferState, step: OfferStep, now: datetime, expires_at: datetime
) -> tuple[OfferRefusal, ...]:
    """Every reason why ``step`` cannot be taken now: none at all when it can."""
    if (state, step) not in STEPS:
        return (OfferRefusal.ENDED,)
    if step in (OfferStep.ACCEPT, OfferStep.DECLINE) and now > expires_at:
        return (OfferRefusal.TIME_IS_UP,)
    if step is OfferStep.EXPIRE and now <= expires_at:
        return (OfferRefusal.STILL_TIME,)
    return ()


MOST_HOURS, MOST_DAYS = 24 * 60, 180


@dataclass(frozen=True, slots=True)
class WaitingSettings:
    """How a fair fills places that fall free."""

    by_itself: bool = True
    """A booth that an exhibitor gives back is offered to the next at once."""
    answer_hours: int = 72
    """How long an offer stands."""
    confirm_days: int = 0
    """An accepted exhibitor with a booth has so many days to confirm; 0: as long as it likes."""

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> WaitingSettings:
        """As a fair's settings hold them, under ``waiting``."""
        kept = settings.get("waiting")
        return cls(**kept) if isinstance(kept, dict) else cls()


def confirm_until(settings: WaitingSettings, booth_since: datetime | None) -> datetime | None:
    """By when an accepted exhibitor must confirm: counted from its booth, for without one it cannot."""
    if not settings.confirm_days or booth_since is None:
        return None
    return booth_since + timedelta(days=settings.confirm_days)


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody on the waiting list, as far as the choice of the next one asks."""

    application_id: int
    wish: Wish
    booths: int = 1
    has_an_offer: bool = False
    was_offered: frozenset[int] = frozenset()
    """Booths that were offered to it before: never twice the same."""
    free_then: bool = True
    """Nobody holds the booth on the days that it asks for."""


def next_for(line: Iterable[InLine], booth_id: int, stand: Stand) -> int | None:
    """The application, in the list's order, that the booth is offered to; None when it suits nobody.

    Who asked for several booths is passed over: one booth is not what it applied for.
    """
    for each in line:
        waits = not each.has_an_offer and booth_id not in each.was_offered and each.booths == 1
        if waits and each.free_then and not obstacles(each.wish, stand):
            return each.application_id
    return None


def moved(line: Sequence[int], who: int, place: int) -> list[int]:
    """The line with ``who`` at ``place`` (from 1), everybody else in the order they had."""
    others = [each for each in line if each != who]
    at = max(0, min(len(others), place - 1))
    return [*others[:at], who, *others[at:]]


def by_score(line: Sequence[int], scores: Mapping[int, float]) -> list[int]:
    """The line by mean score, the best first; who has none keeps its order behind them."""
    return sorted(line, key=lambda each: (each not in scores, -scores.get(each, 0.0)))
