"""The first whole plan: the linear program's answer made whole by class, then put into real runs.

How many stands of each size a class takes is made whole by diving; who goes where is then whole nearly by
itself. Classes have no rows in common, so each is unpacked exactly, by itself, for whomever it was given and
whoever is left over.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from fairapp.optimiser.bounding import ClassProgram
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.laying import fillings, lay_out
from fairapp.optimiser.narrowing import solve_core
from fairapp.optimiser.program import Floats, Solved
from fairapp.optimiser.rebuilding import RunProgram, free_runs, run_program

AT_ONCE = 2
GAP = 1e-4
MOST_AT_ONCE = 1_000  # counts that are to be whole: so many are found for all rows at once
LEFT_PER_TYPE = 1
PARTS, LEAST = 8, 0.2  # one class may take such a part of the time there is, and at least so many seconds


def filled_at_once(floor: Floor, seconds: float) -> bool:
    """Fill all rows by one program; False when they are too many, or when the time did not do."""
    runs = free_runs(floor, range(len(floor.modules)))
    made = run_program(floor, runs, [who for who, row in enumerate(floor.row_at) if row < 0])
    whole = made.program.whole
    if len(whole) > MOST_AT_ONCE:
        return False
    until = time.monotonic() + seconds
    made.program.whole = []
    relaxed = made.program.solve(seconds)
    made.program.whole = whole
    found = solve_core(made.program, relaxed, until - time.monotonic(), gap=GAP)
    if found.values is None:
        return False
    for run, filling in zip(runs, fillings(made, found.values, {}), strict=True):
        lay_out(floor, run, filling)
    return True


def count_by_class(made: ClassProgram) -> None:
    """Add the columns that count stands by class and size; they are what is made whole."""
    tables, program = made.tables, made.program
    room = [program.row(program.row_highest[row]) for row in made.room]
    counted: dict[tuple[int, int], int] = {}

    def enter(number: int, size: int, column: int) -> None:
        if (number, size) not in counted:
            counted[number, size] = balance = program.row(0.0, 0.0)
            most = program.row_highest[room[number]] // size
            made.counts[number, size] = program.column(0.0, most, (balance, -1.0), (room[number], size))
        program.enter(counted[number, size], column, 1.0)

    for columns in (made.stands, made.cornered):
        for (kind, number), column in columns.items():
            enter(number, tables.applicants[tables.types[kind][0]].size, column)
    for columns in (made.wished, made.wished_corner):
        for (who, row), column in columns.items():
            enter(tables.class_of[row], tables.applicants[who].size, column)


@dataclass(frozen=True, slots=True)
class Job:
    """One class to be unpacked: whom it may take, the program, and an answer to begin with."""

    candidates: frozenset[int]
    made: RunProgram
    start: dict[int, float]

    def solve(self, seconds: float) -> Solved:
        """The exact answer, or the best within the time; touches nothing."""
        return self.made.program.solve(seconds, gap=GAP, start=self.start)


@dataclass(slots=True)
class Unpacking:
    """A floor that is filled class by class."""

    floor: Floor
    given: dict[int, list[int]]
    """By class, who was given to it."""
    until: float
    spoken_for: set[int] = field(default_factory=set)

    def run(self) -> None:
        """Unpack every class, the largest first; what the time does not do for stays empty."""
        running: deque[tuple[Job, Future[Solved]]] = deque()
        longest = max(LEAST, (self.until - time.monotonic()) / PARTS)
        self.spoken_for = {who for members in self.given.values() for who in members}
        classes = sorted(self.given, key=lambda number: -len(self.given[number]))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while classes or running:
                if time.monotonic() > self.until:
                    classes.clear()
                while classes and len(running) <= AT_ONCE:
                    job = self._job(classes.pop(0))
                    seconds = min(longest, self.until - time.monotonic())
                    running.append((job, pool.submit(job.solve, max(seconds, 0.0))))
                if not running:
                    break
                job, answer = running.popleft()
                self._take(job, answer.result())

    def _job(self, number: int) -> Job:
        runs = free_runs(self.floor, self.floor.tables.classes[number])
        candidates = [*self.given[number], *self._left(number)]
        self.spoken_for.update(candidates)
        made = run_program(self.floor, runs, candidates)
        sizes = [self.floor.tables.applicants[who].size for who in self.given[number]]
        return Job(frozenset(candidates), made, packed(made, sizes))

    def _left(self, number: int) -> Iterator[int]:
        """Who was given to no class: the first of each type that may stand here, and who wishes for a row."""
        tables, rows = self.floor.tables, set(self.floor.tables.classes[number])
        for kind, members in enumerate(tables.types):
            if tables.worth[kind][number] is None:
                continue
            some = 0
            for who in sorted(members, key=lambda who: (-tables.applicants[who].priority, who)):
                if who in self.spoken_for or self.floor.row_at[who] >= 0:
                    continue
                if some < LEFT_PER_TYPE or not rows.isdisjoint(tables.bonus[who]):
                    yield who
                some += 1

    def _take(self, job: Job, found: Solved) -> None:
        if found.values is not None:
            for run, filling in zip(job.made.runs, fillings(job.made, found.values, {}), strict=True):
                lay_out(self.floor, run, filling)
        self.spoken_for -= {who for who in job.candidates if self.floor.row_at[who] < 0}


def given_by_class(made: ClassProgram, values: Floats) -> dict[int, list[int]]:
    """Who goes into which class: those in their wished rows, then of each type those with most points."""
    tables = made.tables
    given: defaultdict[int, list[int]] = defaultdict(list)
    taken: set[int] = set()
    for wished in (made.wished_corner, made.wished):
        for (who, row), column in wished.items():
            if values[column] > 0.5 and who not in taken:
                taken.add(who)
                given[tables.class_of[row]].append(who)
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    for who, column in made.chosen.items():
        if who not in taken and values[column] > 0.5:
            waiting[tables.type_of[who]].append(who)
    for stands in (made.cornered, made.stands):
        for (kind, number), column in stands.items():
            for _ in range(min(round(values[column]), len(waiting[kind]))):
                given[number].append(waiting[kind].pop())
    return {number: given[number] for number, room in enumerate(made.room) if made.program.row_highest[room]}


def packed(made: RunProgram, sizes: Iterable[int]) -> dict[int, float]:
    """The whole columns when stands of these sizes go into the tightest runs, the large ones first."""
    counts = dict.fromkeys(made.count.values(), 0.0)
    room = [run.end - run.start for run in made.runs]
    for size in sorted(sizes, reverse=True):
        fitting = [number for number, left in enumerate(room) if left >= size]
        if fitting:
            number = min(fitting, key=lambda number: room[number])
            room[number] -= size
            counts[made.count[number, size]] += 1
    return counts
