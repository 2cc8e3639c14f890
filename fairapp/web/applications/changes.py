"""Changes after the deadline, on the exhibitor's side: propose one, follow it, take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.changes import LONGEST_WHY, ChangeRefusal, ChangeState, ChangeStep
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.questions import Phase, Question, QuestionType, body_from
from fairapp.rules.text import TextRefused, clean
from fairapp.store.applications import Application
from fairapp.store.applications_forms import AnswerFile, ChangeRequest
from fairapp.store.applications_forms_queries import answer_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.changes_queries import change_of, changes_of, files_named
from fairapp.usecases.applications_answers import against_answers, current_form
from fairapp.usecases.applications_changes import (
    CLOSED,
    ProposeChange,
    StepChange,
    propose_change,
    step_change,
)
from fairapp.usecases.applications_part_changes import CHANGEABLE, against_part_change
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.answered import KeptFile, file_address, kept_files
from fairapp.web.applications.answering import taken_files
from fairapp.web.applications.applicant import own
from fairapp.web.applications.asking import FEW, AskingForm, answer_words, asking_form
from fairapp.web.applications.bp import CHANGE, MINE, bp
from fairapp.web.applications.part_words import ShownField, part_fields, part_names
from fairapp.web.wording import sentences

TAGS = {
    ChangeState.PROPOSED: ("info", "clock"),
    ChangeState.APPROVED: ("ok", "check"),
    ChangeState.REFUSED: ("err", "ban"),
    ChangeState.WITHDRAWN: ("", "undo"),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A request with its answers in words."""

    row: ChangeRequest
    fields: tuple[ShownField, ...]


def shown_changes(rows: Sequence[ChangeRequest], office: str = "") -> list[ShownChange]:
    """Requests as pages show them; ``office``: the fair's code, on its side."""
    files = files_named(reading(), _file_ids(row for row in rows if row.part is None))
    named = part_names(rows)
    return [
        ShownChange(row, tuple(_fields(row, files, office) if row.part is None else part_fields(row, named)))
        for row in rows
    ]


def _file_ids(rows: Iterable[ChangeRequest]) -> set[int]:
    said = [value for row in rows for each in row.fields.values() for value in each.values()]
    return {value for value in said if isinstance(value, int) and not isinstance(value, bool)}


def _fields(row: ChangeRequest, files: dict[int, AnswerFile], office: str) -> Iterable[ShownField]:
    def kept(question: Question, value: Any) -> KeptFile | None:
        there = files.get(value) if question.type is QuestionType.FILE else None
        return KeptFile(there.name, file_address(row.application, there, office)) if there else None

    assert row.form_version is not None, "answers have a form"
    for question in body_from(row.form_version.body).questions():
        if (each := row.fields.get(question.key)) is not None:
            is_file = question.type is QuestionType.FILE
            yield ShownField(
                pick(question.labels),
                "" if is_file else answer_words(question, each["was"]),
                "" if is_file else answer_words(question, each["would"]),
                kept(question, each["was"]),
                kept(question, each["would"]),
            )


@bp.get(f"{MINE}/changes")
@signed_in
def changes(application_id: int) -> Any:
    """What was proposed and how it stands, and where a change can be proposed."""
    application, now = own(application_id), datetime.now(UTC)
    can = [phase for phase in Phase if against_answers(reading(), application, phase, now) in CLOSED]
    rows = changes_of(reading(), application.id)
    waiting = {row.part or row.phase for row in rows if row.state is ChangeState.PROPOSED}
    parts = CHANGEABLE if against_part_change(application) is None else ()
    return render_template(
        "applications/changes.html",
        application=application,
        changes=shown_changes(rows),
        can=[phase for phase in can if phase not in waiting],
        parts=[part for part in parts if part not in waiting],
        ChangeState=ChangeState,
        ChangeStep=ChangeStep,
        tags=TAGS,
    )


@bp.get(f"{MINE}/changes/new/<any(apply,details):phase>")
@signed_in
def new_change(application_id: int, phase: str) -> Any:
    """The answers as they are, to be changed, and why."""
    application, asked = own(application_id), Phase(phase)
    current = current_form(reading(), application, asked)
    if current is None or against_answers(reading(), application, asked, datetime.now(UTC)) not in CLOSED:
        return redirect(url_for("applications.changes", application_id=application.id))
    answer = answer_of(reading(), application.id, asked)
    form = asking_form(body_from(current.body), answer.answers if answer else {})
    form.stamp(0)
    return _page(application, asked, form)


@bp.post(f"{MINE}/changes/new/<any(apply,details):phase>")
@signed_in
def propose(application_id: int, phase: str) -> Any:
    """Send the proposal to the organiser; what cannot be sent comes back with its text."""
    application, asked = own(application_id), Phase(phase)
    current = current_form(reading(), application, asked)
    if current is None:
        return redirect(url_for("applications.changes", application_id=application.id))
    form = asking_form(body_from(current.body))
    form.validate_on_submit()
    taken, wrong = taken_files(form)
    said, unfit = form.said()
    if wrong or unfit:
        form.show_faults(unfit)
        return _page(application, asked, form), 422
    try:
        with transaction() as session:
            order = ProposeChange(application_id, asked, said, said_why(), taken)
            propose_change(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        reasons = sentences(refused)
        page = _page(own(application_id), asked, form, reasons)
        return page, 409 if refused.reasons[0] in (ChangeRefusal.ONE_WAITS, *CLOSED) else 422
    flash(_("The organiser has your proposal. You get a letter when it is decided."), "ok")
    return redirect(url_for("applications.changes", application_id=application_id), 303)


@bp.post(f"{MINE}/changes/{CHANGE}/withdraw")
@signed_in
def take_back(application_id: int, change_request_id: int) -> Any:
    """Take the proposal back; a second press shows how it stands."""
    own(application_id)
    change = change_of(reading(), current_actor(), change_request_id)
    if change.application_id != application_id:
        abort(404)
    here = redirect(url_for("applications.changes", application_id=application_id), 303)
    if change.state is ChangeState.WITHDRAWN:
        return here
    try:
        with transaction() as session:
            order = StepChange(change_request_id, ChangeStep.WITHDRAW)
            step_change(session, current_actor(), order, datetime.now(UTC))
    except (Refused, Clash):
        db.session.rollback()
        flash(phrase(ChangeRefusal.NOT_FROM_HERE), "warn")
        return here
    flash(_("Your proposal is taken back."), "ok")
    return here


def said_why() -> str:
    try:
        return clean(request.form.get("why", ""), longest=LONGEST_WHY, lines=True)
    except TextRefused:
        return ""


def _page(application: Application, phase: Phase, form: AskingForm, reasons: tuple[str, ...] = ()) -> str:
    answer = answer_of(reading(), application.id, phase)
    files = kept_files(application, answer.answers) if answer else {}
    return render_template(
        "applications/change_new.html",
        application=application,
        phase=phase,
        form=form,
        files={key: KeptFile(each.name, each.href) for key, each in files.items()},
        marks={},
        few=FEW,
        why=request.form.get("why", "")[:LONGEST_WHY],
        longest=LONGEST_WHY,
        reasons=reasons,
    )
