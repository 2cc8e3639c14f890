"""Walls of booths as edges that know which way they look, and a grid to find those near a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, floor, hypot, pi

from fairapp.rules.geometry import Box, Point, Rings, box_around, signed_area

# Outlines drawn with a thick pen reach into each other by this much.
PEN_M = 0.25
_CELL_M = 4.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One wall: from ``a`` along the unit (ux, uy), its booth on the inner side of the outward (nx, ny)."""

    owner: int
    side: int
    a: Point
    ux: float
    uy: float
    nx: float
    ny: float
    length: float
    is_wall: bool = False

    @property
    def b(self) -> Point:
        return (self.a[0] + self.ux * self.length, self.a[1] + self.uy * self.length)

    def reach(self, depth: float) -> Box:
        """The box around the strip of ``depth`` metres before it."""
        corners = [(x + self.nx * d, y + self.ny * d) for x, y in (self.a, self.b) for d in (-PEN_M, depth)]
        return box_around(corners)

    def seen(self, other: Edge) -> tuple[float, float, float, float]:
        """The other's two ends from here: (along, out, along, out)."""
        out = []
        for x, y in (other.a, other.b):
            dx, dy = x - self.a[0], y - self.a[1]
            out += [dx * self.ux + dy * self.uy, dx * self.nx + dy * self.ny]
        return out[0], out[1], out[2], out[3]


class Grid:
    """Edges by the squares they pass, so that each booth asks only those near it."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.edges = edges
        for index, edge in enumerate(edges):
            steps = max(1, int(edge.length / (_CELL_M / 2)) + 1)
            passed = {_cell(_at(edge, edge.length * step / steps)) for step in range(steps + 1)}
            for cell in passed:
                self.cells[cell].append(index)

    def near(self, box: Box) -> Iterator[Edge]:
        """Every edge that may pass through the box, once."""
        (x0, y0), (x1, y1) = _cell((box.left, box.top)), _cell((box.right, box.bottom))
        # One square more all round: an edge cuts corners of squares between two of its steps.
        squares = ((x, y) for x in range(x0 - 1, x1 + 2) for y in range(y0 - 1, y1 + 2))
        for index in {index for square in squares for index in self.cells.get(square, ())}:
            yield self.edges[index]


def edges_of(owner: int, rings: Rings, is_wall: bool = False) -> Iterator[Edge]:
    """The walls of an outline and of its holes, each looking away from its floor."""
    outer = rings[0]
    if len(outer) < 3:
        return
    longest = max(zip(outer, (*outer[1:], outer[0]), strict=True), key=lambda e: far(*e))
    lie = atan2(longest[1][1] - longest[0][1], longest[1][0] - longest[0][0])
    for number, ring in enumerate(rings):
        # The outside of a hole is its inside.
        outward = 1 if (signed_area(ring) > 0) == (number == 0) else -1
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            length = hypot(bx - ax, by - ay)
            if length > 1e-6:
                ux, uy = (bx - ax) / length, (by - ay) / length
                side = round((atan2(uy, ux) - lie) / (pi / 2)) % 4
                yield Edge(owner, side, (ax, ay), ux, uy, uy * outward, -ux * outward, length, is_wall)


def pairs(ring: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Every side of a ring as its two corners."""
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def far(a: Point, b: Point) -> float:
    """Metres between two points."""
    return hypot(b[0] - a[0], b[1] - a[1])


def _at(edge: Edge, along: float) -> Point:
    return (edge.a[0] + edge.ux * along, edge.a[1] + edge.uy * along)


def _cell(point: Point) -> tuple[int, int]:
    return (floor(point[0] / _CELL_M), floor(point[1] / _CELL_M))


def clipped(
    a0: float, o0: float, a1: float, o1: float, least: float, most: float
) -> tuple[float, float] | None:
    """Which stretch (along) of a line lies between the depths ``least`` and ``most``."""
    if max(o0, o1) < least or min(o0, o1) >= most:
        return None
    if abs(o1 - o0) > 1e-9:
        ends = sorted((limit - o0) / (o1 - o0) for limit in (least, most))
        start, end = max(0.0, ends[0]), min(1.0, ends[1])
        a0, a1 = a0 + (a1 - a0) * start, a0 + (a1 - a0) * end
    return (min(a0, a1), max(a0, a1))


def covered(spans: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """How much of [start, end] the spans cover together."""
    total, reached = 0.0, start
    for left, right in sorted(spans):
        left, right = max(left, reached), min(right, end)
        if right > left:
            total += right - left
            reached = right
    return total


def inside(rings: Rings, point: Point, slack: float = 0.0) -> bool:
    """Whether a point lies inside an outline, or within ``slack`` metres of its edge."""
    x, y = point
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairs(ring):
            if slack and to_line(point, (x1, y1), (x2, y2)) <= slack:
                return True
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                odd = not odd
    return odd


def apart(ring: Sequence[Point], a: Point, b: Point) -> float:
    """Metres between an outline (or a point) and a line, by their corners and edges."""
    near = [to_line(corner, a, b) for corner in ring]
    for c, d in pairs(tuple(ring)):
        near += [to_line(a, c, d), to_line(b, c, d)]
        if _cross(a, b, c, d):
            return 0.0
    return min(near)


def to_line(p: Point, a: Point, b: Point) -> float:
    """Metres from a point to a line between two points."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared = dx * dx + dy * dy
    share = 0.0 if squared < 1e-12 else ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared
    share = max(0.0, min(1.0, share))
    return hypot(p[0] - a[0] - share * dx, p[1] - a[1] - share * dy)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
