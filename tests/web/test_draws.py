"""Choosing and drawing in the browser: the exhibitor's page, the office's steps, and what everybody reads."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.applications import State
from fairapp.rules.draw_file import verify
from fairapp.rules.draws import DrawRule, DrawState, NamesShown, TurnState
from fairapp.rules.holds import ChoosingSettings
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.base import db
from fairapp.store.draws import DrawEntrant, SpaceDraw
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
ORIGIN = {"Origin": "http://localhost"}


class Desk:
    """A fair open for choosing, with a maker, its office and the office of another fair."""

    def __init__(self, rows: Session) -> None:
        self.rows = rows
        day = datetime.now(UTC).date() + timedelta(days=90)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.open(self_service=True)
        self.hall = make.hall(rows, self.fair)
        self.booths = [make.booth(rows, self.hall, f"A-{n:03d}") for n in range(1, 4)]
        self.maker, self.application = self.applicant("HTX Chè Suối Giàng")
        self.office = make.account(rows, language="en")
        make.grant(rows, self.office, Role.ORGANISER, self.fair)
        self.elsewhere = make.account(rows, language="en")
        make.grant(rows, self.elsewhere, Role.ORGANISER, make.fair(rows, "ELSEWHERE"))
        rows.commit()

    def open(self, **settings: Any) -> None:
        self.fair.settings = {"choosing": ChoosingSettings(**settings).kept()}
        self.rows.commit()

    def applicant(self, name: str) -> Any:
        account, of = make.account(self.rows, language="en"), make.organisation(self.rows, name)
        make.member(self.rows, account, of)
        application = make.application(self.rows, of, self.fair, state=State.ACCEPTED)
        make.exhibitor(self.rows, of, self.fair, application_id=application.id)
        return account, application

    @property
    def page(self) -> str:
        return f"/me/applications/{self.application.id}/choose"

    def claim(self) -> BoothClaim:
        return self.rows.scalars(select(BoothClaim).order_by(BoothClaim.id.desc())).first()  # type: ignore[return-value]


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def test_a_maker_keeps_a_booth_and_takes_it(desk: Desk, browse: Browse, send: Send) -> None:
    maker = browse(desk.maker)
    shown = maker.get(f"{desk.page}?booth={desk.booths[0].id}").get_data(as_text=True)
    assert shown.count("Keep for me") == 3
    assert "Keep this booth for me" in shown
    assert send(maker, desk.page, booth_id=desk.booths[0].id).status_code == 303
    kept = maker.get(desk.page).get_data(as_text=True)
    assert "Kept for you until" in kept
    assert send(maker, desk.page, f"{desk.page}/take", claim_id=desk.claim().id).status_code == 303
    assert desk.claim().state is ClaimState.ACCEPTED
    assert "Your own booth" in maker.get(desk.page).get_data(as_text=True)


def test_a_taken_booth_is_refused_with_free_ones_nearby(desk: Desk, browse: Browse, send: Send) -> None:
    other, _application = desk.applicant("HTX Khác")
    holder = make.exhibitor(desk.rows, make.organisation(desk.rows), desk.fair)
    make.claim(desk.rows, desk.booths[0], holder, desk.fair)
    desk.rows.commit()
    answer = send(browse(desk.maker), desk.page, booth_id=desk.booths[0].id)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Free nearby:" in said
    assert send(browse(other), desk.page.replace("choose", ""), desk.page).status_code == 404


def test_the_page_is_for_its_maker_its_head_and_its_office(desk: Desk, browse: Browse) -> None:
    head, (other, _application) = make.account(desk.rows, language="en"), desk.applicant("HTX Khác")
    desk.application.delegation_id = make.delegation(desk.rows, desk.fair, head).id
    desk.rows.commit()
    for account, status in ((head, 200), (desk.office, 200), (other, 404), (desk.elsewhere, 404)):
        answer = browse(account).get(desk.page)
        assert answer.status_code == status
        assert ("The record says so." in answer.get_data(as_text=True)) is (status == 200)


def test_the_office_offers_a_booth_once_and_nobody_else_does(desk: Desk, browse: Browse, send: Send) -> None:
    desk.open(offer_hours=5)
    office, to, first = browse(desk.office), f"{desk.page}/offer", desk.booths[0].id
    assert "Offer this booth" in office.get(f"{desk.page}?booth={first}").get_data(as_text=True)
    assert send(browse(desk.maker), desk.page, to, booth_id=first).status_code in (403, 404)
    assert send(browse(desk.elsewhere), desk.page, to, booth_id=first).status_code == 404
    assert desk.rows.scalar(select(func.count()).select_from(BoothClaim)) == 0
    for _press in range(2):
        assert send(office, desk.page, to, booth_id=first).status_code == 303
    assert desk.rows.scalar(select(func.count()).select_from(BoothClaim)) == 1
    assert desk.claim().state is ClaimState.OFFERED
    maker = browse(desk.maker)
    shown = maker.get(desk.page).get_data(as_text=True)
    assert "Offered to you by the organiser" in shown
    assert "Offer this booth" not in shown
    assert send(maker, desk.page, f"{desk.page}/take", claim_id=desk.claim().id).status_code == 303
    assert "Offer this booth" not in office.get(f"{desk.page}?booth={first}").get_data(as_text=True)


def test_without_the_way_the_page_says_what_to_do(desk: Desk, browse: Browse) -> None:
    desk.open()
    shown = browse(desk.maker).get(desk.page).get_data(as_text=True)
    assert "do not choose by themselves at the moment" in shown
    assert "Keep for me" not in shown


def test_the_office_opens_ways_and_is_told_what_is_wrong(desk: Desk, browse: Browse, send: Send) -> None:
    office, page = browse(desk.office), f"/o/{desk.fair.code}/choosing"
    plain = {"hold_minutes": "30", "deposit_hours": "48", "offer_hours": "72"}
    none = send(office, page, **plain)
    assert (none.status_code, "Open one way at least" in none.get_data(as_text=True)) == (422, True)
    begun = {"opens_at": "2027-01-02T08:00", "closes_at": "2027-01-01T08:00"}
    wrong = send(office, page, draw="y", **plain, **begun)
    assert (wrong.status_code, "2027-01-02T08:00" in wrong.get_data(as_text=True)) == (422, True)
    assert send(office, page, draw="y", halls="A", **plain).status_code == 303
    desk.rows.expire_all()
    kept = ChoosingSettings.read(desk.fair.settings)
    assert (kept.draw, kept.assigned, kept.halls, kept.hold_minutes) == (True, False, ("A",), 30)
    for account, status in ((desk.maker, 404), (desk.elsewhere, 404)):
        assert browse(account).get(page).status_code == status


def test_a_draw_goes_from_the_office_to_everybody(desk: Desk, browse: Browse, send: Send) -> None:
    desk.open(draw=True)
    office, public, page = browse(desk.office), browse(None), f"/o/{desk.fair.code}/draw"
    assert "No draw yet" in browse(desk.maker).get(f"/f/{desk.fair.code}/draw").get_data(as_text=True)
    known = datetime.now(UTC) + timedelta(days=3)
    said = {"rule": "points", "names_shown": "full", "public_source": "Mega 6/45, next Friday"}
    past = send(office, page, public_from="2020-01-01T08:00", **said)
    assert (past.status_code, "would be known already" in past.get_data(as_text=True)) == (409, True)
    assert send(office, page, public_from=f"{known:%Y-%m-%dT%H:%M}", **said).status_code == 303
    draw = desk.rows.scalars(select(SpaceDraw)).one()
    one = f"{page}/{draw.id}"
    assert public.get(f"/f/{desk.fair.code}/draw/1").status_code == 404
    assert send(office, one, f"{one}/seal").status_code == 303
    shown = public.get(f"/f/{desk.fair.code}/draw").get_data(as_text=True)
    desk.rows.expire_all()
    assert draw.commitment in shown
    assert "HTX Chè Suối Giàng" in shown
    assert draw.seed not in shown + public.get(f"/f/{desk.fair.code}/draw/1/file").get_data(as_text=True)
    early = send(office, one, f"{one}/reveal", public_value="04 11")
    assert (early.status_code, 'value="04 11"' in early.get_data(as_text=True)) == (409, True)

    draw.public_from = datetime.now(UTC) - timedelta(minutes=1)
    desk.rows.commit()
    assert send(office, one, f"{one}/reveal", public_value="04 11").status_code == 303
    file = public.get(f"/f/{desk.fair.code}/draw/1/file")
    assert "attachment" in file.headers["Content-Disposition"]
    assert verify(file.data, draw.commitment).order == (1,)
    begins = datetime.now(UTC) + timedelta(days=1)
    hours = {"window_minutes": "60", "opens_at": "08:00", "closes_at": "18:00"}
    wrong = send(office, one, f"{one}/start", starts_at="x", **hours)
    assert wrong.status_code == 422
    started = send(office, one, f"{one}/start", starts_at=f"{begins:%Y-%m-%dT%H:%M}", **hours)
    assert started.status_code == 303
    assert "You choose from" in browse(desk.maker).get(desk.page).get_data(as_text=True)
    assert send(browse(desk.maker), desk.page, f"{desk.page}/pass").status_code == 303
    desk.rows.expire_all()
    assert draw.state is DrawState.FINISHED
    assert desk.rows.scalars(select(DrawEntrant.state)).all() == [TurnState.PASSED]


def test_an_annulled_draw_says_why_to_everybody(desk: Desk, browse: Browse, send: Send) -> None:
    desk.open(draw=True)
    office, page = browse(desk.office), f"/o/{desk.fair.code}/draw"
    said = {"rule": "lot", "names_shown": "number", "public_source": "Mega 6/45, next Friday"}
    known = datetime.now(UTC) + timedelta(days=3)
    send(office, page, public_from=f"{known:%Y-%m-%dT%H:%M}", **said)
    one = f"{page}/{desk.rows.scalars(select(SpaceDraw.id)).one()}"
    send(office, one, f"{one}/seal")
    silent = send(office, one, f"{one}/annul", reason=" ")
    assert (silent.status_code, "everybody reads it" in silent.get_data(as_text=True)) == (409, True)
    assert send(office, one, f"{one}/annul", reason="Hall B is closed").status_code == 303
    shown = browse(None).get(f"/f/{desk.fair.code}/draw/1").get_data(as_text=True)
    assert "Hall B is closed" in shown
    assert "HTX Chè Suối Giàng" not in shown


def test_draws_are_closed_to_others(desk: Desk, browse: Browse) -> None:
    finance = make.account(desk.rows)
    make.grant(desk.rows, finance, Role.FINANCE, desk.fair)
    desk.rows.commit()
    for account, status in ((finance, 403), (desk.elsewhere, 404), (desk.maker, 404)):
        assert browse(account).get(f"/o/{desk.fair.code}/draw").status_code == status
    missing = browse(desk.office).get(f"/o/{desk.fair.code}/draw/9999")
    assert missing.status_code == 404


def test_a_longer_draw_asks_the_database_as_often(desk: Desk, browse: Browse) -> None:
    now = datetime.now(UTC)
    draw = SpaceDraw(
        fair_id=desk.fair.id,
        number=1,
        rule=DrawRule.LOT,
        names_shown=NamesShown.FULL,
        public_source="x",
        public_from=now,
        made_at=now,
    )
    desk.rows.add(draw)
    desk.rows.flush()
    for n in range(3):
        desk.applicant(f"HTX {n}")
    exhibitors = list(desk.rows.scalars(select(Exhibitor.id)))

    def enter(number: int) -> None:
        of = exhibitors[number - 1]
        desk.rows.add(DrawEntrant(draw_id=draw.id, exhibitor_id=of, number=number, points=0))
        desk.rows.commit()

    enter(1)
    office, page = browse(desk.office), f"/o/{desk.fair.code}/draw/{draw.id}"
    one = queries(office, page)
    enter(2)
    enter(3)
    assert len(queries(office, page)) == len(one)


def test_sixty_four_pick_one_booth_at_once_and_one_has_it(app: Flask, desk: Desk, browse: Browse) -> None:
    booth, many = desk.booths[0].id, 64
    head = make.account(desk.rows)
    delegation = make.delegation(desk.rows, desk.fair, head).id
    applications = []
    for n in range(many):
        _account, application = desk.applicant(f"HTX {n}")
        application.delegation_id = delegation
        applications.append(application.id)
    desk.rows.commit()
    opened = browse(head)
    page = f"/me/applications/{applications[0]}/choose"
    token = re.search(r'name="csrf_token" value="([^"]+)"', opened.get(page).get_data(as_text=True))
    assert token is not None
    cookie = opened.get_cookie("fairapp")
    assert cookie is not None
    db.session.remove()
    start = Barrier(many)

    def press(application_id: int) -> int:
        with app.test_client() as own:
            own.set_cookie("fairapp", cookie.value)
            start.wait()
            data = {"csrf_token": token[1], "booth_id": booth}
            return own.post(
                f"/me/applications/{application_id}/choose", data=data, headers=ORIGIN
            ).status_code

    with ThreadPoolExecutor(many) as pool:
        answers = Counter(pool.map(press, applications))
    assert answers == {303: 1, 409: many - 1}
    held = select(func.count()).where(BoothClaim.booth_id == booth, BoothClaim.state.in_(LIVE))
    assert db.session.scalar(held) == 1


def test_the_file_is_json_that_other_programs_read(desk: Desk, browse: Browse, send: Send) -> None:
    desk.open(draw=True)
    office, page = browse(desk.office), f"/o/{desk.fair.code}/draw"
    known = datetime.now(UTC) + timedelta(days=3)
    said = {"rule": "tickets", "names_shown": "number", "public_source": "Mega 6/45, next Friday"}
    send(office, page, public_from=f"{known:%Y-%m-%dT%H:%M}", **said)
    one = f"{page}/{desk.rows.scalars(select(SpaceDraw.id)).one()}"
    send(office, one, f"{one}/seal")
    body = json.loads(browse(None).get(f"/f/{desk.fair.code}/draw/1/file").data)
    assert sorted(body) == ["commitment", "format", "seal", "terms"]
    assert body["terms"]["entrants"][0]["name"] == ""
