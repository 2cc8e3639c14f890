"""The outbox: letters and long work are promised in the transaction that causes them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.store.operations import Job, OutboxMessage


def post(session: Session, name: str, now: datetime, **facts: object) -> None:
    """Promise that the job called ``name`` runs after the commit, with these plain facts."""
    session.add(OutboxMessage(name=name, facts=dict(facts), made_at=now, due_at=now))


def start_job(
    session: Session, actor: Actor, name: str, now: datetime, *, fair_id: int | None = None, **facts: object
) -> Job:
    """Promise long work with a progress bar; its row is the answer to "how far is it"."""
    job = Job(name=name, facts=dict(facts), fair_id=fair_id, made_by_id=actor.account_id, made_at=now)
    session.add(job)
    session.flush()
    post(session, f"job.{name}", now, job_id=job.id)
    return job
