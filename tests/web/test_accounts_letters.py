"""Accounts whose next step comes by letter: registered, confirmed, reset, moved to another address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextvars import Context
from datetime import UTC, datetime
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.passwords import hashed
from fairapp.jobs.outbox import drain
from fairapp.store.accounts import Account, Consent
from fairapp.store.operations import AuditEntry
from tests import factories as make

PASSWORD, OTHER = "bốn từ dễ nhớ", "năm từ khác hẳn nhau"
HASH = hashed(PASSWORD)
FORM = {"name": "Lan", "email": "lan@example.org", "password": PASSWORD, "agree": "y"}
Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]
Letters = Callable[[], list[Any]]


@pytest.fixture
def lan(rows: Session) -> Account:
    """Somebody with a password."""
    account = make.account(rows, email="lan@example.org", email_folded="lan@example.org", password_hash=HASH)
    rows.commit()
    return account


@pytest.fixture
def letters(app: Flask) -> Letters:
    """Send what the outbox holds, and read every letter that was sent so far."""

    settings = app.config["FAIRAPP"]

    def work() -> None:
        with app.app_context():
            drain(settings, datetime.now(UTC), lambda job: None)

    def read() -> list[Any]:
        Context().run(work)  # as a worker of its own: the test's session goes on
        file = Path(settings.instance) / "mail.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        return [message_from_string(json.loads(line)["raw"], policy=default) for line in lines]

    return read


def link_in(letter: Any) -> str:
    """The path of the one link of a letter."""
    (path,) = re.findall(r"http://localhost(/\S+)", letter.get_content())
    return str(path)


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def plain(answer: Any) -> str:
    """The page without what differs by chance."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", answer.get_data(as_text=True))


def test_the_whole_way_in_one_browser(
    client: FlaskClient, send: Send, letters: Letters, rows: Session
) -> None:
    answer = send(client, "/register?next=/me/apply", **FORM, next="/me/apply")
    assert answer.status_code == 200
    (letter,) = letters()
    assert str(letter["To"]) == "lan@example.org"
    link = link_in(letter)
    assert link.startswith("/confirm/")
    assert 'type="password"' not in client.get(link).get_data(as_text=True)

    answer = send(client, link, link, next="/me/apply")
    assert (answer.status_code, answer.location) == (302, "/me/apply")
    assert is_signed_in(client)
    assert client.get(link).status_code == 410
    account = rows.scalars(select(Account)).one()
    assert rows.scalars(select(Consent.account_id)).all() == [account.id]


def test_another_browser_proves_itself_by_the_password(
    client: FlaskClient, app: Flask, send: Send, letters: Letters
) -> None:
    send(client, "/register", **FORM)
    link, other = link_in(letters()[0]), app.test_client()
    assert 'type="password"' in other.get(link).get_data(as_text=True)
    assert send(other, link).status_code == 422
    assert send(other, link, password=OTHER).status_code == 422
    assert not is_signed_in(other)
    assert send(other, link, password=PASSWORD).status_code == 302
    assert is_signed_in(other)


def test_opening_a_link_changes_nothing(
    client: FlaskClient, send: Send, letters: Letters, rows: Session
) -> None:
    send(client, "/register", **FORM)
    link = link_in(letters()[0])
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert rows.scalars(select(Account)).one().confirmed_at is None


def test_registering_answers_alike_and_only_the_letter_says(
    lan: Account, app: Flask, send: Send, letters: Letters, rows: Session
) -> None:
    known = send(app.test_client(), "/register", **FORM)
    new = send(app.test_client(), "/register", **{**FORM, "email": "mai@example.org"})
    assert (known.status_code, plain(known)) == (new.status_code, plain(new).replace("mai@", "lan@"))
    assert [name for name, _ in known.headers if name != "Set-Cookie"] == [
        name for name, _ in new.headers if name != "Set-Cookie"
    ]
    subjects = [str(letter["Subject"]) for letter in letters()]
    assert subjects == ["Bạn đã có tài khoản", "Xác nhận địa chỉ để mở tài khoản"]
    rows.refresh(lan)
    assert lan.password_hash == HASH


def test_forgetting_answers_alike_and_only_the_letter_says(
    lan: Account, app: Flask, send: Send, letters: Letters
) -> None:
    known = send(app.test_client(), "/forgot", email="lan@example.org")
    unknown = send(app.test_client(), "/forgot", email="mai@example.org")
    assert (known.status_code, plain(known)) == (200, plain(unknown).replace("mai@", "lan@"))
    subjects = {str(letter["To"]): str(letter["Subject"]) for letter in letters()}
    assert subjects == {
        "lan@example.org": "Đặt mật khẩu mới",
        "mai@example.org": "Địa chỉ này chưa có tài khoản",
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agree": ""}, "agree"),
        ({"name": " "}, "name"),
        ({"name": "x" * 200}, "name"),
        ({"email": "lan@"}, "email"),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "email"),
        ({"password": "matkhau123"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_a_registration_with_something_missing_is_sent_back_with_its_text(
    client: FlaskClient, send: Send, rows: Session, wrong: dict[str, str], field: str
) -> None:
    answer = send(client, "/register", **{**FORM, **wrong})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert PASSWORD not in page
    assert rows.scalars(select(Account)).all() == []


def test_a_reset_link_sets_the_password_once_and_ends_the_other_sessions(
    lan: Account, app: Flask, browse: Browse, send: Send, letters: Letters
) -> None:
    at_home, lost = browse(lan), app.test_client()
    assert is_signed_in(at_home)
    send(lost, "/forgot", email="lan@example.org")
    link = link_in(letters()[0])
    assert send(lost, link, new_password="matkhau").status_code == 422
    assert send(lost, link, new_password=OTHER).location == "/start"
    assert is_signed_in(lost)
    assert not is_signed_in(at_home)
    assert lost.get(link).status_code == 410
    assert str(letters()[-1]["Subject"]) == "Mật khẩu của bạn đã đổi"


def test_changing_the_password_ends_all_sessions_but_ones_own(
    lan: Account, browse: Browse, send: Send
) -> None:
    here, there = browse(lan), browse(lan)
    page = "/account/password"
    assert send(here, page, current_password=OTHER, new_password=OTHER).status_code == 422
    assert is_signed_in(there)
    answer = send(here, page, current_password=PASSWORD, new_password=OTHER)
    assert (answer.status_code, answer.location) == (302, "/account")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)


def test_guessing_the_present_password_in_a_stolen_session_is_limited(
    lan: Account, browse: Browse, send: Send
) -> None:
    browser = browse(lan)
    guess = {"current_password": OTHER, "new_password": "sáu từ mới tinh cho ai"}
    statuses = [send(browser, "/account/password", **guess).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_a_new_address_is_confirmed_there_and_told_to_the_old_one(
    lan: Account, browse: Browse, send: Send, letters: Letters, rows: Session
) -> None:
    browser = browse(lan)
    form = {"email": "Mai@example.org", "current_password": PASSWORD}
    assert send(browser, "/account/email", **form).status_code == 200
    (letter,) = letters()
    assert str(letter["To"]) == "Mai@example.org"
    link = link_in(letter)

    stranger = make.account(rows)
    rows.commit()
    assert browse(stranger).get(link).status_code == 410
    assert browser.get(link).status_code == 200
    assert send(browser, link).location == "/account"
    rows.refresh(lan)
    assert (lan.email, lan.email_folded) == ("Mai@example.org", "mai@example.org")
    last = letters()[-1]
    assert (str(last["To"]), str(last["Subject"])) == ("lan@example.org", "Địa chỉ của bạn đã đổi")
    assert is_signed_in(browser)


def test_the_letter_speaks_the_language_of_the_page(
    client: FlaskClient, send: Send, letters: Letters
) -> None:
    client.get("/language?lang=en")
    send(client, "/register", **FORM)
    assert str(letters()[0]["Subject"]) == "Confirm your address to open your account"


@pytest.mark.parametrize("page", ["/confirm/x", "/reset/x", "/confirm/%F0%9F%90%9F", "/reset/" + "a" * 500])
def test_an_unknown_link_is_gone_and_says_what_to_do(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_language_is_kept_in_the_session_and_on_the_account(
    lan: Account, browse: Browse, rows: Session, send: Send
) -> None:
    browser = browse(lan)
    answer = send(browser, "/account", "/language", lang="en", next="/account")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert browser.get("/account").headers["Content-Language"] == "en"
    rows.refresh(lan)
    assert lan.language == "en"


def test_a_link_changes_the_language_of_the_session_but_no_account(
    lan: Account, browse: Browse, rows: Session
) -> None:
    browser = browse(lan)
    assert browser.get("/language?lang=en&next=/account").location == "/account"
    assert browser.get("/account").headers["Content-Language"] == "en"
    rows.refresh(lan)
    assert lan.language == "vi"
    assert rows.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(
    ("query", "where"), [("lang=xx&next=/me", "/me"), ("lang=en&next=//evil.example", "/"), ("", "/")]
)
def test_odd_languages_and_foreign_ways_back_are_let_go(client: FlaskClient, query: str, where: str) -> None:
    assert client.get(f"/language?{query}").location == where


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "Chúng tôi cần bạn đồng ý"), ("en", "We need your agreement")]
)
def test_the_privacy_notice_is_there_in_both_languages(client: FlaskClient, language: str, word: str) -> None:
    answer = client.get(f"/privacy?lang={language}")
    assert answer.status_code == 200
    assert word in answer.get_data(as_text=True)


def test_agreeing_later_is_kept_and_the_question_goes_away(
    lan: Account, browse: Browse, send: Send, rows: Session
) -> None:
    browser = browse(lan)
    assert "/account/agree" in browser.get("/account").get_data(as_text=True)
    send(browser, "/account", "/account/agree")
    assert "/account/agree" not in browser.get("/account").get_data(as_text=True)
    assert rows.scalars(select(Consent.account_id)).all() == [lan.id]


def test_signing_out_everywhere_keeps_this_browser(lan: Account, browse: Browse, send: Send) -> None:
    here, there = browse(lan), browse(lan)
    send(here, "/account", "/account/sign-out-everywhere")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
