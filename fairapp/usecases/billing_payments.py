"""Money that came in, written down by hand for an instalment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.billing import InvoiceStep, MoneyTaskKind, PaymentRefusal
from fairapp.rules.errors import Missing, Refused
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import Payment
from fairapp.store.billing_queries import instalments_of
from fairapp.usecases import audit
from fairapp.usecases.billing_invoices import invoice_for_step
from fairapp.usecases.booking import book, lock_invoices, remember


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
    lock_invoices(session, [invoice.id])
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
        remember(session, payment, MoneyTaskKind.CREDIT_LEFT, now, instalment)
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
