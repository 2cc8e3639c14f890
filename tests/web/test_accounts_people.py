"""Who may do what, on the pages of organisers and administrators."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry
from tests import factories as make
from tests.asking import statements

Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]
PEOPLE = "/o/OCOP27/people"


class Office:
    """A fair with an organiser, another fair, an administrator, and Hoa who holds no role."""

    def __init__(self, rows: Session) -> None:
        self.fair: Fair = make.fair(rows)
        self.other: Fair = make.fair(rows, "OTHER")
        self.organiser = self._with(rows, Role.ORGANISER, self.fair)
        self.administrator = self._with(rows, Role.ADMINISTRATOR, None)
        self.hoa = make.account(
            rows, name="Đỗ Thị Hoa", email="hoa@example.org", email_folded="hoa@example.org"
        )
        rows.commit()

    @staticmethod
    def _with(rows: Session, role: Role, fair: Fair | None) -> Account:
        account = make.account(rows)
        make.grant(rows, account, role, fair)
        return account


@pytest.fixture
def office(rows: Session) -> Office:
    """The fair and its people."""
    return Office(rows)


def held(rows: Session, account: Account) -> list[tuple[Role, int | None]]:
    return [(g.role, g.fair_id) for g in rows.scalars(select(RoleGrant).filter_by(account_id=account.id))]


def test_an_organiser_grants_a_role_and_takes_it_back(
    office: Office, rows: Session, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    answer = send(browser, PEOPLE, email="hoa@example.org", role="steward")
    assert (answer.status_code, answer.location) == (302, PEOPLE)
    assert held(rows, office.hoa) == [(Role.STEWARD, office.fair.id)]
    page = browser.get(PEOPLE).get_data(as_text=True)
    assert "Đỗ Thị Hoa" in page

    grant = rows.scalars(select(RoleGrant).filter_by(account_id=office.hoa.id)).one()
    assert send(browser, PEOPLE, f"{PEOPLE}/{grant.id}/revoke").location == PEOPLE
    assert held(rows, office.hoa) == []
    assert rows.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all() == [
        "role.granted",
        "role.revoked",
    ]


@pytest.mark.parametrize(
    "form",
    [
        {"email": "hoa@example.org", "role": "administrator"},
        {"email": "hoa@example.org", "role": "nonsense"},
        {"email": "nobody@example.org", "role": "steward"},
        {"email": "hoa", "role": "steward"},
        {},
    ],
)
def test_what_cannot_be_granted_is_said_and_changes_nothing(
    office: Office, rows: Session, browse: Browse, send: Send, form: dict[str, str]
) -> None:
    answer = send(browse(office.organiser), PEOPLE, **form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert len(rows.scalars(select(RoleGrant)).all()) == 2


def test_strangers_find_no_page_and_staff_without_the_right_are_turned_away(
    office: Office, rows: Session, browse: Browse
) -> None:
    make.grant(rows, office.hoa, Role.STEWARD, office.fair)
    stranger = make.account(rows)
    rows.commit()
    assert browse(stranger).get("/admin/accounts").status_code == 403
    assert browse(stranger).get(PEOPLE).status_code == 404
    assert browse(office.hoa).get(PEOPLE).status_code == 403
    assert browse(office.hoa).get("/o/OTHER/people").status_code == 404
    assert browse(office.organiser).get("/o/OTHER/people").status_code == 404
    assert browse(office.organiser).get("/admin/accounts").status_code == 403
    assert browse(None).get(PEOPLE).status_code == 302


def test_a_grant_of_another_fair_is_missing_here(
    office: Office, rows: Session, browse: Browse, send: Send
) -> None:
    foreign = make.grant(rows, office.hoa, Role.STEWARD, office.other)
    rows.commit()
    answer = send(browse(office.organiser), PEOPLE, f"{PEOPLE}/{foreign.id}/revoke")
    assert answer.status_code == 404
    assert held(rows, office.hoa) == [(Role.STEWARD, office.other.id)]


def test_ones_own_role_stays_and_says_why(office: Office, rows: Session, browse: Browse, send: Send) -> None:
    own = rows.scalars(select(RoleGrant).filter_by(account_id=office.organiser.id)).one()
    answer = send(browse(office.organiser), PEOPLE, f"{PEOPLE}/{own.id}/revoke")
    assert answer.status_code == 409
    assert "tự bỏ vai trò" in answer.get_data(as_text=True)


def test_an_administrator_grants_in_any_fair_or_in_all(
    office: Office, rows: Session, browse: Browse, send: Send
) -> None:
    browser, page = browse(office.administrator), f"/admin/accounts/{office.hoa.id}"
    assert send(browser, page, role="reviewer", fair=str(office.other.id)).status_code == 302
    assert send(browser, page, role="administrator", fair="").status_code == 302
    assert send(browser, page, role="steward", fair="").status_code == 422
    assert sorted(held(rows, office.hoa), key=str) == sorted(
        [(Role.REVIEWER, office.other.id), (Role.ADMINISTRATOR, None)], key=str
    )
    grant = rows.scalars(select(RoleGrant).filter_by(account_id=office.hoa.id, role=Role.REVIEWER)).one()
    assert send(browser, page, f"{page}/roles/{grant.id}/revoke").location == page
    assert held(rows, office.hoa) == [(Role.ADMINISTRATOR, None)]


def test_a_closed_account_is_missing(office: Office, rows: Session, browse: Browse) -> None:
    office.hoa.closed_at = make.NOW
    rows.commit()
    assert browse(office.administrator).get(f"/admin/accounts/{office.hoa.id}").status_code == 404


def names_on(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=do+thi+hoa", ["Đỗ Thị Hoa"]),
        ("q=hoa%40EXAMPLE", ["Đỗ Thị Hoa"]),
        ("q=%25", None),
        ("q=h%25a%40", []),
        ("q=zzz", []),
        ("role=organiser", ["office"]),
        ("role=nonsense&q=hoa@example.org", ["Đỗ Thị Hoa"]),
    ],
)
def test_accounts_are_found_by_words_without_accents_address_and_role(
    office: Office, browse: Browse, query: str, found: list[str] | None
) -> None:
    page = browse(office.administrator).get(f"/admin/accounts?{query}").get_data(as_text=True)
    names = [office.organiser.name if name == "office" else name for name in found or []]
    assert names_on(page) == names if found is not None else len(names_on(page)) == 3


def test_fifty_accounts_stand_on_a_page_and_the_rest_on_the_next(
    office: Office, rows: Session, browse: Browse
) -> None:
    for _ in range(60):
        make.account(rows)
    rows.commit()
    browser = browse(office.administrator)
    first, second, beyond = (
        names_on(browser.get(f"/admin/accounts?page={number}").get_data(as_text=True))
        for number in (1, 2, 99)
    )
    assert (len(first), len(second)) == (50, 13)
    assert beyond == second
    assert set(first) & set(second) == set()


@pytest.mark.parametrize("page", ["/admin/accounts", PEOPLE])
def test_many_rows_need_no_more_questions_than_three(
    office: Office, rows: Session, browse: Browse, page: str
) -> None:
    browser = browse(office.administrator)
    make.grant(rows, office.hoa, Role.STEWARD, office.fair)
    rows.commit()
    browser.get(page)
    with statements() as few:
        browser.get(page)
    for _ in range(45):
        make.grant(rows, make.account(rows), Role.REVIEWER, office.fair)
    rows.commit()
    with statements() as many:
        assert browser.get(page).status_code == 200
    assert len(many) == len(few)
