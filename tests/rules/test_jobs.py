"""Long work whose worker is gone: when it counts as lost, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fairapp.rules.jobs import (
    LEASE,
    MOST_RUNS,
    PATIENCE,
    STEPS,
    JobRefusal,
    JobState,
    JobStep,
    after_loss,
    is_lost,
    refusal_of,
)

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("silence", [MOMENT, LEASE - MOMENT, LEASE, PATIENCE - MOMENT, PATIENCE])
def test_only_silent_work_that_is_not_over_is_lost(state: JobState, silence: timedelta) -> None:
    lost = (state is JobState.RUNNING and silence >= LEASE) or (
        state is JobState.WAITING and silence >= PATIENCE
    )
    assert is_lost(state, NOW - silence, NOW) is lost


def test_lost_work_is_begun_again_but_not_for_ever() -> None:
    ends = [after_loss(runs) for runs in range(MOST_RUNS + 1)]
    assert ends == [JobState.WAITING] * MOST_RUNS + [JobState.INTERRUPTED]


@pytest.mark.parametrize(("state", "step"), list(product(JobState, JobStep)))
def test_people_stop_what_is_under_way_and_take_up_what_did_not_end_well(
    state: JobState, step: JobStep
) -> None:
    may = {
        JobStep.CANCEL: {JobState.WAITING, JobState.RUNNING},
        JobStep.RESUME: {JobState.FAILED, JobState.INTERRUPTED, JobState.CANCELLED},
    }
    refusal = refusal_of(state, step, has_ended=True, seen_at=NOW, now=NOW)
    assert refusal == (None if state in may[step] else JobRefusal.NOT_FROM_HERE)
    assert ((state, step) in STEPS) is (state in may[step])


def test_work_that_is_just_being_stopped_is_not_taken_up_yet_but_once_its_worker_is_gone() -> None:
    asked = {"state": JobState.CANCELLED, "step": JobStep.RESUME, "has_ended": False, "now": NOW}
    assert refusal_of(**asked, seen_at=NOW) is JobRefusal.STILL_STOPPING
    assert refusal_of(**asked, seen_at=NOW - LEASE) is None
