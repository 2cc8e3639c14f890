"""Walking through a hall: which floor is free, and how far every free place is from the doors."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from fairapp.rules.geometry import Box, Point, Rings, box_around

# Squares of a quarter metre, and larger ones where a hall would have too many of them.
FINEST_M = 0.25
MOST_SQUARES = 160_000
# Whoever walks needs this much on both sides of their middle.
SHOULDER_M = 0.3
_AROUND = ((1, 0, 5), (-1, 0, 5), (0, 1, 5), (0, -1, 5), (1, 1, 7), (1, -1, 7), (-1, 1, 7), (-1, -1, 7))


@dataclass(frozen=True, slots=True)
class Floor:
    """Squares of a hall: ``free`` where somebody can stand, row by row."""

    box: Box
    step: float
    columns: int
    rows: int
    free: bytearray

    def square(self, point: Point) -> tuple[int, int]:
        """The square in which a point lies, inside or outside the floor."""
        return (
            floor((point[0] - self.box.left) / self.step),
            floor((point[1] - self.box.top) / self.step),
        )

    def near(self, rings: Rings, reach: float) -> Iterator[int]:
        """The free squares within ``reach`` metres of the edge of an outline (of a point alone)."""
        corners = rings[0]
        seen: set[int] = set()
        around = ceil(reach / self.step)
        for a, b in zip(corners, (*corners[1:], corners[0]), strict=True):
            length = sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)
            steps = max(1, ceil(length / self.step))
            for n in range(steps + 1):
                x, y = self.square((a[0] + (b[0] - a[0]) * n / steps, a[1] + (b[1] - a[1]) * n / steps))
                seen.update(self._free_around(x, y, around))
        yield from seen

    def _free_around(self, x: int, y: int, around: int) -> Iterator[int]:
        for row in range(max(0, y - around), min(self.rows, y + around + 1)):
            for column in range(max(0, x - around), min(self.columns, x + around + 1)):
                if self.free[row * self.columns + column]:
                    yield row * self.columns + column


def floor_of(inside: Rings, solid: Iterable[Rings]) -> Floor:
    """The free floor of a hall: within its outline, out of the solid outlines, a shoulder away from them.

    Without an outline the hall is the box around everything, with a way around it.
    """
    listed = [rings for rings in solid if len(rings[0]) > 2]
    points = [p for rings in (inside, *listed) for ring in rings[:1] for p in ring] or [(0.0, 0.0)]
    box = box_around(points).grown(0.5 if inside else 3.0)
    step = max(FINEST_M, sqrt(box.width * box.height / MOST_SQUARES))
    columns, rows = ceil(box.width / step), ceil(box.height / step)
    full = (1 << columns) - 1
    walls = [0] * rows if not inside else [full ^ bits for bits in _filled(box, step, columns, rows, inside)]
    for rings in listed:
        first, covered = _span(box, step, rows, rings)
        for row, bits in enumerate(_filled(box, step, columns, rows, rings, first, covered), first):
            walls[row] |= bits
    for _ in range(round(SHOULDER_M / step)):
        walls = _grown(walls, full)
    free = bytearray(columns * rows)
    for row, bits in enumerate(walls):
        text = f"{full ^ bits:0{columns}b}"
        # The lowest bit is the first square of a row.
        free[row * columns : (row + 1) * columns] = bytes(c == "1" for c in reversed(text))
    return Floor(box, step, columns, rows, free)


def distances(ground: Floor, starts: Iterable[int]) -> array[int]:
    """Metres times 5 over the step from the nearest start to every square; -1 where nobody can come.

    A step aside counts 5, a step across 7: no more than a fiftieth too long.
    """
    far = array("i", [-1]) * len(ground.free)
    ring: list[list[int]] = [[] for _ in range(8)]
    for start in starts:
        far[start] = 0
        ring[0].append(start)
    cost, waiting, columns, free = 0, len(ring[0]), ground.columns, ground.free
    while waiting:
        bucket = ring[cost % 8]
        ring[cost % 8] = []
        waiting -= len(bucket)
        for square in bucket:
            if far[square] != cost:
                continue
            row, column = divmod(square, columns)
            for dx, dy, price in _AROUND:
                if not (0 <= column + dx < columns and 0 <= row + dy < ground.rows):
                    continue
                other = square + dy * columns + dx
                if free[other] and (far[other] < 0 or far[other] > cost + price):
                    far[other] = cost + price
                    ring[(cost + price) % 8].append(other)
                    waiting += 1
        cost += 1
    return far


def metres(ground: Floor, units: int) -> float:
    """What ``distances`` counts, in metres."""
    return units * ground.step / 5


def _grown(walls: Sequence[int], full: int) -> list[int]:
    """The walls one square thicker on every side."""
    wide = [(bits | bits << 1 | bits >> 1) & full for bits in walls]
    return [
        bits | (wide[row - 1] if row else 0) | (wide[row + 1] if row + 1 < len(wide) else 0)
        for row, bits in enumerate(wide)
    ]


def _span(box: Box, step: float, rows: int, rings: Rings) -> tuple[int, int]:
    """The first row an outline reaches, and how many."""
    around = box_around(rings[0])
    first = max(0, floor((around.top - box.top) / step))
    return first, max(0, min(rows, ceil((around.bottom - box.top) / step)) - first)


def _filled(
    box: Box, step: float, columns: int, rows: int, rings: Rings, first: int = 0, count: int = -1
) -> Iterator[int]:
    """For every row the squares whose middle lies inside an outline, as bits."""
    edges = [pair for ring in rings for pair in zip(ring, (*ring[1:], ring[0]), strict=True)]
    for row in range(first, first + (rows if count < 0 else count)):
        y = box.top + (row + 0.5) * step
        crossings = sorted(
            x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in edges if (y1 > y) != (y2 > y)
        )
        bits = 0
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            start = max(0, ceil((left - box.left) / step - 0.5))
            end = min(columns, floor((right - box.left) / step - 0.5) + 1)
            if end > start:
                bits |= ((1 << (end - start)) - 1) << start
        yield bits
