"""The making of a document is stopped, and taken up again where it stopped."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.jobs import LEASE, JobRefusal, JobState
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry, Job, OutboxMessage
from fairapp.usecases.catalogue_work import resume_work, stop_work
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def fair(session: Session) -> Fair:
    return make.fair(session)


def job_of(session: Session, fair: Fair, state: JobState, **values: object) -> Job:
    plain = {"name": "catalogue", "facts": {}, "fair_id": fair.id, "made_at": NOW, "state": state}
    return make.kept(session, Job(**{**plain, **values}))


def test_waiting_work_ends_at_once_and_running_work_when_its_worker_hears_it(
    session: Session, fair: Fair
) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    waiting = stop_work(session, organiser, job_of(session, fair, JobState.WAITING).id, NOW)
    running = stop_work(session, organiser, job_of(session, fair, JobState.RUNNING).id, NOW)
    assert (waiting.state, waiting.ended_at) == (JobState.CANCELLED, NOW)
    assert (running.state, running.ended_at) == (JobState.CANCELLED, None)
    assert [each.what for each in session.scalars(select(AuditEntry))] == ["catalogue.stopped"] * 2


def test_stopped_work_is_put_into_the_queue_again_once(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    job = job_of(session, fair, JobState.CANCELLED, ended_at=NOW, runs=1, done=40, total=90)
    resume_work(session, organiser, job.id, NOW)
    assert (job.state, job.ended_at, job.runs) == (JobState.WAITING, None, 1)
    with pytest.raises(Refused) as again:
        resume_work(session, organiser, job.id, NOW)
    assert again.value.reasons == (JobRefusal.NOT_FROM_HERE,)
    posted = [(each.name, each.facts) for each in session.scalars(select(OutboxMessage))]
    assert posted == [("job.catalogue", {"job_id": job.id})]


def test_work_whose_worker_has_not_stopped_yet_is_not_begun_beside_it(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    job = job_of(session, fair, JobState.CANCELLED, seen_at=NOW)
    with pytest.raises(Refused) as refused:
        resume_work(session, organiser, job.id, NOW + timedelta(seconds=1))
    assert refused.value.reasons == (JobRefusal.STILL_STOPPING,)
    assert resume_work(session, organiser, job.id, NOW + LEASE).state is JobState.WAITING


def test_work_of_another_kind_or_fair_is_not_there(session: Session, fair: Fair) -> None:
    planning = job_of(session, fair, JobState.RUNNING, name="allocate")
    book = job_of(session, fair, JobState.RUNNING)
    organiser = make.actor(Role.ORGANISER, fair)
    stranger = make.actor(Role.ORGANISER, make.fair(session, "OTHER"))
    for actor, job_id in ((organiser, planning.id), (organiser, 10**6), (stranger, book.id)):
        for step in (stop_work, resume_work):
            with pytest.raises(Missing):
                step(session, actor, job_id, NOW)
    with pytest.raises(NotAllowed):
        stop_work(session, make.actor(Role.REVIEWER, fair), book.id, NOW)
    assert book.state is JobState.RUNNING
