"""The print queue: badges asked for, taken by a station, printed, and handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badge_queue import (
    MOST_AT_ONCE,
    MOST_STATIONS,
    PRINT_JOB_STEPS,
    WAITING,
    PrintJobState,
    PrintJobStep,
    QueueRefusal,
    ReprintReason,
)
from fairapp.rules.badges import VALID, BadgeStep
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.text import clean
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.badges_lists import badges_to_print
from fairapp.store.badges_press import PrintJob, PrintStation
from fairapp.store.badges_press_queries import (
    badges_waiting,
    job_for_update,
    jobs_at,
    station_of,
    waiting_jobs,
)
from fairapp.usecases import audit
from fairapp.usecases.badges import BadgesStep, step_badges
from fairapp.usecases.badges_printing import keep_printings
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class QueueBadges:
    """Put badges into the fair's queue; one that was printed before needs a reason."""

    fair_id: int
    badge_ids: tuple[int, ...]
    reason: ReprintReason = ReprintReason.FIRST


@dataclass(frozen=True, slots=True)
class StepJob:
    """A step for one job; ``station_id`` is the station that says so, where one does."""

    fair_id: int
    job_id: int
    step: PrintJobStep
    station_id: int | None = None


def open_station(session: Session, actor: Actor, fair_id: int, name: str, now: datetime) -> PrintStation:
    """Add a station, or open the closed one of this name again.

    :raises Refused: without a name, with one that is in use, or when there are too many.
    """
    require(actor, Permission.BADGE_PRINT, fair_id)
    name = clean(name, longest=60)
    stations = session.scalars(select(PrintStation).where(PrintStation.fair_id == fair_id)).all()
    known = {station.name.casefold(): station for station in stations}.get(name.casefold())
    against = {
        QueueRefusal.NAME_MISSING: not name,
        QueueRefusal.NAME_TAKEN: known is not None and known.closed_at is None,
        QueueRefusal.TOO_MANY_STATIONS: sum(each.closed_at is None for each in stations) >= MOST_STATIONS,
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons, name=name, most=MOST_STATIONS)
    station = known or PrintStation(fair_id=fair_id, name=name, made_at=now)
    station.closed_at = None
    session.add(station)
    session.flush()
    audit.record(session, actor, "print_station.opened", now, fair_id=fair_id, station=station.id)
    return station


def close_station(session: Session, actor: Actor, fair_id: int, station_id: int, now: datetime) -> None:
    """Take a station out of use.

    :raises Refused: while it has jobs in hand.
    """
    require(actor, Permission.BADGE_PRINT, fair_id)
    station = station_of(session, fair_id, station_id, lock=True)
    if jobs_at(session, station.id):
        raise Refused(QueueRefusal.STATION_BUSY, name=station.name)
    if station.closed_at is None:
        station.closed_at = now
        audit.record(session, actor, "print_station.closed", now, fair_id=fair_id, station=station.id)


def queue_badges(session: Session, actor: Actor, order: QueueBadges, now: datetime) -> Sequence[PrintJob]:
    """Put badges into the queue; what waits already stays where it is.

    :raises Refused: when one may not be printed, or was printed before and no reason is given.
    """
    require(actor, Permission.BADGE_PRINT, order.fair_id)
    badges = badges_to_print(session, order.fair_id, sorted(set(order.badge_ids)), lock=True)
    if len(badges) < len(set(order.badge_ids)):
        raise Missing
    waiting = badges_waiting(session, order.badge_ids)
    wanted = [badge for badge in badges if badge.id not in waiting]
    if badges and not wanted:
        raise Refused(QueueRefusal.WAITS_ALREADY, name=badges[0].name)
    printed = _printed_before(session, [badge.id for badge in wanted])
    for badge in wanted:
        if badge.state not in VALID:
            raise Refused(QueueRefusal.NOT_VALID, name=badge.name)
        if badge.id in printed and order.reason is ReprintReason.FIRST:
            raise Refused(QueueRefusal.PRINTED_BEFORE, name=badge.name)
    if order.reason is ReprintReason.LOST and printed:
        step_badges(session, actor, BadgesStep(tuple(sorted(printed)), BadgeStep.REPLACE), now)
    jobs = [
        _queued(actor, badge, order.reason if badge.id in printed else ReprintReason.FIRST, now)
        for badge in wanted
    ]
    session.add_all(jobs)
    session.flush()
    if jobs:
        audit.record(
            session,
            actor,
            "badge.queued",
            now,
            fair_id=order.fair_id,
            badges=[job.badge_id for job in jobs],
            reason=order.reason.value,
        )
    return jobs


def _queued(actor: Actor, badge: Badge, reason: ReprintReason, now: datetime) -> PrintJob:
    return PrintJob(
        fair_id=badge.fair_id,
        badge_id=badge.id,
        waits_for_id=badge.id,
        state=PrintJobState.QUEUED,
        reason=reason,
        queued_at=now,
        queued_by_id=actor.account_id,
    )


def _printed_before(session: Session, badge_ids: Sequence[int]) -> frozenset[int]:
    """Those that came out in the issue that counts now: a replaced badge has not been printed yet."""
    wanted = select(BadgePrint.badge_id).join(Badge, Badge.id == BadgePrint.badge_id)
    return frozenset(session.scalars(wanted.where(Badge.id.in_(badge_ids), BadgePrint.issue == Badge.issue)))


def take_jobs(
    session: Session,
    actor: Actor,
    fair_id: int,
    station_id: int,
    most: int,
    now: datetime,
    seen: int | None = None,
) -> Sequence[PrintJob]:
    """Give the station the first jobs of the queue; what it has in hand counts.

    Two stations never get the same job: rows that one is taking are locked, and passed over by the other.
    ``seen`` is how many it had in hand when the button was pressed: a second press takes nothing more.

    :raises Refused: when the station is closed, or nothing waits.
    """
    require(actor, Permission.BADGE_PRINT, fair_id)
    station = station_of(session, fair_id, station_id, lock=True)
    if station.closed_at is not None:
        raise Refused(QueueRefusal.STATION_CLOSED, name=station.name)
    in_hand = len(jobs_at(session, station.id))
    room = min(most, MOST_AT_ONCE - in_hand)
    if room <= 0 or (seen is not None and in_hand > seen):
        return []
    jobs = [job for job in waiting_jobs(session, fair_id, room) if job.state is PrintJobState.QUEUED]
    if not jobs and not in_hand:
        raise Refused(QueueRefusal.EMPTY)
    for job in jobs:
        job.state = PRINT_JOB_STEPS[job.state, PrintJobStep.TAKE]
        job.station_id, job.taken_at = station.id, now
    session.flush()
    if jobs:
        ids = [job.badge_id for job in jobs]
        audit.record(session, actor, "badge.taken", now, fair_id=fair_id, station=station.id, badges=ids)
    return jobs


def step_job(session: Session, actor: Actor, order: StepJob, now: datetime) -> PrintJob:
    """Give a job back, keep that it came out, hand the badge over, or drop the job.

    :raises Refused: from the wrong state, at another station, or when the badge is no longer valid.
    """
    require(actor, Permission.BADGE_PRINT, order.fair_id)
    job = job_for_update(session, order.fair_id, order.job_id)
    if order.step is PrintJobStep.TAKE or (job.state, order.step) not in PRINT_JOB_STEPS:
        raise Refused(QueueRefusal.NOT_FROM_HERE, name=job.badge.name)
    if order.station_id is not None and job.station_id != order.station_id:
        raise Refused(QueueRefusal.OTHER_STATION, name=job.badge.name)
    if order.step is PrintJobStep.PRINT and not _came_out(session, actor, job, now):
        raise Refused(QueueRefusal.NOT_VALID, name=job.badge.name)
    job.state = PRINT_JOB_STEPS[job.state, order.step]
    if job.state not in WAITING:
        job.waits_for_id = None
    if order.step is PrintJobStep.GIVE_BACK:
        job.station_id = job.taken_at = None
    elif order.step is PrintJobStep.COLLECT:
        job.collected_at, job.collected_by_id = now, actor.account_id
    session.flush()
    audit.record(
        session,
        actor,
        f"print_job.{order.step.value}",
        now,
        fair_id=order.fair_id,
        badge=job.badge_id,
        station=job.station_id,
    )
    return job


def _came_out(session: Session, actor: Actor, job: PrintJob, now: datetime) -> bool:
    """Keep the printing beside the job; a badge revoked meanwhile is none."""
    if job.badge.state not in VALID:
        return False
    keep_printings(session, actor, job.fair_id, [(job.badge_id, job.badge.issue)], now)
    job.issue, job.printed_at, job.printed_by_id = job.badge.issue, now, actor.account_id
    return True
