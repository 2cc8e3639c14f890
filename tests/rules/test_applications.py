"""The life of an application as a matrix: every state and step, allowed or refused with its reason."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fairapp.rules.applications import (
    Circumstances,
    State,
    Step,
    StepRefusal,
    possible_steps,
    refusals,
)

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
GOOD = Circumstances(
    now=NOW,
    fair_is_open=True,
    fair_is_over=False,
    apply_from=NOW - timedelta(days=30),
    apply_until=NOW + timedelta(days=30),
    has_kind=True,
    area_m2=9.0,
    min_area_m2=9.0,
    products=1,
    terms_are_accepted=True,
    reason="The photo of the label is missing.",
    booths=1,
    confirm_until=NOW - timedelta(seconds=1),
)
FROM_HERE = {
    State.DRAFT: {Step.SUBMIT, Step.WITHDRAW},
    State.SUBMITTED: {
        Step.BEGIN_REVIEW,
        Step.RETURN,
        Step.ACCEPT,
        Step.WAITLIST,
        Step.DECLINE,
        Step.WITHDRAW,
        Step.CANCEL,
    },
    State.RETURNED: {Step.RESUBMIT, Step.WITHDRAW, Step.CANCEL},
    State.RESUBMITTED: {
        Step.BEGIN_REVIEW,
        Step.RETURN,
        Step.ACCEPT,
        Step.WAITLIST,
        Step.DECLINE,
        Step.WITHDRAW,
        Step.CANCEL,
    },
    State.IN_REVIEW: {Step.RETURN, Step.ACCEPT, Step.WAITLIST, Step.DECLINE, Step.WITHDRAW, Step.CANCEL},
    State.ACCEPTED: {Step.CONFIRM, Step.WITHDRAW, Step.CANCEL, Step.LAPSE},
    State.WAITLISTED: {Step.ACCEPT, Step.DECLINE, Step.WITHDRAW, Step.CANCEL},
    State.DECLINED: {Step.BEGIN_REVIEW},
    State.CONFIRMED: {Step.WITHDRAW, Step.CANCEL},
    State.WITHDRAWN: {Step.REOPEN},
    State.CANCELLED: set(),
    State.LAPSED: {Step.ACCEPT, Step.CANCEL},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_a_step_is_taken_from_the_states_of_its_row_and_from_no_other(state: State, step: Step) -> None:
    expected = () if step in FROM_HERE[state] else (StepRefusal.NOT_FROM_HERE,)
    assert refusals(state, step, GOOD) == expected


@pytest.mark.parametrize("state", State)
def test_what_is_offered_is_what_is_possible(state: State) -> None:
    assert set(possible_steps(state)) == FROM_HERE[state]


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (replace(GOOD, fair_is_open=False), StepRefusal.FAIR_NOT_OPEN),
        (replace(GOOD, fair_is_over=True), StepRefusal.FAIR_OVER),
        (replace(GOOD, apply_from=NOW + timedelta(seconds=1)), StepRefusal.NOT_OPEN_YET),
        (replace(GOOD, apply_until=NOW - timedelta(seconds=1)), StepRefusal.DEADLINE_PASSED),
        (replace(GOOD, has_kind=False), StepRefusal.NO_BOOTH_KIND),
        (replace(GOOD, area_m2=None), StepRefusal.NO_AREA),
        (replace(GOOD, area_m2=8.0), StepRefusal.AREA_TOO_SMALL),
        (replace(GOOD, products=0), StepRefusal.NO_PRODUCTS),
        (replace(GOOD, terms_are_accepted=False), StepRefusal.TERMS_NOT_ACCEPTED),
    ],
)
def test_each_gap_keeps_a_submission_back(at: Circumstances, reason: StepRefusal) -> None:
    assert refusals(State.DRAFT, Step.SUBMIT, at) == (reason,)


def test_all_gaps_are_said_at_once() -> None:
    empty = replace(GOOD, has_kind=False, area_m2=None, products=0, terms_are_accepted=False)
    assert refusals(State.DRAFT, Step.SUBMIT, empty) == (
        StepRefusal.NO_BOOTH_KIND,
        StepRefusal.NO_AREA,
        StepRefusal.NO_PRODUCTS,
        StepRefusal.TERMS_NOT_ACCEPTED,
    )


def test_an_acceptance_lapses_only_after_its_time() -> None:
    for until in (None, NOW):
        at = replace(GOOD, confirm_until=until)
        assert refusals(State.ACCEPTED, Step.LAPSE, at) == (StepRefusal.STILL_TIME,)


def test_the_very_moment_of_the_deadline_is_still_in_time() -> None:
    assert refusals(State.DRAFT, Step.SUBMIT, replace(GOOD, apply_until=NOW)) == ()


def test_what_the_organiser_returned_may_come_back_after_the_deadline() -> None:
    late = replace(GOOD, apply_until=NOW - timedelta(days=1))
    assert refusals(State.RETURNED, Step.RESUBMIT, late) == ()


@pytest.mark.parametrize("step", [Step.RETURN, Step.DECLINE, Step.CANCEL])
def test_bad_news_needs_a_reason(step: Step) -> None:
    assert refusals(State.SUBMITTED, step, replace(GOOD, reason="  ")) == (StepRefusal.REASON_MISSING,)


def test_who_has_no_booth_yet_cannot_confirm() -> None:
    assert refusals(State.ACCEPTED, Step.CONFIRM, replace(GOOD, booths=0)) == (StepRefusal.NO_BOOTH_YET,)
