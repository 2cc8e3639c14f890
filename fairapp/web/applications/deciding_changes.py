"""Changes after the deadline, on the organiser's side: those that wait, those of one, and the decision."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.applications import Part
from fairapp.rules.changes import CHANGE_STEPS, ChangeState, ChangeStep
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.changes_queries import change_of, changes_counted, changes_in, changes_of
from fairapp.usecases.applications_changes import StepChange, step_change
from fairapp.usecases.impact import about_application, do_as_shown
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import CHANGE, CHANGES, ONE, bp
from fairapp.web.applications.changes import TAGS, shown_changes
from fairapp.web.applications.forms import ReasonForm
from fairapp.web.applications.review import of_this_fair
from fairapp.web.impact import confirmation, digest_sent, impact_of
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

PER_PAGE = 25


@bp.get(CHANGES)
@needs(Permission.APPLICATION_SEE)
def fairs_changes(fair_code: str) -> Any:
    """The changes that wait, or those decided so."""
    return _list_page()


@bp.get(f"{ONE}/changes")
@needs(Permission.APPLICATION_SEE)
def changes_of_one(fair_code: str, application_id: int) -> Any:
    """The changes of one application."""
    application, fair = of_this_fair(application_id), current_fair()
    return render_template(
        "applications/changes_of_one.html",
        application=application,
        changes=shown_changes(changes_of(reading(), application.id), fair.code),
        form=ReasonForm(formdata=None),
        refused=None,
        reasons=(),
        may_decide=current_actor().may(Permission.APPLICATION_DECIDE, fair.id),
        ChangeState=ChangeState,
        tags=TAGS,
    )


@bp.post(f"{CHANGES}/{CHANGE}/<any(approve,refuse):step>")
@needs(Permission.APPLICATION_DECIDE)
def decide_change(fair_code: str, change_request_id: int, step: str) -> Any:
    """Approve or refuse; whoever comes second is shown how it was decided."""
    fair, asked, form = current_fair(), ChangeStep(step), ReasonForm()
    change = change_of(reading(), current_actor(), change_request_id)
    if change.application.fair_id != fair.id:
        raise Missing
    if not form.validate_on_submit():
        return _list_page(form, change_request_id), 422
    seen = form.version.data or ""
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    order = StepChange(change_request_id, asked, form.reason.data, version)
    here = redirect(url_for("applications.fairs_changes", fair_code=fair.code), 303)
    try:
        with transaction() as session:
            now, actor = datetime.now(UTC), current_actor()
            act = partial(step_change, session, actor, order, now)
            if asked is ChangeStep.APPROVE and change.part is Part.KIND:
                about = about_application(session, change.application, to_exhibitor=False, asks=True)
                do_as_shown(session, about, act, digest_sent(), now)
            else:
                act()
    except (Refused, Clash) as refusal:
        db.session.rollback()
        if (impact := impact_of(refusal)) is not None:
            return confirmation(impact, _("Approve this change?"), _("Approve the change"), here.location)
        change = change_of(reading(), current_actor(), change_request_id)
        if change.state is CHANGE_STEPS[ChangeState.PROPOSED, asked] and change.decided_by_id == (
            current_actor().account_id
        ):
            return here
        return _list_page(form, change_request_id, sentences(refusal)), 409
    flash(
        _("The change is approved and holds from now on.")
        if asked is ChangeStep.APPROVE
        else _("The change is refused. The exhibitor gets a letter."),
        "ok",
    )
    return here


def _list_page(
    form: ReasonForm | None = None, refused: int | None = None, reasons: tuple[str, ...] = ()
) -> str:
    fair, session = current_fair(), reading()
    wanted = request.args.get("state", "")
    state = ChangeState(wanted) if wanted in list(ChangeState) else ChangeState.PROPOSED
    counts = changes_counted(session, fair.id)
    page = page_asked(counts.get(state, 0), PER_PAGE)
    rows = changes_in(session, fair.id, state, page.skipped, page.size)
    return render_template(
        "applications/fairs_changes.html",
        changes=shown_changes(rows, fair.code),
        counts=counts,
        state=state,
        page=page,
        form=form or ReasonForm(formdata=None),
        refused=refused,
        reasons=reasons,
        may_decide=current_actor().may(Permission.APPLICATION_DECIDE, fair.id),
        ChangeState=ChangeState,
        tags=TAGS,
    )
