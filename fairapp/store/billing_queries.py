"""Questions about money: what an actor sees of it, what is open, and what is in the way of a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.billing import InvoiceState, Payer, PriceKind
from fairapp.rules.errors import Missing
from fairapp.rules.partners import PartnerState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.base import LOCK
from fairapp.store.billing import (
    Charge,
    Instalment,
    Invoice,
    InvoiceLine,
    NumberSeries,
    PriceItem,
    Subsidy,
)
from fairapp.store.partners import Partner


def visible_invoices(actor: Actor) -> Select[Invoice]:
    """The issued invoices to the actor's own organisations, and all of the fairs whose money it sees."""
    fairs = actor.fairs_with(Permission.MONEY_SEE)
    in_their_fairs: ColumnElement[bool] = true() if fairs is None else Invoice.fair_id.in_(fairs)
    if fairs == frozenset():
        in_their_fairs = false()
    own = select(Exhibitor.id).where(Exhibitor.organisation_id.in_(actor.organisation_ids))
    return select(Invoice).where(
        or_(
            in_their_fairs,
            Invoice.exhibitor_id.in_(own)
            & (Invoice.payer == Payer.PRODUCER)
            & (Invoice.state != InvoiceState.DRAFT),
        )
    )


def invoice_of(session: Session, actor: Actor, invoice_id: int, lock: bool = False) -> Invoice:
    """The invoice, if the actor sees it; with its row locked when it is to be changed.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = visible_invoices(actor).where(Invoice.id == invoice_id)
    if lock:
        wanted = wanted.with_for_update(of=Invoice, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def lines_of(session: Session, invoice_id: int) -> Sequence[InvoiceLine]:
    """The lines of an invoice in their order, with whom they are for."""
    return session.scalars(
        select(InvoiceLine)
        .where(InvoiceLine.invoice_id == invoice_id)
        .order_by(InvoiceLine.position)
        .options(joinedload(InvoiceLine.exhibitor).joinedload(Exhibitor.organisation))
    ).all()


def credited_lines(session: Session, invoice_id: int) -> frozenset[int]:
    """Which lines of an invoice a credit note has taken back."""
    return frozenset(
        session.scalars(
            select(InvoiceLine.credits_line_id)
            .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
            .where(Invoice.credits_id == invoice_id, InvoiceLine.credits_line_id.is_not(None))
        )
    )


def instalments_of(session: Session, invoice_ids: Iterable[int], lock: bool = False) -> Sequence[Instalment]:
    """The instalments of invoices in the order of their days."""
    wanted = (
        select(Instalment)
        .where(Instalment.invoice_id.in_(list(invoice_ids)))
        .order_by(Instalment.due_on, Instalment.position, Instalment.id)
    )
    if lock:
        wanted = wanted.with_for_update(**LOCK).execution_options(populate_existing=True)
    return session.scalars(wanted).all()


def invoices_of_exhibitor(session: Session, exhibitor_id: int) -> Sequence[Invoice]:
    """Everything written to an exhibitor itself, drafts too, the newest first."""
    return session.scalars(
        select(Invoice)
        .where(Invoice.exhibitor_id == exhibitor_id)
        .order_by(Invoice.issued_on.is_(None).desc(), Invoice.issued_on.desc(), Invoice.id.desc())
    ).all()


def live_charges(exhibitor_id: int) -> Select[Charge]:
    """What an exhibitor owes and what others owe for it, invoiced or not."""
    return (
        select(Charge)
        .where(Charge.exhibitor_id == exhibitor_id, Charge.cancelled_at.is_(None))
        .order_by(Charge.id)
    )


def open_charges(fair_id: int) -> Select[Charge]:
    """What is owed and not invoiced."""
    return select(Charge).where(
        Charge.fair_id == fair_id, Charge.cancelled_at.is_(None), Charge.invoice_line_id.is_(None)
    )


def charges_to_credit(fair_id: int) -> Select[Charge]:
    """What was invoiced, is not owed any more, and has no credit note yet."""
    taken_back = select(InvoiceLine.credits_line_id).where(InvoiceLine.credits_line_id.is_not(None))
    return (
        select(Charge)
        .join(InvoiceLine, InvoiceLine.id == Charge.invoice_line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            Charge.fair_id == fair_id,
            Charge.cancelled_at.is_not(None),
            Invoice.state.in_([InvoiceState.ISSUED, InvoiceState.PART_PAID, InvoiceState.PAID]),
            InvoiceLine.id.not_in(taken_back),
        )
        .options(
            contains_eager(Charge.invoice_line),
            joinedload(Charge.exhibitor).joinedload(Exhibitor.organisation),
        )
    )


def prices_of(session: Session, fair_id: int, also_off: bool = False) -> Sequence[PriceItem]:
    """A fair's price list in its order."""
    wanted = select(PriceItem).where(PriceItem.fair_id == fair_id)
    if not also_off:
        wanted = wanted.where(PriceItem.is_on)
    return session.scalars(
        wanted.order_by(PriceItem.position, PriceItem.id).options(joinedload(PriceItem.booth_kind))
    ).all()


def subsidies_of(session: Session, fair_id: int, also_off: bool = False) -> Sequence[Subsidy]:
    """A fair's subsidies in the order in which they are given."""
    wanted = select(Subsidy).where(Subsidy.fair_id == fair_id)
    if not also_off:
        wanted = wanted.where(Subsidy.is_on)
    return session.scalars(wanted.order_by(Subsidy.position, Subsidy.id)).all()


def given_by_subsidies(session: Session, fair_id: int, besides: int | None = None) -> dict[int, int]:
    """How much of each subsidy's budget is taken, ``besides`` what one exhibitor has of it."""
    wanted = (
        select(Charge.subsidy_id, func.sum(Charge.unit_price_minor))
        .where(
            Charge.fair_id == fair_id,
            Charge.kind == PriceKind.SUBSIDY,
            Charge.payer != Payer.PRODUCER,
            Charge.cancelled_at.is_(None),
            Charge.exhibitor_id != (besides or 0),
        )
        .group_by(Charge.subsidy_id)
    )
    return {subsidy_id: int(taken) for subsidy_id, taken in session.execute(wanted) if subsidy_id}


def shared_places(session: Session, exhibitor_id: int) -> Sequence[CoExhibitor]:
    """The places in live booths of others for which an exhibitor pays itself: nobody named it there."""
    named = exists().where(
        Partner.exhibitor_id == BoothClaim.exhibitor_id,
        Partner.partner_exhibitor_id == exhibitor_id,
        Partner.state == PartnerState.APPROVED,
    )
    return session.scalars(
        select(CoExhibitor)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .where(CoExhibitor.exhibitor_id == exhibitor_id, BoothClaim.state.in_(LIVE), ~named)
        .options(joinedload(CoExhibitor.claim).joinedload(BoothClaim.booth))
        .order_by(CoExhibitor.id)
    ).all()


def next_number(session: Session, fair_id: int, name: str) -> int:
    """The next number of a series, its row locked until the end of the transaction: none is ever lost."""
    row = _series(session, fair_id, name)
    if row is None:
        try:
            with session.begin_nested():
                session.add(NumberSeries(fair_id=fair_id, name=name))
        except IntegrityError:
            pass  # somebody else began it a moment ago
        row = _series(session, fair_id, name)
    assert row is not None
    number, row.next = row.next, row.next + 1
    session.flush()
    return number


def _series(session: Session, fair_id: int, name: str) -> NumberSeries | None:
    return session.scalar(
        select(NumberSeries)
        .where(NumberSeries.fair_id == fair_id, NumberSeries.name == name)
        .with_for_update(**LOCK)
        .execution_options(populate_existing=True)
    )
