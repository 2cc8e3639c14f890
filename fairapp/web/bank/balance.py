"""The trial balance of a fair as a page and as a workbook, and what is written off."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from fairapp.adapters.files import content_type
from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.billing import InvoiceState, number_text
from fairapp.rules.errors import Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.billing import Invoice
from fairapp.store.billing_balance import due_days, invoices_listed, page_of_invoices, payments_listed
from fairapp.store.billing_bank_queries import how_many
from fairapp.usecases.billing_balance import WriteOff, invoice_of, trial_balances, write_off
from fairapp.usecases.billing_dunning import today_in
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.bank.bp import MONEY, PER_PAGE, bp
from fairapp.web.bank.forms import WriteOffForm
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

WAYS = ("all", "due", "overdue", "written_off")
"""Which invoices the page may list."""
TAGS = {
    InvoiceState.ISSUED: ("", "clock"),
    InvoiceState.PART_PAID: ("info", "clock"),
    InvoiceState.PAID: ("ok", "check"),
    InvoiceState.CREDITED: ("line", "undo"),
    InvoiceState.VOIDED: ("line", "ban"),
    InvoiceState.WRITTEN_OFF: ("warn", "minus"),
}


@bp.get(f"{MONEY}/balance")
@needs(Permission.MONEY_SEE)
def balance(fair_code: str) -> str:
    """What was invoiced and what became of it, what came in and where it went."""
    session, fair = reading(), current_fair()
    today = today_in(fair, datetime.now(UTC))
    which = request.args.get("which", "")
    which = which if which in WAYS else "all"
    listed = invoices_listed(fair.id, which, today)
    page = page_asked(how_many(session, listed), PER_PAGE)
    invoices = page_of_invoices(session, listed, page.skipped, page.size)
    return render_template(
        "bank/balance.html",
        balances=trial_balances(session, current_actor(), fair.id),
        invoices=invoices,
        number_text=number_text,
        days=due_days(session, [each.id for each in invoices]),
        today=today,
        tags=TAGS,
        page=page,
        which=which,
        ways=WAYS,
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
    )


@bp.get(f"{MONEY}/balance.xlsx")
@needs(Permission.MONEY_SEE)
def balance_workbook(fair_code: str) -> Any:
    """The balance, every invoice and every payment as a workbook."""
    from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes  # heavy: workbooks

    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    balances = trial_balances(session, current_actor(), fair.id)
    listed = invoices_listed(fair.id, "all", today_in(fair, now))
    invoices = page_of_invoices(session, listed, 0, how_many(session, listed))
    money = "#,##0.###"
    names = (
        "invoiced",
        "paid",
        "due",
        "credited",
        "written_off",
        "received",
        "matched",
        "credit",
        "refunded",
    )
    titles = _titles()
    tables = [
        Table(
            _("Trial balance"),
            (Column(_("Currency"), 10), *(Column(titles[name], 18, money) for name in names)),
            [
                (currency, *(_exact(getattr(each, name), currency) for name in names))
                for currency, each in balances.items()
            ],
        ),
        Table(
            _("All invoices"),
            (
                Column(_("Number"), 18),
                Column(_("Day of issue"), 12),
                Column(_("Who has to pay"), 36),
                Column(_("State"), 18),
                Column(_("Currency"), 10),
                *(Column(titles[name], 18, money) for name in names[:5]),
            ),
            [_invoice_row(each, fair.code) for each in invoices],
        ),
        Table(
            _("Money received"),
            (
                Column(_("Came in on"), 12),
                Column(_("Who sent it"), 36),
                Column(_("Text of the transfer"), 60),
                Column(_("State"), 18),
                Column(_("Currency"), 10),
                *(Column(titles[name], 18, money) for name in names[5:]),
            ),
            [
                (
                    each.received_on,
                    each.payer_name,
                    each.text,
                    phrase(each.state),
                    each.currency,
                    *(
                        _exact(amount, each.currency)
                        for amount in (
                            each.amount_minor,
                            each.matched_minor,
                            each.left_minor,
                            each.refunded_minor,
                        )
                    ),
                )
                for each in payments_listed(session, fair.id)
            ],
        ),
    ]
    body = xlsx_bytes(tables, title=pick(fair.names), made_at=now)
    answer = Response(body, mimetype=content_type("x.xlsx"))
    name = f"{fair.code}-{now.strftime('%Y%m%d')}-balance.xlsx"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _titles() -> dict[str, str]:
    return {
        "invoiced": _("Invoiced in all"),
        "paid": _("Paid"),
        "due": _("Due"),
        "credited": _("Credited"),
        "written_off": _("Written off"),
        "received": _("Received"),
        "matched": _("Booked"),
        "credit": _("Credit"),
        "refunded": _("Sent back"),
    }


def _invoice_row(invoice: Invoice, fair_code: str) -> tuple[Any, ...]:
    sums = (
        invoice.gross_minor,
        invoice.paid_minor,
        invoice.gross_minor - invoice.paid_minor - invoice.credited_minor - invoice.written_off_minor,
        invoice.credited_minor,
        invoice.written_off_minor,
    )
    return (
        number_text(fair_code, invoice.kind, invoice.number),
        invoice.issued_on,
        invoice.payer_name,
        phrase(invoice.state),
        invoice.currency,
        *(_exact(amount, invoice.currency) for amount in sums),
    )


def _exact(amount_minor: int, currency: str) -> Decimal:
    """A sum in the currency's whole units, to the last of its smallest ones."""
    return Decimal(amount_minor).scaleb(-formats.decimals(currency))


@bp.get(f"{MONEY}/balance/<int:invoice_id>/write-off")
@needs(Permission.MONEY_EDIT)
def write_off_form(fair_code: str, invoice_id: int) -> str:
    """Ask why, and say what follows."""
    found = invoice_of(reading(), current_actor(), invoice_id, current_fair().id)
    return _write_off_page(found, WriteOffForm(formdata=None))


@bp.post(f"{MONEY}/balance/<int:invoice_id>/write-off")
@needs(Permission.MONEY_EDIT)
def give_up(fair_code: str, invoice_id: int) -> Any:
    """Write off what is due of an invoice."""
    fair_id, form = current_fair().id, WriteOffForm()
    found = invoice_of(reading(), current_actor(), invoice_id, fair_id)
    if not form.validate_on_submit():
        return _write_off_page(found, form), 422
    try:
        with transaction() as session:
            order = WriteOff(invoice_id, form.reason.data)
            write_off(session, current_actor(), order, fair_id, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        found = invoice_of(reading(), current_actor(), invoice_id, fair_id)
        return _write_off_page(found, form, sentences(refused, found.currency)), 409
    flash(_("Written off."), "ok")
    return redirect(url_for("bank.balance", fair_code=current_fair().code, which="written_off"), 303)


def _write_off_page(invoice: Invoice, form: WriteOffForm, reasons: tuple[str, ...] = ()) -> str:
    row = _invoice_row(invoice, current_fair().code)
    due = invoice.gross_minor - invoice.paid_minor - invoice.credited_minor - invoice.written_off_minor
    return render_template(
        "bank/write_off.html", invoice=invoice, number=row[0], due=due, form=form, reasons=reasons
    )
