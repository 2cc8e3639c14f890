"""Plans that were worked out: the list, one of them drawn with everything it gives, and two compared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for

from fairapp.i18n import formats, ngettext
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.days import DaySettings
from fairapp.rules.errors import Refused
from fairapp.rules.jobs import UNDER_WAY, JobState
from fairapp.rules.planning_trying import gap_percent
from fairapp.rules.scenarios import ScenarioRefusal, gains_by_group, moves
from fairapp.rules.weights import PlanWeights
from fairapp.store import allocation_board as rows
from fairapp.store import scenarios_queries as kept
from fairapp.store.base import db, reading, transaction
from fairapp.store.claim_days import part_days
from fairapp.store.scenarios import Scenario
from fairapp.usecases.planning import PlanFair
from fairapp.usecases.planning_applying import ApplyScenario, apply_scenario, drop_scenario, scenario_of
from fairapp.usecases.planning_jobs import start_planning, stop_planning
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.colours import groups_of
from fairapp.web.allocation.forms_scenarios import PlanForm
from fairapp.web.allocation.showing_scenarios import (
    hall_drawing,
    seat_lines,
    seats_by_exhibitor,
    settled_words,
)
from fairapp.web.wording import sentences

PAGE = 50
MOST_MOVES = 200


def _scenario(scenario_id: int) -> Scenario:
    found = scenario_of(reading(), current_actor(), scenario_id)
    if found.fair_id != current_fair().id:
        abort(404)
    return found


@bp.get("/o/<fair_code>/scenarios")
@needs(Permission.BOOTH_ASSIGN)
def scenarios(fair_code: str) -> Any:
    """Every plan of the fair with its proof, the one being worked out, and the way to a new one."""
    return _list_page(PlanForm())


def _list_page(form: PlanForm, reasons: tuple[str, ...] = ()) -> Any:
    session, fair = reading(), current_fair()
    listed = kept.scenarios_of(session, fair.id)
    halls = rows.halls_with_counts(session, fair.id, datetime.now(UTC))
    job = kept.planning_job(session, fair.id, under_way=False)
    return render_template(
        "allocation/scenarios.html",
        form=form,
        reasons=reasons,
        listed=listed,
        gap=gap_percent,
        job=job,
        running=job is not None and job.state in UNDER_WAY,
        failed=_failure(job.report) if job is not None and job.state is JobState.DONE else "",
        broken=job is not None and job.state in (JobState.FAILED, JobState.INTERRUPTED),
        free=sum(hall.free for hall in halls),
        by_days=DaySettings.read(fair.settings).asked or bool(part_days(session, fair)),
        weights=PlanWeights.read(fair.settings),
    )


def _failure(report: list[Any]) -> str:
    """Why the last work found no plan, in words."""
    from fairapp.i18n.phrases import phrase

    for line in report:
        if line.get("reason") in [each.value for each in ScenarioRefusal]:
            return phrase(ScenarioRefusal(line["reason"]), **line.get("facts", {}))
    return ""


@bp.post("/o/<fair_code>/scenarios")
@needs(Permission.BOOTH_ASSIGN)
def plan_anew(fair_code: str) -> Any:
    """Have a new plan worked out."""
    form, fair = PlanForm(), current_fair()
    if not form.validate():
        return _list_page(form), 422
    try:
        with transaction() as session:
            order = PlanFair(fair.id, (form.name.data or "").strip(), float(form.seconds.data))
            start_planning(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return _list_page(form, tuple(sentences(refused))), 409
    return redirect(url_for("allocation.scenarios", fair_code=fair.code), 303)


@bp.post("/o/<fair_code>/scenarios/stop")
@needs(Permission.BOOTH_ASSIGN)
def stop_plan(fair_code: str) -> Any:
    """Stop what is being worked out."""
    fair = current_fair()
    with transaction() as session:
        stopped = stop_planning(session, current_actor(), fair.id, datetime.now(UTC))
    flash(_("Stopped. Nothing was kept.") if stopped else _("The work had ended already."), "info")
    return redirect(url_for("allocation.scenarios", fair_code=fair.code), 303)


@bp.get("/o/<fair_code>/scenarios/progress")
@needs(Permission.BOOTH_ASSIGN)
def plan_progress(fair_code: str) -> Any:
    """How far the work is and how good its plan is by now, for the progress bar."""
    job = kept.planning_job(reading(), current_fair().id, under_way=False)
    if job is None:
        return jsonify(state="none", done=0, total=0, text="", finished=True)
    gap = next((line["gap"] for line in job.report if "gap" in line), None)
    text = _("Looking for a first plan …") if gap is None else progress_words(gap)
    return jsonify(
        state=job.state.value,
        done=job.done,
        total=job.total,
        text=text,
        finished=job.state not in UNDER_WAY,
    )


def progress_words(gap: float) -> str:
    """How good the plan is by now."""
    return _("The plan by now is within %(gap)s %% of the best possible.", gap=formats.number(gap))


@bp.get("/o/<fair_code>/scenarios/<int:scenario_id>")
@needs(Permission.BOOTH_ASSIGN)
def scenario(fair_code: str, scenario_id: int) -> Any:
    """One plan: a hall drawn, everybody's place with its points, and those without one with the cure."""
    return _scenario_page(_scenario(scenario_id))


def _scenario_page(found: Scenario, changes: Any = ()) -> Any:
    session, fair = reading(), current_fair()
    seats = kept.all_seats(session, found.id)
    halls = rows.halls_with_counts(session, fair.id, datetime.now(UTC))
    if not halls:
        abort(404)
    asked = request.args.get("hall", "")
    hall = next((each for each in halls if each.code == asked), halls[0])
    show = request.args.get("show", "")
    lines = seat_lines(session, seats, show)
    number = max(1, min(request.args.get("page", 1, type=int) or 1, -(-len(lines) // PAGE) or 1))
    shown = lines[(number - 1) * PAGE : number * PAGE]
    others = [each for each in kept.scenarios_of(session, fair.id) if each.id != found.id]
    return render_template(
        "allocation/scenario.html",
        scenario=found,
        gap=gap_percent(found.objective, found.bound),
        hall=hall,
        halls=halls,
        groups=groups_of(session, fair),
        drawing=hall_drawing(session, fair, hall.id, seats, found.id),
        lines=shown,
        show=show,
        counts={
            "": len(seats),
            "new": found.placed,
            "none": found.unplaced,
        },
        page={
            "number": number,
            "pages": -(-len(lines) // PAGE),
            "total": len(lines),
            "first": (number - 1) * PAGE + 1 if lines else 0,
            "last": (number - 1) * PAGE + len(shown),
        },
        others=others,
        changes=changes,
    )


@bp.post("/o/<fair_code>/scenarios/<int:scenario_id>/apply")
@needs(Permission.BOOTH_ASSIGN)
def apply_plan(fair_code: str, scenario_id: int) -> Any:
    """Assign everything the plan says, or nothing and say what has changed."""
    found = _scenario(scenario_id)
    try:
        with transaction() as session:
            given = apply_scenario(session, current_actor(), ApplyScenario(found.id), datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        changes: Any = refused.facts.get("changes", ())
        page = _scenario_page(_scenario(scenario_id), (sentences(refused), settled_words(changes)))
        return page, 409
    if given:
        flash(ngettext("%(num)s booth assigned.", "%(num)s booths assigned.", given), "ok")
    else:
        flash(_("This plan had been applied already. Nothing was done twice."), "info")
    return redirect(url_for("allocation.scenario", fair_code=fair_code, scenario_id=scenario_id), 303)


@bp.post("/o/<fair_code>/scenarios/<int:scenario_id>/drop")
@needs(Permission.BOOTH_ASSIGN)
def drop_plan(fair_code: str, scenario_id: int) -> Any:
    """Throw a plan away."""
    found = _scenario(scenario_id)
    with transaction() as session:
        drop_scenario(session, current_actor(), found.id, datetime.now(UTC))
    flash(_("The plan %(name)s was thrown away. Booths that it gave stay given.", name=found.name), "ok")
    return redirect(url_for("allocation.scenarios", fair_code=fair_code), 303)


@bp.get("/o/<fair_code>/scenarios/compare")
@needs(Permission.BOOTH_ASSIGN)
def compare_plans(fair_code: str) -> Any:
    """Two plans side by side: who moves, and what each group gains."""
    session, fair = reading(), current_fair()
    listed = kept.scenarios_of(session, fair.id)
    known = {each.id: each for each in listed}
    one = known.get(request.args.get("one", 0, type=int))
    other = known.get(request.args.get("other", 0, type=int))
    if len(listed) >= 2 and one is None and other is None:
        one, other = listed[1], listed[0]
    if one is None or other is None:
        return render_template("allocation/scenarios_compare.html", listed=listed, one=None, other=None)
    seats = [seats_by_exhibitor(kept.all_seats(session, each.id)) for each in (one, other)]
    moved = moves(seats[0], seats[1])
    shown = moved[:MOST_MOVES]
    return render_template(
        "allocation/scenarios_compare.html",
        listed=listed,
        one=one,
        other=other,
        gap=gap_percent,
        moved=shown,
        many=len(moved),
        groups=gains_by_group(seats[0], seats[1]),
        looks=groups_of(session, fair),
        names=kept.names_of(session, (move.exhibitor for move in shown)),
        booths=kept.booth_words(session, (b for move in shown for b in (*move.before, *move.after))),
    )
