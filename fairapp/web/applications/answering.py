"""The applicant answers the organiser's questions: with the application, and details after acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import current_app, flash, jsonify, redirect, render_template, request, send_file, url_for

from fairapp.adapters.files import FolderFiles, content_type
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.answers import AnswerFault, Fault, faults
from fairapp.rules.applications import EDITABLE, State
from fairapp.rules.carrying import CarryMark
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.form_versions import owed
from fairapp.rules.forms import AnswerRefusal
from fairapp.rules.questions import Phase, body_from
from fairapp.store.applications import Application
from fairapp.store.applications_forms import AnswerFile, FormAnswer
from fairapp.store.applications_forms_queries import answer_of
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_answers import (
    MOST_BYTES,
    GiveAnswers,
    TakenFile,
    against_answers,
    current_form,
    deadline_of,
    give_answers,
    take_file,
)
from fairapp.usecases.applications_carrying import answers_to_begin_with
from fairapp.usecases.delegations_answers import entry_headed
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.answered import due_of, kept_files, shown_parts
from fairapp.web.applications.applicant import own
from fairapp.web.applications.asking import FEW, AskingForm, asking_form, fault_words
from fairapp.web.applications.bp import MINE, bp
from fairapp.web.wording import sentences


@bp.get(f"{MINE}/form/questions", defaults={"phase": Phase.APPLY})
@bp.get(f"{MINE}/details", defaults={"phase": Phase.DETAILS})
@signed_in
def answering(application_id: int, phase: Phase) -> Any:
    """The form, filled with what is kept; read only where it cannot be answered now."""
    application, session = own(application_id), reading()
    if against_answers(session, application, phase, datetime.now(UTC)) is not None:
        return _closed(application, phase)
    current, answer = current_form(session, application, phase), answer_of(session, application.id, phase)
    assert current is not None
    if answer is None:
        said, marks = answers_to_begin_with(session, application, current, phase)
    else:
        said, marks = answer.answers, {}
    form = asking_form(body_from(current.body), said)
    form.stamp(answer.version if answer else 0)
    return _page(application, phase, form, answer, carried=marks)


@bp.post(f"{MINE}/form/questions", defaults={"phase": Phase.APPLY})
@bp.post(f"{MINE}/details", defaults={"phase": Phase.DETAILS})
@signed_in
def save_answers(application_id: int, phase: Phase) -> Any:
    """Keep every answer that fits, and go on when none is missing; nothing that was typed is lost."""
    application = own(application_id)
    current = current_form(reading(), application, phase)
    if current is None:
        return _closed(application, phase)
    form = asking_form(body_from(current.body))
    form.validate_on_submit()
    taken, wrong = taken_files(form)
    said, unfit = form.said()
    dropped = tuple(request.form.getlist("drop")[:80])
    order = GiveAnswers(
        application_id, phase, said, form.seen_version(), (form.tab.data or "")[:32], taken, dropped
    )
    try:
        with transaction() as session:
            answers = dict(give_answers(session, current_actor(), order, datetime.now(UTC)).answers)
    except (Refused, Clash) as refusal:
        return _held_back(application_id, phase, form, refusal)
    wrong += unfit
    later = "later" in request.form
    if not later:
        named = {fault.key for fault in wrong}
        wrong += tuple(fault for fault in faults(form.body, answers) if fault.key not in named)
    if wrong:
        form.show_faults(wrong)
        application = own(application_id)
        answer = answer_of(reading(), application_id, phase)
        form.stamp(answer.version if answer else 0, anew=True)
        return _page(application, phase, form, answer), 422
    return _onwards(application, phase, later)


@bp.post(f"{MINE}/form/questions/autosave", defaults={"phase": Phase.APPLY})
@bp.post(f"{MINE}/details/autosave", defaults={"phase": Phase.DETAILS})
@signed_in
def autosave_answers(application_id: int, phase: Phase) -> Any:
    """Keep what fits while somebody types."""
    application = own(application_id)
    current = current_form(reading(), application, phase)
    if current is None:
        raise Missing
    form = asking_form(body_from(current.body))
    form.validate_on_submit()
    said, unfit = form.said()
    order = GiveAnswers(application_id, phase, said, form.seen_version(), (form.tab.data or "")[:32])
    with transaction() as session:
        version = give_answers(session, current_actor(), order, datetime.now(UTC)).version
    if unfit:
        return jsonify(errors={fault.key: [fault_words(fault)] for fault in unfit}), 422
    return jsonify(version=version)


@bp.get(f"{MINE}/files/<int(max=2147483647):file_id>")
@signed_in
def own_file(application_id: int, file_id: int) -> Any:
    """A file that the applicant gave as an answer, or its head for it."""
    try:
        application = own(application_id)
    except Missing:
        application = entry_headed(reading(), current_actor(), application_id).application
    return answer_file(application, file_id)


def answer_file(application: Application, file_id: int) -> Any:
    """The file as a download, never shown by the browser itself."""
    row = reading().get(AnswerFile, file_id)
    if row is None or row.application_id != application.id:
        raise Missing
    files = FolderFiles(current_app.config["FAIRAPP"].files)
    answer = send_file(
        BytesIO(files.read(row.key)),
        mimetype=content_type(row.key),
        as_attachment=True,
        download_name=row.name,
        max_age=0,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def taken_files(form: AskingForm) -> tuple[dict[str, TakenFile], tuple[Fault, ...]]:
    """The uploads that can be kept, and why others cannot; no transaction waits for the painting."""
    files = FolderFiles(current_app.config["FAIRAPP"].files)
    taken, wrong = {}, []
    for question, sent in form.files():
        try:
            with sent.stream as stream:
                taken[question.key] = take_file(files, sent.filename or "", stream.read(MOST_BYTES + 1))
        except Refused as refused:
            field = form.asked(question)
            field.errors = [*field.errors, *sentences(refused)]
            wrong.append(Fault(question.key, AnswerFault.FILE_MISSING))
    return taken, tuple(wrong)


def _held_back(application_id: int, phase: Phase, form: AskingForm, refusal: Refused | Clash) -> Any:
    """The form again with its text, and why nothing was kept."""
    db.session.rollback()
    application = own(application_id)
    answer = answer_of(reading(), application_id, phase)
    if isinstance(refusal, Clash):
        form.stamp(answer.version if answer else 0, anew=True)
        return _page(application, phase, form, answer, sentences(refusal)), 409
    if refusal.reasons == (AnswerRefusal.TOO_MANY_FILES,):
        said = sentences(refusal)
        return _page(application, phase, form, answer, said), 409
    page = _closed(application, phase)
    return (page, 409) if isinstance(page, str) else page


def _onwards(application: Application, phase: Phase, later: bool) -> Any:
    if phase is Phase.DETAILS or application.state not in EDITABLE:
        flash(_("Your answers are kept.") if later else _("Your answers are kept and complete."), "ok")
        return redirect(url_for("applications.status", application_id=application.id), 303)
    if later:
        flash(_("Your answers are kept."), "ok")
        return redirect(url_for("applications.tasks", application_id=application.id), 303)
    if request.form.get("then") == "check":
        return redirect(url_for("applications.check", application_id=application.id), 303)
    return redirect(url_for("applications.part_form", application_id=application.id, part="terms"), 303)


def _closed(application: Application, phase: Phase) -> Any:
    """What was answered, and why it cannot be changed here now."""
    if phase is Phase.APPLY:
        view = "tasks" if application.state in EDITABLE else "status"
        return redirect(url_for(f"applications.{view}", application_id=application.id))
    return render_template(
        "applications/details_closed.html",
        application=application,
        due=due_of(application, phase),
        parts=shown_parts(application, answer_of(reading(), application.id, phase)),
        AnswerRefusal=AnswerRefusal,
    )


def _page(
    application: Application,
    phase: Phase,
    form: AskingForm,
    answer: FormAnswer | None,
    reasons: tuple[str, ...] = (),
    carried: Mapping[str, CarryMark] | None = None,
) -> str:
    until = deadline_of(reading(), application, phase)
    return render_template(
        "applications/answering.html",
        application=application,
        phase=phase,
        form=form,
        files=kept_files(application, answer.answers) if answer else {},
        marks=_marks(form, answer) | {key: phrase(mark) for key, mark in (carried or {}).items()},
        is_carried=bool(carried) and answer is None,
        few=FEW,
        until=until if phase is Phase.DETAILS or application.state is State.DRAFT else None,
        late=until is not None and datetime.now(UTC) > until,
        reasons=reasons,
        Phase=Phase,
        State=State,
        EDITABLE=EDITABLE,
    )


def _marks(form: AskingForm, answer: FormAnswer | None) -> dict[str, str]:
    """Questions that the form asks anew since it was answered."""
    if answer is None:
        return {}
    answered = body_from(answer.form_version.body)
    if answered == form.body:
        return {}
    known = {each.key for each in answered.questions()}
    return {
        fault.key: _("Changed since you answered: look again") if fault.key in known else _("New question")
        for fault in owed(answered, form.body, answer.answers)
    }
