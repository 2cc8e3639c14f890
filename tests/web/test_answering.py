"""Applicants answer the organiser's questions, and the office reads what they said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.questions import (
    Body,
    Choice,
    Condition,
    Need,
    Phase,
    Question,
    QuestionType,
    Section,
    plain_body,
)
from fairapp.store.accounts import Account
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_forms import AnswerFile, DeadlineExtension, Form, FormAnswer, FormVersion
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases import applications_answers
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
HERE = {"Origin": "http://localhost"}


def asked(key: str, type: QuestionType = QuestionType.SHORT_TEXT, **values: Any) -> Question:
    return Question(key, type, {"vi": key, "en": f"What about {key}"}, **values)


COOKS = asked(
    "cooks",
    QuestionType.CHOICE,
    need=Need.REQUIRED,
    choices=(Choice("yes", {"en": "We cook"}), Choice("no", {"en": "We do not"})),
)
GAS = asked("gas", need=Need.REQUIRED_IF, condition=Condition("cooks", ("yes",)))
PLAN = asked("plan", QuestionType.FILE)
STAFF = asked("staff", QuestionType.TABLE, columns=(Choice("name", {"en": "Name"}),), most="4")
WEIGHT = asked("weight", QuestionType.NUMBER, units={"en": "kg"}, most="500")
BODY = Body((Section("stand", {"en": "Your stand"}, (COOKS, GAS, WEIGHT, STAFF, PLAN)),))
FASCIA = asked("fascia", need=Need.REQUIRED, most="32")
DETAILS = Body((Section("name", {"en": "Your name"}, (FASCIA,)),))


class Desk:
    """A fair with both forms, an applicant with a draft, an organiser, and people of elsewhere."""

    def __init__(self, session: Session) -> None:
        now = datetime.now(UTC)
        today = now.date()
        self.fair = make.fair(
            session,
            starts_on=today + timedelta(days=90),
            ends_on=today + timedelta(days=94),
            apply_from=now - timedelta(days=9),
            apply_until=now + timedelta(days=30),
        )
        self.kind = make.booth_kind(session, self.fair)
        self.producer = make.account(session, language="en")
        self.organisation = make.organisation(session, "HTX Chè Suối Giàng")
        make.member(session, self.producer, self.organisation)
        self.mine = make.application(
            session,
            self.organisation,
            self.fair,
            state=State.DRAFT,
            booth_kind_id=self.kind.id,
            terms_version="1",
        )
        tea = make.product(session, self.organisation)
        session.add(ApplicationProduct(application_id=self.mine.id, product_id=tea.id))
        self.organiser = make.account(session, language="en")
        make.grant(session, self.organiser, Role.ORGANISER, self.fair)
        self.finance = make.account(session, language="en")
        make.grant(session, self.finance, Role.FINANCE, self.fair)
        self.form = make.form(session, self.fair, BODY)
        self.later = make.form(session, self.fair, DETAILS, Phase.DETAILS)
        self.stranger = make.account(session, language="en")
        other = make.organisation(session, "HTX Khác")
        make.member(session, self.stranger, other)
        make.grant(session, self.stranger, Role.ORGANISER, make.fair(session, code="OTHER27"))

    @property
    def here(self) -> str:
        return f"/me/applications/{self.mine.id}"

    @property
    def office(self) -> str:
        return f"/o/OCOP27/applications/{self.mine.id}"


@pytest.fixture
def desk(rows: Session) -> Desk:
    found = Desk(rows)
    rows.commit()
    return found


def said(session: Session, phase: Phase = Phase.APPLY) -> dict[str, Any]:
    session.expire_all()
    row = session.scalar(select(FormAnswer).where(FormAnswer.phase == phase))
    return {} if row is None else row.answers


def marks(browser: FlaskClient, page: str) -> dict[str, str]:
    """The hidden marks of the form."""
    shown = browser.get(page).get_data(as_text=True)
    return {
        name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', shown)[1]  # type: ignore[index]
        for name in ("csrf_token", "version", "tab")
    }


def post(browser: FlaskClient, page: str, action: str = "", **fields: Any) -> Any:
    return browser.post(action or page, data={**marks(browser, page), **fields}, headers=HERE)


def published(session: Session, form: Form, body: Body) -> None:
    """A second version of the form."""
    form.draft = plain_body(body)
    session.add(FormVersion(form_id=form.id, number=2, body=form.draft, published_at=make.NOW))
    session.commit()


def test_questions_are_a_step_of_the_application_and_hold_it_back_until_answered(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    browser, page = browse(desk.producer), f"{desk.here}/form/questions"
    assert page in browser.get(f"{desk.here}/form").get_data(as_text=True)
    check = browser.get(f"{desk.here}/check").get_data(as_text=True)
    assert ("still to answer: 1." in check, f'href="{page}"' in check) == (True, True)
    held = send(browser, f"{desk.here}/form/needs", f"{desk.here}/steps/submit")
    assert (held.status_code, "still to answer: 1." in held.get_data(as_text=True)) == (409, True)
    answer = post(browser, page, q_cooks="yes", q_gas="Bếp nhỏ", q_weight="12,5", **{"q_staff-0-name": "Mai"})
    assert (answer.status_code, answer.location) == (303, f"{desk.here}/form/terms")
    assert said(rows) == {"cooks": "yes", "gas": "Bếp nhỏ", "weight": "12.5", "staff": [{"name": "Mai"}]}
    assert send(browser, f"{desk.here}/form/needs", f"{desk.here}/steps/submit").status_code == 303
    office = browse(desk.organiser).get(desk.office).get_data(as_text=True)
    assert ("We cook" in office, "12.5 kg" in office, "Bếp nhỏ" in office) == (True, True, True)
    entry = rows.scalars(select(AuditEntry).where(AuditEntry.what == "application.answered")).one()
    assert "Bếp nhỏ" not in str(entry.facts)


def test_what_fits_is_kept_and_what_does_not_comes_back_with_its_text(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    page = f"{desk.here}/form/questions"
    answer = post(browse(desk.producer), page, q_cooks="yes", q_weight="very much")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert ("Write a number" in shown, 'value="very much"' in shown, 'href="#q_gas"' in shown) == (
        True,
        True,
        True,
    )
    assert said(rows) == {"cooks": "yes"}


def test_an_incomplete_form_can_be_kept_for_later(desk: Desk, rows: Session, browse: Browse) -> None:
    page = f"{desk.here}/form/questions"
    answer = post(browse(desk.producer), page, q_weight="7", later="1")
    assert (answer.status_code, answer.location, said(rows)) == (303, f"{desk.here}/form", {"weight": "7"})


def test_it_saves_itself_and_an_older_tab_never_overwrites(desk: Desk, rows: Session, browse: Browse) -> None:
    browser, page = browse(desk.producer), f"{desk.here}/form/questions"
    old, new = marks(browser, page), marks(browser, page)

    def saved(form: dict[str, str], weight: str) -> int:
        headers = {**HERE, "X-Autosave": "1", "Accept": "application/json"}
        data = {**form, "q_weight": weight}
        return browser.post(f"{page}/autosave", data=data, headers=headers).status_code

    assert [saved(old, "1"), saved(old, "2"), saved(new, "3"), saved(old, "much")] == [200, 200, 409, 422]
    assert said(rows) == {"weight": "2"}
    pressed = browser.post(page, data={**new, "q_weight": "3", "q_cooks": "no"}, headers=HERE)
    assert (pressed.status_code, 'value="3"' in pressed.get_data(as_text=True)) == (409, True)


def picture() -> BytesIO:
    sent = BytesIO()
    Image.new("RGB", (400, 300), "green").save(sent, "PNG")
    sent.seek(0)
    return sent


def test_a_file_is_kept_by_its_bytes_and_fetched_as_a_download(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    browser, page = browse(desk.producer), f"{desk.here}/form/questions"
    sent = (BytesIO(b"%PDF-1.7\n%%EOF"), "..\\so do.exe")
    assert post(browser, page, q_cooks="no", q_plan=sent).status_code == 303
    row = rows.scalars(select(AnswerFile)).one()
    assert (row.name, said(rows)["plan"]) == ("so do.pdf", row.id)
    got = browser.get(f"{desk.here}/files/{row.id}")
    assert (got.data, got.headers["X-Content-Type-Options"]) == (b"%PDF-1.7\n%%EOF", "nosniff")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert browse(desk.stranger).get(f"{desk.here}/files/{row.id}").status_code == 404
    assert browser.get(f"{desk.here}/files/{row.id + 9}").status_code == 404
    again = post(browser, page, q_cooks="no", q_plan=(picture(), "anh.png"))
    assert (again.status_code, said(rows)["plan"]) == (303, row.id + 1)
    assert post(browser, page, q_cooks="no", drop="plan").status_code == 303
    assert "plan" not in said(rows)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MZ\x90 not a document", "Only PDF files and pictures"),
        (b"%PDF-" + b"0" * 5000, "larger than 10 MB"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Only PDF files and pictures"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_the_answers_are_kept(
    desk: Desk, rows: Session, browse: Browse, monkeypatch: pytest.MonkeyPatch, data: bytes, sentence: str
) -> None:
    monkeypatch.setattr(applications_answers, "MOST_BYTES", 4000)
    page = f"{desk.here}/form/questions"
    answer = post(browse(desk.producer), page, q_cooks="no", q_plan=(BytesIO(data), "plan.pdf"))
    assert (answer.status_code, sentence in answer.get_data(as_text=True)) == (422, True)
    assert (said(rows), rows.scalars(select(AnswerFile)).all()) == ({"cooks": "no"}, [])


def test_details_are_asked_after_acceptance_and_hold_back_the_confirmation(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    browser, page = browse(desk.producer), f"{desk.here}/details"
    early = browser.get(page).get_data(as_text=True)
    assert ("asked after acceptance" in early, 'name="q_fascia"' in early) == (True, False)
    desk.mine.state = State.ACCEPTED
    exhibitor = make.exhibitor(rows, desk.organisation, desk.fair, application_id=desk.mine.id)
    make.claim(rows, make.booth(rows, make.hall(rows, desk.fair)), exhibitor, desk.fair)
    rows.commit()
    status = browser.get(desk.here).get_data(as_text=True)
    assert ("1 question still to answer." in status, "Details still to give: 1." in status) == (True, True)
    held = send(browser, page, f"{desk.here}/steps/confirm")
    assert (held.status_code, f'href="{page}"' in held.get_data(as_text=True)) == (409, True)
    assert post(browser, page, q_fascia="").status_code == 422
    done = post(browser, page, q_fascia="HTX SUỐI GIÀNG")
    assert (done.status_code, done.location) == (303, desk.here)
    assert said(rows, Phase.DETAILS) == {"fascia": "HTX SUỐI GIÀNG"}
    office = browse(desk.finance).get(f"{desk.office}/details").get_data(as_text=True)
    assert ("HTX SUỐI GIÀNG" in office, "Complete" in office) == (True, True)
    assert send(browser, page, f"{desk.here}/steps/confirm").status_code == 303


def test_a_fair_may_let_confirm_without_details(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.mine.state, desk.fair.settings = State.ACCEPTED, {"forms": {"stop": "nothing"}}
    exhibitor = make.exhibitor(rows, desk.organisation, desk.fair, application_id=desk.mine.id)
    make.claim(rows, make.booth(rows, make.hall(rows, desk.fair)), exhibitor, desk.fair)
    rows.commit()
    answer = send(browse(desk.producer), f"{desk.here}/details", f"{desk.here}/steps/confirm")
    assert answer.status_code == 303


def test_after_the_deadline_details_are_closed_but_for_whoever_has_more_time(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    past = datetime.now(UTC) - timedelta(hours=1)
    desk.mine.state = State.ACCEPTED
    desk.fair.settings = {"forms": {"details_until": past.isoformat(), "stop": "confirm"}}
    rows.commit()
    browser, page = browse(desk.producer), f"{desk.here}/details"
    closed = browser.get(page).get_data(as_text=True)
    assert ("deadline for details has passed" in closed, 'name="q_fascia"' in closed) == (True, False)
    until = datetime.now(UTC) + timedelta(days=3)
    given = send(
        browse(desk.organiser),
        f"/o/OCOP27/forms/extensions?number={desk.mine.id}",
        number=str(desk.mine.id),
        phase="details",
        until=f"{until:%Y-%m-%dT%H:%M}",
        why="Bão lũ",
    )
    assert given.status_code == 303
    assert post(browser, page, q_fascia="SUỐI GIÀNG").status_code == 303
    assert "Bão lũ" in browse(desk.organiser).get(f"{desk.office}/details").get_data(as_text=True)


def test_an_extension_opens_submitting_again_and_a_letter_says_so(
    desk: Desk, rows: Session, browse: Browse, send: Send, app: Any
) -> None:
    desk.fair.apply_until = datetime.now(UTC) - timedelta(hours=1)
    version = rows.scalars(select(FormVersion).where(FormVersion.form_id == desk.form.id)).one()
    make.form_answer(rows, desk.mine, version, {"cooks": "no"})
    rows.commit()
    browser = browse(desk.producer)
    late = send(browser, f"{desk.here}/form/needs", f"{desk.here}/steps/submit")
    assert (late.status_code, "deadline for applications has passed" in late.get_data(as_text=True)) == (
        409,
        True,
    )
    until = datetime.now(UTC) + timedelta(days=2)
    page = "/o/OCOP27/forms/extensions"
    fields = {"number": str(desk.mine.id), "phase": "apply", "until": f"{until:%Y-%m-%dT%H:%M}"}
    assert send(browse(desk.organiser), page, **fields).status_code == 303
    assert send(browse(desk.organiser), page, **fields).status_code == 303
    assert len(rows.scalars(select(DeadlineExtension)).all()) == 1
    message = rows.scalars(select(OutboxMessage)).first()
    assert message is not None
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    [letter] = letter_jobs()[message.name](work, **message.facts)
    _subject, text = render(letter, app.config["FAIRAPP"])
    assert "has given HTX Chè Suối Giàng more time" in text
    assert send(browser, f"{desk.here}/form/needs", f"{desk.here}/steps/submit").status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"number": "99999"}, "no application of this number"),
        ({"until": "2020-01-01T10:00"}, "Choose a time to come"),
        ({"until": "2099-01-01T10:00"}, "before the fair ends"),
        ({"number": ""}, "Write the number"),
        ({"until": ""}, "Choose the new deadline"),
    ],
)
def test_an_extension_that_makes_no_sense_says_why(
    desk: Desk, rows: Session, browse: Browse, send: Send, fields: dict[str, str], sentence: str
) -> None:
    until = datetime.now(UTC) + timedelta(days=40)
    plain = {"number": str(desk.mine.id), "phase": "apply", "until": f"{until:%Y-%m-%dT%H:%M}"}
    answer = send(browse(desk.organiser), "/o/OCOP27/forms/extensions", **{**plain, **fields})
    assert (answer.status_code, sentence in answer.get_data(as_text=True)) == (422, True)
    assert rows.scalars(select(DeadlineExtension)).all() == []


def test_a_changed_form_asks_a_submitted_applicant_only_what_is_new(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    version = rows.scalars(select(FormVersion).where(FormVersion.form_id == desk.form.id)).one()
    make.form_answer(rows, desk.mine, version, {"cooks": "no", "weight": "5"})
    desk.mine.state = State.SUBMITTED
    rows.commit()
    browser, page = browse(desk.producer), f"{desk.here}/form/questions"
    assert browser.get(page).status_code == 302
    extra = asked("fridge", need=Need.REQUIRED)
    published(rows, desk.form, Body((Section("stand", {"en": "S"}, (COOKS, WEIGHT, extra)),)))
    assert "The organiser has changed the questions" in browser.get(desk.here).get_data(as_text=True)
    shown = browser.get(page).get_data(as_text=True)
    assert (shown.count("New question"), 'value="5"' in shown) == (1, True)
    done = post(browser, page, q_cooks="no", q_weight="5", q_fridge="Tủ mát")
    assert (done.status_code, done.location) == (303, desk.here)
    assert said(rows)["fridge"] == "Tủ mát"
    assert browser.get(page).status_code == 302
    late = send(browser, f"{desk.here}/steps/withdraw", page, q_fridge="Tủ đông")
    assert (late.status_code, said(rows)["fridge"]) == (302, "Tủ mát")


def test_a_form_for_ones_own_kind_of_booth_takes_the_place_of_the_general_one(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    own = Body((Section("raw", {"en": "Raw"}, (asked("builder"),)),))
    make.form(rows, desk.fair, own, booth_kind_id=desk.kind.id)
    rows.commit()
    shown = browse(desk.producer).get(f"{desk.here}/form/questions").get_data(as_text=True)
    assert ('name="q_builder"' in shown, 'name="q_cooks"' in shown) == (True, False)


def test_without_a_form_nothing_is_asked(desk: Desk, rows: Session, browse: Browse) -> None:
    for version in rows.scalars(select(FormVersion)):
        rows.delete(version)
    rows.commit()
    browser = browse(desk.producer)
    assert browser.get(f"{desk.here}/form/questions").location == f"{desk.here}/form"
    assert "form/questions" not in browser.get(f"{desk.here}/form").get_data(as_text=True)
    assert "asks nothing here" in browser.get(f"{desk.here}/details").get_data(as_text=True)


@pytest.mark.parametrize("page", ["/form/questions", "/details"])
def test_somebody_elses_questions_answer_like_missing_ones(
    desk: Desk, rows: Session, browse: Browse, send: Send, page: str
) -> None:
    assert browse(desk.stranger).get(f"{desk.here}{page}").status_code == 404
    fields = {"q_cooks": "no", "q_fascia": "x"}
    answer = send(browse(desk.stranger), "/me/organisations/new", f"{desk.here}{page}", **fields)
    assert (answer.status_code, said(rows)) == (404, {})


def test_the_office_of_another_fair_reads_nothing(desk: Desk, rows: Session, browse: Browse) -> None:
    desk.mine.state = State.ACCEPTED
    rows.commit()
    browser = browse(desk.stranger)
    assert browser.get(f"{desk.office}/details").status_code == 404
    assert browser.get(f"/o/OTHER27/applications/{desk.mine.id}/details").status_code == 404
    assert browser.get("/o/OCOP27/forms/extensions").status_code == 404
    assert browse(desk.finance).get("/o/OCOP27/forms/extensions").status_code == 403
    assert browse(desk.organiser).get(f"{desk.office}/files/1").status_code == 404
    assert rows.get(Application, desk.mine.id) is not None
