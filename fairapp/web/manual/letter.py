"""Write to everybody who is late in one go: who gets it, what it says; and when letters go by themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for

from fairapp.i18n import LANGUAGES, current_language, ngettext
from fairapp.i18n import gettext as _
from fairapp.i18n.letters import written
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.duties import ReminderSettings
from fairapp.rules.errors import Invalid, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.duties_queries import Person
from fairapp.store.letters_queries import own_text
from fairapp.usecases.duties_letters import facts_of_owed
from fairapp.usecases.manual_letters import (
    LETTER,
    SetReminders,
    WriteToLate,
    set_reminders,
    write_to_late,
    written_today,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.manual.bp import OFFICE, bp
from fairapp.web.manual.forms import RemindersForm, WordsForm
from fairapp.web.manual.late import filter_asked, rows_of
from fairapp.web.wording import sentences

NAMED = 60
"""Names that the page shows; of more it tells the number."""


@bp.get(f"{OFFICE}/letter")
@needs(Permission.MANUAL_EDIT)
def letter(fair_code: str) -> str:
    """Who of the list is late and gets the letter, and what it says to the first of them."""
    return _page(WordsForm(formdata=None))


@bp.post(f"{OFFICE}/letter")
@needs(Permission.MANUAL_EDIT)
def write(fair_code: str) -> Any:
    """Look at it with the words that were typed, or send it; a second press sends nothing twice."""
    form, fair = WordsForm(), current_fair()
    if not form.validate_on_submit():
        return _page(form), 422
    if request.form.get("act") == "look":
        return _page(form)
    try:
        with transaction() as session:
            ids = tuple(each.id for each in _late(datetime.now(UTC)))
            order = WriteToLate(fair.id, ids, form.words.data or "")
            many = write_to_late(session, current_actor(), order, datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        form.words.errors = [*form.words.errors, *map(phrase, invalid.fields.values())]
        return _page(form), 422
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _page(form), 409
    flash(ngettext("%(num)s exhibitor gets a letter.", "%(num)s exhibitors get a letter.", many), "ok")
    return redirect(url_for("manual.late", fair_code=fair.code), 303)


@bp.route(f"{OFFICE}/reminders", methods=["GET", "POST"])
@needs(Permission.MANUAL_EDIT)
def reminders(fair_code: str) -> Any:
    """When letters about tasks go out by themselves."""
    form, fair = RemindersForm(), current_fair()
    if not form.is_submitted():
        form.fill(ReminderSettings.read(fair.settings))
        return render_template("manual/reminders.html", form=form)
    if not form.validate():
        return render_template("manual/reminders.html", form=form), 422
    with transaction() as session:
        set_reminders(session, current_actor(), SetReminders(fair.id, form.settings()), datetime.now(UTC))
    flash(_("Saved."), "ok")
    return redirect(url_for("manual.late", fair_code=fair.code), 303)


def _late(now: datetime) -> list[Person]:
    """Those whom the list's filter lets through and who are late."""
    return [row.person for row in rows_of(current_fair(), filter_asked(), now) if "late" in row.views]


def _page(form: WordsForm) -> str:
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    late = _late(now)
    had = written_today(session, fair, now)
    to = [each for each in late if each.id not in had]
    said = request.args.get("text", "")
    language = said if said in LANGUAGES else current_language()
    shown = None
    if to:
        facts = facts_of_owed(session, fair, to[0].id, form.words.data or "", now)
        own = own_text(session, fair.id, LETTER, facts, language)
        shown = written(LETTER, language, facts, current_app.config["FAIRAPP"].base_url, own)
    return render_template(
        "manual/letter.html",
        form=form,
        to=to,
        had=len(late) - len(to),
        named=NAMED,
        asked=filter_asked(),
        shown=shown,
        language_shown=language,
    )
