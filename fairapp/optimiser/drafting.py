"""The first whole plan: pavilions, counts by class, each class unpacked; the best of a few such drafts."""

from __future__ import annotations

import time
from dataclasses import dataclass

from fairapp.optimiser.bounding import ClassProgram, class_program
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.greedy import place_blocks_greedily, place_waiting
from fairapp.optimiser.pavilions import place_pavilions
from fairapp.optimiser.program import Floats, Solver
from fairapp.optimiser.rounding import best_dive
from fairapp.optimiser.tables import Tables
from fairapp.optimiser.unpacking import Unpacking, count_by_class, given_by_class

DRAFTS, FOR_DRAFTS = 4, 0.45  # at most so many, and in such a share of the time
FOR_PAVILIONS, FOR_COUNTS, FOR_UNPACKING = 0.15, 0.12, 0.6  # shares of what is left of it for each, at most


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole plan on a floor of its own, clashes and all, and the program behind it.

    ``duals`` are None when the time did not even do for that program.
    """

    floor: Floor
    points: float
    made: ClassProgram
    duals: Floats | None


def best_draft(tables: Tables, until: float, seed: int) -> Draft:
    """The best of as many drafts as there is time for; clashes are not looked at, they can be taken apart."""
    begun = time.monotonic()
    best = draft(tables, until, seed)
    took = time.monotonic() - begun
    for number in range(1, DRAFTS):
        if best.duals is None or time.monotonic() + took > begun + FOR_DRAFTS * (until - begun):
            break
        other = draft(tables, until, seed + number)
        if other.duals is not None and other.points > best.points:
            best = other
    return best


def draft(tables: Tables, until: float, seed: int) -> Draft:
    """One draft; chance decides only between nearly equal ways to round."""
    floor = Floor(tables)
    floor.put_pinned()
    left = until - time.monotonic()
    if not place_pavilions(floor, left * FOR_PAVILIONS, left, seed):
        place_blocks_greedily(floor)
    made = class_program(tables, floor, with_pavilions=False)
    count_by_class(made)
    solver = Solver(made.program)
    solved = solver.run(until - time.monotonic())
    if solved.values is None:
        place_waiting(floor)
        return Draft(floor, floor.points(), made, None)
    left = until - time.monotonic()
    whole = best_dive(solver, list(made.counts.values()), solved, left * FOR_COUNTS, left, seed)
    given = given_by_class(made, solved.values if whole is None else whole)
    now = time.monotonic()
    Unpacking(floor, given, now + FOR_UNPACKING * (until - now)).run()
    place_waiting(floor)
    return Draft(floor, floor.points(), made, solved.duals)
