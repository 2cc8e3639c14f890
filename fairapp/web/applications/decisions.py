"""The organiser's decisions: on one application, or on many after looking at them once more."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.applications import (
    APPLICANTS_STEPS,
    PREPARABLE,
    REASONED_STEPS,
    STEPS,
    Part,
    Step,
    StepRefusal,
)
from fairapp.rules.errors import Clash, Refused
from fairapp.store.applications_review import applications_chosen
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_decisions import MOST_AT_ONCE, DecideMany, decide_many
from fairapp.usecases.applications_prepared import PrepareMany, prepare_many
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.impact import about_application, do_as_shown
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import ONE, QUEUE, bp
from fairapp.web.applications.filtering import kept_filters
from fairapp.web.applications.forms import NoteForm, ReasonForm, number
from fairapp.web.applications.review import back_to, of_this_fair, review_page
from fairapp.web.applications.showing import TAGS, size_of
from fairapp.web.applications.telling import say_refused, say_replaced, taken_already
from fairapp.web.impact import confirmation, digest_sent, impact_of
from fairapp.web.wording import sentences


@bp.post(f"{ONE}/steps/<step>")
@needs(Permission.APPLICATION_DECIDE)
def decide(fair_code: str, application_id: int, step: str) -> Any:
    """Take the step; a second press finds it taken and shows how things stand."""
    application, form, asked = of_this_fair(application_id), ReasonForm(), _step(step)
    if not form.validate_on_submit():
        return review_page(application, form, NoteForm(formdata=None), step=asked), 422
    parts = tuple(part.value for part in Part if part.value in (form.fields.data or ()))
    order = TakeStep(
        application_id,
        asked,
        form.reason.data,
        parts if asked is Step.RETURN else (),
        number(form.version.data or ""),
    )
    now, actor = datetime.now(UTC), current_actor()
    try:
        with transaction() as session:
            act = partial(take_step, session, actor, order, now)
            if asked is Step.CANCEL:
                about = about_application(session, of_this_fair(application_id), to_exhibitor=False)
                do_as_shown(session, about, act, digest_sent(), now)
            else:
                act()
    except (Refused, Clash) as refusal:
        db.session.rollback()
        application = of_this_fair(application_id)
        if (impact := impact_of(refusal)) is not None:
            back = url_for("applications.review", fair_code=fair_code, application_id=application_id)
            return confirmation(impact, _("Cancel this application?"), phrase(asked), back)
        if application.state in {after for (_b, taken), after in STEPS.items() if taken is asked}:
            return back_to(application_id)
        reasons = refusal.reasons if isinstance(refusal, Refused) else (refusal.reason,)
        form.version.data = str(application.version)
        lacks_words = reasons == (StepRefusal.REASON_MISSING,)
        page = review_page(application, form, NoteForm(formdata=None), sentences(refusal), asked)
        return page, 422 if lacks_words else 409
    flash(_("Done: %(step)s. The applicant gets a letter.", step=phrase(asked)), "ok")
    return back_to(application_id)


@bp.get(f"{QUEUE}/together")
@needs(Permission.APPLICATION_DECIDE)
def together(fair_code: str) -> Any:
    """The chosen applications once more, before one decision on all of them."""
    return _together(ReasonForm(formdata=None), _at_once(request.args.get("step", "")), request.args)


@bp.post(f"{QUEUE}/together")
@needs(Permission.APPLICATION_DECIDE)
def decide_together(fair_code: str) -> Any:
    """Take the step on each of them; say which could not."""
    form, step = ReasonForm(), _at_once(request.form.get("step", ""))
    lacks_words = step in REASONED_STEPS and not (form.reason.data or "").strip()
    if not form.validate_on_submit() or lacks_words:
        reasons = (phrase(StepRefusal.REASON_MISSING),) if lacks_words else ()
        return _together(form, step, request.form, reasons), 422
    is_prepared = request.form.get("how") == "prepare"
    chosen, seen, now = numbers_picked(request.form), versions_seen(request.form), datetime.now(UTC)
    try:
        with transaction() as session:
            if is_prepared:
                order = PrepareMany(chosen, step, form.reason.data, seen)
                decided = prepare_many(session, current_actor(), order, now)
            else:
                each = DecideMany(chosen, step, form.reason.data, seen)
                decided = decide_many(session, current_actor(), each, now)
            done = len(decided.done) or taken_already(decided.refused, step)
            say_refused(decided.refused, step)
            say_replaced(decided.replaced)
    except Refused as refusal:
        db.session.rollback()
        return _together(form, step, request.form, tuple(map(phrase, refusal.reasons))), 409
    if done:
        flash(_prepared(step, done) if is_prepared else _decided(step, done), "ok")
    return back_to_queue()


def back_to_queue() -> Any:
    """To the queue with the filters and the page it was left with."""
    kept: dict[str, Any] = kept_filters()
    return redirect(url_for("applications.queue", fair_code=current_fair().code, **kept), 303)


def _decided(step: Step, done: int) -> str:
    return ngettext(
        "%(step)s: %(num)s application. A letter is on its way.",
        "%(step)s: %(num)s applications. The letters are on their way.",
        done,
        step=phrase(step),
    )


def _prepared(step: Step, done: int) -> str:
    return ngettext(
        "%(step)s: prepared for %(num)s application. Nobody is told before you publish.",
        "%(step)s: prepared for %(num)s applications. Nobody is told before you publish.",
        done,
        step=phrase(step),
    )


def _together(form: ReasonForm, step: Step, source: Any, reasons: tuple[str, ...] = ()) -> str:
    chosen = numbers_picked(source)
    if len(chosen) > MOST_AT_ONCE and not reasons:
        reasons = (phrase(StepRefusal.TOO_MANY_AT_ONCE),)
    rows = applications_chosen(reading(), current_fair(), chosen[:MOST_AT_ONCE])
    return render_template(
        "applications/together.html",
        able=[row for row in rows if (row.state, step) in STEPS],
        unable=[row for row in rows if (row.state, step) not in STEPS],
        step=step,
        form=form,
        reasons=reasons,
        needs_words=step in REASONED_STEPS,
        kept=kept_filters(),
        size_of=size_of,
        tags=TAGS,
    )


def numbers_picked(source: Any) -> tuple[int, ...]:
    """The applications that are ticked, each once; one more than are decided at once, so that it is said."""
    numbers = (text for text in source.getlist("pick")[: MOST_AT_ONCE + 1] if len(text) < 10)
    return tuple(dict.fromkeys(int(text) for text in numbers if text.isascii() and text.isdigit()))


def versions_seen(source: Any) -> dict[int, int]:
    """By application, the version that the page showed."""
    pairs = [text.partition(":")[::2] for text in source.getlist("seen")[:MOST_AT_ONCE] if len(text) < 20]
    sound = [pair for pair in pairs if all(part.isascii() and part.isdigit() for part in pair)]
    return {int(application): int(version) for application, version in sound}


def _at_once(text: str) -> Step:
    if text not in [step.value for step in PREPARABLE]:
        abort(404)
    return Step(text)


def _step(text: str) -> Step:
    if text not in [step.value for step in Step if step not in APPLICANTS_STEPS]:
        abort(404)
    return Step(text)
