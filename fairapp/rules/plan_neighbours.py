"""Who stands beside, behind and across the aisle from whom, and which sides are open: from outlines alone.

Everything happens in one hall, in metres, at any angle. A side is one of four: the edges of the outline
sorted by how they turn against its longest one, so that an L has four sides too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from fairapp.rules.geometry import Point, Rings
from fairapp.rules.plan_edges import PEN_M, Edge, Grid, clipped, covered, edges_of, far, pairs
from fairapp.rules.plans import BoothOutline, Facility, FacilityKind, PlanDraft

# A side faces an aisle when it is free to this depth (a door's width) along most of its length.
AISLE_M = 1.1
OPEN_SHARE = 0.6
# Booths up to this far apart stand wall to wall, with a curtain or a cable between them.
TOUCHING_M = 0.5
# Beyond this nobody says "the booth across the aisle".
FACING_M = 8.0
# Less than this in common is a corner that touches, not a wall.
SHARED_M = 0.5
_ALONG = 0.97  # cosine of 14 degrees: walls that run nearly alike


class Near(StrEnum):
    """How a booth stands to another one."""

    BESIDE = "beside"
    BACK_TO_BACK = "back_to_back"
    FACING = "facing"


@dataclass(frozen=True, slots=True)
class Ground:
    """A booth's floor under a key of the caller's.

    What is not ``solid`` (an alternative outline) is in nobody's way and nobody's neighbour; ``under`` are
    the keys of the booths on whose floor it lies.
    """

    key: int
    rings: Rings
    under: tuple[int, ...] = ()
    solid: bool = True


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another booth as one booth sees it: from which side, how far, along how many metres."""

    key: int
    near: Near
    side: int
    gap_m: float
    along_m: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A booth's open sides (0 to 3), and its neighbours in the order of their keys."""

    open_sides: tuple[int, ...]
    neighbours: tuple[Neighbour, ...]

    def keys(self, near: Near) -> tuple[int, ...]:
        """The booths that stand to it like this."""
        return tuple(each.key for each in self.neighbours if each.near is near)


_Seen: TypeAlias = dict[int, tuple[float, float, int]]
"""Metres in common, the gap between, and the side it is seen from, by the other's key."""
_SOLID = (FacilityKind.WALL, FacilityKind.PILLAR)


@dataclass(frozen=True, slots=True)
class _Hall:
    """What is known of a hall's booths once every edge has looked around."""

    edges: Mapping[int, Sequence[Edge]]
    open_sides: Mapping[int, tuple[int, ...]]
    touching: Mapping[int, _Seen]
    facing: Mapping[int, _Seen]
    long_axes: Mapping[int, Point]


def walls_of(outline: Rings, facilities: Iterable[Facility]) -> tuple[Rings, ...]:
    """What closes a side in a hall beside other booths: its outline, its walls and its pillars."""
    fixed = tuple(each.rings for each in facilities if each.kind in _SOLID and len(each.rings[0]) > 2)
    return (outline, *fixed) if outline else fixed


def grounds_of(booths: Iterable[BoothOutline]) -> tuple[Ground, ...]:
    """The booths of one hall of a draft, by their numbers."""
    listed = list(booths)
    numbers = {booth.code: booth.number for booth in listed if booth.lettable}
    return tuple(
        Ground(
            b.number, b.rings, tuple(numbers[code] for code in b.instead_of if code in numbers), b.lettable
        )
        for b in listed
    )


def with_open_sides(draft: PlanDraft) -> PlanDraft:
    """The draft with ``open_sides`` counted: how many of a booth's four sides face an aisle."""
    counts: dict[int, int] = {}
    for hall in draft.halls:
        walls = walls_of(hall.rings, (each for each in draft.facilities if each.hall == hall.name))
        seen = surroundings(grounds_of(draft.booths_of(hall.name)), walls)
        counts.update((number, len(each.open_sides)) for number, each in seen.items())
    booths = (replace(b, open_sides=counts.get(b.number, b.open_sides)) for b in draft.booths)
    return replace(draft, booths=tuple(booths))


def surroundings(grounds: Iterable[Ground], walls: Iterable[Rings] = ()) -> dict[int, Surroundings]:
    """Open sides and neighbours of every booth of one hall; ``walls`` are its outline, walls and pillars."""
    return dict(_of_hall(tuple(grounds), tuple(walls)))


@lru_cache(maxsize=32)
def _of_hall(grounds: tuple[Ground, ...], walls: tuple[Rings, ...]) -> Mapping[int, Surroundings]:
    """A hall is drawn once and asked about all day; 150 booths take half a second."""
    listed = [ground for ground in grounds if ground.rings]
    by_owner = {ground.key: tuple(edges_of(ground.key, ground.rings)) for ground in listed}
    solid = [ground for ground in listed if ground.solid]
    edges = [edge for ground in solid for edge in by_owner[ground.key]]
    fixed = [edge for number, rings in enumerate(walls) for edge in edges_of(number, rings, is_wall=True)]
    grid = Grid([*edges, *fixed])
    open_sides = {
        ground.key: _open_sides(by_owner[ground.key], grid, frozenset(ground.under)) for ground in listed
    }
    touching: dict[int, _Seen] = {ground.key: {} for ground in listed}
    facing: dict[int, _Seen] = {ground.key: {} for ground in listed}
    for edge in edges:
        _look(edge, grid, open_sides, touching[edge.owner], facing[edge.owner])
    hall = _Hall(by_owner, open_sides, touching, facing, _long_axes(solid, touching))
    return {ground.key: _told(ground.key, hall) for ground in listed}


def neighbours(grounds: Iterable[Ground], walls: Iterable[Rings] = ()) -> dict[int, tuple[Neighbour, ...]]:
    """Who stands beside, behind and across from each booth of one hall."""
    return {key: around.neighbours for key, around in surroundings(grounds, walls).items()}


def _open_sides(edges: Sequence[Edge], grid: Grid, under: frozenset[int]) -> tuple[int, ...]:
    free, whole = [0.0] * 4, [0.0] * 4
    for edge in edges:
        spans = []
        for other in grid.near(edge.reach(AISLE_M)):
            if other.is_wall or (other.owner != edge.owner and other.owner not in under):
                span = clipped(*edge.seen(other), -PEN_M, AISLE_M)
                spans += [span] if span else []
        whole[edge.side] += edge.length
        free[edge.side] += edge.length - covered(spans, 0, edge.length)
    return tuple(side for side in range(4) if whole[side] and free[side] / whole[side] >= OPEN_SHARE)


def _look(
    edge: Edge,
    grid: Grid,
    open_sides: dict[int, tuple[int, ...]],
    touching: _Seen,
    facing: _Seen,
) -> None:
    """Write down what an edge touches, and what it looks at across the aisle: (metres, gap, side) by key."""
    is_open = edge.side in open_sides[edge.owner]
    opposite: list[tuple[float, float, float, Edge]] = []
    for other in grid.near(edge.reach(FACING_M if is_open else TOUCHING_M)):
        if other.owner == edge.owner and not other.is_wall:
            continue
        a0, o0, a1, o1 = edge.seen(other)
        looks_back = edge.nx * other.nx + edge.ny * other.ny < -_ALONG
        gap, start, end = (o0 + o1) / 2, max(0.0, min(a0, a1)), min(edge.length, max(a0, a1))
        if end - start <= 1e-6 or gap < -PEN_M or gap > FACING_M:
            continue
        if looks_back and gap <= TOUCHING_M and not other.is_wall:
            _add(touching, other.owner, end - start, max(gap, 0.0), edge.side)
        elif looks_back or other.is_wall:
            opposite.append((gap, start, end, other))
    if not is_open:
        return
    hidden: list[tuple[float, float]] = []
    for gap, start, end, other in sorted(opposite, key=lambda one: (one[0], one[3].owner)):
        visible = end - start - covered(hidden, start, end)
        hidden.append((start, end))
        if (
            not other.is_wall
            and gap > TOUCHING_M
            and other.side in open_sides[other.owner]
            and visible > 1e-6
        ):
            _add(facing, other.owner, visible, gap, edge.side)


def _add(found: dict[int, tuple[float, float, int]], key: int, metres: float, gap: float, side: int) -> None:
    before, nearest, its = found.get(key, (0.0, gap, side))
    found[key] = (before + metres, min(nearest, gap), side if metres > before else its)


def _told(key: int, hall: _Hall) -> Surroundings:
    found = []
    for other, (along, gap, side) in hall.touching[key].items():
        if along >= SHARED_M or along >= 0.5 * _shortest(hall.edges[other], hall.edges[key]):
            back = hall.touching[other].get(key, (0.0, 0.0, -1))[2]
            behind = back >= 0 and _is_behind(hall, (key, side), (other, back))
            near = Near.BACK_TO_BACK if behind else Near.BESIDE
            found.append(Neighbour(other, near, side, round(gap, 3), round(along, 3)))
    for other, (along, gap, side) in hall.facing[key].items():
        if along >= SHARED_M and other not in hall.touching[key]:
            found.append(Neighbour(other, Near.FACING, side, round(gap, 3), round(along, 3)))
    return Surroundings(hall.open_sides[key], tuple(sorted(found, key=lambda each: each.key)))


def _is_behind(hall: _Hall, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Two booths that touch are back to back when each looks away from the other.

    A pair alone, and the four of a square, look away from each other all round: there the longer way of their
    block says which way the row runs.
    """
    if not all((side + 2) % 4 in hall.open_sides[key] for key, side in (one, other)):
        return False
    normal = _normal(hall.edges[one[0]], one[1])
    shared = sum(
        1
        for mine in _directions(hall.edges[one[0]], hall.open_sides[one[0]])
        for its in _directions(hall.edges[other[0]], hall.open_sides[other[0]])
        if mine[0] * its[0] + mine[1] * its[1] > _ALONG
        and abs(mine[0] * normal[0] + mine[1] * normal[1]) < 0.5
    )
    if not shared:
        return True
    long = hall.long_axes[one[0]]
    return abs(normal[0] * long[0] + normal[1] * long[1]) < 0.7


def _directions(edges: Sequence[Edge], sides: Sequence[int]) -> list[Point]:
    return [_normal(edges, side) for side in sides]


def _normal(edges: Sequence[Edge], side: int) -> Point:
    longest = max((edge for edge in edges if edge.side == side), key=lambda edge: edge.length)
    return (longest.nx, longest.ny)


def _long_axes(grounds: Sequence[Ground], touching: Mapping[int, _Seen]) -> dict[int, Point]:
    """For every booth the direction in which its block is longer (as long as wide: along the hall)."""
    rings = {ground.key: ground.rings for ground in grounds}
    axes: dict[int, Point] = {}
    for ground in grounds:
        if ground.key in axes:
            continue
        block, waiting = {ground.key}, [ground.key]
        while waiting:
            for other in touching[waiting.pop()]:
                if other not in block:
                    block.add(other)
                    waiting.append(other)
        (ax, ay), (bx, by) = max(
            pairs(rings[ground.key][0]), key=lambda e: (round(far(*e), 3), abs(e[0][0] - e[1][0]))
        )
        length = far((ax, ay), (bx, by))
        ux, uy = (bx - ax) / length, (by - ay) / length
        corners = [point for key in block for point in rings[key][0]]
        along, across = ([x * u + y * v for x, y in corners] for u, v in ((ux, uy), (-uy, ux)))
        longer, wider = max(along) - min(along), max(across) - min(across)
        is_tie = abs(longer - wider) < 0.1
        takes = abs(ux) >= abs(uy) if is_tie else longer > wider
        axes.update(dict.fromkeys(block, (ux, uy) if takes else (-uy, ux)))
    return axes


def _shortest(*booths: Sequence[Edge]) -> float:
    return min(max(edge.length for edge in edges) for edges in booths)
