"""The text of the contract: the draft of the next version, and every version that was in force."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.contracts import LONGEST_BODY
from fairapp.rules.errors import Invalid, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.contracts import Contract
from fairapp.store.contracts_queries import draft_of, versions_of
from fairapp.usecases.contracts import keep_draft, publish_contract
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.contracts.bp import OFFICE, bp
from fairapp.web.contracts.forms import TextForm
from fairapp.web.wording import sentences


@bp.get(f"{OFFICE}/text")
@needs(Permission.FAIR_EDIT)
def text(fair_code: str) -> str:
    """The draft of the next version."""
    session, fair, form = reading(), current_fair(), TextForm()
    there = draft_of(session, fair.id) or next(iter(versions_of(session, fair.id)), None)
    form.fill(there, fair.settings)
    return _page(form)


@bp.post(f"{OFFICE}/text")
@needs(Permission.FAIR_EDIT)
def keep_text(fair_code: str) -> Any:
    """Keep the draft; nobody sees it before it is published."""
    form = TextForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        with transaction() as session:
            keep_draft(session, current_actor(), form.order(current_fair().id), datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        for name, reason in invalid.fields.items():
            form[name].errors = [*form[name].errors, phrase(reason)]
        return _page(form), 422
    flash(_("The draft is kept. Exhibitors see it once it is published."), "ok")
    return _back(fair_code)


@bp.post(f"{OFFICE}/publish")
@needs(Permission.FAIR_EDIT)
def publish(fair_code: str) -> Any:
    """Put the draft in force."""
    try:
        with transaction() as session:
            version = publish_contract(session, current_actor(), current_fair().id, datetime.now(UTC))
            number = version.number
    except Refused as refused:
        db.session.rollback()
        form = TextForm(formdata=None)
        form.fill(draft_of(reading(), current_fair().id), current_fair().settings)
        return _page(form, sentences(refused)), 409
    flash(_("Version %(number)s of the contract is in force.", number=number), "ok")
    return _back(fair_code)


@bp.get(f"{OFFICE}/versions/<int(max=2147483647):contract_id>")
@needs(Permission.CONTRACT_SIGN)
def version(fair_code: str, contract_id: int) -> str:
    """One version as exhibitors read it."""
    found = reading().get(Contract, contract_id)
    if found is None or found.fair_id != current_fair().id:
        abort(404)
    return render_template("contracts/version.html", version=found)


def _page(form: TextForm, reasons: tuple[str, ...] = ()) -> str:
    session, fair = reading(), current_fair()
    return render_template(
        "contracts/text.html",
        form=form,
        draft=draft_of(session, fair.id),
        versions=versions_of(session, fair.id),
        reasons=reasons,
        longest=LONGEST_BODY,
    )


def _back(fair_code: str) -> Any:
    return redirect(url_for("contracts.text", fair_code=fair_code), 303)
