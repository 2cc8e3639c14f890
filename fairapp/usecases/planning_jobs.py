"""Have a plan worked out as long work, and stop it; and keep what is worth how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.jobs import UNDER_WAY, JobState
from fairapp.rules.scenarios import LEAST_SECONDS, MOST_SECONDS, ScenarioRefusal
from fairapp.rules.weights import PlanWeights, Rivals, weight_faults
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.operations import Job
from fairapp.store.scenarios_queries import PLANNING, planning_job
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require
from fairapp.usecases.planning import PlanFair, name_for


@dataclass(frozen=True, slots=True)
class SetWeights:
    """What is worth how much from now on, and whether the zone is a rule for everybody."""

    fair_id: int
    numbers: Mapping[str, int]
    rivals: Rivals
    zone_is_hard: bool


def start_planning(session: Session, actor: Actor, order: PlanFair, now: datetime) -> Job:
    """Promise the long work; one at a time for a fair.

    :raises Refused: when one is under way, the name is taken, or there are too many scenarios.
    """
    require(actor, Permission.BOOTH_ASSIGN, order.fair_id)
    session.get_one(Fair, order.fair_id, with_for_update=LOCK, populate_existing=True)
    if planning_job(session, order.fair_id) is not None:
        raise Refused(ScenarioRefusal.UNDER_WAY)
    name_for(session, order.fair_id, order.name, "Plan")
    seconds = max(LEAST_SECONDS, min(MOST_SECONDS, order.seconds))
    job = outbox.start_job(
        session,
        actor,
        PLANNING,
        now,
        fair_id=order.fair_id,
        of_fair=order.fair_id,
        title=order.name,
        seconds=seconds,
        by=actor.account_id,
    )
    audit.record(session, actor, "scenario.started", now, fair_id=order.fair_id, job=job.id, seconds=seconds)
    return job


def stop_planning(session: Session, actor: Actor, fair_id: int, now: datetime) -> bool:
    """Stop the work that is under way, if any: nothing of it is kept."""
    require(actor, Permission.BOOTH_ASSIGN, fair_id)
    found = planning_job(session, fair_id)
    job = None if found is None else session.get(Job, found.id, with_for_update=LOCK, populate_existing=True)
    if job is None or job.state not in UNDER_WAY:
        return False
    if job.state is JobState.WAITING:
        job.ended_at = now
    job.state = JobState.CANCELLED
    audit.record(session, actor, "scenario.stopped", now, fair_id=fair_id, job=job.id)
    return True


def set_weights(session: Session, actor: Actor, order: SetWeights, now: datetime) -> PlanWeights:
    """Keep the fair's weights; plans that were made before stay as they are.

    :raises Invalid: for each number out of its limits.
    """
    require(actor, Permission.FAIR_EDIT, order.fair_id)
    if faults := weight_faults(order.numbers):
        raise Invalid(**faults)
    fair = session.get_one(Fair, order.fair_id, with_for_update=LOCK, populate_existing=True)
    before = PlanWeights.read(fair.settings)
    weights = PlanWeights.of({**before.kept(), **order.numbers, "rivals": order.rivals.value})
    fair.settings = {**fair.settings, "weights": weights.kept(), "zone_is_hard": order.zone_is_hard}
    audit.record(
        session,
        actor,
        "weights.set",
        now,
        fair_id=fair.id,
        before=before.kept(),
        weights=weights.kept(),
        zone_is_hard=order.zone_is_hard,
    )
    return weights
