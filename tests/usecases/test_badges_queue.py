"""Badges in the print queue: taken once, printed, handed over, printed again with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Actor, Role
from fairapp.rules.badge_queue import (
    PRINT_JOB_STEPS,
    PrintJobState,
    PrintJobStep,
    QueueRefusal,
    ReprintReason,
)
from fairapp.rules.badges import BadgeState, BadgeStep
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.badges_press import PrintJob
from fairapp.store.base import db, reading, transaction
from fairapp.store.gate import Admission
from fairapp.usecases.badges import BadgesStep, step_badges
from fairapp.usecases.badges_queue import (
    QueueBadges,
    StepJob,
    close_station,
    open_station,
    queue_badges,
    step_job,
    take_jobs,
)
from tests import factories as make

NOW = datetime(2027, 4, 14, 2, 0, tzinfo=UTC)


class Hall:
    """A fair with an organiser, a stand and as many badges as asked for."""

    def __init__(self, session: Session, badges: int = 2, code: str = "OPEN") -> None:
        self.session = session
        self.fair = make.fair(session, code=code)
        self.stand = make.exhibitor(session, make.organisation(session), self.fair)
        self.badges = [
            make.badge(session, self.stand, name=f"Lý Thị {n}", state=BadgeState.APPROVED)
            for n in range(badges)
        ]
        self.actor: Actor = make.actor(Role.ORGANISER, self.fair)
        self.station = open_station(session, self.actor, self.fair.id, "Quầy 1", NOW)

    def queue(self, *badges: Badge, reason: ReprintReason = ReprintReason.FIRST) -> list[PrintJob]:
        """Put them into the queue."""
        ids = tuple(badge.id for badge in badges)
        return list(queue_badges(self.session, self.actor, QueueBadges(self.fair.id, ids, reason), NOW))

    def step(self, job: PrintJob, step: PrintJobStep) -> PrintJob:
        """One step of a job."""
        return step_job(self.session, self.actor, StepJob(self.fair.id, job.id, step), NOW)

    def take(self, most: int = 5) -> list[PrintJob]:
        """What the station gets."""
        return list(take_jobs(self.session, self.actor, self.fair.id, self.station.id, most, NOW))


@pytest.fixture
def hall(session: Session) -> Hall:
    return Hall(session)


def refusal(call: object, *arguments: object, **named: object) -> tuple[object, ...]:
    """Why it was refused."""
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return refused.value.reasons


def test_a_badge_goes_from_the_queue_to_its_wearer_and_nobody_is_checked_in(hall: Hall) -> None:
    (job,) = hall.queue(hall.badges[0])
    assert hall.take() == [job]
    assert (job.state, job.station_id) == (PrintJobState.TAKEN, hall.station.id)
    assert hall.session.scalars(select(BadgePrint)).all() == [], "taking it prints nothing"
    hall.step(job, PrintJobStep.PRINT)
    assert hall.badges[0].state is BadgeState.ISSUED
    assert [kept.issue for kept in hall.session.scalars(select(BadgePrint))] == [1]
    hall.step(job, PrintJobStep.COLLECT)
    assert (job.state, job.collected_by_id, job.waits_for_id) == (
        PrintJobState.COLLECTED,
        hall.actor.account_id,
        None,
    )
    assert hall.session.scalars(select(Admission)).all() == []


def test_a_badge_waits_once_and_is_printed_again_only_with_a_reason(hall: Hall) -> None:
    first, second = hall.badges
    (job,) = hall.queue(first)
    assert refusal(hall.queue, first) == (QueueRefusal.WAITS_ALREADY,)
    assert [each.badge_id for each in hall.queue(first, second)] == [second.id]
    hall.take()
    hall.step(job, PrintJobStep.PRINT)
    assert refusal(hall.queue, first) == (QueueRefusal.PRINTED_BEFORE,)
    (again,) = hall.queue(first, reason=ReprintReason.DAMAGED)
    assert (again.reason, first.issue) == (ReprintReason.DAMAGED, 1)


def test_a_lost_badge_is_a_new_issue_so_that_the_old_one_stops(hall: Hall) -> None:
    badge = hall.badges[0]
    (job,) = hall.queue(badge)
    hall.take()
    hall.step(job, PrintJobStep.PRINT)
    (again,) = hall.queue(badge, reason=ReprintReason.LOST)
    assert (badge.issue, badge.state) == (2, BadgeState.APPROVED)
    hall.take()
    assert hall.step(again, PrintJobStep.PRINT).issue == 2


def test_a_badge_replaced_in_the_list_is_printed_for_the_first_time_and_needs_no_reason(hall: Hall) -> None:
    badge = hall.badges[0]
    (job,) = hall.queue(badge)
    hall.take()
    hall.step(job, PrintJobStep.PRINT)
    step_badges(hall.session, hall.actor, BadgesStep((badge.id,), BadgeStep.REPLACE), NOW)
    (again,) = hall.queue(badge)
    assert (again.reason, badge.issue) == (ReprintReason.FIRST, 2)


def test_a_second_press_of_one_button_takes_nothing_more(hall: Hall) -> None:
    hall.queue(*hall.badges)

    def press(seen: int) -> int:
        taken = take_jobs(hall.session, hall.actor, hall.fair.id, hall.station.id, 1, NOW, seen)
        return len(taken)

    assert [press(0), press(0), press(1)] == [1, 0, 1]


def test_what_is_given_back_is_there_for_another_station(hall: Hall) -> None:
    (job,) = hall.queue(hall.badges[0])
    hall.take()
    other = open_station(hall.session, hall.actor, hall.fair.id, "Quầy 2", NOW)
    order = StepJob(hall.fair.id, job.id, PrintJobStep.PRINT, other.id)
    assert refusal(step_job, hall.session, hall.actor, order, NOW) == (QueueRefusal.OTHER_STATION,)
    hall.step(job, PrintJobStep.GIVE_BACK)
    assert (job.state, job.station_id) == (PrintJobState.QUEUED, None)
    assert list(take_jobs(hall.session, hall.actor, hall.fair.id, other.id, 1, NOW)) == [job]


def test_a_badge_revoked_in_the_printer_is_not_kept_as_printed(hall: Hall) -> None:
    (job,) = hall.queue(hall.badges[0])
    hall.take()
    hall.badges[0].state = BadgeState.REVOKED
    hall.session.flush()
    assert refusal(hall.step, job, PrintJobStep.PRINT) == (QueueRefusal.NOT_VALID,)
    assert refusal(hall.queue, hall.badges[0]) == (QueueRefusal.WAITS_ALREADY,)


@pytest.mark.parametrize("step", [PrintJobStep.COLLECT, PrintJobStep.PRINT, PrintJobStep.TAKE])
def test_a_step_from_elsewhere_is_refused_by_name(hall: Hall, step: PrintJobStep) -> None:
    (job,) = hall.queue(hall.badges[0])
    assert refusal(hall.step, job, step) == (QueueRefusal.NOT_FROM_HERE,)


def test_stations_have_names_of_their_own_and_are_closed_with_empty_hands(hall: Hall) -> None:
    def named(name: str) -> object:
        return open_station(hall.session, hall.actor, hall.fair.id, name, NOW)

    assert refusal(named, " quầy 1 ") == (QueueRefusal.NAME_TAKEN,)
    assert refusal(named, " ") == (QueueRefusal.NAME_MISSING,)
    (job,) = hall.queue(hall.badges[0])
    hall.take()
    close = (hall.session, hall.actor, hall.fair.id, hall.station.id, NOW)
    assert refusal(close_station, *close) == (QueueRefusal.STATION_BUSY,)
    hall.step(job, PrintJobStep.GIVE_BACK)
    close_station(*close)
    assert refusal(hall.take) == (QueueRefusal.STATION_CLOSED,)
    assert named("Quầy 1") is hall.station
    hall.step(job, PrintJobStep.DROP)
    assert refusal(hall.take) == (QueueRefusal.EMPTY,)


def test_other_fairs_and_others_roles_are_kept_out(hall: Hall) -> None:
    (job,) = hall.queue(hall.badges[0])
    other = Hall(hall.session, 1, "OTHER")
    with pytest.raises(Missing):
        queue_badges(hall.session, other.actor, QueueBadges(other.fair.id, (hall.badges[0].id,)), NOW)
    with pytest.raises(Missing):
        step_job(hall.session, other.actor, StepJob(other.fair.id, job.id, PrintJobStep.DROP), NOW)
    with pytest.raises(Missing):
        take_jobs(hall.session, other.actor, other.fair.id, hall.station.id, 1, NOW)
    steward = make.actor(Role.STEWARD, hall.fair)
    with pytest.raises(NotAllowed):
        take_jobs(hall.session, steward, hall.fair.id, hall.station.id, 1, NOW)


STATIONS, JOBS = 4, 40


def test_stations_that_take_at_once_never_take_the_same_job(ready_database: str, tmp_path: Path) -> None:
    app = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    with app.app_context():
        with transaction() as session:
            hall = Hall(session, JOBS)
            hall.queue(*hall.badges)
            names = [f"S{n}" for n in range(STATIONS)]
            stations = [open_station(session, hall.actor, hall.fair.id, name, NOW).id for name in names]
            actor, fair_id = hall.actor, hall.fair.id
        start = Barrier(STATIONS)

        def work(station_id: int) -> list[int]:
            taken: list[int] = []
            with app.app_context():
                start.wait(timeout=60)
                while True:
                    try:
                        with transaction() as session:
                            jobs = take_jobs(session, actor, fair_id, station_id, 2, NOW)
                            ids = [job.id for job in jobs]
                            for job_id in ids:
                                order = StepJob(fair_id, job_id, PrintJobStep.PRINT, station_id)
                                step_job(session, actor, order, NOW)
                    except Refused:
                        break
                    taken += ids
                db.session.remove()
            return taken

        with ThreadPoolExecutor(STATIONS) as pool:
            by_station = list(pool.map(work, stations))
        every = [job_id for taken in by_station for job_id in taken]
        assert len(every) == len(set(every)) == JOBS
        assert reading().scalar(select(func.count(BadgePrint.id))) == JOBS
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("state", PrintJobState)
@pytest.mark.parametrize("step", PrintJobStep)
def test_every_step_from_every_state_of_a_print_job_is_taken_or_refused_by_name(
    hall: Hall, state: PrintJobState, step: PrintJobStep
) -> None:
    (job,) = hall.queue(hall.badges[0])
    hall.take()
    job.state = state
    hall.session.flush()
    if step is not PrintJobStep.TAKE and (state, step) in PRINT_JOB_STEPS:
        assert hall.step(job, step).state is PRINT_JOB_STEPS[state, step]
    else:  # jobs are taken by their station, several together
        assert refusal(hall.step, job, step) == (QueueRefusal.NOT_FROM_HERE,)
        assert job.state is state
