"""The studio's form: a line for every field of either side, read without trust."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flask import request

from fairapp.adapters.files import is_key
from fairapp.rules.badge_designs import LEAST_QR, LONGEST_TEXT, Align, Design, Face, Part, Placed, Sides
from fairapp.rules.text import TextRefused, clean

WEIGHTS = (400, 600, 700, 800)
OFF = Placed(Part.TEXT, 5, 5, 40, 8, 10)
"""Where a field begins that was not there before."""
_BEGINS = {
    Part.QR: Placed(Part.QR, 5, 5, LEAST_QR, LEAST_QR),
    Part.NAME: Placed(Part.NAME, 5, 5, 60, 20, 24, 800),
    Part.ROLE: Placed(Part.ROLE, 0, 0, 60, 10, 14, 800),
    Part.PICTURE: Placed(Part.PICTURE, 5, 5, 20, 20),
    Part.BAND: Placed(Part.BAND, 0, 0, 60, 4),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A field in the form, and whether it stands on the badge."""

    face: Face
    placed: Placed
    on: bool

    @property
    def name(self) -> str:
        """What its inputs begin with."""
        return f"{self.face.value}-{self.placed.part.value}"


def lines_of(design: Design) -> list[Line]:
    """A line for each field of each face."""
    found = []
    for face, fields in ((Face.FRONT, design.front), (Face.BACK, design.back)):
        there = {placed.part: placed for placed in fields}
        for part in Part:
            begins = _BEGINS.get(part) or Placed(part, OFF.x, OFF.y, OFF.width, OFF.height, OFF.size)
            found.append(Line(face, there.get(part, begins), part in there))
    return found


def asked_design() -> Design:
    """What the form describes, right or wrong."""
    try:
        text = clean(request.form.get("text", ""), longest=2 * LONGEST_TEXT)
    except TextRefused:
        text = ""
    picture = request.form.get("picture", "")[:80]
    sides = request.form.get("sides", "")
    colour = request.form.get("colour", "")[:7] if request.form.get("own_colour") == "1" else ""
    return Design(
        _number("width", 86),
        _number("height", 124),
        _fields(Face.FRONT),
        _fields(Face.BACK),
        Sides(sides) if sides in [each.value for each in Sides] else Sides.ONE,
        colour,
        text,
        picture if is_key(picture) and picture.endswith(".jpg") else "",
        request.form.get("slot") == "1",
    )


def _fields(face: Face) -> tuple[Placed, ...]:
    return tuple(
        _placed(part, f"{face.value}-{part.value}")
        for part in Part
        if request.form.get(f"{face.value}-{part.value}-on") == "1"
    )


def _placed(part: Part, name: str) -> Placed:
    weight = request.form.get(f"{name}-weight", "400")
    align = request.form.get(f"{name}-align", "left")
    return Placed(
        part,
        _number(f"{name}-x", 0),
        _number(f"{name}-y", 0),
        _number(f"{name}-width", 1),
        _number(f"{name}-height", 1),
        _number(f"{name}-size", 10),
        int(weight) if weight in ("400", "600", "700", "800") else 400,
        Align(align) if align in [each.value for each in Align] else Align.LEFT,
    )


def _number(name: str, otherwise: float) -> float:
    """A length with one decimal place, written with a comma or a point."""
    try:
        value = float(request.form.get(name, "")[:10].replace(",", "."))
    except ValueError:
        return otherwise
    return round(value, 1) if math.isfinite(value) and abs(value) < 1000 else otherwise
