"""A fair's own texts and its log: edited, refused, previewed, sent, tried again; for few eyes."""

from __future__ import annotations

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

from fairapp.adapters import mail
from fairapp.adapters.mail import MailFailed
from fairapp.jobs.letters_forgetting import forget_old_letters
from fairapp.jobs.outbox import drain
from fairapp.rules.actors import Role
from fairapp.rules.applications import State, Step
from fairapp.rules.letter_log import LetterState
from fairapp.rules.letters import EDITABLE, LetterEvent
from fairapp.rules.producers import invitation_token, token_digest
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.applications_prepared import PreparedDecision
from fairapp.store.base import db
from fairapp.store.letters import LetterLog, LetterTemplate
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases import outbox
from tests import factories as make

Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]
TEXT = "/o/OCOP27/letters/texts/accepted/en"


class World:
    """A fair with one accepted applicant, its organiser, and the organiser of another fair."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair = make.fair(session)
        self.other = make.fair(session, code="OTHER")
        self.organiser = make.account(session)
        make.grant(session, self.organiser, Role.ORGANISER, self.fair)
        self.stranger = make.account(session)
        make.grant(session, self.stranger, Role.ORGANISER, self.other)
        self.finance = make.account(session)
        make.grant(session, self.finance, Role.FINANCE, self.fair)
        self.organisation = make.organisation(session, "HTX Chè Bản Liền", folded="htx che ban lien")
        self.member = make.account(session, email="lan@example.org", language="en")
        make.member(session, self.member, self.organisation)
        self.application: Application = make.application(
            session, self.organisation, self.fair, state=State.ACCEPTED
        )
        session.commit()

    def promise(self) -> None:
        """The letter that the application is accepted."""
        facts = {"application_id": self.application.id, "step": "accept"}
        outbox.post(self.session, "mail.application_step", make.NOW, **facts)
        self.session.commit()


@pytest.fixture
def world(rows: Session) -> World:
    return World(rows)


def work(app: Flask, at: Any = make.NOW) -> None:
    with app.app_context():  # with a session of its own, as the worker has
        drain(app.config["FAIRAPP"], at, lambda _job: None)


def sent(app: Flask) -> list[EmailMessage]:
    file = Path(app.config["FAIRAPP"].instance) / "mail.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    return [message_from_string(loads(line)["raw"], policy=default) for line in lines]  # type: ignore[misc]


def kept(model: type[Any]) -> list[Any]:
    db.session.rollback()
    return list(
        db.session.scalars(select(model).order_by(model.id).execution_options(populate_existing=True))
    )


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_an_own_text_is_what_the_next_letter_says(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    fields = {"subject": "Welcome to {fair}, {organisation}", "body": "See {link}\n\n{reason}", "act": "keep"}
    assert send(browse(world.organiser), TEXT, **fields).status_code == 303
    world.promise()
    work(app)
    (letter,) = sent(app)
    assert str(letter["Subject"]) == "Welcome to International OCOP Fair, HTX Chè Bản Liền"
    assert letter.get_content() == f"See http://localhost/me/applications/{world.application.id}\n"
    assert [(row.event, row.language) for row in kept(LetterTemplate)] == [(LetterEvent.ACCEPTED, "en")]
    assert [row.what for row in kept(AuditEntry)] == ["letter.text_kept"]


def test_the_other_fair_and_the_other_language_keep_the_built_in_text(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    send(browse(world.organiser), TEXT, subject="OWN", body="OWN", act="keep")
    theirs = make.application(world.session, world.organisation, world.other, state=State.ACCEPTED)
    for application in (world.application, theirs):
        facts = {"application_id": application.id, "step": "accept"}
        outbox.post(world.session, "mail.application_step", make.NOW, **facts)
    world.member.language = "vi"
    world.session.commit()
    work(app)
    assert ["OWN" in str(letter["Subject"]) for letter in sent(app)] == [False, False]


def test_a_text_kept_twice_is_one_and_restored_twice_is_none(
    world: World, browse: Browse, send: Send
) -> None:
    browser = browse(world.organiser)
    for words in ("One", "Two"):
        send(browser, TEXT, subject=words, body=words, act="keep")
    assert [row.subject for row in kept(LetterTemplate)] == ["Two"]
    assert "Two" in text_of(browser.get(TEXT))
    for _press in range(2):
        assert send(browser, TEXT, f"{TEXT}/restore").status_code == 303
    assert kept(LetterTemplate) == []
    assert [row.what for row in kept(AuditEntry)].count("letter.text_restored") == 1


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("Hello", "{organization}", "Did you mean {organisation}?"),
        ("Hello", "", "Write what the letter says"),
        ("A\r\nBcc: all@example.org", "Text", "The subject is one line"),
        ("x" * 151, "Text", "This is too long"),
        ("Hello", "x" * 8001, "This is too long"),
    ],
)
def test_a_faulty_text_is_refused_and_what_was_typed_stays(
    world: World, browse: Browse, send: Send, subject: str, body: str, said: str
) -> None:
    world.organiser.language = "en"
    world.session.commit()
    browser = browse(world.organiser)
    answer = send(browser, TEXT, subject=subject, body=body, act="keep")
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert kept(LetterTemplate) == []
    if body:
        assert body in text_of(answer)


def test_the_preview_fills_in_a_real_exhibitor_and_keeps_nothing(
    world: World, browse: Browse, send: Send
) -> None:
    other = make.organisation(world.session, "Zalo Honey <b>")
    chosen = make.application(world.session, other, world.fair)
    world.session.commit()
    fields = {"subject": "{organisation}!", "body": "{{7*7}} {0.__class__} at {link}", "act": "preview"}
    answer = send(browse(world.organiser), TEXT, **fields, application=str(chosen.id))
    assert answer.status_code == 200
    assert "Zalo Honey &lt;b&gt;!" in text_of(answer)
    assert f"{{{{7*7}}}} {{0.__class__}} at http://localhost/me/applications/{chosen.id}" in text_of(answer)
    assert kept(LetterTemplate) == []


def test_the_preview_shows_nobody_of_another_fair(world: World, browse: Browse) -> None:
    secret = make.organisation(world.session, "Geheimnis GmbH")
    theirs = make.application(world.session, secret, world.other)
    world.session.commit()
    assert "Geheimnis" not in text_of(browse(world.organiser).get(TEXT))
    assert browse(world.organiser).get(f"{TEXT}?application={theirs.id}").status_code == 404


def test_a_prepared_decision_is_previewed_with_the_own_text(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    world.application.state = State.IN_REVIEW
    decision = PreparedDecision(
        application_id=world.application.id, fair_id=world.fair.id, step=Step.ACCEPT, prepared_at=make.NOW
    )
    world.session.add(decision)
    world.session.commit()
    browser = browse(world.organiser)
    send(browser, TEXT, subject="OWN for {organisation}", body="Come to {fair}.", act="keep")
    shown = text_of(browser.get(f"/o/OCOP27/decisions/{world.application.id}"))
    assert "OWN for HTX Chè Bản Liền" in shown
    assert "Come to International OCOP Fair." in shown
    send(browser, "/o/OCOP27/decisions", "/o/OCOP27/decisions/publish")
    work(app, make.NOW + timedelta(days=3650))
    assert [str(letter["Subject"]) for letter in sent(app)] == ["OWN for HTX Chè Bản Liền"]


@pytest.mark.parametrize("page", ["/o/OCOP27/letters", "/o/OCOP27/letters/texts", TEXT])
def test_letters_are_for_who_may_send_them(world: World, browse: Browse, page: str) -> None:
    assert browse(world.organiser).get(page).status_code == 200
    assert browse(world.finance).get(page).status_code == 403
    assert browse(world.stranger).get(page).status_code == 404
    assert browse(world.member).get(page).status_code == 404


def test_a_letter_sent_is_in_the_log_of_its_fair_alone(app: Flask, world: World, browse: Browse) -> None:
    world.promise()
    work(app)
    (row,) = kept(LetterLog)
    assert (row.state, row.to_address, row.language, row.tries) == (
        LetterState.SENT,
        "lan@example.org",
        "en",
        1,
    )
    assert "lan@example.org" in text_of(browse(world.organiser).get("/o/OCOP27/letters"))
    shown = text_of(browse(world.organiser).get(f"/o/OCOP27/letters/{row.id}"))
    assert row.subject in shown
    assert "HTX Chè Bản Liền is accepted as an exhibitor" in shown
    make.grant(world.session, world.organiser, Role.ORGANISER, world.other)
    world.session.commit()
    assert browse(world.organiser).get(f"/o/OTHER/letters/{row.id}").status_code == 404
    assert "lan@example.org" not in text_of(browse(world.organiser).get("/o/OTHER/letters"))


def test_the_log_is_filtered_by_state_event_and_words(app: Flask, world: World, browse: Browse) -> None:
    world.promise()
    work(app)
    browser = browse(world.organiser)
    for query, is_there in [
        ("?state=sent&event=accepted&q=LAN@", True),
        ("?q=ban+lien", True),
        ("?state=failed", False),
        ("?event=declined", False),
        ("?q=nobody", False),
        ("?state=nonsense&event=nonsense", True),
    ]:
        found = ">lan@example.org<" in text_of(browser.get(f"/o/OCOP27/letters{query}"))
        assert found is is_there, query


class Broken:
    """A mail server that refuses."""

    def __init__(self, temporary: bool) -> None:
        self.temporary = temporary

    def send(self, message: EmailMessage) -> None:
        """Say why."""
        raise MailFailed("550 no such mailbox", temporary=self.temporary)


def test_a_failed_letter_says_why_and_is_sent_again_once(
    app: Flask, world: World, browse: Browse, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.promise()
    with monkeypatch.context() as broken:
        broken.setattr(mail, "transport_for", lambda *_: Broken(temporary=False))
        work(app)
    (row,) = kept(LetterLog)
    assert (row.state, row.error) == (LetterState.FAILED, "550 no such mailbox")
    browser, page = browse(world.organiser), f"/o/OCOP27/letters/{row.id}"
    assert "550 no such mailbox" in text_of(browser.get(page))
    assert send(browser, page, f"{page}/again").status_code == 303
    assert kept(LetterLog)[0].state is LetterState.WAITING
    assert send(browser, "/o/OCOP27/letters/texts/accepted/en", f"{page}/again").status_code == 303
    assert [entry.what for entry in kept(AuditEntry)].count("letter.sent_again") == 1
    work(app, make.NOW + timedelta(days=3650))
    (row,) = kept(LetterLog)
    assert (row.state, row.error, row.tries) == (LetterState.SENT, "", 2)
    assert len(sent(app)) == 1


def test_a_letter_that_is_tried_again_waits(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.promise()
    monkeypatch.setattr(mail, "transport_for", lambda *_: Broken(temporary=True))
    work(app)
    assert [(row.state, row.tries) for row in kept(LetterLog)] == [(LetterState.WAITING, 1)]


def test_a_letter_that_nobody_needs_any_more_is_dropped(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.promise()
    with monkeypatch.context() as broken:
        broken.setattr(mail, "transport_for", lambda *_: Broken(temporary=True))
        work(app)
    world.session.get_one(Account, world.member.id).email = "new@example.org"
    world.session.commit()
    work(app, make.NOW + timedelta(days=1))
    assert {(row.to_address, row.state) for row in kept(LetterLog)} == {
        ("lan@example.org", LetterState.DROPPED),
        ("new@example.org", LetterState.SENT),
    }


def test_the_log_holds_no_secret_link(app: Flask, world: World) -> None:
    token = invitation_token(app.config["FAIRAPP"].secret_key, "n1")
    delegation = make.delegation(world.session, world.fair, digest=token_digest(token))
    outbox.post(world.session, "mail.head_invited", make.NOW, delegation_id=delegation.id, nonce="n1")
    world.session.commit()
    work(app)
    assert token in sent(app)[0].get_content()
    (row,) = kept(LetterLog)
    assert row.event is LetterEvent.HEAD_INVITED
    assert token not in row.body
    assert "/d/invitations/•••" in row.body


def test_a_letter_of_the_house_is_in_no_fairs_log(app: Flask, world: World) -> None:
    outbox.post(world.session, "mail.password_changed", make.NOW, account_id=world.member.id)
    world.session.commit()
    work(app)
    assert (len(sent(app)), kept(LetterLog)) == (1, [])


def test_the_log_asks_the_same_of_the_database_for_one_and_for_many(
    app: Flask, world: World, browse: Browse
) -> None:
    browser, counted = browse(world.organiser), []
    for more in (1, 2):
        for _each in range(more):
            organisation = make.organisation(world.session)
            make.member(world.session, make.account(world.session), organisation)
            application = make.application(world.session, organisation, world.fair, state=State.ACCEPTED)
            facts = {"application_id": application.id, "step": "accept"}
            outbox.post(world.session, "mail.application_step", make.NOW, **facts)
        world.session.commit()
        work(app)
        asked: list[str] = []

        def note(_c: Any, _cu: Any, statement: str, *_rest: Any, into: list[str] = asked) -> None:
            into.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        assert browser.get("/o/OCOP27/letters").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert len(kept(OutboxMessage)) == 3


def test_words_and_addresses_are_erased_a_year_after_the_fair(app: Flask, world: World) -> None:
    world.promise()
    work(app)
    settings = app.config["FAIRAPP"]
    with app.app_context():
        assert forget_old_letters(settings, datetime(2028, 4, 17, tzinfo=UTC)) == 0
        assert forget_old_letters(settings, datetime(2028, 4, 20, tzinfo=UTC)) == 1
        assert forget_old_letters(settings, datetime(2028, 4, 21, tzinfo=UTC)) == 0
    (row,) = kept(LetterLog)
    assert (row.to_address, row.body, row.state) == ("", "", LetterState.SENT)


def test_the_fair_changes_its_letter_about_being_cancelled_too(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    page = "/o/OCOP27/letters/texts/fair_cancelled/en"
    organiser = browse(world.organiser)
    assert "{reader}" in text_of(organiser.get(page))
    fields = {"subject": "No {fair}", "body": "Dear {reader}: {reason} Ask {contact}", "act": "keep"}
    assert send(organiser, page, **fields).status_code == 303
    world.fair.state_reason = {"vi": "Bão", "en": "A storm"}
    facts = {"application_id": world.application.id, "step": "cancel"}
    outbox.post(world.session, "mail.fair_changed", make.NOW, **facts)
    world.session.commit()
    work(app)
    (letter,) = sent(app)
    assert str(letter["Subject"]) == "No International OCOP Fair"
    assert letter.get_content().startswith(f"Dear {world.member.name}: A storm Ask")
    assert [row.event for row in kept(LetterLog)] == [LetterEvent.FAIR_CANCELLED]


def test_an_invitation_to_head_a_delegation_is_kept_only_with_its_link(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    page = "/o/OCOP27/letters/texts/head_invited/vi"
    organiser = browse(world.organiser)
    without = {"subject": "Mời", "body": "Kính mời dẫn đoàn {delegation}", "act": "keep"}
    refused = send(organiser, page, **without)
    assert refused.status_code == 422
    assert "Thiếu {link} thì người nhận không thể làm theo thư." in text_of(refused)
    assert kept(LetterTemplate) == []
    whole = {**without, "body": "Kính mời dẫn đoàn {delegation}, {count} gian: {link}"}
    assert send(organiser, page, **whole).status_code == 303
    token = invitation_token(app.config["FAIRAPP"].secret_key, "n2")
    delegation = make.delegation(world.session, world.fair, digest=token_digest(token), quota_booths=12)
    outbox.post(world.session, "mail.head_invited", make.NOW, delegation_id=delegation.id, nonce="n2")
    world.session.commit()
    work(app)
    said = sent(app)[0].get_content()
    assert f"12 gian: http://localhost/d/invitations/{token}" in said
    assert token not in kept(LetterLog)[0].body


def test_the_preview_of_every_letter_is_written_for_a_real_applicant(world: World, browse: Browse) -> None:
    organiser = browse(world.organiser)
    for kind in EDITABLE:
        page = organiser.get(f"/o/OCOP27/letters/texts/{kind.value}/en")
        assert (kind, page.status_code) == (kind, 200)
        assert "letter__subject" in text_of(page)
