"""The exhibitor's contract: read, signed, kept as a PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for

from fairapp.adapters.files import NoSuchFile
from fairapp.i18n import LANGUAGES, current_language
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import ADMITTED
from fairapp.rules.contracts import ContractRefusal, SignatureState, digest_of
from fairapp.rules.errors import Clash, Invalid, Refused
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.store.contracts import Contract
from fairapp.store.contracts_queries import signature_of, signatures_of
from fairapp.usecases.contracts import SignContract, contract_facts, sign_contract
from fairapp.usecases.guarding_contracts import contract_standing
from fairapp.web.access import signed_in
from fairapp.web.actor import current_account, current_actor
from fairapp.web.contracts.bp import MINE, SIGNATURE, TAGS, bp, private_files
from fairapp.web.contracts.forms import SignForm
from fairapp.web.contracts.papers import exhibitors_side, facts_shown, signed_paper
from fairapp.web.one_application import own
from fairapp.web.wording import sentences


@bp.get(MINE)
@signed_in
def mine(application_id: int) -> str:
    """The contract in force, and the form that signs it."""
    return _page(own(application_id), SignForm())


@bp.post(MINE)
@signed_in
def sign(application_id: int) -> Any:
    """Sign what was shown; a copy is kept before the signature counts."""
    application, form = own(application_id), SignForm()
    standing = contract_standing(reading(), application)
    if standing is None:
        return _page(application, form), 409
    if not form.validate_on_submit():
        return _page(application, form), 422
    now, language = datetime.now(UTC), text_language(standing.contract)
    try:
        order = _order(application, standing.contract, language, form, now)
        with transaction() as session:
            sign_contract(session, current_actor(), order, now)
    except (Refused, Clash) as failure:
        db.session.rollback()
        return _page(own(application_id), form, sentences(failure)), 409
    except Invalid as invalid:
        db.session.rollback()
        form.typed_name.errors = [phrase(reason) for reason in invalid.fields.values()]
        return _page(own(application_id), form), 422
    flash(_("Signed. The organiser countersigns it, and you get a letter."), "ok")
    return redirect(url_for("contracts.mine", application_id=application_id), 303)


@bp.get(f"/signatures/{SIGNATURE}/file")
@signed_in
def file(signature_id: int) -> Response:
    """The PDF copy, for both sides only; with both names once it is countersigned."""
    signature = signature_of(reading(), current_actor(), signature_id)
    try:
        body = private_files().open(signature.both_key or signature.file_key)
    except NoSuchFile:
        abort(404)
    name = f"contract-{signature.contract.fair.code}-{signature.application_id}.pdf"
    answer = send_file(body, mimetype="application/pdf", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def text_language(contract: Contract) -> str:
    """In which language the contract is read and signed: that asked for, the reader's, or what there is."""
    asked = (request.values.get("text", ""), current_language(), *LANGUAGES)
    return next((each for each in asked if each in contract.texts), next(iter(contract.texts)))


def _order(
    application: Application, contract: Contract, language: str, form: SignForm, now: datetime
) -> SignContract:
    """The signature with the copy of what is signed now; the use-case compares it with what was shown."""
    facts, account = contract_facts(reading(), application, contract, language), current_account()
    name, digest = (form.typed_name.data or "").strip(), digest_of(facts)
    email = account.email if account else "–"
    zone, address = application.fair.timezone, current_actor().address
    side = exhibitors_side(facts, name, email, now, zone, address)
    key = ""
    if name and form.agrees.data and digest == form.digest.data:
        key = private_files().keep(signed_paper(facts, digest, side), "pdf")
    shown = form.contract_id.data or ""
    return SignContract(
        application.id,
        int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else 0,
        language,
        name,
        bool(form.agrees.data),
        (form.digest.data or "")[:64],
        key,
    )


def _page(application: Application, form: SignForm, reasons: tuple[str, ...] = ()) -> str:
    session = reading()
    standing = contract_standing(session, application)
    facts: dict[str, Any] = {}
    if standing is not None:
        facts = contract_facts(session, application, standing.contract, text_language(standing.contract))
        form.contract_id.data, form.digest.data = str(standing.contract.id), digest_of(facts)
    return render_template(
        "contracts/mine.html",
        application=application,
        standing=standing,
        facts=facts,
        shown=facts_shown(facts) if facts else (),
        log=signatures_of(session, application.id),
        may_sign=standing is not None and standing.may_sign and application.state in ADMITTED,
        form=form,
        reasons=reasons,
        tags=TAGS,
        refusal_not_admitted=ContractRefusal.NOT_ADMITTED,
        State=SignatureState,
    )
