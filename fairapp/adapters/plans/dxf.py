"""A floor plan from DXF: closed outlines, words and blocks, read tag by tag and nothing else.

Understands ASCII DXF of every version since R12: LWPOLYLINE, POLYLINE, CIRCLE, SOLID, TEXT, MTEXT, and INSERT
with ATTRIB. Blocks are unfolded to a bounded depth; everything else is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import atan, cos, pi, radians, sin
from typing import Any

from fairapp.adapters.plans.reading import MAX_BYTES, PlanUnreadable
from fairapp.adapters.plans.sheets import Drawing, Lettering, Shape
from fairapp.adapters.plans.svg_paths import Matrix, applied, times
from fairapp.rules.geometry import Point
from fairapp.rules.plan_findings import PlanTrouble
from fairapp.rules.plan_layers import Unit

MAX_TAGS = 2_000_000
MAX_DEPTH = 6
MAX_INSERTS = 50_000
_UNITS = {
    1: Unit.INCH,
    2: Unit.FOOT,
    4: Unit.MILLIMETRE,
    5: Unit.CENTIMETRE,
    6: Unit.METRE,
    10: Unit.YARD,
    14: Unit.DECIMETRE,
}
_CODEPAGES = {"ANSI_932": "cp932", "ANSI_936": "gbk", "ANSI_949": "cp949", "ANSI_950": "big5"}
_ESCAPE = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
_FORMATTING = re.compile(r"\\[ACcFfHQTWp][^;]*;|\\[LlOoKk]|[{}]")
_UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
APP = "FAIRAPP"


@dataclass(slots=True)
class _Entity:
    """One entity as its tags; ``parts`` are the vertices or attributes that follow it."""

    kind: str
    tags: list[tuple[int, str]] = field(default_factory=list)
    parts: list[_Entity] = field(default_factory=list)

    def text(self, code: int, default: str = "") -> str:
        return next((value for key, value in self.tags if key == code), default)

    def number(self, code: int, default: float = 0.0) -> float:
        return _float(self.text(code), default)

    @property
    def layer(self) -> str:
        return self.text(8, "0")

    @property
    def said(self) -> dict[str, Any]:
        """What our own export wrote beside the entity: ``1001 FAIRAPP`` and ``1000 key=value``."""
        found: dict[str, Any] = {}
        ours = False
        for code, value in self.tags:
            if code == 1001:
                ours = value == APP
            elif code == 1000 and ours:
                key, _sign, what = _unescaped(value).partition("=")
                if key in ("also", "instead_of"):
                    found.setdefault(key, []).append(what)
                else:
                    found[key] = what
        if "amount" in found:
            found["amount"] = _float(found["amount"])
        return found


def read_drawing(data: bytes) -> Drawing:
    """The drawing in ``data``; PlanUnreadable when it is no text DXF, or larger than a floor plan is."""
    if len(data) > MAX_BYTES:
        raise PlanUnreadable(PlanTrouble.TOO_LARGE, limit_mb=MAX_BYTES // 1_000_000)
    if data.startswith(b"AutoCAD Binary DXF"):
        raise PlanUnreadable(PlanTrouble.BINARY_DXF)
    header, blocks, entities = _sections(_tags(data))
    drawing = Drawing(y_up=True)
    drawing.unit = _UNITS.get(int(_float(header.get("$INSUNITS", "0"))))
    _Unfolding(drawing, blocks).draw(entities, _UPRIGHT, "", 0)
    return drawing


def _tags(data: bytes) -> Iterator[tuple[int, str]]:
    """Every pair of group code and value."""
    lines = _decoded(data).splitlines()
    if len(lines) > 2 * MAX_TAGS:
        raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=len(lines) // 2, limit=MAX_TAGS)
    for at in range(0, len(lines) - 1, 2):
        code = lines[at].strip()
        if not code.lstrip("-").isdigit() or len(code) > 5:
            raise PlanUnreadable(PlanTrouble.NOT_DXF, line=at + 1)
        yield int(code), lines[at + 1].strip("\r\n").strip()


def _decoded(data: bytes) -> str:
    """Newer drawings are UTF-8; older ones name their code page, or are of the West."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = re.search(rb"\$DWGCODEPAGE\s+3\s+(\w+)", data[:20_000])
        named = found[1].decode("ascii", "replace").upper() if found else "ANSI_1252"
        page = _CODEPAGES.get(named, named.replace("ANSI_", "cp"))
        try:
            return data.decode(page, "replace")
        except LookupError:
            return data.decode("cp1252", "replace")


def _sections(
    tags: Iterator[tuple[int, str]],
) -> tuple[dict[str, str], dict[str, list[_Entity]], list[_Entity]]:
    header: dict[str, str] = {}
    blocks: dict[str, list[_Entity]] = {}
    entities: list[_Entity] = []
    section = variable = ""
    opens = False
    into: list[_Entity] | None = None
    current: _Entity | None = None
    has_sections = False
    for code, value in tags:
        if code == 0:
            current = None
            opens = value == "SECTION"
            has_sections = has_sections or opens
            if value == "ENDSEC":
                section, into = "", None
            elif value == "ENDBLK":
                into = None
            elif section in ("ENTITIES", "BLOCKS"):
                current = _Entity(value)
                if value in ("VERTEX", "ATTRIB") and into:
                    into[-1].parts.append(current)
                elif value == "BLOCK" or into is None:
                    into = None
                elif value != "SEQEND":
                    into.append(current)
        elif opens and code == 2:
            section, opens = value, False
            into = entities if section == "ENTITIES" else None
        elif section == "HEADER":
            variable = value if code == 9 else variable
            if code != 9:
                header.setdefault(variable, value)
        elif current is not None:
            current.tags.append((code, value))
            if current.kind == "BLOCK" and code == 2 and into is None:
                into = blocks.setdefault(value, [])
    if not has_sections:
        raise PlanUnreadable(PlanTrouble.NOT_DXF, line=1)
    return header, blocks, entities


@dataclass(slots=True)
class _Unfolding:
    """Draws entities, and blocks where they are inserted."""

    drawing: Drawing
    blocks: dict[str, list[_Entity]]
    inserts: int = 0

    def draw(self, entities: list[_Entity], matrix: Matrix, layer: str, depth: int) -> None:
        """Draw everything; what lies on layer 0 of a block takes the layer of its place."""
        for entity in entities:
            on = entity.layer if entity.layer != "0" or not layer else layer
            if entity.kind == "INSERT":
                self._insert(entity, matrix, on, depth)
            elif entity.kind in ("TEXT", "MTEXT", "ATTRIB"):
                self._letter(entity, matrix, on)
            elif ring := _ring(entity):
                # Seen from below (an extrusion of -1) a drawing is mirrored.
                flip: Matrix = (-1, 0, 0, 1, 0, 0) if entity.number(230, 1.0) < 0 else _UPRIGHT
                placed = tuple(applied(times(matrix, flip), point) for point in ring)
                said = entity.said
                if said.get("hole") and self.drawing.shapes:
                    whole = self.drawing.shapes.pop()
                    self.drawing.add_shape(replace(whole, rings=(*whole.rings, placed)))
                    continue
                code = said.get("code", "") if said else None
                self.drawing.add_shape(Shape((placed,), on, said, code))

    def _insert(self, entity: _Entity, matrix: Matrix, layer: str, depth: int) -> None:
        self.inserts += 1
        if depth >= MAX_DEPTH or self.inserts > MAX_INSERTS:
            raise PlanUnreadable(PlanTrouble.TOO_DEEP, limit=MAX_DEPTH)
        turn = radians(entity.number(50))
        sx, sy = entity.number(41, 1.0), entity.number(42, 1.0)
        x, y = entity.number(10), entity.number(20)
        here: Matrix = (cos(turn) * sx, sin(turn) * sx, -sin(turn) * sy, cos(turn) * sy, x, y)
        self.draw(self.blocks.get(entity.text(2), []), times(matrix, here), layer, depth + 1)
        for part in entity.parts:
            if part.kind == "ATTRIB" and not int(part.number(70)) & 1:
                self._letter(part, matrix, part.layer if part.layer != "0" else layer)

    def _letter(self, entity: _Entity, matrix: Matrix, layer: str) -> None:
        raw = "".join(value for code, value in entity.tags if code in (3, 1))
        words = _unescaped(raw).replace("\\P", " ")
        if entity.kind == "MTEXT":
            words = _FORMATTING.sub("", words)
        words = " ".join(words.replace("%%", "").split())[:200]
        if not words:
            return
        aligned = entity.number(72) or entity.number(73)
        x, y = (entity.number(11), entity.number(21)) if aligned else (entity.number(10), entity.number(20))
        turn, size = radians(entity.number(50)), entity.number(40)
        half = 0.0 if aligned else len(words) * size * 0.3
        middle = (x + half * cos(turn), y + half * sin(turn) + size * 0.5)
        self.drawing.add_text(Lettering(words, applied(matrix, (x, y)), applied(matrix, middle), layer))


def _ring(entity: _Entity) -> tuple[Point, ...]:
    """The outline of a closed entity; nothing for an open one."""
    match entity.kind:
        case "LWPOLYLINE":
            return _closed(_light(entity), int(entity.number(70)) & 1 == 1)
        case "POLYLINE":
            corners = [(p.number(10), p.number(20), p.number(42)) for p in entity.parts if p.kind == "VERTEX"]
            return _closed(corners, int(entity.number(70)) & 1 == 1)
        case "CIRCLE":
            x, y, r = entity.number(10), entity.number(20), entity.number(40)
            steps = [2 * pi * step / 24 for step in range(24)]
            return tuple((x + r * cos(s), y + r * sin(s)) for s in steps) if r > 0 else ()
        case "POINT":
            return ((entity.number(10), entity.number(20)),) if entity.said else ()
        case "SOLID":
            # Its corners run in a zigzag.
            order = (10, 11, 13, 12)
            return tuple((entity.number(code), entity.number(code + 10)) for code in order)
    return ()


def _light(entity: _Entity) -> list[tuple[float, float, float]]:
    corners: list[tuple[float, float, float]] = []
    for code, value in entity.tags:
        if code == 10:
            corners.append((_float(value), 0.0, 0.0))
        elif code == 20 and corners:
            corners[-1] = (corners[-1][0], _float(value), 0.0)
        elif code == 42 and corners:
            corners[-1] = (corners[-1][0], corners[-1][1], _float(value))
    return corners


def _closed(corners: list[tuple[float, float, float]], is_closed: bool) -> tuple[Point, ...]:
    """The ring with its bulges as short lines; an open line counts when it ends where it began."""
    if len(corners) < 3 or not (is_closed or corners[0][:2] == corners[-1][:2]):
        return ()
    ring: list[Point] = []
    for (ax, ay, bulge), (bx, by, _) in zip(corners, (*corners[1:], corners[0]), strict=True):
        ring.append((ax, ay))
        if abs(bulge) > 1e-6:
            ring += _bulged((ax, ay), (bx, by), bulge)
    return tuple(ring)


def _bulged(a: Point, b: Point, bulge: float) -> list[Point]:
    """Points of the arc between two corners; the bulge is the tangent of a quarter of its angle."""
    angle = 4 * atan(bulge)
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    rise = (1 - bulge * bulge) / (4 * bulge)
    cx, cy = middle[0] - rise * (b[1] - a[1]), middle[1] + rise * (b[0] - a[0])
    steps = max(2, min(48, round(abs(angle) / (pi / 12))))
    found = []
    for step in range(1, steps):
        turn = angle * step / steps
        dx, dy = a[0] - cx, a[1] - cy
        found.append((cx + dx * cos(turn) - dy * sin(turn), cy + dx * sin(turn) + dy * cos(turn)))
    return found


def _unescaped(text: str) -> str:
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Two escapes may be the halves of one letter.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _float(text: str, default: float = 0.0) -> float:
    try:
        value = float(text)
    except ValueError:
        return default
    return value if abs(value) < 1e12 else default
