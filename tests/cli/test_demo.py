"""The demo fair: loaded once, alive in every state, and never served beyond this machine."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from tests.serving import fairapp, free_port, settings

TYPED_FOR = (
    " AND organisation_id NOT IN (SELECT organisation_id FROM delegation_entry)"
    " AND organisation_id NOT IN (SELECT organisation_id FROM partner WHERE organisation_id IS NOT NULL)"
)
"""What a head types for its producers, and exhibitors for their partners, has no pictures yet."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation with the demo fair, where a letter was waiting before."""
    environment = settings(tmp_path_factory.mktemp("demo"), free_port())
    fairapp("migrate", environment=environment)
    with closing(sqlite3.connect(Path(environment["FAIRAPP_INSTANCE"]) / "fairapp.db")) as rows, rows:
        rows.execute(
            "INSERT INTO outbox_message (name, facts, made_at, due_at, tries, error)"
            " VALUES ('mail.planted', '{}', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0, '')"
        )
    said = json.loads(fairapp("demo", "--json", environment=environment))
    assert said["loaded"] is True
    return environment


@pytest.fixture
def rows(demo: dict[str, str]) -> Iterator[sqlite3.Connection]:
    """Its database, to look at."""
    with closing(sqlite3.connect(Path(demo["FAIRAPP_INSTANCE"]) / "fairapp.db")) as connection:
        yield connection


def counted(rows: sqlite3.Connection, question: str) -> int:
    found: int = rows.execute(question).fetchone()[0]
    return found


def test_a_second_time_changes_nothing(demo: dict[str, str], rows: sqlite3.Connection) -> None:
    before = counted(rows, "SELECT count(*) FROM audit_entry")
    assert json.loads(fairapp("demo", "--json", environment=demo))["loaded"] is False
    assert counted(rows, "SELECT count(*) FROM audit_entry") == before


def test_applications_stand_in_every_state(rows: sqlite3.Connection) -> None:
    assert {state for (state,) in rows.execute("SELECT DISTINCT state FROM application")} == {
        state.value
        for state in State
        if state is not State.LAPSED  # the demo's time to confirm has no end
    }


def test_the_hall_is_alive(rows: sqlite3.Connection) -> None:
    assert counted(rows, "SELECT count(*) FROM hall") == 2
    assert counted(rows, "SELECT count(*) FROM booth") >= 115
    assert counted(rows, "SELECT count(DISTINCT booth_id) FROM claim_day") >= 70
    shared = "SELECT booth_id FROM claim_day GROUP BY booth_id HAVING count(DISTINCT claim_id) = 2"
    assert counted(rows, f"SELECT count(*) FROM ({shared})") == 1
    assert counted(rows, "SELECT count(*) FROM co_exhibitor") >= 3
    assert counted(rows, "SELECT count(DISTINCT country) FROM organisation") >= 12
    assert counted(rows, f"SELECT count(*) FROM product WHERE photo_id IS NULL{TYPED_FOR}") == 0


def test_nobody_is_written_to_about_steps_in_the_past(rows: sqlite3.Connection) -> None:
    assert (
        counted(rows, "SELECT count(*) FROM outbox_message WHERE done_at IS NULL AND name LIKE 'mail.app%'")
        == 0
    )


def test_letters_that_waited_before_the_demo_came_are_still_sent(rows: sqlite3.Connection) -> None:
    waiting = rows.execute("SELECT name FROM outbox_message WHERE done_at IS NULL").fetchall()
    assert ("mail.planted",) in waiting


def test_every_exhibitor_has_the_name_that_stands_over_its_booth(rows: sqlite3.Connection) -> None:
    names = {name for (name,) in rows.execute("SELECT fascia_name FROM exhibitor")}
    assert "" not in names
    assert max(map(len, names)) <= 32


def test_every_role_has_a_log_in_that_only_the_owner_reads(demo: dict[str, str]) -> None:
    kept = Path(demo["FAIRAPP_INSTANCE"]) / "demo-accounts.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    people = json.loads(kept.read_text())
    assert [each["role"] for each in people] == [role.value for role in Role]
    assert len({each["password"] for each in people}) == len(people)


def test_demo_accounts_are_never_served_beyond_this_machine(demo: dict[str, str]) -> None:
    with pytest.raises(AssertionError, match=r"served on 127\.0\.0\.1 only"):
        fairapp("serve", "--host", "192.0.2.1", environment=demo)
