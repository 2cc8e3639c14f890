"""Path data and transforms of SVG as corners: curves become short lines, everything bounded."""

import re
from math import atan2, ceil, cos, pi, radians, sin, sqrt, tan
from typing import TypeAlias

from fairapp.adapters.plans.reading import PlanUnreadable
from fairapp.rules.geometry import Point, Rings
from fairapp.rules.plan_findings import PlanTrouble

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
MAX_CORNERS = 20_000
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_TOKEN = re.compile(r"[MmLlHhVvCcSsQqTtAaZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_CALL = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_STEPS = 8


def numbers(text: str) -> list[float]:
    """Every number in an attribute."""
    found = [float(each) for each in _NUMBER.findall(text)]
    if len(found) > 2 * MAX_CORNERS:
        raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=len(found), limit=2 * MAX_CORNERS)
    return found


def times(outer: Matrix, inner: Matrix) -> Matrix:
    """The transform that does ``inner`` first."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def applied(matrix: Matrix, point: Point) -> Point:
    """Where a transform puts a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def transform_of(text: str) -> Matrix:
    """A transform attribute as one matrix; what is no transform changes nothing."""
    whole: Matrix = (1, 0, 0, 1, 0, 0)
    for name, inside in _CALL.findall(text[:4_000]):
        whole = times(whole, _single(name, numbers(inside)))
    return whole


def _single(name: str, values: list[float]) -> Matrix:
    first, second = [*values, 0.0, 0.0][:2]
    if name == "matrix" and len(values) == 6:
        return (values[0], values[1], values[2], values[3], values[4], values[5])
    if name == "translate":
        return (1, 0, 0, 1, first, second)
    if name == "scale" and values:
        return (first, 0, 0, second if len(values) > 1 else first, 0, 0)
    if name == "rotate" and values:
        turn = (cos(radians(first)), sin(radians(first)), -sin(radians(first)), cos(radians(first)), 0.0, 0.0)
        if len(values) < 3:
            return turn
        x, y = values[1], values[2]
        return times(times((1, 0, 0, 1, x, y), turn), (1, 0, 0, 1, -x, -y))
    if name in ("skewX", "skewY") and values:
        lean = tan(radians(max(-89.0, min(first, 89.0))))
        return (1, 0, lean, 1, 0, 0) if name == "skewX" else (1, lean, 0, 1, 0, 0)
    return (1, 0, 0, 1, 0, 0)


def path_rings(data: str) -> Rings:
    """The closed figures of path data; an open one counts when it ends where it began."""
    rings: list[tuple[Point, ...]] = []
    current: list[Point] = []
    x = y = 0.0
    control: Point | None = None
    command, at, tokens = "", 0, _TOKEN.findall(data)
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        kind = command.upper()
        if kind == "Z" or not kind:
            _close(rings, current)
            if current:
                x, y = current[0]
            current, control, command = [], None, "" if kind else "?"
            if not kind:
                return ()
            continue
        values = [float(each) for each in tokens[at : at + _TAKES[kind]] if not each.isalpha()]
        if len(values) < _TAKES[kind]:
            break
        at += len(values)
        if kind == "M":
            if len(current) > 1 and current[0] == current[-1]:
                _close(rings, current)
            current = []
        elif not current:
            current = [(x, y)]
        points, control = _drawn(kind, command.islower(), (x, y), values, control)
        current += points
        x, y = current[-1]
        command = {"M": "L", "m": "l"}.get(command, command)
        if len(current) > MAX_CORNERS:
            raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=len(current), limit=MAX_CORNERS)
    if len(current) > 3 and current[0] == current[-1]:
        _close(rings, current)
    return tuple(rings)


def _close(rings: list[tuple[Point, ...]], current: list[Point]) -> None:
    if len(current) > 2:
        rings.append(tuple(current))


def _drawn(
    kind: str, relative: bool, here: Point, values: list[float], control: Point | None
) -> tuple[list[Point], Point | None]:
    """The corners that one command adds, and the control point for a smooth one after it."""
    x, y = here
    ox, oy = here if relative else (0.0, 0.0)
    if kind in "HV":
        return [(values[0] + ox, y) if kind == "H" else (x, values[0] + oy)], None
    if kind == "A":
        end = (values[5] + ox, values[6] + oy)
        return _arc(here, values[0], values[1], values[2], values[3] != 0, values[4] != 0, end), None
    moved = [(values[n] + ox, values[n + 1] + oy) for n in range(0, len(values), 2)]
    if kind in "ML":
        return moved, None
    if kind in "ST":
        moved.insert(0, (2 * x - control[0], 2 * y - control[1]) if control else here)
    if kind in "QT":
        q, end = moved
        first = (x + 2 / 3 * (q[0] - x), y + 2 / 3 * (q[1] - y))
        second = (end[0] + 2 / 3 * (q[0] - end[0]), end[1] + 2 / 3 * (q[1] - end[1]))
        return _cubic(here, first, second, end), q
    return _cubic(here, *moved), moved[1]


def _cubic(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    found = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        s = 1 - t
        weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
        points = (a, b, c, d)
        found.append(
            (
                sum(w * p[0] for w, p in zip(weights, points, strict=True)),
                sum(w * p[1] for w, p in zip(weights, points, strict=True)),
            )
        )
    found[-1] = d
    return found


def _arc(
    start: Point, rx: float, ry: float, turn: float, large: bool, sweep: bool, end: Point
) -> list[Point]:
    """An elliptical arc by its end points (SVG 1.1, appendix F.6.5)."""
    rx, ry = abs(rx), abs(ry)
    if rx < 1e-9 or ry < 1e-9 or start == end:
        return [end]
    cosine, sine = cos(radians(turn)), sin(radians(turn))
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    px, py = cosine * dx + sine * dy, -sine * dx + cosine * dy
    grow = sqrt(max(1.0, (px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    below = (rx * py) ** 2 + (ry * px) ** 2
    share = sqrt(max(0.0, ((rx * ry) ** 2 - below) / below)) * (1 if large != sweep else -1)
    cx, cy = share * rx * py / ry, -share * ry * px / rx
    first = atan2((py - cy) / ry, (px - cx) / rx)
    swept = atan2((-py - cy) / ry, (-px - cx) / rx) - first
    if sweep and swept < 0:
        swept += 2 * pi
    if not sweep and swept > 0:
        swept -= 2 * pi
    mx, my = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    steps = max(2, ceil(abs(swept) / (pi / 12)))
    found = []
    for step in range(1, steps + 1):
        angle = first + swept * step / steps
        ex, ey = rx * cos(angle) + cx, ry * sin(angle) + cy
        found.append((cosine * ex - sine * ey + mx, sine * ex + cosine * ey + my))
    found[-1] = end
    return found
