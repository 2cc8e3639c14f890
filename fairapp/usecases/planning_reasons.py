"""Why here, why not there: places of a scenario tried out on the fair as it is now, and nothing written."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.planning import Against, Ground, Place, against, windows
from fairapp.rules.planning_seats import Seating
from fairapp.rules.planning_trying import Search, Tried
from fairapp.rules.weights import PlanWeights
from fairapp.store.fairs import Fair
from fairapp.store.scenarios import Scenario, ScenarioSeat
from fairapp.usecases.permission import require
from fairapp.usecases.planning_ground import ground_of


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place for somebody: what forbids it, or what it would change."""

    booths: Place
    against: tuple[Against, ...] = ()
    tried: Tried | None = None


def search_in(session: Session, actor: Actor, scenario: Scenario) -> Search:
    """The scenario's seats on the fair as it is now, with the weights it was made with."""
    require(actor, Permission.BOOTH_ASSIGN, scenario.fair_id)
    fair = session.get_one(Fair, scenario.fair_id)
    known = ground_of(
        session, fair, PlanWeights.of(scenario.weights), movable=scenario.applied_at is not None
    )
    ground = known.ground
    seats: dict[int, Place] = {}
    taken = {booth for place in ground.settled.values() for booth in place}
    for seat in session.scalars(select(ScenarioSeat).where(ScenarioSeat.scenario_id == scenario.id)):
        place = tuple(seat.booths)
        is_there = seat.exhibitor_id in ground.askers and all(booth in ground.lots for booth in place)
        if place and is_there and seat.exhibitor_id not in ground.settled and taken.isdisjoint(place):
            seats[seat.exhibitor_id] = place
            taken.update(place)
    return Search(Seating(ground, seats))


def place_there(search: Search, who: int, booth: int) -> Elsewhere:
    """The best place for somebody that has this booth in it, or what stands against the booth."""
    ground = search.ground
    asker = ground.askers[who]
    lot = ground.lots[booth]
    reasons = against(ground, asker, lot)
    holder = search.seating.at.get(booth)
    if who in ground.settled or (holder != who and holder in ground.settled):
        from fairapp.rules.allocation import Obstacle

        reasons = (*reasons, Obstacle.TAKEN)
    if reasons:
        return Elsewhere((booth,), reasons)
    tried = [search.put(who, place) for place in search.possible(who) if booth in place]
    if not tried:
        return Elsewhere(_run_with(ground, booth, asker.booths), ())
    best = max(tried, key=lambda each: each.gain)
    return Elsewhere(best.changes[who], (), best)


def next_best(search: Search, who: int, many: int = 3) -> list[Elsewhere]:
    """Other places for somebody, those first that would cost the plan least."""
    here = search.seating.seats.get(who)
    tried = [search.put(who, place) for place in search.promising(who) if place != here]
    tried.sort(key=lambda each: (-each.gain, each.changes[who]))
    return [Elsewhere(each.changes[who], (), each) for each in tried[:many]]


def _run_with(ground: Ground, booth: int, size: int) -> Place:
    """A run of so many booths with this one in it, whatever stands against the others."""
    for row in ground.rows:
        for place in windows(row, size):
            if booth in place:
                return place
    return (booth,)
