"""Charges of every room come here: what an exhibitor owes, until it is invoiced.

Rooms charge in the transaction that causes it, under a ``source`` of their own (``service_order:12``).
Charging the same source again changes what is not invoiced yet; what was invoiced stays and is credited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.billing import Payer, PriceKind
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.prices import MoneySettings, PriceRefusal
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import LOCK
from fairapp.store.billing import BillingDetails, Charge, PriceItem
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.pricing import price_of


@dataclass(frozen=True, slots=True)
class ChargeFor:
    """One thing that is owed: a line of the price list, or a price and a name of its own."""

    exhibitor_id: int
    source: str
    quantity_milli: int = 1_000
    """In thousandths: 2,500 are two and a half."""
    price_item_id: int | None = None
    on: date | None = None
    """The day whose price counts (early bird); today when nothing is said."""
    kind: PriceKind = PriceKind.OTHER
    names: Mapping[str, str] | None = None
    """Instead of the price list's name."""
    unit_price_minor: int | None = None
    """Instead of the price list's price, in the exhibitor's currency."""
    vat_bp: int | None = None
    payer: Payer = Payer.PRODUCER
    payer_name: str = ""
    subsidy_id: int | None = None
    delegation_id: int | None = None
    claim_id: int | None = None


def charge(session: Session, actor: Actor, order: ChargeFor, now: datetime) -> Charge:
    """Charge it once for its source; the caller has asked for permission and for the exhibitor.

    :raises Refused: when the price list has no price in the exhibitor's currency.
    """
    exhibitor = session.get(Exhibitor, order.exhibitor_id)
    if exhibitor is None:
        raise Missing
    wanted = _values(session, exhibitor, order, now)
    there = _live(session, exhibitor.fair_id, order.source)
    if there is not None:
        if all(getattr(there, name) == value for name, value in wanted.items()):
            return there
        if there.invoice_line_id is None:
            for name, value in wanted.items():
                setattr(there, name, value)
            _record(session, actor, "money.charge_changed", there, now)
            return there
        there.cancelled_at = now
        session.flush()  # its source is free for the new one
    made = Charge(fair_id=exhibitor.fair_id, source=order.source, made_at=now, **wanted)
    session.add(made)
    session.flush()
    _record(session, actor, "money.charged", made, now)
    return made


def uncharge(session: Session, actor: Actor, fair_id: int, source: str, now: datetime) -> None:
    """What came of this source is not owed any more; where it is invoiced, a credit note is due."""
    there = _live(session, fair_id, source)
    if there is not None:
        there.cancelled_at = now
        _record(session, actor, "money.uncharged", there, now)


def currency_of(session: Session, exhibitor: Exhibitor) -> str:
    """The one currency of an exhibitor: as fixed by its first charge, else as the fair does by country."""
    fixed = session.get(BillingDetails, exhibitor.id)
    if fixed is not None:
        return fixed.currency
    return currency_for(exhibitor.fair, exhibitor.organisation.country)


def currency_for(fair: Fair, country: str) -> str:
    """The currency in which a fair bills somebody from this country."""
    abroad = MoneySettings.read(fair.settings).currency_abroad
    return abroad if abroad and country != fair.country else fair.currency


def _values(session: Session, exhibitor: Exhibitor, order: ChargeFor, now: datetime) -> dict[str, object]:
    item = None if order.price_item_id is None else session.get(PriceItem, order.price_item_id)
    if order.price_item_id is not None and (item is None or item.fair_id != exhibitor.fair_id):
        raise Missing
    fair = exhibitor.fair
    currency = _fixed_currency(session, exhibitor)
    unit, vat_bp = order.unit_price_minor, order.vat_bp
    if item is not None:
        day = order.on or now.astimezone(ZoneInfo(fair.timezone)).date()
        unit = price_of(item).on(day, currency, fair.currency) if unit is None else unit
        vat_bp = item.vat_bp if vat_bp is None else vat_bp
    if unit is None:
        raise Refused(PriceRefusal.NOT_IN_CURRENCY, currency=currency)
    return {
        "exhibitor_id": exhibitor.id,
        "price_item_id": order.price_item_id,
        "kind": item.kind if item is not None else order.kind,
        "names": dict(order.names or (item.names if item is not None else {})),
        "quantity_milli": order.quantity_milli,
        "unit_price_minor": unit,
        "vat_bp": MoneySettings.read(fair.settings).vat_bp if vat_bp is None else vat_bp,
        "currency": currency,
        "payer": order.payer,
        "payer_name": order.payer_name,
        "subsidy_id": order.subsidy_id,
        "delegation_id": order.delegation_id,
        "claim_id": order.claim_id,
    }


def _fixed_currency(session: Session, exhibitor: Exhibitor) -> str:
    """From the first charge on, an exhibitor is billed in one currency."""
    if session.get(BillingDetails, exhibitor.id) is None:
        session.add(BillingDetails(exhibitor_id=exhibitor.id, currency=currency_of(session, exhibitor)))
        session.flush()
    return currency_of(session, exhibitor)


def _live(session: Session, fair_id: int, source: str) -> Charge | None:
    return session.scalar(
        select(Charge)
        .where(Charge.fair_id == fair_id, Charge.source == source, Charge.cancelled_at.is_(None))
        .with_for_update(**LOCK)
    )


def _record(session: Session, actor: Actor, what: str, about: Charge, now: datetime) -> None:
    audit.record(
        session,
        actor,
        what,
        now,
        fair_id=about.fair_id,
        charge=about.id,
        exhibitor=about.exhibitor_id,
        source=about.source,
    )
