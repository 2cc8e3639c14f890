"""The words at a hall's doors: they stand outside the wall, for a door is thin and a wall is a line."""

from __future__ import annotations

from fairapp.rules.geometry import Box, Point
from fairapp.rules.plans import FacilityKind
from fairapp.web.plan_type import LABEL_SIZES, LETTER, UNITS, Label, short

DOORS = (FacilityKind.ENTRANCE, FacilityKind.EXIT)
NEAR_A_WALL_M = 2.0
_INWARDS = {"left": "→", "right": "←", "top": "↓", "bottom": "↑"}
_OUTWARDS = {"left": "←", "right": "→", "top": "↑", "bottom": "↓"}


def door_word(at: Point, word: str, walls: Box, size: float, kind: FacilityKind) -> tuple[Label, Box]:
    """The word of the door ``at`` with an arrow the way people go, and the room that it takes, in metres."""
    side = _wall_of(at, walls)
    arrow = (_OUTWARDS if kind is FacilityKind.EXIT else _INWARDS).get(side, "")
    said = f"{word} {arrow}" if arrow == "→" else f"{arrow} {word}".strip()
    half, tall = len(said) * size * LETTER / 2 / UNITS, size / UNITS
    x, y = {
        "left": (walls.left - half - tall / 2, at[1]),
        "right": (walls.right + half + tall / 2, at[1]),
        "top": (at[0], walls.top - tall),
        "bottom": (at[0], walls.bottom + tall),
    }.get(side, at)
    step = max((i for i, known in enumerate(LABEL_SIZES) if known <= size), default=0)
    label = Label(short(x * UNITS), ((said, short(y * UNITS + size * 0.36)),), short(size), step)
    return label, Box(x - half, y - tall, x + half, y + tall)


def _wall_of(at: Point, walls: Box) -> str:
    """The wall that the door is in; none for one in the middle of the hall."""
    away = {
        "left": abs(at[0] - walls.left),
        "right": abs(walls.right - at[0]),
        "top": abs(at[1] - walls.top),
        "bottom": abs(walls.bottom - at[1]),
    }
    side = min(away, key=lambda each: away[each])
    return side if away[side] <= NEAR_A_WALL_M else ""
