"""The application as a browser meets it, on each kind of database, empty before every test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.store.accounts import Account
from fairapp.store.base import db
from fairapp.store.fairs import Fair
from fairapp.web.turns import Turns
from tests import factories as make
from tests.databases import Databases, empty_tables

AT_ONCE = 8
"""Pages worked on at a time, as by two workers of the server. Whoever presses beyond that waits for a turn,
before the server: were all let in, the last of 64 would wait for a connection until the pool gives up."""


def each_alone(serve: Any) -> Any:
    """Give each request a context of its own, as a server does; Flask would go on in the test's.

    Otherwise ``g`` lasts over requests: who had signed in, in which browser, which token a form got.
    """

    def served(environ: Any, start_response: Any) -> list[bytes]:
        answer: list[bytes] = Context().run(_whole, serve, environ, start_response)
        if has_app_context():  # the test's own rows show what the request changed
            db.session.rollback()
            db.session.expire_all()
        return answer

    return served


def _whole(serve: Any, environ: Any, start_response: Any) -> list[bytes]:
    parts = serve(environ, start_response)
    try:
        return [b"".join(parts)]
    finally:
        if hasattr(parts, "close"):
            parts.close()


@pytest.fixture(scope="session")
def whole_app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application per worker and kind of database."""
    instance = tmp_path_factory.mktemp("instance")
    url = databases.ready()
    settings = read_settings(
        {
            "FAIRAPP_INSTANCE": str(instance),
            "FAIRAPP_DATABASE_URL": url,
            "FAIRAPP_MAIL": f"file:{instance / 'mail.jsonl'}",
            "FAIRAPP_BASE_URL": "http://localhost",
            "FAIRAPP_PAGE_THREADS": str(AT_ONCE),
        }
    )
    app = create_app(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    alone = each_alone(app.wsgi_app)
    app.wsgi_app = Turns(alone, AT_ONCE)  # type: ignore[method-assign]
    yield app
    app.extensions["public_version"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The application with empty tables."""
    with whole_app.app_context():
        with db.engine.begin() as connection:
            empty_tables(connection)
        whole_app.extensions.pop("board_answers", None)  # numbers of events begin anew
        mail = Path(whole_app.config["FAIRAPP"].instance) / "mail.jsonl"
        mail.unlink(missing_ok=True)
        yield whole_app
        db.session.remove()


@pytest.fixture
def rows(app: Flask) -> Session:
    """The session in which a test lays out its rows; call ``rows.commit()`` before the request."""
    return db.session()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client()


@pytest.fixture
def browse(app: Flask) -> Callable[[Account | None], FlaskClient]:
    """``browse(account)``: a browser in which the account has signed in."""

    def opened(account: Account | None = None) -> FlaskClient:
        browser = app.test_client()
        if account is not None:
            with browser.session_transaction() as session:
                session["_user_id"] = f"{account.id}.{account.epoch}"
                session["_fresh"] = True
        return browser

    return opened


@pytest.fixture
def send() -> Callable[..., Any]:
    """``send(browser, page, action=None, **fields)``: post a page's form with its CSRF token."""

    def sent(browser: FlaskClient, page: str, action: str | None = None, **fields: Any) -> Any:
        shown = browser.get(page).get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
        assert token is not None, f"no form on {page}"
        data = {"csrf_token": token[1], **fields}
        return browser.post(action or page, data=data, headers={"Origin": "http://localhost"})

    return sent


@pytest.fixture
def organiser(rows: Session, fair: Fair) -> Account:
    """An organiser of the module's own ``fair``, reading English."""
    account = make.account(rows, language="en")
    make.grant(rows, account, Role.ORGANISER, fair)
    rows.commit()
    return account
