"""Priority points in the browser: listed, given, carried over, and closed to everybody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.priority_points import PointKind
from fairapp.store.accounts import Account
from fairapp.store.points import PriorityPoint, points_of
from tests import factories as make
from tests.asking import queries
from tests.factories import NOW

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """An office with one applicant, and the office of another fair."""

    def __init__(self, rows: Session) -> None:
        self.fair = make.fair(rows)
        self.one = make.application(
            rows, make.organisation(rows, "HTX Quế Trà Bồng", folded="htx que tra bong"), self.fair
        )
        self.office = make.account(rows, language="en")
        make.grant(rows, self.office, Role.ORGANISER, self.fair)
        self.earlier = make.fair(rows, "OCOP26")
        self.elsewhere = make.account(rows, language="en")
        make.grant(rows, self.elsewhere, Role.ORGANISER, self.earlier)
        rows.commit()

    @property
    def page(self) -> str:
        return f"/o/OCOP27/points/{self.one.id}"


@pytest.fixture
def desk(rows: Session) -> Desk:
    """The office and its applicant."""
    return Desk(rows)


def entry(rows: Session, desk: Desk, fair_id: int, amount: int, of: int | None = None) -> None:
    rows.add(
        PriorityPoint(
            fair_id=fair_id,
            organisation_id=of or desk.one.organisation_id,
            kind=PointKind.EARNED,
            amount=amount,
            cause="ten years",
            entry_key=f"k{amount}",
            at=NOW,
        )
    )
    rows.commit()


def test_an_entry_is_made_once_however_often_it_is_sent(desk: Desk, rows: Session, browse: Browse) -> None:
    office = browse(desk.office)
    shown = office.get(desk.page).get_data(as_text=True)
    fields = dict(re.findall(r'name="(csrf_token|entry_key)"[^>]*value="([^"]+)"', shown))
    said = {**fields, "kind": "earned", "amount": "3", "cause": "Three fairs"}
    for _press in range(2):
        assert office.post(desk.page, data=said, headers={"Origin": "http://localhost"}).status_code == 303
    assert points_of(rows, desk.fair.id, [desk.one.organisation_id]) == {desk.one.organisation_id: 3}
    page = office.get(desk.page).get_data(as_text=True)
    assert "Three fairs" in page
    assert "HTX Quế Trà Bồng" in office.get("/o/OCOP27/points?q=que").get_data(as_text=True)


def test_what_cannot_be_given_stays_written_with_its_reason(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    entry(rows, desk, desk.fair.id, 2)
    fields = {"kind": "expired", "cause": "Kept for later", "entry_key": "12345678"}
    answer = send(browse(desk.office), desk.page, amount="-5", **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "has 2 points" in page
    assert 'value="Kept for later"' in page
    wrong = send(browse(desk.office), desk.page, amount="x", **fields)
    assert wrong.status_code == 422


def test_earlier_points_come_from_fairs_of_ones_own_alone(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    entry(rows, desk, desk.earlier.id, 8)
    office, carry = browse(desk.office), "/o/OCOP27/points/carry"
    assert "OCOP26" not in office.get("/o/OCOP27/points").get_data(as_text=True)
    kept = str(desk.earlier.id)
    assert send(office, desk.page, carry, from_fair=kept).status_code == 404
    make.grant(rows, desk.office, Role.ORGANISER, desk.earlier)
    rows.commit()
    assert send(office, "/o/OCOP27/points", carry, from_fair=kept).status_code == 303
    assert points_of(rows, desk.fair.id, [desk.one.organisation_id]) == {desk.one.organisation_id: 8}


def test_the_ledger_is_closed_to_others(desk: Desk, rows: Session, browse: Browse) -> None:
    entry(rows, desk, desk.fair.id, 2)
    finance = make.account(rows)
    make.grant(rows, finance, Role.FINANCE, desk.fair)
    rows.commit()
    for account, status in ((finance, 403), (desk.elsewhere, 404)):
        for page in ("/o/OCOP27/points", desk.page):
            answer = browse(account).get(page)
            assert (answer.status_code, "ten years" in answer.get_data(as_text=True)) == (status, False)


def test_a_longer_ledger_asks_the_database_as_often(desk: Desk, rows: Session, browse: Browse) -> None:
    office = browse(desk.office)
    entry(rows, desk, desk.fair.id, 1)
    listed, one = queries(office, "/o/OCOP27/points"), queries(office, desk.page)
    for amount in (2, 3):
        entry(rows, desk, desk.fair.id, amount)
        other = make.application(rows, make.organisation(rows), desk.fair)
        entry(rows, desk, desk.fair.id, amount, other.organisation_id)
    assert len(queries(office, "/o/OCOP27/points")) == len(listed)
    assert len(queries(office, desk.page)) == len(one)
