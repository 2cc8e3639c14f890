"""The texts of letters: which ones the fair keeps, the editor with its preview, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for

from fairapp.i18n import LANGUAGES
from fairapp.i18n import gettext as _
from fairapp.i18n.letters import built_in, written
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Invalid
from fairapp.rules.letter_texts import LONGEST_BODY, LONGEST_SUBJECT, TextFault, Unknown, text_faults
from fairapp.rules.letters import EDITABLE, KINDS, LetterEvent, Place, topic_of
from fairapp.store.applications import Application
from fairapp.store.applications_review import Wanted, applications_found, page_of_applications
from fairapp.store.base import db, reading, transaction
from fairapp.store.letters_queries import template_of, templates_of
from fairapp.usecases.letters import KeepText, keep_text, restore_text
from fairapp.usecases.letters_preview import facts_for_preview
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.letters.bp import TEXTS, bp
from fairapp.web.letters.forms import TextForm

ONE = f"{TEXTS}/<any({','.join(EDITABLE)}):event>/<any({','.join(LANGUAGES)}):language>"
MOST_READERS = 500
"""To choose from for the preview; a search by name narrows it down."""


@bp.get(TEXTS)
@needs(Permission.LETTER_SEND)
def texts(fair_code: str) -> str:
    """Every letter that goes out by itself, and which texts are the fair's own."""
    return render_template(
        "letters/texts.html",
        topics=[(topic, list(events)) for topic, events in groupby(EDITABLE, topic_of)],
        kept=templates_of(reading(), current_fair().id),
    )


@bp.get(ONE)
@needs(Permission.LETTER_SEND)
def text(fair_code: str, event: str, language: str) -> str:
    """The words of one letter: the fair's own, or the built-in ones to begin with."""
    kept = template_of(reading(), current_fair().id, LetterEvent(event), language)
    subject, body = (kept.subject, kept.body) if kept else built_in(LetterEvent(event), language)
    return _page(LetterEvent(event), language, TextForm(formdata=None, subject=subject, body=body))


@bp.post(ONE)
@needs(Permission.LETTER_SEND)
def keep(fair_code: str, event: str, language: str) -> Any:
    """Keep the words, or only show what they become for the exhibitor chosen."""
    form, of = TextForm(), LetterEvent(event)
    if not form.validate_on_submit():
        return _page(of, language, form), 422
    subject, body = form.subject.data or "", form.body.data or ""
    if request.form.get("act") == "preview":
        faults, unknown = text_faults(subject, body, KINDS[of].places, KINDS[of].needs)
        return _page(of, language, form, _said(of, form, faults, unknown)), 422 if faults else 200
    try:
        with transaction() as session:
            order = KeepText(current_fair().id, of, language, subject, body)
            keep_text(session, current_actor(), order, datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        _faults, unknown = text_faults(subject, body, KINDS[of].places, KINDS[of].needs)
        return _page(of, language, form, _said(of, form, invalid.fields, unknown)), 422
    flash(_("The text is kept. Letters about this event say it from now on."), "ok")
    return redirect(url_for("letters.text", fair_code=fair_code, event=event, language=language), 303)


@bp.post(f"{ONE}/restore")
@needs(Permission.LETTER_SEND)
def restore(fair_code: str, event: str, language: str) -> Any:
    """Send the built-in text again."""
    with transaction() as session:
        fair_id, now = current_fair().id, datetime.now(UTC)
        was_own = restore_text(session, current_actor(), fair_id, LetterEvent(event), language, now)
    if was_own:
        flash(_("The built-in text is back."), "ok")
    return redirect(url_for("letters.text", fair_code=fair_code, event=event, language=language), 303)


def _said(
    event: LetterEvent, form: TextForm, faults: Mapping[str, Any], unknown: Mapping[str, Unknown]
) -> bool:
    """Write each fault beside its field; whether there was none."""
    for name, fault in faults.items():
        facts = {}
        if place := unknown.get(name):
            facts = {"name": "{" + place.name + "}", "nearest": "{" + place.nearest + "}"}
        elif fault is TextFault.PLACE_MISSING:
            facts = {"name": ", ".join("{" + each.value + "}" for each in KINDS[event].needs)}
        form[name].errors = [phrase(fault, **facts)]
    return not faults


def _page(event: LetterEvent, language: str, form: TextForm, may_preview: bool = True) -> str:
    session, fair = reading(), current_fair()
    readers = page_of_applications(session, applications_found(fair, Wanted()), "name", 0, MOST_READERS)
    chosen = _chosen(list(readers))
    preview = None
    if chosen is not None and may_preview and not form.errors:
        said = _("The words that you give with the decision stand here.")
        facts = facts_for_preview(session, chosen, event, said, datetime.now(UTC))
        own = (form.subject.data or "", form.body.data or "")
        base_url = current_app.config["FAIRAPP"].base_url
        preview = written(KINDS[event].template, language, facts, base_url, own)
    return render_template(
        "letters/text.html",
        event=event,
        spoken=language,
        form=form,
        kept=template_of(session, fair.id, event, language),
        places=[place for place in Place if place in KINDS[event].places],
        readers=readers,
        chosen=chosen,
        preview=preview,
        longest=(LONGEST_SUBJECT, LONGEST_BODY),
    )


def _chosen(readers: list[Application]) -> Application | None:
    asked = request.values.get("application", "")
    if not asked:
        return readers[0] if readers else None
    found = next((each for each in readers if str(each.id) == asked), None)
    if found is None:
        abort(404)
    return found
