"""A mixed program's core: only those columns that its linear program nearly uses.

A column whose worth lies far below its price at the duals is hardly ever part of a very good answer. Without
such columns HiGHS needs seconds where it needed minutes. What comes out is an answer of the whole program;
that nothing better exists is proved by none of this.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fairapp.optimiser.program import Floats, Program, Solved, Solver

NEAR = 0.1  # of what a used column is worth on average: so far below its price a column may lie


def solve_core(
    program: Program,
    relaxed: Solved,
    seconds: float,
    *,
    gap: float,
    start: Mapping[int, float] | None = None,
    near: float = NEAR,
) -> Solved:
    """The best answer of a mixed program found among the columns near ``relaxed``, its linear program's."""
    if relaxed.values is None:
        return relaxed
    kept = np.flatnonzero(_is_near(program, relaxed.values, relaxed.duals, near, start or {}))
    place = np.full(len(program.worth), -1)
    place[kept] = np.arange(len(kept))
    solver = Solver(_only(program, kept, place), gap=gap)
    if start:
        solver.begin_with({int(place[column]): value for column, value in start.items()})
    found = solver.run(seconds)
    if found.values is None:
        return Solved(None, relaxed.duals, found.worth, is_proved=False)
    values = np.zeros(len(program.worth))
    values[kept] = found.values
    return Solved(values, relaxed.duals, found.worth, is_proved=False)


def _is_near(
    program: Program, values: Floats, duals: Floats, near: float, start: Mapping[int, float]
) -> np.ndarray:
    """By column, whether it is used, cannot be left out, or is nearly worth its price."""
    worth, lowest = np.asarray(program.worth), np.asarray(program.lowest)
    left = worth.copy()
    prices = duals[np.asarray(program.at_row)] * np.asarray(program.entry)
    np.subtract.at(left, np.asarray(program.at_column), prices)
    used = values > 1e-9
    paid = used & (worth > 0)
    usual = float(worth[paid] @ values[paid]) / max(float(values[paid].sum()), 1e-9)
    needed = used | (lowest > 0) | (left >= -near * usual)
    needed[[column for column, value in start.items() if value]] = True
    return needed


def _only(program: Program, kept: np.ndarray, place: np.ndarray) -> Program:
    """The program with these columns alone; the others are 0."""
    columns = place[np.asarray(program.at_column)]
    inside = columns >= 0
    return Program(
        worth=np.asarray(program.worth)[kept].tolist(),
        lowest=np.asarray(program.lowest)[kept].tolist(),
        highest=np.asarray(program.highest)[kept].tolist(),
        whole=[int(place[column]) for column in program.whole if place[column] >= 0],
        row_lowest=program.row_lowest,
        row_highest=program.row_highest,
        at_row=np.asarray(program.at_row)[inside].tolist(),
        at_column=columns[inside].tolist(),
        entry=np.asarray(program.entry)[inside].tolist(),
    )
