"""The life of a draw and of a turn as matrices, and the windows in which turns are called."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest

from fairapp.rules.draws import (
    STEPS,
    TURN_STEPS,
    DrawMoment,
    DrawRefusal,
    DrawState,
    DrawStep,
    TurnRefusal,
    TurnState,
    TurnStep,
    Windows,
    refusals,
    turn_refusals,
)

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def ready_for(step: DrawStep) -> DrawMoment:
    """A moment that speaks against nothing."""
    known = NOW - HOUR if step is DrawStep.REVEAL else NOW + HOUR
    return DrawMoment(NOW, known, entrants=3, public_value="12 34", reason="why", starts_at=NOW + HOUR)


ALLOWED = {
    (DrawState.PREPARED, DrawStep.COMMIT),
    (DrawState.COMMITTED, DrawStep.REVEAL),
    (DrawState.REVEALED, DrawStep.START),
    (DrawState.RUNNING, DrawStep.FINISH),
    *(
        (state, DrawStep.ANNUL)
        for state in DrawState
        if state not in (DrawState.FINISHED, DrawState.ANNULLED)
    ),
}


@pytest.mark.parametrize(("state", "step"), list(product(DrawState, DrawStep)))
def test_each_step_of_a_draw_is_taken_from_its_states_alone(state: DrawState, step: DrawStep) -> None:
    allowed = (state, step) in ALLOWED
    assert refusals(state, step, ready_for(step)) == (() if allowed else (DrawRefusal.NOT_FROM_HERE,))
    assert ((state, step) in STEPS) is allowed


@pytest.mark.parametrize(
    ("state", "step", "moment", "reason"),
    [
        ("prepared", "commit", DrawMoment(NOW, NOW + HOUR), DrawRefusal.NOBODY_ENTERED),
        ("prepared", "commit", DrawMoment(NOW, NOW, entrants=2), DrawRefusal.PUBLIC_VALUE_IS_KNOWN),
        (
            "committed",
            "reveal",
            DrawMoment(NOW, NOW + HOUR, public_value="7"),
            DrawRefusal.PUBLIC_VALUE_NOT_YET,
        ),
        ("committed", "reveal", DrawMoment(NOW, NOW), DrawRefusal.PUBLIC_VALUE_MISSING),
        ("revealed", "start", DrawMoment(NOW, NOW, starts_at=NOW - HOUR), DrawRefusal.STARTS_IN_THE_PAST),
        ("running", "finish", DrawMoment(NOW, NOW, open_turns=1), DrawRefusal.TURNS_ARE_LEFT),
        ("running", "annul", DrawMoment(NOW, NOW, reason="  "), DrawRefusal.REASON_MISSING),
    ],
)
def test_what_speaks_against_a_step_is_named(
    state: str, step: str, moment: DrawMoment, reason: DrawRefusal
) -> None:
    assert refusals(DrawState(state), DrawStep(step), moment) == (reason,)


@pytest.mark.parametrize(("state", "step"), list(product(TurnState, TurnStep)))
def test_each_step_of_a_turn_is_taken_from_its_states_alone(state: TurnState, step: TurnStep) -> None:
    allowed = {
        TurnState.WAITING: {TurnStep.CALL, TurnStep.GO, TurnStep.PASS},
        TurnState.CALLED: {TurnStep.CHOOSE, TurnStep.PASS, TurnStep.MISS, TurnStep.GO},
    }.get(state, set())
    ends = NOW - HOUR if step is TurnStep.MISS else NOW + HOUR
    found = turn_refusals(state, step, NOW, NOW - 2 * HOUR, ends)
    if step in allowed:
        assert found == ()
    else:
        waits = state is TurnState.WAITING
        assert found == (TurnRefusal.NOT_YOUR_TURN if waits else TurnRefusal.OVER,)
    assert ((state, step) in TURN_STEPS) is (step in allowed)


def test_a_turn_counts_from_its_beginning_to_its_end() -> None:
    called, choose, miss = TurnState.CALLED, TurnStep.CHOOSE, TurnStep.MISS
    assert turn_refusals(called, choose, NOW, NOW, NOW + HOUR) == ()
    assert turn_refusals(called, choose, NOW - HOUR, NOW, NOW + HOUR) == (TurnRefusal.NOT_YET,)
    assert turn_refusals(called, choose, NOW + HOUR, NOW, NOW + HOUR) == (TurnRefusal.OVER,)
    assert turn_refusals(called, miss, NOW, NOW, NOW + HOUR) == (TurnRefusal.STILL_TIME,)


VIETNAM = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("at", "minutes", "starts"),
    [
        ("2027-01-12 10:00", 60, "2027-01-12 10:00"),
        ("2027-01-12 05:00", 60, "2027-01-12 08:00"),
        ("2027-01-12 17:00", 60, "2027-01-12 17:00"),
        ("2027-01-12 17:01", 60, "2027-01-13 08:00"),
        ("2027-01-12 23:00", 60, "2027-01-13 08:00"),
        ("2027-01-12 07:00", 1440, "2027-01-12 08:00"),
        ("2027-01-12 09:00", 1440, "2027-01-13 08:00"),
    ],
)
def test_a_window_begins_and_ends_within_the_hours_of_the_fair(at: str, minutes: int, starts: str) -> None:
    windows = Windows(minutes, time(8), time(18), VIETNAM)
    local = timedelta(hours=7)
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) - local
    begun, ended = windows.next_from(moment)
    assert begun + local == datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert ended - begun == timedelta(minutes=minutes)
