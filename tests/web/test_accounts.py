"""The door as a browser meets it: sign in and out, register, reset, and a session that ends in the middle."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.passwords import hashed
from fairapp.rules.actors import Role
from fairapp.store.accounts import Account, LoginFailure, RoleGrant
from tests import factories as make

PASSWORD = "bốn từ dễ nhớ"
HASH = hashed(PASSWORD)
Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]


@pytest.fixture
def lan(rows: Session) -> Account:
    """Somebody with a password."""
    account = make.account(rows, email="Lan@example.org", email_folded="lan@example.org", password_hash=HASH)
    rows.commit()
    return account


def sign_in(send: Send, browser: FlaskClient, **more: Any) -> Any:
    return send(browser, "/sign-in", **{"email": "lan@example.org", "password": PASSWORD, **more})


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def test_the_right_password_opens_and_signing_out_closes(
    lan: Account, client: FlaskClient, send: Send
) -> None:
    answer = sign_in(send, client, email=" LAN@Example.org ")
    assert (answer.status_code, answer.location) == (302, "/start")
    assert is_signed_in(client)

    answer = send(client, "/account", "/sign-out")
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert not is_signed_in(client)


def test_signing_out_needs_a_post(lan: Account, browse: Browse) -> None:
    browser = browse(lan)
    assert browser.get("/sign-out").status_code == 405
    assert is_signed_in(browser)


def test_wrong_unknown_and_unconfirmed_are_answered_alike(
    lan: Account, rows: Session, client: FlaskClient, send: Send
) -> None:
    make.account(rows, email_folded="new@example.org", password_hash=HASH, confirmed_at=None)
    rows.commit()
    pages = []
    for email, password in (
        ("lan@example.org", "wrong words here"),
        ("nobody@example.org", PASSWORD),
        ("new@example.org", PASSWORD),
    ):
        answer = sign_in(send, client, email=email, password=password)
        assert answer.status_code == 422
        page = answer.get_data(as_text=True).replace(email, "")
        pages.append(re.sub(r'name="csrf_token" value="[^"]+"', "", page))
    assert pages[0] == pages[1] == pages[2]
    assert not is_signed_in(client)


def test_a_password_never_comes_back_in_a_page(lan: Account, client: FlaskClient, send: Send) -> None:
    answer = sign_in(send, client, password="wrong words here")
    assert "wrong words here" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("email", ["lan@example.org", "nobody@example.org"])
def test_the_sixth_wrong_password_is_told_to_wait(
    lan: Account, client: FlaskClient, send: Send, email: str
) -> None:
    answers = [sign_in(send, client, email=email, password="wrong words here") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    assert "15" in answers[-1].get_data(as_text=True)
    assert sign_in(send, client, email=email).status_code == 429, "not even the right one"


def test_successes_are_not_counted_and_failures_hold_no_name(
    lan: Account, rows: Session, app: Flask, send: Send
) -> None:
    for _ in range(7):
        assert sign_in(send, app.test_client()).status_code == 302
    assert rows.scalars(select(LoginFailure)).all() == []

    sign_in(send, app.test_client(), password="wrong words here")
    kept = rows.scalars(select(LoginFailure)).all()
    assert sorted(row.kind for row in kept) == ["account", "address"]
    assert all(re.fullmatch("[0-9a-f]{64}", row.digest) for row in kept)


def test_a_new_session_begins_at_the_door(lan: Account, client: FlaskClient, send: Send) -> None:
    client.get("/language?lang=en")
    with client.session_transaction() as session:
        session["planted"] = "x"
    sign_in(send, client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["language"] == "en"


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/me/fairs?a=1", "/me/fairs?a=1"),
        ("//evil.example/x", "/start"),
        ("https://evil.example/", "/start"),
        ("/\\evil.example", "/start"),
        ("/%09/evil.example", "/%09/evil.example"),
        ("/\t/evil.example", "/start"),
        ("javascript:alert(1)", "/start"),
    ],
)
def test_next_is_a_path_of_ours_or_nothing(
    lan: Account, client: FlaskClient, send: Send, wanted: str, where: str
) -> None:
    assert sign_in(send, client, next=wanted).location == where


def test_the_page_that_was_wanted_is_asked_for_again(lan: Account, client: FlaskClient) -> None:
    answer = client.get("/account/password")
    assert answer.location == "/sign-in?next=/account/password"
    page = client.get(answer.location).get_data(as_text=True)
    assert 'name="next" value="/account/password"' in page


def roles_of_start() -> list[tuple[Role | None, bool, str]]:
    return [
        (Role.ORGANISER, True, "/o/OCOP27"),
        (Role.REVIEWER, True, "/o/OCOP27"),
        (Role.FINANCE, True, "/o/OCOP27"),
        (Role.STEWARD, True, "/g/OCOP27"),
        (Role.SUPERVISOR, True, "/g/OCOP27"),
        (Role.ADMINISTRATOR, False, "/o/OCOP27"),
        (Role.PRODUCER, False, "/me"),
        (None, False, "/me"),
    ]


@pytest.mark.parametrize(("role", "in_fair", "where"), roles_of_start())
def test_everybody_starts_where_their_work_is(
    lan: Account, rows: Session, browse: Browse, role: Role | None, in_fair: bool, where: str
) -> None:
    fair = make.fair(rows)
    if role is not None:
        make.grant(rows, lan, role, fair if in_fair else None)
    rows.commit()
    assert browse(lan).get("/start").location == where


# The form that was open when the session ended


def typed_in(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


def test_text_typed_before_the_session_ended_comes_back_and_is_sent(
    lan: Account, rows: Session, browse: Browse
) -> None:
    fair = make.fair(rows)
    make.grant(rows, lan, Role.ORGANISER, fair)
    hoa = make.account(rows, email_folded="hoa@example.org")
    rows.commit()
    browser = browse(lan)
    token = re.search(
        r'name="csrf_token" value="([^"]+)"', browser.get("/o/OCOP27/people").get_data(as_text=True)
    )
    assert token is not None
    lan.epoch += 1  # the password changed elsewhere: every session ends
    rows.commit()

    form = {
        "csrf_token": token[1],
        "email": "hoa@example.org",
        "role": "reviewer",
        "password": "geheim words",
    }
    answer = browser.post("/o/OCOP27/people", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert rows.scalars(select(RoleGrant).where(RoleGrant.account_id == hoa.id)).all() == []
    assert "geheim" not in page
    carried = dict(typed_in(page))

    wrong = browser.post("/sign-in", data={**carried, "email": "lan@example.org", "password": "wrong words"})
    assert wrong.status_code == 422
    carried = dict(typed_in(wrong.get_data(as_text=True)))

    answer = browser.post("/sign-in", data={**carried, "email": "lan@example.org", "password": PASSWORD})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'action="/o/OCOP27/people"' in page
    form_again = page[page.index('action="/o/OCOP27/people"') :]
    again = dict(typed_in(form_again[: form_again.index("</form>")]))
    assert {name: value for name, value in again.items() if name != "csrf_token"} == {
        "email": "hoa@example.org",
        "role": "reviewer",
    }

    assert browser.post("/o/OCOP27/people", data=again).status_code == 302
    (granted,) = rows.scalars(select(RoleGrant).where(RoleGrant.account_id == hoa.id)).all()
    assert granted.role is Role.REVIEWER


def test_a_lost_cookie_is_a_session_that_ended(lan: Account, app: Flask, browse: Browse) -> None:
    token = dict(typed_in(browse(lan).get("/account/email").get_data(as_text=True)))["csrf_token"]
    form = {"csrf_token": token, "email": "neu@example.org"}
    answer = app.test_client().post("/account/email", data=form)
    assert answer.status_code == 401
    assert json.loads(dict(typed_in(answer.get_data(as_text=True)))["kept"]) == [["email", "neu@example.org"]]


def test_a_form_that_names_no_owner_is_not_carried_along(lan: Account, app: Flask) -> None:
    answer = app.test_client().post("/account/email", data={"csrf_token": "old", "email": "neu@example.org"})
    assert (answer.status_code, "neu@example.org" in answer.get_data(as_text=True)) == (401, False)


def test_who_signs_in_on_the_same_device_reads_nothing_of_what_another_typed(
    lan: Account, rows: Session, browse: Browse, app: Flask
) -> None:
    make.account(rows, email="mai@example.org", email_folded="mai@example.org", password_hash=HASH)
    rows.commit()
    token = dict(typed_in(browse(lan).get("/account/email").get_data(as_text=True)))["csrf_token"]
    device = app.test_client()
    ended = device.post("/account/email", data={"csrf_token": token, "email": "geheim@example.org"})
    carried = dict(typed_in(ended.get_data(as_text=True)))
    assert "geheim@example.org" in carried["kept"]
    answer = device.post("/sign-in", data={**carried, "email": "mai@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/start")
    after = device.get("/account").get_data(as_text=True)
    assert "geheim" not in after
    assert "vì thuộc tài khoản khác" in after


def test_an_old_form_of_an_open_session_gives_its_text_back(lan: Account, browse: Browse) -> None:
    answer = browse(lan).post("/account/email", data={"csrf_token": "old", "email": "<b>neu</b>@example.org"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "<b>neu" not in page
    assert dict(typed_in(page))["email"] == "<b>neu</b>@example.org"


@pytest.mark.parametrize("action", ["//evil.example/", "https://evil.example/", "/\\evil.example", ""])
def test_kept_text_is_sent_to_no_foreign_address(
    lan: Account, client: FlaskClient, send: Send, action: str
) -> None:
    answer = sign_in(send, client, kept='[["a","b"]]', kept_action=action)
    assert (answer.status_code, answer.location) == (302, "/start")


@pytest.mark.parametrize("kept", ["{", "[1]", '[["a"]]', '{"a":1}', "[" * 20_000, '[["a",1]]', "null"])
def test_odd_kept_text_is_let_go(lan: Account, client: FlaskClient, send: Send, kept: str) -> None:
    answer = sign_in(send, client, kept=kept, kept_action="/me")
    assert (answer.status_code, answer.location) == (302, "/start")
