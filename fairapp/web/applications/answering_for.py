"""A delegation's head answers the organiser's questions for a producer of the list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fairapp.i18n import gettext as _
from fairapp.rules.answers import faults
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.questions import Phase, body_from
from fairapp.store.applications_forms_queries import answer_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.delegations import DelegationEntry
from fairapp.store.delegations_lists import entry_of
from fairapp.usecases.applications_answers import GiveAnswers, against_answers, current_form
from fairapp.usecases.delegations_answers import answer_for, entry_headed
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.answered import kept_files
from fairapp.web.applications.answering import taken_files
from fairapp.web.applications.asking import FEW, AskingForm, asking_form
from fairapp.web.applications.bp import bp
from fairapp.web.wording import sentences

PRODUCER = "/d/<int(max=2147483647):delegation_id>/producers/<int(max=2147483647):entry_id>"


def _entry(delegation_id: int, entry_id: int) -> DelegationEntry:
    """The producer, for the head of this list only."""
    entry = entry_headed(
        reading(), current_actor(), entry_of(reading(), delegation_id, entry_id).application_id
    )
    g.fair = entry.application.fair
    return entry


def _back(entry: DelegationEntry) -> Response:
    address = url_for("delegations.entry", delegation_id=entry.delegation_id, entry_id=entry.id)
    return redirect(address, 303)


@bp.get(f"{PRODUCER}/questions")
@signed_in
def answering_for(delegation_id: int, entry_id: int) -> Any:
    """The form, filled with what is kept; back to the producer where it cannot be answered now."""
    entry, session = _entry(delegation_id, entry_id), reading()
    application = entry.application
    if against_answers(session, application, Phase.APPLY, datetime.now(UTC)) is not None:
        return _back(entry)
    current, answer = (
        current_form(session, application, Phase.APPLY),
        answer_of(session, application.id, Phase.APPLY),
    )
    assert current is not None
    form = asking_form(body_from(current.body), answer.answers if answer else {})
    form.stamp(answer.version if answer else 0)
    return _page(entry, form)


@bp.post(f"{PRODUCER}/questions")
@signed_in
def save_answers_for(delegation_id: int, entry_id: int) -> Any:
    """Keep every answer that fits; nothing that was typed is lost."""
    entry = _entry(delegation_id, entry_id)
    current = current_form(reading(), entry.application, Phase.APPLY)
    if current is None:
        raise Missing
    form = asking_form(body_from(current.body))
    form.validate_on_submit()
    taken, wrong = taken_files(form)
    said, unfit = form.said()
    dropped = tuple(request.form.getlist("drop")[:80])
    tab = (form.tab.data or "")[:32]
    order = GiveAnswers(entry.application_id, Phase.APPLY, said, form.seen_version(), tab, taken, dropped)
    try:
        with transaction() as session:
            kept = answer_for(session, current_actor(), delegation_id, entry_id, order, datetime.now(UTC))
            answers = dict(kept.answers)
    except (Refused, Clash) as refusal:
        db.session.rollback()
        again = _entry(delegation_id, entry_id)
        return _page(again, form, sentences(refusal), anew=isinstance(refusal, Clash)), 409
    wrong += unfit
    if "later" not in request.form:
        named = {fault.key for fault in wrong}
        wrong += tuple(fault for fault in faults(form.body, answers) if fault.key not in named)
    if wrong:
        form.show_faults(wrong)
        return _page(_entry(delegation_id, entry_id), form, anew=True), 422
    flash(_("Your answers are kept."), "ok")
    return _back(entry)


def _page(entry: DelegationEntry, form: AskingForm, reasons: tuple[str, ...] = (), anew: bool = False) -> str:
    answer = answer_of(reading(), entry.application_id, Phase.APPLY)
    if anew:
        form.stamp(answer.version if answer else 0, anew=True)
    return render_template(
        "applications/answering_for.html",
        entry=entry,
        form=form,
        files=kept_files(entry.application, answer.answers) if answer else {},
        marks={},
        few=FEW,
        reasons=reasons,
    )
