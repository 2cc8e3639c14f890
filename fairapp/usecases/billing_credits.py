"""Take back what was invoiced: credit notes with numbers of their own, and invoices that are void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.billing import (
    SERIES,
    InvoiceKind,
    InvoiceRefusal,
    InvoiceState,
    InvoiceStep,
    InvoiceSums,
    state_of,
)
from fairapp.rules.errors import Refused
from fairapp.store.billing import Charge, Invoice, InvoiceLine
from fairapp.store.billing_queries import credited_lines, instalments_of, lines_of, next_number
from fairapp.usecases import audit, outbox
from fairapp.usecases.billing_invoices import invoice_for_step
from fairapp.usecases.booking import free_paid, lock_invoices


@dataclass(frozen=True, slots=True)
class CreditLines:
    """Take these lines of an invoice back."""

    invoice_id: int
    line_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class VoidInvoice:
    """An invoice that should never have gone out, and that nobody has paid anything of."""

    invoice_id: int
    reason: str


def credit_lines(session: Session, actor: Actor, order: CreditLines, now: datetime) -> Invoice:
    """Write a credit note for lines of an invoice: what is due shrinks first, what was paid too much is free.

    :raises Refused: without lines or a reason, for lines credited before, or beyond what is left.
    """
    invoice = invoice_for_step(session, actor, order.invoice_id, InvoiceStep.CREDIT)
    lock_invoices(session, [invoice.id])
    done = credited_lines(session, invoice.id)
    chosen = [line for line in lines_of(session, invoice.id) if line.id in order.line_ids]
    if not order.reason.strip():
        raise Refused(InvoiceRefusal.NO_REASON)
    if not chosen:
        raise Refused(InvoiceRefusal.NO_LINES)
    lines = [line for line in chosen if line.id not in done]
    gross = sum(line.gross_minor for line in lines)
    if not lines or gross <= 0:
        raise Refused(InvoiceRefusal.NOTHING_LEFT)
    if gross > invoice.gross_minor - invoice.credited_minor - invoice.written_off_minor:
        raise Refused(InvoiceRefusal.CREDIT_TOO_MUCH)
    note = _note(session, actor, invoice, lines, order.reason, now)
    too_much = gross - _sums(invoice).due
    if too_much > 0:
        free_paid(session, actor, invoice, too_much, now)
    _waive(session, invoice, gross)
    invoice.credited_minor += gross
    invoice.state = state_of(_sums(invoice))
    invoice.version += 1
    _end_charges(session, [line.id for line in lines], now)
    audit.record(
        session,
        actor,
        "money.credited",
        now,
        fair_id=invoice.fair_id,
        invoice=invoice.id,
        note=note.id,
        number=note.number,
        amount=gross,
        reason=order.reason,
    )
    outbox.post(session, "mail.invoice_issued", now, invoice_id=note.id)
    return note


def void_invoice(session: Session, actor: Actor, order: VoidInvoice, now: datetime) -> Invoice:
    """Make an invoice void: its number stays, nothing is due, and its charges are open again."""
    invoice = invoice_for_step(session, actor, order.invoice_id, InvoiceStep.VOID)
    if not order.reason.strip():
        raise Refused(InvoiceRefusal.NO_REASON)
    if invoice.credited_minor:
        raise Refused(InvoiceRefusal.DEAD)
    _waive(session, invoice, invoice.gross_minor)
    invoice.credited_minor = invoice.gross_minor
    invoice.state, invoice.reason = InvoiceState.VOIDED, order.reason[:300]
    invoice.version += 1
    lines = select(InvoiceLine.id).where(InvoiceLine.invoice_id == invoice.id)
    session.execute(update(Charge).where(Charge.invoice_line_id.in_(lines)).values(invoice_line_id=None))
    audit.record(
        session,
        actor,
        "money.voided",
        now,
        fair_id=invoice.fair_id,
        invoice=invoice.id,
        number=invoice.number,
        reason=order.reason,
    )
    return invoice


def _sums(invoice: Invoice) -> InvoiceSums:
    return InvoiceSums(
        invoice.gross_minor, invoice.paid_minor, invoice.credited_minor, invoice.written_off_minor
    )


def _note(
    session: Session,
    actor: Actor,
    invoice: Invoice,
    lines: Sequence[InvoiceLine],
    reason: str,
    now: datetime,
) -> Invoice:
    series = SERIES[InvoiceKind.CREDIT_NOTE]
    note = Invoice(
        fair_id=invoice.fair_id,
        kind=InvoiceKind.CREDIT_NOTE,
        series=series,
        number=next_number(session, invoice.fair_id, series),
        credits_id=invoice.id,
        exhibitor_id=invoice.exhibitor_id,
        delegation_id=invoice.delegation_id,
        payer=invoice.payer,
        payer_name=invoice.payer_name,
        payer_tax_code=invoice.payer_tax_code,
        payer_address=invoice.payer_address,
        payer_email=invoice.payer_email,
        seller=invoice.seller,
        currency=invoice.currency,
        prices_are=invoice.prices_are,
        net_minor=sum(line.net_minor for line in lines),
        vat_minor=sum(line.vat_minor for line in lines),
        gross_minor=sum(line.gross_minor for line in lines),
        state=InvoiceState.ISSUED,
        reason=reason[:300],
        made_at=now,
        made_by_id=actor.account_id,
        issued_on=now.astimezone(ZoneInfo(invoice.fair.timezone)).date(),
    )
    session.add(note)
    session.flush()
    copied = ("exhibitor_id", "kind", "names", "quantity_milli", "unit_price_minor", "vat_bp")
    sums = ("net_minor", "vat_minor", "gross_minor")
    for position, line in enumerate(lines, 1):
        values = {name: getattr(line, name) for name in (*copied, *sums)}
        session.add(InvoiceLine(invoice_id=note.id, position=position, credits_line_id=line.id, **values))
    session.flush()
    return note


def _waive(session: Session, invoice: Invoice, amount_minor: int) -> None:
    """Nobody owes so much of the instalments any more: the latest go first."""
    for instalment in reversed(instalments_of(session, [invoice.id])):
        part = min(instalment.open_minor, amount_minor)
        instalment.waived_minor += part
        amount_minor -= part
    session.flush()


def _end_charges(session: Session, line_ids: Sequence[int], now: datetime) -> None:
    session.execute(
        update(Charge)
        .where(Charge.invoice_line_id.in_(line_ids), Charge.cancelled_at.is_(None))
        .values(cancelled_at=now)
    )
