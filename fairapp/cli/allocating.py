"""The command ``allocate``: place everybody of a fair who has no booth, and keep the plan as a scenario."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask import Flask

from fairapp.cli.saying import fair_with, looking, speaking_plainly, tell, writing
from fairapp.cli.solving import no_banner
from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.rules.actors import SYSTEM
from fairapp.rules.planning_trying import gap_percent
from fairapp.rules.scenarios import LEAST_SECONDS, LONGEST_NAME, MOST_SECONDS
from fairapp.usecases.planning import PlanFair, keep_scenario, name_for, work_out
from fairapp.usecases.planning_applying import ApplyScenario, apply_scenario

SECONDS = click.FloatRange(LEAST_SECONDS, MOST_SECONDS)


@click.command()
@click.argument("code", metavar="CODE")
@click.option("--seconds", type=SECONDS, default=30.0, show_default=True, help="How long it may take.")
@click.option("--scenario", "name", default="", help="The plan's name; without one it gets a number.")
@click.option("--apply", "applies", is_flag=True, help="Assign the booths as well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def allocate(
    make_app: Callable[[], Flask], code: str, seconds: float, name: str, applies: bool, as_json: bool
) -> None:
    """Work out who stands where in the fair CODE, and keep it as a scenario."""
    app = make_app()
    if len(name) > LONGEST_NAME:
        raise click.BadParameter(f"at most {LONGEST_NAME} characters", param_hint="--scenario")
    with looking(app) as session:
        fair_id = fair_with(session, code).id
        name_for(session, fair_id, name, "Plan")  # before the long work
        with no_banner():
            found = work_out(session, SYSTEM, PlanFair(fair_id, name, seconds))
    now = datetime.now(UTC)
    with writing(app) as session:
        kept = keep_scenario(session, SYSTEM, fair_id, name, found, now)
        given = apply_scenario(session, SYSTEM, ApplyScenario(kept.id), now) if applies else 0
        figures = {
            "scenario": kept.name,
            "placed": kept.placed,
            "unplaced": kept.unplaced,
            "objective": round(kept.objective, 2),
            "bound": round(kept.bound, 2),
            "gap_percent": round(gap_percent(kept.objective, kept.bound), 3),
            "seconds": round(kept.seconds, 2),
            "applied": given,
        }
    with speaking_plainly():
        placed = ngettext("%(num)s exhibitor placed", "%(num)s exhibitors placed", kept.placed)
        told = _(
            "%(name)s: %(placed)s, %(unplaced)s without a place; within %(gap)s %% of the best possible.",
            name=kept.name,
            placed=placed,
            unplaced=kept.unplaced,
            gap=figures["gap_percent"],
        )
        if applies:
            told += " " + ngettext("%(num)s booth assigned.", "%(num)s booths assigned.", given)
        tell(figures, told, as_json)
