"""The draw for the order in which exhibitors choose: its life, its turns, and their windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class DrawState(StrEnum):
    """A draw's life; the last two are ends."""

    PREPARED = "prepared"
    COMMITTED = "committed"
    REVEALED = "revealed"
    RUNNING = "running"
    FINISHED = "finished"
    ANNULLED = "annulled"


class DrawStep(StrEnum):
    """What can be done to a draw."""

    COMMIT = "commit"
    REVEAL = "reveal"
    START = "start"
    FINISH = "finish"
    ANNUL = "annul"


STEPS: dict[tuple[DrawState, DrawStep], DrawState] = {
    (DrawState.PREPARED, DrawStep.COMMIT): DrawState.COMMITTED,
    (DrawState.COMMITTED, DrawStep.REVEAL): DrawState.REVEALED,
    (DrawState.REVEALED, DrawStep.START): DrawState.RUNNING,
    (DrawState.RUNNING, DrawStep.FINISH): DrawState.FINISHED,
    (DrawState.PREPARED, DrawStep.ANNUL): DrawState.ANNULLED,
    (DrawState.COMMITTED, DrawStep.ANNUL): DrawState.ANNULLED,
    (DrawState.REVEALED, DrawStep.ANNUL): DrawState.ANNULLED,
    (DrawState.RUNNING, DrawStep.ANNUL): DrawState.ANNULLED,
}
PUBLIC = frozenset(DrawState) - {DrawState.PREPARED}
"""Everybody reads these; a draw that is only being prepared binds nobody."""


class DrawRule(StrEnum):
    """How points and chance make an order."""

    LOT = "lot"
    """Chance alone."""
    POINTS = "points"
    """More points first; chance among equals."""
    POINTS_THEN_DATE = "points_then_date"
    """More points first; among equals who applied on an earlier day; chance among those still equal."""
    TICKETS = "tickets"
    """Chance alone, with one ticket for taking part and one more for each point."""


class NamesShown(StrEnum):
    """What the public reads of an entrant."""

    FULL = "full"
    NUMBER = "number"
    """A number that only its owner and the organiser know."""


class DrawRefusal(StrEnum):
    """Why a step of a draw cannot be taken."""

    NOT_FROM_HERE = "draw_not_from_here"
    ONE_IS_OPEN = "draw_one_is_open"
    NOBODY_ENTERED = "draw_nobody_entered"
    PUBLIC_VALUE_IS_KNOWN = "draw_public_value_is_known"
    PUBLIC_VALUE_NOT_YET = "draw_public_value_not_yet"
    PUBLIC_VALUE_MISSING = "draw_public_value_missing"
    REASON_MISSING = "draw_reason_missing"
    STARTS_IN_THE_PAST = "draw_starts_in_the_past"
    TURNS_ARE_LEFT = "draw_turns_are_left"
    NOT_OPEN_HERE = "draw_not_open_here"


class TurnState(StrEnum):
    """Where an entrant's turn stands; the last four are ends."""

    WAITING = "waiting"
    CALLED = "called"
    CHOSEN = "chosen"
    PASSED = "passed"
    MISSED = "missed"
    GONE = "gone"
    """It left the fair, or got a booth otherwise, before its turn."""


class TurnStep(StrEnum):
    """What can happen to a turn."""

    CALL = "call"
    CHOOSE = "choose"
    PASS = "pass"  # noqa: S105  a turn that is let go
    MISS = "miss"
    GO = "go"


TURN_STEPS: dict[tuple[TurnState, TurnStep], TurnState] = {
    (TurnState.WAITING, TurnStep.CALL): TurnState.CALLED,
    (TurnState.WAITING, TurnStep.GO): TurnState.GONE,
    (TurnState.WAITING, TurnStep.PASS): TurnState.PASSED,
    (TurnState.CALLED, TurnStep.CHOOSE): TurnState.CHOSEN,
    (TurnState.CALLED, TurnStep.PASS): TurnState.PASSED,
    (TurnState.CALLED, TurnStep.MISS): TurnState.MISSED,
    (TurnState.CALLED, TurnStep.GO): TurnState.GONE,
}
OPEN_TURNS = frozenset({TurnState.WAITING, TurnState.CALLED})


class TurnRefusal(StrEnum):
    """Why an entrant cannot act in its turn."""

    NOT_YOUR_TURN = "turn_not_yours"
    NOT_YET = "turn_not_yet"
    OVER = "turn_over"
    STILL_TIME = "turn_still_time"


@dataclass(frozen=True, slots=True)
class DrawMoment:
    """What a step of a draw is judged by."""

    now: datetime
    public_from: datetime
    """From when the public value is known."""
    entrants: int = 0
    public_value: str = ""
    reason: str = ""
    starts_at: datetime | None = None
    open_turns: int = 0


def refusals(state: DrawState, step: DrawStep, moment: DrawMoment) -> tuple[DrawRefusal, ...]:
    """Every reason why ``step`` cannot be taken: none at all when it can."""
    if (state, step) not in STEPS:
        return (DrawRefusal.NOT_FROM_HERE,)
    starts = moment.starts_at
    against = {
        DrawRefusal.NOBODY_ENTERED: step is DrawStep.COMMIT and moment.entrants == 0,
        DrawRefusal.PUBLIC_VALUE_IS_KNOWN: step is DrawStep.COMMIT and moment.public_from <= moment.now,
        DrawRefusal.PUBLIC_VALUE_NOT_YET: step is DrawStep.REVEAL and moment.now < moment.public_from,
        DrawRefusal.PUBLIC_VALUE_MISSING: step is DrawStep.REVEAL and not moment.public_value,
        DrawRefusal.STARTS_IN_THE_PAST: step is DrawStep.START
        and (starts is None or starts < moment.now - timedelta(minutes=5)),
        DrawRefusal.TURNS_ARE_LEFT: step is DrawStep.FINISH and moment.open_turns > 0,
        DrawRefusal.REASON_MISSING: step is DrawStep.ANNUL and not moment.reason.strip(),
    }
    return tuple(reason for reason, holds in against.items() if holds)


def turn_refusals(
    state: TurnState, step: TurnStep, now: datetime, starts_at: datetime | None, ends_at: datetime | None
) -> tuple[TurnRefusal, ...]:
    """Every reason why an entrant's turn cannot take ``step`` now: none at all when it can."""
    if (state, step) not in TURN_STEPS:
        return (TurnRefusal.NOT_YOUR_TURN if state is TurnState.WAITING else TurnRefusal.OVER,)
    against = {
        TurnRefusal.NOT_YET: step is TurnStep.CHOOSE and starts_at is not None and now < starts_at,
        TurnRefusal.OVER: step in (TurnStep.CHOOSE, TurnStep.PASS)
        and state is TurnState.CALLED
        and ends_at is not None
        and now >= ends_at,
        TurnRefusal.STILL_TIME: step is TurnStep.MISS and ends_at is not None and now < ends_at,
    }
    return tuple(reason for reason, holds in against.items() if holds)


LEAST_MINUTES, MOST_MINUTES = 5, 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Windows:
    """How long each turn lasts, and between which hours of the fair's day turns are called."""

    minutes: int
    opens: time
    closes: time
    zone: str

    def next_from(self, moment: datetime) -> tuple[datetime, datetime]:
        """The first whole window that can begin at ``moment`` or later.

        A window that would not end before the hours do begins the next morning; one that is longer than the
        hours of a day begins in the morning and ends when its minutes are over.
        """
        here = ZoneInfo(self.zone)
        local, length = moment.astimezone(here), timedelta(minutes=self.minutes)
        morning = datetime.combine(local.date(), self.opens, here)
        evening = datetime.combine(local.date(), self.closes, here)
        starts = max(local, morning)
        fits = starts + length <= evening or (starts == morning and length > evening - morning)
        if not fits:
            starts = datetime.combine(local.date() + timedelta(days=1), self.opens, here)
        starts = starts.astimezone(moment.tzinfo)
        return starts, starts + length
