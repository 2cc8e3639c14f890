"""The applicant's steps: submit, confirm, withdraw, open again; a second press does no harm."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import APPLICANTS_STEPS, EDITABLE, STEPS, State, Step, refusals
from fairapp.rules.errors import Refused
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_steps import TakeStep, circumstances, take_step
from fairapp.usecases.guarding import hindrances
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.applicant import check_page, own
from fairapp.web.applications.bp import MINE, bp
from fairapp.web.wording import sentences

ASKED_FIRST = (Step.CONFIRM, Step.WITHDRAW, Step.REOPEN)


def outcome(step: Step) -> frozenset[State]:
    """The states in which the step leaves an application."""
    return frozenset(after for (_before, taken), after in STEPS.items() if taken is step)


@bp.get(f"{MINE}/steps/<step>")
@signed_in
def ask(application_id: int, step: str) -> Any:
    """Ask once more, saying what follows."""
    application, asked = own(application_id), _step(step)
    if asked not in ASKED_FIRST:
        return redirect(url_for("applications.check", application_id=application_id))
    return _asked(application, asked)


@bp.post(f"{MINE}/steps/<step>")
@signed_in
def take(application_id: int, step: str) -> Any:
    """Take the step; where it was taken a moment ago, show how things stand now."""
    application, asked = own(application_id), _step(step)
    here = redirect(url_for("applications.status", application_id=application_id), 303)
    if (application.state, asked) not in STEPS and application.state in outcome(asked):
        return here
    try:
        with transaction() as session:
            take_step(session, current_actor(), TakeStep(application_id, asked), datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        application = own(application_id)
        if application.state in outcome(asked):
            return here
        reasons = sentences(refused)
        if asked in (Step.SUBMIT, Step.RESUBMIT) and application.state in EDITABLE:
            return check_page(application, reasons), 409
        return _asked(application, asked, reasons), 409
    flash(_done(asked), "ok")
    return here


def _step(text: str) -> Step:
    if text not in [step.value for step in APPLICANTS_STEPS]:
        abort(404)
    return Step(text)


def _asked(application: Application, step: Step, reasons: tuple[str, ...] = ()) -> str:
    session, now = reading(), datetime.now(UTC)
    at = circumstances(session, application, now)
    against = refusals(application.state, step, at)
    guards = hindrances(session, application, step, now) if not against else ()
    with_cures = {phrase(guard.reason, **guard.facts) for guard in guards}
    return render_template(
        "applications/ask.html",
        application=application,
        step=step,
        reasons=tuple(each for each in reasons if each not in with_cures)
        or tuple(phrase(reason) for reason in against),
        possible=not against and not guards,
        hindrances=guards,
        Step=Step,
        booths=at.booths,
    )


def _done(step: Step) -> str:
    return {
        Step.SUBMIT: _("Your application is submitted. A letter is on its way to you."),
        Step.RESUBMIT: _("Your application is submitted again. A letter is on its way to you."),
        Step.CONFIRM: _("You have confirmed that you take part. Welcome!"),
        Step.WITHDRAW: _("Your application is withdrawn."),
        Step.REOPEN: _("Your application is a draft again, with all your answers."),
    }[step]
