"""Services in the office: what is offered, who ordered what, and orders by the office's own hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.billing import PriceKind
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.badges_lists import stands_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.billing_queries import prices_of
from fairapp.store.manual_services import (
    how_many_orders,
    ordered_of,
    orders_found,
    service_of,
    services_of,
)
from fairapp.usecases.manual_services import OrderService, keep_service, order_service
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.manual.bp import ITEM, OFFICE, ONE, bp
from fairapp.web.manual.forms_services import OrderForm, ServiceForm
from fairapp.web.manual.services import faults_of, money_words, shown_to
from fairapp.web.one_application import of_this_fair
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

OFFERED = f"{OFFICE}/services"
PER_PAGE = 50


@bp.get(OFFERED)
@needs(Permission.MANUAL_EDIT)
def offered(fair_code: str) -> str:
    """Every service with its stock, its cut-off and how many are ordered."""
    session, fair = reading(), current_fair()
    items = services_of(session, fair.id, also_off=True)
    return render_template(
        "manual/offered.html", items=items, ordered=ordered_of(session, [item.id for item in items])
    )


@bp.route(f"{OFFERED}/new", methods=["GET", "POST"])
@bp.route(f"{OFFERED}/{ITEM}", methods=["GET", "POST"])
@needs(Permission.MANUAL_EDIT)
def service(fair_code: str, service_item_id: int | None = None) -> Any:
    """A service, new or changed."""
    session, fair, form = reading(), current_fair(), ServiceForm()
    prices = [item for item in prices_of(session, fair.id) if item.kind is PriceKind.SERVICE]
    there = None if service_item_id is None else service_of(session, fair.id, service_item_id)
    if there is not None and there.price_item not in prices:
        prices.append(there.price_item)
    form.offer(prices, fair.currency)
    facts = {"form": form, "there": there, "prices": prices}
    if not form.is_submitted():
        form.fill(there, fair.timezone)
        return render_template("manual/service.html", **facts)
    if not form.validate():
        return render_template("manual/service.html", **facts), 422
    try:
        with transaction() as writing:
            order = form.order(fair.id, fair.timezone, service_item_id)
            keep_service(writing, current_actor(), order, datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        for name, reason in invalid.fields.items():
            form[name].errors = [*form[name].errors, phrase(reason)]
        return render_template("manual/service.html", **facts), 422
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return render_template("manual/service.html", **facts), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("manual.offered", fair_code=fair_code), 303)


@bp.get(f"{OFFICE}/orders")
@needs(Permission.MANUAL_EDIT)
def orders(fair_code: str) -> str:
    """Who ordered what, of one service or of all; the sums of every service beside it."""
    session, fair = reading(), current_fair()
    said = request.args.get("service", "")
    items = services_of(session, fair.id, also_off=True)
    chosen = next((item for item in items if str(item.id) == said), None)
    item_id = None if chosen is None else chosen.id
    page = page_asked(how_many_orders(session, fair.id, item_id), PER_PAGE)
    rows = session.scalars(orders_found(fair.id, item_id).offset(page.skipped).limit(page.size)).all()
    return render_template(
        "manual/orders.html",
        rows=rows,
        page=page,
        items=items,
        chosen=chosen,
        ordered=ordered_of(session, [item.id for item in items]),
        stands=stands_of(session, [row.exhibitor_id for row in rows]),
    )


@bp.get(f"{ONE}/services")
@needs(Permission.MANUAL_EDIT)
def services_of_one(fair_code: str, application_id: int) -> str:
    """What one exhibitor has ordered, to be changed by the office after the cut-off too."""
    return _one(_exhibitor(application_id))


@bp.post(f"{ONE}/services/{ITEM}")
@needs(Permission.MANUAL_EDIT)
def order_for_one(fair_code: str, application_id: int, service_item_id: int) -> Any:
    """Order for an exhibitor, change or give up what it ordered."""
    form, exhibitor = OrderForm(), _exhibitor(application_id)
    if not form.validate_on_submit():
        return _one(exhibitor, service_item_id, form), 422
    try:
        with transaction() as session:
            wanted = OrderService(application_id, service_item_id, form.quantity.data)
            order_service(session, current_actor(), wanted, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _one(_exhibitor(application_id), service_item_id, form), 409
    flash(_("Saved."), "ok")
    back = url_for("manual.services_of_one", fair_code=fair_code, application_id=application_id)
    return redirect(back, 303)


def _exhibitor(application_id: int) -> Exhibitor:
    found = exhibitor_from(reading(), of_this_fair(application_id).id)
    if found is None:
        raise Missing
    return found


def _one(exhibitor: Exhibitor, wrong_id: int | None = None, wrong: OrderForm | None = None) -> str:
    rows = shown_to(exhibitor, also_off=True)
    forms = {}
    for row in rows:
        form = wrong if wrong is not None and row.item.id == wrong_id else OrderForm(formdata=None)
        if form is not wrong:
            form.quantity.data = row.order.quantity if row.order else 0
        forms[row.item.id] = form
    return render_template(
        "manual/services_of_one.html",
        application=exhibitor.application,
        rows=rows,
        forms=forms,
        faults=faults_of(wrong, wrong_id),
        total=sum(row.total for row in rows),
        **money_words(exhibitor),
    )
