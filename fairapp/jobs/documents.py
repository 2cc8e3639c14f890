"""Letters about documents: one was refused and why, or all are in order."""

from __future__ import annotations

from fairapp.jobs.applications import letters_about
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.documents import DocumentState
from fairapp.store.applications import Application
from fairapp.store.documents import Document


def document_refused(work: Work, *, document_id: int, application_id: int) -> list[Letter]:
    """Say what is wrong with the document and where a better one goes; nothing when it is right by now."""
    document = work.session.get(Document, document_id)
    application = work.session.get(Application, application_id)
    if document is None or application is None or document.removed_at is not None:
        return []
    if document.state is not DocumentState.REFUSED:
        return []
    facts: dict[str, object] = {"kind": document.kind, "reason": document.reason}
    return _letters(work, application, "documents/refused", facts)


def documents_complete(work: Work, *, application_id: int) -> list[Letter]:
    """Say that the fair has every document it asks for."""
    application = work.session.get(Application, application_id)
    return [] if application is None else _letters(work, application, "documents/complete", {})


def _letters(work: Work, application: Application, template: str, facts: dict[str, object]) -> list[Letter]:
    """One for each member, in their language; for the organisation itself where it has none."""
    fair, organisation = application.fair, application.organisation
    said = facts | {
        "fair_names": fair.names,
        "organisation": organisation.name,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/me/applications/{application.id}/documents",
    }
    return letters_about(work, application, template, said)


LETTERS: dict[str, LetterJob] = {
    "mail.document_refused": document_refused,
    "mail.documents_complete": documents_complete,
}
