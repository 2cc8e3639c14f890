"""The manual as an organiser makes it: tasks with their days, and slots to move in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.manual import (
    DERIVED,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_SLOTS,
    MOST_TASKS,
    ManualRefusal,
    Slot,
    TaskKind,
    against_slot,
    most_for,
    slots_between,
)
from fairapp.rules.reasons import Shape
from fairapp.rules.text import TextRefused, clean
from fairapp.store.base import LOCK, Texts
from fairapp.store.fairs import Fair, Hall
from fairapp.store.fairs_queries import kinds_of
from fairapp.store.manual import ManualTask, MoveInSlot, SlotBooking
from fairapp.store.manual_queries import places_taken, slot_for_update, slots_of, task_of, tasks_of
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class KeepTask:
    """A task of the manual, new or (with its id) changed; the kind of one that exists stays."""

    fair_id: int
    kind: TaskKind
    names: Texts
    due_at: datetime
    texts: Texts = field(default_factory=dict)
    booth_kinds: tuple[str, ...] = ()
    is_required: bool = True
    is_checked: bool = False
    most: int | None = None
    task_id: int | None = None


@dataclass(frozen=True, slots=True)
class AddSlots:
    """Slots one after the other, each of so many minutes for so many exhibitors; no hall: for all halls."""

    fair_id: int
    starts_at: datetime
    ends_at: datetime
    minutes: int
    capacity: int
    hall_id: int | None = None


def keep_task(session: Session, actor: Actor, order: KeepTask, now: datetime) -> ManualTask:
    """Ask something of the exhibitors, or change what is asked; answers that are there stay.

    :raises Refused: with every reason why it cannot be asked like this.
    """
    fair = fair_kept(session, actor, order.fair_id)
    names = said("name", order.names, LONGEST_NAME)
    against = {
        ManualRefusal.NO_NAME: not names,
        ManualRefusal.DUE_AFTER_FAIR: order.due_at > end_of(fair),
        ManualRefusal.TOO_MANY_TASKS: order.task_id is None and len(tasks_of(session, fair.id)) >= MOST_TASKS,
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons, manual_most=MOST_TASKS)
    known = {kind.code for kind in kinds_of(session, fair.id)}
    if order.task_id is None:
        task = ManualTask(fair_id=fair.id, kind=order.kind, made_at=now)
        session.add(task)
    else:
        task = task_of(session, fair.id, order.task_id)
    task.names, task.texts = names, said("text", order.texts, LONGEST_TEXT)
    task.booth_kinds = sorted(set(order.booth_kinds) & known)
    task.due_at, task.is_required = order.due_at, order.is_required
    task.is_checked = order.is_checked and task.kind not in DERIVED
    task.most = most_for(task.kind, order.most)
    session.flush()
    audit.record(session, actor, "manual.task_kept", now, fair_id=fair.id, task=task.id, kind=task.kind.value)
    return task


def remove_task(session: Session, actor: Actor, fair_id: int, task_id: int, now: datetime) -> None:
    """Ask it no more; what was handed in is kept."""
    fair = fair_kept(session, actor, fair_id)
    task = task_of(session, fair.id, task_id)
    task.removed_at = now
    audit.record(session, actor, "manual.task_removed", now, fair_id=fair.id, task=task.id)


def add_slots(session: Session, actor: Actor, order: AddSlots, now: datetime) -> list[MoveInSlot]:
    """Offer times to move in; one that is there already is not offered twice.

    :raises Refused: with every reason why they cannot be offered.
    """
    fair = fair_kept(session, actor, order.fair_id)
    hall = None if order.hall_id is None else session.get(Hall, order.hall_id)
    if order.hall_id is not None and (hall is None or hall.fair_id != fair.id):
        raise Missing
    there = slots_of(session, fair.id)
    times = slots_between(order.starts_at, order.ends_at, order.minutes)
    against = list(against_slot(Slot(order.starts_at, order.ends_at, order.capacity), 0, end_of(fair)))
    if not times and not against:
        against.append(ManualRefusal.SLOT_BACKWARDS)
    if len(there) + len(times) > MOST_SLOTS:
        against.append(ManualRefusal.TOO_MANY_SLOTS)
    if against:
        raise Refused(*against, manual_most=MOST_SLOTS)
    known = {(each.hall_id, each.starts_at) for each in there}
    made = [
        MoveInSlot(
            fair_id=fair.id, hall_id=order.hall_id, starts_at=start, ends_at=end, capacity=order.capacity
        )
        for start, end in times
        if (order.hall_id, start) not in known
    ]
    session.add_all(made)
    session.flush()
    audit.record(session, actor, "manual.slots_added", now, fair_id=fair.id, slots=len(made))
    return made


def resize_slot(
    session: Session, actor: Actor, fair_id: int, slot_id: int, capacity: int, now: datetime
) -> MoveInSlot:
    """Let another number of exhibitors have the slot.

    :raises Refused: when more have it already.
    """
    fair = fair_kept(session, actor, fair_id)
    slot = slot_for_update(session, fair.id, slot_id)
    taken = places_taken(session, [slot.id]).get(slot.id, 0)
    if reasons := against_slot(Slot(slot.starts_at, slot.ends_at, capacity), taken, end_of(fair)):
        raise Refused(*reasons, manual_taken=taken)
    slot.capacity = capacity
    audit.record(session, actor, "manual.slot_resized", now, fair_id=fair.id, slot=slot.id, capacity=capacity)
    return slot


def remove_slot(session: Session, actor: Actor, fair_id: int, slot_id: int, now: datetime) -> None:
    """Offer the slot no more.

    :raises Refused: when somebody has chosen it.
    """
    fair = fair_kept(session, actor, fair_id)
    slot = slot_for_update(session, fair.id, slot_id)
    taken = places_taken(session, [slot.id]).get(slot.id, 0)
    if taken:
        raise Refused(ManualRefusal.SLOT_TAKEN, manual_taken=taken)
    session.execute(delete(SlotBooking).where(SlotBooking.slot_id == slot.id))  # of who has left the fair
    session.delete(slot)
    session.flush()
    audit.record(session, actor, "manual.slot_removed", now, fair_id=fair.id, slot=slot.id)


def fair_kept(session: Session, actor: Actor, fair_id: int) -> Fair:
    """The fair with its row locked, for who keeps its manual.

    :raises Missing: when there is none.
    """
    require(actor, Permission.MANUAL_EDIT, fair_id)
    fair = session.get(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None:
        raise Missing
    return fair


def end_of(fair: Fair) -> datetime:
    """The moment at which the fair is over, where it is."""
    after = fair.ends_on + timedelta(days=1)
    return datetime.combine(after, datetime.min.time(), ZoneInfo(fair.timezone))


def said(name: str, texts: Texts, longest: int) -> Texts:
    """The text of each language, clean; empty ones left out.

    :raises Invalid: naming the field, when it cannot be kept.
    """
    found: Texts = {}
    for language, text in texts.items():
        try:
            found[language] = clean(text, longest=longest, lines=longest > LONGEST_NAME)
        except TextRefused as refused:
            wrong = Shape.TOO_LONG if refused.longest else refused.reason
            raise Invalid(**{f"{name}_{language}": wrong}) from refused
    return {language: text for language, text in found.items() if text}
