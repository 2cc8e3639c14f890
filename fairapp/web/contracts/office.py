"""The office's side of the contract: who has signed, countersigning, refusing, and one exhibitor's log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.contracts import MOST_AT_ONCE, ContractRefusal, SignatureState
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.store import contracts_queries as rows
from fairapp.store.base import db, reading, transaction
from fairapp.store.contracts import Signature
from fairapp.usecases.contracts import Countersign, RefuseSignature, countersign, refuse_signature
from fairapp.usecases.guarding_contracts import contract_standing, floor_of
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_account, current_actor
from fairapp.web.contracts.bp import OFFICE, ONE, SIGNATURE, TAGS, bp, private_files
from fairapp.web.contracts.forms import CountersignForm, RefuseForm
from fairapp.web.contracts.papers import both_signed
from fairapp.web.one_application import of_this_fair
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

SHOWN = {
    "waiting": (SignatureState.SIGNED,),
    "done": (SignatureState.COUNTERSIGNED,),
    "log": tuple(SignatureState),
}


@bp.get(OFFICE)
@needs(Permission.CONTRACT_SIGN)
def signatures(fair_code: str) -> str:
    """Signatures that wait, that are done, all of them, or who has yet to sign."""
    return _list(CountersignForm())


@bp.post(f"{OFFICE}/countersign")
@needs(Permission.CONTRACT_SIGN)
def countersign_many(fair_code: str) -> Any:
    """Sign for the organiser, one or many at once; a second press does no harm."""
    form, chosen = CountersignForm(), _chosen()
    if not form.validate_on_submit():
        return _list(form), 422
    if not chosen:
        return _list(form, (phrase(ContractRefusal.NOBODY_CHOSEN),)), 422
    try:
        done = _countersign(chosen, (form.typed_name.data or "").strip())
    except Refused as refused:
        db.session.rollback()
        return _list(form, sentences(refused)), 409
    except Invalid as invalid:
        db.session.rollback()
        form.typed_name.errors = [phrase(reason) for reason in invalid.fields.values()]
        return _list(form), 422
    flash(ngettext("%(num)s contract is countersigned.", "%(num)s contracts are countersigned.", done), "ok")
    return redirect((request.form.get("back") == "one" and _to_one(chosen[0])) or _to_list(), 303)


@bp.get(ONE)
@needs(Permission.CONTRACT_SIGN)
def of_application(fair_code: str, application_id: int) -> str:
    """Everything that one exhibitor has signed."""
    return _one(application_id, RefuseForm())


@bp.post(f"{OFFICE}/{SIGNATURE}/refuse")
@needs(Permission.CONTRACT_SIGN)
def refuse(fair_code: str, signature_id: int) -> Any:
    """Do not take a signature; the exhibitor reads why."""
    signature, form = _signature(signature_id), RefuseForm()
    application_id = signature.application_id
    if signature.state is SignatureState.REFUSED:
        return redirect(_to_one(signature_id), 303)
    if not form.validate_on_submit():
        return _one(application_id, form), 422
    try:
        with transaction() as session:
            order = RefuseSignature(signature_id, current_fair().id, form.reason.data or "")
            refuse_signature(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return _one(application_id, form, sentences(refused)), 409
    flash(_("The signature is not taken. The exhibitor gets a letter."), "ok")
    return redirect(_to_one(signature_id), 303)


def _countersign(chosen: list[int], name: str) -> int:
    """Print each paper with both names before anything is locked, then sign all in one transaction."""
    now, account, fair = datetime.now(UTC), current_account(), current_fair()
    email = account.email if account else "–"
    files, papers = private_files(), []
    for each in chosen:
        signature = _signature(each)
        if name and signature.state is SignatureState.SIGNED:
            paper = both_signed(signature, fair.timezone, name, email, now)
            papers.append((each, files.keep(paper, "pdf")))
    with transaction() as session:
        return len(countersign(session, current_actor(), Countersign(fair.id, tuple(papers), name), now))


def _chosen() -> list[int]:
    texts = request.form.getlist("pick")[:MOST_AT_ONCE]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]


def _signature(signature_id: int) -> Signature:
    """A signature of the fair in the address."""
    signature = rows.signature_of(reading(), current_actor(), signature_id)
    if signature.application.fair_id != current_fair().id:
        raise Missing
    return signature


def _list(form: CountersignForm, reasons: tuple[str, ...] = ()) -> str:
    session, fair = reading(), current_fair()
    show, query = request.args.get("show", "waiting"), request.args.get("q", "")[:200]
    show = show if show in (*SHOWN, "unsigned") else "waiting"
    versions, counted = rows.versions_of(session, fair.id), rows.signatures_by_state(session, fair.id)
    lacking = rows.unsigned_found(fair.id, floor_of(versions), query)
    unsigned = rows.how_many(session, lacking) if versions else 0
    found = rows.signatures_found(fair.id, SHOWN.get(show, ()), query)
    total = unsigned if show == "unsigned" else rows.how_many(session, found)
    page = page_asked(total, MOST_AT_ONCE)
    bounds = page.skipped, page.size
    signed = () if show == "unsigned" else rows.page_of_signatures(session, found, *bounds)
    return render_template(
        "contracts/signatures.html",
        rows=signed,
        unsigned=rows.page_of_unsigned(session, lacking, *bounds) if show == "unsigned" and versions else (),
        page=page,
        show=show,
        q=query,
        counts={name: sum(counted.get(state, 0) for state in states) for name, states in SHOWN.items()}
        | {"unsigned": unsigned},
        version=versions[0] if versions else None,
        form=form,
        reasons=reasons,
        tags=TAGS,
        State=SignatureState,
    )


def _one(application_id: int, form: RefuseForm, reasons: tuple[str, ...] = ()) -> str:
    application = of_this_fair(application_id)
    return render_template(
        "contracts/application.html",
        application=application,
        standing=contract_standing(reading(), application),
        log=rows.signatures_of(reading(), application.id),
        form=form,
        countersign_form=CountersignForm(formdata=None),
        reasons=reasons,
        tags=TAGS,
        State=SignatureState,
    )


def _to_list() -> str:
    return url_for("contracts.signatures", fair_code=current_fair().code)


def _to_one(signature_id: int) -> str:
    application_id = _signature(signature_id).application_id
    return url_for("contracts.of_application", fair_code=current_fair().code, application_id=application_id)
