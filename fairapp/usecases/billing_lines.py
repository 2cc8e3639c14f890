"""Lines that a person adds to what an exhibitor owes, how it is billed, and drafts for many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.store.allocation_queries import exhibitor_of
from fairapp.store.billing import BillingDetails, Charge, Invoice
from fairapp.usecases import audit
from fairapp.usecases.billing_invoices import draft_for_exhibitor
from fairapp.usecases.charging import ChargeFor, charge, currency_of, uncharge
from fairapp.usecases.permission import require

BY_HAND = "hand:"


@dataclass(frozen=True, slots=True)
class AddLine:
    """So much of a line of the price list; the form's key makes it one line however often it is sent."""

    exhibitor_id: int
    price_item_id: int
    quantity_milli: int
    entry_key: str


@dataclass(frozen=True, slots=True)
class KeepBillingDetails:
    """Whom an exhibitor's invoices go to; empty: as its organisation is called."""

    exhibitor_id: int
    payer_name: str = ""
    payer_tax_code: str = ""
    payer_address: str = ""
    payer_email: str = ""


def add_line(session: Session, actor: Actor, order: AddLine, now: datetime) -> Charge:
    """Charge a line of the price list by hand."""
    exhibitor = exhibitor_of(session, actor, order.exhibitor_id)
    require(actor, Permission.MONEY_EDIT, exhibitor.fair_id)
    source = f"{BY_HAND}{order.entry_key}"
    return charge(
        session, actor, ChargeFor(exhibitor.id, source, order.quantity_milli, order.price_item_id), now
    )


def remove_line(session: Session, actor: Actor, charge_id: int, now: datetime) -> Charge:
    """Take a line that was added by hand away again; what is invoiced waits for a credit note."""
    there = session.get(Charge, charge_id)
    if there is None or not actor.may(Permission.MONEY_SEE, there.fair_id):
        raise Missing
    require(actor, Permission.MONEY_EDIT, there.fair_id)
    if not there.source.startswith(BY_HAND):
        raise Missing
    uncharge(session, actor, there.fair_id, there.source, now)
    return there


def keep_billing_details(
    session: Session, actor: Actor, order: KeepBillingDetails, now: datetime
) -> BillingDetails:
    """Say whom the next invoices go to; those that are out stay."""
    exhibitor = exhibitor_of(session, actor, order.exhibitor_id)
    require(actor, Permission.MONEY_EDIT, exhibitor.fair_id)
    details = session.get(BillingDetails, exhibitor.id)
    if details is None:
        details = BillingDetails(exhibitor_id=exhibitor.id, currency=currency_of(session, exhibitor))
        session.add(details)
    for name in ("payer_name", "payer_tax_code", "payer_address", "payer_email"):
        setattr(details, name, getattr(order, name))
    session.flush()
    audit.record(session, actor, "money.billing_kept", now, fair_id=exhibitor.fair_id, exhibitor=exhibitor.id)
    return details


def draft_for_many(
    session: Session, actor: Actor, exhibitor_ids: Iterable[int], now: datetime
) -> tuple[list[Invoice], int]:
    """A draft for each exhibitor that has something open, and how many have nothing that can be invoiced."""
    drafts: list[Invoice] = []
    refused = 0
    for exhibitor_id in exhibitor_ids:
        try:
            with session.begin_nested():
                drafts.append(draft_for_exhibitor(session, actor, exhibitor_id, now))
        except Refused:
            refused += 1
    return drafts, refused
