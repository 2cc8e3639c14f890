"""Money that came in, written down by hand for an instalment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.billing import InvoiceKind, InvoiceRefusal, InvoiceState, MoneyTaskKind, PaymentRefusal
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.matching import doubt_about
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import Payment
from fairapp.store.billing_matching import standings_of
from fairapp.store.billing_queries import instalments_of, invoice_of
from fairapp.usecases import audit
from fairapp.usecases.booking import book, lock_invoices, remember, set_aside
from fairapp.usecases.permission import require


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

    What is too much goes to the invoice's next instalments, then stays as a credit with a task. So does all
    of it when the invoice is dead or its booth somebody else's: nothing comes back to life by being paid.

    :raises Refused: with the sums when they differ, or when the invoice is no invoice yet.
    """
    instalment = session.get(Instalment, order.instalment_id)
    if instalment is None:
        raise Missing
    there = session.scalar(select(Payment).where(Payment.entry_key == order.entry_key))
    if there is not None and actor.may(Permission.MONEY_EDIT, there.fair_id):
        return there
    invoice = _payable(session, actor, instalment.invoice_id)
    lock_invoices(session, [invoice.id])
    doubt = doubt_about(standings_of(session, invoice.fair_id)[invoice.id])
    _check(invoice, instalment, order, now, is_booked=doubt is None)
    payment = _received(session, actor, invoice, order, now)
    if doubt is not None:
        set_aside(session, payment, doubt, now, instalment)
        return payment
    rest = [each for each in instalments_of(session, [invoice.id]) if each.id != instalment.id]
    for each in (instalment, *rest):
        if payment.left_minor > 0 and each.open_minor > 0:
            book(session, actor, payment, each, min(payment.left_minor, each.open_minor), now)
    if payment.left_minor:
        remember(session, payment, MoneyTaskKind.CREDIT_LEFT, now, instalment)
    return payment


def _payable(session: Session, actor: Actor, invoice_id: int) -> Invoice:
    """The invoice, locked: one that money can have come in for, dead or alive."""
    invoice = invoice_of(session, actor, invoice_id, lock=True)
    require(actor, Permission.MONEY_EDIT, invoice.fair_id)
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        raise Refused(InvoiceRefusal.IS_CREDIT_NOTE)
    if invoice.state is InvoiceState.DRAFT:
        raise Refused(InvoiceRefusal.NOT_ISSUED)
    return invoice


def _received(
    session: Session, actor: Actor, invoice: Invoice, order: ReceivePayment, now: datetime
) -> Payment:
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
    return payment


def _check(
    invoice: Invoice, instalment: Instalment, order: ReceivePayment, now: datetime, *, is_booked: bool
) -> None:
    today = now.astimezone(ZoneInfo(invoice.fair.timezone)).date()
    if order.amount_minor <= 0:
        raise Refused(PaymentRefusal.NOT_POSITIVE)
    if order.received_on > today:
        raise Refused(PaymentRefusal.IN_THE_FUTURE)
    if is_booked and order.amount_minor != instalment.open_minor and not order.is_checked:
        raise Refused(
            PaymentRefusal.WRONG_SUM,
            amount=order.amount_minor,
            open=instalment.open_minor,
            currency=invoice.currency,
        )
