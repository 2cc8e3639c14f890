"""Services for the exhibitor: what can be ordered until when, at which price, and what it has ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.rules.billing import number_text
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.prices import MoneySettings
from fairapp.rules.services import left_of
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.base import db, reading, transaction
from fairapp.store.manual_services import (
    ServiceItem,
    ServiceOrder,
    invoices_with,
    ordered_of,
    orders_of,
    services_of,
)
from fairapp.usecases.charging import currency_of
from fairapp.usecases.manual_services import OrderService, order_service
from fairapp.usecases.pricing import price_of
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.manual.bp import ITEM, MINE, bp
from fairapp.web.manual.forms_services import OrderForm
from fairapp.web.one_application import own
from fairapp.web.wording import sentences

SERVICES = f"{MINE}/services"


@dataclass(frozen=True, slots=True)
class Shown:
    """A service as an exhibitor sees it."""

    item: ServiceItem
    order: ServiceOrder | None
    price: int | None
    """None: not said in the exhibitor's currency."""
    left: int | None
    invoice: str
    """The number of the invoice on which the order stands."""
    is_closed: bool

    @property
    def total(self) -> int:
        """What the order costs."""
        return (self.price or 0) * (self.order.quantity if self.order else 0)

    @property
    def can(self) -> bool:
        """Whether anything can be ordered or changed now."""
        has_price = self.price is not None or self.order is not None
        return has_price and self.item.is_on and not self.is_closed and not self.invoice


@bp.get(SERVICES)
@signed_in
def services(application_id: int) -> str:
    """Every service with its price, what is left, and what was ordered."""
    return _page(_exhibitor(application_id))


@bp.post(f"{SERVICES}/{ITEM}")
@signed_in
def order(application_id: int, service_item_id: int) -> Any:
    """Order so many in all; none gives the order up. A second press changes nothing."""
    exhibitor, form = _exhibitor(application_id), OrderForm()
    if not form.validate_on_submit():
        return _page(exhibitor, service_item_id, form), 422
    try:
        with transaction() as session:
            made = order_service(
                session,
                current_actor(),
                OrderService(application_id, service_item_id, form.quantity.data),
                datetime.now(UTC),
            )
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _page(_exhibitor(application_id), service_item_id, form), 409
    if made is not None and form.quantity.data:
        many = formats.number(form.quantity.data)
        flash(_("Ordered: %(many)s × %(service)s.", many=many, service=pick(made.item.names)), "ok")
    elif made is not None:
        flash(_("The order is given up: %(service)s.", service=pick(made.item.names)), "ok")
    return redirect(url_for("manual.services", application_id=application_id), 303)


def shown_to(exhibitor: Exhibitor, also_off: bool = False) -> list[Shown]:
    """Every service as this exhibitor sees it, in a number of questions that does not grow with them."""
    session, fair, now = reading(), exhibitor.fair, datetime.now(UTC)
    items, mine = services_of(session, fair.id, also_off=True), orders_of(session, exhibitor.id)
    others = ordered_of(session, [item.id for item in items], besides=exhibitor.id)
    invoices = invoices_with(session, fair.id, [each.source for each in mine.values()])
    currency = currency_of(session, exhibitor)
    found = []
    for item in items:
        there = mine.get(item.id)
        if not item.is_on and there is None and not also_off:
            continue
        day = (there.ordered_at if there else now).astimezone(ZoneInfo(fair.timezone)).date()
        invoice = invoices.get(there.source) if there else None
        found.append(
            Shown(
                item,
                there,
                price_of(item.price_item).on(day, currency, fair.currency),
                left_of(item.offer, others.get(item.id, 0)),
                number_text(fair.code, invoice.kind, invoice.number) if invoice else "",
                now > item.until,
            )
        )
    return found


def faults_of(form: OrderForm | None, item_id: int | None) -> list[tuple[str, str]]:
    """What is wrong with an order, each sentence with the way to its field."""
    said = [] if form is None else [*form.quantity.errors, *form.form_errors]
    return [(str(each), f"#quantity-{item_id}") for each in said]


def money_words(exhibitor: Exhibitor) -> Mapping[str, Any]:
    """What pages with prices need to say them."""
    return {
        "currency": currency_of(reading(), exhibitor),
        "prices_are": MoneySettings.read(exhibitor.fair.settings).prices_are,
    }


def _exhibitor(application_id: int) -> Exhibitor:
    found = exhibitor_from(reading(), own(application_id).id)
    if found is None:
        raise Missing
    return found


def _page(exhibitor: Exhibitor, wrong_id: int | None = None, wrong: OrderForm | None = None) -> str:
    rows = shown_to(exhibitor)
    return render_template(
        "manual/services.html",
        application=exhibitor.application,
        rows=rows,
        total=sum(row.total for row in rows),
        forms={row.item.id: wrong if row.item.id == wrong_id and wrong else _form(row) for row in rows},
        faults=faults_of(wrong, wrong_id),
        **money_words(exhibitor),
    )


def _form(row: Shown) -> OrderForm:
    form = OrderForm(formdata=None, prefix="")
    form.quantity.data = row.order.quantity if row.order else None
    return form
