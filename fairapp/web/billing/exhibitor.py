"""The money of one exhibitor in its fair's office: quote, lines, invoices, and whom they go to."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from flask import flash, redirect, render_template, url_for
from wtforms import SelectChoice

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.applications import State
from fairapp.rules.errors import Missing, Refused
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of, exhibitor_from
from fairapp.store.base import reading, transaction
from fairapp.store.billing import BillingDetails, Charge
from fairapp.store.billing_lists import next_due
from fairapp.store.billing_queries import invoices_of_exhibitor, live_charges, prices_of
from fairapp.usecases.billing_invoices import draft_for_exhibitor
from fairapp.usecases.billing_lines import add_line, keep_billing_details, remove_line
from fairapp.usecases.billing_quotes import quote_for
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.billing.bp import FILE, bp
from fairapp.web.billing.forms import BillingForm, LineForm
from fairapp.web.billing.showing import charged, common, quoted, today_at, totals_of
from fairapp.web.wording import sentences


def file_of(application_id: int) -> tuple[Application, Exhibitor | None]:
    """The application of the fair in the address, and the exhibitor that came of it."""
    session = reading()
    application = application_of(session, current_actor(), application_id)
    if application.fair_id != current_fair().id or application.state is State.DRAFT:
        raise Missing
    return application, exhibitor_from(session, application.id)


@bp.get(FILE)
@needs(Permission.MONEY_SEE)
def exhibitor(fair_code: str, application_id: int) -> str:
    """What it costs, what was invoiced, what is due."""
    form = LineForm(formdata=None)
    form.quantity.data, form.entry_key.data = Decimal(1), uuid4().hex
    return sheet(application_id, form)


def sheet(application_id: int, form: LineForm, reasons: tuple[str, ...] = ()) -> str:
    """The page with its form for one more line."""
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    application, stand = file_of(application_id)
    found = quote_for(session, application, now)
    live = [] if stand is None else session.scalars(live_charges(stand.id)).all()
    waiting = [each for each in live if each.invoice_line_id is None]
    invoices = [] if stand is None else invoices_of_exhibitor(session, stand.id)
    form.price_item_id.choices = [
        SelectChoice(
            str(item.id), f"{pick(item.names)} · {formats.money(item.unit_price_minor, fair.currency)}"
        )
        for item in prices_of(session, fair.id)
    ]
    return render_template(
        "billing/exhibitor.html",
        application=application,
        stand=stand,
        details=None if stand is None else session.get(BillingDetails, stand.id),
        quote=found,
        lines=quoted(found.lines),
        total=totals_of(found.lines, found.prices_are),
        waiting=charged(waiting),
        waiting_total=totals_of(waiting, found.prices_are),
        invoices=invoices,
        due=next_due(session, [each.id for each in invoices]),
        form=form,
        reasons=reasons,
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
        today=today_at(fair),
        **common(),
    )


@bp.post(f"{FILE}/draft")
@needs(Permission.MONEY_EDIT)
def draft(fair_code: str, application_id: int) -> Any:
    """Put what is open on a draft."""
    _application, stand = file_of(application_id)
    if stand is None:
        raise Missing
    try:
        with transaction() as session:
            made = draft_for_exhibitor(session, current_actor(), stand.id, datetime.now(UTC))
    except Refused as refused:
        form = LineForm(formdata=None)
        form.quantity.data, form.entry_key.data = Decimal(1), uuid4().hex
        return sheet(application_id, form, sentences(refused)), 409
    return redirect(url_for("billing.invoice", fair_code=current_fair().code, invoice_id=made.id), 303)


@bp.post(f"{FILE}/lines")
@needs(Permission.MONEY_EDIT)
def add(fair_code: str, application_id: int) -> Any:
    """Add a line of the price list, once for each form."""
    _application, stand = file_of(application_id)
    if stand is None:
        raise Missing
    form = LineForm()
    form.price_item_id.choices = [
        SelectChoice(str(item.id), "") for item in prices_of(reading(), current_fair().id)
    ]
    if not form.validate_on_submit():
        return sheet(application_id, form), 422
    try:
        with transaction() as session:
            add_line(session, current_actor(), form.order(stand.id), datetime.now(UTC))
    except Refused as refused:
        return sheet(application_id, form, sentences(refused)), 409
    flash(_("The line is added. It goes on the next invoice."), "ok")
    return _back(application_id)


@bp.post(f"{FILE}/lines/<int:charge_id>/remove")
@needs(Permission.MONEY_EDIT)
def remove(fair_code: str, application_id: int, charge_id: int) -> Any:
    """Take a line away that was added by hand."""
    _application, stand = file_of(application_id)
    there = reading().get(Charge, charge_id)
    if stand is None or there is None or there.exhibitor_id != stand.id:
        raise Missing
    with transaction() as session:
        remove_line(session, current_actor(), charge_id, datetime.now(UTC))
    flash(_("The line is gone."), "ok")
    return _back(application_id)


@bp.route(f"{FILE}/payer", methods=["GET", "POST"])
@needs(Permission.MONEY_EDIT)
def payer(fair_code: str, application_id: int) -> Any:
    """Whom the exhibitor's invoices go to."""
    application, stand = file_of(application_id)
    if stand is None:
        raise Missing
    form = BillingForm()
    if form.validate_on_submit():
        with transaction() as session:
            keep_billing_details(session, current_actor(), form.order(stand.id), datetime.now(UTC))
        flash(_("Saved."), "ok")
        return _back(application_id)
    if not form.is_submitted():
        form.fill(reading().get(BillingDetails, stand.id))
    page = render_template("billing/payer.html", application=application, form=form, **common())
    return (page, 422) if form.is_submitted() else page


def _back(application_id: int) -> Any:
    address = url_for("billing.exhibitor", fair_code=current_fair().code, application_id=application_id)
    return redirect(address, 303)
