"""The applicant's documents: what the fair asks for, how each stands, and the way to upload one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.documents import (
    DATED,
    PDF_BYTES_AT_MOST,
    DocumentKind,
    DocumentState,
    DocumentStep,
    Standing,
    Stops,
)
from fairapp.rules.documents import STEPS as DOCUMENT_STEPS
from fairapp.rules.errors import Invalid, Refused
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.store.documents_queries import documents_of
from fairapp.usecases.documents import remove_document, take_file, upload_document
from fairapp.usecases.guarding_documents import documents_asked_of
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.documents.bp import DOCUMENT, MINE, STATE_TAGS, TAGS, bp, private_files
from fairapp.web.documents.forms import UploadForm
from fairapp.web.one_application import own
from fairapp.web.wording import sentences

KINDS = f"<any({','.join(DocumentKind)}):kind>"


def shown(application: Application) -> dict[str, Any]:
    """What pages about an application's documents need."""
    asked = documents_asked_of(reading(), application)
    counted = {each.document.id for each in asked if each.document}
    kept = documents_of(reading(), application.organisation_id)
    return {
        "application": application,
        "asked": asked,
        "others": [each for each in kept if each.id not in counted],
        "ready": sum(each.standing is Standing.VALID for each in asked),
        "tags": TAGS,
        "state_tags": STATE_TAGS,
        "Standing": Standing,
        "State": DocumentState,
        "Stops": Stops,
    }


@bp.get(MINE)
@signed_in
def mine(application_id: int) -> str:
    """Each document that the fair asks for, and what else the organisation keeps here."""
    return render_template(
        "documents/mine.html",
        removable=[state for state, step in DOCUMENT_STEPS if step is DocumentStep.REMOVE],
        **shown(own(application_id)),
    )


@bp.get(f"{MINE}/{KINDS}")
@signed_in
def upload_form(application_id: int, kind: str) -> str:
    """The form of one document."""
    return _page(own(application_id), DocumentKind(kind), UploadForm())


@bp.post(f"{MINE}/{KINDS}")
@signed_in
def upload(application_id: int, kind: str) -> Any:
    """Keep the document; what is wrong with it stands beside its field."""
    application, form, wanted = own(application_id), UploadForm(), DocumentKind(kind)
    if not form.validate_on_submit():
        return _page(application, wanted, form), 422
    try:
        file = take_file(private_files(), form.file.data.read() if form.file.data else b"")
        with transaction() as session:
            order = form.order(application_id, wanted, file)
            upload_document(session, current_actor(), order, datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        for name, reason in invalid.fields.items():
            form[name].errors = [*form[name].errors, phrase(reason)]
        return _page(own(application_id), wanted, form), 422
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _page(own(application_id), wanted, form), 409
    flash(_("Uploaded: %(document)s. The organiser checks it now.", document=phrase(wanted)), "ok")
    return _back(application_id)


@bp.post(f"{MINE}/{DOCUMENT}/remove")
@signed_in
def remove(application_id: int, document_id: int) -> Any:
    """Take back a document that nobody has verified."""
    own(application_id)
    with transaction() as session:
        remove_document(session, current_actor(), document_id, datetime.now(UTC))
    flash(_("The document is taken back."), "ok")
    return _back(application_id)


def _page(application: Application, kind: DocumentKind, form: UploadForm) -> str:
    asked = documents_asked_of(reading(), application)
    return render_template(
        "documents/upload.html",
        application=application,
        kind=kind,
        form=form,
        asked=next((each for each in asked if each.kind is kind), None),
        dated=kind in DATED,
        most_mb=PDF_BYTES_AT_MOST // 2**20,
        tags=TAGS,
        Standing=Standing,
        Stops=Stops,
    )


def _back(application_id: int) -> Any:
    return redirect(url_for("documents.mine", application_id=application_id), 303)
