"""Handing booths over in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.rules.documents import DocumentState, Stops
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim
from fairapp.store.operations import OutboxMessage
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """A confirmed exhibitor in A-001 whose licence is missing, an organiser, and people of elsewhere."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=9)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.hall = make.hall(rows, self.fair)
        self.maker = make.account(rows, language="en")
        self.organisation = make.organisation(rows, "HTX Chè Suối Giàng", folded="htx che suoi giang")
        make.member(rows, self.maker, self.organisation)
        self.application = make.application(rows, self.organisation, self.fair, state=State.CONFIRMED)
        exhibitor = make.exhibitor(rows, self.organisation, self.fair, application_id=self.application.id)
        self.claim = make.claim(rows, make.booth(rows, self.hall, "A-001"), exhibitor, self.fair)
        make.requirement(rows, self.fair, stops=Stops.HAND_OVER)
        self.organiser = make.account(rows, language="en")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        rows.commit()

    @property
    def here(self) -> str:
        return f"/o/OCOP27/handover/{self.claim.id}"

    @property
    def mine(self) -> str:
        return f"/me/applications/{self.application.id}/handover"


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def test_both_sides_read_what_comes_first_and_then_the_booth_is_handed_over(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    organiser, maker = browse(desk.organiser), browse(desk.maker)
    lack = "Missing documents: Business licence. Upload them under Documents."
    theirs = f"/o/OCOP27/applications/{desk.application.id}/handover"
    for browser, page in ((organiser, desk.here), (organiser, theirs), (maker, desk.mine)):
        assert lack in words(browser.get(page))
    held_back = send(organiser, "/o/OCOP27/settings/names", f"{desk.here}/hand_over")
    assert (held_back.status_code, lack in words(held_back)) == (409, True)
    make.document(rows, desk.organisation, state=DocumentState.VERIFIED)
    rows.commit()
    for _ in range(2):
        assert send(organiser, desk.here, f"{desk.here}/hand_over", words="Two keys").status_code == 303
    assert rows.scalars(select(BoothClaim.state)).one() is ClaimState.HANDED_OVER
    assert "Two keys" in words(maker.get(desk.mine))
    promised = rows.scalars(select(OutboxMessage)).one()
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    (letter,) = letter_jobs()[promised.name](work, **promised.facts)
    subject, body = render(letter, work.settings)
    assert "Booth A-001 is handed over" in subject
    assert "Two keys" in body


def test_a_hand_over_is_taken_back_with_a_reason_that_the_letter_says(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    desk.claim.state, desk.claim.handed_over_at = ClaimState.HANDED_OVER, make.NOW
    rows.commit()
    organiser = browse(desk.organiser)
    refused = send(organiser, desk.here, f"{desk.here}/take_back", words="")
    assert (refused.status_code, "Say why you take the hand-over back" in words(refused)) == (409, True)
    assert send(organiser, desk.here, f"{desk.here}/take_back", words="Wrong booth").status_code == 303
    promised = rows.scalars(select(OutboxMessage)).one()
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    (letter,) = letter_jobs()[promised.name](work, **promised.facts)
    subject, body = render(letter, work.settings)
    assert "is taken back" in subject
    assert "Wrong booth" in body


def test_the_list_finds_booths_by_code_and_by_name(browse: Browse, rows: Session, desk: Desk) -> None:
    other = make.exhibitor(rows, make.organisation(rows, "Sen Đồng Tháp", folded="sen dong thap"), desk.fair)
    early = make.booth(rows, desk.hall, "B-700")
    make.claim(rows, early, other, desk.fair, state=ClaimState.ACCEPTED)
    rows.commit()
    organiser = browse(desk.organiser)
    ready = words(organiser.get("/o/OCOP27/handover"))
    assert ("HTX Chè Suối Giàng" in ready, "Sen Đồng Tháp" in ready) == (True, False)
    assert "Sen Đồng Tháp" in words(organiser.get("/o/OCOP27/handover?show=early"))
    for query, found in (("a-001", True), ("suối giàng", True), ("b-700", False)):
        page = words(organiser.get("/o/OCOP27/handover", query_string={"q": query}))
        assert ("HTX Chè Suối Giàng" in page) is found, query
    assert "No booth is handed over yet" in words(organiser.get("/o/OCOP27/handover?show=done"))
    one = rows.scalars(select(BoothClaim).where(BoothClaim.booth_id == early.id)).one()
    assert "The exhibitor has yet to confirm" in words(organiser.get(f"/o/OCOP27/handover/{one.id}"))


def test_nobody_else_sees_or_does_it(browse: Browse, send: Send, rows: Session, desk: Desk) -> None:
    other = make.fair(rows, "ELSEWHERE")
    stranger, elsewhere = make.account(rows), make.account(rows)
    make.member(rows, stranger, make.organisation(rows))
    make.grant(rows, elsewhere, Role.ORGANISER, other)
    reviewer = make.account(rows)
    make.grant(rows, reviewer, Role.REVIEWER, desk.fair)
    rows.commit()
    people = [browse(each) for each in (stranger, elsewhere, reviewer)]
    theirs = f"/o/OCOP27/applications/{desk.application.id}/handover"
    for page, answers in {
        desk.here: (404, 404, 403),
        "/o/OCOP27/handover": (404, 404, 403),
        theirs: (404, 404, 403),
        desk.mine: (404, 404, 404),
        f"/o/ELSEWHERE/handover/{desk.claim.id}": (404, 404, 404),
    }.items():
        assert tuple(each.get(page).status_code for each in people) == answers, page
    step = f"/o/ELSEWHERE/handover/{desk.claim.id}/hand_over"
    assert send(people[1], "/o/ELSEWHERE/settings/names", step).status_code == 404
    assert rows.scalars(select(BoothClaim.state)).one() is ClaimState.CONFIRMED


def test_the_list_asks_as_often_for_three_booths_as_for_one(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    organiser, counts = browse(desk.organiser), []
    for more in (0, 2):
        for _ in range(more):
            exhibitor = make.exhibitor(rows, make.organisation(rows), desk.fair)
            make.claim(rows, make.booth(rows, desk.hall), exhibitor, desk.fair)
        rows.commit()
        counts.append(len(queries(organiser, "/o/OCOP27/handover")))
    assert counts[0] == counts[1]
