"""Others' changes reach an open board: the stream, what it never tells, and what the page asks for then."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.allocation import BoothClaim
from fairapp.store.base import transaction
from fairapp.store.board_events import BoardEvent
from fairapp.usecases.allocation import AssignBooth, MoveClaim, assign_booth, move_claim
from fairapp.web.allocation.answers import MOST, Answers
from fairapp.web.allocation.stream import Reader, Watch, stream
from fairapp.web.allocation.views_live import LIFE
from fairapp.web.turns import Turns
from tests import factories as make
from tests.asking import statements

STREAM = "/o/OCOP27/board-events"
NOW = datetime(2027, 3, 1, tzinfo=UTC)


@dataclass
class Office:
    """A fair with three booths, two exhibitors, and two organisers."""

    rows: Session

    def __post_init__(self) -> None:
        self.fair = make.fair(self.rows)
        hall = make.hall(self.rows, self.fair)
        self.booths = [make.booth(self.rows, hall, f"A-{n}") for n in (1, 2, 3)]
        self.tea = make.exhibitor(self.rows, make.organisation(self.rows, "Chè Suối"), self.fair)
        self.lan = make.account(self.rows, name="Lan", language="en")
        self.mai = make.account(self.rows, name="Mai", language="en")
        for account in (self.lan, self.mai):
            make.grant(self.rows, account, Role.ORGANISER, self.fair)
        self.rows.commit()

    def actor(self, account: Account) -> Actor:
        return make.actor(Role.ORGANISER, self.fair, account_id=account.id)

    def place(self, booth: int = 0) -> int:
        with transaction() as session:
            order = AssignBooth(self.tea.id, self.booths[booth].id)
            return assign_booth(session, self.actor(self.mai), order, NOW).id

    def move(self, claim_id: int, booth: int) -> int:
        with transaction() as session:
            order = MoveClaim(claim_id, self.booths[booth].id)
            return move_claim(session, self.actor(self.mai), order, NOW).id


@pytest.fixture
def office(app: Flask, rows: Session) -> Iterator[Office]:
    app.config[LIFE] = 0.0
    yield Office(rows)
    app.config.pop(LIFE)


def told(answer: Any) -> list[dict[str, Any]]:
    """The events of a stream, each with its number."""
    found = []
    for block in answer.get_data(as_text=True).split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines.get("event"):
            found.append({"id": lines.get("id"), "event": lines["event"], **json.loads(lines["data"])})
    return found


Browse = Callable[[Account | None], FlaskClient]


def test_what_was_missed_comes_first_and_the_last_number_goes_on_from_there(
    office: Office, browse: Browse
) -> None:
    office.move(office.place(), 1)
    browser = browse(office.lan)
    first, second = (booth.id for booth in office.booths[:2])
    answer = browser.get(f"{STREAM}?since=0")
    assert answer.mimetype == "text/event-stream"
    assert told(answer) == [{"id": "2", "event": "changed", "seq": 2, "booths": [first, second]}]
    again = browser.get(f"{STREAM}?since=0", headers={"Last-Event-ID": "1"})
    assert told(again) == [{"id": "2", "event": "changed", "seq": 2, "booths": [first, second]}]
    assert told(browser.get(STREAM, headers={"Last-Event-ID": "2"})) == []


@pytest.mark.parametrize("strange", ["", "x", "-1", "99999999999", "١"])
def test_a_number_that_is_none_begins_at_the_beginning(office: Office, browse: Browse, strange: str) -> None:
    office.place()
    assert [each["seq"] for each in told(browse(office.lan).get(f"{STREAM}?since={strange}"))] == [1]


def test_a_number_from_a_database_put_back_waits_for_what_comes(office: Office, browse: Browse) -> None:
    office.place()
    assert told(browse(office.lan).get(f"{STREAM}?since=7")) == []


def test_a_change_written_elsewhere_arrives_within_two_seconds(
    app: Flask, office: Office, browse: Browse
) -> None:
    app.config[LIFE] = 1.6
    made: list[float] = []

    def later() -> None:
        time.sleep(0.3)
        with app.app_context():
            office.place()
            made.append(time.monotonic())

    other = threading.Thread(target=later)
    other.start()
    found = told(browse(office.lan).get(f"{STREAM}?since=0"))
    other.join()
    assert [each["seq"] for each in found] == [1]
    assert made


def test_strangers_and_those_of_other_fairs_get_no_stream(
    office: Office, browse: Browse, rows: Session
) -> None:
    office.place()
    visitor = make.account(rows)
    elsewhere = make.account(rows)
    make.grant(rows, elsewhere, Role.ORGANISER, make.fair(rows, "OTHER"))
    rows.commit()
    assert browse(None).get(STREAM).status_code == 302
    for account in (visitor, elsewhere):
        assert browse(account).get(STREAM).status_code == 404
        assert browse(account).get("/o/OCOP27/board-changes/0/A").status_code == 404


def test_who_loses_the_grant_loses_the_stream(app: Flask, office: Office, browse: Browse) -> None:
    app.config[LIFE] = 5.0

    def later() -> None:
        time.sleep(0.3)
        with app.app_context(), transaction() as session:
            grant = session.scalar(select(RoleGrant).where(RoleGrant.account_id == office.lan.id))
            session.delete(grant)
        with app.app_context():
            office.place()

    other = threading.Thread(target=later)
    other.start()
    found = told(browse(office.lan).get(f"{STREAM}?since=0"))
    other.join()
    assert found == [{"id": None, "event": "gone"}]
    assert browse(office.lan).get(STREAM).status_code == 404


def test_the_page_gets_the_booths_as_they_are_and_a_line_about_who_did_what(
    office: Office, browse: Browse
) -> None:
    office.move(office.place(), 1)
    news = browse(office.lan).get("/o/OCOP27/board-changes/0/A").get_json()
    assert news["seq"] == 2
    assert news["lines"] == [
        {"text": "Mai placed Chè Suối in A-1", "mine": False},
        {"text": "Mai moved Chè Suối from A-1 to A-2", "mine": False},
    ]
    assert 'data-code="A-1"' in news["marks"]
    assert 'data-code="A-3"' not in news["marks"]
    assert (news["free"], news["total"]) == ({"A": "2"}, "0")
    assert news["marks"].count("bth--allocated") == 1
    assert "Everybody has a booth" in news["queue"]
    assert browse(office.mai).get("/o/OCOP27/board-changes/2/A").get_json()["booths"] == []


def test_boards_that_ask_the_same_get_one_answer_and_each_its_own_lines(
    office: Office, browse: Browse
) -> None:
    office.place()
    address = "/o/OCOP27/board-changes/0/A"
    with statements() as first:
        lan = browse(office.lan).get(address).get_json()
    with statements() as second:
        mai = browse(office.mai).get(address).get_json()
    assert [any("FROM exhibitor" in each for each in sent) for sent in (first, second)] == [True, False]
    assert [line["mine"] for line in (*lan["lines"], *mai["lines"])] == [False, True]
    assert {**lan, "lines": []} == {**mai, "lines": []}


def test_an_answer_given_to_several_differs_by_the_reader_s_language_and_by_what_they_may(
    office: Office, browse: Browse, rows: Session
) -> None:
    office.place()
    vietnamese = make.account(rows, language="vi")
    make.grant(rows, vietnamese, Role.ORGANISER, office.fair)
    onlooker = make.account(rows, language="en")
    make.grant(rows, onlooker, Role.FINANCE, office.fair)
    waits = make.exhibitor(rows, make.organisation(rows, "Lụa Mã Châu"), office.fair)
    rows.commit()
    address = "/o/OCOP27/board-changes/0/A"
    english = browse(office.lan).get(address).get_json()
    assert f'data-application="{waits.id}"' in english["queue"]
    assert "taken" in english["marks"]
    assert "taken" not in browse(vietnamese).get(address).get_json()["marks"]
    assert "data-application" not in browse(onlooker).get(address).get_json()["queue"]


def test_an_answer_is_made_anew_after_a_moment_and_one_that_failed_at_once() -> None:
    now, made = [0.0], iter(range(9))
    answers = Answers(kept_s=2.0, clock=lambda: now[0])

    def make() -> dict[str, Any]:
        return {"n": next(made)}

    assert [answers.answer("a", make)["n"], answers.answer("a", make)["n"]] == [0, 0]
    assert answers.answer("b", make) == {"n": 1}
    now[0] = 2.0
    assert answers.answer("a", make) == {"n": 2}
    with pytest.raises(ZeroDivisionError):
        answers.answer("c", lambda: {"n": 1 // 0})
    assert answers.answer("c", make) == {"n": 3}
    for number in range(MOST):
        answers.answer(number, dict)
    assert answers.answer("a", make) == {"n": 4}
    assert len(answers.kept) == MOST


def test_those_who_ask_at_the_same_moment_wait_for_one_answer() -> None:
    answers, made, inside = Answers(), list[int](), threading.Event()

    def make() -> dict[str, Any]:
        inside.set()
        time.sleep(0.2)
        made.append(1)
        return {}

    both = [threading.Thread(target=answers.answer, args=("a", make)) for _ in range(3)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert inside.is_set()
    assert made == [1]


def test_a_board_too_far_behind_is_told_to_load_anew(office: Office, browse: Browse) -> None:
    office.place()
    assert browse(office.lan).get("/o/OCOP27/board-changes/9/A").get_json() == {"seq": 1, "reload": True}
    assert browse(office.lan).get("/o/OCOP27/board-changes/0/Z").get_json() == {"seq": 1, "reload": True}


def test_an_act_on_an_open_board_is_answered_in_few_words(
    office: Office, browse: Browse, send: Callable[..., Any]
) -> None:
    browser = browse(office.lan)
    page = "/o/OCOP27/board/A"
    shown = browser.get(page).get_data(as_text=True)
    token = shown.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "exhibitor_id": office.tea.id, "booth_id": office.booths[0].id}
    headers = {"Accept": "application/json", "Origin": "http://localhost"}
    answer = browser.post("/o/OCOP27/claims", data=data, headers=headers)
    assert answer.get_json() == {
        "said": "Chè Suối has booth A-1 now.",
        "booth": office.booths[0].id,
        "exhibitor": None,
        "seq": 1,
    }
    data["booth_id"] = office.booths[0].id
    taken = browser.post("/o/OCOP27/claims", data=data | {"exhibitor_id": office.tea.id}, headers=headers)
    assert taken.get_json()["said"] == "This exhibitor holds booth A-1 already."


def test_a_rolled_back_change_leaves_neither_event_nor_number(office: Office, rows: Session) -> None:
    with pytest.raises(RuntimeError), transaction() as session:  # noqa: PT012
        order = AssignBooth(office.tea.id, office.booths[0].id)
        assign_booth(session, office.actor(office.mai), order, NOW)
        raise RuntimeError
    office.place(1)
    assert rows.scalars(select(BoardEvent.seq)).all() == [1]
    assert len(rows.scalars(select(BoothClaim.id)).all()) == 1


def test_with_no_place_left_a_stream_says_what_is_new_and_when_to_come_again() -> None:
    watch = Watch(lambda fairs: {}, most=0)
    news = {0: [(4, 7, None)], 4: []}
    parts = list(stream(watch, Reader(1, lambda seq: news[seq]), 0, 60.0))
    assert parts[0] == "retry: 1200\n\n"
    assert parts[1].startswith("id: 4\n")
    assert len(parts) == 2


def test_a_stream_gives_its_place_back_and_the_looking_ends_with_the_last() -> None:
    asked: list[list[int]] = []
    looked = threading.Event()

    def ask(fairs: Any) -> dict[int, int]:
        asked.append(list(fairs))
        looked.set()
        return {}

    watch = Watch(ask, most=1)
    open_one = stream(watch, Reader(1, lambda seq: []), 0, 60.0)
    next(open_one)
    assert not watch.enter(1)
    assert looked.wait(20)
    open_one.close()
    assert watch.enter(1)
    watch.leave(1)
    ends = time.monotonic() + 20
    while watch.looking and time.monotonic() < ends:
        time.sleep(0.05)
    assert not watch.looking
    assert asked[0] == [1]


def test_a_database_away_for_a_moment_ends_no_stream() -> None:
    answers: list[Any] = [OSError("away"), {1: 5}]

    def ask(_fairs: Any) -> dict[int, int]:
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, OSError):
            raise answer
        return dict(answer)

    watch = Watch(ask, most=1)
    assert watch.enter(1)
    assert watch.wait(1, 4, 20.0)
    watch.leave(1)


def test_pages_take_turns_and_streams_do_not_wait_for_them() -> None:
    inside, most, release = [0], [0], threading.Event()
    lock = threading.Lock()

    def app(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/page":
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            release.wait(5)
            with lock:
                inside[0] -= 1
        return [b""]

    turns = Turns(app, pages=2)
    busy = [threading.Thread(target=turns, args=({"PATH_INFO": "/page"}, None)) for _ in range(5)]
    for each in busy:
        each.start()
    assert turns({"PATH_INFO": "/o/X/board-events"}, None) == [b""]
    release.set()
    for each in busy:
        each.join()
    assert most[0] == 2
