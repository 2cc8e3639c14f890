"""One question of a form's draft: put in, changed, moved, taken out."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request

from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.form_building import FormRefusal
from fairapp.rules.questions import Question, QuestionType, body_from
from fairapp.store.applications_forms_queries import form_of
from fairapp.store.base import reading
from fairapp.usecases.applications_forms import (
    KeepQuestion,
    Page,
    keep_question,
    move_question,
    questions_before,
    remove_question,
    step_question,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import FORM, bp
from fairapp.web.applications.building import back_to_draft, done, place_asked, tried
from fairapp.web.applications.building_forms import QuestionForm


@bp.route(f"{FORM}/questions/new", methods=["GET", "POST"])
@bp.route(f"{FORM}/questions/<key>", methods=["GET", "POST"])
@needs(Permission.FORM_EDIT)
def form_question(fair_code: str, form_id: int, key: str = "") -> Any:
    """A question with its type, words, bounds and conditions."""
    fair, form = current_fair(), QuestionForm()
    kept = form_of(reading(), fair.id, form_id)
    body = body_from(kept.draft)
    there = body.question(key) if key else None
    wanted = request.values.get("section", "")
    section = next((each.key for each in body.sections if there in each.questions), wanted)
    if (key and there is None) or body.section(section) is None:
        abort(404)
    form.offer(questions_before(body, key, section))
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        page = Page(fair.id, form_id, form.seen())
        kept_key, reasons = _keep(form.question(key), page, section)
        if not reasons:
            return back_to_draft(form_id, f"q-{kept_key}")
        kept = form_of(reading(), fair.id, form_id)
    elif request.method == "GET":
        if there is not None:
            form.fill(there)
        else:
            _begin(form)
    form.version.data = str(kept.version)
    shown = render_template(
        "applications/form_question.html",
        form=form,
        reasons=reasons,
        kept=kept,
        question=there,
        section=section,
    )
    return (shown, 422) if request.method == "POST" else shown


@bp.post(f"{FORM}/questions/<key>/remove")
@needs(Permission.FORM_EDIT)
def drop_question(fair_code: str, form_id: int, key: str) -> Any:
    """Ask it no more."""
    return done(form_id, lambda session, page, now: remove_question(session, current_actor(), page, key, now))


@bp.post(f"{FORM}/questions/<key>/move")
@needs(Permission.FORM_EDIT)
def shift_question(fair_code: str, form_id: int, key: str) -> Any:
    """One place up or down, or to a place of a section."""
    to, section, place = request.form.get("to", ""), request.form.get("section", ""), place_asked()
    if to in ("up", "down"):
        return done(
            form_id,
            lambda session, page, now: step_question(session, current_actor(), page, key, to == "down", now),
            f"q-{key}",
        )
    return done(
        form_id,
        lambda session, page, now: move_question(session, current_actor(), page, key, section, place, now),
        f"q-{key}",
    )


def _begin(form: QuestionForm) -> None:
    """A new question starts with the kind of answer that was asked for."""
    wanted = request.args.get("type", "")
    known = {each.value for each in QuestionType}
    form.type.data = wanted if wanted in known else QuestionType.SHORT_TEXT.value


def _keep(question: Question | FormRefusal, page: Page, section: str) -> tuple[str, tuple[str, ...]]:
    if isinstance(question, FormRefusal):
        return "", (phrase(question),)
    order, made = KeepQuestion(page, question, section), []
    reasons = tried(lambda session, now: made.append(keep_question(session, current_actor(), order, now)))
    return (made[0].key if made else ""), reasons
