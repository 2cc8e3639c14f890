"""The life of one letter to one reader, from the first try to the last."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

KEPT_AFTER = timedelta(days=365)
"""After the fair's last day: then words and addresses are erased by themselves."""


class LetterState(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    """What it would have said was true no more when it was tried again."""


class LetterStep(StrEnum):
    """What happens to a letter."""

    DELIVER = "deliver"
    RETRY = "retry"
    FAIL = "fail"
    DROP = "drop"
    SEND_AGAIN = "send_again"


class LetterRefusal(StrEnum):
    """Why a step is not possible."""

    NOT_FAILED = "not_failed"


STEPS: dict[tuple[LetterState, LetterStep], LetterState] = {
    (LetterState.WAITING, LetterStep.DELIVER): LetterState.SENT,
    (LetterState.WAITING, LetterStep.RETRY): LetterState.WAITING,
    (LetterState.WAITING, LetterStep.FAIL): LetterState.FAILED,
    (LetterState.WAITING, LetterStep.DROP): LetterState.DROPPED,
    (LetterState.FAILED, LetterStep.SEND_AGAIN): LetterState.WAITING,
}


def after(state: LetterState, step: LetterStep) -> LetterState | None:
    """Where the step leads; None: it is not possible from here."""
    return STEPS.get((state, step))
