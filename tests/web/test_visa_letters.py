"""Invitation letters: asked for from abroad, issued once with a paper, checked by anybody, erased in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from json import loads
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from fairapp.jobs.outbox import drain
from fairapp.jobs.visa_letters import erase_old_letters
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.visa_letters import VisaState
from fairapp.store.base import db
from fairapp.store.letters import LetterLog, VisaLetter
from fairapp.store.operations import AuditEntry, OutboxMessage
from tests import factories as make

Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]
OFFICE = "/o/OCOP27/letters/visa"
PERSON = {
    "people-0-name": "Somchai Jaidee",
    "people-0-nationality": "Thai",
    "people-0-passport": "aa 1234567",
}


class World:
    """A fair, an exhibitor from Thailand and one from within the country, and people of another fair."""

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
        self.member, self.thai = self.exhibitor("OTOP Chiang Mai", "TH")
        self.local, self.home = self.exhibitor("HTX Chè", "VN")
        session.commit()
        self.page = f"/me/applications/{self.thai}/visa"

    def exhibitor(self, name: str, country: str) -> tuple[Any, int]:
        organisation = make.organisation(self.session, name, country=country)
        account = make.account(self.session, language="en")
        make.member(self.session, account, organisation)
        return account, make.application(self.session, organisation, self.fair, state=State.CONFIRMED).id


@pytest.fixture
def world(rows: Session) -> World:
    return World(rows)


def kept(model: type[Any]) -> list[Any]:
    db.session.rollback()
    wanted = select(model).order_by(model.id).execution_options(populate_existing=True)
    return list(db.session.scalars(wanted))


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def asked(world: World, browse: Browse, send: Send, **fields: str) -> int:
    """The number of a request that waits."""
    answer = send(browse(world.member), world.page, **{**PERSON, "language": "en", **fields})
    assert answer.status_code == 303, text_of(answer)
    return int(kept(VisaLetter)[-1].id)


def issued(world: World, browse: Browse, send: Send, **fields: str) -> VisaLetter:
    number = asked(world, browse, send, **fields)
    page = f"{OFFICE}/{number}"
    answer = send(browse(world.organiser), page, f"{page}/issue", signer="Lê Minh Anh")
    assert answer.status_code == 303, text_of(answer)
    letter: VisaLetter = kept(VisaLetter)[-1]
    return letter


def sent(app: Flask) -> list[EmailMessage]:
    with app.app_context():
        drain(app.config["FAIRAPP"], datetime.now(UTC), lambda _job: None)
    file = Path(app.config["FAIRAPP"].instance) / "mail.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    return [message_from_string(loads(line)["raw"], policy=default) for line in lines]  # type: ignore[misc]


def test_a_letter_is_asked_for_issued_mailed_and_checked(
    app: Flask, world: World, browse: Browse, send: Send, client: FlaskClient
) -> None:
    letter = issued(world, browse, send, embassy="Embassy of Viet Nam, Bangkok")
    assert (letter.state, letter.number) == (VisaState.ISSUED, 1)
    assert letter.people == [{"name": "Somchai Jaidee", "nationality": "Thai", "passport": ""}]
    (mail,) = sent(app)
    assert str(mail["Subject"]) == "Your invitation letter OCOP27-VISA-0001: International OCOP Fair"
    (paper,) = list(mail.iter_attachments())
    assert (paper.get_filename(), paper.get_content_type()) == ("OCOP27-VISA-0001.pdf", "application/pdf")
    download = browse(world.member).get(f"/visa-letters/{letter.id}/file")
    assert download.data == paper.get_content()
    assert download.headers["Content-Disposition"].startswith("attachment")
    with pikepdf.open(BytesIO(download.data)) as pdf:
        assert len(pdf.pages) == 1
    (row,) = kept(LetterLog)
    assert row.attachment == "OCOP27-VISA-0001.pdf"
    assert "AA1234567" not in row.body
    shown = client.get(f"/visa-letters/{letter.code}")
    assert shown.status_code == 200
    assert "OCOP27-VISA-0001" in text_of(shown)
    assert "Somchai" not in text_of(shown)
    assert "Set-Cookie" not in shown.headers


def test_the_audit_and_the_outbox_hold_no_passport(world: World, browse: Browse, send: Send) -> None:
    issued(world, browse, send)
    said = str([entry.facts for entry in kept(AuditEntry)] + [each.facts for each in kept(OutboxMessage)])
    assert "AA1234567" not in said
    assert [entry.what for entry in kept(AuditEntry)] == ["visa_letter.asked", "visa_letter.issued"]


def test_a_second_press_issues_no_second_letter(world: World, browse: Browse, send: Send) -> None:
    letter = issued(world, browse, send)
    browser = browse(world.organiser)
    again = send(browser, "/o/OCOP27/letters/new", f"{OFFICE}/{letter.id}/issue", signer="Somebody Else")
    assert again.status_code == 303
    (same,) = kept(VisaLetter)
    assert (same.number, same.signer, len(kept(OutboxMessage))) == (1, "Lê Minh Anh", 1)


def test_numbers_have_no_gaps_and_one_request_waits_at_a_time(
    world: World, browse: Browse, send: Send
) -> None:
    first = asked(world, browse, send)
    browser = browse(world.member)
    refused = send(browser, world.page, f"{world.page}", **PERSON, language="en")
    assert refused.status_code == 409
    page = f"{OFFICE}/{first}"
    assert send(browse(world.organiser), page, f"{page}/refuse", reason="").status_code == 422
    assert send(browse(world.organiser), page, f"{page}/refuse", reason="Too late").status_code == 303
    assert "Too late" in text_of(browser.get(world.page))
    assert kept(VisaLetter)[0].people[0]["passport"] == ""
    assert issued(world, browse, send).number == 1
    assert issued(world, browse, send).number == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"people-0-name": ""}, "Write the name"),
        ({"people-0-nationality": ""}, "Write the nationality"),
        ({"people-0-passport": "1"}, "A passport number has 5 to 20"),
        ({"people-0-name": "x" * 121}, "This is too long"),
        (
            {"people-0-name": "", "people-0-nationality": "", "people-0-passport": ""},
            "Name at least one person",
        ),
    ],
)
def test_a_faulty_request_is_refused_and_stays(
    world: World, browse: Browse, send: Send, fields: dict[str, str], said: str
) -> None:
    browser = browse(world.member)
    answer = send(browser, world.page, **{**PERSON, "language": "en", **fields, "embassy": "Bangkok"})
    assert answer.status_code == 422
    assert "data-errsum" in text_of(answer)
    assert said in text_of(answer)
    assert "Bangkok" in text_of(answer)
    assert kept(VisaLetter) == []


def test_only_exhibitors_from_abroad_may_ask(world: World, browse: Browse, send: Send) -> None:
    page = f"/me/applications/{world.home}/visa"
    shown = browse(world.local).get(page)
    assert shown.status_code == 200
    assert 'name="people-0-name"' not in text_of(shown)
    other = browse(world.local)
    assert send(other, "/account", page, **PERSON, language="en").status_code == 409
    assert "/visa" not in text_of(other.get(f"/me/applications/{world.home}"))
    assert kept(VisaLetter) == []


def test_a_request_is_taken_back_while_it_waits(world: World, browse: Browse, send: Send) -> None:
    number, browser = asked(world, browse, send), browse(world.member)
    assert send(browser, world.page, f"{world.page}/{number}/withdraw").status_code == 303
    (letter,) = kept(VisaLetter)
    assert (letter.state, letter.people[0]["passport"]) == (VisaState.WITHDRAWN, "")
    page = f"{OFFICE}/{number}"
    send(browse(world.organiser), "/o/OCOP27/letters/new", f"{page}/issue", signer="X")
    assert kept(VisaLetter)[0].state is VisaState.WITHDRAWN


def test_a_revoked_letter_says_so_to_whoever_checks_it(
    world: World, browse: Browse, send: Send, client: FlaskClient
) -> None:
    letter = issued(world, browse, send)
    page = f"{OFFICE}/{letter.id}"
    assert send(browse(world.organiser), page, f"{page}/revoke").status_code == 303
    assert "note--err" in text_of(client.get(f"/visa-letters/{letter.code}"))
    assert client.get(f"/visa-letters/{'x' * 24}").status_code == 404


def test_letters_are_hidden_from_everybody_else(world: World, browse: Browse, send: Send) -> None:
    letter = issued(world, browse, send)
    for page in (OFFICE, f"{OFFICE}/{letter.id}", f"/o/OCOP27/applications/{world.thai}/visa"):
        assert browse(world.organiser).get(page).status_code == 200
        assert browse(world.finance).get(page).status_code == 403
        assert browse(world.stranger).get(page).status_code == 404
    assert browse(world.stranger).get(f"/o/OTHER/letters/visa/{letter.id}").status_code == 404
    for account, code in ((world.local, 404), (world.stranger, 404), (world.organiser, 200)):
        assert browse(account).get(f"/visa-letters/{letter.id}/file").status_code == code
    assert browse(world.local).get(world.page).status_code == 404
    withdraw = f"{world.page}/{letter.id}/withdraw"
    assert send(browse(world.local), "/account", withdraw).status_code == 404


def test_names_and_paper_are_erased_after_the_fair(
    app: Flask, world: World, browse: Browse, send: Send
) -> None:
    letter, settings = issued(world, browse, send), app.config["FAIRAPP"]
    key = letter.file_key or ""
    path = settings.private / key[:2] / key
    assert path.is_file()
    assert erase_old_letters(settings, datetime(2027, 5, 19, tzinfo=UTC)) == 0
    assert erase_old_letters(settings, datetime(2027, 5, 21, tzinfo=UTC)) == 1
    assert erase_old_letters(settings, datetime(2027, 5, 22, tzinfo=UTC)) == 0
    (erased,) = kept(VisaLetter)
    assert (erased.people, erased.file_key, erased.signer, path.exists()) == ([], None, "", False)
    assert browse(world.member).get(f"/visa-letters/{letter.id}/file").status_code == 404


def test_the_list_asks_the_same_for_one_and_for_many(world: World, browse: Browse, send: Send) -> None:
    browser, counted = browse(world.organiser), []
    for more in (1, 2):
        for _each in range(more):
            member, application = world.exhibitor("OTOP", "TH")
            world.session.commit()
            page = f"/me/applications/{application}/visa"
            send(browse(member), page, **PERSON, language="en")
        asked_for: list[str] = []

        def note(_c: Any, _cu: Any, statement: str, *_rest: Any, into: list[str] = asked_for) -> None:
            into.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        assert browser.get(OFFICE).status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counted.append(len(asked_for))
    assert counted[0] == counted[1]
