"""The books of a fair in sums: what was invoiced and what became of it, what came in and where it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.billing import InvoiceKind, InvoiceState, PartKind
from fairapp.rules.ledger import TrialBalance
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import Payment, PaymentPart

Rows = Select[*tuple[Any, ...]]
_OPEN = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor


def issued_invoices(fair_id: int) -> ColumnElement[bool]:
    """What counts as invoiced: everything with a number that is no credit note."""
    return and_(
        Invoice.fair_id == fair_id,
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.state != InvoiceState.DRAFT,
    )


def balances_of(session: Session, fair_id: int) -> dict[str, TrialBalance]:
    """The trial balance by currency; each side is summed up from its own rows, so that they can disagree."""
    invoiced = _by_currency(
        session,
        select(
            Invoice.currency,
            func.sum(Invoice.gross_minor),
            func.sum(Invoice.paid_minor),
            func.sum(Invoice.credited_minor),
            func.sum(Invoice.written_off_minor),
        ).where(issued_invoices(fair_id)),
        Invoice.currency,
    )
    due = _by_currency(
        session,
        select(Invoice.currency, func.sum(_OPEN))
        .join(Instalment, Instalment.invoice_id == Invoice.id)
        .where(issued_invoices(fair_id)),
        Invoice.currency,
    )
    received = _by_currency(
        session,
        select(Payment.currency, func.sum(Payment.amount_minor)).where(Payment.fair_id == fair_id),
        Payment.currency,
    )
    credit = _by_currency(
        session,
        select(
            Payment.currency,
            func.sum(Payment.amount_minor - Payment.matched_minor - Payment.refunded_minor),
        ).where(Payment.fair_id == fair_id),
        Payment.currency,
    )
    matched = _parts(session, fair_id, PartKind.INSTALMENT)
    refunded = _parts(session, fair_id, PartKind.REFUND)
    found = {}
    for currency in sorted({*invoiced, *received}):
        gross, paid, credited, written_off = invoiced.get(currency, (0, 0, 0, 0))
        found[currency] = TrialBalance(
            invoiced=gross,
            paid=paid,
            due=due.get(currency, (0,))[0],
            credited=credited,
            written_off=written_off,
            received=received.get(currency, (0,))[0],
            matched=matched.get(currency, (0,))[0],
            credit=credit.get(currency, (0,))[0],
            refunded=refunded.get(currency, (0,))[0],
        )
    return found


def _by_currency(session: Session, wanted: Rows, currency: Any) -> dict[str, tuple[int, ...]]:
    rows = session.execute(wanted.group_by(currency)).all()
    return {row[0]: tuple(int(value or 0) for value in row[1:]) for row in rows}


def _parts(session: Session, fair_id: int, kind: PartKind) -> dict[str, tuple[int, ...]]:
    wanted = (
        select(Payment.currency, func.sum(PaymentPart.amount_minor))
        .join(PaymentPart, PaymentPart.payment_id == Payment.id)
        .where(Payment.fair_id == fair_id, PaymentPart.kind == kind)
    )
    return _by_currency(session, wanted, Payment.currency)


def invoices_listed(fair_id: int, which: str, today: date) -> Select[Invoice]:
    """Issued invoices: all, or those with something ``due``, ``overdue`` or ``written_off``."""
    listed = select(Invoice).where(issued_invoices(fair_id))
    open_ones = select(Instalment.invoice_id).where(_OPEN > 0)
    return {
        "due": listed.where(Invoice.id.in_(open_ones)),
        "overdue": listed.where(Invoice.id.in_(open_ones.where(Instalment.due_on < today))),
        "written_off": listed.where(Invoice.written_off_minor > 0),
    }.get(which, listed)


def page_of_invoices(session: Session, listed: Select[Invoice], first: int, size: int) -> Sequence[Invoice]:
    """Some of them by their numbers, with their exhibitors."""
    return session.scalars(
        listed.order_by(Invoice.series, Invoice.number)
        .offset(first)
        .limit(size)
        .options(joinedload(Invoice.exhibitor))
    ).all()


def due_days(session: Session, invoice_ids: Sequence[int]) -> dict[int, date]:
    """The next day, or the first one missed, on which something of an invoice is due."""
    rows = session.execute(
        select(Instalment.invoice_id, func.min(Instalment.due_on))
        .where(Instalment.invoice_id.in_(list(invoice_ids)), _OPEN > 0)
        .group_by(Instalment.invoice_id)
    )
    return {row[0]: row[1] for row in rows}


def payments_listed(session: Session, fair_id: int) -> Sequence[Payment]:
    """Every payment by the day on which it came."""
    wanted = select(Payment).where(Payment.fair_id == fair_id).order_by(Payment.received_on, Payment.id)
    return session.scalars(wanted).all()
