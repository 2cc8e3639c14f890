"""Services that exhibitors order until their cut-off: power, water, furniture; never more than there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderState(StrEnum):
    """Where an order stands; NONE is the lack of one."""

    NONE = "none"
    ORDERED = "ordered"
    CANCELLED = "cancelled"


class OrderStep(StrEnum):
    """What can be done with an order."""

    ORDER = "order"
    CANCEL = "cancel"


STEPS: dict[tuple[OrderState, OrderStep], OrderState] = {
    (OrderState.NONE, OrderStep.ORDER): OrderState.ORDERED,
    (OrderState.ORDERED, OrderStep.ORDER): OrderState.ORDERED,
    (OrderState.CANCELLED, OrderStep.ORDER): OrderState.ORDERED,
    (OrderState.ORDERED, OrderStep.CANCEL): OrderState.CANCELLED,
}
"""To order again is to change how many."""


class ServiceRefusal(StrEnum):
    """Why a service cannot be ordered, changed, cancelled or offered like this."""

    LEFT = "service_exhibitor_left"
    OFF = "service_off"
    CLOSED = "service_closed"
    SOLD_OUT = "service_sold_out"
    FEW_LEFT = "service_few_left"
    INVOICED = "service_invoiced"
    QUANTITY = "service_quantity"
    NO_PRICE = "service_no_price"
    STOCK_SMALL = "service_stock_small"
    AFTER_FAIR = "service_after_fair"
    TOO_MANY = "service_too_many"


MOST_ITEMS = 100
"""Of one fair."""
MOST_ORDERED = 999
MOST_STOCK = 100_000
MOST_WATTS = 500_000
LONGEST_UNIT = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as far as it decides whether it can be ordered."""

    until: datetime
    stock: int | None = None
    """None: as many as are wanted."""
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class Hand:
    """Who orders: an exhibitor, or the office for it."""

    is_office: bool = False
    """The cut-off holds for exhibitors."""
    is_invoiced: bool = False
    """What was ordered before stands on an invoice."""
    has_left: bool = False


def left_of(offer: Offer, others: int) -> int | None:
    """How many there are for one exhibitor; ``others``: what everybody else has ordered."""
    return None if offer.stock is None else max(offer.stock - others, 0)


def against_order(
    offer: Offer, quantity: int, others: int, by: Hand, now: datetime
) -> tuple[ServiceRefusal, ...]:
    """Every reason why so many cannot be ordered; ``quantity`` 0 gives the order up."""
    left, wanted = left_of(offer, others), quantity > 0
    short = wanted and left is not None and quantity > left
    against = {
        ServiceRefusal.LEFT: by.has_left,
        ServiceRefusal.QUANTITY: not 0 <= quantity <= MOST_ORDERED,
        ServiceRefusal.OFF: wanted and not offer.is_on,
        ServiceRefusal.CLOSED: now > offer.until and not by.is_office,
        ServiceRefusal.INVOICED: by.is_invoiced and not by.is_office,
        ServiceRefusal.SOLD_OUT: short and left == 0,
        ServiceRefusal.FEW_LEFT: short and left != 0,
    }
    return tuple(refusal for refusal, holds in against.items() if holds)


def against_offer(offer: Offer, ordered: int, fair_ends: datetime) -> tuple[ServiceRefusal, ...]:
    """Every reason why a service cannot be offered like this; ``ordered``: how many are by now."""
    against = {
        ServiceRefusal.AFTER_FAIR: offer.until > fair_ends,
        ServiceRefusal.STOCK_SMALL: offer.stock is not None and offer.stock < ordered,
    }
    return tuple(refusal for refusal, holds in against.items() if holds)
