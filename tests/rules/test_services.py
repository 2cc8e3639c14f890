"""Services: lives of orders, cut-offs, and never more than there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fairapp.rules.services import (
    MOST_ORDERED,
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

UNTIL = datetime(2027, 3, 20, 10, tzinfo=UTC)
LATER = UNTIL + timedelta(seconds=1)
S, P, R = OrderState, OrderStep, ServiceRefusal


@pytest.mark.parametrize(("state", "step"), list(product(OrderState, OrderStep)))
def test_every_step_from_every_state(state: OrderState, step: OrderStep) -> None:
    allowed = {
        (S.NONE, P.ORDER): S.ORDERED,
        (S.ORDERED, P.ORDER): S.ORDERED,
        (S.CANCELLED, P.ORDER): S.ORDERED,
        (S.ORDERED, P.CANCEL): S.CANCELLED,
    }
    assert STEPS.get((state, step)) is allowed.get((state, step))


@pytest.mark.parametrize(
    ("offer", "quantity", "others", "by", "now", "reasons"),
    [
        (Offer(UNTIL), MOST_ORDERED, 5_000, Hand(), UNTIL, ()),
        (Offer(UNTIL), MOST_ORDERED + 1, 0, Hand(), UNTIL, (R.QUANTITY,)),
        (Offer(UNTIL), -1, 0, Hand(), UNTIL, (R.QUANTITY,)),
        (Offer(UNTIL, 5), 2, 3, Hand(), UNTIL, ()),
        (Offer(UNTIL, 5), 3, 3, Hand(), UNTIL, (R.FEW_LEFT,)),
        (Offer(UNTIL, 5), 1, 5, Hand(), UNTIL, (R.SOLD_OUT,)),
        (Offer(UNTIL, 5), 1, 9, Hand(), UNTIL, (R.SOLD_OUT,)),
        (Offer(UNTIL, 5), 0, 9, Hand(), UNTIL, ()),
        (Offer(UNTIL, 5), 1, 5, Hand(is_office=True), LATER, (R.SOLD_OUT,)),
        (Offer(UNTIL), 1, 0, Hand(), LATER, (R.CLOSED,)),
        (Offer(UNTIL), 0, 0, Hand(), LATER, (R.CLOSED,)),
        (Offer(UNTIL), 1, 0, Hand(is_office=True), LATER, ()),
        (Offer(UNTIL), 1, 0, Hand(is_invoiced=True), UNTIL, (R.INVOICED,)),
        (Offer(UNTIL), 1, 0, Hand(is_office=True, is_invoiced=True), UNTIL, ()),
        (Offer(UNTIL, is_on=False), 1, 0, Hand(), UNTIL, (R.OFF,)),
        (Offer(UNTIL, is_on=False), 0, 0, Hand(), UNTIL, ()),
        (Offer(UNTIL), 1, 0, Hand(has_left=True), LATER, (R.LEFT, R.CLOSED)),
    ],
)
def test_an_order_is_taken_or_refused_with_every_reason(
    offer: Offer,
    quantity: int,
    others: int,
    by: Hand,
    now: datetime,
    reasons: tuple[ServiceRefusal, ...],
) -> None:
    assert against_order(offer, quantity, others, by, now) == reasons


def test_what_is_left_is_never_less_than_nothing() -> None:
    assert [left_of(Offer(UNTIL, stock), 4) for stock in (None, 9, 4, 1)] == [None, 5, 0, 0]


def test_an_offer_closes_before_the_fair_ends_and_holds_what_is_ordered() -> None:
    assert against_offer(Offer(UNTIL, 4), 5, UNTIL - timedelta(days=1)) == (R.AFTER_FAIR, R.STOCK_SMALL)
    assert against_offer(Offer(UNTIL, None), 5, UNTIL) == ()
