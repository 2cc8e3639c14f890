"""One application as its fair's organisers and reviewers see it, with notes and the forms that decide."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.applications import APPLICANTS_STEPS, REASONED_STEPS, Part, State, Step, possible_steps
from fairapp.rules.errors import Missing
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of, exhibitor_from, steps_of
from fairapp.store.applications_review import (
    applications_found,
    booths_of_applications,
    neighbours,
    notes_of,
)
from fairapp.store.badges_lists import members_of
from fairapp.store.base import reading, transaction
from fairapp.usecases.applications import WriteNote, write_note
from fairapp.usecases.applications_steps import circumstances
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.applicant import answers_shown
from fairapp.web.applications.bp import ONE, bp
from fairapp.web.applications.filtering import kept_filters, wanted_from_address
from fairapp.web.applications.forms import NoteForm, ReasonForm
from fairapp.web.applications.reviewing import reviews_shown
from fairapp.web.applications.showing import TAGS, missing_parts


def of_this_fair(application_id: int) -> Application:
    """The application of the fair in the address; a draft is its applicant's alone."""
    fair = current_fair()
    application = application_of(reading(), current_actor(), application_id)
    if application.fair_id != fair.id or application.state is State.DRAFT:
        raise Missing
    return application


def decisions_from(state: State) -> list[Step]:
    """What an organiser can decide now."""
    return [step for step in possible_steps(state) if step not in APPLICANTS_STEPS]


@bp.get(ONE)
@needs(Permission.APPLICATION_SEE)
def review(fair_code: str, application_id: int) -> Any:
    """Everything about one application."""
    return review_page(of_this_fair(application_id), ReasonForm(), NoteForm())


@bp.post(f"{ONE}/notes")
@needs(Permission.APPLICATION_NOTE)
def note(fair_code: str, application_id: int) -> Any:
    """Keep a note for the team."""
    application, form = of_this_fair(application_id), NoteForm()
    if not form.validate_on_submit():
        return review_page(application, ReasonForm(formdata=None), form), 422
    with transaction() as session:
        order = WriteNote(application_id, form.text.data)
        write_note(session, current_actor(), order, datetime.now(UTC))
    flash(_("The note is kept."), "ok")
    return back_to(application_id)


def back_to(application_id: int) -> Any:
    """To the application, in the queue it was found in."""
    address = url_for(
        "applications.review",
        fair_code=current_fair().code,
        application_id=application_id,
        **kept_filters(),  # type: ignore[arg-type]
    )
    return redirect(address, 303)


def review_page(
    application: Application,
    form: ReasonForm,
    note_form: NoteForm,
    reasons: tuple[str, ...] = (),
    step: Step | None = None,
) -> str:
    """The page; ``step`` is the decision that was refused, its text still in the form."""
    session, fair, wanted = reading(), current_fair(), wanted_from_address()
    actor = current_actor()
    found = applications_found(fair, wanted)
    before, after, number, total = neighbours(session, found, wanted.sort, application.id)
    may_decide = actor.may(Permission.APPLICATION_DECIDE, fair.id)
    return render_template(
        "applications/review.html",
        application=application,
        organisation=application.organisation,
        before=before,
        after=after,
        number=number,
        total=total,
        history=steps_of(session, application.id),
        notes=notes_of(session, application.id),
        booths=booths_of_applications(session, [application.id]).get(application.id, []),
        exhibitor=exhibitor_from(session, application.id),
        missing=missing_parts(circumstances(session, application, datetime.now(UTC))),
        members=members_of(session, application.organisation_id) if may_decide else (),
        may_decide=may_decide,
        may_note=actor.may(Permission.APPLICATION_NOTE, fair.id),
        may_assign=actor.may(Permission.BOOTH_ASSIGN, fair.id),
        decisions=decisions_from(application.state) if may_decide else [],
        reasoned=REASONED_STEPS,
        form=form,
        note_form=note_form,
        reasons=reasons,
        refused=step,
        kept=kept_filters(),
        Part=Part,
        Step=Step,
        State=State,
        tags=TAGS,
        **(reviews_shown(fair, application.id) if may_decide else {"reviews": None}),
        **answers_shown(application, fair.code),
    )
