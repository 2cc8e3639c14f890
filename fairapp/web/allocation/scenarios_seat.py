"""Why somebody stands where a plan puts it, why not elsewhere, and what is worth how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.planning_trying import Search
from fairapp.rules.weights import PlanWeights, Rivals
from fairapp.store import scenarios_queries as kept
from fairapp.store.base import reading, transaction
from fairapp.store.fairs import Booth
from fairapp.usecases.planning_applying import scenario_of
from fairapp.usecases.planning_jobs import SetWeights, set_weights
from fairapp.usecases.planning_reasons import Elsewhere, next_best, place_there, search_in
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.forms_scenarios import WeightsForm
from fairapp.web.allocation.showing_scenarios import seat_lines


@dataclass(frozen=True, slots=True)
class Told:
    """Another place in words."""

    booths: tuple[kept.BoothWord, ...]
    gain: float | None
    sentences: tuple[str, ...]


@bp.get("/o/<fair_code>/scenarios/<int:scenario_id>/exhibitors/<int:exhibitor_id>")
@needs(Permission.BOOTH_ASSIGN)
def seat(fair_code: str, scenario_id: int, exhibitor_id: int) -> Any:
    """What each term gives here, what another booth would cost, and what would be next best."""
    session, fair, actor = reading(), current_fair(), current_actor()
    scenario = scenario_of(session, actor, scenario_id)
    row = kept.seat_of(session, scenario.id, exhibitor_id) if scenario.fair_id == fair.id else None
    if row is None:
        abort(404)
    others = kept.names_of(session, row.seat.reason.get("gives_way", ()))
    search = search_in(session, actor, scenario)
    code = request.args.get("code", "").strip()[:64]
    booth = _booth(fair.id, code) if code else None
    takes_part = exhibitor_id in search.ground.askers
    asked = None
    if booth is not None and takes_part and booth in search.ground.lots:
        asked = _told(search, exhibitor_id, place_there(search, exhibitor_id, booth))
    best = next_best(search, exhibitor_id) if takes_part and row.seat.booths else []
    return render_template(
        "allocation/scenario_seat.html",
        scenario=scenario,
        line=seat_lines(session, [row], others=others)[0],
        others=[_told(search, exhibitor_id, each) for each in best],
        asked=asked,
        code=code,
        unknown=bool(code) and asked is None,
    )


def _booth(fair_id: int, code: str) -> int | None:
    """The booth with this number, however its letters are written; none where several halls have it."""
    wanted = select(Booth.id).where(
        Booth.fair_id == fair_id, func.lower(Booth.code) == code.lower(), Booth.retired_at.is_(None)
    )
    found = reading().scalars(wanted.limit(2)).all()
    return found[0] if len(found) == 1 else None


def _told(search: Search, who: int, place: Elsewhere) -> Told:
    session = reading()
    moved = (
        {}
        if place.tried is None
        else {one: seats for one, seats in place.tried.changes.items() if one != who}
    )
    numbers = {*place.booths, *(booth for seats in moved.values() for booth in seats)}
    words, names = kept.booth_words(session, numbers), kept.names_of(session, moved)
    booths = tuple(words[booth] for booth in place.booths)
    if place.against:
        facts = {"code": booths[0].code, "stand_companies": "", "stand_needs": "", "stand_m2": ""}
        return Told(booths, None, tuple(phrase(reason, **facts) for reason in place.against))
    if place.tried is None:
        return Told(
            booths,
            None,
            (_("So many booths side by side cannot be had here: one beside it is not possible."),),
        )
    said = [_gain_said(place.tried.gain)]
    for one, seats in sorted(moved.items()):
        if seats:
            codes = formats.listing([words[booth].code for booth in seats])
            said.append(_("%(name)s would move to %(codes)s.", name=names[one], codes=codes))
        else:
            said.append(_("%(name)s would lose its place.", name=names[one]))
    return Told(booths, place.tried.gain, tuple(said))


def _gain_said(gain: float) -> str:
    points = formats.number(round(abs(gain), 1))
    if abs(gain) < 0.05:
        return _("This would be just as good.")
    if gain > 0:
        return _("The whole plan would gain %(points)s points.", points=points)
    return _("It would cost the whole plan %(points)s points.", points=points)


@bp.route("/o/<fair_code>/scenarios/weights", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def weights(fair_code: str) -> Any:
    """What is worth how much in plans of this fair."""
    fair = current_fair()
    hard = bool(fair.settings.get("zone_is_hard", False))
    form = (
        WeightsForm()
        if request.method == "POST"
        else WeightsForm.showing(PlanWeights.read(fair.settings), hard)
    )
    if request.method == "POST":
        if not form.validate():
            return render_template("allocation/weights.html", form=form), 422
        with transaction() as session:
            order = SetWeights(
                fair.id, form.numbers(), Rivals(form.rivals.data), form.zone_is_hard.data == "yes"
            )
            set_weights(session, current_actor(), order, datetime.now(UTC))
        flash(_("Saved. Plans worked out from now on use these weights."), "ok")
        return redirect(url_for("allocation.scenarios", fair_code=fair.code), 303)
    return render_template("allocation/weights.html", form=form)
