"""Trying out: what it costs to put somebody somewhere, what is better, and why somebody has no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fairapp.rules.allocation import Obstacle
from fairapp.rules.planning import Against, Asker, Ground, Place, PlanObstacle, against, own_terms, places_of
from fairapp.rules.planning_seats import Seating

_TRIED = 24
_LEAST = 1e-6
"""Less than this is no gain: sums of halves are not exact."""


class Unplaced(StrEnum):
    """Why somebody has no place in a plan."""

    NO_SIZE = "unplaced_no_size"
    TOO_ROOMY = "unplaced_too_roomy"
    NO_KIND = "unplaced_no_kind"
    NO_ZONE = "unplaced_no_zone"
    TOO_DEAR = "unplaced_too_dear"
    NO_WATER = "unplaced_no_water"
    NO_POWER = "unplaced_no_power"
    BLOCK_FULL = "unplaced_block_full"
    KEPT_BACK = "unplaced_kept_back"
    ALL_HELD = "unplaced_all_held"
    NO_RUN = "unplaced_no_run"
    OTHERS_FIRST = "unplaced_others_first"
    ROOM_LEFT = "unplaced_room_left"


_BY_OBSTACLE: dict[Against, Unplaced] = {
    Obstacle.TOO_SMALL: Unplaced.NO_SIZE,
    Obstacle.COMPANIES_DO_NOT_FIT: Unplaced.NO_SIZE,
    Obstacle.WRONG_KIND: Unplaced.NO_KIND,
    Obstacle.WRONG_ZONE: Unplaced.NO_ZONE,
    Obstacle.OVER_BUDGET: Unplaced.TOO_DEAR,
    PlanObstacle.TOO_LARGE: Unplaced.TOO_ROOMY,
    PlanObstacle.NO_WATER: Unplaced.NO_WATER,
    PlanObstacle.NO_POWER: Unplaced.NO_POWER,
    PlanObstacle.OUTSIDE_BLOCK: Unplaced.BLOCK_FULL,
    Obstacle.KEPT_FOR_DELEGATION: Unplaced.BLOCK_FULL,
}
"""Everything else keeps booths back from everybody."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A change that was tried: who would stand where (nowhere: no booths), and what it adds."""

    changes: Mapping[int, Place]
    gain: float


@dataclass(frozen=True, slots=True)
class WithoutPlace:
    """Why somebody has no place, and the least that would have to change.

    ``booths`` could be its place if ``gives_way`` gave it up; ``points`` more in its review would do it.
    """

    reason: Unplaced
    booths: Place = ()
    gives_way: tuple[int, ...] = ()
    points: float = 0.0


@dataclass(slots=True)
class Search:
    """A seating with everybody's possible places, worked out once."""

    seating: Seating
    places: dict[int, list[Place]] = field(default_factory=dict)

    @property
    def ground(self) -> Ground:
        """What the plan is made from."""
        return self.seating.ground

    def possible(self, who: int) -> list[Place]:
        """Every place that nothing forbids, whoever stands there; nobody settled is there."""
        if who not in self.places:
            settled = who in self.ground.settled
            self.places[who] = [] if settled else places_of(self.ground, self.ground.askers[who])
        return self.places[who]

    def free(self, who: int) -> list[Place]:
        """Its possible places where nobody else stands."""
        return [place for place in self.possible(who) if not self.seating.holders(place) - {who}]

    def put(self, who: int, place: Place) -> Tried:
        """The best way to put it there: whoever stands there changes with it, goes elsewhere, or leaves."""
        seating = self.seating
        there = sorted(seating.holders(place) - {who})
        leave: dict[int, Place] = {who: place, **dict.fromkeys(there, ())}
        best = Tried(leave, seating.gain(leave))
        given_up = seating.seats.get(who, ())
        apart = not set(given_up) & set(place)  # a stand of two may move by one booth
        if len(there) == 1 and given_up and apart and given_up in self.possible(there[0]):
            swap = {who: place, there[0]: given_up}
            best = max(best, Tried(swap, seating.gain(swap)), key=lambda each: each.gain)
        if len(there) == 1:
            for other in self.free(there[0]):
                if not set(other) & set(place):
                    move = {who: place, there[0]: other}
                    best = max(best, Tried(move, seating.gain(move)), key=lambda each: each.gain)
        return best

    def best_for(self, who: int) -> Tried | None:
        """The change that gives most among all of its possible places; None where none adds anything."""
        here = self.seating.seats.get(who)
        tried = [self.put(who, place) for place in self.promising(who) if place != here]
        best = max(tried, key=lambda each: each.gain, default=None)
        return best if best is not None and best.gain > _LEAST else None

    def promising(self, who: int, *, only_free: bool = False) -> list[Place]:
        """Its possible places, those first that would cost least; the rest is not worth trying."""
        ground, seating = self.ground, self.seating
        asker = ground.askers[who]
        lost: dict[int, float] = {}

        def balance(place: Place) -> float:
            for other in seating.holders(place) - {who}:
                if other not in lost:
                    lost[other] = sum(seating.terms(other).values())
            given_up = sum(lost[other] for other in seating.holders(place) - {who})
            return sum(own_terms(ground, asker, place).values()) - given_up

        places = self.free(who) if only_free else self.possible(who)
        return sorted(places, key=balance, reverse=True)[:_TRIED]

    def improve(self, stop: Callable[[], bool]) -> float:
        """Take what helps, one change after another, until nothing does or it is time to stop."""
        gained, tired = 0.0, False
        while not tired and not stop():
            tired = True
            for who in self._worst_first():
                if stop():
                    break
                best = self.best_for(who)
                if best is not None:
                    gained += self.seating.change(best.changes)
                    tired = False
        return gained

    def _worst_first(self) -> list[int]:
        seats = self.seating.seats
        unplaced = [asker.id for asker in self.ground.to_place() if asker.id not in seats]
        clashing = [who for who in seats if who not in self.ground.settled and self.seating.rivals_of(who)]
        return [*sorted(unplaced), *sorted(clashing)]

    def without_place(self, who: int) -> WithoutPlace:
        """Why it has none, and what would have to change."""
        asker = self.ground.askers[who]
        possible = self.possible(who)
        if not possible:
            return self._nothing_fits(asker)
        best = max((self.put(who, place) for place in self.promising(who)), key=lambda each: each.gain)
        place = best.changes[who]
        if best.gain > _LEAST or not (gives_way := tuple(other for other in best.changes if other != who)):
            return WithoutPlace(Unplaced.ROOM_LEFT, booths=place)
        weight = self.ground.weights.priority * asker.booths
        points = -best.gain / weight if weight else 0.0
        return WithoutPlace(Unplaced.OTHERS_FIRST, booths=place, gives_way=gives_way, points=points)

    def _nothing_fits(self, asker: Asker) -> WithoutPlace:
        """What stands in its way most often: alone first, for then one change would do."""
        alone: Counter[Against] = Counter()
        counted: Counter[Against] = Counter()
        held = {booth for place in self.ground.settled.values() for booth in place}
        fits, free = 0, 0
        for lot in self.ground.lots.values():
            reasons = against(self.ground, asker, lot)
            counted.update(reasons)
            alone.update(reasons if len(reasons) == 1 else ())
            fits += not reasons
            free += not reasons and lot.id not in held
        if fits:
            return WithoutPlace(Unplaced.NO_RUN if free else Unplaced.ALL_HELD)
        most = max(alone or counted, key=lambda each: ((alone or counted)[each], each.value), default=None)
        return WithoutPlace(
            Unplaced.KEPT_BACK if most is None else _BY_OBSTACLE.get(most, Unplaced.KEPT_BACK)
        )


def gap_percent(objective: float, bound: float) -> float:
    """How far a plan may be from the best possible, in percent of the bound."""
    return max(0.0, (bound - objective) / bound * 100) if bound > 0 else 0.0
