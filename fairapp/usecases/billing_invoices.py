"""Make invoices of charges, issue them with a number, and enter what the tax office numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.amounts import line_amounts
from fairapp.rules.billing import (
    AGAINST,
    SERIES,
    InvoiceKind,
    InvoiceRefusal,
    InvoiceState,
    InvoiceStep,
    InvoiceSums,
    Payer,
    state_of,
)
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.instalments import plan_instalments, reference_of
from fairapp.rules.prices import MoneySettings
from fairapp.store.allocation_queries import exhibitor_of
from fairapp.store.base import LOCK
from fairapp.store.billing import BillingDetails, Charge, Instalment, Invoice, InvoiceLine, Subsidy
from fairapp.store.billing_queries import invoice_of, next_number, open_charges
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.billing_quotes import bring_up_to_date
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class InvoicePayer:
    """One invoice for everything that somebody else than the exhibitors owes, in one currency."""

    fair_id: int
    payer: Payer
    payer_name: str
    currency: str


@dataclass(frozen=True, slots=True)
class EnterEInvoice:
    """The number that the legal e-invoice got."""

    invoice_id: int
    number: str


@dataclass(frozen=True, slots=True)
class MoveDueDay:
    """Another day for an instalment."""

    instalment_id: int
    due_on: date


def draft_for_exhibitor(session: Session, actor: Actor, exhibitor_id: int, now: datetime) -> Invoice:
    """Put everything that the exhibitor itself owes and that is open on a draft.

    :raises Refused: when nothing is open, or it comes to less than zero.
    """
    exhibitor = exhibitor_of(session, actor, exhibitor_id)
    require(actor, Permission.MONEY_EDIT, exhibitor.fair_id)
    bring_up_to_date(session, actor, exhibitor_id, now)
    wanted = open_charges(exhibitor.fair_id).where(
        Charge.exhibitor_id == exhibitor.id, Charge.payer == Payer.PRODUCER
    )
    organisation = exhibitor.organisation
    said = session.get(BillingDetails, exhibitor.id) or BillingDetails(exhibitor_id=exhibitor.id)
    place = ", ".join(part for part in (organisation.address, organisation.place) if part)
    invoice = Invoice(
        fair_id=exhibitor.fair_id,
        exhibitor_id=exhibitor.id,
        payer=Payer.PRODUCER,
        payer_name=said.payer_name or organisation.name,
        payer_tax_code=said.payer_tax_code or organisation.tax_code or "",
        payer_address=(said.payer_address or place)[:300],
        payer_email=said.payer_email or organisation.email or "",
    )
    return _draft(session, actor, exhibitor.fair, invoice, _locked(session, wanted), now)


def draft_for_payer(session: Session, actor: Actor, order: InvoicePayer, now: datetime) -> Invoice:
    """Put everything that one other payer owes for exhibitors on a draft.

    :raises Refused: when nothing is open.
    """
    require(actor, Permission.MONEY_EDIT, order.fair_id)
    fair = session.get(Fair, order.fair_id)
    if fair is None or order.payer is Payer.PRODUCER:
        raise Missing
    wanted = open_charges(fair.id).where(
        Charge.payer == order.payer,
        Charge.payer_name == order.payer_name,
        Charge.currency == order.currency,
    )
    charges = _locked(session, wanted)
    about = next((each.subsidy_id for each in charges if each.subsidy_id is not None), None)
    subsidy = None if about is None else session.get(Subsidy, about)
    invoice = Invoice(
        fair_id=fair.id,
        payer=order.payer,
        payer_name=order.payer_name,
        payer_tax_code="" if subsidy is None else subsidy.payer_tax_code,
        payer_address="" if subsidy is None else subsidy.payer_address,
        payer_email="" if subsidy is None else subsidy.payer_email,
    )
    return _draft(session, actor, fair, invoice, charges, now)


def _locked(session: Session, wanted: Select[Charge]) -> Sequence[Charge]:
    """The charges, locked: two drafts at a time share none of them."""
    return session.scalars(
        wanted.order_by(Charge.exhibitor_id, Charge.id)
        .with_for_update(of=Charge, **LOCK)
        .execution_options(populate_existing=True)
    ).all()


def _draft(
    session: Session, actor: Actor, fair: Fair, invoice: Invoice, charges: Sequence[Charge], now: datetime
) -> Invoice:
    if not charges:
        raise Refused(InvoiceRefusal.NOTHING_TO_INVOICE)
    prices = MoneySettings.read(fair.settings).prices_are
    amounts = [
        line_amounts(each.quantity_milli, each.unit_price_minor, each.vat_bp, prices) for each in charges
    ]
    invoice.net_minor = sum(each.net for each in amounts)
    invoice.vat_minor = sum(each.vat for each in amounts)
    invoice.gross_minor = sum(each.gross for each in amounts)
    if invoice.gross_minor < 0:
        raise Refused(InvoiceRefusal.BELOW_ZERO)
    invoice.kind, invoice.series = InvoiceKind.INVOICE, SERIES[InvoiceKind.INVOICE]
    invoice.currency, invoice.prices_are = charges[0].currency, prices
    invoice.made_at, invoice.made_by_id = now, actor.account_id
    session.add(invoice)
    session.flush()
    for position, (each, sums) in enumerate(zip(charges, amounts, strict=True), 1):
        line = InvoiceLine(
            invoice_id=invoice.id,
            position=position,
            exhibitor_id=each.exhibitor_id,
            kind=each.kind,
            names=each.names,
            quantity_milli=each.quantity_milli,
            unit_price_minor=each.unit_price_minor,
            vat_bp=each.vat_bp,
            net_minor=sums.net,
            vat_minor=sums.vat,
            gross_minor=sums.gross,
        )
        session.add(line)
        session.flush()
        each.invoice_line_id = line.id
    _record(session, actor, "money.invoice_drafted", invoice, now)
    return invoice


def discard_draft(session: Session, actor: Actor, invoice_id: int, now: datetime) -> None:
    """Take a draft away; its charges are open again, no number is lost."""
    invoice = invoice_for_step(session, actor, invoice_id, InvoiceStep.DISCARD)
    lines = select(InvoiceLine.id).where(InvoiceLine.invoice_id == invoice.id)
    session.execute(update(Charge).where(Charge.invoice_line_id.in_(lines)).values(invoice_line_id=None))
    session.execute(delete(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id))
    session.delete(invoice)
    _record(session, actor, "money.draft_discarded", invoice, now)


def issue_invoice(session: Session, actor: Actor, invoice_id: int, now: datetime) -> Invoice:
    """Give the draft its number and its instalments, and send it to its payer.

    :raises Refused: when it is no draft, or nobody is named who asks for the money.
    """
    invoice = invoice_for_step(session, actor, invoice_id, InvoiceStep.ISSUE)
    fair = invoice.fair
    settings = MoneySettings.read(fair.settings)
    if not settings.seller_name:
        raise Refused(InvoiceRefusal.NO_SELLER)
    invoice.issued_on = now.astimezone(ZoneInfo(fair.timezone)).date()
    invoice.seller = settings.seller
    invoice.number = next_number(session, fair.id, invoice.series)
    invoice.state = state_of(InvoiceSums(invoice.gross_minor))
    invoice.version += 1
    if invoice.gross_minor:
        parts = plan_instalments(invoice.gross_minor, invoice.issued_on, fair.starts_on, settings)
        for position, part in enumerate(parts, 1):
            session.add(
                Instalment(
                    invoice_id=invoice.id,
                    position=position,
                    kind=part.kind,
                    due_on=part.due_on,
                    amount_minor=part.amount,
                    reference=reference_of(fair.code, invoice.number, position),
                )
            )
    session.flush()
    _record(session, actor, "money.invoice_issued", invoice, now)
    outbox.post(session, "mail.invoice_issued", now, invoice_id=invoice.id)
    return invoice


def issue_all(
    session: Session, actor: Actor, fair_id: int, invoice_ids: Iterable[int], now: datetime
) -> list[Invoice]:
    """Issue these drafts in one go, in their order; what is issued already stays as it is."""
    require(actor, Permission.MONEY_EDIT, fair_id)
    drafts = session.scalars(
        select(Invoice.id)
        .where(
            Invoice.fair_id == fair_id,
            Invoice.id.in_(list(invoice_ids)),
            Invoice.state == InvoiceState.DRAFT,
        )
        .order_by(Invoice.id)
    ).all()
    return [issue_invoice(session, actor, invoice_id, now) for invoice_id in drafts]


def enter_e_invoice(session: Session, actor: Actor, order: EnterEInvoice, now: datetime) -> Invoice:
    """Enter the legal e-invoice's number: from then on the paper is no mere payment request.

    :raises Refused: when another number is there already, or the invoice is a draft.
    """
    invoice = invoice_of(session, actor, order.invoice_id, lock=True)
    require(actor, Permission.MONEY_EDIT, invoice.fair_id)
    if invoice.state is InvoiceState.DRAFT:
        raise Refused(InvoiceRefusal.NOT_ISSUED)
    if invoice.e_invoice_number == order.number:
        return invoice
    if invoice.e_invoice_number:
        raise Refused(InvoiceRefusal.NUMBER_THERE, number=invoice.e_invoice_number)
    invoice.e_invoice_number = order.number
    _record(session, actor, "money.e_invoice_entered", invoice, now)
    return invoice


def move_due_day(session: Session, actor: Actor, order: MoveDueDay, now: datetime) -> Instalment:
    """Give an instalment another day; its invoice and reference stay."""
    instalment = session.get(Instalment, order.instalment_id)
    if instalment is None:
        raise Missing
    invoice = invoice_of(session, actor, instalment.invoice_id, lock=True)
    require(actor, Permission.MONEY_EDIT, invoice.fair_id)
    if order.due_on < now.astimezone(ZoneInfo(invoice.fair.timezone)).date():
        raise Refused(InvoiceRefusal.DUE_IN_THE_PAST)
    if instalment.open_minor <= 0:
        raise Refused(InvoiceRefusal.NOTHING_DUE)
    before, instalment.due_on = instalment.due_on, order.due_on
    audit.record(
        session,
        actor,
        "money.due_day_moved",
        now,
        fair_id=invoice.fair_id,
        instalment=instalment.id,
        before=before.isoformat(),
        after=order.due_on.isoformat(),
    )
    return instalment


def invoice_for_step(session: Session, actor: Actor, invoice_id: int, step: InvoiceStep) -> Invoice:
    """The invoice with its row locked, when this step may be taken now.

    :raises Refused: with why it may not.
    """
    invoice = invoice_of(session, actor, invoice_id, lock=True)
    require(actor, Permission.MONEY_EDIT, invoice.fair_id)
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        raise Refused(InvoiceRefusal.IS_CREDIT_NOTE)
    if against := AGAINST[invoice.state, step]:
        raise Refused(against)
    return invoice


def _record(session: Session, actor: Actor, what: str, invoice: Invoice, now: datetime) -> None:
    audit.record(
        session,
        actor,
        what,
        now,
        fair_id=invoice.fair_id,
        invoice=invoice.id,
        number=invoice.number,
        gross=invoice.gross_minor,
    )
