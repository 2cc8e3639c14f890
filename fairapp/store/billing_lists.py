"""Lists of money for its office: invoices by the page, what is open to invoice, and the sums of a fair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.rules.billing import OPEN_INVOICES, InvoiceKind, InvoiceState, Payer
from fairapp.rules.text import fold
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.billing import Charge, Instalment, Invoice
from fairapp.store.billing_bank import Payment, PaymentPart
from fairapp.store.producers import Organisation

OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Sums:
    """What was invoiced in one currency, and what became of it."""

    currency: str
    invoiced: int
    paid: int
    credited: int
    written_off: int
    overdue: int

    @property
    def due(self) -> int:
        """What is still to be paid."""
        return self.invoiced - self.paid - self.credited - self.written_off


@dataclass(frozen=True, slots=True)
class OpenFor:
    """What one other payer owes in one currency and is not invoiced yet, as prices are listed."""

    payer: Payer
    payer_name: str
    currency: str
    lines: int
    exhibitors: int
    listed_minor: int


def invoices_found(fair_id: int, state: str, query: str, today: date) -> Select[Invoice]:
    """The invoices and credit notes of a fair in a state (or overdue), by payer or number."""
    found = select(Invoice).where(Invoice.fair_id == fair_id)
    if state == OVERDUE:
        found = found.where(Invoice.state.in_(OPEN_INVOICES), _is_overdue(today))
    elif state:
        found = found.where(Invoice.state == InvoiceState(state), Invoice.kind == InvoiceKind.INVOICE)
    if words := fold(query).split()[:8]:
        called = select(Exhibitor.id).join(Organisation, Organisation.id == Exhibitor.organisation_id)
        called = called.where(*(Organisation.folded.contains(word, autoescape=True) for word in words))
        alike = [
            Invoice.payer_name.icontains(query.strip(), autoescape=True),
            Invoice.exhibitor_id.in_(called),
        ]
        number = query.strip().rpartition("-")[2].upper().removeprefix("CN")
        if number.isascii() and number.isdigit() and len(number) < 9:
            alike.append(Invoice.number == int(number))
        found = found.where(or_(*alike))
    return found


def _is_overdue(today: date) -> ColumnElement[bool]:
    late = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor > 0
    return exists().where(Instalment.invoice_id == Invoice.id, Instalment.due_on < today, late)


def invoices_by_state(session: Session, fair_id: int) -> dict[InvoiceState, int]:
    """How many invoices are in each state; credit notes left out."""
    rows = session.execute(
        select(Invoice.state, func.count())
        .where(Invoice.fair_id == fair_id, Invoice.kind == InvoiceKind.INVOICE)
        .group_by(Invoice.state)
    )
    return {row[0]: row[1] for row in rows}


def page_of_invoices(session: Session, found: Select[Invoice], skipped: int, size: int) -> Sequence[Invoice]:
    """A page of them, drafts first, then the newest numbers."""
    return session.scalars(
        found.order_by(Invoice.number.is_not(None), Invoice.issued_on.desc(), Invoice.id.desc())
        .offset(skipped)
        .limit(size)
        .options(joinedload(Invoice.exhibitor).joinedload(Exhibitor.organisation))
    ).all()


def next_due(session: Session, invoice_ids: Iterable[int]) -> dict[int, date]:
    """By invoice, the first day on which something is still due."""
    still = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor > 0
    rows = session.execute(
        select(Instalment.invoice_id, func.min(Instalment.due_on))
        .where(Instalment.invoice_id.in_(list(invoice_ids)), still)
        .group_by(Instalment.invoice_id)
    )
    return {row[0]: row[1] for row in rows}


def sums_of_fair(session: Session, fair_id: int, today: date) -> list[Sums]:
    """What was invoiced, paid and is due, by currency."""
    late = (
        select(
            Invoice.currency,
            func.sum(Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor),
        )
        .join(Invoice, Invoice.id == Instalment.invoice_id)
        .where(Invoice.fair_id == fair_id, Invoice.state.in_(OPEN_INVOICES), Instalment.due_on < today)
        .group_by(Invoice.currency)
    )
    overdue = {currency: int(amount) for currency, amount in session.execute(late)}
    rows = session.execute(
        select(
            Invoice.currency,
            func.sum(Invoice.gross_minor),
            func.sum(Invoice.paid_minor),
            func.sum(Invoice.credited_minor),
            func.sum(Invoice.written_off_minor),
        )
        .where(
            Invoice.fair_id == fair_id,
            Invoice.kind == InvoiceKind.INVOICE,
            Invoice.state != InvoiceState.DRAFT,
        )
        .group_by(Invoice.currency)
        .order_by(func.sum(Invoice.gross_minor).desc())
    )
    return [
        Sums(currency, int(gross), int(paid), int(credited), int(off), overdue.get(currency, 0))
        for currency, gross, paid, credited, off in rows
    ]


def open_for_payers(session: Session, fair_id: int) -> list[OpenFor]:
    """What other payers than the exhibitors owe and is not invoiced yet."""
    rows = session.execute(
        select(
            Charge.payer,
            Charge.payer_name,
            Charge.currency,
            func.count(),
            func.count(Charge.exhibitor_id.distinct()),
            func.sum(Charge.quantity_milli * Charge.unit_price_minor),
        )
        .where(
            Charge.fair_id == fair_id,
            Charge.payer != Payer.PRODUCER,
            Charge.cancelled_at.is_(None),
            Charge.invoice_line_id.is_(None),
        )
        .group_by(Charge.payer, Charge.payer_name, Charge.currency)
        .order_by(Charge.payer_name, Charge.currency)
    )
    return [
        OpenFor(payer, name, currency, lines, exhibitors, int(milli) // 1_000)
        for payer, name, currency, lines, exhibitors, milli in rows
    ]


def exhibitors_to_invoice(fair_id: int) -> Select[Exhibitor]:
    """Who owes something that is not invoiced, or holds a booth that was never charged."""
    owes = exists().where(
        Charge.exhibitor_id == Exhibitor.id,
        Charge.payer == Payer.PRODUCER,
        Charge.cancelled_at.is_(None),
        Charge.invoice_line_id.is_(None),
    )
    charged = exists().where(Charge.claim_id == BoothClaim.id, Charge.cancelled_at.is_(None))
    holds = exists().where(BoothClaim.exhibitor_id == Exhibitor.id, BoothClaim.state.in_(LIVE), ~charged)
    return (
        select(Exhibitor)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, or_(owes, and_(Exhibitor.left_at.is_(None), holds)))
        .order_by(Organisation.name_key, Exhibitor.id)
        .options(contains_eager(Exhibitor.organisation))
    )


def payments_on(session: Session, invoice_id: int) -> Sequence[tuple[Payment, Instalment, int]]:
    """What was booked on an invoice: the payment, the instalment, how much of it."""
    booked = func.sum(PaymentPart.amount_minor)
    rows = session.execute(
        select(Payment, Instalment, booked)
        .join(PaymentPart, PaymentPart.payment_id == Payment.id)
        .join(Instalment, Instalment.id == PaymentPart.instalment_id)
        .where(Instalment.invoice_id == invoice_id)
        .group_by(Payment.id, Instalment.id)
        .having(booked != 0)
        .order_by(Payment.received_on, Payment.id, Instalment.position)
    )
    return [(payment, instalment, int(amount)) for payment, instalment, amount in rows]


def credit_notes_of(session: Session, invoice_id: int) -> Sequence[Invoice]:
    """The credit notes on an invoice."""
    return session.scalars(
        select(Invoice).where(Invoice.credits_id == invoice_id).order_by(Invoice.number)
    ).all()
