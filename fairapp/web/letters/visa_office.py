"""The office's side of invitation letters: who asks, issuing, refusing, revoking."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for

from fairapp.adapters.files import FolderFiles
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.visa_letters import VisaState, reference_of, travellers
from fairapp.store import letters_visa as rows
from fairapp.store.base import db, reading, transaction
from fairapp.store.letters import VisaLetter
from fairapp.usecases.letters_visa import (
    IssueVisaLetter,
    issue_visa_letter,
    refuse_visa_letter,
    revoke_visa_letter,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.letters.bp import VISA, VISA_ID, VISA_TAGS, bp
from fairapp.web.letters.visa_forms import IssueForm, RefuseForm
from fairapp.web.letters.visa_papers import paper_of
from fairapp.web.one_application import OFFICE, of_this_fair
from fairapp.web.paging import page_asked
from fairapp.web.places import place_name

PER_PAGE = 40


@bp.get(VISA)
@needs(Permission.LETTER_SEND)
def visa_letters(fair_code: str) -> str:
    """Everybody who asks for a letter, those that wait first."""
    session, fair, state = reading(), current_fair(), request.args.get("state", "")
    wanted = VisaState(state) if state in list(VisaState) else None
    found = rows.visa_letters_found(fair.id, wanted)
    page = page_asked(rows.how_many_visa_letters(session, found), PER_PAGE)
    return render_template(
        "letters/visa_list.html",
        rows=rows.page_of_visa_letters(session, found, page.skipped, page.size),
        page=page,
        wanted=wanted,
        counts=rows.visa_letters_by_state(session, fair.id),
        states=VisaState,
        reference_of=reference_of,
        place_name=place_name,
        tags=VISA_TAGS,
    )


@bp.get(f"{OFFICE}/visa")
@needs(Permission.LETTER_SEND)
def visa_of_application(fair_code: str, application_id: int) -> str:
    """What one exhibitor has asked for."""
    application = of_this_fair(application_id)
    return render_template(
        "letters/visa_of_application.html",
        application=application,
        rows=rows.visa_letters_of(reading(), application.id),
        reference_of=reference_of,
        tags=VISA_TAGS,
    )


@bp.get(f"{VISA}/{VISA_ID}")
@needs(Permission.LETTER_SEND)
def visa_letter(fair_code: str, visa_letter_id: int) -> str:
    """One request: who travels, and the buttons that answer it."""
    return _page(_letter(visa_letter_id), IssueForm(formdata=None), RefuseForm(formdata=None))


@bp.post(f"{VISA}/{VISA_ID}/issue")
@needs(Permission.LETTER_SEND)
def issue_visa(fair_code: str, visa_letter_id: int) -> Any:
    """Number, sign, print and mail the letter; a second press changes nothing."""
    form, now = IssueForm(), datetime.now(UTC)
    settings = current_app.config["FAIRAPP"]

    def printed(letter: VisaLetter) -> str:
        return FolderFiles(settings.private).keep(paper_of(letter, settings.base_url, now), "pdf")

    if not form.validate_on_submit():
        return _page(_letter(visa_letter_id), form, RefuseForm(formdata=None)), 422
    order = IssueVisaLetter(
        visa_letter_id, current_fair().id, form.signer.data or "", secrets.token_urlsafe(18)
    )
    try:
        with transaction() as session:
            issue_visa_letter(session, current_actor(), order, printed, now)
    except Invalid as invalid:
        db.session.rollback()
        form.signer.errors = [phrase(reason) for reason in invalid.fields.values()]
        return _page(_letter(visa_letter_id), form, RefuseForm(formdata=None)), 422
    except Refused as refused:
        return _refused(visa_letter_id, refused)
    flash(_("The letter is issued and on its way to the exhibitor."), "ok")
    return _to(visa_letter_id)


@bp.post(f"{VISA}/{VISA_ID}/refuse")
@needs(Permission.LETTER_SEND)
def refuse_visa(fair_code: str, visa_letter_id: int) -> Any:
    """Issue none, and say why."""
    form = RefuseForm()
    if not form.validate_on_submit():
        return _page(_letter(visa_letter_id), IssueForm(formdata=None), form), 422
    try:
        with transaction() as session:
            fair_id, reason = current_fair().id, form.reason.data or ""
            refuse_visa_letter(session, current_actor(), fair_id, visa_letter_id, reason, datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        form.reason.errors = [phrase(reason) for reason in invalid.fields.values()]
        return _page(_letter(visa_letter_id), IssueForm(formdata=None), form), 422
    except Refused as refused:
        return _refused(visa_letter_id, refused)
    flash(_("The letter is not issued. The exhibitor gets a mail that says why."), "ok")
    return _to(visa_letter_id)


@bp.post(f"{VISA}/{VISA_ID}/revoke")
@needs(Permission.LETTER_SEND)
def revoke_visa(fair_code: str, visa_letter_id: int) -> Any:
    """Let an issued letter count no more."""
    try:
        with transaction() as session:
            revoke_visa_letter(session, current_actor(), current_fair().id, visa_letter_id, datetime.now(UTC))
    except Refused as refused:
        return _refused(visa_letter_id, refused)
    flash(_("The letter counts no more. Whoever checks it is told so."), "ok")
    return _to(visa_letter_id)


def _refused(visa_letter_id: int, refused: Refused) -> Any:
    db.session.rollback()
    for reason in refused.reasons:
        flash(phrase(reason), "warn")
    return _to(visa_letter_id)


def _letter(visa_letter_id: int) -> VisaLetter:
    letter = rows.visa_letter_of(reading(), current_actor(), visa_letter_id)
    if letter.fair_id != current_fair().id:
        raise Missing
    return letter


def _page(letter: VisaLetter, issue: IssueForm, refuse: RefuseForm) -> str:
    return render_template(
        "letters/visa_letter.html",
        letter=letter,
        people=travellers(letter.people),
        reference=reference_of(letter.fair.code, letter.number) if letter.number else "",
        country=place_name(letter.application.organisation.country),
        issue=issue,
        refuse=refuse,
        tags=VISA_TAGS,
        State=VisaState,
    )


def _to(visa_letter_id: int) -> Any:
    code = current_fair().code
    return redirect(url_for("letters.visa_letter", fair_code=code, visa_letter_id=visa_letter_id), 303)
