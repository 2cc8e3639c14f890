"""The application's own parts after they were submitted: changed by request, as answers are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.changes import ChangeState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_forms import ChangeRequest
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
OFFICE = "/o/OCOP27/changes"


class Desk:
    """An accepted exhibitor with a kind, needs and a product, an organiser, and people of elsewhere."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.kind = make.booth_kind(session, self.fair)
        self.producer, self.stranger = (make.account(session, language="en") for _ in range(2))
        self.organisation = make.organisation(session, "HTX Chè Suối Giàng")
        make.member(session, self.producer, self.organisation)
        make.member(session, self.stranger, make.organisation(session, "HTX Khác"))
        self.tea, self.honey = (make.product(session, self.organisation) for _ in range(2))
        self.mine = make.application(
            session,
            self.organisation,
            self.fair,
            state=State.ACCEPTED,
            booth_kind_id=self.kind.id,
            needs={"power_w": 500},
        )
        session.add(ApplicationProduct(application_id=self.mine.id, product_id=self.tea.id))
        self.organiser = make.account(session, language="en")
        make.grant(session, self.organiser, Role.ORGANISER, self.fair)
        session.commit()
        self.here = f"/me/applications/{self.mine.id}/changes"


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def the_change(session: Session) -> ChangeRequest:
    session.expire_all()
    return session.scalars(select(ChangeRequest)).one()


def decide(browser: FlaskClient, send: Send, change: ChangeRequest, step: str, **more: str) -> Any:
    fields = {"version": str(change.version), "reason": "Không còn chỗ", **more}
    return send(browser, OFFICE, f"{OFFICE}/{change.id}/{step}", **fields)


def mine(session: Session, desk: Desk) -> Application:
    session.expire_all()
    return session.get_one(Application, desk.mine.id)


def test_needs_are_changed_by_request_and_hold_once_approved(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    producer, organiser = browse(desk.producer), browse(desk.organiser)
    assert f'href="{desk.here}/new/needs"' in producer.get(desk.here).get_data(as_text=True)
    sent = send(producer, f"{desk.here}/new/needs", power_w="2000", water="y", words="", why="Máy sấy chè")
    assert sent.status_code == 303
    change = the_change(rows)
    assert change.fields == {
        "power_w": {"was": 500, "would": 2000},
        "water": {"was": None, "would": True},
    }
    assert mine(rows, desk).needs == {"power_w": 500}
    for page in (producer.get(desk.here), organiser.get(OFFICE)):
        shown = page.get_data(as_text=True)
        assert "500 W" in shown
        assert "2,000 W" in shown
        assert "Máy sấy chè" in shown
    assert f'href="{desk.here}/new/needs"' not in producer.get(desk.here).get_data(as_text=True)
    assert decide(organiser, send, change, "approve").status_code == 303
    assert mine(rows, desk).needs == {"power_w": 2000, "water": True}
    assert the_change(rows).state is ChangeState.APPROVED


def test_kind_and_products_are_shown_by_name_and_put_in_place(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    producer, organiser = browse(desk.producer), browse(desk.organiser)
    kind = {"kind": str(desk.kind.id), "booths": "3", "why": "Thêm xã viên"}
    assert send(producer, f"{desk.here}/new/kind", **kind).status_code == 303
    dearer = decide(organiser, send, the_change(rows), "approve").get_data(as_text=True)
    assert "instead of" in dearer, "three booths cost more than one, which is said before"
    (digest,) = re.findall(r'name="digest" value="(\w+)"', dearer)
    assert decide(organiser, send, the_change(rows), "approve", digest=digest).status_code == 303
    assert (mine(rows, desk).booths, mine(rows, desk).area_m2) == (3, 3 * desk.kind.unit_area_m2)
    products = {"products": str(desk.honey.id), "why": "Chè hết hàng"}
    assert send(producer, f"{desk.here}/new/products", **products).status_code == 303
    asked = rows.scalars(select(ChangeRequest).where(ChangeRequest.state == ChangeState.PROPOSED)).one()
    assert decide(organiser, send, asked, "approve").status_code == 303
    shown = rows.scalars(select(ApplicationProduct.product_id)).all()
    assert shown == [desk.honey.id]


def test_what_makes_no_sense_is_refused_and_keeps_its_text(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    producer, form = browse(desk.producer), f"{desk.here}/new/needs"
    same = send(producer, form, power_w="500", words="", why="Vì sao")
    unsaid = send(producer, form, power_w="900", words="Máy sấy", why=" ")
    assert (same.status_code, unsaid.status_code) == (409, 409)
    assert "Máy sấy" in unsaid.get_data(as_text=True)
    foreign = send(producer, f"{desk.here}/new/products", products="999999", why="Vì sao")
    assert foreign.status_code == 422
    assert rows.scalars(select(ChangeRequest)).all() == []


def test_a_part_that_changed_meanwhile_is_never_overwritten(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    send(browse(desk.producer), f"{desk.here}/new/needs", power_w="2000", words="", why="Máy sấy")
    mine(rows, desk).needs = {"power_w": 700}
    rows.commit()
    assert decide(browse(desk.organiser), send, the_change(rows), "approve").status_code == 409
    assert mine(rows, desk).needs == {"power_w": 700}


def test_parts_are_proposed_by_their_exhibitor_only_and_not_while_they_can_be_edited(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    form = f"{desk.here}/new/needs"
    assert browse(desk.producer).get(form).status_code == 200
    assert browse(desk.stranger).get(form).status_code == 404
    assert browse(desk.organiser).get(form).status_code == 404
    mine(rows, desk).state = State.RETURNED
    rows.commit()
    assert browse(desk.producer).get(form).status_code == 302
