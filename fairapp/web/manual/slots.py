"""Times to move in, and who comes when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import halls_of
from fairapp.store.manual_queries import places_taken, slot_of, slots_of, who_comes
from fairapp.usecases.manual import add_slots, remove_slot, resize_slot
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.manual.bp import OFFICE, SLOT, bp
from fairapp.web.manual.forms import CapacityForm, SlotsForm
from fairapp.web.wording import sentences

SLOTS = f"{OFFICE}/slots"


@bp.get(SLOTS)
@needs(Permission.MANUAL_EDIT)
def slots(fair_code: str) -> str:
    """Every slot with the places taken, and the form that adds more."""
    form = SlotsForm(formdata=None)
    form.minutes.data, form.capacity.data = 120, 10
    return _page(form)


@bp.post(SLOTS)
@needs(Permission.MANUAL_EDIT)
def add(fair_code: str) -> Any:
    """Offer more times."""
    fair, form = current_fair(), SlotsForm()
    form.offer(halls_of(reading(), fair.id))
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        with transaction() as session:
            made = add_slots(session, current_actor(), form.order(fair.id, fair.timezone), datetime.now(UTC))
    except Refused as refused:
        _blame(form, refused)
        return _page(form), 409
    flash(ngettext("%(num)s slot is offered.", "%(num)s slots are offered.", len(made)), "ok")
    return redirect(url_for("manual.slots", fair_code=fair_code), 303)


@bp.get(f"{SLOTS}/{SLOT}")
@needs(Permission.MANUAL_EDIT)
def slot(fair_code: str, move_in_slot_id: int) -> str:
    """One slot: who comes, and how many may."""
    form = CapacityForm(formdata=None)
    form.capacity.data = slot_of(reading(), current_fair().id, move_in_slot_id).capacity
    return _one(move_in_slot_id, form)


@bp.post(f"{SLOTS}/{SLOT}")
@needs(Permission.MANUAL_EDIT)
def resize(fair_code: str, move_in_slot_id: int) -> Any:
    """Let more or fewer exhibitors have it."""
    form, fair = CapacityForm(), current_fair()
    if not form.validate_on_submit():
        return _one(move_in_slot_id, form), 422
    try:
        with transaction() as session:
            resize_slot(
                session, current_actor(), fair.id, move_in_slot_id, form.capacity.data, datetime.now(UTC)
            )
    except Refused as refused:
        _blame(form, refused)
        return _one(move_in_slot_id, form), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("manual.slots", fair_code=fair_code), 303)


@bp.post(f"{SLOTS}/{SLOT}/remove")
@needs(Permission.MANUAL_EDIT)
def drop(fair_code: str, move_in_slot_id: int) -> Any:
    """Offer it no more, if nobody has chosen it."""
    form = CapacityForm(formdata=None)
    try:
        with transaction() as session:
            remove_slot(session, current_actor(), current_fair().id, move_in_slot_id, datetime.now(UTC))
    except Refused as refused:
        _blame(form, refused)
        return _one(move_in_slot_id, form), 409
    flash(_("The slot is offered no more."), "ok")
    return redirect(url_for("manual.slots", fair_code=fair_code), 303)


def _blame(form: Any, refused: Refused) -> None:
    db.session.rollback()
    form.form_errors.extend(sentences(refused))


def _page(form: SlotsForm) -> str:
    session, fair = reading(), current_fair()
    halls = halls_of(session, fair.id)
    form.offer(halls)
    there = slots_of(session, fair.id)
    return render_template(
        "manual/slots.html",
        form=form,
        slots=there,
        taken=places_taken(session, [each.id for each in there]),
    )


def _one(slot_id: int, form: CapacityForm) -> str:
    session, fair = reading(), current_fair()
    there = slot_of(session, fair.id, slot_id)
    return render_template("manual/slot.html", form=form, slot=there, comes=who_comes(session, slot_id))
