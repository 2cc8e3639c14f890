"""Wishes in the browser: written by the applicant, read by the office, hidden from everybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.wishes import Beside, WishKind
from fairapp.store.accounts import Account
from fairapp.store.wishes import BoothPreference, NeighbourWish, preferences_of
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """An accepted applicant with its member, the office, and people of elsewhere."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=90)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.booth = make.booth(rows, make.hall(rows, self.fair), "A-015", zone="food")
        self.maker, self.application = self.wisher(rows, "HTX Chè Suối Giàng")
        self.organiser = make.account(rows, language="en")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        self.elsewhere = make.account(rows, language="en")
        make.grant(rows, self.elsewhere, Role.ORGANISER, make.fair(rows, "ELSEWHERE"))
        rows.commit()

    def wisher(self, rows: Session, name: str) -> Any:
        account, own = make.account(rows, language="en"), make.organisation(rows, name)
        make.member(rows, account, own)
        return account, make.application(rows, own, self.fair, state=State.ACCEPTED)

    @property
    def mine(self) -> str:
        return f"/me/applications/{self.application.id}/wishes"


@pytest.fixture
def desk(rows: Session) -> Desk:
    """Everybody with a part in it."""
    return Desk(rows)


def typed(**said: str) -> dict[str, str]:
    return {f"kind_{n}": "booth" for n in range(1, 6)} | said


def test_the_applicant_writes_wishes_and_the_office_reads_them(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    maker = browse(desk.maker)
    fields = typed(what_1="A-015", kind_2="zone", what_2="food", apart_1="HTX Mật ong Mèo Vạc")
    answer = send(maker, desk.mine, **fields)
    assert answer.status_code == 303
    kept = preferences_of(rows, [desk.application.id])[desk.application.id]
    assert [(row.rank, row.kind) for row in kept] == [(1, WishKind.BOOTH), (2, WishKind.ZONE)]
    again = maker.get(desk.mine).get_data(as_text=True)
    assert 'value="A-015"' in again
    assert 'value="HTX Mật ong Mèo Vạc"' in again

    listed = browse(desk.organiser).get(f"/o/{desk.fair.code}/wishes").get_data(as_text=True)
    assert "HTX Chè Suối Giàng" in listed
    assert "A-015" in listed
    assert "HTX Mật ong Mèo Vạc" in listed


def test_what_is_wrong_stays_written_beside_its_reason(desk: Desk, browse: Browse, send: Send) -> None:
    answer = send(browse(desk.maker), desk.mine, **typed(what_1="Z-99", near_1="HTX Mật ong"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "The plan has no booth of this code." in page
    assert 'value="Z-99"' in page
    assert 'value="HTX Mật ong"' in page


def test_the_words_of_the_application_are_where_wishes_begin(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    desk.application.wishes = {"near": "HTX Mật ong", "not_near": "HTX Nước mắm"}
    rows.commit()
    page = browse(desk.maker).get(desk.mine).get_data(as_text=True)
    assert 'value="HTX Mật ong"' in page
    assert 'value="HTX Nước mắm"' in page


def test_an_ended_application_takes_no_wishes(desk: Desk, rows: Session, browse: Browse, send: Send) -> None:
    desk.application.state = State.WITHDRAWN
    rows.commit()
    answer = send(browse(desk.maker), desk.mine, **typed(what_1="A-015"))
    assert answer.status_code == 409
    assert "wishes change nothing" in answer.get_data(as_text=True)


def test_neither_strangers_nor_other_offices_see_them(desk: Desk, rows: Session, browse: Browse) -> None:
    secret = "HTX Bí Mật"
    rows.add(NeighbourWish(application_id=desk.application.id, kind=Beside.APART, name=secret, name_key="x"))
    other, _application = desk.wisher(rows, "HTX Khác")
    rows.commit()
    for account in (other, desk.elsewhere, desk.organiser):
        answer = browse(account).get(desk.mine)
        assert answer.status_code == 404
        assert secret not in answer.get_data(as_text=True)
    for account, status in ((other, 404), (desk.elsewhere, 404)):
        answer = browse(account).get(f"/o/{desk.fair.code}/wishes")
        assert (answer.status_code, secret in answer.get_data(as_text=True)) == (status, False)


def test_a_longer_list_asks_the_database_as_often(desk: Desk, rows: Session, browse: Browse) -> None:
    office = browse(desk.organiser)
    address = f"/o/{desk.fair.code}/wishes"

    def wish(application: Any) -> None:
        rows.add(
            BoothPreference(
                application_id=application.id, rank=1, kind=WishKind.BOOTH, booth_id=desk.booth.id
            )
        )
        rows.commit()

    wish(desk.application)
    one = queries(office, address)
    for name in ("HTX Hai", "HTX Ba"):
        wish(desk.wisher(rows, name)[1])
    assert len(queries(office, address)) == len(one)
    assert "HTX Ba" in office.get(address).get_data(as_text=True)
