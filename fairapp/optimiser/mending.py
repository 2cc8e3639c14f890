"""A plan mended at once: whoever waits moves into the gap, and at most two others move over for them.

Everything is weighed exactly on the floor as it is. What makes it quick: which moves are worth a look is told
for all applicants at once by arrays (what they would gain in the gap, and what the best of the waiting list
would give in the place they leave), so that only some dozens are tried out.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from fairapp.optimiser.floor import FREE, Floor
from fairapp.optimiser.model import Instance, Placement, Plan
from fairapp.optimiser.tables import Tables, tables_of

NOT_HERE = -1e12  # points: instead of minus infinity, which arrays cannot subtract
LONGEST_SEARCHED = 5  # modules: longer gaps are filled from one end on
PER_SLOT = 5  # of the waiting list, besides those who wish for the row
FIRST_MOVES, SECOND_MOVES, CHAINS = 20, 6, 6
FIRST = 1e6  # points: more than any plan of a row can win or lose
BETTER = 1e-6

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """The answer to one withdrawal, or to another change of the day (``kind``)."""

    subject: str
    changes: dict[str, Placement]
    seconds: float
    kind: str = "withdrawn"


class Mender:
    """A plan and the waiting list, kept ready; each step answers in milliseconds."""

    def __init__(self, instance: Instance, plan: Plan, seconds: float = 0.025) -> None:
        """``seconds`` is how long a step goes on looking for something better than it has."""
        self.seconds = seconds
        self._begin(instance, plan)

    def _begin(self, instance: Instance, plan: Plan) -> None:
        """Number everything and lay the arrays out."""
        self.tables = tables = tables_of(instance)
        self.floor = floor_of(tables, plan)
        self.numbers = {one.id: who for who, one in enumerate(tables.applicants)}
        self.gone: set[int] = set()
        self.first = -1  # who of the waiting list comes before all others, if anybody
        self.size = np.array([one.size for one in tables.applicants])
        self.points = np.array([one.size * one.priority for one in tables.applicants])
        self.kind = np.array(tables.type_of)
        self.wants_corner = np.array([one.wants_corner for one in tables.applicants])
        self.is_pinned = np.array([one.pinned is not None for one in tables.applicants], dtype=bool)
        self.row_class = np.array(tables.class_of)
        worth = [[NOT_HERE if base is None else base for base in bases] for bases in tables.worth]
        self.given = np.array(worth)
        self.fans: defaultdict[int, list[int]] = defaultdict(list)
        for who, bonus in enumerate(tables.bonus):
            for row in bonus:
                self.fans[row].append(who)
        self.best_waiting: dict[tuple[int, int], list[int]] = {}
        self.row_now = np.array(self.floor.row_at)
        self.held = np.full(len(tables.applicants), NOT_HERE)
        self.by_points = [
            sorted(members, key=lambda who: (-tables.applicants[who].priority, who))
            for members in tables.types
        ]
        self.size_of_type = np.array([tables.applicants[members[0]].size for members in tables.types])
        self.first_waiting = np.full(len(tables.types), NOT_HERE)
        self._note(range(len(tables.applicants)))

    def _note(self, changed: Iterable[int]) -> None:
        """Bring the arrays in step with the floor for these applicants."""
        floor = self.floor
        for who in changed:
            row = floor.row_at[who]
            self.row_now[who] = row
            self.held[who] = NOT_HERE if row < 0 else floor.worth(who, row, floor.start_at[who])
        for kind in {self.tables.type_of[who] for who in changed}:
            first = next(self._waiting_of(kind), None)
            self.first_waiting[kind] = NOT_HERE if first is None else self.points[first]
        values = self.first_waiting[:, None] + self.given
        self.refill = np.zeros((int(self.size.max(initial=1)) + 1, len(self.tables.classes)))
        for size in range(1, len(self.refill)):
            if (alike := self.size_of_type == size).any():
                self.refill[size] = np.maximum(values[alike].max(axis=0), 0.0)
        self.best_waiting.clear()

    def _waiting_of(self, kind: int) -> Iterator[int]:
        """Who of a type waits, most points first."""
        row_at = self.floor.row_at
        return (who for who in self.by_points[kind] if row_at[who] < 0 and who not in self.gone)

    def _waiting_for(self, number: int, size: int) -> list[int]:
        """The best of the waiting list for a class and a size: two each of the best types."""
        if (number, size) not in self.best_waiting:
            alike = np.flatnonzero(self.size_of_type == size)
            values = self.first_waiting[alike] + self.given[alike, number]
            best = alike[np.argsort(-values, kind="stable")[:PER_SLOT]]
            self.best_waiting[number, size] = [
                who
                for kind in best
                if self.first_waiting[kind] + self.given[kind, number] > 0
                for who in islice(self._waiting_of(kind), 2)
            ]
        return self.best_waiting[number, size]

    def withdraw(self, applicant_id: str) -> dict[str, Placement]:
        """Take this applicant out for good; the new places of everybody who moves or comes in."""
        until = time.perf_counter() + self.seconds
        who = self.numbers[applicant_id]
        self.gone.add(who)
        row, start = self.floor.row_at[who], self.floor.start_at[who]
        if row < 0:
            return {}
        self.floor.take(who)
        self._note([who])
        return self._mended([(row, start)], until)

    def _mended(self, gaps: list[tuple[int, int]], until: float) -> dict[str, Placement]:
        """The best chain into one of the gaps; the new places of everybody who moves or comes in."""
        self.floor.journal.clear()
        best, found = BETTER, None
        for row, start, gain, chain in self._ways(gaps):
            if gain > best + BETTER:
                best, found = gain, (chain, row, start)
            if time.perf_counter() > until:
                break
        if found is not None:
            self._fill_after(*found)
        self._note(list(self.floor.journal))
        return {
            self.tables.applicants[one].id: Placement(self.tables.rows[place[0]].id, place[1])
            for one, place in self.floor.places(self.floor.journal).items()
            if place != self.floor.journal[one]
        }

    def _ways(
        self, gaps: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int, float, list[tuple[int, int, int]]]]:
        """Each gap filled as it is, and after each chain into it."""
        for row, start in gaps:
            yield row, start, self._tried([], row, start), []
            for gain, chain in self._chains(row, start):
                yield row, start, gain, chain

    def _chains(self, row: int, start: int) -> Iterator[tuple[float, list[tuple[int, int, int]]]]:
        """Moves into the gap and what each gives with all gaps filled after it: one move, then two."""
        found = []
        for who in self._movers(row, start, FIRST_MOVES):
            move = self._into_gap(who, row, start)
            if move is not None:
                found.append((self._tried([move], row, start), move))
                yield found[-1][0], [move]
        found.sort(reverse=True)
        for _, (who, new_row, new_start) in found[:CHAINS]:
            old = self.floor.row_at[who], self.floor.start_at[who]
            undo = self._make([(who, new_row, new_start)])
            seconds = [self._into_gap(other, *old) for other in self._movers(*old, SECOND_MOVES, but=who)]
            self.floor.move_all(undo)
            for move in seconds:
                if move is not None:
                    chain = [(who, new_row, new_start), move]
                    yield self._tried(chain, row, start), chain

    def _movers(self, row: int, start: int, count: int, but: int = -1) -> list[int]:
        """Who promises most by moving into the gap: their gain, and what may take the place they leave."""
        begin, end = self._gap(row, start)
        number = self.row_class[row]
        value = self.points + self.given[self.kind, number]
        for fan in self.fans[row]:
            value[fan] += self.tables.bonus[fan][row]
        corner = self.floor.is_corner(row, begin, end - begin)
        value = value + np.where(self.wants_corner & corner, self.tables.corner, 0.0)
        there = np.where(self.row_now >= 0, self.row_now, 0)
        promise = value - self.held + self.refill[self.size, self.row_class[there]]
        unfit = (self.row_now < 0) | (self.row_now == row) | self.is_pinned | (self.size > end - begin)
        promise[unfit] = NOT_HERE
        first = np.argpartition(-promise, min(count, len(promise) - 1))[:count]
        return [int(who) for who in first[np.argsort(-promise[first], kind="stable")] if promise[who] > 0]

    def _gap(self, row: int, module: int) -> tuple[int, int]:
        """The free run around a module."""
        cells = self.floor.modules[row]
        begin = end = module
        while begin > 0 and cells[begin - 1] == FREE:
            begin -= 1
        while end < len(cells) and cells[end] == FREE:
            end += 1
        return begin, end

    def _into_gap(self, who: int, row: int, module: int) -> tuple[int, int, int] | None:
        """The better end of the gap for this stand; None when it does not fit."""
        begin, end = self._gap(row, module)
        size = self.tables.applicants[who].size
        if size > end - begin:
            return None
        return max(
            ((who, row, start) for start in {begin, end - size}),
            key=lambda move: (self.floor.worth(*move) - self.floor.clash(*move), -move[2]),
        )

    def _tried(self, moves: list[tuple[int, int, int]], row: int, start: int) -> float:
        """What these moves give with every gap filled after them; all is as before afterwards."""
        journal = dict(self.floor.journal)
        self.floor.journal.clear()
        self._fill_after(moves, row, start)
        old = dict(self.floor.journal)
        after = self.floor.value(old) + (FIRST if self._is_first_seated() else 0.0)
        self.floor.move_all(old)
        gain = after - self.floor.value(old)
        self.floor.journal.clear()
        self.floor.journal.update(journal)
        return gain

    def _is_first_seated(self) -> bool:
        return self.first >= 0 and self.floor.row_at[self.first] >= 0

    def _fill_after(self, moves: list[tuple[int, int, int]], row: int, start: int) -> None:
        """Make the moves, then fill every gap they left or did not quite fill."""
        gaps = [(row, start)]
        for who, new_row, new_start in moves:
            gaps.append((self.floor.row_at[who], self.floor.start_at[who]))
            self._make([(who, new_row, new_start)])
        size = max((self.tables.applicants[who].size for who, _, _ in moves), default=0) + 4
        for gap_row, gap_start in reversed(gaps):
            cells = self.floor.modules[gap_row]
            for module in range(gap_start, min(gap_start + size, len(cells))):
                if cells[module] == FREE:
                    self._fill(gap_row, *self._gap(gap_row, module))

    def _make(self, moves: list[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
        """Make the moves; what undoes them."""
        old = self.floor.places(who for who, _, _ in moves)
        self.floor.move_all({who: (row, start) for who, row, start in moves})
        return old

    def _fill(self, row: int, begin: int, end: int) -> None:
        """Fill a free run from the waiting list in the best way found."""
        if end - begin > LONGEST_SEARCHED:
            self._fill(row, begin, begin + LONGEST_SEARCHED)
            return
        _, chosen = self._best_filling(row, begin, end)
        for who, start in chosen:
            self.floor.put(who, row, start)

    def _best_filling(self, row: int, begin: int, end: int) -> tuple[float, list[tuple[int, int]]]:
        """The best way to fill modules begin .. end-1, by what stands at their beginning."""
        if begin >= end:
            return 0.0, []
        best, chosen = self._best_filling(row, begin + 1, end)
        for size in range(1, end - begin + 1):
            first = self._best_for_slot(row, begin, size)
            if first is None:
                continue
            gain, who = first
            self.floor.put(who, row, begin)
            rest, others = self._best_filling(row, begin + size, end)
            self.floor.take(who)
            if gain + rest > best + BETTER:
                best, chosen = gain + rest, [(who, begin), *others]
        return best, chosen

    def _best_for_slot(self, row: int, start: int, size: int) -> tuple[float, int] | None:
        """Who of the waiting list gives most on these modules, clashes weighed; None when nobody does."""
        best, found = 0.0, None
        listed = self._waiting_for(int(self.row_class[row]), size)
        fans = (fan for fan in self.fans[row] if self.size[fan] == size)
        if self.first >= 0 and self.size[self.first] == size and self.floor.row_at[self.first] < 0:
            gain = self.floor.worth(self.first, row, start) - self.floor.clash(self.first, row, start)
            if gain > NOT_HERE:
                return gain + FIRST, self.first
        for who in [*listed, *fans]:
            if self.floor.row_at[who] < 0 and who not in self.gone:
                gain = self.floor.worth(who, row, start)
                if gain > best and (gain := gain - self.floor.clash(who, row, start)) > best:
                    best, found = gain, (gain, who)
        return found


def floor_of(tables: Tables, plan: Plan) -> Floor:
    """A plan as a floor."""
    floor = Floor(tables)
    rows = {row.id: number for number, row in enumerate(tables.rows)}
    for which, pavilion in enumerate(tables.pavilions):
        if (place := plan.pavilions.get(pavilion.id)) is not None:
            floor.put_pavilion(which, rows[place.row], place.start)
    for who, one in enumerate(tables.applicants):
        if (place := plan.placements.get(one.id)) is not None:
            floor.put(who, rows[place.row], place.start)
    return floor
