"""The paper of an invoice: for its office, and for the exhibitor that pays."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, request

from fairapp.adapters.pdf.invoice_values import Paper, PaperLine, PaperPart
from fairapp.i18n import LANGUAGES, current_language, formats, pick, speaking
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.billing import DEAD, InvoiceKind, InvoiceState, number_text
from fairapp.rules.errors import Missing
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.base import reading
from fairapp.store.billing import Instalment, Invoice, InvoiceLine
from fairapp.store.billing_queries import instalments_of, invoice_of, lines_of
from fairapp.web.access import needs, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.billing.bp import INVOICE, MINE, bp
from fairapp.web.billing.invoices import of_this_fair
from fairapp.web.billing.mine import own
from fairapp.web.billing.showing import per_cent, transfer_text


@bp.get(f"{INVOICE}.pdf")
@needs(Permission.MONEY_SEE)
def paper(fair_code: str, invoice_id: int) -> Any:
    """The paper of an issued invoice."""
    return _printed(of_this_fair(invoice_id))


@bp.get(f"{MINE}/<int:invoice_id>.pdf")
@signed_in
def my_paper(application_id: int, invoice_id: int) -> Any:
    """The paper of one's own invoice."""
    stand = exhibitor_from(reading(), own(application_id).id)
    found = invoice_of(reading(), current_actor(), invoice_id)
    if stand is None or found.exhibitor_id != stand.id:
        raise Missing
    return _printed(found)


def _printed(invoice: Invoice) -> Response:
    from fairapp.adapters.pdf.invoices import print_invoice  # heavy: only who prints pays for it

    if invoice.state is InvoiceState.DRAFT:
        raise Missing
    asked = request.args.get("paper", "")
    out = BytesIO()
    with speaking(asked if asked in LANGUAGES else current_language()):
        print_invoice(out, paper_of(invoice))
    answer = Response(out.getvalue(), mimetype="application/pdf")
    name = number_text(invoice.fair.code, invoice.kind, invoice.number)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.pdf")
    return answer


def paper_of(invoice: Invoice) -> Paper:
    """What stands on the paper, in the language of the moment."""
    session, fair = reading(), invoice.fair
    seller: dict[str, str] = invoice.seller
    parts = () if invoice.state in DEAD else instalments_of(session, [invoice.id])
    issued = [] if invoice.issued_on is None else [(_("Issued on"), formats.date(invoice.issued_on))]
    legal = [(_("e-invoice"), invoice.e_invoice_number)] if invoice.e_invoice_number else []
    return Paper(
        title=title_of(invoice),
        number=number_text(fair.code, invoice.kind, invoice.number),
        lang=current_language(),
        seller=_said(
            seller.get("seller_name", ""),
            _("Tax code %(code)s", code=seller["seller_tax_code"]) if seller.get("seller_tax_code") else "",
            seller.get("seller_address", ""),
        ),
        payer_label=_("To"),
        payer=_said(
            invoice.payer_name,
            _("Tax code %(code)s", code=invoice.payer_tax_code) if invoice.payer_tax_code else "",
            invoice.payer_address,
        ),
        facts=(*issued, *legal, (_("Fair"), pick(fair.names))),
        heads=(_("What"), _("Quantity"), _("Price"), _("VAT"), _("With VAT")),
        lines=tuple(_line(line, invoice) for line in lines_of(session, invoice.id)),
        totals=(
            (_("Without VAT"), formats.money(invoice.net_minor, invoice.currency)),
            (_("VAT"), formats.money(invoice.vat_minor, invoice.currency)),
            (_("Sum"), formats.money(invoice.gross_minor, invoice.currency)),
        ),
        notes=tuple(_notes(invoice)),
        parts=tuple(_part(invoice, part) for part in parts if part.open_minor > 0),
        page_label=_("Page %(number)s", number="{number}"),
    )


def title_of(invoice: Invoice) -> str:
    """A payment request until the legal e-invoice's number is there."""
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        return phrase(invoice.kind)
    return phrase(invoice.kind) if invoice.e_invoice_number else _("Payment request")


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text) or ("",)


def _line(line: InvoiceLine, invoice: Invoice) -> PaperLine:
    whose = line.exhibitor.organisation.name if line.exhibitor and invoice.exhibitor_id is None else ""
    return PaperLine(
        f"{pick(line.names)} · {whose}" if whose else pick(line.names),
        formats.number(line.quantity_milli / 1_000),
        formats.money(line.unit_price_minor, invoice.currency),
        per_cent(line.vat_bp),
        formats.money(line.gross_minor, invoice.currency),
    )


def _notes(invoice: Invoice) -> list[str]:
    rounded = _("Each line and its VAT are rounded to the smallest unit, halves up, and then added.")
    notes = [f"{phrase(invoice.prices_are)}. {rounded}"]
    if invoice.credits is not None:
        number = number_text(invoice.fair.code, invoice.credits.kind, invoice.credits.number)
        notes.append(_("Credits %(number)s", number=number))
    if invoice.reason:
        notes.append(_("Reason: %(reason)s", reason=invoice.reason))
    if invoice.kind is InvoiceKind.INVOICE and not invoice.e_invoice_number:
        notes.append(_("This is a request to pay, not an invoice in the sense of tax law."))
    if invoice.paid_minor:
        notes.append(_("Paid so far: %(sum)s", sum=formats.money(invoice.paid_minor, invoice.currency)))
    return notes


def _part(invoice: Invoice, part: Instalment) -> PaperPart:
    seller: dict[str, str] = invoice.seller
    account = [
        (_("Bank"), seller.get("bank_name", "")),
        (_("Account number"), seller.get("account_number", "")),
        (_("Name of the account"), seller.get("account_name", "")),
    ]
    code = transfer_text(invoice, part)
    return PaperPart(
        title=phrase(part.kind),
        amount=formats.money(part.open_minor, invoice.currency),
        note=_("Due until %(day)s", day=formats.date(part.due_on)),
        rows=(
            *((label, value) for label, value in account if value),
            (_("Text"), part.reference),
        ),
        code=code,
    )
