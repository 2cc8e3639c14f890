"""One invoice for its office: look, issue, collect, credit, and its paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.billing import AGAINST, InvoiceKind, InvoiceStep
from fairapp.rules.errors import Missing, Refused
from fairapp.store.base import reading, transaction
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_lists import credit_notes_of, payments_on
from fairapp.store.billing_queries import credited_lines, instalments_of, invoice_of, lines_of
from fairapp.usecases.billing_credits import credit_lines, void_invoice
from fairapp.usecases.billing_invoices import (
    discard_draft,
    enter_e_invoice,
    issue_invoice,
    move_due_day,
)
from fairapp.usecases.billing_payments import receive_payment
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.billing.bp import INVOICE, bp
from fairapp.web.billing.forms import CreditForm, DueForm, NumberForm, PaymentForm, major
from fairapp.web.billing.showing import code_of, common, today_at
from fairapp.web.wording import sentences

PART = f"{INVOICE}/instalments/<int:instalment_id>"


def of_this_fair(invoice_id: int) -> Invoice:
    """The invoice of the fair in the address."""
    found = invoice_of(reading(), current_actor(), invoice_id)
    if found.fair_id != current_fair().id:
        raise Missing
    return found


def part_of(invoice: Invoice, instalment_id: int) -> Instalment:
    """An instalment of this invoice."""
    found = reading().get(Instalment, instalment_id)
    if found is None or found.invoice_id != invoice.id:
        raise Missing
    return found


@bp.get(INVOICE)
@needs(Permission.MONEY_SEE)
def invoice(fair_code: str, invoice_id: int) -> str:
    """One invoice or credit note."""
    return page_of(of_this_fair(invoice_id), CreditForm(formdata=None), NumberForm(formdata=None))


def page_of(
    found: Invoice, credit_form: CreditForm, number_form: NumberForm, reasons: tuple[str, ...] = ()
) -> str:
    """The invoice's page with its forms."""
    session, fair = reading(), current_fair()
    lines = lines_of(session, found.id)
    gone = credited_lines(session, found.id)
    left = [line for line in lines if line.id not in gone]
    credit_form.lines.choices = [
        SelectChoice(str(line.id), f"{pick(line.names)} · {formats.money(line.gross_minor, found.currency)}")
        for line in left
    ]
    is_invoice = found.kind is InvoiceKind.INVOICE
    return render_template(
        "billing/invoice.html",
        invoice=found,
        lines=lines,
        gone=gone,
        instalments=instalments_of(session, [found.id]),
        payments=payments_on(session, found.id),
        notes=credit_notes_of(session, found.id),
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
        can={step: is_invoice and AGAINST[found.state, step] is None for step in InvoiceStep},
        InvoiceStep=InvoiceStep,
        InvoiceKind=InvoiceKind,
        credit_form=credit_form,
        number_form=number_form,
        reasons=reasons,
        today=today_at(fair),
        code_of=code_of,
        **common(),
    )


def _do(found: Invoice, deed: Callable[[Session, datetime], object], said: str) -> Any:
    """Do it and show the invoice again, or say why not above it."""
    try:
        with transaction() as session:
            deed(session, datetime.now(UTC))
    except Refused as refused:
        again = of_this_fair(found.id)
        return page_of(again, CreditForm(), NumberForm(), sentences(refused)), 409
    flash(said, "ok")
    return redirect(url_for("billing.invoice", fair_code=current_fair().code, invoice_id=found.id), 303)


@bp.post(f"{INVOICE}/issue")
@needs(Permission.MONEY_EDIT)
def issue(fair_code: str, invoice_id: int) -> Any:
    """Give the draft its number; a second press shows what the first one did."""
    found = of_this_fair(invoice_id)
    if found.number is not None:
        return redirect(url_for("billing.invoice", fair_code=current_fair().code, invoice_id=found.id), 303)
    return _do(
        found,
        lambda session, now: issue_invoice(session, current_actor(), invoice_id, now),
        _("The invoice is issued and on its way."),
    )


@bp.post(f"{INVOICE}/discard")
@needs(Permission.MONEY_EDIT)
def discard(fair_code: str, invoice_id: int) -> Any:
    """Take a draft away."""
    of_this_fair(invoice_id)
    with transaction() as session:
        discard_draft(session, current_actor(), invoice_id, datetime.now(UTC))
    flash(_("The draft is gone; its lines are open again."), "ok")
    return redirect(url_for("billing.to_invoice", fair_code=current_fair().code), 303)


@bp.post(f"{INVOICE}/number")
@needs(Permission.MONEY_EDIT)
def enter_number(fair_code: str, invoice_id: int) -> Any:
    """Enter the legal e-invoice's number."""
    found, form = of_this_fair(invoice_id), NumberForm()
    if not form.validate_on_submit():
        return page_of(found, CreditForm(formdata=None), form), 422
    return _do(
        found,
        lambda session, now: enter_e_invoice(session, current_actor(), form.order(invoice_id), now),
        _("The number is entered. The paper calls itself an invoice now."),
    )


def _credit_form(found: Invoice) -> CreditForm:
    """The form with the invoice's own lines to tick, and no others."""
    form = CreditForm()
    form.lines.choices = [SelectChoice(str(line.id), "") for line in lines_of(reading(), found.id)]
    return form


@bp.post(f"{INVOICE}/credit")
@needs(Permission.MONEY_EDIT)
def credit(fair_code: str, invoice_id: int) -> Any:
    """Write a credit note for the lines ticked."""
    found = of_this_fair(invoice_id)
    form = _credit_form(found)
    if not form.validate_on_submit():
        return page_of(found, form, NumberForm(formdata=None)), 422
    return _do(
        found,
        lambda session, now: credit_lines(session, current_actor(), form.credit(invoice_id), now),
        _("The credit note is written and on its way."),
    )


@bp.post(f"{INVOICE}/void")
@needs(Permission.MONEY_EDIT)
def void(fair_code: str, invoice_id: int) -> Any:
    """Make an invoice void that nobody has paid anything of."""
    found = of_this_fair(invoice_id)
    form = _credit_form(found)
    if not form.validate_on_submit():
        return page_of(found, form, NumberForm(formdata=None)), 422
    return _do(
        found,
        lambda session, now: void_invoice(session, current_actor(), form.void(invoice_id), now),
        _("The invoice is void. Its number stays, its lines are open again."),
    )


@bp.route(f"{PART}/payment", methods=["GET", "POST"])
@needs(Permission.MONEY_EDIT)
def pay(fair_code: str, invoice_id: int, instalment_id: int) -> Any:
    """Record that money came in; the form's key keeps a second press from counting twice."""
    found, form = of_this_fair(invoice_id), PaymentForm()
    part, fair = part_of(found, instalment_id), current_fair()
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                order = form.order(instalment_id, found.currency)
                payment = receive_payment(session, current_actor(), order, datetime.now(UTC))
            if payment.doubt is None:
                flash(_("The payment is recorded."), "ok")
            else:
                flash(_("The payment is kept as a credit. %(why)s", why=phrase(payment.doubt)), "warn")
            return redirect(url_for("billing.invoice", fair_code=fair.code, invoice_id=found.id), 303)
        except Refused as refused:
            reasons = sentences(refused)
            found = of_this_fair(invoice_id)
            part = part_of(found, instalment_id)
    elif not form.is_submitted():
        form.amount.data, form.received_on.data = major(part.open_minor, found.currency), today_at(fair)
        form.payer_name.data, form.entry_key.data = found.payer_name, uuid4().hex
    page = render_template(
        "billing/payment.html", invoice=found, part=part, form=form, reasons=reasons, **common()
    )
    return (page, 422) if form.is_submitted() else page


@bp.route(f"{PART}/day", methods=["GET", "POST"])
@needs(Permission.MONEY_EDIT)
def move_day(fair_code: str, invoice_id: int, instalment_id: int) -> Any:
    """Give an instalment another day."""
    found, form = of_this_fair(invoice_id), DueForm()
    part, fair = part_of(found, instalment_id), current_fair()
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                move_due_day(session, current_actor(), form.order(instalment_id), datetime.now(UTC))
            flash(_("The day is moved."), "ok")
            return redirect(url_for("billing.invoice", fair_code=fair.code, invoice_id=found.id), 303)
        except Refused as refused:
            reasons = sentences(refused)
            found = of_this_fair(invoice_id)
            part = part_of(found, instalment_id)
    elif not form.is_submitted():
        form.due_on.data = part.due_on
    page = render_template(
        "billing/day.html", invoice=found, part=part, form=form, reasons=reasons, **common()
    )
    return (page, 422) if form.is_submitted() else page
