"""``fairapp accounts``: accounts that can sign in at once, and roles granted once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from fairapp.adapters.passwords import matches
from fairapp.app import create_app
from fairapp.cli.accounts import accounts
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.base import db, reading, transaction
from tests import factories as make

PASSWORD = "bốn từ dễ nhớ"
Run = Callable[..., Result]


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, with one fair."""
    settings = read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    app = create_app(settings)
    with app.app_context():
        with transaction() as session:
            make.fair(session)
        yield app
        db.session.remove()
        db.engine.dispose()
    version = app.extensions.get("public_version")
    if version is not None:
        version.close()


@pytest.fixture
def run(app: Flask) -> Run:
    """Run ``fairapp accounts …``."""

    def ran(*arguments: str, stdin: str = f"{PASSWORD}\n") -> Result:
        return CliRunner().invoke(accounts, arguments, obj=lambda: app, input=stdin)

    return ran


def said(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def roles() -> list[Role]:
    return list(db.session().scalars(select(RoleGrant.role).order_by(RoleGrant.id)))


ADD = ("add", "Lan@Example.org", "--name", "Nguyễn Thị Lan", "--password-stdin", "--json")


def test_an_account_is_added_with_its_role_and_the_password_fits(run: Run) -> None:
    answer = said(run(*ADD, "--role", "steward", "--fair", "ocop27"))
    assert (answer["created"], answer["granted"], answer["fair"]) == (True, True, "OCOP27")
    account = reading().scalars(select(Account)).one()
    assert (account.email_folded, account.name) == ("lan@example.org", "Nguyễn Thị Lan")
    assert account.confirmed_at is not None
    assert matches(account.password_hash, PASSWORD)
    assert PASSWORD not in json.dumps(answer, ensure_ascii=False)


def test_adding_twice_keeps_the_password_and_grants_what_is_new(run: Run) -> None:
    run(*ADD, "--role", "administrator")
    answer = said(run(*ADD, "--role", "administrator", stdin="another one here\n"))
    assert (answer["created"], answer["granted"]) == (False, False)
    answer = said(run(*ADD, "--role", "organiser", "--fair", "OCOP27"))
    assert (answer["created"], answer["granted"]) == (False, True)
    assert roles() == [Role.ADMINISTRATOR, Role.ORGANISER]
    assert matches(reading().scalars(select(Account)).one().password_hash, PASSWORD)


def test_without_an_input_a_password_is_made_up_and_printed_once(run: Run) -> None:
    answer = said(run("add", "lan@example.org", "--name", "Lan", "--json", stdin=""))
    assert len(answer["password"]) >= 16
    assert matches(reading().scalars(select(Account)).one().password_hash, answer["password"])
    assert "password" not in said(run("add", "lan@example.org", "--name", "Lan", "--json", stdin=""))


def test_an_easy_password_is_taken_with_a_warning(run: Run) -> None:
    result = run(*ADD, stdin="short\n")
    assert result.exit_code == 0
    assert "Warning: Use at least 10 characters" in result.stderr


def test_a_further_role_is_granted_once(run: Run) -> None:
    run(*ADD)
    grant = ("grant", "lan@example.org", "--role", "reviewer", "--fair", "OCOP27", "--json")
    assert [said(run(*grant))["granted"] for _ in range(2)] == [True, False]
    assert roles() == [Role.REVIEWER]


@pytest.mark.parametrize(
    ("arguments", "stdin", "word"),
    [
        ((*ADD, "--role", "steward"), f"{PASSWORD}\n", "--fair CODE"),
        ((*ADD, "--role", "steward", "--fair", "NONE"), f"{PASSWORD}\n", "no fair “NONE”"),
        ((*ADD, "--role", "administrator", "--fair", "OCOP27"), f"{PASSWORD}\n", "belongs to one fair"),
        ((*ADD, "--fair", "OCOP27"), f"{PASSWORD}\n", "belongs to one fair"),
        ((*ADD, "--role", "king"), f"{PASSWORD}\n", "king"),
        (ADD, "\n", "no password"),
        (ADD, "", "no password"),
        (("add", "lan", "--name", "Lan", "--password-stdin"), f"{PASSWORD}\n", "@"),
        (("add", "lan@example.org", "--name", " ", "--password-stdin"), f"{PASSWORD}\n", "name"),
        (
            ("grant", "nobody@example.org", "--role", "steward", "--fair", "OCOP27"),
            "",
            "No confirmed account",
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    run: Run, arguments: tuple[str, ...], stdin: str, word: str
) -> None:
    result = run(*arguments, stdin=stdin)
    assert result.exit_code != 0
    assert word in result.output
    assert reading().scalars(select(Account)).all() == []
