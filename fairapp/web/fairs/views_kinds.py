"""Kinds of booths with their prices, names of halls, and gates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import FloorKind
from fairapp.store.base import reading, transaction
from fairapp.store.fairs import BoothKind, Fair, Hall
from fairapp.store.gate import Gate
from fairapp.usecases.fairs_kinds import KeepBoothKind, keep_booth_kind, remove_booth_kind
from fairapp.usecases.fairs_parts import KeepGate, NameHall, keep_gate, name_hall, remove_gate
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.fields import texts
from fairapp.web.fairs.forms import KindForm, PairForm
from fairapp.web.wording import sentences

Answer = str | Response | tuple[str, int]
Deed = Callable[[Session, datetime], object]


@bp.route("/o/<fair_code>/kinds/new", methods=["GET", "POST"])
@bp.route("/o/<fair_code>/kinds/<int(max=2147483647):kind_id>", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def kind(fair_code: str, kind_id: int | None = None) -> Answer:
    """A kind of booth: what it is, how large, what it costs."""
    fair, there = current_fair(), _own(BoothKind, kind_id)
    digits = get_currency_precision(fair.currency)
    form = KindForm(digits)
    if form.validate_on_submit():
        order = KeepBoothKind(
            fair_id=fair.id,
            code=str(form.code.data),
            floor=FloorKind(form.floor.data),
            names=texts(form.name_vi.data, form.name_en.data),
            texts=texts(form.text_vi.data, form.text_en.data),
            unit_area_m2=float(form.unit_area_m2.data or 0),
            min_area_m2=float(form.min_area_m2.data or 0),
            price_minor=int((form.price.data or Decimal(0)).scaleb(digits)),
            kind_id=kind_id,
        )
        return _kept(
            lambda session, now: keep_booth_kind(session, current_actor(), order, now),
            lambda reasons: _kind_page(form, reasons, there),
        )
    if not form.is_submitted():
        _fill_kind(form, there, digits)
        return _kind_page(form, (), there)
    return _kind_page(form, (), there), 422


@bp.post("/o/<fair_code>/kinds/<int(max=2147483647):kind_id>/remove")
@needs(Permission.FAIR_EDIT)
def remove_kind(fair_code: str, kind_id: int) -> Response:
    """Offer a kind no more."""
    fair = current_fair()
    with transaction() as session:
        remove_booth_kind(session, current_actor(), fair.id, kind_id, datetime.now(UTC))
    return _back(fair, _("The kind is offered no more."))


@bp.route("/o/<fair_code>/halls/<int(max=2147483647):hall_id>", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def hall(fair_code: str, hall_id: int) -> Answer:
    """What a hall is called."""
    fair, form, there = current_fair(), PairForm(), _own(Hall, hall_id)
    if form.validate_on_submit():
        order = NameHall(fair.id, hall_id, form.names())
        return _kept(
            lambda session, now: name_hall(session, current_actor(), order, now),
            lambda reasons: render_template("fairs/hall.html", form=form, reasons=reasons, hall=there),
        )
    if not form.is_submitted() and there is not None:
        form.name_vi.data, form.name_en.data = there.names.get("vi"), there.names.get("en")
    page = render_template("fairs/hall.html", form=form, reasons=(), hall=there)
    return (page, 422) if form.is_submitted() else page


@bp.route("/o/<fair_code>/gates/new", methods=["GET", "POST"])
@bp.route("/o/<fair_code>/gates/<int(max=2147483647):gate_id>", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def gate(fair_code: str, gate_id: int | None = None) -> Answer:
    """A gate, new or changed."""
    fair, form, there = current_fair(), PairForm(), _own(Gate, gate_id)
    if form.validate_on_submit():
        order = KeepGate(fair.id, str(form.code.data or ""), form.names(), gate_id)
        return _kept(
            lambda session, now: keep_gate(session, current_actor(), order, now),
            lambda reasons: render_template("fairs/gate.html", form=form, reasons=reasons, gate=there),
        )
    if not form.is_submitted() and there is not None:
        form.name_vi.data, form.name_en.data = there.names.get("vi"), there.names.get("en")
    page = render_template("fairs/gate.html", form=form, reasons=(), gate=there)
    return (page, 422) if form.is_submitted() else page


@bp.post("/o/<fair_code>/gates/<int(max=2147483647):gate_id>/remove")
@needs(Permission.FAIR_EDIT)
def remove_the_gate(fair_code: str, gate_id: int) -> Response:
    """Take a gate away."""
    fair = current_fair()
    with transaction() as session:
        remove_gate(session, current_actor(), fair.id, gate_id, datetime.now(UTC))
    return _back(fair, _("The gate is gone."))


def _own(table: Any, row_id: int | None) -> Any:
    """The fair's own row, or nothing for a new one; another fair's is not there."""
    if row_id is None:
        return None
    row = reading().get(table, row_id)
    if row is None or row.fair_id != current_fair().id:
        abort(404)
    return row


def _kept(deed: Deed, again: Callable[[tuple[str, ...]], str]) -> Answer:
    """Do it and go back to the settings, or show the form again with what is in the way."""
    fair = current_fair()
    try:
        with transaction() as session:
            deed(session, datetime.now(UTC))
    except Refused as refused:
        return again(sentences(refused)), 422
    return _back(fair, _("Saved."))


def _back(fair: Fair, said: str) -> Response:
    flash(said, "ok")
    return redirect(url_for("fairs.settings", fair_code=fair.code), 303)


def _kind_page(form: KindForm, reasons: tuple[str, ...], there: BoothKind | None) -> str:
    return render_template("fairs/kind.html", form=form, reasons=reasons, kind=there)


def _fill_kind(form: KindForm, there: BoothKind | None, digits: int) -> None:
    if there is None:
        form.floor.data = FloorKind.SHELL_SCHEME.value
        form.unit_area_m2.data = form.min_area_m2.data = Decimal(9)
        return
    form.code.data, form.floor.data = there.code, there.floor.value
    form.name_vi.data, form.name_en.data = there.names.get("vi"), there.names.get("en")
    form.text_vi.data, form.text_en.data = there.texts.get("vi"), there.texts.get("en")
    form.unit_area_m2.data = Decimal(f"{there.unit_area_m2:g}")
    form.min_area_m2.data = Decimal(f"{there.min_area_m2:g}")
    form.price.data = Decimal(there.price_minor).scaleb(-digits)
