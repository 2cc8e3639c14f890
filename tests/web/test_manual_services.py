"""Services in the browser: offered, ordered until their cut-off, listed for contractors."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.manual import TaskKind
from fairapp.rules.services import OrderState
from fairapp.store.billing import Charge
from fairapp.store.manual import SlotBooking
from fairapp.store.manual_services import ServiceItem, ServiceOrder
from fairapp.store.producers import Membership
from tests import factories as make
from tests.asking import queries
from tests.web.test_manual import LIST, Browse, Desk, Send, words


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def offered(rows: Session, desk: Desk, **values: Any) -> ServiceItem:
    item = make.service_item(rows, make.price_item(rows, desk.fair), **values)
    rows.commit()
    return item


def test_an_exhibitor_orders_changes_and_gives_up(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    maker, here = browse(desk.maker), f"{desk.mine}/services"
    assert "No services are offered yet" in words(maker.get(here))
    item = offered(rows, desk, stock=4, units={"en": "socket"}, texts={"en": "Set up by the hall."})
    page = words(maker.get(here))
    for said in ("Power, 3 kW", "₫500,000", "for each (socket)", "Set up by the hall.", "4 for you"):
        assert said in page
    order = f"{here}/{item.id}"
    for wrong in ("", "-1", "x", "1000", "1.5"):
        assert send(maker, here, order, quantity=wrong).status_code == 422
    for _twice in range(2):
        assert send(maker, here, order, quantity="2").status_code == 303
    assert "₫1,000,000" in words(maker.get(here))
    many = send(maker, here, order, quantity="5")
    assert (many.status_code, "Only 4 are left for you" in words(many)) == (409, True)
    assert 'value="5"' in words(many)
    assert send(maker, here, order, quantity="0").status_code == 303
    (kept,) = rows.scalars(select(ServiceOrder)).all()
    (charge,) = rows.scalars(select(Charge)).all()
    assert (kept.state, charge.cancelled_at is None) == (OrderState.CANCELLED, False)


def test_after_the_cut_off_the_page_says_so_and_the_office_still_can(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    item, here = offered(rows, desk, until=past), f"{desk.mine}/services"
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    page = words(maker.get(here))
    assert ("Closed" in page, f"{here}/{item.id}" in page) == (True, False)
    late = send(maker, f"/me/organisations/{desk.organisation.id}/story", f"{here}/{item.id}", quantity="1")
    assert (late.status_code, "closed for orders" in words(late)) == (409, True)
    office = desk.theirs.replace("/manual", "/manual/services")
    assert send(organiser, office, f"{office}/{item.id}", quantity="3").status_code == 303
    assert "Ordered: 3" in words(maker.get(here))
    assert "HTX Chè Suối Giàng" in words(organiser.get(f"{LIST}/orders"))


def test_an_organiser_offers_a_service_and_changes_it(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser, new = browse(desk.organiser), f"{LIST}/services/new"
    assert "The price list has no services yet" in words(organiser.get(new))
    price = make.price_item(rows, desk.fair)
    rows.commit()
    until = f"{desk.fair.starts_on - timedelta(days=9)}T17:00"
    fields = {"price": str(price.id), "until": until, "stock": "10", "unit_en": "piece"}
    assert send(organiser, new, **{**fields, "until": ""}).status_code == 422
    assert send(organiser, new, **{**fields, "price": "999"}).status_code == 422
    after = send(organiser, new, **{**fields, "until": f"{desk.fair.ends_on + timedelta(days=3)}T08:00"})
    assert (after.status_code, "after the fair" in words(after)) == (409, True)
    assert send(organiser, new, **fields, is_on="y").status_code == 303
    item = rows.scalars(select(ServiceItem)).one()
    assert (item.names["en"], item.stock, item.until.hour) == ("Power, 3 kW", 10, 10)
    here = f"{LIST}/services/{item.id}"
    assert f'value="{until}"' in words(organiser.get(here))
    assert send(organiser, here, **{**fields, "stock": "", "name_en": "Socket"}).status_code == 303
    rows.expire_all()
    assert (item.names, item.stock, item.is_on) == ({"en": "Socket"}, None, False)
    assert "not offered now" in words(organiser.get(f"{LIST}/services"))


def test_contractors_get_a_workbook_of_orders_fascias_and_arrivals(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    item = offered(rows, desk, stock=9)
    desk.exhibitor.fascia_name = "=CHÈ SUỐI GIÀNG"
    slot = make.move_in_slot(rows, desk.fair, desk.hall)
    rows.add(SlotBooking(exhibitor_id=desk.exhibitor.id, slot_id=slot.id, booked_at=make.NOW))
    make.service_order(rows, item, desk.exhibitor, quantity=3)
    gone = desk.stand(rows, make.organisation(rows))
    make.service_order(rows, item, gone, quantity=5)
    gone.left_at = make.NOW
    rows.commit()
    answer = browse(desk.organiser).get("/o/OCOP27/manual.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    pages = {name: book.get_sheet_by_name(name).to_python()[1:] for name in book.sheet_names}
    assert pages["Services in all"] == [["Power, 3 kW", "", 3.0, 9.0]]
    assert [row[:4] for row in pages["Orders"]] == [["Power, 3 kW", 3.0, "", "HTX Chè Suối Giàng"]]
    (fascia,) = pages["Fascias"]
    assert fascia[2:] == ["=CHÈ SUỐI GIÀNG", "HTX Chè Suối Giàng"]
    assert [row[2] for row in pages["Moving in"]] == ["HTX Chè Suối Giàng"]


def test_lists_of_services_ask_as_often_for_three_as_for_one(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    item = offered(rows, desk)
    make.service_order(rows, item, desk.exhibitor)
    make.manual_task(rows, desk.fair, TaskKind.TICK)
    rows.commit()
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    office = desk.theirs.replace("/manual", "/manual/services")
    pages = [
        (organiser, f"{LIST}/services"),
        (organiser, f"{LIST}/orders"),
        (organiser, office),
        (maker, f"{desk.mine}/services"),
    ]
    before = [len(queries(*page)) for page in pages for _warm in range(2)][1::2]
    for number in range(2):
        more = make.service_item(rows, make.price_item(rows, desk.fair, code=f"more{number}"))
        make.service_order(rows, more, desk.exhibitor)
        make.service_order(rows, item, desk.stand(rows, make.organisation(rows)))
    rows.commit()
    assert [len(queries(*page)) for page in pages] == before


def test_nobody_else_sees_or_orders(browse: Browse, send: Send, rows: Session, desk: Desk) -> None:
    item = offered(rows, desk)
    theirs = make.service_item(rows, make.price_item(rows, make.fair(rows, "ABROAD")))
    rows.commit()
    office = (404, 404, 403)
    pages = {
        f"{desk.mine}/services": (404, 404, 404),
        desk.theirs.replace("/manual", "/manual/services"): office,
        f"{LIST}/services": office,
        f"{LIST}/services/{item.id}": office,
        f"{LIST}/orders": office,
        "/o/OCOP27/manual.xlsx": office,
    }
    others = [browse(each) for each in (desk.stranger, desk.elsewhere, desk.reviewer)]
    assert {page: tuple(each.get(page).status_code for each in others) for page in pages} == pages
    assert browse(desk.elsewhere).get(f"/o/ELSEWHERE/manual/services/{item.id}").status_code == 404
    here = f"{desk.mine}/services"
    assert send(browse(desk.maker), here, f"{here}/{theirs.id}", quantity="1").status_code == 404
    stranger = browse(desk.stranger)
    page = f"/me/organisations/{stranger_organisation(rows, desk)}/story"
    assert send(stranger, page, f"{here}/{item.id}", quantity="1").status_code == 404
    assert rows.scalars(select(ServiceOrder)).all() == []


def stranger_organisation(rows: Session, desk: Desk) -> int:
    wanted = select(Membership.organisation_id).where(Membership.account_id == desk.stranger.id)
    return rows.scalars(wanted).one()
