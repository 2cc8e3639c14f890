"""Changes of the application's own parts after the deadline, on the exhibitor's side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.applications import Part, State
from fairapp.rules.changes import LONGEST_WHY
from fairapp.rules.days import DaySettings
from fairapp.rules.errors import Refused
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import groups_of
from fairapp.usecases.applications_part_changes import ProposePart, against_part_change, propose_part
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.applicant import own
from fairapp.web.applications.bp import MINE, bp
from fairapp.web.applications.changes import said_why
from fairapp.web.applications.forms import PartForm
from fairapp.web.applications.parts import filled_form
from fairapp.web.wording import sentences

NEW = f"{MINE}/changes/new/<any(kind,wishes,needs,products):part>"


@bp.get(NEW)
@signed_in
def new_part_change(application_id: int, part: str) -> Any:
    """The part as it is, to be changed, and why."""
    application, asked = own(application_id), Part(part)
    if against_part_change(application) is not None:
        return redirect(url_for("applications.changes", application_id=application.id))
    form = filled_form(application, asked, fresh=True)
    form.stamp(application)
    return _page(application, form)


@bp.post(NEW)
@signed_in
def propose_part_change(application_id: int, part: str) -> Any:
    """Send the proposal to the organiser; what cannot be sent comes back with its text."""
    application, asked = own(application_id), Part(part)
    form = filled_form(application, asked)
    if not form.validate_on_submit():
        return _page(application, form), 422
    try:
        with transaction() as session:
            order = ProposePart(asked, form.order(application_id, True), said_why())
            propose_part(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return _page(own(application_id), form, sentences(refused)), 409
    flash(_("The organiser has your proposal. You get a letter when it is decided."), "ok")
    return redirect(url_for("applications.changes", application_id=application_id), 303)


def _page(application: Application, form: PartForm, reasons: tuple[str, ...] = ()) -> str:
    return render_template(
        f"applications/part_{form.part.value}.html",
        application=application,
        form=form,
        part=form.part,
        proposes=True,
        by_day=DaySettings.read(application.fair.settings).priced_by_day,
        why=request.form.get("why", "")[:LONGEST_WHY],
        longest=LONGEST_WHY,
        until=None,
        reasons=reasons,
        groups={group.code: group for group in groups_of(reading(), application.fair)},
        State=State,
    )
