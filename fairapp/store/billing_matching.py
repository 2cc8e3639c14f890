"""What money that comes in may be for: the instalments of a fair, and how their invoices stand now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.bank_lines import Entry
from fairapp.rules.billing import DEAD, InvoiceKind, InvoiceState, PriceKind, number_text
from fairapp.rules.matching import Due, Standing, doubt_about
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.billing import Charge, Instalment, Invoice, InvoiceLine
from fairapp.store.billing_bank import BankLine, BankStatement
from fairapp.store.fairs import Fair

GIVEN_UP = frozenset({ClaimState.EXPIRED, ClaimState.REFUSED, ClaimState.RELEASED})
"""Ends of a claim after which the booth is anybody's; who vacated it or did not come still owes it."""


def dues_of(session: Session, fair_id: int, currency: str) -> list[Due]:
    """Every instalment that was ever asked for in this currency, paid and dead ones too."""
    standings = standings_of(session, fair_id)
    code = session.scalar(select(Fair.code).where(Fair.id == fair_id))
    rows = session.execute(
        select(Instalment, Invoice)
        .join(Invoice, Invoice.id == Instalment.invoice_id)
        .where(_issued(fair_id), Invoice.currency == currency)
        .order_by(Instalment.id)
    )
    return [
        Due(
            instalment.id,
            invoice.id,
            instalment.reference,
            instalment.open_minor,
            number_text(code or "", invoice.kind, invoice.number),
            invoice.payer_name,
            doubt_about(standings[invoice.id]),
        )
        for instalment, invoice in rows
    ]


def _issued(fair_id: int) -> ColumnElement[bool]:
    return (
        (Invoice.fair_id == fair_id)
        & (Invoice.kind == InvoiceKind.INVOICE)
        & (Invoice.state != InvoiceState.DRAFT)
    )


def standings_of(session: Session, fair_id: int) -> dict[int, Standing]:
    """How every issued invoice of the fair stands now, in three questions."""
    ended = set(session.scalars(_with_ended_claims(fair_id)))
    fees = set(
        session.scalars(
            select(InvoiceLine.invoice_id)
            .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
            .where(_issued(fair_id))
            .group_by(InvoiceLine.invoice_id)
            .having(func.min(InvoiceLine.kind) == PriceKind.CANCELLATION)
            .having(func.max(InvoiceLine.kind) == PriceKind.CANCELLATION)
        )
    )
    rows = session.execute(
        select(Invoice.id, Invoice.state, Exhibitor.left_at)
        .outerjoin(Exhibitor, Exhibitor.id == Invoice.exhibitor_id)
        .where(_issued(fair_id))
    )
    return {
        number: Standing(state in DEAD, left_at is not None, number in ended, number in fees)
        for number, state, left_at in rows
    }


def _with_ended_claims(fair_id: int) -> Select[int]:
    """Invoices for one exhibitor whose booth is not theirs any more; who was moved only stands elsewhere."""
    other = aliased(BoothClaim)
    stands_somewhere = exists().where(other.exhibitor_id == BoothClaim.exhibitor_id, other.state.in_(LIVE))
    return (
        select(InvoiceLine.invoice_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Charge, Charge.invoice_line_id == InvoiceLine.id)
        .join(BoothClaim, BoothClaim.id == Charge.claim_id)
        .where(_issued(fair_id), Invoice.exhibitor_id.is_not(None))
        .where(
            or_(
                BoothClaim.state.in_(GIVEN_UP),
                (BoothClaim.state == ClaimState.MOVED) & ~stands_somewhere,
            )
        )
        .distinct()
    )


def lines_between(session: Session, fair_id: int, entries: Iterable[Entry]) -> list[Entry]:
    """The transfers that earlier statements held for the days of these."""
    days = [each.booked_on for each in entries]
    if not days:
        return []
    rows = session.scalars(
        select(BankLine)
        .where(BankLine.fair_id == fair_id, BankLine.booked_on.between(min(days), max(days)))
        .order_by(BankLine.id)
    )
    return [
        Entry(row.booked_on, row.amount_minor, row.text, row.counterpart, row.reference, row.digest)
        for row in rows
    ]


def last_columns(session: Session, fair_id: int, header: Sequence[str]) -> dict[str, int] | None:
    """What the columns of the last statement with the same titles were told to mean."""
    taken = session.scalars(
        select(BankStatement)
        .where(BankStatement.fair_id == fair_id, BankStatement.applied_at.is_not(None))
        .order_by(BankStatement.id.desc())
        .limit(20)
    )
    return next((dict(each.columns) for each in taken if each.header == list(header)), None)


def instalments_of_fair(session: Session, fair_id: int, ids: Iterable[int]) -> dict[int, Instalment]:
    """These instalments by their number, as far as they are of the fair's issued invoices."""
    wanted = (
        select(Instalment)
        .join(Invoice, Invoice.id == Instalment.invoice_id)
        .where(_issued(fair_id), Instalment.id.in_(list(ids)))
        .options(contains_eager(Instalment.invoice))
    )
    return {each.id: each for each in session.scalars(wanted)}
