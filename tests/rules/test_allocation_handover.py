"""The hand-over as a matrix: every state of a claim and every step, taken or refused by name."""

import pytest

from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.allocation_handover import (
    CLAIM_STEPS,
    ClaimStep,
    HandoverRefusal,
    Moment,
    handover_refusals,
)

GOOD = Moment(reason="The wrong booth was ticked.")
EARLY = {ClaimState.HELD, ClaimState.OFFERED, ClaimState.ACCEPTED}


@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize("step", ClaimStep)
def test_every_step_from_every_state_is_taken_or_refused_by_name(state: ClaimState, step: ClaimStep) -> None:
    said = handover_refusals(state, step, GOOD)
    if (state, step) in CLAIM_STEPS:
        assert said == ()
    elif state not in LIVE:
        assert said == (HandoverRefusal.CLAIM_ENDED,)
    elif step is ClaimStep.TAKE_BACK:
        assert said == (HandoverRefusal.NOT_DONE,)
    else:
        early = state in EARLY
        assert said == (HandoverRefusal.NOT_CONFIRMED_YET if early else HandoverRefusal.DONE_ALREADY,)


def test_a_confirmed_booth_is_handed_over_and_a_mistake_is_taken_back() -> None:
    assert CLAIM_STEPS == {
        (ClaimState.CONFIRMED, ClaimStep.HAND_OVER): ClaimState.HANDED_OVER,
        (ClaimState.HANDED_OVER, ClaimStep.TAKE_BACK): ClaimState.CONFIRMED,
    }


@pytest.mark.parametrize(
    ("step", "moment", "said"),
    [
        (ClaimStep.HAND_OVER, Moment(), ()),
        (ClaimStep.HAND_OVER, Moment(fair_is_on=False), (HandoverRefusal.FAIR_NOT_ON,)),
        (ClaimStep.HAND_OVER, Moment(fair_is_over=True), (HandoverRefusal.FAIR_OVER,)),
        (ClaimStep.TAKE_BACK, Moment(reason=" "), (HandoverRefusal.REASON_MISSING,)),
        (ClaimStep.TAKE_BACK, Moment(fair_is_on=False, reason="x"), ()),
        (
            ClaimStep.TAKE_BACK,
            Moment(fair_is_over=True),
            (HandoverRefusal.FAIR_OVER, HandoverRefusal.REASON_MISSING),
        ),
    ],
)
def test_every_reason_is_named_at_once(
    step: ClaimStep, moment: Moment, said: tuple[HandoverRefusal, ...]
) -> None:
    state = ClaimState.CONFIRMED if step is ClaimStep.HAND_OVER else ClaimState.HANDED_OVER
    assert handover_refusals(state, step, moment) == said
