"""The gate as a steward meets it, in a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import KIND_NUMBERS, BadgeKind, BadgeState
from fairapp.store.accounts import Account
from fairapp.store.gate import Admission, ScanEvent
from fairapp.store.operations import AuditEntry
from tests import factories as make
from tests.web.stalls import OpenFair

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
MAIN = "/g/OPEN/MAIN"


@pytest.fixture
def open_fair(app: Flask, rows: Session) -> OpenFair:
    fair = OpenFair(app, rows)
    rows.commit()
    return fair


def shown(browser: FlaskClient, answer: Any) -> str:
    """The page that a scan's redirect leads to."""
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"])
    assert page.status_code == 200
    return str(page.get_data(as_text=True))


def result(page: str) -> str:
    """The answer that the page shows, and its colour."""
    found = re.search(r'data-result="(\w+)"', page)
    tone = re.search(r'<main class="gate gate--(\w+)"', page)
    assert found is not None
    assert tone is not None
    return f"{found[1]} {tone[1]}"


def test_a_scanned_badge_is_admitted_and_the_second_time_already_inside(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    badge = open_fair.badge()
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    first = shown(steward, send(steward, MAIN, code=open_fair.token(badge)))
    assert result(first) == "admitted ok"
    assert "Lý Thị Mai" in first
    assert "HTX Nông nghiệp Hương Rừng" in first
    assert "plate__no" in first
    again = shown(steward, send(steward, "/g/OPEN/B1", code=open_fair.token(badge)))
    assert result(again) == "already warn"
    assert "Came in at Main gate at" in again


@pytest.mark.parametrize("around", ["{}", "  {} ", "]Q1{}", "{}\t", "\x02{}\x03"])
def test_what_scanners_put_around_a_token_does_not_matter(
    open_fair: OpenFair, browse: Browse, send: Send, around: str
) -> None:
    badge = open_fair.badge()
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    typed = around.format(open_fair.token(badge))
    assert result(shown(steward, send(steward, MAIN, code=typed))) == "admitted ok"


def test_what_is_longer_than_any_code_is_no_scan(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    steward = browse(open_fair.steward)
    assert send(steward, MAIN, code="[" * 20_000 + "]" * 20_000).status_code == 413
    assert send(steward, MAIN, code="x", keys="[" * 20_000).status_code == 413
    assert open_fair.rows.scalars(select(ScanEvent)).all() == []


def test_caps_lock_and_another_keyboard_do_not_matter(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    one, other = open_fair.badge(), open_fair.badge("Sùng A Páo")
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    lowered = open_fair.token(one).lower()
    assert result(shown(steward, send(steward, MAIN, code=lowered))) == "admitted ok"
    azerty = str.maketrans("AQZWM1:", "QAWZ?&M")
    token = open_fair.token(other)
    answer = send(steward, MAIN, code=token.translate(azerty), keys=token)
    assert result(shown(steward, answer)) == "admitted ok"


def test_a_short_code_is_typed_as_people_type(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    badge = open_fair.badge()
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    typed = f" {badge.short_code[:4].lower()}-{badge.short_code[4:]} "
    assert result(shown(steward, send(steward, MAIN, code=typed))) == "admitted ok"


def test_revoked_replaced_unapproved_and_foreign_badges_stop(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    revoked = open_fair.badge("A", BadgeState.REVOKED, revoked_because="Sent home on day one")
    named = open_fair.badge("B", BadgeState.NAMED)
    replaced = open_fair.badge("C")
    old = open_fair.token(replaced)
    replaced.issue = 2
    elsewhere = make.fair(open_fair.rows, code="ELSE")
    organisation = make.organisation(open_fair.rows)
    foreign = make.badge(
        open_fair.rows, make.exhibitor(open_fair.rows, organisation, elsewhere), name="Stranger"
    )
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    pages = {
        name: shown(steward, send(steward, MAIN, code=token))
        for name, token in {
            "revoked": open_fair.token(revoked),
            "named": open_fair.token(named),
            "old": old,
            "foreign": open_fair.token(foreign),
        }.items()
    }
    assert {name: result(page) for name, page in pages.items()} == {
        "revoked": "revoked stop",
        "named": "revoked stop",
        "old": "revoked stop",
        "foreign": "unknown stop",
    }
    assert "Sent home on day one" in pages["revoked"]
    assert "has not approved" in pages["named"]
    assert "A new badge was issued" in pages["old"]
    assert "Stranger" not in pages["foreign"]


def test_before_the_fair_a_badge_is_not_valid_today(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    badge = open_fair.badge()
    open_fair.fair.starts_on += timedelta(days=2)
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    assert result(shown(steward, send(steward, MAIN, code=open_fair.token(badge)))) == "not_today stop"


@pytest.mark.parametrize(
    "odd", ["", " ", "😀" * 40, "x" * 5_000, "FB1:", "%s%n", "'; --", "' OR 1=1", "🏮\u200d\n"]
)
def test_odd_text_is_an_unknown_badge(open_fair: OpenFair, browse: Browse, send: Send, odd: str) -> None:
    steward = browse(open_fair.steward)
    assert result(shown(steward, send(steward, MAIN, code=odd))) == "unknown stop"


@pytest.mark.parametrize(("field", "value", "status"), [("code", "a\0b", 400), ("badge_id", "9" * 30, 303)])
def test_unreadable_text_and_numbers_are_no_mistake_of_ours(
    open_fair: OpenFair, browse: Browse, send: Send, field: str, value: str, status: int
) -> None:
    steward = browse(open_fair.steward)
    assert send(steward, MAIN, **{field: value}).status_code == status


def test_a_person_is_found_by_name_and_let_in(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    badge = open_fair.badge("Lý Thị Mai")
    open_fair.badge("Sùng A Páo")
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    page = steward.get(f"{MAIN}/find?q=thi+MAI").get_data(as_text=True)
    assert re.findall(r'name="badge_id" value="(\d+)"', page) == [str(badge.id)]
    assert page.count('data-action="check-in"') == 1
    answer = send(steward, f"{MAIN}/find?q=mai", MAIN, badge_id=badge.id)
    assert result(shown(steward, answer)) == "admitted ok"
    assert "inside today" in steward.get(f"{MAIN}/find?q=mai").get_data(as_text=True)


def test_a_name_typed_into_the_scanner_field_leads_to_the_search(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    steward = browse(open_fair.steward)
    page = shown(steward, send(steward, MAIN, code="Thị Mai"))
    assert "Search for the name “Thị Mai”" in page


def test_a_supervisor_undoes_with_a_reason_and_a_steward_cannot(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    badge = open_fair.badge()
    open_fair.rows.commit()
    steward, supervisor = browse(open_fair.steward), browse(open_fair.supervisor)
    page = shown(steward, send(steward, MAIN, code=open_fair.token(badge)))
    assert "Undo the admission" not in page
    scan = open_fair.rows.scalars(select(ScanEvent)).one()
    undo = f"{MAIN}/undo"
    assert send(steward, MAIN, undo, scan_id=scan.id, reason="wrong person").status_code == 403
    assert "Undo the admission" in supervisor.get(f"{MAIN}?scan={scan.id}").get_data(as_text=True)
    assert send(supervisor, MAIN, undo, scan_id=scan.id, reason=" ").status_code == 409
    assert send(supervisor, MAIN, undo, scan_id=scan.id, reason="wrong person").status_code == 303
    assert send(supervisor, MAIN, undo, scan_id=scan.id, reason="again").status_code == 409
    open_fair.rows.rollback()
    open_fair.rows.refresh(scan)
    assert scan.undone_because == "wrong person"
    assert result(shown(steward, send(steward, MAIN, code=open_fair.token(badge)))) == "admitted ok"


@pytest.mark.parametrize("page", ["/g/OPEN", MAIN, f"{MAIN}/find", f"{MAIN}/camera", "/g/OPEN/badges"])
def test_only_this_fairs_stewards_enter(open_fair: OpenFair, browse: Browse, page: str) -> None:
    open_fair.badge()
    elsewhere = make.account(open_fair.rows)
    make.grant(open_fair.rows, elsewhere, Role.STEWARD, make.fair(open_fair.rows, code="ELSE"))
    open_fair.rows.commit()
    people = ("steward", "supervisor", "organiser", "administrator", "producer")
    statuses = {who: browse(getattr(open_fair, who)).get(page).status_code for who in people}
    assert statuses == {
        "steward": 200,
        "supervisor": 200,
        "organiser": 403,
        "administrator": 403,
        "producer": 404,
    }
    assert browse(elsewhere).get(page).status_code == 404


def test_a_gate_of_another_fair_is_missing(open_fair: OpenFair, browse: Browse) -> None:
    other = make.fair(open_fair.rows, code="ELSE")
    make.gate(open_fair.rows, other, code="SOUTH")
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    assert steward.get("/g/OPEN/SOUTH").status_code == 404
    assert steward.get("/g/OPEN/main").status_code == 200


def test_stewards_see_whole_tokens_and_the_audit_keeps_each_look(open_fair: OpenFair, browse: Browse) -> None:
    badge = open_fair.badge()
    open_fair.badge("Not approved", BadgeState.NAMED)
    open_fair.rows.commit()
    steward = browse(open_fair.steward)
    page = steward.get("/g/OPEN/badges").get_data(as_text=True)
    tokens = re.findall(r'<code class="badge-token">([^<]+)</code>', page)
    assert tokens == [
        open_fair.keys.sign(Claims(badge.fair_id, badge.id, 1, KIND_NUMBERS[BadgeKind.EXHIBITOR]))
    ]
    steward.get("/g/OPEN/badges?q=nobody")
    looks = open_fair.rows.scalars(
        select(AuditEntry).where(AuditEntry.what == "badge.tokens_shown").order_by(AuditEntry.id)
    ).all()
    assert [(look.account_id, look.facts) for look in looks] == [
        (open_fair.steward.id, {"badges": [badge.id]}),
        (open_fair.steward.id, {"badges": []}),
    ]


def test_webassembly_runs_on_the_camera_page_alone(open_fair: OpenFair, browse: Browse) -> None:
    steward = browse(open_fair.steward)
    policies = {
        page: steward.get(page).headers["Content-Security-Policy"] for page in (MAIN, f"{MAIN}/camera")
    }
    assert {page: "'wasm-unsafe-eval'" in policy for page, policy in policies.items()} == {
        MAIN: False,
        f"{MAIN}/camera": True,
    }


def test_the_gate_counts_who_is_inside_and_lists_its_last_scans(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    steward = browse(open_fair.steward)
    badges = [open_fair.badge(f"Người {number}") for number in range(3)]
    open_fair.rows.commit()
    for badge in badges:
        send(steward, MAIN, code=open_fair.token(badge))
    send(steward, "/g/OPEN/B1", code=open_fair.token(badges[0]))
    page = steward.get("/g/OPEN/B1").get_data(as_text=True)
    assert re.findall(r'<div class="gate__num"><b>(\d+)</b>', page) == ["3", "0", "1"]
    assert re.findall(r'class="scans__i scans__i--(\w+)"', page) == ["warn"]
    assert open_fair.rows.scalar(select(func.count()).select_from(Admission)) == 3
