"""Work out who could stand where in a fair, prove how good that is, and keep it as a scenario."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Refused
from fairapp.rules.planning import Terms
from fairapp.rules.planning_seats import Seating
from fairapp.rules.planning_trying import Search, WithoutPlace
from fairapp.rules.scenarios import LONGEST_NAME, MOST_SCENARIOS, ScenarioRefusal
from fairapp.rules.text import clean
from fairapp.rules.weights import PlanWeights
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.scenarios import Scenario, ScenarioSeat
from fairapp.usecases import audit
from fairapp.usecases.permission import require
from fairapp.usecases.planning_ground import Known, ground_of

if TYPE_CHECKING:
    from fairapp.optimiser.solving import Progress

_ENGINE_SHARE = 0.8
"""The rest is for what only the fair's own geometry knows, and for saying why."""
_ROOM = 1e-6


@dataclass(frozen=True, slots=True)
class PlanFair:
    """Place everybody who has no booth, within so many seconds."""

    fair_id: int
    name: str = ""
    seconds: float = 30.0
    weights: PlanWeights | None = None
    """Other weights than the fair keeps."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A plan before it is kept."""

    known: Known
    seating: Seating
    objective: float
    bound: float
    seconds: float
    without: Mapping[int, WithoutPlace]


def work_out(
    session: Session,
    actor: Actor,
    order: PlanFair,
    report: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> WorkedOut:
    """Find a plan and its bound; nothing is written.

    :raises Refused: when there is no plan to place anybody on, or nobody to place.
    """
    from fairapp.optimiser.faults import BadInstance
    from fairapp.optimiser.solving import solve
    from fairapp.usecases.planning_instance import question_of, seats_of

    require(actor, Permission.BOOTH_ASSIGN, order.fair_id)
    begun = time.monotonic()
    fair = session.get_one(Fair, order.fair_id)
    known = ground_of(session, fair, order.weights or PlanWeights.read(fair.settings))
    ground = known.ground
    if not ground.lots:
        raise Refused(ScenarioRefusal.NO_PLAN)
    if not any(ground.to_place()):
        raise Refused(ScenarioRefusal.NOBODY_TO_PLACE)
    question = question_of(ground, fair.code)
    try:
        found = solve(question.instance, order.seconds * _ENGINE_SHARE, report=report, stop=stop)
    except BadInstance as bad:
        raise Refused(ScenarioRefusal.ENGINE_REFUSES, why=str(bad)) from bad

    def late() -> bool:
        return time.monotonic() - begun > order.seconds or (stop is not None and stop())

    search = Search(Seating(ground, seats_of(ground, found.plan)))
    search.improve(late)
    objective = search.seating.total()
    without = {
        asker.id: search.without_place(asker.id)
        for asker in ground.to_place()
        if asker.id not in search.seating.seats
    }
    bound = max(found.bound + question.above, objective + _ROOM)
    return WorkedOut(known, search.seating, objective, bound, time.monotonic() - begun, without)


def name_for(session: Session, fair_id: int, wanted: str, usual: str) -> str:
    """The name as it is kept; without one the first free number after ``usual``.

    :raises Refused: when another scenario of the fair has it, or there are too many.
    """
    names = set(session.scalars(select(Scenario.name).where(Scenario.fair_id == fair_id)))
    if len(names) >= MOST_SCENARIOS:
        raise Refused(ScenarioRefusal.TOO_MANY, most=MOST_SCENARIOS)
    name = clean(wanted, longest=LONGEST_NAME, strict=False)
    if name in names:
        raise Refused(ScenarioRefusal.NAME_TAKEN, name=name)
    free = (f"{usual} {number}" for number in range(1, MOST_SCENARIOS + 1))
    return name or next(each for each in free if each not in names)


def keep_scenario(
    session: Session, actor: Actor, fair_id: int, name: str, found: WorkedOut, now: datetime
) -> Scenario:
    """Keep a plan under its name, every exhibitor with what it gets or why it gets nothing."""
    require(actor, Permission.BOOTH_ASSIGN, fair_id)
    fair = session.get_one(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    ground, seating = found.known.ground, found.seating
    kept = Scenario(
        fair_id=fair.id,
        name=name_for(session, fair.id, name, "Plan"),
        weights=ground.weights.kept(),
        objective=found.objective,
        bound=found.bound,
        seconds=found.seconds,
        placed=sum(1 for who in seating.seats if who not in ground.settled),
        unplaced=len(found.without),
        made_at=now,
        made_by_id=actor.account_id,
    )
    session.add(kept)
    session.flush()
    for who, place in sorted(seating.seats.items()):
        session.add(
            ScenarioSeat(
                scenario_id=kept.id,
                exhibitor_id=who,
                booths=list(place),
                is_settled=who in ground.settled,
                terms=plain_terms(seating.terms(who)),
            )
        )
    for who, why in sorted(found.without.items()):
        session.add(ScenarioSeat(scenario_id=kept.id, exhibitor_id=who, reason=plain_reason(why)))
    session.flush()
    audit.record(
        session,
        actor,
        "scenario.made",
        now,
        fair_id=fair.id,
        scenario=kept.id,
        name=kept.name,
        placed=kept.placed,
        unplaced=kept.unplaced,
    )
    return kept


def plain_terms(terms: Terms) -> dict[str, float]:
    """Terms as they are kept."""
    return {term.value: points for term, points in terms.items()}


def plain_reason(why: WithoutPlace) -> dict[str, Any]:
    """A reason as it is kept."""
    return {
        "reason": why.reason.value,
        "booths": list(why.booths),
        "gives_way": list(why.gives_way),
        "points": round(why.points, 1),
    }


def scenarios_kept(session: Session, fair_id: int) -> int:
    """How many scenarios the fair has."""
    return session.scalar(select(func.count()).where(Scenario.fair_id == fair_id)) or 0
