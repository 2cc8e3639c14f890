"""Write to reviewers who have still to read something: who gets it, what it says, sent once a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from fairapp.i18n import LANGUAGES, current_language, ngettext
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.letters import written
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.letters_queries import own_text
from fairapp.usecases.applications_review_letters import (
    LETTER,
    LONGEST_WORDS,
    WriteToReviewers,
    facts_of_reviews,
    lagging,
    write_to_reviewers,
    written_today,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import REVIEWING, bp
from fairapp.web.wording import sentences

PAGE = f"{REVIEWING}/letter"


class WriteForm(FlaskForm):  # type: ignore[misc]
    """The organiser's own words above what is to be read."""

    words = TextAreaField(
        _l("Your own words"), [Length(max=LONGEST_WORDS, message=_l("This is too long. Shorten it."))]
    )


@bp.get(PAGE)
@needs(Permission.APPLICATION_DECIDE)
def reviewers_letter(fair_code: str) -> str:
    """Which reviewers have still to read something, and what the letter says to one of them."""
    return _page(WriteForm(formdata=None), None)


@bp.post(PAGE)
@needs(Permission.APPLICATION_DECIDE)
def write_to(fair_code: str) -> Any:
    """Look at it with the words that were typed, or send it; a second press sends nothing twice."""
    form, fair = WriteForm(), current_fair()
    chosen = frozenset(int(each) for each in request.form.getlist("to") if _is_number(each))
    if not form.validate_on_submit():
        return _page(form, chosen), 422
    if request.form.get("act") == "look":
        return _page(form, chosen)
    order = WriteToReviewers(fair.id, tuple(sorted(chosen)), form.words.data or "")
    try:
        with transaction() as session:
            many = write_to_reviewers(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _page(form, chosen), 409
    flash(ngettext("%(num)s reviewer gets a letter.", "%(num)s reviewers get a letter.", many), "ok")
    return redirect(url_for("applications.reviewing", fair_code=fair.code), 303)


def _page(form: WriteForm, chosen: frozenset[int] | None) -> str:
    """``chosen``: who was ticked; None: everybody."""
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    had, everybody = written_today(session, fair, now), lagging(session, fair)
    to = [one for one in everybody if one.account.id not in had]
    said = request.args.get("text", "")
    language, shown = said if said in LANGUAGES else current_language(), None
    first = next((one for one in to if chosen is None or one.account.id in chosen), None)
    if first is not None:
        facts = facts_of_reviews(session, fair, first.account, form.words.data or "", now)
        own = own_text(session, fair.id, LETTER, facts, language)
        shown = written(LETTER, language, facts, current_app.config["FAIRAPP"].base_url, own)
    return render_template(
        "applications/reviewers_letter.html",
        form=form,
        to=to,
        had=len(everybody) - len(to),
        chosen=chosen,
        first=first,
        shown=shown,
        language_shown=language,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
