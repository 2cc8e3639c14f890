"""The life of a print job as a matrix."""

from __future__ import annotations

import pytest

from fairapp.rules.badge_queue import PRINT_JOB_STEPS, PrintJobState, PrintJobStep

S, T = PrintJobState, PrintJobStep
ALLOWED = {
    (S.QUEUED, T.TAKE): S.TAKEN,
    (S.QUEUED, T.DROP): S.DROPPED,
    (S.TAKEN, T.GIVE_BACK): S.QUEUED,
    (S.TAKEN, T.PRINT): S.PRINTED,
    (S.PRINTED, T.COLLECT): S.COLLECTED,
}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("step", list(T))
def test_every_state_by_every_step(state: PrintJobState, step: PrintJobStep) -> None:
    assert PRINT_JOB_STEPS.get((state, step)) == ALLOWED.get((state, step))
