"""Money that came in: record it, book it on instalments, take it off again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.billing import (
    InvoiceStep,
    InvoiceSums,
    MoneyTaskKind,
    PartKind,
    PaymentRefusal,
    PaymentStep,
    PaymentSums,
    against_payment,
    payment_state,
    state_of,
)
from fairapp.rules.errors import Missing, Refused
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import MoneyTask, Payment, PaymentPart
from fairapp.store.billing_queries import instalments_of
from fairapp.usecases import audit
from fairapp.usecases.billing_invoices import invoice_for_step


@dataclass(frozen=True, slots=True)
class ReceivePayment:
    """Money for an instalment came in, and somebody writes it down."""

    instalment_id: int
    amount_minor: int
    received_on: date
    entry_key: str
    """Of the form: the same key is the same payment."""
    payer_name: str = ""
    text: str = ""
    is_checked: bool = False
    """The sum differs from what is due, and that is right."""


def receive_payment(session: Session, actor: Actor, order: ReceivePayment, now: datetime) -> Payment:
    """Record a payment for an instalment, once for each form; a wrong sum has to be checked first.

    What is too much goes to the invoice's next instalments, then stays as a credit with a task.

    :raises Refused: with the sums when they differ, or when nothing may be booked on the invoice.
    """
    instalment = session.get(Instalment, order.instalment_id)
    if instalment is None:
        raise Missing
    there = session.scalar(select(Payment).where(Payment.entry_key == order.entry_key))
    if there is not None and actor.may(Permission.MONEY_EDIT, there.fair_id):
        return there
    invoice = invoice_for_step(session, actor, instalment.invoice_id, InvoiceStep.PAY)
    session.refresh(instalment)
    _check(invoice, instalment, order, now)
    payment = Payment(
        fair_id=invoice.fair_id,
        received_on=order.received_on,
        amount_minor=order.amount_minor,
        currency=invoice.currency,
        payer_name=order.payer_name or invoice.payer_name,
        text=order.text,
        entry_key=order.entry_key,
        made_at=now,
        made_by_id=actor.account_id,
    )
    session.add(payment)
    session.flush()
    audit.record(
        session,
        actor,
        "money.payment_received",
        now,
        fair_id=invoice.fair_id,
        payment=payment.id,
        invoice=invoice.id,
        amount=payment.amount_minor,
    )
    rest = [each for each in instalments_of(session, [invoice.id]) if each.id != instalment.id]
    for each in (instalment, *rest):
        if payment.left_minor > 0 and each.open_minor > 0:
            book(session, actor, payment, each, min(payment.left_minor, each.open_minor), now)
    if payment.left_minor:
        add_task(session, MoneyTaskKind.CREDIT_LEFT, payment, invoice.exhibitor_id, now, instalment.id)
    return payment


def _check(invoice: Invoice, instalment: Instalment, order: ReceivePayment, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(invoice.fair.timezone)).date()
    if order.amount_minor <= 0:
        raise Refused(PaymentRefusal.NOT_POSITIVE)
    if order.received_on > today:
        raise Refused(PaymentRefusal.IN_THE_FUTURE)
    if order.amount_minor != instalment.open_minor and not order.is_checked:
        raise Refused(
            PaymentRefusal.WRONG_SUM,
            amount=order.amount_minor,
            open=instalment.open_minor,
            currency=invoice.currency,
        )


def book(
    session: Session,
    actor: Actor,
    payment: Payment,
    instalment: Instalment,
    amount_minor: int,
    now: datetime,
    entry_key: str | None = None,
) -> PaymentPart:
    """Take a part of a payment for an instalment; both rows and the invoice are locked.

    :raises Refused: when it is more than is left or due, in another currency, or the invoice is dead.
    """
    invoice = invoice_for_step(session, actor, instalment.invoice_id, InvoiceStep.PAY)
    lock_payment(session, payment)
    session.refresh(instalment)
    facts = {"left": payment.left_minor, "open": instalment.open_minor, "currency": invoice.currency}
    against = {
        PaymentRefusal.NOT_POSITIVE: amount_minor <= 0,
        PaymentRefusal.OTHER_FAIR: payment.fair_id != invoice.fair_id,
        PaymentRefusal.OTHER_CURRENCY: payment.currency != invoice.currency,
        PaymentRefusal.NOTHING_LEFT: payment.left_minor == 0,
        PaymentRefusal.MORE_THAN_LEFT: 0 < payment.left_minor < amount_minor,
        PaymentRefusal.MORE_THAN_DUE: instalment.open_minor < amount_minor,
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons, **facts)
    return _move(session, actor, payment, instalment, invoice, amount_minor, now, entry_key)


def unbook(
    session: Session, actor: Actor, payment: Payment, instalment: Instalment, now: datetime
) -> PaymentPart:
    """Take a payment off an instalment: it is a credit again, and the instalment is due again."""
    invoice = invoice_for_step(session, actor, instalment.invoice_id, InvoiceStep.UNPAY)
    lock_payment(session, payment)
    session.refresh(instalment)
    booked = booked_on(session, payment.id).get(instalment.id, 0)
    if against := against_payment(sums_of(session, payment), PaymentStep.UNBOOK):
        raise Refused(against)
    if not booked:
        raise Refused(PaymentRefusal.NOTHING_BOOKED)
    return _move(session, actor, payment, instalment, invoice, -booked, now, None)


def free(session: Session, actor: Actor, invoice: Invoice, amount_minor: int, now: datetime) -> list[Payment]:
    """Take so much off an invoice's payments, the latest first: it is a credit again, with a task each."""
    freed: list[Payment] = []
    instalments = instalments_of(session, [invoice.id])
    for instalment in reversed(instalments):
        rows = session.execute(
            select(PaymentPart.payment_id, func.sum(PaymentPart.amount_minor))
            .where(PaymentPart.instalment_id == instalment.id)
            .group_by(PaymentPart.payment_id)
            .order_by(PaymentPart.payment_id.desc())
        ).all()
        for payment_id, booked in rows:
            take = min(int(booked), amount_minor)
            payment = session.get(Payment, payment_id)
            if take <= 0 or payment is None:
                continue
            lock_payment(session, payment)
            _move(session, actor, payment, instalment, invoice, -take, now, None)
            add_task(session, MoneyTaskKind.CREDIT_LEFT, payment, invoice.exhibitor_id, now, instalment.id)
            amount_minor -= take
            freed.append(payment)
    return freed


def _move(
    session: Session,
    actor: Actor,
    payment: Payment,
    instalment: Instalment,
    invoice: Invoice,
    amount_minor: int,
    now: datetime,
    entry_key: str | None,
) -> PaymentPart:
    """Move money between a payment's credit and an instalment (back, below zero), on every side at once."""
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
    payment.matched_minor += amount_minor
    instalment.paid_minor += amount_minor
    invoice.paid_minor += amount_minor
    invoice.version += 1
    session.flush()
    payment.state = payment_state(sums_of(session, payment))
    invoice.state = state_of(invoice_sums(invoice))
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


def lock_payment(session: Session, payment: Payment) -> None:
    """Lock the payment's row, so that no two people spend the same credit."""
    session.refresh(payment, with_for_update={"of": Payment})


def sums_of(session: Session, payment: Payment) -> PaymentSums:
    """What became of a payment."""
    return PaymentSums(
        payment.amount_minor,
        payment.matched_minor,
        payment.refunded_minor,
        len(booked_on(session, payment.id)),
    )


def booked_on(session: Session, payment_id: int) -> dict[int, int]:
    """How much of a payment is booked on which instalment."""
    rows = session.execute(
        select(PaymentPart.instalment_id, func.sum(PaymentPart.amount_minor))
        .where(PaymentPart.payment_id == payment_id, PaymentPart.instalment_id.is_not(None))
        .group_by(PaymentPart.instalment_id)
    )
    return {instalment_id: int(booked) for instalment_id, booked in rows if instalment_id and booked}


def invoice_sums(invoice: Invoice) -> InvoiceSums:
    """An invoice in sums."""
    return InvoiceSums(
        invoice.gross_minor, invoice.paid_minor, invoice.credited_minor, invoice.written_off_minor
    )


def add_task(
    session: Session,
    kind: MoneyTaskKind,
    payment: Payment,
    exhibitor_id: int | None,
    now: datetime,
    instalment_id: int | None = None,
) -> None:
    """Somebody has to look at what is left of a payment: one open task for each."""
    there = select(MoneyTask.id).where(MoneyTask.payment_id == payment.id, MoneyTask.done_at.is_(None))
    if session.scalar(there.limit(1)) is None:
        session.add(
            MoneyTask(
                fair_id=payment.fair_id,
                kind=kind,
                payment_id=payment.id,
                exhibitor_id=exhibitor_id,
                instalment_id=instalment_id,
                made_at=now,
            )
        )
