"""Whole numbers by diving: round some columns, solve again from where it was, and so on.

One dive may end badly, so several are made, each with a little noise on what the columns are worth; for a
while that gives more than waiting for a proof.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from fairapp.optimiser.program import Floats, Program, Solved, Solver

NEARLY = 1e-6
SURE = 0.8
AT_ONCE = 2
DIVES, NOISE = 6, 5.0  # at most so many, and so many points
NEAR = 2e-4  # of the linear program's worth: what comes so near is good enough


def best_dive(
    solver: Solver, columns: Sequence[int], relaxed: Solved, seconds: float, patience: float, seed: int
) -> Floats | None:
    """The best values of several dives, from a solved linear program; the first is waited for with patience.

    None when there was no time even for the first; where it was cut, not all columns are whole.
    """
    until = time.monotonic() + seconds
    first = dive(solver, columns, seconds, patience)
    if first is None or first.values is None:
        return None
    worth = np.asarray(solver.program.worth)
    best, good = first.values, relaxed.worth - NEAR * abs(relaxed.worth)
    if is_whole(best, columns) and float(worth @ best) >= good:
        return best
    for found in _noisy_dives(solver.program, columns, until, seed):
        if not is_whole(best, columns) or float(worth @ found) > float(worth @ best):
            best = found
        if float(worth @ best) >= good:
            break
    return best


def is_whole(values: Floats, columns: Sequence[int]) -> bool:
    """Whether each of these columns has a whole number."""
    chosen = values[np.asarray(columns, dtype=np.int64)]
    return bool((np.abs(chosen - np.round(chosen)) < NEARLY).all())


def _noisy_dives(program: Program, columns: Sequence[int], until: float, seed: int) -> Iterator[Floats]:
    """More whole answers, two at a time, while there is time for one more."""
    chance = random.Random(seed)  # noqa: S311 (no secret hangs on it)

    def one_more(noise: list[float]) -> Solved | None:
        left = until - time.monotonic()
        worth = list(program.worth)
        for column, points in zip(columns, noise, strict=True):
            worth[column] += points
        return dive(Solver(replace(program, worth=worth)), columns, left, left) if left > 0 else None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(0, DIVES, AT_ONCE):
            if time.monotonic() > until:
                return
            noises = [[NOISE * chance.random() for _ in columns] for _ in range(AT_ONCE)]
            for found in pool.map(one_more, noises):
                if found is not None and found.values is not None and is_whole(found.values, columns):
                    yield found.values


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
