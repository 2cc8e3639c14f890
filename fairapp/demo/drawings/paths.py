"""Outlines written like SVG paths (M L H V C Q Z and their relative forms), turned into points."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import cos, pi, sin

Point = tuple[float, float]
Outline = tuple[tuple[Point, ...], bool]

_TOKENS = re.compile(r"[MLHVCQZmlhvcqz]|-?(?:\d*\.\d+|\d+)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}
CURVE_STEPS = 12


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """A closed path around a centre."""
    ry = rx if ry is None else ry
    a, b = 0.5523 * rx, 0.5523 * ry
    curves = (
        f"c0 {-b:.3f} {rx - a:.3f} {-ry:.3f} {rx:.3f} {-ry:.3f}"
        f"c{a:.3f} 0 {rx:.3f} {ry - b:.3f} {rx:.3f} {ry:.3f}"
        f"c0 {b:.3f} {a - rx:.3f} {ry:.3f} {-rx:.3f} {ry:.3f}"
        f"c{-a:.3f} 0 {-rx:.3f} {b - ry:.3f} {-rx:.3f} {-ry:.3f}"
    )
    return f"M{cx - rx:.3f} {cy:.3f}{curves}z"


def box(x: float, y: float, width: float, height: float) -> str:
    """A closed rectangle from its top left corner."""
    return f"M{x} {y}h{width}v{height}h{-width}z"


def star(cx: float, cy: float, outer: float, inner: float, tips: int) -> str:
    """A closed star."""
    points = []
    for place in range(tips * 2):
        radius, angle = (inner if place % 2 else outer), pi * place / tips - pi / 2
        points.append(f"{cx + radius * cos(angle):.3f} {cy + radius * sin(angle):.3f}")
    return "M" + "L".join(points) + "z"


@cache
def outlines(path: str) -> tuple[Outline, ...]:
    """Each sub-path as points, and whether it is closed."""
    found: list[Outline] = []
    points: list[Point] = []
    at: Point = (0.0, 0.0)
    for command, values in _commands(path):
        if command in "Mm":
            if len(points) > 1:
                found.append((tuple(points), False))
            at = _reached(at, command, values)[-1]
            points = [at]
        elif command in "Zz":
            found.append((tuple(points), True))
            at = points[0]
            points = [at]
        else:
            points += _reached(at, command, values)
            at = points[-1]
    if len(points) > 1:
        found.append((tuple(points), False))
    return tuple(found)


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    command = ""
    values: list[float] = []
    for token in _TOKENS.findall(path):
        if token.isalpha():
            command, values = token, []
        else:
            values.append(float(token))
        if command and len(values) == _ARGUMENTS[command.upper()]:
            yield command, values
            # Further pairs after a move are lines, as in SVG.
            command, values = {"M": "L", "m": "l"}.get(command, command), []
            if command in "Zz":
                command = ""


def _reached(at: Point, command: str, values: list[float]) -> list[Point]:
    dx, dy = at if command.islower() else (0.0, 0.0)
    match command.upper():
        case "H":
            return [(values[0] + dx, at[1])]
        case "V":
            return [(at[0], values[0] + dy)]
        case "M" | "L":
            return [(values[0] + dx, values[1] + dy)]
    corners = [at] + [(x + dx, y + dy) for x, y in zip(values[::2], values[1::2], strict=True)]
    return [_on_curve(corners, step / CURVE_STEPS) for step in range(1, CURVE_STEPS + 1)]


def _on_curve(corners: list[Point], share: float) -> Point:
    while len(corners) > 1:
        corners = [(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in pairwise(corners)]
    return corners[0]
