"""The form, one part per page: kept by the button, and by itself while somebody types."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from wtforms import SelectChoice

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import EDITABLE, Part, State
from fairapp.rules.days import DaySettings
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.questions import Phase
from fairapp.rules.wishes import BUDGET
from fairapp.store.applications import Application
from fairapp.store.applications_queries import products_shown, products_to_choose
from fairapp.store.applications_review import halls_to_choose, zones_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.usecases.applications import fill_in
from fairapp.usecases.applications_answers import deadline_of
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.applicant import own, parts_of
from fairapp.web.applications.bp import MINE, bp
from fairapp.web.applications.forms import KindForm, NeedsForm, PartForm, ProductsForm, TermsForm, WishesForm
from fairapp.web.applications.showing import days_to_choose, days_wanted
from fairapp.web.wording import sentences

FORMS: dict[Part, type[PartForm]] = {
    Part.KIND: KindForm,
    Part.WISHES: WishesForm,
    Part.NEEDS: NeedsForm,
    Part.PRODUCTS: ProductsForm,
    Part.TERMS: TermsForm,
}


@bp.get(f"{MINE}/form/<part>")
@signed_in
def part_form(application_id: int, part: str) -> Any:
    """One part, filled with what is kept."""
    application, asked = own(application_id), _part(part)
    if application.state not in EDITABLE:
        return redirect(url_for("applications.status", application_id=application.id))
    form = filled_form(application, asked, fresh=True)
    form.stamp(application)
    return _page(application, form)


@bp.post(f"{MINE}/form/<part>")
@signed_in
def save_part(application_id: int, part: str) -> Any:
    """Keep the part and go on; what cannot be kept comes back with its text."""
    application, asked = own(application_id), _part(part)
    form = filled_form(application, asked)
    if not form.validate_on_submit():
        form.stamp(application)
        return _page(application, form), 422
    try:
        with transaction() as session:
            fill_in(session, current_actor(), form.order(application_id, True), datetime.now(UTC))
    except Clash as clash:
        db.session.rollback()
        application = own(application_id)
        form.stamp(application, anew=True)
        return _page(application, form, sentences(clash)), 409
    except Refused as refused:
        db.session.rollback()
        return _page(own(application_id), form, sentences(refused)), 409
    return _onwards(application, asked)


@bp.post(f"{MINE}/form/<part>/autosave")
@signed_in
def autosave(application_id: int, part: str) -> Any:
    """Keep what stands in the form while somebody types; an older form never overwrites a newer one."""
    application, asked = own(application_id), _part(part)
    form = filled_form(application, asked)
    if not form.validate_on_submit():
        return jsonify(errors={name: [str(each) for each in said] for name, said in form.errors.items()}), 422
    with transaction() as session:
        kept = fill_in(session, current_actor(), form.order(application_id, False), datetime.now(UTC))
        return jsonify(version=kept.version)


def _onwards(application: Application, part: Part) -> Any:
    order = parts_of(application)
    after = order.index(part) + 1
    if request.form.get("then") == "check" or after == len(order):
        return redirect(url_for("applications.check", application_id=application.id), 303)
    flash(_("Saved: %(part)s", part=phrase(part)), "ok")
    return redirect(
        url_for("applications.part_form", application_id=application.id, part=order[after].value), 303
    )


def _part(text: str) -> Part:
    if text not in [each.value for each in FORMS]:
        abort(404)
    return Part(text)


def filled_form(application: Application, part: Part, fresh: bool = False) -> Any:
    form: Any = FORMS[part](**_kept(application, part)) if fresh else FORMS[part]()
    session, fair = reading(), application.fair
    if isinstance(form, KindForm):
        form.offer(list(kinds_of(session, fair.id)))
        form.offer_days(days_to_choose(fair))
    if isinstance(form, WishesForm):
        groups = {group.code: pick(group.names) for group in groups_of(session, fair)}
        zones = groups | {zone: groups.get(zone, zone) for zone in zones_of(session, fair)}
        halls = {hall.code: pick(hall.names) or hall.code for hall in halls_to_choose(session, fair)}
        wishes = application.wishes
        form.zone.choices = _choices(zones, wishes.get("zone"))
        form.hall.choices = _choices(halls, wishes.get("hall"))
        form.unit = _unit(fair.currency)
    if isinstance(form, ProductsForm):
        form.offered = products_to_choose(session, application.organisation_id)
        form.products.choices = [SelectChoice(str(each.id), pick(each.names)) for each in form.offered]
    return form


def _unit(currency: str) -> int:
    return int(10 ** get_currency_precision(currency))


def _choices(named: dict[str, str], kept: object) -> list[SelectChoice]:
    if isinstance(kept, str) and kept:
        named = {kept: kept} | named
    return [
        SelectChoice("", _("No wish")),
        *(SelectChoice(value, name) for value, name in named.items()),
    ]


def _kept(application: Application, part: Part) -> dict[str, Any]:
    if part is Part.KIND:
        area = application.area_m2
        return {
            "kind": str(application.booth_kind_id or ""),
            "booths": application.booths,
            "days": [day.isoformat() for day in days_wanted(application)],
            "area": "" if area is None else formats.plain_number(Decimal(f"{area:g}")),
        }
    if part is Part.WISHES:
        most = application.wishes.get(BUDGET)
        return {**application.wishes, BUDGET: most and most // _unit(application.fair.currency)}
    if part is Part.NEEDS:
        return dict(application.needs)
    if part is Part.PRODUCTS:
        return {"products": [str(each.id) for each in products_shown(reading(), application.id)]}
    return {"accepts": application.terms_version == application.fair.terms_version}


def _page(application: Application, form: PartForm, reasons: tuple[str, ...] = ()) -> str:
    groups = {group.code: group for group in groups_of(reading(), application.fair)}
    order = parts_of(application)
    return render_template(
        f"applications/part_{form.part.value}.html",
        application=application,
        form=form,
        part=form.part,
        number=order.index(form.part) + 1,
        many=len(order),
        by_day=DaySettings.read(application.fair.settings).priced_by_day,
        until=deadline_of(reading(), application, Phase.APPLY),
        reasons=reasons,
        groups=groups,
        State=State,
    )
