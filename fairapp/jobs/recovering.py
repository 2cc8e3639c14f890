"""Long work whose worker is gone is begun again by another, or ends with a sentence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from fairapp.config import Settings
from fairapp.jobs.work import PeriodicJob
from fairapp.rules.jobs import LEASE, UNDER_WAY, JobState, after_loss, is_lost
from fairapp.store.base import LOCK, db, reading, transaction
from fairapp.store.operations import Job
from fairapp.usecases import outbox


def take_up_lost_work(_settings: Settings, now: datetime) -> int:
    """Put work that nobody is at into the queue again; what was begun too often is interrupted for good.

    All long work may be begun again: it writes its file beside the store, or its rows in one transaction.
    """
    silent = (
        select(Job.id)
        .where(Job.state.in_(UNDER_WAY), func.coalesce(Job.seen_at, Job.made_at) <= now - LEASE)
        .order_by(Job.id)
        .limit(50)
    )
    lost = [job_id for job_id in reading().scalars(silent).all() if _taken_up(job_id, now)]
    db.session.remove()
    return len(lost)


def _taken_up(job_id: int, now: datetime) -> bool:
    with transaction() as session:
        job = session.get_one(Job, job_id, with_for_update=LOCK, populate_existing=True)
        if not is_lost(job.state, job.seen_at or job.made_at, now):
            return False  # its worker has spoken, or another round was quicker
        job.state, job.seen_at = after_loss(job.runs), now
        if job.state is JobState.INTERRUPTED:
            job.ended_at = now
        else:
            outbox.post(session, f"job.{job.name}", now, job_id=job.id)
        return True


PERIODIC: dict[str, PeriodicJob] = {"lost_work": take_up_lost_work}
