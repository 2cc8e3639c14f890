"""What shapely measures on a draft: overlaps, repairs, open sides, neighbours, joined outlines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import atan2, ceil, hypot, pi
from typing import Any

from shapely import LineString, MultiPolygon, Polygon, STRtree, make_valid, set_precision, union_all

from fairapp.rules.geometry import Point, Ring, Rings, signed_area, without_needless_points
from fairapp.rules.plan_findings import Overlap, Survey
from fairapp.rules.plans import BoothOutline, FacilityKind, PlanDraft

# Lines of drawings are not exact to the millimetre: less common floor than this is a thick pen.
PEN_M2 = 0.05
PEN_SHARE = 0.02
# A side faces an aisle when it is free to this depth (a door's width) along most of its length.
AISLE_M = 1.1
OPEN_SHARE = 0.6
TOUCHING_M = 0.5


def survey(draft: PlanDraft) -> Survey:
    """Overlapping floor per pair, sound outlines for crossing ones, and what envelopes have left."""
    overlaps: list[Overlap] = []
    covered: list[tuple[int, float, Rings]] = []
    repairs: list[tuple[int, Rings]] = []
    for hall in draft.halls:
        booths = [booth for booth in draft.booths_of(hall.name) if booth.lettable]
        shapes = {booth.number: _shape(booth.rings) for booth in booths}
        for booth in booths:
            if not shapes[booth.number].is_valid:
                sound = _largest(make_valid(shapes[booth.number]))
                repairs.append((booth.number, _rings_of(sound)))
                shapes[booth.number] = sound
        found = _overlaps(shapes)
        overlaps += found
        covered += _covered(shapes, found)
    return Survey(tuple(overlaps), tuple(repairs), tuple(covered))


def _overlaps(shapes: dict[int, Polygon]) -> list[Overlap]:
    if not shapes:  # the tree of nothing cannot be asked
        return []
    numbers = list(shapes)
    tree = STRtree([shapes[number] for number in numbers])
    pairs = tree.query([shapes[number] for number in numbers], predicate="intersects").T
    found = []
    for i, j in sorted((int(i), int(j)) for i, j in pairs if i < j):
        a, b = shapes[numbers[i]], shapes[numbers[j]]
        common = a.intersection(b).area
        if common > max(PEN_M2, PEN_SHARE * min(a.area, b.area)):
            found.append(Overlap(numbers[i], numbers[j], round(common, 3)))
    return found


def _covered(shapes: dict[int, Polygon], overlaps: list[Overlap]) -> Iterable[tuple[int, float, Rings]]:
    """For every booth that is the larger of an overlapping pair: its share taken, and the rest of it."""
    parts: dict[int, list[int]] = defaultdict(list)
    for overlap in overlaps:
        larger, smaller = sorted((overlap.first, overlap.second), key=lambda n: (-shapes[n].area, n))
        parts[larger].append(smaller)
    for number, others in parts.items():
        whole, taken = shapes[number], union_all([shapes[other] for other in others])
        rest = set_precision(whole.difference(taken), 0.001)
        # A rest in several pieces is not a booth.
        sound = isinstance(rest, Polygon) and rest.area > 1
        yield number, whole.intersection(taken).area / whole.area, _rings_of(rest) if sound else ()


def with_open_sides(draft: PlanDraft) -> PlanDraft:
    """The draft with ``open_sides`` measured: how many of a booth's four sides face an aisle."""
    sides: dict[int, int] = {}
    for hall in draft.halls:
        sides.update(_open_sides(draft, hall.name, hall.rings))
    booths = (replace(b, open_sides=sides.get(b.number, b.open_sides)) for b in draft.booths)
    return replace(draft, booths=tuple(booths))


def _open_sides(draft: PlanDraft, hall: str, walls: Rings) -> dict[int, int]:
    booths = draft.booths_of(hall)
    if not booths:
        return {}
    floor = [booth for booth in booths if booth.lettable]
    solid = (FacilityKind.WALL, FacilityKind.PILLAR)
    fixed = [f.rings for f in draft.facilities if f.hall == hall and f.kind in solid and len(f.rings[0]) > 2]
    obstacles: list[Any] = [_shape(rings) for rings in (*(b.rings for b in floor), *fixed)]
    owners = [*(booth.number for booth in floor), *(-1 for _ in fixed)]
    if walls:
        inside = _shape(walls)
        obstacles.append(inside.buffer(2 * AISLE_M).difference(inside))
        owners.append(-1)
    probes = [(b.number, side, line) for b in booths for side, line in _probes(b.rings[0])]
    tree = STRtree(obstacles)
    blocked: set[int] = set()
    for probe, obstacle in tree.query([line for _, _, line in probes], predicate="intersects").T:
        if owners[obstacle] != probes[probe][0]:
            blocked.add(int(probe))
    tally: dict[tuple[int, int], list[bool]] = defaultdict(list)
    for index, (number, side, _) in enumerate(probes):
        tally[number, side].append(index not in blocked)
    counts = {booth.number: 0 for booth in booths}
    for (number, _), free in tally.items():
        counts[number] += sum(free) / len(free) >= OPEN_SHARE
    return counts


def _probes(ring: Ring) -> Iterable[tuple[int, LineString]]:
    """Short lines outward along the outline, each with the side (0-3) of the booth it leaves from."""
    edges = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    longest = max(edges, key=_length)
    lie = atan2(longest[1][1] - longest[0][1], longest[1][0] - longest[0][0])
    outward = 1 if signed_area(ring) > 0 else -1
    for edge in edges:
        (ax, ay), (bx, by) = edge
        length = _length(edge)
        dx, dy = (bx - ax) / length, (by - ay) / length
        nx, ny = dy * outward, -dx * outward
        side = round((atan2(dy, dx) - lie) / (pi / 2)) % 4
        steps = max(3, min(60, ceil(length / 0.5)))
        for step in range(steps):
            along = length * (step + 0.5) / steps
            x, y = ax + dx * along, ay + dy * along
            start, end = (x + nx * 0.05, y + ny * 0.05), (x + nx * AISLE_M, y + ny * AISLE_M)
            yield side, LineString([start, end])


def _length(edge: tuple[Point, Point]) -> float:
    return hypot(edge[1][0] - edge[0][0], edge[1][1] - edge[0][1])


def neighbours(booths: Iterable[BoothOutline]) -> dict[int, tuple[int, ...]]:
    """The lettable booths of the same hall standing wall to wall with each booth, by number."""
    listed = [booth for booth in booths if booth.lettable]
    shapes = [_shape(booth.rings) for booth in listed]
    pairs = STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCHING_M).T
    beside: dict[int, list[int]] = {booth.number: [] for booth in listed}
    for i, j in sorted((int(i), int(j)) for i, j in pairs):
        if i != j and listed[i].hall == listed[j].hall:
            beside[listed[i].number].append(listed[j].number)
    return {number: tuple(others) for number, others in beside.items()}


def joined_outline(outlines: Iterable[Rings], gap: float = 0.05) -> tuple[Rings, ...]:
    """One outline per connected block of booths (a pavilion's line, a merged booth)."""
    # Grown and shrunk with square corners, so that hairline gaps between booths close.
    joined = union_all([_shape(rings).buffer(gap, join_style="mitre") for rings in outlines])
    shrunk = set_precision(joined.buffer(-gap, join_style="mitre"), 0.001)
    pieces = shrunk.geoms if isinstance(shrunk, MultiPolygon) else [shrunk]
    return tuple(_rings_of(piece) for piece in pieces if not piece.is_empty)


def _shape(rings: Rings) -> Polygon:
    return Polygon(rings[0], rings[1:])


def _largest(shape: Any) -> Polygon:
    """The largest polygon among the pieces a repair left (lines and points are no floor)."""
    pieces = [shape]
    while any(hasattr(piece, "geoms") for piece in pieces):
        pieces = [part for piece in pieces for part in getattr(piece, "geoms", [piece])]
    floor = [piece for piece in pieces if isinstance(piece, Polygon)]
    return set_precision(max(floor, key=lambda piece: piece.area, default=Polygon()), 0.001)


def _rings_of(shape: Any) -> Rings:
    if shape.is_empty:
        return ()
    lines = (shape.exterior, *shape.interiors)
    return tuple(
        without_needless_points([(round(x, 3), round(y, 3)) for x, y in line.coords]) for line in lines
    )
