"""The applicant's steps: submit, confirm, withdraw, open again; a second press does no harm."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import APPLICANTS_STEPS, EDITABLE, STEPS, State, Step, refusals
from fairapp.rules.errors import Refused
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_steps import TakeStep, circumstances, take_step
from fairapp.usecases.guarding import hindrances
from fairapp.usecases.impact import about_application, do_as_shown, foresee
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.applicant import check_page, own
from fairapp.web.applications.bp import MINE, bp
from fairapp.web.impact import Foreseen, digest_sent, foreseen
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
            _take(session, own(application_id), asked)
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


def _take(session: Session, application: Application, step: Step) -> None:
    now, actor = datetime.now(UTC), current_actor()
    act = partial(take_step, session, actor, TakeStep(application.id, step), now)
    if step is Step.WITHDRAW:
        about = about_application(session, application, to_exhibitor=True)
        do_as_shown(session, about, act, digest_sent(), now)
    else:
        act()


def _what_follows(application: Application) -> Foreseen | None:
    """What withdrawing brings about; nothing where it cannot be done at all."""
    now, actor = datetime.now(UTC), current_actor()
    try:
        with transaction() as session:
            about = about_application(session, application, to_exhibitor=True)
            order = TakeStep(application.id, Step.WITHDRAW)
            act = partial(take_step, session, actor, order, now)
            return foreseen(foresee(session, about, act, now))
    except Refused:
        return None


def _step(text: str) -> Step:
    if text not in [step.value for step in APPLICANTS_STEPS]:
        abort(404)
    return Step(text)


def _asked(application: Application, step: Step, reasons: tuple[str, ...] = ()) -> str:
    foreseen_ = _what_follows(application) if step is Step.WITHDRAW else None
    session, now, application = reading(), datetime.now(UTC), own(application.id)
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
        foreseen=foreseen_,
    )


def _done(step: Step) -> str:
    return {
        Step.SUBMIT: _("Your application is submitted. A letter is on its way to you."),
        Step.RESUBMIT: _("Your application is submitted again. A letter is on its way to you."),
        Step.CONFIRM: _("You have confirmed that you take part. Welcome!"),
        Step.WITHDRAW: _("Your application is withdrawn."),
        Step.REOPEN: _("Your application is a draft again, with all your answers."),
    }[step]
