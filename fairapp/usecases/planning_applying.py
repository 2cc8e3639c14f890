"""Make a scenario true: all of it in one transaction through the way of the hand, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.scenarios import ScenarioRefusal, SeatChange
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_queries import booths_for_update
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth
from fairapp.store.scenarios import Scenario, ScenarioSeat
from fairapp.usecases import audit
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class ApplyScenario:
    """Give everybody the booths of the scenario."""

    scenario_id: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A seat that cannot be given any more, and every reason why."""

    name: str
    code: str
    reasons: tuple[Enum, ...]


def scenario_of(session: Session, actor: Actor, scenario_id: int, lock: bool = False) -> Scenario:
    """The scenario, if its fair is one of the actor's.

    :raises Missing: when there is none, or none for this actor.
    """
    found = session.get(Scenario, scenario_id, with_for_update=LOCK if lock else None, populate_existing=lock)
    if found is None or not actor.may(Permission.FAIR_SEE, found.fair_id):
        raise Missing
    return found


def apply_scenario(session: Session, actor: Actor, order: ApplyScenario, now: datetime) -> int:
    """Assign every booth of the scenario; answer how many. A second time nothing is done.

    :raises Refused: with ``changes`` when anything of it is not possible any more; then nothing is done.
    """
    scenario = scenario_of(session, actor, order.scenario_id, lock=True)
    require(actor, Permission.BOOTH_ASSIGN, scenario.fair_id)
    if scenario.applied_at is not None:
        return 0
    booths = {booth.id: booth for booth in session.scalars(booths_for_update(scenario.fair_id))}
    seats = session.scalars(
        select(ScenarioSeat)
        .where(ScenarioSeat.scenario_id == scenario.id, ScenarioSeat.is_settled.is_(False))
        .order_by(ScenarioSeat.exhibitor_id)
    ).all()
    changed, given = [], 0
    for seat in seats:
        if seat.booths:
            wanted = [booths[number] for number in seat.booths if number in booths]
            changed += _give(session, actor, seat, wanted, now)
            given += len(wanted)
    if changed:
        raise Refused(
            ScenarioRefusal.CHANGED_SINCE, name=scenario.name, many=len(changed), changes=tuple(changed)
        )
    scenario.applied_at, scenario.applied_by_id = now, actor.account_id
    audit.record(
        session,
        actor,
        "scenario.applied",
        now,
        fair_id=scenario.fair_id,
        scenario=scenario.id,
        name=scenario.name,
        booths=given,
    )
    return given


def _give(
    session: Session, actor: Actor, seat: ScenarioSeat, booths: Sequence[Booth], now: datetime
) -> list[Changed]:
    """Assign one exhibitor's booths, or say what has changed."""
    exhibitor = session.get_one(Exhibitor, seat.exhibitor_id)
    name = exhibitor.organisation.name
    holds = select(BoothClaim.id).where(BoothClaim.exhibitor_id == exhibitor.id, BoothClaim.state.in_(LIVE))
    if exhibitor.left_at is not None:
        return [Changed(name, "", (SeatChange.HAS_LEFT,))]
    if session.scalar(holds.limit(1)) is not None:
        return [Changed(name, "", (SeatChange.HAS_A_BOOTH,))]
    changed = []
    for booth in booths:
        try:
            assign_booth(session, actor, AssignBooth(exhibitor.id, booth.id), now)
        except Refused as refused:
            changed.append(Changed(name, booth.code, tuple(refused.reasons)))
        except Clash:
            changed.append(Changed(name, booth.code, (SeatChange.CLAIMED_MEANWHILE,)))
    return changed


def drop_scenario(session: Session, actor: Actor, scenario_id: int, now: datetime) -> None:
    """Throw a scenario away; what it gave stays given."""
    scenario = scenario_of(session, actor, scenario_id, lock=True)
    require(actor, Permission.BOOTH_ASSIGN, scenario.fair_id)
    for seat in session.scalars(select(ScenarioSeat).where(ScenarioSeat.scenario_id == scenario.id)):
        session.delete(seat)
    session.flush()
    audit.record(
        session,
        actor,
        "scenario.dropped",
        now,
        fair_id=scenario.fair_id,
        scenario=scenario.id,
        name=scenario.name,
    )
    session.delete(scenario)
