"""The first whole plan: pavilions, then all rows at once or class by class; the best of a few drafts."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from fairapp.optimiser.bounding import ClassProgram, class_program
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.greedy import place_blocks_greedily, place_waiting
from fairapp.optimiser.pavilions import place_pavilions
from fairapp.optimiser.program import Floats, Solved, Solver
from fairapp.optimiser.rounding import best_dive
from fairapp.optimiser.tables import Tables
from fairapp.optimiser.unpacking import Unpacking, count_by_class, filled_at_once, given_by_class

DRAFTS, FOR_DRAFTS = 4, 0.45  # at most so many, and in such a share of the time
FOR_PAVILIONS, FOR_COUNTS, FOR_UNPACKING = 0.3, 0.12, 0.6  # shares of what is left of it for each, at most
FOR_FILLING = 0.35
AT_ONCE = 2


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
    """The best of as many drafts as there is time for; clashes are not looked at, they can be taken apart.

    Two are made at once, unless they would have to share too little; neither need be the quicker.
    """
    begun = time.monotonic()
    made: list[Draft] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for rounds in range(1, DRAFTS // AT_ONCE + 1):
            numbers = range(len(made), len(made) + AT_ONCE)
            made += pool.map(lambda number: draft(tables, until, seed, number), numbers)
            took = time.monotonic() - begun
            if made[0].duals is None or took + took / rounds > FOR_DRAFTS * (until - begun):
                break
    return max(made, key=lambda one: (one.duals is not None, one.points))


def draft(tables: Tables, until: float, seed: int, number: int = 0) -> Draft:
    """One draft; its number decides how pavilions stand, chance only between nearly equal ways to round."""
    floor = Floor(tables)
    floor.put_pinned()
    left = until - time.monotonic()
    if not place_pavilions(floor, left * FOR_PAVILIONS, left, number):
        place_blocks_greedily(floor)
    made = class_program(tables, floor, with_pavilions=False)
    solver = Solver(made.program)
    solved = solver.run(until - time.monotonic())
    if solved.values is not None and not filled_at_once(floor, FOR_FILLING * (until - time.monotonic())):
        solved = _by_class(floor, made, until, seed + number)
    place_waiting(floor)
    return Draft(floor, floor.points(), made, None if solved.values is None else solved.duals)


def _by_class(floor: Floor, made: ClassProgram, until: float, seed: int) -> Solved:
    """Fill the floor class by class, by whole counts; the program that it began with."""
    count_by_class(made)
    solver = Solver(made.program)
    solved = solver.run(until - time.monotonic())
    if solved.values is not None:
        left = until - time.monotonic()
        whole = best_dive(solver, list(made.counts.values()), solved, left * FOR_COUNTS, left, seed)
        given = given_by_class(made, solved.values if whole is None else whole)
        now = time.monotonic()
        Unpacking(floor, given, now + FOR_UNPACKING * (until - now)).run()
    return solved
