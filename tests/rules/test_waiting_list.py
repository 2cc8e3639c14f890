"""The waiting list: the life of an offer as a matrix, who is next, and the order of the line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.allocation import Stand, Wish
from fairapp.rules.waiting_list import (
    InLine,
    OfferRefusal,
    OfferState,
    OfferStep,
    WaitingSettings,
    by_score,
    confirm_until,
    moved,
    next_for,
    refusals,
)

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
STAND = Stand(fair_id=1, area_m2=9.0, kind="shell_scheme")
WISH = Wish(fair_id=1, exhibitor_id=0, admitted=True, area_m2=9.0, kind="shell_scheme")


@pytest.mark.parametrize("state", OfferState)
@pytest.mark.parametrize("step", OfferStep)
def test_an_offer_takes_a_step_only_while_it_is_open(state: OfferState, step: OfferStep) -> None:
    now = LATER + timedelta(seconds=1) if step is OfferStep.EXPIRE else NOW
    expected = () if state is OfferState.OPEN else (OfferRefusal.ENDED,)
    assert refusals(state, step, now, LATER) == expected


def test_nobody_answers_after_the_time_and_nothing_expires_before_it() -> None:
    late = LATER + timedelta(seconds=1)
    for step in (OfferStep.ACCEPT, OfferStep.DECLINE):
        assert refusals(OfferState.OPEN, step, LATER, LATER) == ()
        assert refusals(OfferState.OPEN, step, late, LATER) == (OfferRefusal.TIME_IS_UP,)
    assert refusals(OfferState.OPEN, OfferStep.EXPIRE, LATER, LATER) == (OfferRefusal.STILL_TIME,)
    assert refusals(OfferState.OPEN, OfferStep.RECALL, late, LATER) == ()


def test_a_booth_goes_to_the_first_in_line_whom_it_suits_and_who_never_saw_it() -> None:
    large = InLine(1, replace(WISH, area_m2=18.0))
    several = InLine(2, WISH, booths=2)
    has_one = InLine(3, WISH, has_an_offer=True)
    let_it_go = InLine(4, WISH, was_offered=frozenset({7}))
    fits = InLine(5, WISH)
    line = [large, several, has_one, let_it_go, fits, InLine(6, WISH)]
    assert next_for(line, 7, STAND) == 5
    assert next_for(line[:4], 7, STAND) is None
    assert next_for([let_it_go], 8, STAND) == 4
    assert next_for([fits], 7, replace(STAND, blocked=True)) is None


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_one_in_line_keeps_everybody_and_the_order_of_the_others(
    line: list[int], data: st.DataObject
) -> None:
    who = data.draw(st.sampled_from(line))
    place = data.draw(st.integers(1, len(line) + 3))
    after = moved(line, who, place)
    assert [each for each in after if each != who] == [each for each in line if each != who]
    assert after.index(who) == min(place, len(line)) - 1


def test_by_score_the_best_stand_first_and_the_unscored_keep_their_order_behind() -> None:
    assert by_score([4, 3, 2, 1], {2: 8.5, 1: 9.0}) == [1, 2, 4, 3]


def test_the_time_to_confirm_runs_from_the_booth_and_only_where_the_fair_wants_it() -> None:
    assert confirm_until(WaitingSettings(confirm_days=0), NOW) is None
    assert confirm_until(WaitingSettings(confirm_days=5), None) is None
    assert confirm_until(WaitingSettings(confirm_days=5), NOW) == NOW + timedelta(days=5)


def test_the_settings_of_a_fair_are_read_with_defaults() -> None:
    assert WaitingSettings.of({}) == WaitingSettings()
    kept = {"waiting": {"by_itself": False, "answer_hours": 24, "confirm_days": 3}}
    assert WaitingSettings.of(kept) == WaitingSettings(False, 24, 3)
