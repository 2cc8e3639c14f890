"""Long work whose worker is gone: when it counts as lost, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fairapp.rules.jobs import LEASE, MOST_RUNS, PATIENCE, JobState, after_loss, is_lost

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
