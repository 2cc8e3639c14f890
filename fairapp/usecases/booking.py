"""Put money where it belongs: parts of payments on instalments, off again, and back to whoever sent it.

Every sum of an invoice and of a payment changes here and nowhere else, both sides at once. Callers lock the
invoice before the payment, so that two of them never wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.billing import (
    AGAINST,
    BankLineState,
    InvoiceStep,
    InvoiceSums,
    MoneyTaskKind,
    PartKind,
    PaymentRefusal,
    PaymentState,
    PaymentSums,
    payment_state,
    state_of,
)
from fairapp.rules.errors import Refused
from fairapp.rules.matching import Doubt
from fairapp.store.base import LOCK
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import MoneyTask, Payment, PaymentPart
from fairapp.usecases import audit

_LINES = {
    PaymentState.UNMATCHED: BankLineState.IMPORTED,
    PaymentState.MATCHED: BankLineState.MATCHED,
    PaymentState.SPLIT: BankLineState.SPLIT,
    PaymentState.REFUNDED: BankLineState.REFUNDED,
}
_TASKS = {
    Doubt.CLAIM_GONE: MoneyTaskKind.CLAIM_GONE,
    Doubt.DEAD_INVOICE: MoneyTaskKind.DEAD_INVOICE,
}
"""What somebody is told to look at; every other rest is a credit that is left."""


def lock_invoices(session: Session, invoice_ids: Sequence[int]) -> list[Invoice]:
    """These invoices as they are now, locked in one order, their instalments with them."""
    ids = sorted(set(invoice_ids))
    found = session.scalars(
        select(Invoice)
        .where(Invoice.id.in_(ids))
        .order_by(Invoice.id)
        .with_for_update(of=Invoice, **LOCK)
        .execution_options(populate_existing=True)
    ).all()
    session.scalars(
        select(Instalment)
        .where(Instalment.invoice_id.in_(ids))
        .order_by(Instalment.id)
        .with_for_update(of=Instalment, **LOCK)
        .execution_options(populate_existing=True)
    ).all()
    return list(found)


def book(
    session: Session,
    actor: Actor,
    payment: Payment,
    instalment: Instalment,
    amount_minor: int,
    now: datetime,
    entry_key: str | None = None,
) -> PaymentPart:
    """Take a part of a payment for an instalment.

    :raises Refused: when the invoice takes no money, or the sum is more than is left or due.
    """
    invoice = instalment.invoice
    if against := AGAINST[invoice.state, InvoiceStep.PAY]:
        raise Refused(against)
    facts = {"left": payment.left_minor, "open": instalment.open_minor, "currency": invoice.currency}
    reasons = {
        PaymentRefusal.NOT_POSITIVE: amount_minor <= 0,
        PaymentRefusal.OTHER_FAIR: payment.fair_id != invoice.fair_id,
        PaymentRefusal.OTHER_CURRENCY: payment.currency != invoice.currency,
        PaymentRefusal.NOTHING_LEFT: payment.left_minor == 0,
        PaymentRefusal.MORE_THAN_LEFT: 0 < payment.left_minor < amount_minor,
        PaymentRefusal.MORE_THAN_DUE: instalment.open_minor < amount_minor,
    }
    if found := [reason for reason, holds in reasons.items() if holds]:
        raise Refused(*found, **facts)
    return _move(session, actor, payment, instalment, amount_minor, now, entry_key)


def unbook(
    session: Session, actor: Actor, payment: Payment, instalment: Instalment, now: datetime
) -> PaymentPart:
    """Take all of a payment off an instalment: it is a credit again, and the instalment is due again.

    :raises Refused: when nothing of it is there, or the invoice is dead.
    """
    booked = booked_on(session, payment.id).get(instalment.id, 0)
    if against := AGAINST[instalment.invoice.state, InvoiceStep.UNPAY]:
        raise Refused(against)
    if booked <= 0:
        raise Refused(PaymentRefusal.NOTHING_BOOKED)
    return _move(session, actor, payment, instalment, -booked, now)


def free_paid(session: Session, actor: Actor, invoice: Invoice, amount_minor: int, now: datetime) -> None:
    """Make credits again of so much that was paid on an invoice, the latest booking first.

    A credit note takes more back than is due: what was paid beyond the rest belongs to whoever paid it.
    The invoice is locked by the caller; its payments are locked here.
    """
    parts = session.execute(
        select(PaymentPart.payment_id, PaymentPart.instalment_id, func.sum(PaymentPart.amount_minor))
        .join(Instalment, Instalment.id == PaymentPart.instalment_id)
        .where(Instalment.invoice_id == invoice.id, PaymentPart.kind == PartKind.INSTALMENT)
        .group_by(PaymentPart.payment_id, PaymentPart.instalment_id)
        .order_by(func.max(PaymentPart.id).desc())
    ).all()
    for payment_id, instalment_id, booked in parts:
        freed = min(int(booked), amount_minor)
        if freed <= 0:
            continue
        payment = session.get_one(Payment, payment_id, with_for_update=LOCK, populate_existing=True)
        instalment = session.get_one(Instalment, instalment_id)
        _move(session, actor, payment, instalment, -freed, now)
        remember(session, payment, MoneyTaskKind.CREDIT_LEFT, now, instalment)
        amount_minor -= freed


def send_back(
    session: Session,
    actor: Actor,
    payment: Payment,
    amount_minor: int,
    note: str,
    now: datetime,
    entry_key: str | None = None,
) -> PaymentPart:
    """Write down that a part of a payment went back.

    :raises Refused: when it is more than is left.
    """
    if amount_minor <= 0:
        raise Refused(PaymentRefusal.NOT_POSITIVE)
    if amount_minor > payment.left_minor:
        raise Refused(PaymentRefusal.MORE_THAN_LEFT, left=payment.left_minor, currency=payment.currency)
    part = PaymentPart(
        payment_id=payment.id,
        kind=PartKind.REFUND,
        amount_minor=amount_minor,
        entry_key=entry_key,
        note=note[:300],
        at=now,
        by_id=actor.account_id,
    )
    session.add(part)
    payment.refunded_minor += amount_minor
    _restate(session, actor, payment, now)
    return part


def booked_on(session: Session, payment_id: int) -> dict[int, int]:
    """What is booked of a payment now, by instalment."""
    rows = session.execute(
        select(PaymentPart.instalment_id, func.sum(PaymentPart.amount_minor))
        .where(PaymentPart.payment_id == payment_id, PaymentPart.kind == PartKind.INSTALMENT)
        .group_by(PaymentPart.instalment_id)
    )
    return {number: int(amount) for number, amount in rows if number is not None and amount}


def set_aside(
    session: Session, payment: Payment, doubt: Doubt, now: datetime, instalment: Instalment | None = None
) -> None:
    """Keep a payment, or what is left of it, as a credit that somebody looks at, and say why."""
    payment.doubt = doubt
    remember(session, payment, _TASKS.get(doubt, MoneyTaskKind.CREDIT_LEFT), now, instalment)


def remember(
    session: Session,
    payment: Payment,
    kind: MoneyTaskKind,
    now: datetime,
    instalment: Instalment | None = None,
) -> None:
    """Put a payment that waits for somebody on the office's list, once for each reason."""
    there = select(MoneyTask.id).where(MoneyTask.payment_id == payment.id, MoneyTask.done_at.is_(None))
    if session.scalar(there.where(MoneyTask.kind == kind).limit(1)) is None:
        session.add(
            MoneyTask(
                fair_id=payment.fair_id,
                kind=kind,
                payment_id=payment.id,
                exhibitor_id=None if instalment is None else instalment.invoice.exhibitor_id,
                instalment_id=None if instalment is None else instalment.id,
                made_at=now,
            )
        )


def _move(
    session: Session,
    actor: Actor,
    payment: Payment,
    instalment: Instalment,
    amount_minor: int,
    now: datetime,
    entry_key: str | None = None,
) -> PaymentPart:
    """Book, or below zero take off, on both sides at once."""
    part = PaymentPart(
        payment_id=payment.id,
        instalment_id=instalment.id,
        kind=PartKind.INSTALMENT,
        amount_minor=amount_minor,
        entry_key=entry_key,
        at=now,
        by_id=actor.account_id,
    )
    session.add(part)
    invoice = instalment.invoice
    instalment.paid_minor += amount_minor
    invoice.paid_minor += amount_minor
    invoice.version += 1
    invoice.state = state_of(invoice_sums(invoice))
    payment.matched_minor += amount_minor
    _restate(session, actor, payment, now)
    audit.record(
        session,
        actor,
        "money.booked" if amount_minor > 0 else "money.unbooked",
        now,
        fair_id=payment.fair_id,
        payment=payment.id,
        instalment=instalment.id,
        amount=amount_minor,
    )
    return part


def invoice_sums(invoice: Invoice) -> InvoiceSums:
    """An invoice in sums."""
    return InvoiceSums(
        invoice.gross_minor, invoice.paid_minor, invoice.credited_minor, invoice.written_off_minor
    )


def _restate(session: Session, actor: Actor, payment: Payment, now: datetime) -> None:
    """Say anew what became of a payment; when nothing is left, nobody has to look at it any more."""
    session.flush()
    parts = len(booked_on(session, payment.id))
    sums = PaymentSums(payment.amount_minor, payment.matched_minor, payment.refunded_minor, parts)
    payment.state = payment_state(sums)
    if payment.bank_line is not None:
        payment.bank_line.state = _LINES[payment.state]
    if payment.left_minor == 0:
        waiting = select(MoneyTask).where(MoneyTask.payment_id == payment.id, MoneyTask.done_at.is_(None))
        for task in session.scalars(waiting):
            task.done_at, task.done_by_id = now, actor.account_id
