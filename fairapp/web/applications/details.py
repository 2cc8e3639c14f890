"""The office reads the details an exhibitor gave, and gives one applicant more time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.forms import form_settings
from fairapp.rules.questions import Phase
from fairapp.store.applications_forms_queries import (
    answer_of,
    extension_of,
    extensions_count,
    extensions_in,
)
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_answers import ExtendDeadline, extend_deadline
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.answered import due_of, shown_parts
from fairapp.web.applications.answering import answer_file
from fairapp.web.applications.bp import FORMS, ONE, bp
from fairapp.web.applications.forms import tidied
from fairapp.web.applications.publishing import STANDING_TAGS
from fairapp.web.applications.review import of_this_fair
from fairapp.web.fields import WholeField
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

PER_PAGE = 50
_TOO_LONG = _l("This is too long. Shorten it.")


class ExtensionForm(FlaskForm):  # type: ignore[misc]
    """Who gets more time, for what and until when."""

    number = WholeField(
        _l("Number of the application"),
        [
            InputRequired(_l("Write the number; the applicant reads it on each page of the form.")),
            NumberRange(1, 2147483647, message=_l("Write the number as the applicant reads it.")),
        ],
    )
    phase = RadioField(_l("For what"), default=Phase.DETAILS.value)
    until = DateTimeLocalField(
        _l("New deadline"), [InputRequired(_l("Choose the new deadline."))], format=["%Y-%m-%dT%H:%M"]
    )
    why = TextAreaField(_l("Why"), [Length(max=2000, message=_TOO_LONG), tidied(500, lines=True)], default="")


@bp.get(f"{ONE}/details")
@needs(Permission.APPLICATION_SEE)
def details(fair_code: str, application_id: int) -> Any:
    """What the exhibitor answered after acceptance, and until when it can."""
    application, session, fair = of_this_fair(application_id), reading(), current_fair()
    answer = answer_of(session, application.id, Phase.DETAILS)
    return render_template(
        "applications/details.html",
        application=application,
        answer=answer,
        due=due_of(application, Phase.DETAILS),
        parts=shown_parts(application, answer, fair.code),
        extension=extension_of(session, application.id, Phase.DETAILS),
        may_extend=current_actor().may(Permission.APPLICATION_DECIDE, fair.id),
        standing_tags=STANDING_TAGS,
        Phase=Phase,
    )


@bp.get(f"{ONE}/files/<int(max=2147483647):file_id>")
@needs(Permission.APPLICATION_SEE)
def office_file(fair_code: str, application_id: int, file_id: int) -> Any:
    """A file that an applicant gave as an answer."""
    return answer_file(of_this_fair(application_id), file_id)


@bp.route(f"{FORMS}/extensions", methods=["GET", "POST"])
@needs(Permission.APPLICATION_DECIDE)
def extensions(fair_code: str) -> Any:
    """Who was given more time, and the form that gives it."""
    fair, form = current_fair(), ExtensionForm()
    form.phase.choices = [SelectChoice(each.value, phrase(each)) for each in Phase]
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        until = form.until.data.replace(tzinfo=ZoneInfo(fair.timezone))
        order = ExtendDeadline(fair.id, form.number.data, Phase(form.phase.data), until, form.why.data)
        try:
            with transaction() as session:
                extend_deadline(session, current_actor(), order, datetime.now(UTC))
            flash(_("More time is given. The applicant gets a letter."), "ok")
            return redirect(url_for("applications.extensions", fair_code=fair.code), 303)
        except Refused as refused:
            db.session.rollback()
            reasons = sentences(refused)
    elif request.method == "GET":
        asked = request.args.get("number", "")
        form.number.data = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    page = page_asked(extensions_count(reading(), fair.id), PER_PAGE)
    shown = render_template(
        "applications/extensions.html",
        form=form,
        rows=extensions_in(reading(), fair.id, page.skipped, page.size),
        page=page,
        settings=form_settings(fair.settings),
        reasons=reasons,
    )
    return (shown, 422) if request.method == "POST" else shown
