"""What a plan's check found, drawn on the hall: lines, outlines, and a number that the list repeats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairapp.rules.geometry import Box, Point, Rings, box_around
from fairapp.rules.plan_figures import LintFinding
from fairapp.rules.plans import PlanDraft
from fairapp.web.fairs.studio import lint_words
from fairapp.web.plan_drawing import NoteMark
from fairapp.web.plan_type import UNITS, path_of, short

# Of a hall where everything is amiss the first so many are drawn; the list has them all.
MOST_DRAWN = 60
_LINES_EACH = 80
_SPAN = 44.0


@dataclass(frozen=True, slots=True)
class LintRow:
    """A finding as it is listed: its sentence with the cure, and its mark where it lies somewhere."""

    words: str
    mark: NoteMark | None


def lint_rows(draft: PlanDraft, hall: str, findings: Iterable[LintFinding]) -> list[LintRow]:
    """Every finding of a hall, numbered as drawn."""
    rings = {booth.number: booth.rings for booth in draft.booths_of(hall)}
    doors = {each.number: each.at for each in draft.facilities if each.hall == hall}
    corners = [p for each in draft.halls if each.name == hall for ring in each.rings for p in ring]
    corners += [p for each in rings.values() for p in each[0]]
    size = _size(box_around(corners)) if corners else 8.0
    rows: list[LintRow] = []
    taken: list[Point] = []
    for finding in findings:
        mark = None
        at = _at(finding, rings, doors)
        if at is not None and len(taken) < MOST_DRAWN:
            at = _beside(at, taken, size)
            taken.append(at)
            mark = _mark(len(taken), finding, rings, at, size)
        rows.append(LintRow(lint_words(finding), mark))
    return rows


def _size(box: Box) -> float:
    """The radius of a number: readable with the whole hall in view."""
    return max(8.0, max(box.width, box.height) * UNITS / _SPAN)


def _at(finding: LintFinding, rings: Mapping[int, Rings], doors: Mapping[int, Point]) -> Point | None:
    if finding.facility in doors:
        x, y = doors[finding.facility]
    elif finding.lines:
        (ax, ay), (bx, by) = finding.lines[0]
        x, y = (ax + bx) / 2, (ay + by) / 2
    elif shown := next((rings[number] for number in finding.numbers if number in rings), None):
        box = box_around(shown[0])
        x, y = box.left + box.width / 2, box.top
    else:
        return None
    return x * UNITS, y * UNITS


def _beside(at: Point, taken: Iterable[Point], size: float) -> Point:
    """Where no other number stands, going to the right."""
    x, y = at
    there = list(taken)
    while any(abs(x - tx) < 2 * size and abs(y - ty) < 2 * size for tx, ty in there):
        x += 2.2 * size
    return x, y


def _mark(number: int, finding: LintFinding, rings: Mapping[int, Rings], at: Point, size: float) -> NoteMark:
    lines = "".join(
        f"M{short(ax * UNITS)} {short(ay * UNITS)}L{short(bx * UNITS)} {short(by * UNITS)}"
        for (ax, ay), (bx, by) in finding.lines[:_LINES_EACH]
    )
    outlines = "".join(path_of(rings[n]) for n in finding.numbers[:_LINES_EACH] if n in rings)
    x, y = at
    return NoteMark(
        number, lines, outlines, short(x), short(y), short(size), short(y + size * 0.38), short(size * 1.1)
    )
