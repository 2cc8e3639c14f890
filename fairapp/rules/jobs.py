"""The life of long work, and when its worker is taken for dead."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class JobState(StrEnum):
    """Where long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"


class JobStep(StrEnum):
    """What people do with long work."""

    CANCEL = "cancel"
    RESUME = "resume"


STEPS: dict[tuple[JobState, JobStep], JobState] = {
    (JobState.WAITING, JobStep.CANCEL): JobState.CANCELLED,
    (JobState.RUNNING, JobStep.CANCEL): JobState.CANCELLED,
    (JobState.FAILED, JobStep.RESUME): JobState.WAITING,
    (JobState.INTERRUPTED, JobStep.RESUME): JobState.WAITING,
    (JobState.CANCELLED, JobStep.RESUME): JobState.WAITING,
}


class JobRefusal(StrEnum):
    """Why long work cannot be stopped or taken up again."""

    NOT_FROM_HERE = "job_not_from_here"
    STILL_STOPPING = "job_still_stopping"


UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
BEAT = timedelta(seconds=15)
"""How often a worker says that it is still at it."""
LEASE = timedelta(minutes=2)
"""Who has said nothing for so long is taken for dead."""
PATIENCE = timedelta(minutes=15)
"""Work that has waited for so long is put into the queue again: its place there may have been lost."""
MOST_RUNS = 3
"""How often work is begun: what takes its worker along each time must not do so for ever."""


def is_lost(state: JobState, seen_at: datetime, now: datetime) -> bool:
    """Whether nobody is at this work any more, last heard of at ``seen_at``."""
    limits = {JobState.RUNNING: LEASE, JobState.WAITING: PATIENCE}
    return state in limits and now - seen_at >= limits[state]


def refusal_of(
    state: JobState, step: JobStep, has_ended: bool, seen_at: datetime, now: datetime
) -> JobRefusal | None:
    """Why the step cannot be taken; work whose worker is still putting down its tools is not taken up yet."""
    if (state, step) not in STEPS:
        return JobRefusal.NOT_FROM_HERE
    is_stopping = step is JobStep.RESUME and not has_ended and now - seen_at < LEASE
    return JobRefusal.STILL_STOPPING if is_stopping else None


def after_loss(runs: int) -> JobState:
    """What becomes of work that was begun ``runs`` times: it waits for the next worker, or ends."""
    return JobState.WAITING if runs < MOST_RUNS else JobState.INTERRUPTED
