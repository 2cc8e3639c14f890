"""Remind of what is due, and set by which days that and cancelling go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.dunning import (
    MOST_DAYS_LATE,
    DunningSettings,
    FeeStep,
    Reminder,
    faults_of_days,
    faults_of_fees,
    reminder_due,
)
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.matching import doubt_about
from fairapp.store.base import LOCK
from fairapp.store.billing import Dunning, Instalment
from fairapp.store.billing_dunning import due_between, open_instalments, reminders_sent, sent_of
from fairapp.store.billing_matching import standings_of
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.booking import lock_invoices
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class SetDays:
    """When letters go out, and what cancelling costs from when on."""

    fair_id: int
    dunning: DunningSettings
    fees: tuple[FeeStep, ...]


def reminders_due(session: Session, fair: Fair, now: datetime) -> list[tuple[int, Reminder]]:
    """Which instalment gets which letter today, by the fair's own calendar."""
    settings = DunningSettings.read(fair.settings)
    if not settings.is_on:
        return []
    today = today_in(fair, now)
    offsets = [days for _reminder, days in settings.days]
    first = today - timedelta(max(offsets) + MOST_DAYS_LATE)
    waiting = due_between(session, fair.id, first, today - timedelta(min(offsets)))
    if not waiting:
        return []
    sent = reminders_sent(session, [each.id for each in waiting])
    standings = standings_of(session, fair.id)
    found = []
    for each in waiting:
        reminder = reminder_due(each.due_on, today, sent_of(sent.get(each.id, [])), settings)
        if reminder is not None and doubt_about(standings[each.invoice_id]) is None:
            found.append((each.id, reminder))
    return found


def remind(
    session: Session, actor: Actor, instalment_id: int, reminder: Reminder, now: datetime
) -> Dunning | None:
    """Promise the letter, once of each kind; nothing when it was paid or promised meanwhile."""
    instalment = session.get(Instalment, instalment_id)
    if instalment is None:
        return None
    lock_invoices(session, [instalment.invoice_id])
    fair_id = instalment.invoice.fair_id
    still_open = open_instalments(fair_id).where(Instalment.id == instalment_id)
    sent = sent_of(reminders_sent(session, [instalment_id]).get(instalment_id, []))
    if reminder in sent or session.scalar(still_open) is None:
        return None
    row = Dunning(instalment_id=instalment_id, reminder=reminder.value, sent_at=now)
    session.add(row)
    session.flush()
    facts = {"instalment_id": instalment_id, "reminder": reminder.value}
    outbox.post(session, "mail.money_reminder", now, **facts)
    audit.record(session, actor, "money.reminded", now, fair_id=fair_id, **facts)
    return row


def remind_by_hand(
    session: Session, actor: Actor, instalment_ids: Sequence[int], fair_id: int, now: datetime
) -> int:
    """Send the next letter to whoever is late; answer how many went out.

    :raises Missing: when an instalment is of another fair.
    """
    require(actor, Permission.MONEY_EDIT, fair_id)
    wanted = open_instalments(fair_id).where(Instalment.id.in_(list(instalment_ids)))
    fair = session.get_one(Fair, fair_id)
    waiting = [each for each in session.scalars(wanted) if each.due_on < today_in(fair, now)]
    sent = reminders_sent(session, [each.id for each in waiting])
    done = 0
    for each in waiting:
        had = sent_of(sent.get(each.id, []))
        following = next((level for level in LEVELS if level not in had and _later(level, had)), None)
        if following is not None and remind(session, actor, each.id, following, now) is not None:
            done += 1
    return done


LEVELS = (Reminder.FIRST, Reminder.SECOND, Reminder.LAST)


def _later(level: Reminder, had: Sequence[Reminder]) -> bool:
    """Whether no sharper letter went out before."""
    return all(LEVELS.index(each) < LEVELS.index(level) for each in had if each in LEVELS)


def set_days(session: Session, actor: Actor, order: SetDays, now: datetime) -> Fair:
    """Keep the fair's days of reminding and of cancelling.

    :raises Refused: when they contradict each other.
    """
    fair = session.get(Fair, order.fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None or not actor.may(Permission.MONEY_SEE, order.fair_id):
        raise Missing
    require(actor, Permission.MONEY_EDIT, fair.id)
    if reasons := faults_of_days(order.dunning) + faults_of_fees(order.fees):
        raise Refused(*reasons)
    fees = sorted(order.fees, key=lambda step: step.days_before, reverse=True)
    fair.settings = {
        **fair.settings,
        "dunning": order.dunning.kept(),
        "cancellation": [[step.days_before, step.share_bp] for step in fees],
    }
    audit.record(session, actor, "money.days_set", now, fair_id=fair.id)
    return fair


def today_in(fair: Fair, now: datetime) -> date:
    """The day it is where the fair is."""
    return now.astimezone(ZoneInfo(fair.timezone)).date()
