"""Ways between booths that are narrower than wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fairapp.rules.geometry import Point, Rings
from fairapp.rules.plan_edges import Edge, Grid, covered, edges_of
from fairapp.rules.plan_neighbours import AISLE_M, SHARED_M, TOUCHING_M, Ground

_OPPOSITE = -0.97


@dataclass(frozen=True, slots=True)
class Narrow:
    """A way between two booths, or between one and a wall: how wide, and the line across it."""

    keys: tuple[int, ...]
    gap_m: float
    line: tuple[Point, Point]


def narrow_ways(grounds: Iterable[Ground], walls: Iterable[Rings], wanted: float) -> tuple[Narrow, ...]:
    """Every pair of sides that look at each other across less than ``wanted`` metres, once.

    A gap along a wall that nobody could walk through anyway is storage, not a way.
    """
    edges = [edge for each in grounds if each.solid and each.rings for edge in edges_of(each.key, each.rings)]
    fixed = [edge for n, rings in enumerate(walls) for edge in edges_of(n, rings, is_wall=True)]
    grid = Grid([*edges, *fixed])
    found: dict[tuple[int, ...], Narrow] = {}
    for edge in edges:
        for other, gap, start, end in _opposite(edge, grid, wanted):
            keys = (edge.owner,) if other.is_wall else tuple(sorted((edge.owner, other.owner)))
            known = found.get(keys)
            if known is None or gap < known.gap_m - 1e-6:
                found[keys] = Narrow(keys, round(gap, 3), _across(edge, gap, (start + end) / 2))
    return tuple(found.values())


def _opposite(edge: Edge, grid: Grid, wanted: float) -> Sequence[tuple[Edge, float, float, float]]:
    """What an edge looks at within ``wanted`` metres: (other, gap, from, to along the edge)."""
    candidates = []
    for other in grid.near(edge.reach(wanted)):
        if other.owner == edge.owner and not other.is_wall:
            continue
        a0, o0, a1, o1 = edge.seen(other)
        gap, start, end = (o0 + o1) / 2, max(0.0, min(a0, a1)), min(edge.length, max(a0, a1))
        if end - start > 1e-6 and TOUCHING_M < gap < wanted:
            candidates.append((gap, start, end, other))
        elif end - start > 1e-6 and -0.3 <= gap <= TOUCHING_M:
            candidates.append((max(gap, 0.0), start, end, other))
    shown, hidden = [], list[tuple[float, float]]()
    for gap, start, end, other in sorted(candidates, key=lambda one: (one[0], one[3].owner)):
        visible = end - start - covered(hidden, start, end)
        hidden.append((start, end))
        looks_back = edge.nx * other.nx + edge.ny * other.ny < _OPPOSITE or other.is_wall
        is_way = gap > (AISLE_M if other.is_wall else TOUCHING_M) and gap < wanted - 0.01
        if is_way and looks_back and visible >= SHARED_M:
            shown.append((other, gap, start, end))
    return shown


def _across(edge: Edge, gap: float, along: float) -> tuple[Point, Point]:
    x, y = edge.a[0] + edge.ux * along, edge.a[1] + edge.uy * along
    return ((x, y), (x + edge.nx * gap, y + edge.ny * gap))
