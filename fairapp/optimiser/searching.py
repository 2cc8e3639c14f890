"""The search: some rows are planned anew, others meanwhile, and whatever comes out better is kept."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from fairapp.optimiser.floor import FREE, Floor
from fairapp.optimiser.laying import Filling, fillings, lay_out, lay_out_pavilions, movable
from fairapp.optimiser.polishing import Polisher, tangled
from fairapp.optimiser.pricing import Prices
from fairapp.optimiser.program import Solved
from fairapp.optimiser.rebuilding import Run, RunProgram, free_runs, run_program

BETTER = 1e-6
WAITING_PER_TYPE = 4
PAVILIONS_TRIED = 4
GAP = 1e-4
TRIES = 24
SHAKEN = 1_500  # steps


@dataclass(frozen=True, slots=True)
class Task:
    """Rows to be planned anew: whom else it may take, and the program."""

    rows: list[int]
    others: list[int]
    pavilions: list[int]
    made: RunProgram
    start: dict[int, float]
    built: dict[int, tuple[int, int]]

    def solve(self, seconds: float) -> Solved:
        """The exact answer, or the best within the time; touches nothing."""
        return self.made.program.solve(seconds, gap=GAP, start=self.start)


@dataclass(slots=True)
class Search:
    """A floor that gets better step by step."""

    floor: Floor
    prices: Prices
    polisher: Polisher
    chance: random.Random
    noise: float = 0.0  # points: with it, answers that are nearly as good, but differ, are tried for clashes
    blocks: dict[int, tuple[int, int]] = field(default_factory=dict)

    def task(self, rows: list[int], busy: list[Task], *, pavilions: bool) -> Task:
        """The task of planning these rows anew, apart from what others hold; the floor stays as it is."""
        floor, tables = self.floor, self.floor.tables
        if pavilions:
            pairs = (each for row in rows for each in (row, tables.back[row]) if each >= 0)
            rows = list(dict.fromkeys(pairs))
        held = {row for task in busy for row in task.rows}
        rows = [row for row in rows if row not in held]
        blocks = self._pavilions_in(rows, busy) if pavilions else []
        here = [who for row in rows for who in movable(floor, row)]
        others = self._waiting(rows, {who for task in busy for who in task.others})
        self._begin()
        kept = floor.places(here)
        self._empty(here, blocks)
        made = run_program(floor, free_runs(floor, rows), here + others, blocks)
        if self.noise:
            made.program.worth = [
                worth and worth + self.noise * self.chance.random() for worth in made.program.worth
            ]
        self._put_blocks(self.blocks)
        floor.move_all(kept)
        start = {} if blocks else counts_now(floor, made)
        return Task(rows, others, blocks, made, start, self.blocks)

    def finish(self, task: Task, found: Solved, busy: list[Task]) -> float:
        """Put the answer onto the floor and free it from clashes; what it won, undone if nothing."""
        floor = self.floor
        if found.values is None or _built_anew(floor, task):
            return 0.0
        self._begin()
        here = [who for row in task.rows for who in movable(floor, row)]
        kept, inside = floor.places(here), set(here)
        gone = {who for who in task.others if floor.row_at[who] >= 0 and who not in inside}
        self._empty(here, task.pavilions)
        filled = fillings(task.made, found.values, _runs_of(task.made.runs, kept))
        runs = lay_out_pavilions(floor, task.made, found.values)
        new: list[int] = []
        for run, filling in zip(runs, filled, strict=True):
            filling.cornered = [who for who in filling.cornered if who not in gone]
            filling.others = [who for who in filling.others if who not in gone]
            _in_old_order(run, filling, kept)
            lay_out(floor, run, filling)
            new += filling.cornered + filling.others
        self.polisher.frozen = {row for other in busy for row in other.rows}
        if self.noise:
            self.polisher.anneal(new, SHAKEN)
        for _ in range(3):
            if not self.polisher.untangle(new, TRIES):
                break
        for who in new:
            self._shake(who, SHAKEN // 5)
        return self.settle()

    def untangle(self, busy: list[Task], steps: int, until: float) -> float:
        """Shake those who clash one after another; what it won."""
        won = 0.0
        self._begin()
        self.polisher.frozen = {row for other in busy for row in other.rows}
        for who in tangled(self.floor):
            if time.monotonic() > until:
                break
            won += self._shake(who, steps)
        return won

    def _shake(self, who: int, steps: int) -> float:
        """Anneal the row of somebody who clashes and the one across; undone unless it won something."""
        floor = self.floor
        row = floor.row_at[who]
        if row < 0 or floor.clash(who, row, floor.start_at[who]) <= 0 or row in self.polisher.frozen:
            return 0.0
        earlier, blocks = dict(floor.journal), self.blocks
        self._begin()
        across = floor.tables.across[row]
        hot = movable(floor, row) + (movable(floor, across) if across >= 0 else [])
        self.polisher.anneal(hot, steps)
        self.polisher.untangle(hot, TRIES)
        changed = dict(floor.journal)
        won = self.settle()
        floor.journal = changed | earlier if won else earlier
        self.blocks = blocks
        return won

    def settle(self) -> float:
        """Keep what has changed since the beginning if it won something; else put everybody back."""
        floor = self.floor
        old, blocks = dict(floor.journal), dict(floor.pavilions)
        new = floor.places(old)
        nowhere = dict.fromkeys(old, (-1, -1))
        after = floor.value(old) + self._built()
        floor.move_all(nowhere)
        self._put_blocks(self.blocks)
        floor.move_all(old)
        won = after - floor.value(old) - self._built()
        if won <= BETTER:
            return 0.0
        floor.move_all(nowhere)
        self._put_blocks(blocks)
        floor.move_all(new)
        return won

    def _begin(self) -> None:
        self.floor.journal.clear()
        self.blocks = dict(self.floor.pavilions)

    def _built(self) -> float:
        floor = self.floor
        return sum(floor.pavilion_worth(which, row) for which, (row, _) in floor.pavilions.items())

    def _empty(self, here: list[int], pavilions: list[int]) -> None:
        for who in here:
            if self.floor.row_at[who] >= 0:
                self.floor.take(who)
        for which in pavilions:
            if which in self.floor.pavilions:
                self.floor.take_pavilion(which)

    def _put_blocks(self, blocks: dict[int, tuple[int, int]]) -> None:
        """Make the pavilions stand like this."""
        floor = self.floor
        for which, place in list(floor.pavilions.items()):
            if blocks.get(which) != place:
                floor.take_pavilion(which)
        for which, (row, start) in blocks.items():
            if which not in floor.pavilions:
                floor.put_pavilion(which, row, start)

    def _pavilions_in(self, rows: list[int], busy: list[Task]) -> list[int]:
        """The pavilions of these rows that may move, and some that are not built."""
        floor, inside = self.floor, set(rows)
        taken = {which for task in busy for which in task.pavilions}
        found = [
            which
            for which, (row, _) in floor.pavilions.items()
            if row in inside and floor.tables.pavilions[which].pinned is None
        ]
        out = [
            which
            for which in range(len(floor.tables.pavilions))
            if which not in floor.pavilions and which not in taken
        ]
        return found + self.chance.sample(out, min(len(out), PAVILIONS_TRIED))

    def _waiting(self, rows: list[int], taken: set[int]) -> list[int]:
        """Those without a place who may be better: the first of each type, and who wishes for these rows."""
        floor, wanted = self.floor, set(rows)
        found = []
        for members in self.prices.by_points:
            some = 0
            for who in members:
                if floor.row_at[who] < 0 and who not in taken:
                    if some < WAITING_PER_TYPE or not wanted.isdisjoint(floor.tables.bonus[who]):
                        found.append(who)
                    some += 1
        return found


def _built_anew(floor: Floor, task: Task) -> bool:
    """Whether other pavilions stand in the task's rows than when it was drawn."""
    rows, back = set(task.rows), floor.tables.back
    changed = task.built.items() ^ floor.pavilions.items()
    return any(row in rows or back[row] in rows for _, (row, _) in changed)


def counts_now(floor: Floor, made: RunProgram) -> dict[int, float]:
    """The whole columns of a program as the floor is now: an answer to begin with."""
    found = dict.fromkeys(made.count.values(), 0.0)
    for number, run in enumerate(made.runs):
        for who in dict.fromkeys(floor.modules[run.row][run.start : run.end]):
            if who > FREE:
                found[made.count[number, floor.tables.applicants[who].size]] += 1
    return found


def _runs_of(runs: list[Run], kept: dict[int, tuple[int, int]]) -> dict[int, int]:
    """Who stood in which of these runs."""
    at = {
        (run.row, module): number for number, run in enumerate(runs) for module in range(run.start, run.end)
    }
    return {who: at[place] for who, place in kept.items() if place in at}


def _in_old_order(run: Run, filling: Filling, kept: dict[int, tuple[int, int]]) -> None:
    """Whoever stood in the run already keeps the order; the others follow."""

    def place(who: int) -> tuple[bool, int]:
        row, start = kept.get(who, (-1, -1))
        stayed = row == run.row and run.start <= start < run.end
        return not stayed, start

    filling.cornered.sort(key=place)
    filling.others.sort(key=place)
