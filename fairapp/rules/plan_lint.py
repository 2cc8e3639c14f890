"""What an organiser should look at in a hall before it is put in force: aisles, ways, doors, numbers, power.

The figures are the fair's own; none of them is a law.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from fairapp.rules.geometry import Point, Rings, box_around, centroid
from fairapp.rules.plan_edges import Grid, apart, edges_of, inside
from fairapp.rules.plan_figures import Figures, Lint, LintFinding
from fairapp.rules.plan_neighbours import Ground, Surroundings, grounds_of, surroundings, walls_of
from fairapp.rules.plan_order import out_of_order
from fairapp.rules.plan_walking import distances, floor_of, metres
from fairapp.rules.plan_ways import Narrow, narrow_ways
from fairapp.rules.plans import BoothOutline, Facility, FacilityKind, HallOutline, PlanDraft


def linted(draft: PlanDraft, figures: Figures) -> tuple[LintFinding, ...]:
    """Everything to look at, hall by hall."""
    return tuple(finding for hall in draft.halls for finding in lint_hall(draft, hall, figures))


def lint_hall(
    draft: PlanDraft, hall: HallOutline, figures: Figures, watts: Mapping[int, float] | None = None
) -> tuple[LintFinding, ...]:
    """Everything to look at in one hall; ``watts`` is what is asked for in a booth, by its number."""
    booths = tuple(booth for booth in draft.booths_of(hall.name) if booth.lettable)
    facilities = tuple(each for each in draft.facilities if each.hall == hall.name)
    if not booths:
        return ()
    walls = walls_of(hall.rings, facilities)
    grounds = grounds_of(booths)
    around = surroundings(grounds, walls)
    codes = {booth.number: booth.code for booth in booths}
    seen = _Seen(hall, {booth.number: booth for booth in booths}, facilities, around, figures, watts or {})
    return (
        *_outside(seen),
        *_narrow(seen, grounds, walls),
        *_walked(seen),
        *_blocked(seen),
        *(seen.found(Lint.OUT_OF_ORDER, row) for row in out_of_order(codes, around)),
        *_powered(seen),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """One hall with what is known of it."""

    hall: HallOutline
    booths: Mapping[int, BoothOutline]
    facilities: Sequence[Facility]
    around: Mapping[int, Surroundings]
    figures: Figures
    watts: Mapping[int, float]

    def draws(self, number: int) -> float:
        """The watts of a booth: what a booth of its size draws at least, or what is asked for there."""
        return max(self.booths[number].area_m2 * self.figures.power_w_m2, self.watts.get(number, 0.0))

    def of(self, *kinds: FacilityKind) -> list[Facility]:
        return [each for each in self.facilities if each.kind in kinds]

    def found(
        self,
        lint: Lint,
        numbers: Iterable[int] = (),
        lines: Iterable[tuple[Point, Point]] = (),
        facility: int = 0,
        **facts: Any,
    ) -> LintFinding:
        listed = tuple(numbers)
        codes = tuple(self.booths[number].code for number in listed if number in self.booths)
        return LintFinding(lint, self.hall.name, listed, codes, tuple(lines), facility, tuple(facts.items()))


def _outside(seen: _Seen) -> Iterator[LintFinding]:
    if not seen.hall.rings:
        return
    out = [
        number
        for number, booth in seen.booths.items()
        if any(not inside(seen.hall.rings, corner, slack=0.1) for corner in booth.rings[0])
    ]
    if out:
        yield seen.found(Lint.OUTSIDE_HALL, out)


def _narrow(seen: _Seen, grounds: Sequence[Ground], walls: Sequence[Rings]) -> Iterator[LintFinding]:
    """Ways narrower than wanted, those of one width told together."""
    by_width: dict[float, list[Narrow]] = defaultdict(list)
    for way in narrow_ways(grounds, walls, seen.figures.aisle_m):
        by_width[round(way.gap_m * 10) / 10].append(way)
    for ways in (by_width[width] for width in sorted(by_width)):
        numbers = sorted({key for way in ways for key in way.keys})
        narrowest = min(way.gap_m for way in ways)
        yield seen.found(
            Lint.AISLE_NARROW,
            numbers,
            [way.line for way in ways],
            gap=round(narrowest, 2),
            wanted=seen.figures.aisle_m,
        )


def _walked(seen: _Seen) -> Iterator[LintFinding]:
    """Who cannot be reached from an entrance, and who is far from every exit."""
    doors = seen.of(FacilityKind.ENTRANCE)
    exits = seen.of(FacilityKind.EXIT) or doors
    if not doors:
        yield seen.found(Lint.NO_ENTRANCE)
    if not exits:
        yield seen.found(Lint.NO_EXIT)
    if not doors and not exits:
        return
    solid = [booth.rings for booth in seen.booths.values()]
    solid += [each.rings for each in seen.of(*_STANDING)]
    ground = floor_of(seen.hall.rings, solid)
    fronts = {number: set(ground.near(booth.rings, 0.6)) for number, booth in seen.booths.items()}
    if doors:
        far = distances(ground, {s for door in doors for s in ground.near(door.rings, _DOOR_M)})
        lost = [number for number, squares in fronts.items() if all(far[square] < 0 for square in squares)]
        if lost:
            yield seen.found(Lint.UNREACHABLE, lost)
    far = distances(ground, {s for door in exits for s in ground.near(door.rings, _DOOR_M)})
    ways = {n: min((far[s] for s in squares if far[s] >= 0), default=-1) for n, squares in fronts.items()}
    too_far = {
        n: metres(ground, way) for n, way in ways.items() if metres(ground, way) > seen.figures.exit_reach_m
    }
    if too_far:
        worst = max(too_far.values())
        yield seen.found(Lint.EXIT_FAR, too_far, far=round(worst), wanted=seen.figures.exit_reach_m)


_STANDING = (
    FacilityKind.WALL,
    FacilityKind.PILLAR,
    FacilityKind.STAGE,
    FacilityKind.STORE,
    FacilityKind.OFFICE,
)
# A door is drawn as a line on the wall, or a box in it: the floor before it begins within this much.
_DOOR_M = 1.0


def _blocked(seen: _Seen) -> Iterator[LintFinding]:
    """Doors with a booth before them."""
    grid = Grid([edge for number, booth in seen.booths.items() for edge in edges_of(number, booth.rings)])
    for door in seen.of(FacilityKind.ENTRANCE, FacilityKind.EXIT):
        clear = seen.figures.door_clear_m
        near = grid.near(box_around(door.rings[0]).grown(clear))
        close = {edge.owner for edge in near if apart(door.rings[0], edge.a, edge.b) < clear - 0.01}
        standing = {n for n, booth in seen.booths.items() if inside(booth.rings, door.at)}
        if blocking := sorted(close | standing):
            lines = [(door.at, centroid(seen.booths[number].rings)) for number in blocking]
            yield seen.found(Lint.EXIT_BLOCKED, blocking, lines, door.number, door=door.label, wanted=clear)


def _powered(seen: _Seen) -> Iterator[LintFinding]:
    """What the booths nearest to each power point draw together, and who is far from every one."""
    points = seen.of(FacilityKind.POWER)
    if not points:
        return
    served: dict[int, list[int]] = defaultdict(list)
    distant: list[int] = []
    for number, booth in seen.booths.items():
        x, y = centroid(booth.rings)
        nearest = min(points, key=lambda each: (hypot(x - each.at[0], y - each.at[1]), each.number))
        served[nearest.number].append(number)
        if hypot(x - nearest.at[0], y - nearest.at[1]) > seen.figures.power_reach_m:
            distant.append(number)
    for point in points:
        numbers = served[point.number]
        load = sum(seen.draws(number) for number in numbers) / 1000
        limit = point.amount or seen.figures.power_point_kw
        if load > limit + 0.005:
            lines = [(point.at, centroid(seen.booths[number].rings)) for number in numbers]
            yield seen.found(
                Lint.POWER_OVERLOADED, numbers, lines, point.number, load=round(load, 1), limit=limit
            )
    if distant:
        yield seen.found(Lint.POWER_FAR, distant, wanted=seen.figures.power_reach_m)
