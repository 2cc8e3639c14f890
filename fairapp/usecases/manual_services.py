"""Offer services, order them until their cut-off, and charge what is ordered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.billing import PriceKind, number_text
from fairapp.rules.errors import Refused
from fairapp.rules.manual import LONGEST_NAME, LONGEST_TEXT
from fairapp.rules.services import (
    LONGEST_UNIT,
    MOST_ITEMS,
    STEPS,
    Hand,
    Offer,
    OrderState,
    OrderStep,
    ServiceRefusal,
    against_offer,
    against_order,
    left_of,
)
from fairapp.store.base import Texts
from fairapp.store.billing import Invoice, PriceItem
from fairapp.store.manual_queries import exhibitor_asked
from fairapp.store.manual_services import (
    ServiceItem,
    ServiceOrder,
    invoices_with,
    order_for,
    ordered_of,
    service_of,
    services_of,
)
from fairapp.usecases import audit
from fairapp.usecases.charging import ChargeFor, charge, uncharge
from fairapp.usecases.manual import end_of, fair_kept, said
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class KeepService:
    """A service, new or (with its id) changed; without a name of its own it has its price's."""

    fair_id: int
    price_item_id: int
    until: datetime
    names: Texts = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    units: Texts = field(default_factory=dict)
    stock: int | None = None
    is_on: bool = True
    service_item_id: int | None = None
    watts: int = 0


@dataclass(frozen=True, slots=True)
class OrderService:
    """How many of a service the exhibitor wants in all; none gives the order up."""

    application_id: int
    service_item_id: int
    quantity: int


def keep_service(session: Session, actor: Actor, order: KeepService, now: datetime) -> ServiceItem:
    """Offer a service, or change one; what is ordered keeps its price.

    :raises Refused: with every reason why it cannot be offered like this.
    """
    fair = fair_kept(session, actor, order.fair_id)
    there = None
    if order.service_item_id is not None:
        there = service_of(session, fair.id, order.service_item_id, lock=True)
    price = session.get(PriceItem, order.price_item_id)
    fits = price is not None and price.fair_id == fair.id and price.kind is PriceKind.SERVICE
    ordered = 0 if there is None else ordered_of(session, [there.id]).get(there.id, 0)
    many = len(services_of(session, fair.id, also_off=True))
    against = list(against_offer(Offer(order.until, order.stock), ordered, end_of(fair)))
    if not fits:
        against.append(ServiceRefusal.NO_PRICE)
    if there is None and many >= MOST_ITEMS:
        against.append(ServiceRefusal.TOO_MANY)
    if against or price is None:
        raise Refused(*against, service_ordered=ordered, service_most=MOST_ITEMS)
    item = there or ServiceItem(fair_id=fair.id)
    item.price_item_id, item.until, item.stock = price.id, order.until, order.stock
    item.names = said("name", order.names, LONGEST_NAME) or dict(price.names)
    item.texts = said("text", order.texts, LONGEST_TEXT)
    item.units = said("unit", order.units, LONGEST_UNIT)
    item.is_on, item.watts = order.is_on, order.watts
    session.add(item)
    session.flush()
    audit.record(session, actor, "service.kept", now, fair_id=fair.id, service=item.id)
    return item


def order_service(session: Session, actor: Actor, order: OrderService, now: datetime) -> ServiceOrder | None:
    """Order so many, change how many, or give the order up; the same twice is one thing.

    The service's row is locked while what is left is counted: of those who want the last one, one gets it.

    :raises Refused: with every reason why not, and how many are left.
    """
    exhibitor = exhibitor_asked(session, actor, order.application_id, lock=True)
    is_office = exhibitor.organisation_id not in actor.organisation_ids
    item = service_of(session, exhibitor.fair_id, order.service_item_id, lock=True)
    there = order_for(session, exhibitor.id, item.id)
    state = OrderState.NONE if there is None else there.state
    if (there.quantity if there is not None and state is OrderState.ORDERED else 0) == order.quantity:
        return there
    invoice = _invoice_with(session, exhibitor.fair_id, there)
    others = ordered_of(session, [item.id], besides=exhibitor.id).get(item.id, 0)
    by = Hand(is_office, invoice is not None, exhibitor.left_at is not None)
    if reasons := against_order(item.offer, order.quantity, others, by, now):
        number = "" if invoice is None else number_text(exhibitor.fair.code, invoice.kind, invoice.number)
        raise Refused(*reasons, service_left=left_of(item.offer, others), service_invoice=number)
    if invoice is not None:
        require(actor, Permission.MONEY_EDIT, exhibitor.fair_id)  # a credit note follows
    step = OrderStep.ORDER if order.quantity else OrderStep.CANCEL
    if there is None:
        there = ServiceOrder(
            exhibitor_id=exhibitor.id, service_item_id=item.id, quantity=0, state=state, ordered_at=now
        )
        session.add(there)
    if state is OrderState.CANCELLED:
        there.ordered_at = now  # a new order has the price of its own day
    there.state, there.quantity = STEPS[state, step], order.quantity
    there.changed_at, there.changed_by_id = now, actor.account_id
    session.flush()
    _charge(session, actor, there, now)
    audit.record(
        session,
        actor,
        f"service.{step.value}",
        now,
        fair_id=exhibitor.fair_id,
        order=there.id,
        service=item.id,
        quantity=order.quantity,
    )
    return there


def _charge(session: Session, actor: Actor, order: ServiceOrder, now: datetime) -> None:
    """What is ordered is owed, at the price of the day on which it was ordered first."""
    fair, item = order.exhibitor.fair, order.item
    if order.state is OrderState.CANCELLED:
        uncharge(session, actor, fair.id, order.source, now)
        return
    wanted = ChargeFor(
        order.exhibitor_id,
        order.source,
        order.quantity * 1_000,
        item.price_item_id,
        order.ordered_at.astimezone(ZoneInfo(fair.timezone)).date(),
        names=item.names,
    )
    charge(session, actor, wanted, now)


def _invoice_with(session: Session, fair_id: int, order: ServiceOrder | None) -> Invoice | None:
    """The invoice on which the order stands by now."""
    if order is None or order.state is not OrderState.ORDERED:
        return None
    return invoices_with(session, fair_id, [order.source]).get(order.source)
