"""The office's documents: those that wait to be checked, one by one, and all of one applicant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for

from fairapp.adapters.files import NoSuchFile, content_type
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.documents import STEPS, DocumentKind, DocumentState, DocumentStep
from fairapp.rules.errors import Missing, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.documents import Document
from fairapp.store.documents_queries import (
    applications_by_organisation,
    asked_by_fair,
    document_of,
    documents_asked,
    how_many,
    next_to_check,
    page_of_documents,
    requirements_of,
)
from fairapp.usecases.documents import CheckDocument, check_document
from fairapp.web.access import current_fair, needs, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.documents.applicant import shown
from fairapp.web.documents.bp import DOCUMENT, OFFICE, ONE, STATE_TAGS, bp, private_files
from fairapp.web.documents.forms import CheckForm
from fairapp.web.one_application import of_this_fair
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

PER_PAGE = 50
SHOWN = {
    "waiting": DocumentState.UPLOADED,
    "refused": DocumentState.REFUSED,
    "verified": DocumentState.VERIFIED,
}
CHECKS = "<any(verify,refuse):step>"


@bp.get(OFFICE)
@needs(Permission.DOCUMENT_CHECK)
def queue(fair_code: str) -> str:
    """What applicants have uploaded, a page at a time; those that wait come first."""
    session, fair = reading(), current_fair()
    show, kind = request.args.get("show", "waiting"), request.args.get("kind", "")
    query = request.args.get("q", "")[:200]
    show = show if show in SHOWN else "waiting"
    of_kind = DocumentKind(kind) if kind in set(DocumentKind) else None
    found = documents_asked(fair.id, SHOWN[show], of_kind, query)
    page = page_asked(how_many(session, found), PER_PAGE)
    rows = page_of_documents(session, found, page.skipped, page.size)
    asked = requirements_of(session, fair.id)
    return render_template(
        "documents/queue.html",
        rows=rows,
        page=page,
        show=show,
        kind=of_kind,
        q=query,
        kinds=[each for each in DocumentKind if any(row.kind is each for row in asked)],
        applications=applications_by_organisation(session, fair.id, [row.organisation_id for row in rows]),
        state_tags=STATE_TAGS,
        states=SHOWN,
    )


@bp.get(f"{OFFICE}/{DOCUMENT}")
@needs(Permission.DOCUMENT_CHECK)
def check(fair_code: str, document_id: int) -> str:
    """One document, with what is printed on it and the buttons that decide."""
    return _page(_asked_for(document_id), CheckForm())


@bp.post(f"{OFFICE}/{DOCUMENT}/{CHECKS}")
@needs(Permission.DOCUMENT_CHECK)
def decide(fair_code: str, document_id: int, step: str) -> Any:
    """Verify or refuse it, and go on to the next that waits; a second press does no harm."""
    document, form, asked = _asked_for(document_id), CheckForm(), DocumentStep(step)
    if not form.validate_on_submit():
        return _page(document, form), 422
    outcome = {after for (_state, taken), after in STEPS.items() if taken is asked}
    if (document.state, asked) in STEPS or document.state not in outcome:
        try:
            with transaction() as session:
                order = CheckDocument(document_id, current_fair().id, asked, form.reason.data or "")
                check_document(session, current_actor(), order, datetime.now(UTC))
        except Refused as refused:
            db.session.rollback()
            return _page(_asked_for(document_id), form, sentences(refused)), 409
        flash(
            _("Verified: %(document)s.", document=phrase(document.kind))
            if asked is DocumentStep.VERIFY
            else _("Refused: %(document)s. Its organisation gets a letter.", document=phrase(document.kind)),
            "ok",
        )
    after = next_to_check(reading(), current_fair().id, document_id)
    if after is None:
        return redirect(url_for("documents.queue", fair_code=fair_code), 303)
    return redirect(url_for("documents.check", fair_code=fair_code, document_id=after), 303)


@bp.get(ONE)
@needs(Permission.DOCUMENT_CHECK)
def of_application(fair_code: str, application_id: int) -> str:
    """Every document that the fair asks of one applicant."""
    return render_template("documents/application.html", **shown(of_this_fair(application_id)))


@bp.get(f"/documents/{DOCUMENT}/file")
@signed_in
def file(document_id: int) -> Response:
    """The file itself, for its organisation and for those who check it; it is saved, never run."""
    document = document_of(reading(), current_actor(), document_id)
    try:
        body = private_files().open(document.file_key)
    except NoSuchFile:
        abort(404)
    answer = send_file(
        body,
        mimetype=content_type(document.file_key),
        as_attachment=True,
        download_name=f"{document.kind.value}-{document.id}.{document.file_key.rpartition('.')[2]}",
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _asked_for(document_id: int) -> Document:
    """The document, where the fair in the address asks for it."""
    session = reading()
    document = document_of(session, current_actor(), document_id)
    if not asked_by_fair(session, document, current_fair().id):
        raise Missing
    return document


def _page(document: Document, form: CheckForm, reasons: tuple[str, ...] = ()) -> str:
    session, fair = reading(), current_fair()
    of = applications_by_organisation(session, fair.id, [document.organisation_id])
    return render_template(
        "documents/check.html",
        document=document,
        application_id=of[document.organisation_id],
        asked=[row for row in requirements_of(session, fair.id) if row.kind is document.kind],
        can=[step for step in DocumentStep if (document.state, step) in STEPS],
        after=next_to_check(session, fair.id, document.id),
        form=form,
        reasons=reasons,
        state_tags=STATE_TAGS,
        Step=DocumentStep,
    )
