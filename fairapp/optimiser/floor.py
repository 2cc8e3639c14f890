"""Who stands on which module at the moment, and what a stand is or would be worth there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fairapp.optimiser.model import Placement, Plan
from fairapp.optimiser.tables import Tables

FREE, SHUT = -1, -2  # SHUT: blocked, or a pavilion stands there


class Floor:
    """A plan that is being made: modules by row, the place of every applicant and pavilion (-1: none)."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.weights = tables.instance.weights
        self.side, self.facing = self.weights.clash_side, self.weights.clash_facing
        self.modules = [[FREE] * row.modules for row in tables.rows]
        for row, cells in zip(tables.rows, self.modules, strict=True):
            for module in row.blocked:
                if module < row.modules:
                    cells[module] = SHUT
        self.row_at = [-1] * len(tables.applicants)
        self.start_at = [-1] * len(tables.applicants)
        self.pavilions: dict[int, tuple[int, int]] = {}
        self.journal: dict[
            int, tuple[int, int]
        ] = {}  # where everybody stood who was moved since it was cleared

    def put(self, who: int, row: int, start: int) -> None:
        """Give a free place to an applicant who has none."""
        size = self.tables.applicants[who].size
        self.journal.setdefault(who, (self.row_at[who], self.start_at[who]))
        self.modules[row][start : start + size] = [who] * size
        self.row_at[who], self.start_at[who] = row, start

    def take(self, who: int) -> None:
        """Take an applicant's place away."""
        size, row, start = self.tables.applicants[who].size, self.row_at[who], self.start_at[who]
        self.journal.setdefault(who, (row, start))
        self.modules[row][start : start + size] = [FREE] * size
        self.row_at[who] = self.start_at[who] = -1

    def put_pavilion(self, number: int, row: int, start: int) -> None:
        """Give a free block of two rows to a pavilion."""
        columns = self.tables.pavilions[number].columns
        for each in (row, self.tables.back[row]):
            self.modules[each][start : start + columns] = [SHUT] * columns
        self.pavilions[number] = (row, start)

    def take_pavilion(self, number: int) -> None:
        """Take a pavilion's block away."""
        row, start = self.pavilions.pop(number)
        columns = self.tables.pavilions[number].columns
        for each in (row, self.tables.back[row]):
            self.modules[each][start : start + columns] = [FREE] * columns

    def places(self, who: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Where these stand now."""
        return {one: (self.row_at[one], self.start_at[one]) for one in who}

    def move_all(self, places: Mapping[int, tuple[int, int]]) -> None:
        """Give these applicants these places, all at once."""
        for who in places:
            if self.row_at[who] >= 0:
                self.take(who)
        for who, (row, start) in places.items():
            if row >= 0:
                self.put(who, row, start)

    def value(self, who: Iterable[int]) -> float:
        """What these give, less the clashes that any of them is in."""
        among, total = set(who), 0.0
        for one in among:
            row, start = self.row_at[one], self.start_at[one]
            if row < 0:
                continue
            total += self.worth(one, row, start)
            if self.tables.clusters[one] >= 0:
                beside, facing = self.rivals(one, row, start)
                for others, cost in ((beside, self.side), (facing, self.facing)):
                    total -= cost * sum(0.5 if other in among else 1.0 for other in others)
        return total

    def put_pinned(self) -> None:
        """Put everybody who is pinned where they are promised to stand."""
        number = {row.id: place for place, row in enumerate(self.tables.rows)}
        for who, one in enumerate(self.tables.applicants):
            if one.pinned is not None:
                self.put(who, number[one.pinned.row], one.pinned.start)
        for which, pavilion in enumerate(self.tables.pavilions):
            if pavilion.pinned is not None:
                self.put_pavilion(which, number[pavilion.pinned.row], pavilion.pinned.start)

    def runs(self, row: int) -> Iterator[tuple[int, int]]:
        """Each free run of modules: where it starts, and where it ends (excluded)."""
        cells, begun = self.modules[row], -1
        for module, holder in enumerate(cells):
            if holder == FREE:
                if begun < 0:
                    begun = module
            elif begun >= 0:
                yield begun, module
                begun = -1
        if begun >= 0:
            yield begun, len(cells)

    def worth(self, who: int, row: int, start: int) -> float:
        """What the stand gives there, clashes aside; minus infinity where it may not stand."""
        tables = self.tables
        base = tables.worth[tables.type_of[who]][tables.class_of[row]]
        if base is None:
            return float("-inf")
        one = tables.applicants[who]
        value = one.size * one.priority + base + tables.bonus[who].get(row, 0.0)
        if one.wants_corner and self.is_corner(row, start, one.size):
            value += tables.corner
        return value

    def is_corner(self, row: int, start: int, size: int) -> bool:
        """Whether these modules have an open end of the row."""
        kept = self.tables.rows[row]
        return (start == 0 and kept.corners[0]) or (start + size == kept.modules and kept.corners[1])

    def rivals(self, who: int, row: int, start: int) -> tuple[set[int], set[int]]:
        """Competitors of ``who`` beside these modules, and facing them."""
        tables = self.tables
        clusters, cluster = tables.clusters, tables.clusters[who]
        beside: set[int] = set()
        facing: set[int] = set()
        if cluster < 0:
            return beside, facing
        cells, end = self.modules[row], start + tables.applicants[who].size
        if start and (other := cells[start - 1]) >= 0 and clusters[other] == cluster and other != who:
            beside.add(other)
        if end < len(cells) and (other := cells[end]) >= 0 and clusters[other] == cluster and other != who:
            beside.add(other)
        if (across := tables.across[row]) >= 0:
            offset = tables.rows[row].facing_offset
            for other in self.modules[across][max(0, start + offset) : max(0, end + offset)]:
                if other >= 0 and other != who and clusters[other] == cluster:
                    facing.add(other)
        return beside, facing

    def clash(self, who: int, row: int, start: int) -> float:
        """What the clashes of ``who`` on these modules cost."""
        if self.tables.clusters[who] < 0:
            return 0.0
        beside, facing = self.rivals(who, row, start)
        return len(beside) * self.side + len(facing) * self.facing

    def fear_clashes(self, times: float) -> None:
        """Let clashes weigh so many times what they cost: for the search, never for the objective."""
        self.side, self.facing = times * self.weights.clash_side, times * self.weights.clash_facing

    def objective(self) -> float:
        """What the plan is worth now."""
        total = 0.0
        for who, row in enumerate(self.row_at):
            if row >= 0:
                start = self.start_at[who]
                beside, facing = self.rivals(who, row, start)
                cost = len(beside) * self.weights.clash_side + len(facing) * self.weights.clash_facing
                total += self.worth(who, row, start) - cost / 2
        return total + sum(self.pavilion_worth(which, row) for which, (row, _) in self.pavilions.items())

    def points(self) -> float:
        """What the plan is worth now, clashes aside."""
        stands = sum(
            self.worth(who, row, self.start_at[who]) for who, row in enumerate(self.row_at) if row >= 0
        )
        return stands + sum(self.pavilion_worth(which, row) for which, (row, _) in self.pavilions.items())

    def pavilion_worth(self, which: int, row: int) -> float:
        """What a pavilion gives in a row and the one behind it."""
        pavilion, band, rows = self.tables.pavilions[which], self.weights.band, self.tables.rows
        both = band[rows[row].price_band] + band[rows[self.tables.back[row]].price_band]
        return pavilion.columns * (2 * pavilion.priority + both)

    def plan(self) -> Plan:
        """The plan with the instance's own names."""
        tables = self.tables
        return Plan(
            {
                tables.applicants[who].id: Placement(tables.rows[row].id, self.start_at[who])
                for who, row in enumerate(self.row_at)
                if row >= 0
            },
            {
                tables.pavilions[which].id: Placement(tables.rows[row].id, start)
                for which, (row, start) in sorted(self.pavilions.items())
            },
        )
