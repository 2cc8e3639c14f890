"""Long work: a plan of who stands where, with its progress and its gap as it goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import update

from fairapp.jobs.work import Cancelled, LongJob, Result, Work
from fairapp.rules.actors import SYSTEM
from fairapp.rules.errors import Refused
from fairapp.rules.planning_trying import gap_percent
from fairapp.store.base import db, transaction
from fairapp.store.operations import Job
from fairapp.store.scenarios_queries import PLANNING, planning_job
from fairapp.usecases.planning import PlanFair, keep_scenario, work_out

if TYPE_CHECKING:
    from fairapp.optimiser.solving import Progress

TENTHS = 10
"""Progress counts tenths of a second."""
SECONDS_BETWEEN_LOOKS = 0.3


def plan_fair(
    work: Work,
    progress: Callable[[int, int], None],
    *,
    of_fair: int,
    title: str,
    seconds: float,
    by: int | None,
) -> Result:
    """Work the plan out and keep it; whoever stops it finds nothing kept."""
    actor = replace(SYSTEM, account_id=by)
    job = planning_job(work.session, of_fair)
    watch = _Watch(progress, seconds, None if job is None else job.id)
    order = PlanFair(of_fair, title, seconds)
    try:
        found = work_out(work.session, actor, order, watch.hear, watch.stop)
    except Refused as refused:  # a fair that cannot be planned is an answer, no failure
        return Result(report=tuple(_refusal(reason, refused) for reason in refused.reasons))
    if watch.cancelled:
        raise Cancelled
    progress(1, 1)
    with transaction() as session:
        keep_scenario(session, actor, of_fair, title, found, work.now)
    return Result()


def _refusal(reason: Enum, refused: Refused) -> dict[str, object]:
    return {"reason": reason.value, "facts": {name: str(fact) for name, fact in refused.facts.items()}}


class _Watch:
    """Tells how far the work is, and hears when it is to stop."""

    def __init__(self, progress: Callable[[int, int], None], seconds: float, job_id: int | None) -> None:
        self.progress, self.seconds, self.job_id = progress, seconds, job_id
        self.begun = self.looked = time.monotonic()
        self.cancelled = False

    def stop(self) -> bool:
        """Whether somebody has stopped it; the row is asked now and then."""
        now = time.monotonic()
        if not self.cancelled and now - self.looked >= SECONDS_BETWEEN_LOOKS:
            self.looked = now
            total = round(self.seconds * TENTHS)
            try:
                self.progress(min(total - 1, round((now - self.begun) * TENTHS)), total)
            except Cancelled:
                self.cancelled = True
        return self.cancelled

    def hear(self, told: Progress) -> None:
        """Write the gap into the job's row, beside the session that reads."""
        self.stop()
        if told.bound is not None and self.job_id is not None:
            line = {"gap": round(gap_percent(told.objective, told.bound), 3)}
            with db.engine.begin() as connection:
                connection.execute(update(Job).where(Job.id == self.job_id).values(report=[line]))


LONG: dict[str, LongJob] = {PLANNING: plan_fair}
