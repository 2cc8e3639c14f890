"""Write to exhibitors about what they owe: by itself around a task's day, by hand to all who are late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.duties import (
    MOST_DAYS,
    DutyKind,
    DutyState,
    ReminderSettings,
    reminder_due,
)
from fairapp.rules.errors import Refused
from fairapp.rules.manual import ManualRefusal
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import LOCK
from fairapp.store.duties_queries import Person, people_of
from fairapp.store.fairs import Fair
from fairapp.store.manual import DutyLetter
from fairapp.store.manual_queries import tasks_of
from fairapp.usecases import audit, outbox
from fairapp.usecases.duties import duties_of
from fairapp.usecases.manual import fair_kept
from fairapp.usecases.manual_answers import cleaned

LETTER = "manual/owed"
LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class WriteToLate:
    """A letter to those of these exhibitors who are late, with a few words of the organiser's own."""

    fair_id: int
    exhibitor_ids: tuple[int, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class SetReminders:
    """When letters go out by themselves."""

    fair_id: int
    settings: ReminderSettings


def reminders_due(session: Session, fair: Fair, now: datetime) -> dict[int, list[str]]:
    """Who gets a letter now, and about what: the keys under which each is remembered."""
    settings = ReminderSettings.read(fair.settings)
    first, last = now - timedelta(days=MOST_DAYS), now + timedelta(days=settings.days_before)
    if not settings.is_on or not any(first <= task.due_at <= last for task in tasks_of(session, fair.id)):
        return {}
    duties = duties_of(session, fair, people_of(session, fair.id), now, tasks_only=True)
    sent = _sent(session, duties)
    found: dict[int, list[str]] = {}
    for exhibitor_id, owed in duties.items():
        for duty in owed:
            reminder = reminder_due(duty, now, settings) if duty.kind is DutyKind.TASK else None
            if reminder is None or duty.due_at is None:
                continue
            key = f"{reminder.value}:{duty.task_id}:{_day(fair, duty.due_at):%Y%m%d}"
            if (exhibitor_id, key) not in sent:
                found.setdefault(exhibitor_id, []).append(key)
    return found


def remind(session: Session, actor: Actor, exhibitor_id: int, keys: Sequence[str], now: datetime) -> bool:
    """Promise one letter about all of these, each once; nothing when all were promised meanwhile."""
    exhibitor = session.get(Exhibitor, exhibitor_id, with_for_update=LOCK, populate_existing=True)
    if exhibitor is None or exhibitor.left_at is not None:
        return False
    sent = _sent(session, [exhibitor_id])
    fresh = [key for key in keys if (exhibitor_id, key) not in sent]
    if fresh:
        _promise(session, exhibitor_id, fresh, "", now)
        audit.record(
            session, actor, "manual.reminded", now, fair_id=exhibitor.fair_id, exhibitor=exhibitor_id
        )
    return bool(fresh)


def late_now(session: Session, fair: Fair, exhibitor_ids: Iterable[int], now: datetime) -> list[Person]:
    """Those of these exhibitors who are late with something."""
    people = people_of(session, fair.id, list(exhibitor_ids))
    duties = duties_of(session, fair, people, now)
    return [each for each in people.rows if any(duty.state is DutyState.LATE for duty in duties[each.id])]


def written_today(session: Session, fair: Fair, now: datetime) -> frozenset[int]:
    """Whom of the fair somebody has written to by hand on this day of its calendar."""
    sent = (
        select(DutyLetter.exhibitor_id)
        .join(Exhibitor, Exhibitor.id == DutyLetter.exhibitor_id)
        .where(Exhibitor.fair_id == fair.id, DutyLetter.key == _by_hand(fair, now))
    )
    return frozenset(session.scalars(sent))


def write_to_late(session: Session, actor: Actor, order: WriteToLate, now: datetime) -> int:
    """Promise a letter to each of them who is late, at most one a day; answer how many.

    The fair's row is locked: two who press at the same moment write once.

    :raises Refused: when nobody is left to write to.
    """
    fair = fair_kept(session, actor, order.fair_id)
    words = cleaned("words", order.words, LONGEST_WORDS)
    late = late_now(session, fair, order.exhibitor_ids, now)
    had = written_today(session, fair, now)
    to = [each.id for each in late if each.id not in had]
    if not to:
        raise Refused(ManualRefusal.NOBODY_TO_WRITE)
    for exhibitor_id in to:
        _promise(session, exhibitor_id, [_by_hand(fair, now)], words, now)
    audit.record(session, actor, "manual.written_to_late", now, fair_id=fair.id, exhibitors=len(to))
    return len(to)


def set_reminders(session: Session, actor: Actor, order: SetReminders, now: datetime) -> Fair:
    """Say when letters go out by themselves.

    :raises Refused: for days that are out of bounds.
    """
    fair = fair_kept(session, actor, order.fair_id)
    days = (order.settings.days_before, order.settings.days_after)
    if not all(0 <= each <= MOST_DAYS for each in days):
        raise Refused(ManualRefusal.DAYS, manual_most=MOST_DAYS)
    fair.settings = {**fair.settings, "manual": order.settings.kept()}
    audit.record(session, actor, "manual.reminders_set", now, fair_id=fair.id)
    return fair


def _promise(session: Session, exhibitor_id: int, keys: Sequence[str], words: str, now: datetime) -> None:
    session.add_all(DutyLetter(exhibitor_id=exhibitor_id, key=key, sent_at=now) for key in keys)
    session.flush()
    outbox.post(session, "mail.manual_owed", now, exhibitor_id=exhibitor_id, words=words)


def _sent(session: Session, exhibitor_ids: Iterable[int]) -> set[tuple[int, str]]:
    rows = session.execute(
        select(DutyLetter.exhibitor_id, DutyLetter.key).where(
            DutyLetter.exhibitor_id.in_(list(exhibitor_ids))
        )
    )
    return {(exhibitor_id, key) for exhibitor_id, key in rows}


def _by_hand(fair: Fair, now: datetime) -> str:
    return f"hand:{_day(fair, now):%Y%m%d}"


def _day(fair: Fair, at: datetime) -> date:
    return at.astimezone(ZoneInfo(fair.timezone)).date()
