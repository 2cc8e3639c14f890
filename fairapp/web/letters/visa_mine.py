"""The exhibitor's side of invitation letters, and the page where anybody checks one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, current_app, flash, g, redirect, render_template, send_file, url_for

from fairapp.adapters.files import FolderFiles, NoSuchFile
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import ADMITTED
from fairapp.rules.errors import Clash, Invalid, Refused
from fairapp.rules.visa_letters import (
    MOST_PEOPLE,
    VisaFault,
    VisaRefusal,
    VisaState,
    reference_of,
    travellers,
)
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.store.letters_visa import visa_letter_called, visa_letter_of, visa_letters_of
from fairapp.usecases.letters_visa import ask_visa_letter, withdraw_visa_letter
from fairapp.web.access import public, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.letters.bp import VISA_ID, VISA_TAGS, bp
from fairapp.web.letters.visa_forms import AskForm
from fairapp.web.one_application import MINE, own


@bp.get(f"{MINE}/visa")
@signed_in
def my_visa(application_id: int) -> str:
    """What was asked for and issued, and the form that asks."""
    return _page(own(application_id), AskForm(formdata=None))


@bp.post(f"{MINE}/visa")
@signed_in
def ask_visa(application_id: int) -> Any:
    """Ask for a letter."""
    application, form = own(application_id), AskForm()
    if not form.validate_on_submit():
        return _page(application, form), 422
    try:
        with transaction() as session:
            ask_visa_letter(session, current_actor(), form.order(application_id), datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        return _page(own(application_id), form, _say(form, invalid)), 422
    except Refused as refused:
        db.session.rollback()
        return _page(own(application_id), form, tuple(map(phrase, refused.reasons))), 409
    except Clash:
        db.session.rollback()
        return _page(own(application_id), form, (phrase(VisaRefusal.WAITS_ALREADY),)), 409
    flash(_("The organiser has your request. You get the letter by e-mail."), "ok")
    return redirect(url_for("letters.my_visa", application_id=application_id), 303)


@bp.post(f"{MINE}/visa/{VISA_ID}/withdraw")
@signed_in
def withdraw_visa(application_id: int, visa_letter_id: int) -> Any:
    """Take the request back."""
    own(application_id)
    try:
        with transaction() as session:
            withdraw_visa_letter(session, current_actor(), visa_letter_id, datetime.now(UTC))
        flash(_("The request is taken back. The passport numbers are erased."), "ok")
    except Refused as refused:
        db.session.rollback()
        for reason in refused.reasons:
            flash(phrase(reason), "warn")
    return redirect(url_for("letters.my_visa", application_id=application_id), 303)


@bp.get(f"/visa-letters/{VISA_ID}/file")
@signed_in
def visa_file(visa_letter_id: int) -> Response:
    """The paper, for its exhibitor and its fair's office."""
    letter = visa_letter_of(reading(), current_actor(), visa_letter_id)
    try:
        body = FolderFiles(current_app.config["FAIRAPP"].private).open(letter.file_key or "")
    except NoSuchFile:
        abort(404)
    name = f"{reference_of(letter.fair.code, letter.number or 0)}.pdf"
    answer = send_file(body, mimetype="application/pdf", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get("/visa-letters/<string(minlength=20,maxlength=40):code>")
@public
def check_visa(code: str) -> str:
    """Whether a letter is genuine and still counts: what stands on it, but nobody's name."""
    g.no_cookie = True
    letter = visa_letter_called(reading(), code)
    if letter is None:
        abort(404)
    return render_template(
        "letters/visa_check.html",
        letter=letter,
        of=letter.fair,
        reference=reference_of(letter.fair.code, letter.number or 0),
        counts=letter.state is VisaState.ISSUED,
    )


def _say(form: AskForm, invalid: Invalid) -> tuple[str, ...]:
    """Write each fault beside its row; what belongs to no row is said at the top."""
    places, said = [place for place, _person in form.rows()], []
    for name, fault in invalid.fields.items():
        field, _underscore, number = name.rpartition("_")
        if fault is VisaFault.NOBODY or not number.isdigit():
            said.append(phrase(fault))
        else:
            form.people.entries[places[int(number)]].form[field].errors = [phrase(fault)]
            said.append(phrase(fault))
    return tuple(said)


def _page(application: Application, form: AskForm, reasons: tuple[str, ...] = ()) -> str:
    letters = visa_letters_of(reading(), application.id)
    is_abroad = application.organisation.country != application.fair.country
    return render_template(
        "letters/visa_mine.html",
        application=application,
        letters=letters,
        people={each.id: travellers(each.people) for each in letters},
        reference_of=reference_of,
        may_ask=is_abroad and application.state in ADMITTED and not any(each.is_open for each in letters),
        hindrance=None if is_abroad else VisaRefusal.NOT_ABROAD,
        form=form,
        reasons=reasons,
        most=MOST_PEOPLE,
        tags=VISA_TAGS,
        State=VisaState,
    )
