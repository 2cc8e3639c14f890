"""The life of holds and offers as a matrix, and who may choose when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fairapp.rules.allocation import ClaimState
from fairapp.rules.holds import (
    HOLD_STEPS,
    Chooser,
    ChoosingSettings,
    HoldRefusal,
    HoldStep,
    Way,
    hold_refusals,
    may_choose,
    outside,
)

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("state", "step"), list(product(ClaimState, HoldStep)))
def test_only_what_is_held_or_offered_is_taken_let_go_or_runs_out(state: ClaimState, step: HoldStep) -> None:
    until = NOW - HOUR if step is HoldStep.EXPIRE else NOW + HOUR
    allowed = state in (ClaimState.HELD, ClaimState.OFFERED)
    assert hold_refusals(state, step, NOW, until) == (() if allowed else (HoldRefusal.ENDED,))
    assert ((state, step) in HOLD_STEPS) is allowed


def test_time_decides_between_taking_and_running_out() -> None:
    held = ClaimState.HELD
    assert hold_refusals(held, HoldStep.TAKE, NOW, NOW) == (HoldRefusal.TIME_IS_UP,)
    assert hold_refusals(held, HoldStep.EXPIRE, NOW, NOW) == ()
    assert hold_refusals(held, HoldStep.EXPIRE, NOW, NOW + HOUR) == (HoldRefusal.STILL_TIME,)
    assert hold_refusals(held, HoldStep.EXPIRE, NOW, None) == (HoldRefusal.STILL_TIME,)


OPEN = ChoosingSettings(self_service=True)


@pytest.mark.parametrize(
    ("settings", "who", "reasons"),
    [
        (OPEN, Chooser(NOW, 0, 1), ()),
        (ChoosingSettings(), Chooser(NOW, 0, 1), (HoldRefusal.WAY_CLOSED,)),
        (OPEN, Chooser(NOW, 1, 1), (HoldRefusal.HAS_ENOUGH,)),
        (OPEN, Chooser(NOW, 0, 1, draw_runs=True), (HoldRefusal.DRAW_RUNS,)),
        (ChoosingSettings(draw=True), Chooser(NOW, 0, 1, in_turn=True, draw_runs=True), ()),
        (
            ChoosingSettings(self_service=True, opens_at=(NOW + HOUR).isoformat()),
            Chooser(NOW, 0, 1),
            (HoldRefusal.NOT_YET,),
        ),
        (
            ChoosingSettings(self_service=True, closes_at=NOW.isoformat()),
            Chooser(NOW, 0, 1),
            (HoldRefusal.TOO_LATE,),
        ),
    ],
)
def test_who_may_choose_now(
    settings: ChoosingSettings, who: Chooser, reasons: tuple[HoldRefusal, ...]
) -> None:
    assert may_choose(settings, who) == reasons


def test_a_fair_narrows_what_is_to_choose_from() -> None:
    narrow = ChoosingSettings(own_zone=True, halls=("A",))
    assert outside(narrow, "A", "food", "food") == ()
    assert outside(narrow, "A", None, "food") == ()
    assert outside(narrow, "B", "craft", "food") == (HoldRefusal.OTHER_HALL, HoldRefusal.OTHER_ZONE)


def test_settings_are_read_as_they_were_kept() -> None:
    kept = ChoosingSettings(assigned=False, draw=True, halls=("A", "B"), needs_deposit=True, deposit_hours=6)
    assert ChoosingSettings.read({"choosing": kept.kept()}) == kept
    assert ChoosingSettings.read({}).ways == (Way.ASSIGNED,)
    assert kept.held_for() == timedelta(hours=6)
    assert OPEN.held_for() == timedelta(minutes=20)
