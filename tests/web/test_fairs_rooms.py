"""The organiser's pages of a fair: overview, settings, kinds, halls, gates, life, exhibitors and audit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.i18n import speaking
from fairapp.jobs.fairs import fair_changed
from fairapp.jobs.letters import render
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.fairs import FairState
from fairapp.store.accounts import Account
from fairapp.store.fairs import BoothKind, Fair
from fairapp.store.gate import Gate
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.web.fairs.acts import facts_line
from fairapp.web.navigation import ROOMS as WAYS
from tests import factories as make
from tests.asking import statements

Browse = Callable[[Account | None], FlaskClient]
ROOMS = (
    "/o/OCOP27",
    "/o/OCOP27/settings",
    "/o/OCOP27/settings/names",
    "/o/OCOP27/settings/days",
    "/o/OCOP27/settings/deadlines",
    "/o/OCOP27/settings/place",
    "/o/OCOP27/settings/money",
    "/o/OCOP27/settings/terms",
    "/o/OCOP27/copy",
    "/o/OCOP27/postpone",
    "/o/OCOP27/kinds/new",
    "/o/OCOP27/gates/new",
    "/o/OCOP27/exhibitors",
    "/o/OCOP27/audit",
    "/o/OCOP27/plan",
)


@pytest.fixture
def fair(rows: Session) -> Fair:
    fair = make.fair(rows)
    make.gate(rows, fair)
    rows.commit()
    return fair


@pytest.fixture
def organiser(rows: Session, fair: Fair) -> Account:
    account = make.account(rows, language="en")
    make.grant(rows, account, Role.ORGANISER, fair)
    rows.commit()
    return account


@pytest.mark.parametrize("page", ROOMS)
def test_a_room_is_open_to_its_organiser_alone(
    browse: Browse, rows: Session, fair: Fair, organiser: Account, page: str
) -> None:
    steward, stranger = make.account(rows), make.account(rows)
    make.grant(rows, steward, Role.STEWARD, fair)
    rows.commit()
    answers = [browse(who).get(page).status_code for who in (organiser, steward, stranger, None)]
    assert answers == [200, 403, 404, 302]


def test_the_rail_shows_only_rooms_that_one_may_enter(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    reviewer = make.account(rows, language="en")
    make.grant(rows, reviewer, Role.REVIEWER, fair)
    rows.commit()
    seen = [
        'href="/o/OCOP27/settings"' in browse(who).get("/o/OCOP27").get_data(as_text=True)
        for who in (organiser, reviewer)
    ]
    assert seen == [True, False]


def test_the_rail_counts_what_waits_once_in_a_page(browse: Browse, fair: Fair, organiser: Account) -> None:
    """The rail, the tabs and the overview's list of rooms show the same rooms."""
    browser = browse(organiser)
    browser.get("/o/OCOP27")
    with statements() as sent:
        browser.get("/o/OCOP27")
    counted = [each for each in sent if "count(*)" in each and "application.state IN" in each]
    assert len(counted) == 1


def test_every_way_of_the_rail_leads_to_a_page(app: Flask, organiser: Account) -> None:
    adapter = app.url_map.bind("localhost")
    assert [way.address for way in WAYS if not adapter.test(way.address.format(code="X"), "GET")] == []


def test_the_only_fair_is_opened_at_once(browse: Browse, fair: Fair, organiser: Account) -> None:
    assert browse(organiser).get("/o").headers["Location"] == "/o/OCOP27"


def test_an_organiser_makes_a_fair_and_owns_it(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)
    answer = send(
        browser, "/o/new", code="tet28", name_vi="Tết", starts_on="2028-01-20", ends_on="2028-01-22"
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/o/TET28/settings")
    assert browser.get("/o/TET28").status_code == 200


def test_a_wrong_fair_comes_back_with_its_text_and_every_reason(
    browse: Browse, send: Any, fair: Fair, organiser: Account
) -> None:
    answer = send(
        browse(organiser),
        "/o/new",
        code="ocop27",
        name_vi="Tết & xuân",
        starts_on="2028-01-20",
        ends_on="2028-01-02",
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "The code OCOP27 is in use. Choose another one." in page
    assert "The last day lies before the first." in page
    assert 'value="Tết &amp; xuân"' in page


def test_a_part_changes_and_the_others_stay(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    send(browse(organiser), "/o/OCOP27/settings/place", venue_en="Sen Centre", country="VN")
    rows.expire_all()
    kept = rows.get_one(Fair, fair.id)
    assert kept.venue_names == {"en": "Sen Centre"}
    assert kept.names == {"vi": "Hội chợ OCOP Quốc tế", "en": "International OCOP Fair"}


def test_deadlines_are_told_in_the_fairs_zone(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    send(browse(organiser), "/o/OCOP27/settings/deadlines", apply_until="2027-02-01T17:00")
    rows.expire_all()
    until = rows.get_one(Fair, fair.id).apply_until
    assert until is not None
    assert until.isoformat() == "2027-02-01T10:00:00+00:00"
    page = browse(organiser).get("/o/OCOP27/settings/deadlines").get_data(as_text=True)
    assert 'value="2027-02-01T17:00"' in page


def test_a_kind_is_offered_changed_and_removed(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)
    fields = {
        "code": "raw",
        "name_en": "Raw space",
        "floor": "raw_space",
        "unit_area_m2": "18",
        "min_area_m2": "18",
        "price": "1200000",
    }
    assert send(browser, "/o/OCOP27/kinds/new", **fields).status_code == 303
    [kind] = rows.scalars(select(BoothKind))
    assert (kind.code, kind.price_minor, kind.min_area_m2) == ("raw", 1_200_000, 18.0)
    page = f"/o/OCOP27/kinds/{kind.id}"
    assert send(browser, page, **{**fields, "price": "-5"}).status_code == 422
    assert send(browser, "/o/OCOP27/kinds/new", **fields).status_code == 422
    assert send(browser, page, f"{page}/remove").status_code == 303
    assert rows.scalars(select(BoothKind)).all() == []


def test_anothers_kind_hall_and_gate_are_not_there(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    other = make.fair(rows, "OTHER")
    theirs = (make.booth_kind(rows, other), make.hall(rows, other), make.gate(rows, other))
    rows.commit()
    pages = [
        f"/o/OCOP27/{name}/{row.id}" for name, row in zip(("kinds", "halls", "gates"), theirs, strict=True)
    ]
    assert [browse(organiser).get(page).status_code for page in pages] == [404, 404, 404]


def test_the_last_gate_stays(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    gate = rows.scalars(select(Gate)).one()
    page = f"/o/OCOP27/gates/{gate.id}"
    assert send(browse(organiser), page, f"{page}/remove").status_code == 409
    assert send(browse(organiser), "/o/OCOP27/gates/new", code="b2", name_en="Back").status_code == 303
    assert send(browse(organiser), page, f"{page}/remove").status_code == 303
    assert [one.code for one in rows.scalars(select(Gate))] == ["B2"]


def test_the_next_edition_comes_52_weeks_later(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    page = browse(organiser).get("/o/OCOP27/copy").get_data(as_text=True)
    assert 'value="2028-04-13"' in page
    send(browse(organiser), "/o/OCOP27/copy", code="OCOP28", starts_on="2028-04-13", ends_on="2028-04-17")
    new = rows.scalars(select(Fair).where(Fair.code == "OCOP28")).one()
    assert (new.state, new.starts_on, new.copied_from_id) == (FairState.PLANNED, date(2028, 4, 13), fair.id)


def test_postponing_says_who_is_told_and_tells_them(
    browse: Browse, send: Any, rows: Session, app: Flask, fair: Fair, organiser: Account
) -> None:
    told, gone = make.organisation(rows), make.organisation(rows)
    reader = make.account(rows, language="vi", name="Lan")
    make.member(rows, reader, told)
    waiting = make.application(rows, told, fair)
    make.application(rows, gone, fair, state=State.WITHDRAWN)
    rows.commit()
    browser = browse(organiser)
    assert "1 applicant gets a letter" in browser.get("/o/OCOP27/postpone").get_data(as_text=True)
    assert send(browser, "/o/OCOP27/postpone").status_code == 422
    assert send(browser, "/o/OCOP27/postpone", reason_vi="Bão", reason_en="Storm").status_code == 303
    [message] = rows.scalars(select(OutboxMessage))
    assert (message.name, message.facts) == (
        "mail.fair_changed",
        {"application_id": waiting.id, "step": "postpone"},
    )
    settings = app.config["FAIRAPP"]
    [letter] = fair_changed(Work(rows, settings, make.NOW), **message.facts)
    subject, body = render(letter, settings)
    assert (letter.to, subject) == (reader.email, "Hội chợ OCOP Quốc tế tạm hoãn")
    assert ("Bão" in body, "http://localhost/f/OCOP27" in body) == (True, True)


def test_a_step_that_is_not_open_is_not_there(browse: Browse, fair: Fair, organiser: Account) -> None:
    assert browse(organiser).get("/o/OCOP27/publish").status_code == 404


def test_exhibitors_are_filtered_by_booth_and_name(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    hall = make.hall(rows, fair)
    for name, booth in (("Holder", "A-001"), ("Waiter", None)):
        row = make.exhibitor(rows, make.organisation(rows, name), fair)
        if booth:
            make.claim(rows, make.booth(rows, hall, booth), row, fair)
    rows.commit()

    def shown(query: str) -> list[bool]:
        page = browse(organiser).get(f"/o/OCOP27/exhibitors?{query}").get_data(as_text=True)
        return [f'">{name}</span>' in page for name in ("Holder", "Waiter")]

    assert shown("") == [True, True]
    assert shown("booths=with") == [True, False]
    assert shown("booths=without") == [False, True]
    assert shown("q=HOLDER") == [True, False]


@pytest.mark.parametrize("page", ["/o/OCOP27", "/o/OCOP27/exhibitors", "/o/OCOP27/audit"])
def test_the_questions_do_not_grow_with_the_fair(
    browse: Browse, rows: Session, fair: Fair, organiser: Account, page: str
) -> None:
    def grow(count: int) -> None:
        hall = rows.scalar(select(make.Hall)) or make.hall(rows, fair)
        for _ in range(count):
            organisation = make.organisation(rows)
            make.product(rows, organisation)
            row = make.exhibitor(rows, organisation, fair)
            make.claim(rows, make.booth(rows, hall), row, fair)
            make.application(rows, organisation, fair)
            rows.add(AuditEntry(at=make.NOW, what="fair.edited", fair_id=fair.id, account_id=organiser.id))
        rows.commit()

    def asked() -> int:
        with statements() as sent:
            assert browse(organiser).get(page).status_code == 200
        return len([one for one in sent if one.startswith("SELECT")])

    grow(3)
    few = asked()
    grow(60)
    assert asked() == few


def test_the_audit_says_who_did_what_and_filters(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    for what in ("fair.edited", "plan.published", "badge.approve"):
        rows.add(AuditEntry(at=make.NOW, what=what, fair_id=fair.id, account_id=organiser.id))
    other = make.fair(rows, "OTHER")
    rows.add(AuditEntry(at=make.NOW, what="fair.cancel", fair_id=other.id))
    rows.commit()
    page = browse(organiser).get("/o/OCOP27/audit?room=plan").get_data(as_text=True)
    assert ("Put a plan in force" in page, "Changed the fair" in page) == (True, False)
    whole = browse(organiser).get("/o/OCOP27/audit").get_data(as_text=True)
    assert (organiser.name in whole, "Cancelled the fair" in whole) == (True, False)


@pytest.mark.parametrize(
    ("page", "section", "room"),
    [
        ("kinds/new", "Set-up", "Settings"),
        ("copy", "Set-up", "Settings"),
        ("postpone", "Set-up", "Settings"),
        ("board", "Booths", "Booth board"),
        ("plan", "Booths", "Floor plan"),
    ],
)
def test_the_rail_shows_the_room_that_a_page_belongs_to(
    browse: Browse, fair: Fair, organiser: Account, page: str, section: str, room: str
) -> None:
    shown = browse(organiser).get(f"/o/{fair.code}/{page}?lang=en").get_data(as_text=True)
    rail = shown.partition('<nav class="rail"')[2].partition("</nav>")[0]
    parts = shown.partition('<nav class="parts"')[2].partition("</nav>")[0]
    assert [current(rail), current(parts)] == [[section], [room]]


def current(menu: str) -> list[str]:
    """The words of the ways that are marked as the page's own."""
    marked = [link for link in menu.split("<a ") if 'aria-current="page"' in link]
    return [
        link.partition("</svg>")[2].partition("<")[0] or link.split(">")[1].split("<")[0] for link in marked
    ]


def test_facts_of_the_audit_are_words() -> None:
    with speaking("en"):
        said = facts_line(
            {"application": 7, "before": "in_review", "after": "accepted", "part": "gone", "retired": []}
        )
    assert said == "application number: 7 · state before: In review · state now: Accepted · part: gone"
