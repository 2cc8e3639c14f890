"""What shapely measures on a draft: overlaps, repairs, joined outlines."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from shapely import MultiPolygon, Polygon, STRtree, make_valid, set_precision, union_all

from fairapp.rules.geometry import Rings, without_needless_points
from fairapp.rules.plan_findings import Overlap, Survey
from fairapp.rules.plans import PlanDraft

# Lines of drawings are not exact to the millimetre: less common floor than this is a thick pen.
PEN_M2 = 0.05
PEN_SHARE = 0.02


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
