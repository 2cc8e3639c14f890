"""Documents: what an organisation uploads once for all fairs, and what an organiser says to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import Files
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.documents import (
    MOST_DOCUMENTS,
    STEPS,
    DocumentFault,
    DocumentKind,
    DocumentRefusal,
    DocumentState,
    DocumentStep,
    Standing,
    document_faults,
    is_pdf,
    pdf_fault,
    refusal_of,
)
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.pictures import PictureReason
from fairapp.rules.reasons import Shape
from fairapp.rules.text import TextRefused, clean
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of
from fairapp.store.documents import Document
from fairapp.store.documents_queries import (
    applications_by_organisation,
    asked_by_fair,
    document_of,
    how_many_kept,
)
from fairapp.store.producers_queries import organisation_of
from fairapp.usecases import audit, outbox
from fairapp.usecases.guarding_documents import documents_asked_of
from fairapp.usecases.permission import require, require_member

VERDICTS = frozenset({DocumentStep.VERIFY, DocumentStep.REFUSE})
LONGEST_NUMBER = 80
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class TakenFile:
    """An upload that was judged, and lies in the store of private files."""

    key: str
    size: int


@dataclass(frozen=True, slots=True)
class UploadDocument:
    """A document of the applicant, for this fair and every other."""

    application_id: int
    kind: DocumentKind
    file: TakenFile
    number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckDocument:
    """What the organiser of a fair says to a document."""

    document_id: int
    fair_id: int
    step: DocumentStep
    reason: str = ""


def take_file(files: Files, data: bytes) -> TakenFile:
    """Judge the upload by its bytes: a PDF is kept as it is, a picture painted anew.

    It may take a second, so no transaction waits for it.

    :raises Invalid: with the reason why the file is not kept.
    """
    from fairapp.adapters.pictures import pictures

    if not data:
        raise Invalid(file=DocumentFault.NO_FILE)
    if is_pdf(data):
        if fault := pdf_fault(data):
            raise Invalid(file=fault)
        return TakenFile(files.keep(data, "pdf"), len(data))
    painted = pictures(data)
    if isinstance(painted, PictureReason):
        raise Invalid(file=painted)
    page = painted.on_white
    return TakenFile(files.keep(page.data, page.suffix), len(page.data))


def upload_document(session: Session, actor: Actor, order: UploadDocument, now: datetime) -> Document:
    """Keep the document with the organisation; a second press keeps it once.

    :raises Invalid: per field, why.
    :raises Refused: when the organisation keeps as many as it may.
    """
    application = application_of(session, actor, order.application_id)
    require_member(actor, application.organisation_id)
    organisation = organisation_of(session, actor, application.organisation_id, lock=True)
    today = now.astimezone(ZoneInfo(application.fair.timezone)).date()
    faults: dict[str, Enum] = dict(document_faults(order.kind, order.issued_on, order.expires_on, today))
    if faults:
        raise Invalid(**faults)
    number = cleaned("number", order.number, LONGEST_NUMBER)
    same = session.scalar(
        select(Document).where(
            Document.organisation_id == organisation.id,
            Document.kind == order.kind,
            Document.file_key == order.file.key,
            Document.state == DocumentState.UPLOADED,
            Document.removed_at.is_(None),
        )
    )
    if same is None and how_many_kept(session, organisation.id) >= MOST_DOCUMENTS:
        raise Refused(DocumentRefusal.TOO_MANY, document_most=MOST_DOCUMENTS)
    document = same or Document(
        organisation_id=organisation.id,
        kind=order.kind,
        state=STEPS[DocumentState.MISSING, DocumentStep.UPLOAD],
        file_key=order.file.key,
        size=order.file.size,
        uploaded_at=now,
        uploaded_by_id=actor.account_id,
    )
    document.number, document.issued_on, document.expires_on = number, order.issued_on, order.expires_on
    session.add(document)
    session.flush()
    audit.record(
        session,
        actor,
        "document.uploaded",
        now,
        fair_id=application.fair_id,
        document=document.id,
        kind=document.kind.value,
        organisation=organisation.id,
    )
    return document


def remove_document(session: Session, actor: Actor, document_id: int, now: datetime) -> Document:
    """Take back a document that nobody has verified; its file goes when the store is swept.

    :raises Refused: when an organiser has verified it.
    """
    document = document_of(session, actor, document_id, lock=True)
    require_member(actor, document.organisation_id)
    if refusal := refusal_of(document.state, DocumentStep.REMOVE):
        raise Refused(refusal)
    document.removed_at = now
    audit.record(
        session,
        actor,
        "document.removed",
        now,
        document=document.id,
        kind=document.kind.value,
        organisation=document.organisation_id,
    )
    return document


def check_document(session: Session, actor: Actor, order: CheckDocument, now: datetime) -> Document:
    """Verify the document, or refuse it with a reason; its organisation is written to.

    :raises Missing: when this fair does not ask for it.
    :raises Refused: from the wrong state, or without a reason.
    """
    document = document_of(session, actor, order.document_id, lock=True)
    require(actor, Permission.DOCUMENT_CHECK, order.fair_id)
    if not asked_by_fair(session, document, order.fair_id):
        raise Missing
    reason = cleaned("reason", order.reason, LONGEST_REASON)
    refusal = refusal_of(document.state, order.step, reason)
    if refusal is not None or order.step not in VERDICTS:
        raise Refused(refusal or DocumentRefusal.NOT_FROM_HERE)
    before, document.state = document.state, STEPS[document.state, order.step]
    document.reason = reason if order.step is DocumentStep.REFUSE else ""
    document.checked_at, document.checked_by_id = now, actor.account_id
    document.checked_for_id = order.fair_id
    session.flush()
    audit.record(
        session,
        actor,
        f"document.{order.step.value}",
        now,
        fair_id=order.fair_id,
        document=document.id,
        kind=document.kind.value,
        before=before.value,
    )
    _tell(session, document, order, now)
    return document


def _tell(session: Session, document: Document, order: CheckDocument, now: datetime) -> None:
    """A refusal is written at once; good news once, when the last document is right."""
    of = applications_by_organisation(session, order.fair_id, [document.organisation_id])
    application = session.get(Application, of[document.organisation_id])
    assert application is not None
    if order.step is DocumentStep.REFUSE:
        outbox.post(
            session, "mail.document_refused", now, document_id=document.id, application_id=application.id
        )
    elif all(each.standing is Standing.VALID for each in documents_asked_of(session, application)):
        outbox.post(session, "mail.documents_complete", now, application_id=application.id)


def cleaned(name: str, text: str, longest: int) -> str:
    try:
        return clean(text, longest=longest, lines=longest > LONGEST_NUMBER)
    except TextRefused as refused:
        raise Invalid(**{name: Shape.TOO_LONG if refused.longest else refused.reason}) from refused
