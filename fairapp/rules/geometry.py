"""Plane geometry of a hall in metres (y down), small enough to need no library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any, TypeAlias

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]
Rings: TypeAlias = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle around something."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Metres from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Metres from top to bottom."""
        return self.bottom - self.top

    def grown(self, by: float) -> "Box":
        """The same box with a margin of ``by`` metres all round."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: a key of the caller's, its hall, its middle and its area."""

    key: str
    hall: str
    x: float
    y: float
    area_m2: float


def signed_area(ring: Ring) -> float:
    """The shoelace area of a ring, open or closed: positive one way round, negative the other."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def area(rings: Rings) -> float:
    """Square metres inside the outer ring and outside the holes."""
    outer, *holes = (abs(signed_area(ring)) for ring in rings)
    return outer - sum(holes)


def centroid(rings: Rings) -> Point:
    """The middle of the outer ring; the mean of its corners when it has no area."""
    ring = rings[0]
    doubled = 2 * signed_area(ring)
    if abs(doubled) < 1e-9:
        return (sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
    # Measured from the first corner, so that far-away coordinates lose no digits.
    ox, oy = ring[0]
    cx = cy = 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
        cx += (ax + bx - 2 * ox) * cross
        cy += (ay + by - 2 * oy) * cross
    return (ox + cx / (3 * doubled), oy + cy / (3 * doubled))


def box_around(points: Iterable[Point]) -> Box:
    """The smallest upright box that holds every point; there must be one."""
    listed = list(points)
    xs, ys = [x for x, _ in listed], [y for _, y in listed]
    return Box(min(xs), min(ys), max(xs), max(ys))


def widest_run(rings: Rings, y: float) -> tuple[float, float] | None:
    """The longest stretch of the height ``y`` that lies inside the rings, as (left, right)."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (y1 > y) != (y2 > y)
    )
    runs = list(zip(crossings[::2], crossings[1::2], strict=False))
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def label_room(rings: Rings) -> tuple[Point, float, float]:
    """A point well inside the outline, and the metres free across and down: for its number.

    The height nearest the middle wins unless another one is clearly wider (an L has its room in a leg).
    """
    box = box_around(rings[0])
    x, y = centroid(rings)
    width = 0.0
    for height in (y, *(box.top + box.height * share for share in (0.25, 0.75, 0.125, 0.875))):
        run = widest_run(rings, height)
        if run and run[1] - run[0] > width * 1.25 + 1e-9:
            x, y, width = (run[0] + run[1]) / 2, height, run[1] - run[0]
    across = tuple(tuple((py, px) for px, py in ring) for ring in rings)
    column = widest_run(across, x)
    if column is None or not column[0] <= y <= column[1]:
        return (x, y), width, 2 * min(y - box.top, box.bottom - y)
    middle = (column[0] + column[1]) / 2
    run = widest_run(rings, middle)
    if run is None or not run[0] < x < run[1]:
        return (x, y), width, 2 * min(y - column[0], column[1] - y)
    return (x, middle), min(width, 2 * min(x - run[0], run[1] - x)), column[1] - column[0]


def nearest(here: Spot, others: Iterable[Spot], limit: int = 3) -> tuple[Spot, ...]:
    """The ``limit`` spots closest to ``here``: its own hall first, then near, then alike in area."""

    def order(spot: Spot) -> tuple[bool, float, float, str]:
        far = round(hypot(spot.x - here.x, spot.y - here.y), 2)
        return (spot.hall != here.hall, far, abs(spot.area_m2 - here.area_m2), spot.key)

    return tuple(sorted((spot for spot in others if spot.key != here.key), key=order)[:limit])


def without_needless_points(ring: Sequence[Point], slack: float = 1e-6) -> Ring:
    """The ring open (last corner not repeated), without doubled corners or corners on a straight line."""
    points = [p for i, p in enumerate(ring) if i == 0 or p != ring[i - 1]]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    kept: list[Point] = []
    for i, (x, y) in enumerate(points):
        px, py = kept[-1] if kept else points[-1]
        nx, ny = points[(i + 1) % len(points)]
        turn = (x - px) * (ny - y) - (y - py) * (nx - x)
        onward = (x - px) * (nx - x) + (y - py) * (ny - y)
        if abs(turn) > slack or onward < 0:
            kept.append((x, y))
    return tuple(kept)


def as_rings(raw: Sequence[Any]) -> Rings:
    """Rings out of JSON, where one ring alone may stand for an outline without holes."""
    if not raw:
        return ()
    rings = raw if isinstance(raw[0][0], list | tuple) else [raw]
    return tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)


def strip_of(ring: Ring, left: float, right: float) -> Ring:
    """The part of a ring between two upright lines; empty when it has none."""
    kept = _beside(list(ring), left, 1.0)
    return tuple(_beside(kept, right, -1.0))


def _beside(points: list[Point], line: float, side: float) -> list[Point]:
    found: list[Point] = []
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], *points[:1]], strict=True):
        starts_in, ends_in = side * (x1 - line) >= 0, side * (x2 - line) >= 0
        if starts_in:
            found.append((x1, y1))
        if starts_in != ends_in:
            found.append((line, y1 + (line - x1) * (y2 - y1) / (x2 - x1)))
    return found
