"""Letters to many: filtered, counted, previewed, sent once to each, stopped by whoever wants no news."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from json import loads
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from fairapp.jobs.outbox import drain
from fairapp.jobs.running import run_job
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.documents import DocumentState
from fairapp.rules.jobs import JobState
from fairapp.rules.letter_log import LetterState
from fairapp.rules.mailings import Filter, MailingKind, MailingState
from fairapp.rules.manual import TaskKind
from fairapp.store.applications import Application
from fairapp.store.base import db
from fairapp.store.letters import LetterLog, Mailing, Unsubscription
from fairapp.store.operations import Job, OutboxMessage
from fairapp.usecases.letters_mailings import digest_of
from fairapp.usecases.mailing import DraftMailing, draft_mailing
from tests import factories as make

Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]
NEW = "/o/OCOP27/letters/new"
WORDS = {
    "subject_vi": "Chào {organisation}",
    "body_vi": "Gian {booth} tại {fair}: {link}",
    "subject_en": "Hello {organisation}",
    "body_en": "See {link}",
}
PARTICIPATION = {"audience": "applicants", "nature": "participation"}
NEWS = {"audience": "earlier", "nature": "news"}


class World:
    """Two accepted applicants (one English), a declined one, and one who applied to an earlier fair only."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair = make.fair(session)
        self.earlier = make.fair(session, code="OCOP26")
        self.organiser = make.account(session, language="en")
        make.grant(session, self.organiser, Role.ORGANISER, self.fair)
        make.grant(session, self.organiser, Role.ORGANISER, self.earlier)
        self.finance = make.account(session)
        make.grant(session, self.finance, Role.FINANCE, self.fair)
        self.lan = self.applicant("HTX Lan", "lan@example.org", State.ACCEPTED)
        self.joe = self.applicant("Joe Ltd", "joe@example.org", State.ACCEPTED, "en")
        self.mai = self.applicant("HTX Mai", "mai@example.org", State.DECLINED)
        self.tom = self.applicant("Tom Ltd", "tom@example.org", State.CONFIRMED, "en", self.earlier)
        session.commit()

    def applicant(self, name: str, address: str, state: State, language: str = "vi", to: Any = None) -> int:
        organisation = make.organisation(self.session, name)
        account = make.account(self.session, email=address, language=language)
        make.member(self.session, account, organisation)
        return make.application(self.session, organisation, to or self.fair, state=state).id


@pytest.fixture
def world(rows: Session) -> World:
    return World(rows)


def drafted(browser: FlaskClient, send: Send, **fields: Any) -> str:
    """The page of a new draft."""
    answer = send(browser, NEW, **{**WORDS, **PARTICIPATION, **fields})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def work(app: Flask) -> None:
    """Do what was promised: begin jobs, run them, send letters."""
    for _round in range(2):
        with app.app_context():
            jobs: list[int] = []
            drain(app.config["FAIRAPP"], datetime.now(UTC) + timedelta(hours=1), jobs.append)
            for job_id in jobs:
                run_job(app.config["FAIRAPP"], job_id, lambda: datetime.now(UTC))


def sent(app: Flask) -> dict[str, EmailMessage]:
    file = Path(app.config["FAIRAPP"].instance) / "mail.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    letters = [message_from_string(loads(line)["raw"], policy=default) for line in lines]
    found = {str(letter["To"]): letter for letter in letters}
    assert len(found) == len(letters), "somebody got it twice"
    return found  # type: ignore[return-value]


def kept(model: type[Any]) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(model).execution_options(populate_existing=True)))


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_each_reader_gets_it_once_in_their_language(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    browser = browse(world.organiser)
    page = drafted(browser, send, state="accepted")
    assert "Send 2 letters" in text_of(browser.get(page, headers={"Accept-Language": "en"}))
    for _press in range(2):
        assert send(browser, "/o/OCOP27/letters/new", f"{page}/send").status_code == 303
    work(app)
    letters = sent(app)
    assert set(letters) == {"lan@example.org", "joe@example.org"}
    assert str(letters["lan@example.org"]["Subject"]) == "Chào HTX Lan"
    assert str(letters["joe@example.org"]["Subject"]) == "Hello Joe Ltd"
    assert letters["joe@example.org"].get_content() == f"See http://localhost/me/applications/{world.joe}\n"
    assert letters["lan@example.org"]["List-Unsubscribe"] is None
    (mailing,) = kept(Mailing)
    assert (mailing.state, mailing.letters) == (MailingState.SENT, 2)
    assert [job.state for job in kept(Job)] == [JobState.DONE]
    assert {row.state for row in kept(LetterLog)} == {LetterState.SENT}
    assert send(browser, "/o/OCOP27/letters/new", f"{page}/send").status_code == 303
    work(app)
    assert len(sent(app)) == 2


def test_lost_work_is_sent_again_and_nobody_gets_two(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    browser = browse(world.organiser)
    page = drafted(browser, send, state="accepted")
    send(browser, NEW, f"{page}/send")
    (job,) = kept(Job)
    job.state, job.ended_at = JobState.INTERRUPTED, make.NOW
    world.session.commit()
    assert "Send 2 letters" in text_of(browser.get(page))
    assert send(browser, NEW, f"{page}/send").status_code == 303
    assert len(kept(Job)) == 2
    work(app)
    assert len(sent(app)) == 2


def test_the_filters_of_the_address_fill_the_form(world: World, browse: Browse) -> None:
    shown = text_of(browse(world.organiser).get(f"{NEW}?to={world.lan},{world.joe},x,99999999999&unpaid=1"))
    assert f'value="{world.lan},{world.joe}"' in shown
    assert "2 applications chosen on another page" in shown


def test_chosen_applications_of_another_fair_get_nothing(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    browser = browse(world.organiser)
    page = drafted(browser, send, to=f"{world.mai},{world.tom}")
    shown = text_of(browser.get(page))
    assert "HTX Mai" in shown
    assert "Tom Ltd" not in shown
    send(browser, NEW, f"{page}/send")
    work(app)
    assert set(sent(app)) == {"mai@example.org"}


def test_halls_and_late_payments_are_filters(world: World, browse: Browse, send: Send) -> None:
    hall = make.hall(world.session, world.fair)
    application = kept_application(world.lan)
    exhibitor = make.exhibitor(
        world.session, application.organisation, world.fair, application_id=application.id
    )
    make.claim(world.session, make.booth(world.session, hall, "A-01"), exhibitor, world.fair)
    other = kept_application(world.joe)
    late = make.exhibitor(world.session, other.organisation, world.fair, application_id=other.id)
    invoice = make.invoice(world.session, late, (1000,))
    make.instalments_of(world.session, invoice)[0].due_on = datetime(2020, 1, 1, tzinfo=UTC).date()
    world.session.commit()
    browser = browse(world.organiser)
    in_hall = text_of(browser.get(drafted(browser, send, hall=str(hall.id))))
    assert ("HTX Lan" in in_hall, "Joe Ltd" in in_hall) == (True, False)
    assert "Gian A-01 tại" in text_of(browser.get(drafted(browser, send, hall=str(hall.id)) + "?in=vi"))
    unpaid = text_of(browser.get(drafted(browser, send, unpaid="y")))
    assert ("HTX Lan" in unpaid, "Joe Ltd" in unpaid) == (False, True)


def test_missing_documents_and_late_tasks_are_filters(world: World, browse: Browse, send: Send) -> None:
    lan, joe = kept_application(world.lan), kept_application(world.joe)
    late = datetime.now(UTC) - timedelta(days=1)
    task = make.manual_task(world.session, world.fair, due_at=late)
    make.manual_task(world.session, world.fair, TaskKind.TICK, due_at=late, is_required=False)
    for one in (lan, joe):
        exhibitor = make.exhibitor(world.session, one.organisation, world.fair, application_id=one.id)
        if one is joe:
            make.task_answer(world.session, task, exhibitor)
    make.requirement(world.session, world.fair)
    ends_on = world.fair.ends_on + timedelta(days=30)
    make.document(world.session, lan.organisation, state=DocumentState.VERIFIED, expires_on=ends_on)
    world.session.commit()
    browser, named = browse(world.organiser), ("HTX Lan", "Joe Ltd")
    for owing, expected in (
        ("tasks_late", (True, False)),
        ("documents_missing", (False, True)),
        ("anything_late", (True, False)),
        ("", (True, True)),
    ):
        page = text_of(browser.get(drafted(browser, send, owing=owing)))
        assert (owing, tuple(name in page for name in named)) == (owing, expected)
    chosen = '<option selected value="documents_missing">'
    assert chosen in text_of(browser.get(f"{NEW}?owing=documents_missing"))
    assert chosen not in text_of(browser.get(f"{NEW}?owing=nonsense"))


def kept_application(number: int) -> Application:
    return db.session.get_one(Application, number)


def test_news_carries_the_way_out_and_whoever_took_it_gets_none(
    app: Flask, world: World, browse: Browse, send: Send, client: FlaskClient
) -> None:
    browser = browse(world.organiser)
    page = drafted(browser, send, **NEWS)
    assert "Tom Ltd" in text_of(browser.get(page))
    assert "HTX Lan" not in text_of(browser.get(page))
    send(browser, NEW, f"{page}/send")
    work(app)
    (letter,) = sent(app).values()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (url,) = re.findall(r"<(.+)>", letter["List-Unsubscribe"])
    assert url in letter.get_content()
    (row,) = kept(LetterLog)
    assert "unsubscribe" not in row.body
    way = url.removeprefix("http://localhost")
    assert client.get(way).status_code == 200
    assert kept(Unsubscription) == []
    for _press in range(2):
        answer = client.post(way, data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    assert len(kept(Unsubscription)) == 1
    again = drafted(browser, send, **NEWS)
    assert send(browser, NEW, f"{again}/send").status_code == 409
    client.post(way, data={"again": "1"})
    assert send(browser, NEW, f"{again}/send").status_code == 303


def test_news_stopped_on_the_way_is_not_sent(
    app: Flask, world: World, browse: Browse, send: Send, client: FlaskClient
) -> None:
    browser = browse(world.organiser)
    send(browser, NEW, drafted(browser, send, **NEWS) + "/send")
    with app.app_context():
        jobs: list[int] = []
        drain(app.config["FAIRAPP"], datetime.now(UTC), jobs.append)
        run_job(app.config["FAIRAPP"], jobs[0], lambda: datetime.now(UTC))
    world.session.add(Unsubscription(digest=digest_of("tom@example.org"), at=make.NOW))
    world.session.commit()
    work(app)
    assert sent(app) == {}


def test_a_made_up_way_out_is_a_missing_page(client: FlaskClient, world: World) -> None:
    for token in ("x", "a.b", f"{'0' * 64}.{'0' * 32}"):
        assert client.get(f"/unsubscribe/{token}").status_code == 404
        assert client.post(f"/unsubscribe/{token}").status_code == 404
    assert kept(Unsubscription) == []


def test_an_organiser_invites_nobody_of_fairs_they_do_not_run(
    world: World, browse: Browse, send: Send
) -> None:
    foreign = make.fair(world.session, code="FOREIGN")
    world.applicant("Geheim GmbH", "geheim@example.org", State.CONFIRMED, to=foreign)
    world.session.commit()
    browser = browse(world.organiser)
    shown = text_of(browser.get(drafted(browser, send, **NEWS)))
    assert ("Tom Ltd" in shown, "Geheim" in shown) == (True, False)


def test_a_draft_is_changed_thrown_away_and_closed_once_it_is_sent(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    browser = browse(world.organiser)
    page = drafted(browser, send)
    changed = {**WORDS, **PARTICIPATION, "subject_en": "Other {fair}", "state": "accepted"}
    assert send(browser, f"{page}/edit", **changed).status_code == 303
    assert kept(Mailing)[0].subjects["en"] == "Other {fair}"
    assert send(browser, NEW, f"{page}/discard").status_code == 303
    assert kept(Mailing) == []
    page = drafted(browser, send)
    send(browser, NEW, f"{page}/send")
    assert send(browser, NEW, f"{page}/discard").status_code == 409
    assert send(browser, NEW, f"{page}/edit", **changed).status_code == 409
    assert len(kept(Mailing)) == 1


def test_faulty_words_are_refused_and_stay(world: World, browse: Browse, send: Send) -> None:
    browser = browse(world.organiser)
    fields = {**WORDS, **PARTICIPATION, "body_en": "Dear {organization}", "subject_vi": "A\nBcc: x@y.zz"}
    answer = send(browser, NEW, **fields)
    assert answer.status_code == 422
    assert "Did you mean {organisation}?" in text_of(answer)
    assert "Dear {organization}" in text_of(answer)
    assert kept(Mailing) == []


@pytest.mark.parametrize("page", ["/o/OCOP27/letters/mailings", NEW, "/o/OCOP27/letters/mailings/{id}"])
def test_mailings_are_for_who_may_send_letters(world: World, browse: Browse, send: Send, page: str) -> None:
    there = drafted(browse(world.organiser), send).rpartition("/")[2]
    page = page.format(id=there)
    assert browse(world.organiser).get(page).status_code == 200
    assert browse(world.finance).get(page).status_code == 403
    assert browse(world.organiser).get(page.replace("OCOP27", "OCOP26")).status_code == (
        404 if page.endswith(there) else 200
    )


def test_another_room_may_begin_a_mailing(world: World, rows: Session) -> None:
    order = DraftMailing(
        world.fair.id,
        MailingKind.PARTICIPATION,
        Filter(ids=(world.lan,)),
        {"vi": "Nhắc nộp"},
        {"vi": "Mời {organisation} nộp."},
    )
    organiser = make.actor(Role.ORGANISER, world.fair, account_id=world.organiser.id)
    mailing = draft_mailing(rows, organiser, order, make.NOW)
    assert (mailing.state, mailing.filter["ids"]) == (MailingState.DRAFT, [world.lan])
    assert rows.scalars(select(OutboxMessage)).all() == []


def test_a_mailings_page_asks_the_same_for_one_and_for_many(world: World, browse: Browse, send: Send) -> None:
    browser, counted = browse(world.organiser), []
    for more in (0, 3):
        for each in range(more):
            world.applicant(f"HTX {each}", f"x{each}@example.org", State.ACCEPTED)
        world.session.commit()
        page = drafted(browser, send)
        asked: list[str] = []

        def note(_c: Any, _cu: Any, statement: str, *_rest: Any, into: list[str] = asked) -> None:
            into.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        for shown in (page, "/o/OCOP27/letters/mailings"):
            assert browser.get(shown).status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_whom_the_list_of_applications_chose_gets_the_letter(
    world: World, browse: Browse, rows: Session
) -> None:
    browser = browse(world.organiser)
    queue = browser.get("/o/OCOP27/applications").get_data(as_text=True)
    assert f'formaction="{NEW}"' in queue
    first, second = rows.scalars(select(Application.id).order_by(Application.id).limit(2))
    page = browser.get(f"{NEW}?pick={second}&pick={first}&pick=x&state=waiting").get_data(as_text=True)
    assert f'value="{second},{first}"' in page
    assert "2 applications chosen on another page" in page
