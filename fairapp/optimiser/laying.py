"""From the counts of a program to real places: who goes into which run, and on which modules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from fairapp.optimiser.floor import FREE, Floor
from fairapp.optimiser.program import Floats
from fairapp.optimiser.rebuilding import Run, RunProgram


@dataclass(slots=True)
class Filling:
    """Who goes into a run: those at its corners, and the others."""

    cornered: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)


def lay_out_pavilions(floor: Floor, made: RunProgram, values: Floats) -> list[Run]:
    """Put the chosen pavilions side by side into their blocks; the runs that are left, in the same order."""
    left = list(made.runs)
    for (which, place), column in made.built.items():
        if values[column] < 0.5:
            continue
        block, columns = made.blocks[place], floor.tables.pavilions[which].columns
        one, other = left[block.one], left[block.other]
        start = one.start if block.from_start else one.end - columns
        floor.put_pavilion(which, one.row, start)
        for number, run in ((block.one, one), (block.other, other)):
            if block.from_start:
                left[number] = Run(run.row, run.start + columns, run.end, False, run.last)
            else:
                left[number] = Run(run.row, run.start, run.end - columns, run.first, False)
    return left


def fillings(made: RunProgram, values: Floats, before: Mapping[int, int]) -> list[Filling]:
    """Who goes where by these values: bonuses first, then each type's others into the pools of its class.

    ``before`` tells who stood in which run: alike ones stay where they were, which keeps most of an order
    without clashes.
    """
    found = [Filling() for _ in made.runs]
    taken: set[int] = set()
    for columns, cornered in ((made.liked_cornered, True), (made.liked, False)):
        for (who, number), column in columns.items():
            if values[column] > 0.5 and who not in taken:
                taken.add(who)
                (found[number].cornered if cornered else found[number].others).append(who)
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    for who, column in made.chosen.items():
        if values[column] > 0.5 and who not in taken:
            waiting[made.tables.type_of[who]].append(who)
    pools: defaultdict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for columns, cornered in ((made.of_type_cornered, True), (made.of_type, False)):
        for (kind, alike), column in columns.items():
            for _ in range(min(round(values[column]), len(waiting[kind]))):
                who = waiting[kind].pop()
                pools[alike, made.tables.applicants[who].size, cornered].append(who)
    wanted: dict[tuple[int, int, bool], int] = {}
    for columns, cornered in ((made.cornered, True), (made.plain, False)):
        for (number, size), column in columns.items():
            pool = pools[made.tables.class_of[made.runs[number].row], size, cornered]
            asked = min(round(values[column]), len(pool))
            stay = [who for who in pool if before.get(who) == number][:asked]
            wanted[number, size, cornered] = asked - len(stay)
            for who in stay:
                pool.remove(who)
                (found[number].cornered if cornered else found[number].others).append(who)
    for (number, size, cornered), asked in wanted.items():
        pool = pools[made.tables.class_of[made.runs[number].row], size, cornered]
        for _ in range(min(asked, len(pool))):
            (found[number].cornered if cornered else found[number].others).append(pool.pop())
    return found


def lay_out(floor: Floor, run: Run, filling: Filling) -> list[int]:
    """Put them into the run, corners at its open ends; who did not fit after all is returned."""
    sizes = floor.tables.applicants
    start, end, left = run.start, run.end, []
    cornered = list(filling.cornered)
    if cornered and run.first:
        who = cornered.pop(0)
        if sizes[who].size <= end - start:
            floor.put(who, run.row, start)
            start += sizes[who].size
        else:
            left.append(who)
    if cornered and run.last:
        who = cornered.pop(0)
        if sizes[who].size <= end - start:
            end -= sizes[who].size
            floor.put(who, run.row, end)
        else:
            left.append(who)
    for who in [*cornered, *filling.others]:
        if sizes[who].size <= end - start:
            floor.put(who, run.row, start)
            start += sizes[who].size
        else:
            left.append(who)
    return left


def movable(floor: Floor, row: int) -> list[int]:
    """Who stands in a row and is not pinned there."""
    here = dict.fromkeys(holder for holder in floor.modules[row] if holder > FREE)
    return [who for who in here if floor.tables.applicants[who].pinned is None]
