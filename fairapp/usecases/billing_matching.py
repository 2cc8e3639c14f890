"""Payments matched by a person: booked on instalments, split, taken off, sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.billing import PaymentRefusal
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.matching import doubt_about
from fairapp.store.base import LOCK
from fairapp.store.billing import Instalment
from fairapp.store.billing_bank import MoneyTask, Payment, PaymentPart
from fairapp.store.billing_matching import instalments_of_fair, standings_of
from fairapp.usecases import audit
from fairapp.usecases.booking import book, lock_invoices, send_back, unbook
from fairapp.usecases.permission import require

MOST_PARTS = 60
"""A delegation's transfer pays for so many producers."""


@dataclass(frozen=True, slots=True)
class BookParts:
    """Parts of a payment as (instalment, amount); ``entry_key`` is the form's, so that it counts once."""

    payment_id: int
    parts: tuple[tuple[int, int], ...]
    entry_key: str


@dataclass(frozen=True, slots=True)
class SendBack:
    """So much of a payment went back, and how."""

    payment_id: int
    amount_minor: int
    note: str
    entry_key: str


def payment_of(session: Session, actor: Actor, payment_id: int, fair_id: int, lock: bool = False) -> Payment:
    """The payment, if it is of this fair and the actor sees its money.

    :raises Missing: otherwise.
    """
    found = session.get(Payment, payment_id, with_for_update=LOCK if lock else None, populate_existing=lock)
    if found is None or found.fair_id != fair_id or not actor.may(Permission.MONEY_SEE, fair_id):
        raise Missing
    return found


def book_parts(session: Session, actor: Actor, order: BookParts, fair_id: int, now: datetime) -> Payment:
    """Book parts of a payment, all of them or none; the same form a second time changes nothing.

    :raises Refused: when a part is more than is left or due, or its invoice takes no money any more.
    """
    payment_of(session, actor, order.payment_id, fair_id)
    require(actor, Permission.MONEY_EDIT, fair_id)
    if not order.parts or len(order.parts) > MOST_PARTS:
        raise Refused(PaymentRefusal.NOT_POSITIVE)
    instalments = _locked(session, fair_id, [number for number, _amount in order.parts])
    payment = payment_of(session, actor, order.payment_id, fair_id, lock=True)
    keys = [f"{order.entry_key}:{number}" for number, _amount in order.parts]
    if session.scalar(select(PaymentPart.id).where(PaymentPart.entry_key.in_(keys)).limit(1)) is not None:
        return payment
    standings = standings_of(session, fair_id)
    for (number, amount), key in zip(order.parts, keys, strict=True):
        instalment = instalments[number]
        if doubt := doubt_about(standings[instalment.invoice_id]):
            raise Refused(doubt)
        book(session, actor, payment, instalment, amount, now, key)
    return payment


def take_off(
    session: Session, actor: Actor, payment_id: int, instalment_id: int, fair_id: int, now: datetime
) -> Payment:
    """Take a payment off an instalment where it does not belong.

    :raises Refused: when nothing of it is there.
    """
    payment_of(session, actor, payment_id, fair_id)
    require(actor, Permission.MONEY_EDIT, fair_id)
    instalment = _locked(session, fair_id, [instalment_id])[instalment_id]
    payment = payment_of(session, actor, payment_id, fair_id, lock=True)
    unbook(session, actor, payment, instalment, now)
    return payment


def refund(session: Session, actor: Actor, order: SendBack, fair_id: int, now: datetime) -> Payment:
    """Write down that money went back; the same form a second time changes nothing.

    :raises Refused: when it is more than is left.
    """
    payment = payment_of(session, actor, order.payment_id, fair_id, lock=True)
    require(actor, Permission.MONEY_EDIT, fair_id)
    if session.scalar(select(PaymentPart.id).where(PaymentPart.entry_key == order.entry_key)) is None:
        send_back(session, actor, payment, order.amount_minor, order.note, now, order.entry_key)
        facts = {"payment": payment.id, "amount": order.amount_minor}
        audit.record(session, actor, "money.refunded", now, fair_id=fair_id, **facts)
    return payment


def settle_task(session: Session, actor: Actor, task_id: int, fair_id: int, now: datetime) -> MoneyTask:
    """Take something off the office's list; done twice it is done once."""
    task = session.get(MoneyTask, task_id, with_for_update=LOCK, populate_existing=True)
    if task is None or task.fair_id != fair_id or not actor.may(Permission.MONEY_SEE, fair_id):
        raise Missing
    require(actor, Permission.MONEY_EDIT, fair_id)
    if task.done_at is None:
        task.done_at, task.done_by_id = now, actor.account_id
        audit.record(session, actor, "money.task_done", now, fair_id=fair_id, task=task.id)
    return task


def _locked(session: Session, fair_id: int, numbers: Sequence[int]) -> dict[int, Instalment]:
    """The instalments of the fair with their invoices locked.

    :raises Missing: when one is of another fair, or there is none.
    """
    found = instalments_of_fair(session, fair_id, numbers)
    if len(found) < len(set(numbers)):
        raise Missing
    lock_invoices(session, [each.invoice_id for each in found.values()])
    return found
