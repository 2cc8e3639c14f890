"""Versions of a fair's floor plan: brought in as drafts, settled, put in force."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import PlanState
from fairapp.rules.plan_layers import Unit, parse_layers
from fairapp.rules.plan_zones import by_letters
from fairapp.store import fairs_queries
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import FloorPlan
from fairapp.usecases.fairs_plans import (
    Choice,
    DecideDraft,
    KeepDraft,
    PublishPlan,
    SettleDraft,
    booths_changed,
    decide_draft,
    discard_draft,
    keep_draft,
    publish_plan,
    settle_draft,
)
from fairapp.usecases.impact import about_booths, do_as_shown
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.forms import PlanFileForm
from fairapp.web.fairs.forms_studio import HallForm
from fairapp.web.fairs.versions import choices_of, version_page
from fairapp.web.impact import confirmation, digest_sent, impact_of
from fairapp.web.wording import sentences

Answer = str | Response | tuple[str, int]


@bp.route("/o/<fair_code>/plan", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def plans(fair_code: str) -> Answer:
    """Every version of the plan, and the way to bring in the next one."""
    fair, form = current_fair(), PlanFileForm()
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        from fairapp.adapters.plans.features import DEFAULT_HALL  # a geometry library: only here
        from fairapp.adapters.plans.files import read_file
        from fairapp.adapters.plans.reading import MAX_BYTES, PlanUnreadable
        from fairapp.adapters.plans.sheets import Wanted

        file = form.file.data
        unit = Unit(form.unit.data) if form.unit.data else None
        try:
            # One byte more than is read tells a file that is too large, whatever its size.
            data = file.read(MAX_BYTES + 1)
            wanted = Wanted(form.hall.data or DEFAULT_HALL, unit, parse_layers(form.layers.data or ""))
            read = read_file(data, wanted)
            draft = by_letters(read.draft) if form.letter_zones.data else read.draft
            order = KeepDraft(
                fair.id, draft, file.filename or "", read.findings, read.reading, form.keeps_halls.data
            )
            with transaction() as session:
                version = keep_draft(session, current_actor(), order, datetime.now(UTC)).version
            return redirect(url_for("fairs.version", fair_code=fair.code, number=version), 303)
        except PlanUnreadable as unreadable:
            reasons = (phrase(unreadable.trouble, **unreadable.facts),)
    page = plans_page(form, reasons)
    return (page, 422) if form.is_submitted() else page


def plans_page(
    form: PlanFileForm | None = None,
    reasons: tuple[str, ...] = (),
    hall_form: HallForm | None = None,
    hall_reasons: tuple[str, ...] = (),
) -> str:
    """Every version, with the two ways to the next one: a file, or an empty hall."""
    return render_template(
        "fairs/plans.html",
        form=form or PlanFileForm(formdata=None),
        reasons=reasons,
        hall_form=hall_form or HallForm(formdata=None),
        hall_reasons=hall_reasons,
        versions=fairs_queries.plans_of(reading(), current_fair().id),
        PlanState=PlanState,
    )


@bp.get("/o/<fair_code>/plan/<int(max=2147483647):number>")
@needs(Permission.PLAN_EDIT)
def version(fair_code: str, number: int) -> str:
    """A version as it would be drawn: what it makes, what was refused, what is to settle, what it changes."""
    return version_page(_version_id(number)[1], request.args.get("hall", ""))


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/settle")
@needs(Permission.PLAN_EDIT)
def settle(fair_code: str, number: int) -> Answer:
    """Apply every proposed cure, or the ones that were chosen."""
    fair, (plan_id, plan) = current_fair(), _version_id(number)
    takes_all = request.form.get("take") == "all"
    chosen: tuple[Choice, ...] = () if takes_all else choices_of(request.form)
    if not takes_all and not chosen:
        return version_page(plan, reasons=(_("Choose a cure for at least one booth."),)), 422
    try:
        with transaction() as session:
            now = datetime.now(UTC)
            if takes_all:
                settle_draft(session, current_actor(), SettleDraft(plan_id), now)
            else:
                decide_draft(session, current_actor(), DecideDraft(plan_id, chosen), now)
    except Refused as refused:
        return version_page(_version_id(number)[1], reasons=sentences(refused), typed=request.form), 409
    flash(_("The cures are applied to the draft."), "ok")
    return redirect(url_for("fairs.version", fair_code=fair.code, number=number), 303)


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/publish")
@needs(Permission.PLAN_EDIT)
def publish(fair_code: str, number: int) -> Any:
    """Put the draft in force."""
    fair, (plan_id, _plan) = current_fair(), _version_id(number)
    try:
        with transaction() as session:
            now, actor = datetime.now(UTC), current_actor()
            about = about_booths(session, fair.id, booths_changed(session, actor, plan_id))
            act = partial(publish_plan, session, actor, PublishPlan(plan_id), now, secrets.randbelow)
            do_as_shown(session, about, act, digest_sent(), now)
    except Refused as refused:
        db.session.rollback()
        if (impact := impact_of(refused)) is not None:
            back = url_for("fairs.version", fair_code=fair.code, number=number)
            return confirmation(impact, _("Put this version in force?"), _("Put in force"), back)
        return version_page(_version_id(number)[1], reasons=sentences(refused)), 409
    flash(_("Version %(number)s is in force. Its booths can be assigned.", number=number), "ok")
    return redirect(url_for("fairs.plans", fair_code=fair.code), 303)


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/discard")
@needs(Permission.PLAN_EDIT)
def discard(fair_code: str, number: int) -> Response:
    """Throw a draft away."""
    fair, (plan_id, _plan) = current_fair(), _version_id(number)
    with transaction() as session:
        discard_draft(session, current_actor(), plan_id, datetime.now(UTC))
    flash(_("The draft is thrown away."), "ok")
    return redirect(url_for("fairs.plans", fair_code=fair.code), 303)


def _version_id(number: int) -> tuple[int, FloorPlan]:
    plan = fairs_queries.plan_version(reading(), current_fair().id, number)
    if plan is None:
        abort(404)
    return plan.id, plan
