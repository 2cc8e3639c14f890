"""The first whole plan: the linear program's answer taken class by class into real runs."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from fairapp.optimiser.bounding import ClassProgram
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.laying import Filling, lay_out
from fairapp.optimiser.program import Floats
from fairapp.optimiser.rebuilding import Run, free_runs


@dataclass(slots=True)
class Packing:
    """Free runs that are being filled: what is left of their modules and corners."""

    floor: Floor
    runs: list[Run]
    fillings: list[Filling] = field(default_factory=list)
    room: list[int] = field(default_factory=list)
    corners: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Everything is free."""
        self.fillings = [Filling() for _ in self.runs]
        self.room = [run.end - run.start for run in self.runs]
        self.corners = [run.corners for run in self.runs]

    def into(self, who: int, numbers: list[int], *, cornered: bool) -> bool:
        """Put ``who`` into the tightest of these runs that still has room; False when none has."""
        size = self.floor.tables.applicants[who].size
        fitting = [
            number
            for number in numbers
            if self.room[number] >= size and (self.corners[number] or not cornered)
        ]
        if not fitting:
            return False
        number = min(fitting, key=lambda number: self.room[number])
        self.room[number] -= size
        if cornered:
            self.corners[number] -= 1
            self.fillings[number].cornered.append(who)
        else:
            self.fillings[number].others.append(who)
        return True


def fill(floor: Floor, made: ClassProgram, values: Floats) -> None:
    """Put whoever the program places whole; what it split and what does not fit in one row stays out."""
    tables = floor.tables
    packing = Packing(floor, free_runs(floor, range(len(tables.rows))))
    in_row, in_class = defaultdict(list), defaultdict(list)
    for number, run in enumerate(packing.runs):
        in_row[run.row].append(number)
        in_class[tables.class_of[run.row]].append(number)
    taken: set[int] = set()
    for columns, cornered in ((made.wished_corner, True), (made.wished, False)):
        for (who, row), column in columns.items():
            if (
                values[column] > 0.5
                and who not in taken
                and packing.into(who, in_row[row], cornered=cornered)
            ):
                taken.add(who)
    placed = _by_class(made, values, taken)
    for cornered in (True, False):
        for (alike, at_corner), members in sorted(placed.items()):
            if at_corner == cornered:
                members.sort(key=lambda who: (-tables.applicants[who].size, who))
                for who in members:
                    packing.into(who, in_class[alike], cornered=cornered)
    for run, filling in zip(packing.runs, packing.fillings, strict=True):
        lay_out(floor, run, filling)


def _by_class(
    made: ClassProgram, values: Floats, taken: set[int]
) -> defaultdict[tuple[int, bool], list[int]]:
    """Who goes into which class, at a corner or not: of each type those with most points."""
    tables = made.tables
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    for who, column in made.chosen.items():
        if who not in taken and values[column] > 0.5:
            waiting[tables.type_of[who]].append(who)
    placed: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
    for columns, cornered in ((made.cornered, True), (made.stands, False)):
        for (kind, alike), column in columns.items():
            for _ in range(min(math.floor(values[column] + 1e-6), len(waiting[kind]))):
                placed[alike, cornered].append(waiting[kind].pop())
    return placed
