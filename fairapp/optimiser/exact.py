"""A small fair planned exactly, clashes and all: one column per stand and place.

Where a few applicants meet a few modules, all places can be written down: a column for each place of each
stand and each pavilion, a row for each module, and for each pair of competitors a column that has to be 1 as
soon as the two stand side by side or face each other. Its optimum is the optimum.
"""

from __future__ import annotations

from collections import defaultdict

from fairapp.optimiser.floor import FREE, Floor
from fairapp.optimiser.program import Program

MOST_PLACES = 400

Place = tuple[int, int, int]  # who, row, start


def places_of(floor: Floor, most: int = MOST_PLACES) -> list[Place] | None:
    """Every place that anybody who is not placed may have; None when they are more than ``most``."""
    found: list[Place] = []
    for who, at in enumerate(floor.row_at):
        if at >= 0:
            continue
        size = floor.tables.applicants[who].size
        for row in range(len(floor.modules)):
            for begin, end in floor.runs(row):
                for start in range(begin, end - size + 1):
                    if floor.worth(who, row, start) > float("-inf"):
                        found.append((who, row, start))
        if len(found) > most:
            return None
    return found


class Exact:
    """The program of a floor on which only the pinned stand."""

    def __init__(self, floor: Floor, places: list[Place]) -> None:
        self.floor, self.program = floor, Program()
        self.columns: dict[Place, int] = {}
        self.blocks: dict[tuple[int, int, int], int] = {}
        self.cell: dict[tuple[int, int], int] = {}
        self.begins: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
        self.ends: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
        self.covers: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
        for row, cells in enumerate(floor.modules):
            for module, holder in enumerate(cells):
                if holder == FREE:
                    self.cell[row, module] = self.program.row(1.0)
        self._stands(places)
        self._pinned()
        self._pavilions()
        self._clashes()

    def run(self, seconds: float) -> bool:
        """Plan the floor; False when the time did not do for a proof, and the floor is as it was."""
        found = self.program.solve(seconds, gap=1e-9)
        if found.values is None or not found.is_proved:
            return False
        for (which, row, start), column in self.blocks.items():
            if found.values[column] > 0.5:
                self.floor.put_pavilion(which, row, start)
        for (who, row, start), column in self.columns.items():
            if found.values[column] > 0.5 and self.floor.row_at[who] < 0:
                self.floor.put(who, row, start)
        return True

    def _stands(self, places: list[Place]) -> None:
        once: dict[int, int] = {}
        for who, row, start in places:
            if who not in once:
                once[who] = self.program.row(1.0)
            cells = [(self.cell[row, start + n], 1.0) for n in range(self.floor.tables.applicants[who].size)]
            worth = self.floor.worth(who, row, start)
            column = self.program.column(worth, 1.0, (once[who], 1.0), *cells, whole=True)
            self._note(who, row, start, column)

    def _pinned(self) -> None:
        """Whoever is pinned has one place and may clash there."""
        for who, row in enumerate(self.floor.row_at):
            if row >= 0:
                column = self.program.column(0.0, 1.0, lowest=1.0)
                self._note(who, row, self.floor.start_at[who], column)

    def _note(self, who: int, row: int, start: int, column: int) -> None:
        size = self.floor.tables.applicants[who].size
        self.columns[who, row, start] = column
        self.begins[who, row, start].append(column)
        self.ends[who, row, start + size].append(column)
        for module in range(start, start + size):
            self.covers[who, row, module].append(column)

    def _pavilions(self) -> None:
        tables = self.floor.tables
        for which, pavilion in enumerate(tables.pavilions):
            if which in self.floor.pavilions:
                continue
            once = self.program.row(1.0)
            for row, back in enumerate(tables.back):
                if back <= row:
                    continue
                for start in range(min(tables.rows[row].modules, tables.rows[back].modules)):
                    cells = [(side, start + n) for side in (row, back) for n in range(pavilion.columns)]
                    if all(cell in self.cell for cell in cells):
                        entries = [(once, 1.0), *((self.cell[cell], 1.0) for cell in cells)]
                        worth = self.floor.pavilion_worth(which, row)
                        self.blocks[which, row, start] = self.program.column(worth, 1.0, *entries, whole=True)

    def _clashes(self) -> None:
        floor, clusters = self.floor, self.floor.tables.clusters
        rivals: defaultdict[int, list[int]] = defaultdict(list)
        for who in {place[0] for place in self.columns}:
            if clusters[who] >= 0:
                rivals[clusters[who]].append(who)
        for members in rivals.values():
            for one in sorted(members):
                for other in sorted(members):
                    if one < other:
                        self._beside(one, other)
                    if one != other and floor.weights.clash_facing > 0:
                        self._facing(one, other)

    def _beside(self, one: int, other: int) -> None:
        """One column for the pair, at least 1 wherever one ends and the other begins."""
        pair = None
        for first, second in ((one, other), (other, one)):
            for (who, row, module), ended in list(self.ends.items()):
                begun = self.begins.get((second, row, module)) if who == first else None
                if begun:
                    pair = self._cost(self.floor.weights.clash_side) if pair is None else pair
                    self._together(pair, ended, begun)

    def _facing(self, one: int, other: int) -> None:
        """One column for the pair, at least 1 wherever a module of one faces a module of the other."""
        tables, pair = self.floor.tables, None
        for (who, row, module), covered in list(self.covers.items()):
            across = tables.across[row]
            if who != one or across <= row:
                continue
            facing = self.covers.get((other, across, module + tables.rows[row].facing_offset))
            if facing:
                pair = self._cost(self.floor.weights.clash_facing) if pair is None else pair
                self._together(pair, covered, facing)

    def _cost(self, points: float) -> int:
        return self.program.column(-points, 1.0)

    def _together(self, pair: int, ones: list[int], others: list[int]) -> None:
        row = self.program.row(1.0)
        self.program.enter(row, pair, -1.0)
        for column in [*ones, *others]:
            self.program.enter(row, column, 1.0)
