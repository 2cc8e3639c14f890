"""A floor plan from SVG: shapes with their words and layers, read event by event and nothing else.

No entity is resolved, nothing outside the file is opened, and depth, elements and corners are bounded.
"""

import re
from dataclasses import dataclass, field
from math import cos, pi, sin
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from fairapp.adapters.plans.reading import MAX_BYTES, PlanUnreadable
from fairapp.adapters.plans.sheets import Drawing, Lettering, Shape
from fairapp.adapters.plans.svg_paths import Matrix, applied, numbers, path_rings, times, transform_of
from fairapp.rules.geometry import Point, Rings
from fairapp.rules.plan_findings import PlanTrouble
from fairapp.rules.plan_layers import Unit

MAX_DEPTH = 64
MAX_ELEMENTS = 200_000
MAX_TEXT = 2_000
_HIDDEN = {"defs", "symbol", "clipPath", "mask", "pattern", "marker", "metadata", "script", "foreignObject"}
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][-+]?\d+)?)\s*(m|cm|mm|in|ft)\s*")
_OURS = ("hall", "kind", "code", "zone", "booth_kind", "amount")


@dataclass(slots=True)
class _Level:
    """What holds for everything inside one open element."""

    name: str
    matrix: Matrix
    layer: str
    hidden: bool
    attributes: dict[str, str]
    shapes: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    title: str = ""


class _Reader:
    def __init__(self) -> None:
        self.drawing = Drawing()
        self.levels: list[_Level] = []
        self.elements = 0
        self.is_svg = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.elements += 1
        if len(self.levels) >= MAX_DEPTH:
            raise PlanUnreadable(PlanTrouble.TOO_DEEP, limit=MAX_DEPTH)
        if self.elements > MAX_ELEMENTS:
            raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=self.elements, limit=MAX_ELEMENTS)
        if not self.levels:
            self._root(name, attributes)
        above = self.levels[-1] if self.levels else _Level("", (1, 0, 0, 1, 0, 0), "", False, {})
        style = attributes.get("style", "").replace(" ", "")
        hidden = name in _HIDDEN or attributes.get("display") == "none" or "display:none" in style
        matrix = times(above.matrix, transform_of(attributes.get("transform", "")))
        layer = above.layer
        if name in ("g", "svg"):
            layer = next(filter(None, (attributes.get(a) for a in ("inkscape:label", "class", "id"))), layer)
        self.levels.append(_Level(name, matrix, layer, above.hidden or hidden, attributes))

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        self.is_svg = name == "svg"
        if attributes.get("data-unit") in set(Unit):
            self.drawing.unit = Unit(attributes["data-unit"])
            return
        # width="181.5m" viewBox="0 0 181.5 85": one unit is one metre. Millimetres of paper say nothing.
        width, box = _LENGTH.fullmatch(attributes.get("width", "")), numbers(attributes.get("viewBox", ""))
        if width and len(box) == 4 and box[2] > 0 and width[2] in ("m", "ft"):
            ratio = float(width[1]) / box[2]
            if 0.99 < ratio < 1.01:
                self.drawing.unit = Unit(width[2])

    def end(self, name: str) -> None:
        level = self.levels.pop()
        if level.hidden:
            return
        if level.name == "title" and self.levels:
            self.levels[-1].title = _joined(level.words)
        elif level.name in ("text", "tspan", "textPath"):
            if level.name == "text":
                self._letter(level)
            elif self.levels:
                self.levels[-1].words += [" ", *level.words]
        elif level.name == "g":
            self._named_group(level)
        elif rings := _rings(level.name, level.attributes):
            self._shape(level, rings)

    def text(self, data: str) -> None:
        if self.levels and self.levels[-1].name in ("text", "tspan", "title", "textPath"):
            words = self.levels[-1].words
            if sum(map(len, words)) < MAX_TEXT:
                words.append(data)

    def _shape(self, level: _Level, rings: Rings) -> None:
        placed = tuple(tuple(applied(level.matrix, point) for point in ring) for ring in rings)
        raw = level.attributes
        more: dict[str, Any] = {key: raw[f"data-{key}"] for key in _OURS if f"data-{key}" in raw}
        if "amount" in more:
            more["amount"] = next(iter(numbers(more["amount"])), 0.0)
        for key in ("also", "instead_of"):
            if raw.get(f"data-{key}"):
                more[key] = raw[f"data-{key}"].split("|")
        code = level.title or None
        if "kind" in more:
            code = more.setdefault("code", code or "")
        self.drawing.add_shape(Shape(placed, level.layer, more, code))
        if self.levels:
            self.levels[-1].shapes.append(len(self.drawing.shapes) - 1)

    def _letter(self, level: _Level) -> None:
        words = _joined(level.words)
        if not words:
            return
        x, y = (next(iter(numbers(level.attributes.get(axis, ""))), 0.0) for axis in "xy")
        size = next(iter(numbers(level.attributes.get("font-size", ""))), 0.0)
        middle = applied(level.matrix, (x + len(words) * size * 0.28, y - size * 0.35))
        self.drawing.add_text(Lettering(words, applied(level.matrix, (x, y)), middle, level.layer))
        if self.levels:
            self.levels[-1].words.append(words)

    def _named_group(self, level: _Level) -> None:
        """A group of one shape and one text belongs together, wherever the words stand."""
        if len(level.shapes) == 1 and len(level.words) == 1:
            index = level.shapes[0]
            shape = self.drawing.shapes[index]
            if shape.code is None:
                self.drawing.shapes[index] = Shape(shape.rings, shape.layer, shape.more, level.words[0])
                self.drawing.texts.pop()


def read_drawing(data: bytes) -> Drawing:
    """The drawing in ``data``; PlanUnreadable when it is no SVG, or one that is not safe to read."""
    if len(data) > MAX_BYTES:
        raise PlanUnreadable(PlanTrouble.TOO_LARGE, limit_mb=MAX_BYTES // 1_000_000)
    reader = _Reader()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _doctype
    parser.EntityDeclHandler = _entity
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        raise PlanUnreadable(PlanTrouble.NOT_XML, line=error.lineno, column=error.offset + 1) from None
    if not reader.is_svg:
        raise PlanUnreadable(PlanTrouble.NOT_A_PLAN_FILE)
    return reader.drawing


def _doctype(_name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:
    """A bare DOCTYPE is what older programs write; one with declarations of its own may hold bombs."""
    if has_subset:
        raise PlanUnreadable(PlanTrouble.ENTITIES)


def _entity(*_declared: object) -> None:
    raise PlanUnreadable(PlanTrouble.ENTITIES)


def _joined(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _rings(name: str, raw: dict[str, str]) -> Rings:
    def number(key: str) -> float:
        return next(iter(numbers(raw.get(key, ""))), 0.0)

    if name == "rect":
        x, y, w, h = number("x"), number("y"), number("width"), number("height")
        return (((x, y), (x + w, y), (x + w, y + h), (x, y + h)),) if w > 0 and h > 0 else ()
    if name in ("polygon", "polyline"):
        flat = numbers(raw.get("points", ""))
        points: tuple[Point, ...] = tuple(zip(flat[::2], flat[1::2], strict=False))
        is_closed = name == "polygon" or (len(points) > 3 and points[0] == points[-1])
        return (points,) if is_closed and len(points) > 2 else ()
    if name in ("circle", "ellipse"):
        rx, ry = number("rx") or number("r"), number("ry") or number("r")
        if raw.get("data-point"):
            return (((number("cx"), number("cy")),),)
        steps = [2 * pi * step / 24 for step in range(24)]
        ring = tuple((number("cx") + rx * cos(s), number("cy") + ry * sin(s)) for s in steps)
        return (ring,) if rx > 0 and ry > 0 else ()
    return path_rings(raw.get("d", "")) if name == "path" else ()
