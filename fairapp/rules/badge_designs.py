"""A badge's design: its paper, how it is folded, and where each field stands; and what is wrong with one.

Lengths are millimetres from the top left corner, sizes of letters are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Sides(StrEnum):
    """One side, or two that are printed beside one another and folded."""

    ONE = "one"
    FOLD_TOP = "fold_top"
    """Folded at its upper edge: the back is printed above it, upside down."""
    FOLD_SIDE = "fold_side"
    """Folded at its left edge: the back is printed to its left."""


class Part(StrEnum):
    """What can stand on a badge."""

    FAIR = "fair"
    ROLE = "role"
    NAME = "name"
    LATIN = "latin"
    DUTY = "duty"
    ORGANISATION = "organisation"
    BOOTH = "booth"
    HALLS = "halls"
    CODE = "code"
    QR = "qr"
    PICTURE = "picture"
    TEXT = "text"
    BAND = "band"


class Align(StrEnum):
    """Where the lines of a field stand in it."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Face(StrEnum):
    """A side of the badge."""

    FRONT = "front"
    BACK = "back"


class DesignFault(StrEnum):
    """Why a design cannot be printed."""

    QR_MISSING = "design_qr_missing"
    QR_TOO_SMALL = "design_qr_too_small"
    QR_COVERED = "design_qr_covered"
    NAME_MISSING = "design_name_missing"
    NAME_TOO_SMALL = "design_name_too_small"
    CODE_MISSING = "design_code_missing"
    OUTSIDE = "design_outside"
    TOO_SMALL = "design_too_small"
    LETTERS = "design_letters"
    PAPER = "design_paper"
    COLOUR = "design_colour"
    TEXT_MISSING = "design_text_missing"
    PICTURE_MISSING = "design_picture_missing"
    TEXT_TOO_LONG = "design_text_too_long"


LEAST_CODE = 30.0
MODULES, QUIET = 37, 4
"""A badge's token fills a symbol of version 5; its quiet zone is four modules on each side."""
LEAST_QR = 36.5
"""The field of the QR code holds the quiet zone too: 30 mm of symbol and 6.5 mm of white."""
NARROWEST, WIDEST, LOWEST, HIGHEST = 50.0, 210.0, 40.0, 297.0
LEAST_LETTERS, MOST_LETTERS, LEAST_NAME = 6.0, 72.0, 12.0
WRITTEN = frozenset(
    {Part.NAME, Part.LATIN, Part.DUTY, Part.ORGANISATION, Part.CODE, Part.TEXT, Part.FAIR, Part.ROLE}
)
"""Fields whose letters have a size of the designer's."""
LONGEST_TEXT = 200
SLOT = (14.0, 3.0, 4.0)
"""Width, height and distance from the edge of the slot that is punched for a lanyard."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A field and its box; ``size`` is the largest that its letters may be."""

    part: Part
    x: float
    y: float
    width: float
    height: float
    size: float = 10.0
    weight: int = 400
    align: Align = Align.LEFT

    def meets(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether the field and a box have more than an edge in common."""
        near = 0.05
        return (
            self.x + near < x + width
            and x + near < self.x + self.width
            and self.y + near < y + height
            and y + near < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Design:
    """One badge as it is printed. Without fields of its own the back of a folded one is its front again."""

    width: float
    height: float
    front: tuple[Placed, ...]
    back: tuple[Placed, ...] = ()
    sides: Sides = Sides.ONE
    colour: str = ""
    """Of the band; empty: the colour of the kind of badge."""
    text: str = ""
    picture: str = ""
    """A key of the file store."""
    slot: bool = False

    @property
    def paper(self) -> tuple[float, float]:
        """The paper that it takes: two faces where it is folded."""
        if self.sides is Sides.FOLD_TOP:
            return self.width, 2 * self.height
        return (2 * self.width, self.height) if self.sides is Sides.FOLD_SIDE else (self.width, self.height)

    def faces(self) -> Iterator[tuple[Face, tuple[Placed, ...]]]:
        """Its sides with their fields, the front first."""
        yield Face.FRONT, self.front
        if self.sides is not Sides.ONE:
            yield Face.BACK, self.back or self.front

    def has(self, part: Part) -> bool:
        """Whether the field stands on it."""
        return any(placed.part is part for _, fields in self.faces() for placed in fields)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault and where it is; no field: the design as a whole."""

    fault: DesignFault
    face: Face = Face.FRONT
    part: Part | None = None


def faults_of(design: Design) -> tuple[Wrong, ...]:
    """Everything that is wrong with a design, none where it can be printed."""
    found = list(_as_a_whole(design))
    for face, fields in (
        (Face.FRONT, design.front),
        *([(Face.BACK, design.back)] if design.sides is not Sides.ONE else []),
    ):
        for placed in fields:
            found += [Wrong(fault, face, placed.part) for fault in _of_field(design, placed)]
        for code in (each for each in fields if each.part is Part.QR):
            found += [
                Wrong(DesignFault.QR_COVERED, face, other.part)
                for other in fields
                if other.part is not Part.QR and other.meets(code.x, code.y, code.width, code.height)
            ]
            wide, high, edge = SLOT
            if design.slot and code.meets((design.width - wide) / 2, edge, wide, high):
                found.append(Wrong(DesignFault.QR_COVERED, face, Part.QR))
    return tuple(found)


def _as_a_whole(design: Design) -> Iterator[Wrong]:
    wide, high = design.paper
    is_large = design.width >= NARROWEST and design.height >= LOWEST
    if not is_large or wide > WIDEST or high > HIGHEST:
        yield Wrong(DesignFault.PAPER)
    on_the_front = {placed.part for placed in design.front}
    for part, fault in (
        (Part.NAME, DesignFault.NAME_MISSING),
        (Part.QR, DesignFault.QR_MISSING),
        (Part.CODE, DesignFault.CODE_MISSING),
    ):
        there = on_the_front if part is Part.NAME else {each for each in Part if design.has(each)}
        if part not in there:
            yield Wrong(fault, part=part)
    if design.colour and not _COLOUR.fullmatch(design.colour):
        yield Wrong(DesignFault.COLOUR)
    if len(design.text) > LONGEST_TEXT:
        yield Wrong(DesignFault.TEXT_TOO_LONG, part=Part.TEXT)
    if design.has(Part.TEXT) and not design.text.strip():
        yield Wrong(DesignFault.TEXT_MISSING, part=Part.TEXT)
    if design.has(Part.PICTURE) and not design.picture:
        yield Wrong(DesignFault.PICTURE_MISSING, part=Part.PICTURE)


def _of_field(design: Design, placed: Placed) -> Iterator[DesignFault]:
    near = 0.05
    inside = placed.x >= -near and placed.y >= -near
    inside = inside and placed.x + placed.width <= design.width + near
    if not (inside and placed.y + placed.height <= design.height + near):
        yield DesignFault.OUTSIDE
    if placed.part is Part.QR:
        if min(placed.width, placed.height) < LEAST_QR:
            yield DesignFault.QR_TOO_SMALL
    elif min(placed.width, placed.height) < 2:
        yield DesignFault.TOO_SMALL
    if placed.part in WRITTEN and not LEAST_LETTERS <= placed.size <= MOST_LETTERS:
        yield DesignFault.LETTERS
    elif placed.part is Part.NAME and placed.size < LEAST_NAME:
        yield DesignFault.NAME_TOO_SMALL


def body_of(design: Design) -> dict[str, Any]:
    """The design as it is kept."""
    return {
        "width": design.width,
        "height": design.height,
        "sides": design.sides.value,
        "colour": design.colour,
        "text": design.text,
        "picture": design.picture,
        "slot": design.slot,
        "front": [_listed(placed) for placed in design.front],
        "back": [_listed(placed) for placed in design.back],
    }


def _listed(placed: Placed) -> list[Any]:
    box = [placed.x, placed.y, placed.width, placed.height]
    return [placed.part.value, *box, placed.size, placed.weight, placed.align.value]


def design_from(body: dict[str, Any]) -> Design:
    """What ``body_of`` made of a design.

    :raises ValueError, KeyError, TypeError: when it is no such thing.
    """
    front, back = (tuple(_placed(each) for each in body[face.value][: len(Part)]) for face in Face)
    return Design(
        float(body["width"]),
        float(body["height"]),
        front,
        back,
        Sides(body["sides"]),
        str(body["colour"])[:7],
        str(body["text"])[: LONGEST_TEXT + 1],
        str(body["picture"])[:80],
        bool(body["slot"]),
    )


def _placed(listed: Sequence[Any]) -> Placed:
    part, x, y, width, height, size, weight, align = listed
    box = float(x), float(y), float(width), float(height)
    return Placed(Part(part), *box, float(size), int(weight), Align(align))


def one_face(design: Design, face: Face) -> Design:
    """One of its sides alone, as a badge of one side."""
    fields = dict(design.faces()).get(face, design.front)
    return replace(design, front=fields, back=(), sides=Sides.ONE)
