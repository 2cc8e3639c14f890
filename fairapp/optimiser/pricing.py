"""What modules and corners are worth by the linear program's duals, and who falls short of their best."""

from __future__ import annotations

from collections.abc import Iterator

from fairapp.optimiser.bounding import ClassProgram
from fairapp.optimiser.floor import FREE, Floor
from fairapp.optimiser.program import Floats


class Prices:
    """Prices of the program, and each applicant's best option at these prices.

    By duality the distance between a plan and the bound is a sum of losses that are never negative: what each
    applicant's place gives less, at these prices, than their best option, and the price of what stays free.
    """

    def __init__(self, made: ClassProgram, duals: Floats) -> None:
        self.tables = tables = made.tables
        self.module = [max(0.0, float(duals[row])) for row in made.room]
        self.end = [max(0.0, float(duals[row])) for row in made.ends]
        self.row_module = {row: max(0.0, float(duals[at])) for row, at in made.row_room.items()}
        self.row_end = {row: max(0.0, float(duals[at])) for row, at in made.row_ends.items()}
        self.by_points = [
            sorted(members, key=lambda who: (-tables.applicants[who].priority, who))
            for members in tables.types
        ]
        self.by_type = [self._best_of_type(kind) for kind in range(len(tables.types))]
        self.best = [self._best(who) for who in range(len(tables.applicants))]

    def _best_of_type(self, kind: int) -> tuple[float, int]:
        """What the best class gives a type beyond its price, and which; (0, -1) when none does."""
        one = self.tables.applicants[self.tables.types[kind][0]]
        best, found = float("-inf"), -1
        for number, base in enumerate(self.tables.worth[kind]):
            if base is None:
                continue
            corner = max(0.0, self.tables.corner - self.end[number]) if one.wants_corner else 0.0
            given = base - one.size * self.module[number] + corner
            if given > best:
                best, found = given, number
        return best, found

    def _best(self, who: int) -> tuple[float, int]:
        """What an applicant's best option gives beyond its price, and the row if it is a single one."""
        tables, one = self.tables, self.tables.applicants[who]
        kind = tables.type_of[who]
        best, found = self.by_type[kind][0] + one.size * one.priority, -1
        for row, points in tables.bonus[who].items():
            base = tables.worth[kind][tables.class_of[row]]
            if base is None:
                continue
            given = one.size * one.priority + base + points - self.price(row, one.size, cornered=False)
            if one.wants_corner:
                given += max(0.0, tables.corner - self.end_price(row))
            if given > best:
                best, found = given, row
        return max(0.0, best), found

    def price(self, row: int, size: int, *, cornered: bool) -> float:
        """What a place in a row costs at these prices."""
        number = self.tables.class_of[row]
        return size * (self.module[number] + self.row_module.get(row, 0.0)) + (
            self.end_price(row) if cornered else 0.0
        )

    def end_price(self, row: int) -> float:
        """What an open end of a row costs."""
        return self.end[self.tables.class_of[row]] + self.row_end.get(row, 0.0)

    def losses(self, floor: Floor) -> Iterator[tuple[float, int, int]]:
        """What each applicant (by number) and each row (applicant -1) loses, where it is something."""
        tables = self.tables
        for who, (best, _) in enumerate(self.best):
            row = floor.row_at[who]
            if row < 0:
                if best > 1e-6:
                    yield best, who, -1
                continue
            one, start = tables.applicants[who], floor.start_at[who]
            if one.pinned is None:
                cornered = one.wants_corner and floor.is_corner(row, start, one.size)
                given = floor.worth(who, row, start) - self.price(row, one.size, cornered=cornered)
                loss = best - given + floor.clash(who, row, start) / 2
                if loss > 1e-6:
                    yield loss, who, row
        for row, cells in enumerate(floor.modules):
            if unused := cells.count(FREE):
                loss = unused * self.price(row, 1, cornered=False)
                if loss > 1e-6:
                    yield loss, -1, row
