"""Plans on the board's side: worked out as long work, read, compared, applied; changes of the day."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.jobs.running import run_job
from fairapp.rules.actors import Role
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.rules.jobs import JobState
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.fairs import Booth, Fair
from fairapp.store.operations import Job
from fairapp.store.scenarios import Scenario, ScenarioSeat
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
LIST = "/o/OCOP27/scenarios"


class Office:
    """A fair with booths in a row and exhibitors without one; its organiser, and another fair's."""

    def __init__(self, rows: Session) -> None:
        self.fair: Fair = make.fair(rows)
        self.kind = make.booth_kind(rows, self.fair)
        self.hall = make.hall(rows, self.fair)
        self.booths: list[Booth] = [make.booth(rows, self.hall) for _ in range(3)]
        self.exhibitors = [self.admit(rows, f"HTX Chè {name}") for name in ("An", "Bình")]
        self.organiser, self.stranger = make.account(rows), make.account(rows)
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        self.other = make.fair(rows, "OTHER")
        make.grant(rows, self.stranger, Role.ORGANISER, self.other)
        rows.commit()

    def admit(self, rows: Session, name: str) -> Exhibitor:
        producer = make.organisation(rows, name)
        asked = make.application(
            rows,
            producer,
            self.fair,
            state=State.ACCEPTED,
            booth_kind_id=self.kind.id,
            wishes={"corner": True},
        )
        return make.exhibitor(rows, producer, self.fair, application_id=asked.id)


@pytest.fixture
def office(rows: Session) -> Office:
    return Office(rows)


def work(app: Flask, rows: Session) -> Job:
    """Do the work that waits, as a worker does."""
    job = rows.scalars(select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    run_job(app.config["FAIRAPP"], job.id, lambda: datetime.now(UTC))
    rows.rollback()
    rows.expire_all()
    return rows.get_one(Job, job.id)


def plan(app: Flask, rows: Session, browser: FlaskClient, send: Send, name: str = "") -> Scenario:
    assert send(browser, LIST, name=name, seconds="1").status_code == 303
    assert work(app, rows).state is JobState.DONE
    found = rows.scalars(select(Scenario).order_by(Scenario.id.desc())).first()
    assert found is not None
    return found


def live(rows: Session) -> int:
    return rows.scalar(select(func.count()).where(BoothClaim.state.in_(LIVE))) or 0


def test_a_plan_is_worked_out_by_the_worker_shown_with_its_proof_and_applied_once(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    found = plan(app, rows, browser, send, "Ưu tiên góc")
    page = browser.get(f"{LIST}/{found.id}").get_data(as_text=True)
    for word in ("Ưu tiên góc", "HTX Chè An", "data-plan"):
        assert word in page
    assert send(browser, f"{LIST}/{found.id}", f"{LIST}/{found.id}/apply").status_code == 303
    assert send(browser, LIST, f"{LIST}/{found.id}/apply").status_code == 303
    assert live(rows) == 2


def test_progress_is_told_and_a_stopped_work_keeps_nothing(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    send(browser, LIST, seconds="5")
    told = browser.get(f"{LIST}/progress").get_json()
    assert (told["state"], told["finished"]) == ("waiting", False)
    assert send(browser, LIST, seconds="5", action=LIST).status_code in (400, 409)
    assert send(browser, LIST, f"{LIST}/stop").status_code == 303
    assert work(app, rows).state is JobState.CANCELLED
    assert rows.scalar(select(func.count()).select_from(Scenario)) == 0
    assert browser.get(f"{LIST}/progress").get_json()["finished"] is True


def test_a_fair_that_cannot_be_planned_says_so_on_the_page(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    for booth in office.booths:
        booth.retired_at = make.NOW
    rows.commit()
    browser = browse(office.organiser)
    send(browser, LIST, seconds="1")
    assert work(app, rows).state is JobState.DONE
    assert "chưa có gian hàng" in browser.get(LIST).get_data(as_text=True)


def test_what_has_changed_since_is_named_and_nothing_is_assigned(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    found = plan(app, rows, browser, send)
    seat = rows.scalars(select(ScenarioSeat).where(ScenarioSeat.scenario_id == found.id)).first()
    assert seat is not None
    rows.get_one(Booth, seat.booths[0]).blocked_because = "Sàn hỏng"
    rows.commit()
    answer = send(browser, f"{LIST}/{found.id}", f"{LIST}/{found.id}/apply")
    assert answer.status_code == 409
    assert rows.get_one(Booth, seat.booths[0]).code in answer.get_data(as_text=True)
    assert live(rows) == 0


def test_a_seat_says_why_here_and_what_another_booth_would_cost(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    found = plan(app, rows, browser, send)
    who = office.exhibitors[0]
    address = f"{LIST}/{found.id}/exhibitors/{who.id}"
    assert "được xếp chỗ" in browser.get(address).get_data(as_text=True)
    tried = browser.get(f"{address}?code={office.booths[1].code}").get_data(as_text=True)
    assert 'role="status"' in tried
    assert "Không có gian" in browser.get(f"{address}?code=Z-999").get_data(as_text=True)
    office.booths[1].blocked_because = "Sàn hỏng"
    rows.commit()
    blocked = browser.get(f"{address}?code={office.booths[1].code}").get_data(as_text=True)
    assert "mở khóa" in blocked.lower() or "giữ lại" in blocked


def test_two_plans_compare_and_weights_change_the_second(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    one = plan(app, rows, browser, send, "Một")
    page = browser.get(f"{LIST}/weights").get_data(as_text=True)
    assert 'name="corner"' in page
    names = ("placed", "priority", "ledger", "zone", "corner", "hall", "wish", "near", "away", "beside")
    numbers = dict.fromkeys((*names, "facing"), "7") | {
        "roomiest": "200",
        "rivals": "nobody",
        "zone_is_hard": "yes",
    }
    assert send(browser, f"{LIST}/weights", **{**numbers, "corner": "-1"}).status_code == 422
    assert send(browser, f"{LIST}/weights", **numbers).status_code == 303
    rows.refresh(office.fair)
    assert office.fair.settings["zone_is_hard"] is True
    other = plan(app, rows, browser, send, "Hai")
    assert (one.weights["corner"], other.weights["corner"]) == (20, 7)
    compared = browser.get(f"{LIST}/compare?one={one.id}&other={other.id}").get_data(as_text=True)
    assert "Một" in compared
    assert "Hai" in compared


def test_a_plan_thrown_away_is_gone_and_its_booths_stay_given(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    page = f"{LIST}/{plan(app, rows, browser, send).id}"
    send(browser, page, f"{page}/apply")
    assert send(browser, page, f"{page}/drop").status_code == 303
    assert browser.get(page).status_code == 404
    assert live(rows) == 2


def test_another_fairs_organiser_and_finance_see_no_plan(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    found = plan(app, rows, browse(office.organiser), send, "Bí mật")
    stranger = browse(office.stranger)
    pages = ("", "/weights", "/compare", f"/{found.id}", f"/{found.id}/exhibitors/{office.exhibitors[0].id}")
    assert [stranger.get(f"{LIST}{page}").status_code for page in pages] == [404] * len(pages)
    assert stranger.get(f"/o/OTHER/scenarios/{found.id}").status_code == 404
    assert [stranger.get(f"/o/OCOP27/proposals{asked}").status_code for asked in ("", "?worked=1")] == [
        404
    ] * 2
    finance = make.account(rows)
    make.grant(rows, finance, Role.FINANCE, office.fair)
    rows.commit()
    assert browse(finance).get(LIST).status_code == 403
    assert send(browse(office.stranger), "/o/OTHER/scenarios", f"{LIST}/{found.id}/apply").status_code == 404
    assert live(rows) == 0


def test_the_list_and_a_plan_ask_as_often_for_three_exhibitors_as_for_one(
    app: Flask, rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    first = plan(app, rows, browser, send)
    one = len(queries(browser, LIST)), len(queries(browser, f"{LIST}/{first.id}"))
    make.booth(rows, office.hall)
    office.admit(rows, "HTX Chè Cúc")
    rows.commit()
    second = plan(app, rows, browser, send)
    assert (len(queries(browser, LIST)), len(queries(browser, f"{LIST}/{second.id}"))) == one


def test_a_late_application_gets_a_place_at_once_and_a_booth_lost_moves_its_holder(
    rows: Session, office: Office, browse: Browse, send: Send
) -> None:
    late, held = office.exhibitors
    make.claim(rows, office.booths[0], held, office.fair)
    office.booths[0].blocked_because = "Sàn hỏng"
    rows.commit()
    browser = browse(office.organiser)
    first = browser.get("/o/OCOP27/proposals").get_data(as_text=True)
    assert 'hx-get="?worked=1"' in first
    assert "HTX Chè An" not in first  # the page comes first, the work after it
    page = browser.get("/o/OCOP27/proposals?worked=1").get_data(as_text=True)
    assert "HTX Chè An" in page
    assert "HTX Chè Bình" in page
    answer = send(browser, "/o/OCOP27/proposals", moves=f"{late.id}:{office.booths[2].id}")
    assert answer.status_code == 303
    answer = send(browser, "/o/OCOP27/proposals", moves=f"{held.id}:{office.booths[1].id}")
    assert answer.status_code in (200, 303)
    if answer.status_code == 200:  # what follows is shown first
        digest = answer.get_data(as_text=True).split('name="digest" value="')[1].split('"')[0]
        moves = f"{held.id}:{office.booths[1].id}"
        assert send(browser, "/o/OCOP27/proposals", moves=moves, digest=digest).status_code == 303
    places = select(BoothClaim.exhibitor_id, BoothClaim.booth_id).where(BoothClaim.state.in_(LIVE))
    assert {tuple(row) for row in rows.execute(places)} == {
        (late.id, office.booths[2].id),
        (held.id, office.booths[1].id),
    }


@pytest.mark.parametrize("moves", ["", "x:1", "1:", "1:2:3", ",".join(["1:2"] * 20)])
def test_moves_that_are_no_moves_are_refused(
    rows: Session, office: Office, browse: Browse, send: Send, moves: str
) -> None:
    assert send(browse(office.organiser), "/o/OCOP27/proposals", moves=moves).status_code == 422
