"""What every request must pass and every answer must carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.rules.fairs import FairState
from fairapp.store.accounts import Account
from fairapp.store.operations import AuditEntry
from fairapp.web.security import host_is_known
from tests import factories as make
from tests.web.conftest import each_alone

Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]
WRONG = {"email": "lan@example.org", "password": "wrong words here"}


@pytest.fixture
def lan(rows: Session) -> Account:
    """Somebody who can be signed in."""
    account = make.account(rows)
    rows.commit()
    return account


@pytest.fixture
def behind_proxy(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The same database behind https and a proxy at 10.0.0.1."""
    inner = app.config["FAIRAPP"]
    settings = replace(
        inner,
        base_url="https://fair.example",
        trusted_hosts=("fair.example",),
        trusted_proxies=(ip_network("10.0.0.0/30"),),
    )
    public = create_app(settings)
    public.wsgi_app = each_alone(public.wsgi_app)  # type: ignore[method-assign]
    yield public
    version = public.extensions.get("public_version")
    if version is not None:
        version.close()
    with public.app_context():
        from fairapp.store.base import db

        db.session.remove()
        db.engine.dispose()


def token_of(browser: FlaskClient, page: str = "/sign-in", **more: Any) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page, **more).get_data(as_text=True))
    assert found is not None
    return found[1]


# Language


@pytest.mark.parametrize(("language", "heading"), [("vi", "Biểu mẫu"), ("en", "This form")])
def test_a_refusal_speaks_the_askers_language_whatever_was_spoken_before(
    client: FlaskClient, language: str, heading: str
) -> None:
    other = {"vi": "en", "en": "vi"}[language]
    client.get("/sign-in", headers={"Accept-Language": other})
    answer = client.post(
        "/sign-in", headers={"Accept-Language": language, "Origin": "http://localhost"}, data=WRONG
    )
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.get_data(as_text=True)
    assert heading in answer.get_data(as_text=True)


# Hosts


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_our_own_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/privacy", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8000", "", "localhost@evil", "[::2]"]
)
def test_unknown_hosts_are_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/privacy", headers={"Host": host}).status_code == 400


def test_a_port_is_no_part_of_the_name() -> None:
    assert host_is_known("fair.example:443", ("fair.example",))
    assert not host_is_known("fair.example.evil", ("fair.example",))


# Origin and CSRF


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 422),
        ({}, 422),
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "https://localhost"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_unsafe_requests_come_from_our_own_pages(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    data = {"csrf_token": token_of(client), **WRONG}
    assert client.post("/sign-in", data=data, headers=headers).status_code == status


def test_reading_from_elsewhere_is_fine(client: FlaskClient) -> None:
    headers = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert client.get("/sign-in", headers=headers).status_code == 200


@pytest.mark.parametrize("token", [None, "", "wrong", "x" * 5000])
def test_no_form_works_without_its_token(
    lan: Account, browse: Browse, rows: Session, token: str | None
) -> None:
    data = {} if token is None else {"csrf_token": token}
    assert browse(lan).post("/account/agree", data=data).status_code == 400
    assert rows.scalars(select(AuditEntry)).all() == []


def test_a_token_of_another_session_does_not_work(lan: Account, browse: Browse, app: Flask) -> None:
    foreign = token_of(app.test_client())
    assert browse(lan).post("/account/agree", data={"csrf_token": foreign}).status_code == 400


# Odd input


@pytest.mark.parametrize("odd", ["\0", "\u202e", "\u202d", "\ud800"])
@pytest.mark.parametrize("where", ["value", "name", "query", "path", "file"])
def test_text_that_hides_something_is_refused(client: FlaskClient, odd: str, where: str) -> None:
    from urllib.parse import quote

    quoted = quote(f"a{odd}b".encode("utf-8", "surrogatepass"))
    data = f"csrf_token={token_of(client)}&email=a&password=b"
    form = {"content_type": "application/x-www-form-urlencoded"}
    if where == "value":
        answer = client.post("/sign-in", data=f"{data}&next={quoted}", **form)
    elif where == "name":
        answer = client.post("/sign-in", data=f"{data}&{quoted}=1", **form)
    elif where == "query":
        answer = client.get(f"/sign-in?next=/{quoted}")
    elif where == "path":
        answer = client.get(f"/confirm/{quoted}")
    else:
        body = (
            b'--x\r\nContent-Disposition: form-data; name="photo"; filename="'
            + f"a{odd}b.png".encode("utf-8", "surrogatepass")
            + b'"\r\nContent-Type: image/png\r\n\r\nx\r\n--x--\r\n'
        )
        answer = client.post("/sign-in", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400


@pytest.mark.parametrize("body", [b"email=\xff&password=x", b"email=%ff&password=x", b"%ed%a0%80=1"])
def test_bytes_that_are_no_text_are_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


def test_a_field_of_a_megabyte_is_too_large(client: FlaskClient) -> None:
    data = {"csrf_token": token_of(client), "email": "x" * 2**20, "password": "x"}
    assert client.post("/sign-in", data=data).status_code == 413
    body = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n' + b"x" * 2**20 + b"\r\n--x--\r\n"
    answer = client.post("/sign-in", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413


def test_a_thousand_fields_are_too_many(client: FlaskClient) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="field{}"\r\n\r\nx\r\n'
    body = "".join(part.format(n) for n in range(1000)) + "--x--\r\n"
    answer = client.post("/sign-in", data=body.encode(), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body", ['{"a":' * 20_000 + "1" + "}" * 20_000, "[" * 20_000 + "]" * 20_000, '{"a": "\\ud800"}', "{", ""]
)
def test_odd_json_is_our_callers_mistake(client: FlaskClient, body: str) -> None:
    answer = client.post("/sign-in", data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500


# Headers


@pytest.mark.parametrize("page", ["/sign-in", "/privacy", "/nowhere", "/account"])
def test_every_answer_is_strict(client: FlaskClient, page: str) -> None:
    headers = client.get(page).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert (policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'")
    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("page", ["/account", "/privacy", "/nowhere", "/healthz"])
def test_what_somebody_signed_in_sees_is_kept_by_no_cache(lan: Account, browse: Browse, page: str) -> None:
    assert browse(lan).get(page).headers["Cache-Control"] == "no-store"


def test_pages_hold_no_script_and_no_style_of_their_own(lan: Account, browse: Browse) -> None:
    for page in ("/account", "/account/password", "/privacy", "/nowhere"):
        text = browse(lan).get(page).get_data(as_text=True)
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]+src=)", text) == []


# Cookies, https and proxies


def test_over_https_the_cookie_is_bound_to_the_host(behind_proxy: Flask) -> None:
    answer = behind_proxy.test_client().get("/sign-in", base_url="https://fair.example")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-fairapp=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_https_the_cookie_has_no_such_name(client: FlaskClient) -> None:
    (cookie,) = client.get("/sign-in").headers.getlist("Set-Cookie")
    assert cookie.startswith("fairapp=")
    assert "HttpOnly" in cookie


@pytest.mark.parametrize(
    ("neighbour", "said", "kept"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, nonsense", "10.0.0.1"),
        ("203.0.113.50", "198.51.100.1", "203.0.113.50"),
        ("10.0.0.9", "198.51.100.1", "10.0.0.9"),
    ],
)
def test_only_a_trusted_proxy_is_believed_about_the_client(
    behind_proxy: Flask, rows: Session, neighbour: str, said: str, kept: str
) -> None:
    browser = behind_proxy.test_client()
    over = {
        "base_url": "https://fair.example",
        "environ_base": {"REMOTE_ADDR": neighbour},
        "headers": {"X-Forwarded-For": said, "X-Forwarded-Proto": "https"},
    }
    data = {"csrf_token": token_of(browser, **over), **WRONG}
    assert browser.post("/sign-in", data=data, **over).status_code == 422
    assert rows.scalars(select(AuditEntry.address)).all() == [kept]


def test_a_forwarded_host_is_never_believed(behind_proxy: Flask) -> None:
    answer = behind_proxy.test_client().get(
        "/account",
        base_url="https://fair.example",
        environ_base={"REMOTE_ADDR": "10.0.0.1"},
        headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    )
    assert answer.location == "/sign-in?next=/account"


def test_settings_read_hosts_and_proxies(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "FAIRAPP_INSTANCE": str(tmp_path),
            "FAIRAPP_BASE_URL": "https://fair.example",
            "FAIRAPP_TRUSTED_HOSTS": "www.fair.example, FAIR2.example",
            "FAIRAPP_TRUSTED_PROXIES": "10.0.0.0/30, ::1",
        }
    )
    assert settings.trusted_hosts == ("www.fair.example", "fair2.example", "fair.example")
    assert settings.trusted_proxies == (ip_network("10.0.0.0/30"), ip_network("::1/128"))


# Numbers and names in addresses


def test_a_number_that_no_row_can_have_is_not_found(app: Flask, rows: Session, browse: Browse) -> None:
    everything = make.account(rows)
    make.grant(rows, everything, Role.ADMINISTRATOR)
    make.fair(rows, code="OCOP27")
    rows.commit()
    browser, asked = browse(everything), 0
    for rule in app.url_map.iter_rules():
        numbers = [
            name for name in rule.arguments if isinstance(rule._converters.get(name), IntegerConverter)
        ]
        if numbers and "GET" in (rule.methods or ()):
            given = {name: "OCOP27" if name == "fair_code" else "x" for name in rule.arguments}
            address = rule.rule
            for name in rule.arguments:
                large = str(10**30) if name in numbers else given[name]
                address = re.sub(rf"<[^<>]*\b{name}>", large, address)
            assert (browser.get(address).status_code, address) == (404, address)
            asked += 1
    assert asked > 20


@pytest.mark.parametrize("page", ["/o/{}", "/o/{}/settings", "/me/apply/{}", "/g/{}"])
def test_a_stranger_cannot_tell_a_hidden_fair_from_none(
    client: FlaskClient, rows: Session, page: str
) -> None:
    make.fair(rows, code="HIDDEN", state=FairState.PLANNED)
    rows.commit()
    hidden, none = (client.get(page.format(code)) for code in ("HIDDEN", "NONE"))
    assert (hidden.status_code, none.status_code) == (302, 302)
    assert none.location == hidden.location.replace("HIDDEN", "NONE")


@pytest.mark.parametrize("page", ["/f/{}", "/f/{}/plan", "/o/{}", "/me/apply/{}"])
def test_the_answer_for_a_hidden_fair_says_nothing_of_it(
    lan: Account, browse: Browse, client: FlaskClient, rows: Session, page: str
) -> None:
    make.fair(rows, code="HIDDEN", state=FairState.PLANNED, names={"vi": "Hội chợ kín", "en": "Secret fair"})
    rows.commit()
    for browser in (client, browse(lan)):
        hidden, none = (
            browser.get(page.format(code), follow_redirects=True).get_data(as_text=True).replace(code, "?")
            for code in ("HIDDEN", "NONE")
        )
        token = re.compile(r'(?<=name="csrf_token" value=")[^"]+')
        assert token.sub("", hidden) == token.sub("", none)


# Ways back


@pytest.mark.parametrize(
    "way", ["//evil.example", "https://evil.example", "/\\evil.example", "/\n/evil.example"]
)
def test_no_way_back_leads_elsewhere(lan: Account, browse: Browse, client: FlaskClient, way: str) -> None:
    from urllib.parse import quote

    query = f"next={quote(way)}"
    assert client.get(f"/language?lang=en&{query}").location == "/"
    for page in ("/sign-in", "/register"):
        assert browse(lan).get(f"{page}?{query}").location == "/start"
        shown = client.get(f"{page}?{query}").get_data(as_text=True)
        assert 'name="next" value=""' in shown
