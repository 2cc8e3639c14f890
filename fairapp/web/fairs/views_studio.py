"""The floor-plan studio: halls begun, drawn, saved; rows by rule and booths by numbers without a script."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import PlanState
from fairapp.rules.plan_laying import faults_of, laid_out
from fairapp.rules.plans import from_json
from fairapp.store import fairs_queries
from fairapp.store.base import reading, transaction
from fairapp.store.fairs import FloorPlan
from fairapp.usecases.fairs_studio import (
    AddRows,
    BeginHall,
    ChangeBooth,
    SaveDrawing,
    add_rows,
    begin_hall,
    change_booth,
    copy_version,
    save_as_new,
    save_drawing,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.forms_studio import BoothForm, HallForm, RowsForm
from fairapp.web.fairs.studio import found_in, shapes_of
from fairapp.web.fairs.studio_page import studio_page
from fairapp.web.fairs.views_plans import plans_page
from fairapp.web.wording import sentences

Answer = str | Response | tuple[str, int] | tuple[Response, int]
MOST_BYTES = 8_000_000


@bp.post("/o/<fair_code>/plan/halls")
@needs(Permission.PLAN_EDIT)
def begin(fair_code: str) -> Answer:
    """Begin an empty hall: in the newest draft, or in a version of its own."""
    fair, form = current_fair(), HallForm()
    if not form.validate():
        return plans_page(hall_form=form), 422
    try:
        with transaction() as session:
            sides = (form.width.data or 0.0, form.depth.data or 0.0)
            order = BeginHall(fair.id, form.name.data or "", *sides)
            number = begin_hall(session, current_actor(), order, datetime.now(UTC)).version
    except Refused as refused:
        return plans_page(hall_form=form, hall_reasons=sentences(refused)), 409
    return redirect(url_for("fairs.studio", fair_code=fair.code, number=number, hall=form.name.data), 303)


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/copy")
@needs(Permission.PLAN_EDIT)
def copy_plan(fair_code: str, number: int) -> Response:
    """Begin a draft as another version is."""
    plan = _plan(number)
    with transaction() as session:
        made = copy_version(session, current_actor(), plan.id, datetime.now(UTC)).version
    return redirect(url_for("fairs.studio", fair_code=fair_code, number=made), 303)


@bp.get("/o/<fair_code>/plan/<int(max=2147483647):number>/studio")
@needs(Permission.PLAN_EDIT)
def studio(fair_code: str, number: int) -> Answer:
    """A hall of a draft to draw in; a version in force is looked at instead."""
    plan = _plan(number)
    if plan.state is not PlanState.DRAFT:
        return redirect(url_for("fairs.version", fair_code=fair_code, number=number), 303)
    return studio_page(plan)


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/studio")
@needs(Permission.PLAN_EDIT)
def save_studio(fair_code: str, number: int) -> Answer:
    """Take the whole drawing of a hall, or say what it cannot be taken for; 409 when somebody was quicker."""
    plan, hall = _plan(number), request.args.get("hall", "")
    features = _features()
    revision = request.form.get("revision", "")
    if features is None or not revision.isascii() or not revision.isdigit() or len(revision) > 9:
        return jsonify(message=_("The drawing could not be read. Reload the page.")), 422
    order = SaveDrawing(plan.id, hall, int(revision), features)
    as_new = bool(request.form.get("as_new"))
    try:
        with transaction() as session:
            act = save_as_new if as_new else save_drawing
            saved = act(session, current_actor(), order, datetime.now(UTC))
            made = saved.plan.version
    except Refused as refused:
        return jsonify(message=" ".join(sentences(refused))), 409
    if saved.refused:
        rows = [
            {"at": one.number - 1, "words": f"{one.code or '#' + str(one.number)}: {phrase(one.fault)}"}
            for one in saved.refused
        ]
        return jsonify(message=_("Some shapes cannot be taken. Nothing was saved."), refused=rows), 422
    if as_new:
        return jsonify(address=url_for("fairs.studio", fair_code=fair_code, number=made, hall=hall)), 200
    kept = _plan(number)
    draft = from_json(kept.body)
    places = {n: n - saved.base - 1 for n in shapes_of(draft, hall)[1]}
    found = found_in(draft, hall, places)
    return jsonify(revision=kept.revision, findings=found), 200


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/studio/rows")
@needs(Permission.PLAN_EDIT)
def lay_rows(fair_code: str, number: int) -> Answer:
    """Lay out rows by a rule: for the drawing in the browser, or into the draft at once."""
    plan, hall, form = _plan(number), request.args.get("hall", ""), RowsForm()
    wants_json = request.accept_mimetypes.best == "application/json"
    if not form.validate():
        if wants_json:
            return jsonify(message=form.first_fault()), 422
        return studio_page(plan, rows_form=form), 422
    rule = form.rule()
    if wants_json:
        if faults := faults_of(rule):
            return jsonify(message=" ".join(phrase(fault) for fault in faults)), 422
        return jsonify(booths=[{"code": each.code, "ring": each.ring} for each in laid_out(rule)]), 200
    try:
        with transaction() as session:
            add_rows(session, current_actor(), AddRows(plan.id, hall, rule), datetime.now(UTC))
    except Refused as refused:
        return studio_page(_plan(number), rows_form=form, reasons=sentences(refused)), 409
    flash(_("The rows are laid out."), "ok")
    return redirect(url_for("fairs.studio", fair_code=fair_code, number=number, hall=hall), 303)


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/studio/booths/<int(max=2147483647):place>")
@needs(Permission.PLAN_EDIT)
def booth_numbers(fair_code: str, number: int, place: int) -> Answer:
    """Give one booth of the draft its numbers, or take it off the plan."""
    plan, form = _plan(number), BoothForm()
    leaves = bool(request.form.get("leave"))
    if not leaves and not form.validate():
        return studio_page(plan, booth_form=form, booth=place), 422
    sides = (form.x.data or 0.0, form.y.data or 0.0, form.width.data or 0.0, form.depth.data or 0.0)
    order = ChangeBooth(plan.id, place, form.code.data or "", *sides, form.turn.data or 0.0, leaves)
    try:
        with transaction() as session:
            change_booth(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        return studio_page(_plan(number), booth_form=form, booth=place, reasons=sentences(refused)), 409
    flash(_("The booth is off the plan.") if leaves else _("The booth has its new numbers."), "ok")
    hall = request.args.get("hall", "")
    return redirect(url_for("fairs.studio", fair_code=fair_code, number=number, hall=hall), 303)


def _plan(number: int) -> FloorPlan:
    plan = fairs_queries.plan_version(reading(), current_fair().id, number)
    if plan is None:
        abort(404)
    return plan


def _features() -> list[Any] | None:
    """The drawing out of the request; None when it is none, or larger than any hall."""
    raw = request.form.get("drawing", "")
    if not raw or len(raw) > MOST_BYTES:
        return None
    from fairapp.adapters.plans.reading import PlanUnreadable, load

    try:
        features = load(raw.encode())
    except PlanUnreadable:
        return None
    return features if isinstance(features, list) and len(features) <= 10_000 else None
