"""The price list, the subsidies and the money settings of a fair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session

from fairapp.i18n import current_language, pick
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.prices import MoneySettings
from fairapp.store.base import reading, transaction
from fairapp.store.billing import PriceItem, Subsidy
from fairapp.store.billing_queries import given_by_subsidies, prices_of, subsidies_of
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.usecases.billing_prices import keep_money_settings, keep_price, keep_subsidy
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.billing.bp import MONEY, bp
from fairapp.web.billing.forms_setup import PriceForm, SettingsForm, SubsidyForm
from fairapp.web.billing.showing import common
from fairapp.web.wording import sentences

CURRENCIES = ("VND", "USD", "EUR", "THB", "JPY", "KRW", "CNY", "LAK", "KHR", "IDR", "MYR", "PHP", "SGD")


@bp.get(f"{MONEY}/prices")
@needs(Permission.MONEY_SEE)
def prices(fair_code: str) -> str:
    """The price list with the kinds of booths that have their own price, and the subsidies."""
    session, fair = reading(), current_fair()
    listed = prices_of(session, fair.id, also_off=True)
    own = {item.booth_kind_id for item in listed if item.is_on}
    return render_template(
        "billing/prices.html",
        prices=listed,
        kinds=[kind for kind in kinds_of(session, fair.id) if kind.id not in own],
        subsidies=subsidies_of(session, fair.id, also_off=True),
        given=given_by_subsidies(session, fair.id),
        settings=MoneySettings.read(fair.settings),
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
        **common(),
    )


@bp.route(f"{MONEY}/prices/new", methods=["GET", "POST"])
@bp.route(f"{MONEY}/prices/<int:price_item_id>", methods=["GET", "POST"])
@needs(Permission.MONEY_EDIT)
def price(fair_code: str, price_item_id: int | None = None) -> Any:
    """A line of the price list."""
    fair, form, item = current_fair(), PriceForm(), _own(PriceItem, price_item_id)
    kinds = kinds_of(reading(), fair.id)
    form.offer(kinds, [pick(kind.names) for kind in kinds])
    if not form.is_submitted():
        form.fill(item, fair)
    return _answer(
        form,
        lambda session, now: keep_price(session, current_actor(), form.order(fair, item), now),
        "billing/price.html",
        item=item,
        settings=MoneySettings.read(fair.settings),
    )


@bp.route(f"{MONEY}/subsidies/new", methods=["GET", "POST"])
@bp.route(f"{MONEY}/subsidies/<int:subsidy_id>", methods=["GET", "POST"])
@needs(Permission.MONEY_EDIT)
def subsidy(fair_code: str, subsidy_id: int | None = None) -> Any:
    """A subsidy with its limits."""
    from fairapp.adapters import places  # read when first asked for

    fair, form, there = current_fair(), SubsidyForm(), _own(Subsidy, subsidy_id)
    language = current_language()
    provinces = [(one.code, one.name_in(language)) for one in places.provinces()]
    form.offer(provinces, [(group.code, pick(group.names)) for group in groups_of(reading(), fair)])
    if not form.is_submitted():
        form.fill(there, fair)
    return _answer(
        form,
        lambda session, now: keep_subsidy(session, current_actor(), form.order(fair, there), now),
        "billing/subsidy.html",
        subsidy=there,
    )


@bp.route(f"{MONEY}/settings", methods=["GET", "POST"])
@needs(Permission.MONEY_EDIT)
def settings(fair_code: str) -> Any:
    """How the fair handles its money."""
    fair, form = current_fair(), SettingsForm()
    form.offer(CURRENCIES, fair)
    before = MoneySettings.read(fair.settings)
    if not form.is_submitted():
        form.fill(before)
    return _answer(
        form,
        lambda session, now: keep_money_settings(
            session, current_actor(), fair.id, form.settings(before), now
        ),
        "billing/settings.html",
    )


def _answer(form: Any, deed: Callable[[Session, datetime], object], template: str, **values: Any) -> Any:
    """Show the form, or do it and go back to the price list; what is in the way stands above it."""
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                deed(session, datetime.now(UTC))
            flash(_("Saved."), "ok")
            return redirect(url_for("billing.prices", fair_code=current_fair().code), 303)
        except Refused as refused:
            reasons = sentences(refused)
    page = render_template(template, form=form, reasons=reasons, **values)
    return (page, 422) if form.is_submitted() else page


def _own(table: Any, row_id: int | None) -> Any:
    """The fair's own row, or nothing for a new one; another fair's is not there."""
    if row_id is None:
        return None
    row = reading().get(table, row_id)
    if row is None or row.fair_id != current_fair().id:
        abort(404)
    return row
