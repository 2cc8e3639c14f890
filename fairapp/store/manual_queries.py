"""Questions about the manual: what a fair asks, what one exhibitor has handed in, which slots are free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.errors import Missing
from fairapp.rules.manual import AnswerState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth, Hall
from fairapp.store.manual import ManualTask, MoveInSlot, SlotBooking, TaskAnswer
from fairapp.store.producers import Organisation


def tasks_of(session: Session, fair_id: int) -> Sequence[ManualTask]:
    """The fair's tasks by day."""
    return session.scalars(
        select(ManualTask)
        .where(ManualTask.fair_id == fair_id, ManualTask.removed_at.is_(None))
        .order_by(ManualTask.due_at, ManualTask.id)
    ).all()


def task_of(session: Session, fair_id: int, task_id: int) -> ManualTask:
    """The fair's own task.

    :raises Missing: when there is none.
    """
    found = session.get(ManualTask, task_id)
    if found is None or found.fair_id != fair_id or found.removed_at is not None:
        raise Missing
    return found


def exhibitor_asked(session: Session, actor: Actor, application_id: int, lock: bool = False) -> Exhibitor:
    """The exhibitor that came of the application, for its members and for who keeps the fair's manual.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = select(Exhibitor).where(Exhibitor.application_id == application_id)
    if lock:
        wanted = wanted.with_for_update(of=Exhibitor, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None or not (
        found.organisation_id in actor.organisation_ids or actor.may(Permission.MANUAL_EDIT, found.fair_id)
    ):
        raise Missing
    return found


def booth_kind_of(exhibitor: Exhibitor) -> str | None:
    """The code of the kind of booth that it was admitted with."""
    application = exhibitor.application
    return application.booth_kind.code if application and application.booth_kind else None


def answer_for(session: Session, task_id: int, exhibitor_id: int, lock: bool = False) -> TaskAnswer | None:
    """What the exhibitor has handed in for the task."""
    wanted = select(TaskAnswer).where(TaskAnswer.task_id == task_id, TaskAnswer.exhibitor_id == exhibitor_id)
    if lock:
        wanted = wanted.with_for_update(of=TaskAnswer, **LOCK).execution_options(populate_existing=True)
    return session.scalar(wanted)


def answer_of(session: Session, actor: Actor, answer_id: int, lock: bool = False) -> TaskAnswer:
    """The answer, for its exhibitor's members and for who keeps the fair's manual.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = select(TaskAnswer).where(TaskAnswer.id == answer_id)
    if lock:
        wanted = wanted.with_for_update(of=TaskAnswer, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None or not (
        found.exhibitor.organisation_id in actor.organisation_ids
        or actor.may(Permission.MANUAL_EDIT, found.exhibitor.fair_id)
    ):
        raise Missing
    return found


def answers_of(session: Session, exhibitor_id: int) -> dict[int, TaskAnswer]:
    """What the exhibitor has handed in, by task."""
    rows = session.scalars(
        select(TaskAnswer)
        .where(TaskAnswer.exhibitor_id == exhibitor_id)
        .options(joinedload(TaskAnswer.checked_by))
    )
    return {row.task_id: row for row in rows}


def answers_by_task(session: Session, fair_id: int) -> Mapping[int, int]:
    """How many of those who are still there have handed in each task."""
    rows = session.execute(
        select(TaskAnswer.task_id, func.count())
        .join(ManualTask, ManualTask.id == TaskAnswer.task_id)
        .join(Exhibitor, Exhibitor.id == TaskAnswer.exhibitor_id)
        .where(ManualTask.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .where(TaskAnswer.state != AnswerState.RETURNED)
        .group_by(TaskAnswer.task_id)
    )
    return dict(rows.all())


def waiting_answers(fair_id: int) -> Select[TaskAnswer]:
    """What an organiser has to look at, the longest waiting first."""
    return (
        select(TaskAnswer)
        .join(ManualTask, ManualTask.id == TaskAnswer.task_id)
        .join(Exhibitor, Exhibitor.id == TaskAnswer.exhibitor_id)
        .join(Application, Application.id == Exhibitor.application_id)
        .where(ManualTask.fair_id == fair_id, ManualTask.removed_at.is_(None), ManualTask.is_checked)
        .where(TaskAnswer.state == AnswerState.ANSWERED, Exhibitor.left_at.is_(None))
        .options(
            contains_eager(TaskAnswer.task),
            contains_eager(TaskAnswer.exhibitor).joinedload(Exhibitor.organisation),
        )
        .order_by(TaskAnswer.answered_at, TaskAnswer.id)
    )


def how_many_wait(session: Session, fair_id: int) -> int:
    """How much waits for an organiser."""
    wanted = waiting_answers(fair_id).with_only_columns(TaskAnswer.id).order_by(None)
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def slots_of(session: Session, fair_id: int) -> Sequence[MoveInSlot]:
    """The fair's slots by hall and time."""
    return session.scalars(
        select(MoveInSlot)
        .outerjoin(Hall, Hall.id == MoveInSlot.hall_id)
        .where(MoveInSlot.fair_id == fair_id)
        .options(joinedload(MoveInSlot.hall))
        .order_by(MoveInSlot.starts_at, Hall.position, MoveInSlot.id)
    ).all()


def slot_of(session: Session, fair_id: int, slot_id: int) -> MoveInSlot:
    """The fair's own slot.

    :raises Missing: when there is none.
    """
    found = session.get(MoveInSlot, slot_id)
    if found is None or found.fair_id != fair_id:
        raise Missing
    return found


def slot_for_update(session: Session, fair_id: int, slot_id: int) -> MoveInSlot:
    """The fair's own slot with its row locked: its places are counted.

    :raises Missing: when there is none.
    """
    found = session.get(MoveInSlot, slot_id, with_for_update=LOCK, populate_existing=True)
    if found is None or found.fair_id != fair_id:
        raise Missing
    return found


def places_taken(session: Session, slot_ids: Iterable[int], besides: int | None = None) -> Mapping[int, int]:
    """How many exhibitors that are still there have chosen each slot, ``besides`` one of them."""
    rows = session.execute(
        select(SlotBooking.slot_id, func.count())
        .join(Exhibitor, Exhibitor.id == SlotBooking.exhibitor_id)
        .where(
            SlotBooking.slot_id.in_(list(slot_ids)),
            SlotBooking.exhibitor_id != (besides or 0),
            Exhibitor.left_at.is_(None),
        )
        .group_by(SlotBooking.slot_id)
    )
    return dict(rows.all())


def who_comes(session: Session, slot_id: int) -> Sequence[Exhibitor]:
    """Who has chosen the slot and is still there, by name."""
    return session.scalars(
        select(Exhibitor)
        .join(SlotBooking, SlotBooking.exhibitor_id == Exhibitor.id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(SlotBooking.slot_id == slot_id, Exhibitor.left_at.is_(None))
        .options(contains_eager(Exhibitor.organisation))
        .order_by(Organisation.name_key, Exhibitor.id)
    ).all()


def booking_of(session: Session, exhibitor_id: int) -> SlotBooking | None:
    """The slot that the exhibitor has chosen."""
    return session.get(SlotBooking, exhibitor_id)


def bookings_in(session: Session, fair_id: int) -> Mapping[int, MoveInSlot]:
    """The slot of each exhibitor that has chosen one."""
    rows = session.execute(
        select(SlotBooking.exhibitor_id, MoveInSlot)
        .join(MoveInSlot, MoveInSlot.id == SlotBooking.slot_id)
        .where(MoveInSlot.fair_id == fair_id)
    )
    return dict(rows.all())


def halls_chosen(session: Session, fair_id: int) -> Mapping[int, int | None]:
    """The hall of the slot of each exhibitor that has chosen one; None: a slot of every hall."""
    rows = session.execute(
        select(SlotBooking.exhibitor_id, MoveInSlot.hall_id)
        .join(MoveInSlot, MoveInSlot.id == SlotBooking.slot_id)
        .where(MoveInSlot.fair_id == fair_id)
    )
    return dict(rows.all())


def halls_held(session: Session, exhibitor_ids: Sequence[int] | Select[Any]) -> Mapping[int, frozenset[int]]:
    """The halls in which each exhibitor has a booth or a place in one."""
    own = (
        select(BoothClaim.exhibitor_id, Booth.hall_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(BoothClaim.exhibitor_id.in_(exhibitor_ids), BoothClaim.state.in_(LIVE))
    )
    shared = (
        select(CoExhibitor.exhibitor_id, Booth.hall_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(CoExhibitor.exhibitor_id.in_(exhibitor_ids), BoothClaim.state.in_(LIVE))
    )
    found: dict[int, frozenset[int]] = {}
    for exhibitor_id, hall_id in session.execute(own.union(shared)):
        found[exhibitor_id] = found.get(exhibitor_id, frozenset()) | {hall_id}
    return found
