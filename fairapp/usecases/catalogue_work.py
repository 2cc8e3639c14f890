"""Stop the making of a document, and take it up again where it stopped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.jobs import STEPS, JobState, JobStep, refusal_of
from fairapp.store.base import LOCK
from fairapp.store.operations import Job
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require

STOPPABLE = frozenset({"catalogue", "signs"})
"""Work that can be stopped without harm, and begun again."""
KEEPS_PAGES = frozenset({"catalogue"})
"""Work that leaves what it has finished for whoever takes it up; the others are quick and begin anew."""


def stop_work(session: Session, actor: Actor, job_id: int, now: datetime) -> Job:
    """Have the work stop at its next breath; finished pages stay.

    :raises Missing: when it is no document, or another fair's.
    :raises Refused: when it is over.
    """
    job = _taken(session, actor, job_id, JobStep.CANCEL, now)
    if job.state is JobState.WAITING:
        job.ended_at = now  # nobody is at it who could say so
    job.state = STEPS[job.state, JobStep.CANCEL]
    audit.record(session, actor, f"{job.name}.stopped", now, fair_id=job.fair_id, job=job.id)
    return job


def resume_work(session: Session, actor: Actor, job_id: int, now: datetime) -> Job:
    """Put stopped, failed or interrupted work into the queue again.

    :raises Missing: when it is no document, or another fair's.
    :raises Refused: when it is under way or done, or its worker has not stopped yet.
    """
    job = _taken(session, actor, job_id, JobStep.RESUME, now)
    job.state = STEPS[job.state, JobStep.RESUME]
    job.ended_at, job.error, job.seen_at = None, "", now
    outbox.post(session, f"job.{job.name}", now, job_id=job.id)
    audit.record(session, actor, f"{job.name}.resumed", now, fair_id=job.fair_id, job=job.id)
    return job


def _taken(session: Session, actor: Actor, job_id: int, step: JobStep, now: datetime) -> Job:
    """The job with its row locked, when the step can be taken."""
    job = session.get(Job, job_id, with_for_update=LOCK, populate_existing=True)
    if job is None or job.name not in STOPPABLE or not actor.may(Permission.FAIR_SEE, job.fair_id):
        raise Missing
    require(actor, Permission.CATALOGUE_PRINT, job.fair_id)
    refusal = refusal_of(job.state, step, job.ended_at is not None, job.seen_at or job.made_at, now)
    if refusal is not None:
        raise Refused(refusal)
    return job
