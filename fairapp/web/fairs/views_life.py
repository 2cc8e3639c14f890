"""A fair is made, copied, published, postponed and cancelled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import FAIR_STEPS, FairState, FairStep
from fairapp.store import fairs_queries, fairs_search
from fairapp.store.base import reading, transaction
from fairapp.usecases.fairs import StepFair, copy_fair, create_fair, step_fair
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.forms import CopyForm, NewFairForm, ReasonForm
from fairapp.web.wording import sentences

Answer = str | Response | tuple[str, int]


@bp.route("/o/new", methods=["GET", "POST"])
@needs(Permission.FAIR_CREATE)
def new() -> Answer:
    """A new fair: its code, names and days; the rest is filled in under settings."""
    form = NewFairForm()
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                fair = create_fair(session, current_actor(), form.order(), datetime.now(UTC))
                code = fair.code
            flash(_("The fair is made. Only its organisers see it until you publish it."), "ok")
            return redirect(url_for("fairs.settings", fair_code=code), 303)
        except Refused as refused:
            reasons = sentences(refused)
    return _shown("fairs/new.html", form, reasons)


@bp.route("/o/<fair_code>/copy", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def copy(fair_code: str) -> Answer:
    """The next edition: same texts, kinds of booths and plan; new code and days."""
    fair, form = current_fair(), CopyForm()
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                made = copy_fair(session, current_actor(), form.order(fair.id), datetime.now(UTC))
                code = made.code
            flash(_("The next edition is made. Look through its days and prices."), "ok")
            return redirect(url_for("fairs.settings", fair_code=code), 303)
        except Refused as refused:
            reasons = sentences(refused)
    elif not form.is_submitted():
        form.starts_on.data, form.ends_on.data = _a_year_on(fair.starts_on), _a_year_on(fair.ends_on)
    return _shown("fairs/copy.html", form, reasons)


@bp.route("/o/<fair_code>/<any(publish, postpone, cancel):step>", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def step(fair_code: str, step: str) -> Answer:
    """Publish, postpone or cancel: says first who will read of it."""
    fair, form = current_fair(), ReasonForm()
    reasons: tuple[str, ...] = ()
    chosen = FairStep(step)
    if (fair.state, chosen) not in FAIR_STEPS and not form.is_submitted():
        abort(404)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                order = StepFair(fair.id, chosen, form.reason())
                step_fair(session, current_actor(), order, datetime.now(UTC))
            flash(_said_after(chosen), "ok")
            return redirect(url_for("fairs.home", fair_code=fair.code), 303)
        except Refused as refused:
            reasons = sentences(refused)
    letters = fairs_search.how_many(reading(), fairs_queries.applicants_to_tell(fair.id))
    return _shown(
        "fairs/step.html", form, reasons, step=chosen, letters=letters, FairStep=FairStep, FairState=FairState
    )


def _shown(template: str, form: Any, reasons: tuple[str, ...], **values: Any) -> Answer:
    page = render_template(template, form=form, reasons=reasons, **values)
    return (page, 422) if form.is_submitted() else page


def _a_year_on(day: Any) -> Any:
    """The same weekday 52 weeks later: fairs keep their weekend."""
    return type(day).fromordinal(day.toordinal() + 364)


def _said_after(step: FairStep) -> str:
    if step is FairStep.PUBLISH:
        return _("The fair is published. Everybody can see it now.")
    if step is FairStep.POSTPONE:
        return _("The fair is postponed. Its applicants get a letter.")
    return _("The fair is cancelled. Its applicants get a letter.")
