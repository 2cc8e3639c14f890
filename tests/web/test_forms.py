"""An organiser builds forms, sees them as an applicant does, and publishes versions of them."""

from __future__ import annotations

import re
from collections.abc import Callable
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
from fairapp.rules.questions import (
    Body,
    Choice,
    Need,
    Phase,
    Question,
    QuestionType,
    Section,
    body_from,
    plain_body,
)
from fairapp.store.accounts import Account
from fairapp.store.applications_forms import Form, FormVersion
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.store.producers import Organisation
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]

COOKS = Question(
    "cooks",
    QuestionType.CHOICE,
    {"vi": "Có nấu tại gian không?", "en": "Do you cook on the stand?"},
    need=Need.REQUIRED,
    choices=(Choice("yes", {"vi": "Có nấu", "en": "We cook"}), Choice("no", {"vi": "Không", "en": "No"})),
)
FASCIA = Question(
    "fascia", QuestionType.SHORT_TEXT, {"vi": "Biển tên", "en": "Name on the fascia"}, most="32"
)
BODY = Body((Section("stand", {"vi": "Gian", "en": "Your stand"}, (COOKS, FASCIA)),))


class Office:
    """A fair with an organiser and a reviewer, another fair with an organiser of its own."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.kind = make.booth_kind(session, self.fair)
        self.organiser = make.account(session, language="en")
        make.grant(session, self.organiser, Role.ORGANISER, self.fair)
        self.reviewer = make.account(session, language="en")
        make.grant(session, self.reviewer, Role.REVIEWER, self.fair)
        self.other_fair = make.fair(session, code="OTHER27")
        self.stranger = make.account(session, language="en")
        make.grant(session, self.stranger, Role.ORGANISER, self.other_fair)


@pytest.fixture
def office(rows: Session) -> Office:
    found = Office(rows)
    rows.commit()
    return found


@pytest.fixture
def form(office: Office, rows: Session) -> Form:
    """A published form of the fair."""
    made = make.form(rows, office.fair, BODY)
    rows.commit()
    return made


def draft(session: Session) -> Body:
    session.expire_all()
    return body_from(session.scalars(select(Form).order_by(Form.id.desc())).first().draft)  # type: ignore[union-attr]


def keys(body: Body) -> list[str]:
    return [each.key for each in body.questions()]


def test_an_organiser_builds_a_form_and_publishes_it(
    office: Office, rows: Session, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    begun = send(browser, "/o/OCOP27/forms", phase="details", kind="")
    here = begun.location
    assert (begun.status_code, draft(rows).sections[0].names["en"]) == (303, "Questions")
    made = send(
        browser,
        f"{here}/questions/new?section=about",
        type="choice",
        label_vi="Có nấu không?",
        label_en="Do you cook?",
        choices_vi="Có\nKhông",
        choices_en="Yes\nNo",
        need="required",
        section="about",
        version=version_of(browser, here),
    )
    assert (made.status_code, made.location) == (303, f"{here}#q-do_you_cook")
    when = send(
        browser,
        f"{here}/questions/new?section=about",
        type="number",
        label_en="Gas",
        unit_en="kg",
        most="45",
        need="required_if",
        when="do_you_cook=yes",
        section="about",
        version=version_of(browser, here),
    )
    assert when.status_code == 303
    assert "Do you cook?" in browser.get(here).get_data(as_text=True)
    seen = browser.get(f"{here}/preview").get_data(as_text=True)
    assert "Needed if “Do you cook?” is: Yes" in seen
    done = send(browser, f"{here}/publish", version=version_of(browser, here))
    assert done.status_code == 303
    version = rows.scalars(select(FormVersion)).one()
    asked = list(body_from(version.body).questions())
    assert [(each.key, each.need, each.most) for each in asked] == [
        ("do_you_cook", Need.REQUIRED, ""),
        ("gas", Need.REQUIRED_IF, "45"),
    ]
    whats = rows.scalars(
        select(AuditEntry.what).where(AuditEntry.what.startswith("form.")).order_by(AuditEntry.id)
    ).all()
    assert list(whats) == ["form.made", "form.question_kept", "form.question_kept", "form.published"]


def version_of(browser: FlaskClient, page: str) -> str:
    """The draft's version on its page."""
    found = re.search(r'data-version="(\d+)"', browser.get(page).get_data(as_text=True))
    assert found is not None
    return found[1]


def test_a_question_that_lacks_its_parts_comes_back_with_its_text(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    page = f"/o/OCOP27/forms/{form.id}/questions/new?section=stand"
    answer = send(
        browse(office.organiser), page, type="choice", label_en="Which?", choices_en="Tea", need="optional"
    )
    said = answer.get_data(as_text=True)
    assert (answer.status_code, "at least two answers" in said, 'value="Which?"' in said) == (422, True, True)
    assert keys(draft(rows)) == ["cooks", "fascia"]


def test_conditions_on_two_questions_are_refused(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    second = Question("sells", QuestionType.CONSENT, {"en": "We sell"})
    form.draft = plain_body(Body((Section("stand", {"en": "S"}, (COOKS, second)),)))
    rows.commit()
    answer = send(
        browse(office.organiser),
        f"/o/OCOP27/forms/{form.id}/questions/new?section=stand",
        type="short_text",
        label_en="Which?",
        need="required_if",
        when=["cooks=yes", "sells=yes"],
    )
    assert (answer.status_code, "Tick answers of one question only." in answer.get_data(as_text=True)) == (
        422,
        True,
    )


def test_a_changed_question_keeps_its_key_and_its_choices_their_codes(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    page = f"/o/OCOP27/forms/{form.id}/questions/cooks"
    answer = send(
        browse(office.organiser),
        page,
        type="choice",
        label_en="Will you cook?",
        choices_en="Yes, we do\nNo",
        choices_vi="Có\nKhông",
        need="optional",
    )
    assert answer.status_code == 303
    found = draft(rows).question("cooks")
    assert found is not None
    assert [each.code for each in found.choices] == ["yes", "no"]
    assert found.labels == {"en": "Will you cook?"}


def test_questions_are_ordered_by_buttons_and_by_dropping(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    browser, here = browse(office.organiser), f"/o/OCOP27/forms/{form.id}"
    moved = send(browser, here, f"{here}/questions/fascia/move", to="up", version=version_of(browser, here))
    assert (moved.status_code, keys(draft(rows))) == (303, ["fascia", "cooks"])
    dropped = send(
        browser, here, f"{here}/questions/fascia/move", section="stand", place="1", to="",
        version=version_of(browser, here),
    )  # fmt: skip
    assert (dropped.status_code, keys(draft(rows))) == (303, ["cooks", "fascia"])


def test_a_second_press_moves_nothing_twice(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    browser, here = browse(office.organiser), f"/o/OCOP27/forms/{form.id}"
    seen = version_of(browser, here)
    answers = [send(browser, here, f"{here}/questions/fascia/move", to="up", version=seen) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 409]
    assert keys(draft(rows)) == ["fascia", "cooks"]


def test_sections_are_added_renamed_moved_and_removed(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    browser, here = browse(office.organiser), f"/o/OCOP27/forms/{form.id}"
    assert send(browser, f"{here}/sections/new", name_en="People").status_code == 303
    assert send(browser, f"{here}/sections/people", name_en="Your people").status_code == 303
    assert send(browser, here, f"{here}/sections/people/move", place="0").status_code == 303
    assert [(each.key, each.names.get("en")) for each in draft(rows).sections] == [
        ("people", "Your people"),
        ("stand", "Your stand"),
    ]
    full = send(browser, here, f"{here}/sections/stand/remove")
    assert (full.status_code, "still has questions" in full.get_data(as_text=True)) == (409, True)
    assert send(browser, here, f"{here}/sections/people/remove").status_code == 303
    assert send(browser, f"{here}/sections/new", name_en=" ").status_code == 422
    assert browser.get(f"{here}/sections/people").status_code == 404


def test_a_question_that_decides_another_stays(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    browser, here = browse(office.organiser), f"/o/OCOP27/forms/{form.id}"
    send(
        browser, f"{here}/questions/fascia", type="short_text", label_en="Gas", need="required_if",
        when="cooks=yes",
    )  # fmt: skip
    answer = send(browser, here, f"{here}/questions/cooks/remove")
    assert (answer.status_code, "depends on the answer" in answer.get_data(as_text=True)) == (409, True)
    assert send(browser, here, f"{here}/questions/fascia/remove").status_code == 303
    assert keys(draft(rows)) == ["cooks"]


def test_the_preview_judges_answers_and_keeps_none(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    page = f"/o/OCOP27/forms/{form.id}/preview"
    wrong = send(browse(office.organiser), page, q_fascia="x" * 33)
    said = wrong.get_data(as_text=True)
    assert (wrong.status_code, "at most 32 characters" in said, "Answer this question." in said) == (
        422,
        True,
        True,
    )
    right = send(browse(office.organiser), page, q_cooks="no")
    assert (right.status_code, "Nothing was kept" in right.get_data(as_text=True)) == (200, True)


def answered(session: Session, office: Office, form: Form, name: str, **said: Any) -> None:
    """Somebody who has answered the form's first version."""
    organisation = make.organisation(session, name)
    application = make.application(session, organisation, office.fair, booth_kind_id=office.kind.id)
    version = session.scalars(select(FormVersion).where(FormVersion.form_id == form.id)).one()
    make.form_answer(session, application, version, said)


def test_publishing_names_who_must_answer_again(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    answered(rows, office, form, "HTX Nấu", cooks="yes")
    answered(rows, office, form, "HTX Bình Yên", cooks="no", fascia="Yên")
    make.application(rows, make.organisation(rows, "Nháp"), office.fair, state=State.DRAFT)
    rows.commit()
    browser, here = browse(office.organiser), f"/o/OCOP27/forms/{form.id}"
    send(browser, f"{here}/questions/fascia", type="short_text", label_en="Name", most="32", need="required")
    asked = browser.get(f"{here}/publish").get_data(as_text=True)
    assert "1 applicant must answer again" in asked
    assert ("HTX Nấu" in asked, "HTX Bình Yên" in asked) == (True, False)
    assert send(browser, f"{here}/publish", version=version_of(browser, here)).status_code == 303
    assert rows.scalars(select(OutboxMessage)).all() == []
    people = browser.get(f"{here}/answers?how=form_again").get_data(as_text=True)
    assert ("HTX Nấu" in people, "HTX Bình Yên" in people, "Nháp" in people) == (True, False, False)
    assert "HTX Bình Yên" in browser.get(f"{here}/answers").get_data(as_text=True)
    assert browser.get(f"{here}/versions/1").status_code == 200
    assert browser.get(f"{here}/versions/3").status_code == 404


def test_nothing_new_is_not_published_and_a_wrong_form_neither(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    browser, here = browse(office.organiser), f"/o/OCOP27/forms/{form.id}"
    same = send(browser, here, f"{here}/publish")
    assert (same.status_code, "Nothing has changed" in same.get_data(as_text=True)) == (409, True)
    form.draft = plain_body(Body())
    rows.commit()
    empty = send(browser, here, f"{here}/publish")
    assert (empty.status_code, "asks nothing yet" in empty.get_data(as_text=True)) == (409, True)
    assert len(rows.scalars(select(FormVersion)).all()) == 1


def test_a_fair_has_one_form_for_a_phase_and_kind(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send
) -> None:
    browser = browse(office.organiser)
    again = send(browser, "/o/OCOP27/forms", phase="apply", kind="")
    assert (again.status_code, "There is a form for this already" in again.get_data(as_text=True)) == (
        409,
        True,
    )
    own = send(browser, "/o/OCOP27/forms", phase="apply", kind=str(office.kind.id), copy_of=str(form.id))
    assert (own.status_code, keys(draft(rows))) == (303, ["cooks", "fascia"])
    assert send(browser, own.location, f"{own.location}/remove").status_code == 303
    kept = send(browser, f"/o/OCOP27/forms/{form.id}", f"/o/OCOP27/forms/{form.id}/remove")
    assert (kept.status_code, len(rows.scalars(select(Form)).all())) == (409, 1)


def test_the_deadline_of_details_is_kept_in_the_fairs_zone(
    office: Office, rows: Session, browse: Browse, send: Send
) -> None:
    page, browser = "/o/OCOP27/forms/deadline", browse(office.organiser)
    assert send(browser, page, until="2027-03-20T17:00", stop="nothing").status_code == 303
    rows.expire_all()
    assert office.fair.settings["forms"] == {
        "details_until": "2027-03-20T17:00:00+07:00",
        "stop": "nothing",
    }
    assert "20 March 2027, 17:00" in browser.get("/o/OCOP27/forms").get_data(as_text=True)
    assert 'value="2027-03-20T17:00"' in browser.get(page).get_data(as_text=True)
    late = send(browser, page, until="2027-05-20T17:00", stop="nothing")
    assert (late.status_code, "after the fair&#39;s last day" in late.get_data(as_text=True)) == (422, True)


PAGES = ("", "/preview", "/publish", "/answers", "/versions/1", "/sections/new", "/sections/stand",
         "/questions/cooks", "/questions/new?section=stand")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_forms_are_for_the_organisers_of_their_fair(
    office: Office, form: Form, rows: Session, browse: Browse, page: str
) -> None:
    address = f"/forms/{form.id}{page}"
    assert browse(office.organiser).get(f"/o/OCOP27{address}").status_code == 200
    assert browse(office.reviewer).get(f"/o/OCOP27{address}").status_code == 403
    assert browse(office.stranger).get(f"/o/OCOP27{address}").status_code == 404
    assert browse(office.stranger).get(f"/o/OTHER27{address}").status_code == 404


def test_lists_of_forms_ask_the_database_equally_often(
    office: Office, form: Form, rows: Session, browse: Browse
) -> None:
    answered(rows, office, form, "HTX Một", cooks="yes")
    rows.commit()
    browser = browse(office.organiser)
    here = f"/o/OCOP27/forms/{form.id}"
    pages = ("/o/OCOP27/forms", f"{here}/answers", f"{here}/publish")
    browser.get(pages[0])
    once = [len(queries(browser, page)) for page in pages]
    make.form(rows, office.fair, BODY, Phase.DETAILS)
    for name in ("HTX Hai", "HTX Ba"):
        answered(rows, office, form, name, cooks="no")
    rows.commit()
    assert [len(queries(browser, page)) for page in pages] == once


def test_the_page_of_phases_is_open_before_there_is_a_form(
    office: Office, rows: Session, browse: Browse
) -> None:
    assert "No form yet" in browse(office.organiser).get("/o/OCOP27/forms").get_data(as_text=True)
    make.form(rows, office.fair, BODY, Phase.DETAILS)
    rows.commit()
    assert "Details, after acceptance" in browse(office.organiser).get("/o/OCOP27/forms").get_data(
        as_text=True
    )


def test_those_who_must_answer_again_get_a_letter_where_the_organiser_wants_it(
    office: Office, form: Form, rows: Session, browse: Browse, send: Send, app: Any
) -> None:
    answered(rows, office, form, "HTX Nấu", cooks="yes")
    answered(rows, office, form, "HTX Bình Yên", cooks="no", fascia="Yên")
    organisation = rows.scalars(select(Organisation).where(Organisation.name == "HTX Nấu")).one()
    organisation.email = "nau@example.org"
    rows.commit()
    browser, here = browse(office.organiser), f"/o/OCOP27/forms/{form.id}"
    send(browser, f"{here}/questions/fascia", type="short_text", label_en="Name", most="32", need="required")
    assert send(browser, f"{here}/publish", version=version_of(browser, here), tells="1").status_code == 303
    message = rows.scalars(select(OutboxMessage)).one()
    work = Work(rows, app.config["FAIRAPP"], make.NOW)
    [letter] = letter_jobs()[message.name](work, **message.facts)
    subject, text = render(letter, app.config["FAIRAPP"])
    assert (letter.to, "HTX Nấu" in text, "/form/questions" in text) == ("nau@example.org", True, True)
    assert subject
