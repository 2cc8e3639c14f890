"""The letter with an invoice or a credit note: how much, until when, and what the transfer has to say."""

from __future__ import annotations

from fairapp.jobs.applications import readers_of
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.billing import InvoiceKind, number_text
from fairapp.store.billing import Invoice
from fairapp.store.billing_queries import instalments_of


def invoice_issued(work: Work, *, invoice_id: int) -> list[Letter]:
    """Tell the payer, and everybody who acts for the exhibitor that pays itself."""
    invoice = work.session.get(Invoice, invoice_id)
    if invoice is None:
        return []
    fair, exhibitor = invoice.fair, invoice.exhibitor
    application_id = None if exhibitor is None else exhibitor.application_id
    facts = {
        "number": number_text(fair.code, invoice.kind, invoice.number),
        "is_credit": invoice.kind is InvoiceKind.CREDIT_NOTE,
        "reason": invoice.reason,
        "fair_names": fair.names,
        "gross": invoice.gross_minor,
        "currency": invoice.currency,
        "instalments": instalments_of(work.session, [invoice.id]),
        "seller": invoice.seller,
        "path": "" if application_id is None else f"/me/applications/{application_id}/money",
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "name": invoice.payer_name,
    }
    readers = [] if exhibitor is None else readers_of(work, exhibitor.organisation)
    if not readers and invoice.payer_email:
        readers = [(invoice.payer_email, "vi" if fair.country == "VN" else "en")]
    organisation_id = None if exhibitor is None else exhibitor.organisation_id
    return [
        Letter("billing/issued", to, language, facts, fair.id, organisation_id) for to, language in readers
    ]


LETTERS: dict[str, LetterJob] = {"mail.invoice_issued": invoice_issued}
