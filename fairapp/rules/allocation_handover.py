"""The hand-over of a booth: from a confirmed claim to a key in the exhibitor's hand, and back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.allocation import LIVE, ClaimState


class ClaimStep(StrEnum):
    """What is done with a claim when the halls open for move-in."""

    HAND_OVER = "hand_over"
    TAKE_BACK = "take_back"


CLAIM_STEPS: dict[tuple[ClaimState, ClaimStep], ClaimState] = {
    (ClaimState.CONFIRMED, ClaimStep.HAND_OVER): ClaimState.HANDED_OVER,
    (ClaimState.HANDED_OVER, ClaimStep.TAKE_BACK): ClaimState.CONFIRMED,
}
"""Taking back mends a mistake: the claim is confirmed again, and the log keeps both."""


class HandoverRefusal(StrEnum):
    """Why a booth cannot be handed over, or a hand-over not be taken back."""

    NOT_CONFIRMED_YET = "handover_not_confirmed_yet"
    DONE_ALREADY = "handover_done_already"
    NOT_DONE = "handover_not_done"
    CLAIM_ENDED = "handover_claim_ended"
    FAIR_NOT_ON = "handover_fair_not_on"
    FAIR_OVER = "handover_fair_over"
    REASON_MISSING = "handover_reason_missing"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a hand-over is judged by besides the claim's own state."""

    fair_is_on: bool = True
    """Published: neither planned, postponed nor cancelled."""
    fair_is_over: bool = False
    reason: str = ""


def handover_refusals(state: ClaimState, step: ClaimStep, at: Moment) -> tuple[HandoverRefusal, ...]:
    """Every reason why ``step`` cannot be taken from ``state`` now: none at all when it can."""
    if (state, step) not in CLAIM_STEPS:
        return (_not_from(state, step),)
    against = {
        HandoverRefusal.FAIR_NOT_ON: step is ClaimStep.HAND_OVER and not at.fair_is_on,
        HandoverRefusal.FAIR_OVER: at.fair_is_over,
        HandoverRefusal.REASON_MISSING: step is ClaimStep.TAKE_BACK and not at.reason.strip(),
    }
    return tuple(refusal for refusal, holds in against.items() if holds)


def _not_from(state: ClaimState, step: ClaimStep) -> HandoverRefusal:
    if state not in LIVE:
        return HandoverRefusal.CLAIM_ENDED
    if step is ClaimStep.TAKE_BACK:
        return HandoverRefusal.NOT_DONE
    done = state is ClaimState.HANDED_OVER
    return HandoverRefusal.DONE_ALREADY if done else HandoverRefusal.NOT_CONFIRMED_YET
