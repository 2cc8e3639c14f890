"""Pavilions in real places: which sets of them go into which kind of stretch, then stretch by stretch.

The program of the bound, with whole numbers of stretches for each set of pavilions, found by diving and made
better in its core. Pavilions of one width differ only in priority, alike stretches only in who wishes for
them.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict

from fairapp.optimiser.bounding import ClassProgram, class_program
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.narrowing import solve_core
from fairapp.optimiser.patterns import Kind, Stretch, add_patterns, kinds_of
from fairapp.optimiser.program import Floats, Solver
from fairapp.optimiser.rounding import NEARLY, dive, is_whole

ROUNDS, GAP = 3, 3e-4
LEFT_BEFORE = 2  # modules: so many are left before the pavilions that are to leave the corners free
SPLITTING = (0.1, 0.2, 0.05, 0.4)  # of what an applicant is worth: two short runs hold less than a long one


def place_pavilions(floor: Floor, seconds: float, patience: float, number: int) -> bool:
    """Put those pavilions that are worth their room where they leave most to the others.

    Where the time cuts the rounding short, what is whole is built, and the rest is counted once more. The
    first answer is waited for with ``patience``; False when even that did not do, and nothing was placed.
    The ``number`` of the draft says how dear it is to stand in the middle.
    """
    until, end = time.monotonic() + seconds, time.monotonic() + patience
    splitting = SPLITTING[number % len(SPLITTING)] * _usual(floor)
    for round_ in range(ROUNDS):
        if len(floor.pavilions) == len(floor.tables.pavilions):
            break
        placed = _place_some(floor, until, end, splitting)
        if placed is None:
            return round_ > 0
        if placed:
            break
    return True


def _usual(floor: Floor) -> float:
    """What an applicant is worth on average."""
    asking = floor.tables.applicants
    return sum(one.size * max(one.priority, 0.0) for one in asking) / max(len(asking), 1)


def _place_some(floor: Floor, until: float, end: float, splitting: float) -> bool | None:
    """Count what to build and build it: whether all was whole; None when there was no time to count."""
    made = class_program(floor.tables, floor, with_pavilions=False)
    add_patterns(made, proving=False, splitting=splitting)
    columns = list(made.sets.values())
    solver = Solver(made.program)
    relaxed = solver.run(end - time.monotonic())
    dived = dive(solver, columns, until - time.monotonic(), end - time.monotonic())
    if relaxed.values is None or dived is None or dived.values is None:
        return None
    values = dived.values
    if is_whole(values, columns):
        made.program.whole = columns
        start = {column: float(round(values[column])) for column in columns}
        better = solve_core(made.program, relaxed, until - time.monotonic(), gap=GAP, start=start)
        values = values if better.values is None else better.values
    _build(floor, made, values, relaxed.duals)
    return is_whole(values, columns)


def _build(floor: Floor, made: ClassProgram, values: Floats, duals: Floats) -> None:
    """Every set into one of its stretches; alike pavilions by priority."""
    by_width: defaultdict[int, list[int]] = defaultdict(list)
    for which, pavilion in sorted(enumerate(floor.tables.pavilions), key=lambda each: -each[1].priority):
        if which not in floor.pavilions:
            by_width[pavilion.columns].append(which)
    alike = kinds_of(floor)
    for stretches in alike.values():
        stretches.sort(key=lambda stretch: -_wanted(made, stretch, duals))
    for (kind, widths, corners), column in made.sets.items():
        for _ in range(math.floor(values[column] + NEARLY)):
            stretch = alike[kind].pop()
            start = stretch.start + _before(kind, corners, kind.columns - sum(widths))
            for width in widths:
                floor.put_pavilion(by_width[width].pop(0), stretch.row, start)
                start += width


def _wanted(made: ClassProgram, stretch: Stretch, duals: Floats) -> float:
    """How much others wish for the rows of a stretch: of alike ones, those nobody wishes for come first."""
    rows = (stretch.row, stretch.back)
    return sum(float(duals[made.row_room[row]]) for row in rows if row in made.row_room)


def _before(kind: Kind, corners: tuple[int, ...], left: int) -> int:
    """How many columns to leave before a set, so that it takes the corners it is meant to take."""
    if left == 0 or corners == kind.first:
        return 0
    return left if corners == kind.last else min(LEFT_BEFORE, left // 2)
