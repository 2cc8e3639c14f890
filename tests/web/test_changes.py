"""Changes after the deadline: proposed by the exhibitor, approved or refused by an organiser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.changes import ChangeState
from fairapp.rules.questions import Body, Need, Phase, Question, QuestionType, Section
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.applications_forms import ChangeRequest, FormAnswer, FormVersion
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.store.producers import Organisation
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]

FASCIA = Question(
    "fascia", QuestionType.SHORT_TEXT, {"en": "Name on the fascia"}, need=Need.REQUIRED, most="32"
)
ARRIVES = Question("arrives", QuestionType.DATE, {"en": "Day of arrival"})
BODY = Body((Section("name", {"en": "Your name"}, (FASCIA, ARRIVES)),))
OFFICE = "/o/OCOP27/changes"


class Desk:
    """An accepted exhibitor whose details are closed, two organisers, and people of elsewhere."""

    def __init__(self, session: Session) -> None:
        now = datetime.now(UTC)
        today = now.date()
        past = (now - timedelta(days=1)).isoformat()
        self.fair = make.fair(
            session,
            starts_on=today + timedelta(days=20),
            ends_on=today + timedelta(days=24),
            settings={"forms": {"details_until": past, "stop": "confirm"}},
        )
        self.kind = make.booth_kind(session, self.fair)
        form = make.form(session, self.fair, BODY, Phase.DETAILS)
        self.version = session.scalars(select(FormVersion).where(FormVersion.form_id == form.id)).one()
        self.producer = make.account(session, language="en")
        self.organisation = make.organisation(session, "HTX Chè Suối Giàng")
        make.member(session, self.producer, self.organisation)
        self.mine = self.exhibitor(session, self.organisation)
        self.organisers = [make.account(session, language="en") for _number in range(2)]
        for each in self.organisers:
            make.grant(session, each, Role.ORGANISER, self.fair)
        self.treasurer = make.account(session, language="en")
        make.grant(session, self.treasurer, Role.FINANCE, self.fair)
        self.stranger = make.account(session, language="en")
        make.member(session, self.stranger, make.organisation(session, "HTX Khác"))
        make.grant(session, self.stranger, Role.ORGANISER, make.fair(session, code="OTHER27"))

    def exhibitor(self, session: Session, organisation: Organisation) -> Application:
        """Somebody who has given details."""
        row = make.application(
            session, organisation, self.fair, state=State.ACCEPTED, booth_kind_id=self.kind.id
        )
        make.form_answer(session, row, self.version, {"fascia": "SUỐI GIÀNG", "arrives": "2027-04-10"})
        return row

    @property
    def here(self) -> str:
        return f"/me/applications/{self.mine.id}/changes"


@pytest.fixture
def desk(rows: Session) -> Desk:
    found = Desk(rows)
    rows.commit()
    return found


def propose(desk: Desk, browse: Browse, send: Send, **fields: Any) -> Any:
    plain = {"q_fascia": "CHÈ SUỐI GIÀNG", "q_arrives": "2027-04-10", "why": "Đổi tên"}
    return send(browse(desk.producer), f"{desk.here}/new/details", **{**plain, **fields})


def the_change(session: Session) -> ChangeRequest:
    session.expire_all()
    return session.scalars(select(ChangeRequest)).one()


def kept(session: Session) -> dict[str, Any]:
    session.expire_all()
    return session.scalars(select(FormAnswer)).one().answers


def decide(browser: FlaskClient, send: Send, change: ChangeRequest, step: str, **fields: Any) -> Any:
    plain = {"version": str(change.version)}
    return send(browser, OFFICE, f"{OFFICE}/{change.id}/{step}", **{**plain, **fields})


def test_a_change_is_proposed_seen_by_both_sides_and_approved(
    desk: Desk, rows: Session, browse: Browse, send: Send, app: Any
) -> None:
    closed = browse(desk.producer).get(f"/me/applications/{desk.mine.id}/details").get_data(as_text=True)
    assert f'href="{desk.here}/new/details"' in closed
    assert propose(desk, browse, send).location == desk.here
    change = the_change(rows)
    assert change.fields == {"fascia": {"was": "SUỐI GIÀNG", "would": "CHÈ SUỐI GIÀNG"}}
    assert kept(rows)["fascia"] == "SUỐI GIÀNG"
    for browser, page in (
        (browse(desk.producer), desk.here),
        (browse(desk.organisers[0]), OFFICE),
        (browse(desk.organisers[0]), f"/o/OCOP27/applications/{desk.mine.id}/changes"),
    ):
        shown = browser.get(page).get_data(as_text=True)
        assert ("SUỐI GIÀNG</del>" in shown, "CHÈ SUỐI GIÀNG</ins>" in shown, "Đổi tên" in shown) == (
            True,
            True,
            True,
        )
    assert decide(browse(desk.organisers[0]), send, change, "approve").status_code == 303
    change = the_change(rows)
    assert (change.state, kept(rows)["fascia"]) == (ChangeState.APPROVED, "CHÈ SUỐI GIÀNG")
    assert kept(rows)["arrives"] == "2027-04-10"
    history = browse(desk.producer).get(desk.here).get_data(as_text=True)
    assert ("Approved" in history, "SUỐI GIÀNG</del>" in history) == (True, True)
    message = rows.scalars(select(OutboxMessage)).one()
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    [letter] = letter_jobs()[message.name](work, **message.facts)
    subject, _body = render(letter, app.config["FAIRAPP"])
    assert subject.startswith("Your change is approved")
    entries = rows.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [each.what for each in entries] == ["change.proposed", "change.approve"]
    assert "SUỐI" not in str([each.facts for each in entries])


def test_a_refusal_needs_words_and_changes_nothing(
    desk: Desk, rows: Session, browse: Browse, send: Send, app: Any
) -> None:
    propose(desk, browse, send)
    browser = browse(desk.organisers[0])
    silent = decide(browser, send, the_change(rows), "refuse", reason=" ")
    assert (silent.status_code, "Say why you refuse" in silent.get_data(as_text=True)) == (409, True)
    said = decide(browser, send, the_change(rows), "refuse", reason="Biển đã in")
    assert (said.status_code, the_change(rows).state) == (303, ChangeState.REFUSED)
    assert kept(rows)["fascia"] == "SUỐI GIÀNG"
    assert "Biển đã in" in browse(desk.producer).get(desk.here).get_data(as_text=True)
    message = rows.scalars(select(OutboxMessage)).one()
    [letter] = letter_jobs()[message.name](Work(rows, app.config["FAIRAPP"], make.NOW), **message.facts)
    assert "Biển đã in" in render(letter, app.config["FAIRAPP"])[1]


def test_of_two_organisers_the_second_is_shown_how_it_was_decided(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    propose(desk, browse, send)
    seen = the_change(rows)
    first, second = (browse(each) for each in desk.organisers)
    assert decide(first, send, seen, "approve").status_code == 303
    late = decide(second, send, seen, "refuse", reason="Không", version="1")
    assert (late.status_code, the_change(rows).state) == (409, ChangeState.APPROVED)
    again = decide(first, send, seen, "approve", version="1")
    assert (again.status_code, len(rows.scalars(select(OutboxMessage)).all())) == (303, 1)


def test_an_answer_that_changed_meanwhile_is_never_overwritten(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    propose(desk, browse, send)
    answer = rows.scalars(select(FormAnswer)).one()
    answer.answers = {**answer.answers, "fascia": "TÊN KHÁC"}
    rows.commit()
    late = decide(browse(desk.organisers[0]), send, the_change(rows), "approve")
    assert (late.status_code, "have changed since this was proposed" in late.get_data(as_text=True)) == (
        409,
        True,
    )
    assert (kept(rows)["fascia"], the_change(rows).state) == ("TÊN KHÁC", ChangeState.PROPOSED)


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"q_fascia": "SUỐI GIÀNG"}, 422, "Nothing differs from your answers"),
        ({"why": ""}, 422, "Say why the answer should change"),
        ({"q_fascia": ""}, 422, "Answer this question"),
        ({"q_fascia": "x" * 40}, 422, "at most 32 characters"),
        ({"q_arrives": "soon"}, 422, "Write a date"),
    ],
)
def test_a_proposal_that_makes_no_sense_comes_back_with_its_text(
    desk: Desk, rows: Session, browse: Browse, send: Send, fields: dict[str, str], status: int, sentence: str
) -> None:
    answer = propose(desk, browse, send, **fields)
    shown = answer.get_data(as_text=True)
    typed = {"why": "Đổi tên", **fields}["why"]
    assert (answer.status_code, sentence in shown, typed in shown) == (status, True, True)
    assert rows.scalars(select(ChangeRequest)).all() == []


def test_one_change_waits_at_a_time_and_can_be_taken_back(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    propose(desk, browse, send)
    second = propose(desk, browse, send, q_fascia="KHÁC NỮA")
    assert (second.status_code, "waits for the organiser" in second.get_data(as_text=True)) == (409, True)
    browser, change = browse(desk.producer), the_change(rows)
    for page in (desk.here, f"/me/applications/{desk.mine.id}/steps/confirm"):
        back = send(browser, page, f"{desk.here}/{change.id}/withdraw")
        assert (back.status_code, the_change(rows).state) == (303, ChangeState.WITHDRAWN)
    late = decide_after(browse(desk.organisers[0]), send, change)
    assert late.status_code == 409
    assert propose(desk, browse, send).status_code == 303


def decide_after(browser: FlaskClient, send: Send, change: ChangeRequest) -> Any:
    """Approve from a page that carries a form of another kind, for the list is empty by now."""
    return send(browser, "/o/OCOP27/forms", f"{OFFICE}/{change.id}/approve", version="1")


def test_what_can_still_be_edited_is_not_proposed(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.fair.settings = {}
    rows.commit()
    browser = browse(desk.producer)
    assert browser.get(f"{desk.here}/new/details").location == desk.here
    page = f"/me/applications/{desk.mine.id}/details"
    fields = {"q_fascia": "KHÁC", "why": "vì"}
    answer = send(browser, page, f"{desk.here}/new/details", **fields)
    assert (answer.status_code, "still change these answers yourself" in answer.get_data(as_text=True)) == (
        422,
        True,
    )


def test_changes_are_for_their_exhibitor_and_the_office_of_their_fair(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    propose(desk, browse, send)
    change, stranger = the_change(rows), browse(desk.stranger)
    assert stranger.get(desk.here).status_code == 404
    assert stranger.get(f"{desk.here}/new/details").status_code == 404
    assert stranger.get(OFFICE).status_code == 404
    assert stranger.get(f"/o/OTHER27/applications/{desk.mine.id}/changes").status_code == 404
    elsewhere = send(stranger, "/o/OTHER27/forms", f"/o/OTHER27/changes/{change.id}/approve")
    assert (elsewhere.status_code, the_change(rows).state) == (404, ChangeState.PROPOSED)
    back = send(stranger, "/o/OTHER27/forms", f"{desk.here}/{change.id}/withdraw")
    assert (back.status_code, the_change(rows).state) == (404, ChangeState.PROPOSED)
    assert "Approve the change" not in browse(desk.treasurer).get(OFFICE).get_data(as_text=True)
    assert "CHÈ" not in stranger.get("/o/OTHER27/changes").get_data(as_text=True)


def test_the_list_of_changes_asks_the_database_equally_often(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    propose(desk, browse, send)
    browser = browse(desk.organisers[0])
    browser.get(OFFICE)
    once = len(queries(browser, OFFICE))
    for name in ("HTX Hai", "HTX Ba"):
        row = desk.exhibitor(rows, make.organisation(rows, name))
        change = ChangeRequest(
            application_id=row.id,
            phase=Phase.DETAILS,
            form_version_id=desk.version.id,
            fields={"fascia": {"was": "SUỐI GIÀNG", "would": name}},
            why="Đổi",
            proposed_at=make.NOW,
            proposed_by_id=desk.producer.id,
        )
        rows.add(change)
    rows.commit()
    assert "HTX Ba" in browser.get(OFFICE).get_data(as_text=True)
    assert len(queries(browser, OFFICE)) == once
    assert "No change waits" not in browser.get(OFFICE).get_data(as_text=True)
    assert "None here" in browser.get(f"{OFFICE}?state=refused").get_data(as_text=True)
