"""Whole numbers by diving: round some columns, solve again from where it was, and so on."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fairapp.optimiser.program import Solved, Solver

NEARLY = 1e-6
SURE = 0.8


def dive(solver: Solver, columns: Sequence[int], seconds: float, patience: float) -> Solved | None:
    """The linear program with these columns made whole, as far as ``seconds`` allow.

    What is whole may only grow; what is nearly a whole number more becomes one, and in each step at least the
    nearest does. Where that leaves no solution, whatever was split stays at the lower number. The program
    itself is waited for with ``patience``; None when even that did not do.
    """
    until = solver.highs.getRunTime() + seconds
    highest = {column: solver.program.highest[column] for column in columns}
    found = solver.run(patience)
    while found.values is not None:
        values = found.values
        parts = [(values[column] - math.floor(values[column] + NEARLY), column) for column in columns]
        split = sorted(((part, column) for part, column in parts if part > NEARLY), reverse=True)
        left = until - solver.highs.getRunTime()
        if not split or left <= 0:
            return found
        for column in columns:
            solver.narrow(column, math.floor(values[column] + NEARLY), highest[column])
        for part, column in split:
            if part > SURE or column == split[0][1]:
                solver.narrow(column, math.ceil(values[column] - NEARLY), highest[column])
        tried = solver.run(left)
        if tried.values is None:
            for _, column in split:
                highest[column] = math.floor(values[column] + NEARLY)
                solver.narrow(column, highest[column], highest[column])
            tried = solver.run(left)
        if tried.values is None:
            return found
        found = tried
    return None
