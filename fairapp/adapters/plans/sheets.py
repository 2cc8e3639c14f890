"""A drawing as it was read from SVG or DXF, and how it becomes a plan: unit, direction, layers, labels."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import hypot
from statistics import median
from typing import Any

from fairapp.adapters.plans.features import MAX_FEATURES, PlanFile, read_features
from fairapp.adapters.plans.reading import PlanUnreadable
from fairapp.rules.geometry import Point, Ring, Rings, area, box_around, centroid
from fairapp.rules.plan_findings import PlanTrouble
from fairapp.rules.plan_layers import (
    LIKELY_M2,
    METRES,
    Layer,
    Unit,
    facility_in,
    facility_of,
    likely_units,
    taken_for,
)
from fairapp.rules.plans import FacilityKind

MAX_TEXTS = 20_000
MAX_SHAPES = 40_000


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline on a layer; ``more`` are properties that our own export wrote with it."""

    rings: Rings
    layer: str
    more: Mapping[str, Any] = field(default_factory=dict)
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words where they stand: ``at`` their anchor, ``middle`` where their middle may be."""

    text: str
    at: Point
    middle: Point
    layer: str


@dataclass(slots=True)
class Drawing:
    """Everything closed and everything written; ``unit`` is what the file says, or None."""

    shapes: list[Shape] = field(default_factory=list)
    texts: list[Lettering] = field(default_factory=list)
    unit: Unit | None = None
    y_up: bool = False

    def add_shape(self, shape: Shape) -> None:
        """Keep an outline, as long as there are not too many."""
        self.shapes.append(shape)
        if len(self.shapes) > MAX_SHAPES:
            raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=len(self.shapes), limit=MAX_SHAPES)

    def add_text(self, text: Lettering) -> None:
        """Keep words, as long as there are not too many."""
        self.texts.append(text)
        if len(self.texts) > MAX_TEXTS:
            raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=len(self.texts), limit=MAX_TEXTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What whoever brings the file in says about it; None and nothing where the file is to tell."""

    hall: str
    unit: Unit | None = None
    layers: Mapping[str, Layer] = field(default_factory=dict)


def plan_from(drawing: Drawing, wanted: Wanted) -> PlanFile:
    """The plan that a drawing shows; PlanUnreadable when its unit cannot be told or no booth is in it."""
    shapes = Counter(shape.layer for shape in drawing.shapes)
    texts = Counter(text.layer for text in drawing.texts)
    layers = taken_for(shapes, texts, wanted.layers)
    used = [shape for shape in drawing.shapes if layers[shape.layer] not in (Layer.LEFT_OUT, Layer.LABELS)]
    booths = [shape for shape in used if layers[shape.layer] in (Layer.BOOTHS, Layer.RAW_SPACE)]
    if not booths:
        raise PlanUnreadable(PlanTrouble.NO_BOOTHS, refused=0)
    if len(used) > MAX_FEATURES:
        raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=len(used), limit=MAX_FEATURES)
    unit = _unit(drawing, booths, wanted)
    words = [text for text in drawing.texts if layers[text.layer] is Layer.LABELS]
    coded = _labelled([shape for shape in used if layers[shape.layer] is not Layer.HALL], words)
    place = _placing(drawing, METRES[unit])
    features = [_feature(coded.get(id(shape), shape), layers[shape.layer], place) for shape in used]
    read = read_features(features, wanted.hall)
    return replace(read, unit=unit, layers=tuple(layers.items()))


def _unit(drawing: Drawing, booths: list[Shape], wanted: Wanted) -> Unit:
    """The unit as asked, as the file says, or the only one in which booths are as large as booths."""
    middle = median(max(area(shape.rings), 0.0) for shape in booths)
    likely = likely_units(middle)
    if wanted.unit is not None:
        return wanted.unit
    if drawing.unit is not None:
        size = middle * METRES[drawing.unit] ** 2
        if not LIKELY_M2[0] / 10 <= size <= LIKELY_M2[1] * 10:
            raise PlanUnreadable(
                PlanTrouble.UNIT_WRONG, unit=drawing.unit.value, area=f"{size:.4g}", likely=_listed(likely)
            )
        return drawing.unit
    if len(likely) == 1:
        return likely[0]
    raise PlanUnreadable(PlanTrouble.UNIT_UNKNOWN, likely=_listed(likely))


def _listed(units: Iterable[Unit]) -> str:
    return ", ".join(unit.value for unit in units) or "m, mm, in"


def _placing(drawing: Drawing, scale: float) -> tuple[float, float, float, float]:
    """How a point becomes metres with y down: x·a + b, y·c + d.

    What has y up is mirrored within its own box, so that an outline keeps its distance from both edges.
    """
    box = box_around(point for shape in drawing.shapes for point in shape.rings[0])
    across = -box.left * scale if abs(box.left) * scale > 10_000 else 0.0
    if not drawing.y_up:
        return scale, across, scale, -box.top * scale if abs(box.top) * scale > 10_000 else 0.0
    top = (box.top + box.bottom) * scale
    return scale, across, -scale, top if abs(top) < 20_000 else box.bottom * scale


def _feature(shape: Shape, meant: Layer, place: tuple[float, float, float, float]) -> dict[str, Any]:
    a, b, c, d = place
    rings = [[[x * a + b, y * c + d] for x, y in (*ring, ring[0])] for ring in shape.rings]
    code, properties = shape.code or "", {**shape.more}
    if "kind" not in properties:
        properties["kind"] = {
            Layer.RAW_SPACE: "raw_space",
            Layer.HALL: "hall",
            Layer.FACILITIES: _facility(shape, code),
        }.get(meant, "booth")
        if meant is not Layer.HALL:
            properties["code"] = code
    geometry: dict[str, Any] = {"type": "Polygon", "coordinates": rings}
    if len(shape.rings[0]) == 1:
        geometry = {"type": "Point", "coordinates": rings[0][0]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _facility(shape: Shape, code: str) -> str:
    """What a facility is: what is written in it, else what its layer is called."""
    kind = facility_of(code) or facility_in(code) or facility_in(shape.layer) or FacilityKind.OTHER
    return kind.value


def _labelled(shapes: list[Shape], words: list[Lettering]) -> dict[int, Shape]:
    """Every shape with the words that stand in it, nearest to its middle first; one word names one shape.

    Outlines over each other with their labels in one place (alternative outlines) take them in the order
    in which both were drawn.
    """
    from shapely import Point as ShapelyPoint
    from shapely import Polygon, STRtree

    open_ones = [shape for shape in shapes if shape.code is None and len(shape.rings[0]) > 2]
    if not open_ones or not words:
        return {}
    middles = [_middles(shape.rings) for shape in open_ones]
    tree = STRtree([Polygon(shape.rings[0]) for shape in open_ones])
    pairs: list[tuple[float, int, int]] = []
    for spots in ([w.at for w in words], [w.middle for w in words]):
        for word, shape in tree.query([ShapelyPoint(spot) for spot in spots], predicate="intersects").T:
            x, y = spots[word]
            far = min(hypot(x - mx, y - my) for mx, my in middles[shape])
            pairs.append((far, int(word), int(shape)))
    size = median(abs(area(shape.rings)) ** 0.5 for shape in open_ones) or 1.0
    # Distances within a fiftieth of a booth are one place: then the order of drawing tells.
    ordered = sorted(pairs, key=lambda p: (round(p[0] / size * 50), p[1], p[2]))
    named: dict[int, Shape] = {}
    taken: set[int] = set()
    for _far, word, index in ordered:
        shape = open_ones[index]
        if word not in taken and id(shape) not in named:
            taken.add(word)
            named[id(shape)] = replace(shape, code=words[word].text)
    # The middle of an L may lie outside of it: what is left is matched by the boxes around the outlines.
    for index, shape in enumerate(open_ones):
        left = [n for n in range(len(words)) if n not in taken] if id(shape) not in named else []
        box = box_around(shape.rings[0])
        inside = [
            (min(hypot(x - mx, y - my) for mx, my in middles[index]), n)
            for n in left
            for x, y in (words[n].at,)
            if box.left <= x <= box.right and box.top <= y <= box.bottom
        ]
        if inside:
            _far, word = min(inside)
            taken.add(word)
            named[id(shape)] = replace(shape, code=words[word].text)
    return named


def _middles(rings: Rings) -> tuple[Point, ...]:
    """Where draughtsmen put a label: the middle of the floor, of the corners, of the box."""
    ring: Ring = rings[0]
    box = box_around(ring)
    mean = (sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
    return (centroid(rings), mean, ((box.left + box.right) / 2, (box.top + box.bottom) / 2))
