"""Services from the price list to the charge, on both databases: changed until the cut-off, not oversold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Actor, Role
from fairapp.rules.applications import State
from fairapp.rules.billing import PriceKind
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.prices import PriceRefusal
from fairapp.rules.services import MOST_ITEMS, OrderState, ServiceRefusal
from fairapp.store.base import db, transaction
from fairapp.store.billing import Charge, PriceItem
from fairapp.store.billing_queries import charges_to_credit
from fairapp.store.manual_services import ServiceItem, ServiceOrder
from fairapp.store.operations import AuditEntry
from fairapp.usecases.billing_invoices import draft_for_exhibitor, issue_invoice
from fairapp.usecases.manual_services import KeepService, OrderService, keep_service, order_service
from tests import factories as make
from tests import money

NOW = make.NOW
PEOPLE = 6


class Desk:
    """A fair with a line of the price list, an exhibitor, and an organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = money.fair(session)
        self.price = make.price_item(session, self.fair)
        self.organisation = make.organisation(session)
        self.application = make.application(session, self.organisation, self.fair, state=State.CONFIRMED)
        self.exhibitor = make.exhibitor(
            session, self.organisation, self.fair, application_id=self.application.id
        )
        self.maker: Actor = make.actor(acting_for=(self.organisation,))
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)

    def order(self, session: Session, item: ServiceItem, quantity: int, **more: Any) -> ServiceOrder | None:
        wanted = OrderService(self.application.id, item.id, quantity)
        return order_service(session, more.get("by", self.maker), wanted, more.get("now", NOW))


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def charged(session: Session) -> list[tuple[str, int, int, bool]]:
    rows = session.scalars(select(Charge).order_by(Charge.id))
    return [(row.source, row.quantity_milli, row.unit_price_minor, row.cancelled_at is None) for row in rows]


def test_an_order_is_charged_changed_and_given_up(session: Session, desk: Desk) -> None:
    item = make.service_item(session, desk.price)
    order = desk.order(session, item, 2)
    assert order is not None
    assert charged(session) == [(f"service_order:{order.id}", 2_000, 500_000, True)]
    desk.order(session, item, 3)
    assert charged(session) == [(f"service_order:{order.id}", 3_000, 500_000, True)]
    desk.order(session, item, 0)
    assert order.state is OrderState.CANCELLED
    assert charged(session) == [(f"service_order:{order.id}", 3_000, 500_000, False)]
    desk.order(session, item, 1)
    assert [row[3] for row in charged(session)] == [False, True]
    assert len(session.scalars(select(ServiceOrder)).all()) == 1


def test_the_same_order_twice_is_one_order(session: Session, desk: Desk) -> None:
    item = make.service_item(session, desk.price)
    for quantity in (0, 2, 2, 0, 0):
        desk.order(session, item, quantity)
    acts = select(AuditEntry.what).where(AuditEntry.what.like("service.%")).order_by(AuditEntry.id)
    assert session.scalars(acts).all() == ["service.order", "service.cancel"]


def test_a_changed_order_keeps_the_price_of_its_first_day(session: Session, desk: Desk) -> None:
    desk.price.early_until, desk.price.early_price_minor = date(2027, 1, 31), 400_000
    item = make.service_item(session, desk.price)
    desk.order(session, item, 1)
    later = NOW + timedelta(days=40)
    desk.order(session, item, 2, now=later)
    assert charged(session)[0][2] == 400_000
    desk.order(session, item, 0, now=later)
    desk.order(session, item, 1, now=later)
    assert charged(session)[-1][2] == 500_000


def test_stock_is_shared_by_those_who_are_still_there(session: Session, desk: Desk) -> None:
    item = make.service_item(session, desk.price, stock=3)
    other = make.exhibitor(session, make.organisation(session), desk.fair)
    session.add(
        ServiceOrder(
            exhibitor_id=other.id, service_item_id=item.id, quantity=2, state=OrderState.ORDERED,
            ordered_at=NOW, changed_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    with pytest.raises(Refused) as refused:
        desk.order(session, item, 2)
    assert (refused.value.reasons, refused.value.facts["service_left"]) == ((ServiceRefusal.FEW_LEFT,), 1)
    desk.order(session, item, 1)
    other.left_at = NOW
    session.flush()
    desk.order(session, item, 3)


def test_after_the_cut_off_only_the_office_orders(session: Session, desk: Desk) -> None:
    item = make.service_item(session, desk.price)
    late = item.until + timedelta(minutes=1)
    with pytest.raises(Refused) as refused:
        desk.order(session, item, 1, now=late)
    assert refused.value.reasons == (ServiceRefusal.CLOSED,)
    order = desk.order(session, item, 1, now=late, by=desk.organiser)
    assert order is not None
    with pytest.raises(Refused):
        desk.order(session, item, 0, now=late)


def test_what_is_invoiced_is_changed_by_the_office_and_credited(session: Session, desk: Desk) -> None:
    item = make.service_item(session, desk.price)
    order = desk.order(session, item, 2)
    draft = draft_for_exhibitor(session, desk.organiser, desk.exhibitor.id, NOW)
    invoice = issue_invoice(session, desk.organiser, draft.id, NOW)
    for quantity in (0, 5):
        with pytest.raises(Refused) as refused:
            desk.order(session, item, quantity)
        assert refused.value.reasons == (ServiceRefusal.INVOICED,)
        assert str(invoice.number) in str(refused.value.facts["service_invoice"])
    assert order is not None
    assert order.quantity == 2
    desk.order(session, item, 1, by=desk.organiser)
    assert [row[1:] for row in charged(session)] == [(2_000, 500_000, False), (1_000, 500_000, True)]
    assert len(session.scalars(charges_to_credit(desk.fair.id)).all()) == 1


def test_an_order_without_a_price_in_its_currency_is_refused(session: Session, desk: Desk) -> None:
    desk.fair.settings = {"money": {"currency_abroad": "USD"}}
    desk.organisation.country = "TH"
    item = make.service_item(session, desk.price)
    with pytest.raises(Refused) as refused:
        desk.order(session, item, 1)
    assert refused.value.reasons == (PriceRefusal.NOT_IN_CURRENCY,)


def test_nobody_orders_for_others_or_elsewhere(session: Session, desk: Desk) -> None:
    item = make.service_item(session, desk.price)
    abroad = make.fair(session, "ELSEWHERE")
    theirs = make.service_item(session, make.price_item(session, abroad))
    stranger = make.actor(acting_for=(make.organisation(session),))
    for by in (stranger, make.actor(Role.ORGANISER, abroad), make.actor(Role.FINANCE, desk.fair)):
        with pytest.raises(Missing):
            desk.order(session, item, 1, by=by)
    with pytest.raises(Missing):
        desk.order(session, theirs, 1)
    desk.exhibitor.left_at = NOW
    with pytest.raises(Refused) as refused:
        desk.order(session, item, 1)
    assert refused.value.reasons == (ServiceRefusal.LEFT,)


def test_a_service_is_offered_and_changed_by_who_keeps_the_manual(session: Session, desk: Desk) -> None:
    order = KeepService(desk.fair.id, desk.price.id, NOW + timedelta(days=40), stock=4)
    item = keep_service(session, desk.organiser, order, NOW)
    assert (item.names, item.stock, item.is_on) == (desk.price.names, 4, True)
    desk.order(session, item, 3)
    smaller = replace(order, stock=2, service_item_id=item.id)
    with pytest.raises(Refused) as refused:
        keep_service(session, desk.organiser, smaller, NOW)
    assert (refused.value.reasons, refused.value.facts["service_ordered"]) == (
        (ServiceRefusal.STOCK_SMALL,),
        3,
    )
    named = replace(order, names={"en": "Socket"}, units={"en": "piece"}, stock=None, is_on=False)
    kept = keep_service(session, desk.organiser, replace(named, service_item_id=item.id), NOW)
    assert (kept.id, kept.names, kept.units, kept.stock) == (item.id, {"en": "Socket"}, {"en": "piece"}, None)
    with pytest.raises(Refused) as refused:
        desk.order(session, item, 4)
    assert refused.value.reasons == (ServiceRefusal.OFF,)
    for other in (desk.maker, make.actor(Role.FINANCE, desk.fair)):
        with pytest.raises(NotAllowed):
            keep_service(session, other, order, NOW)


def test_a_service_that_makes_no_sense_is_refused_with_every_reason(session: Session, desk: Desk) -> None:
    booth = make.price_item(session, desk.fair, code="booth", kind=PriceKind.BOOTH)
    for _ in range(MOST_ITEMS):
        make.service_item(session, desk.price)
    order = KeepService(desk.fair.id, booth.id, NOW + timedelta(days=300))
    with pytest.raises(Refused) as refused:
        keep_service(session, desk.organiser, order, NOW)
    assert refused.value.reasons == (
        ServiceRefusal.AFTER_FAIR,
        ServiceRefusal.NO_PRICE,
        ServiceRefusal.TOO_MANY,
    )


def test_the_last_piece_goes_to_one_of_many(ready_database: str, tmp_path: Path) -> None:
    app = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    with app.app_context():
        with transaction() as session:
            fair = make.fair(session)
            item = make.service_item(session, make.price_item(session, fair), stock=1)
            people = []
            for _ in range(PEOPLE):
                organisation = make.organisation(session)
                application = make.application(session, organisation, fair, state=State.CONFIRMED)
                make.exhibitor(session, organisation, fair, application_id=application.id)
                people.append((make.actor(acting_for=(organisation,)), application.id))
        start = Barrier(PEOPLE)

        def act(person: int) -> tuple[Any, ...]:
            actor, application_id = people[person]
            with app.app_context():
                start.wait(timeout=60)
                try:
                    with transaction() as session:
                        order_service(session, actor, OrderService(application_id, item.id, 1), NOW)
                except Refused as refused:
                    return refused.reasons, refused.facts["service_left"]
                finally:
                    db.session.remove()
                return ()

        with ThreadPoolExecutor(PEOPLE) as pool:
            ends = sorted(pool.map(act, range(PEOPLE)))
        assert ends == [(), *[((ServiceRefusal.SOLD_OUT,), 0)] * (PEOPLE - 1)]
        assert db.session.scalar(select(func.sum(ServiceOrder.quantity))) == 1
        assert db.session.scalar(select(func.count()).select_from(Charge)) == 1
        assert db.session.scalars(select(PriceItem.unit_price_minor)).all() == [500_000]
        db.session.remove()
        db.engine.dispose()
