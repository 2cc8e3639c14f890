"""Small changes, exactly weighed: stands of one size change places, neighbours in a row their order."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Collection, Iterable, Sequence

from fairapp.optimiser.floor import FREE, Floor

LEAST = 1e-6
HOT, COLD = 8.0, 0.4  # points: what a step of the annealing may lose, at first and at last
NEVER, NEVER_LATE = float("-inf"), float("inf")
Order = list[tuple[int, int]]


class Polisher:
    """Takes clashes apart. Whoever is pinned, or stands in a frozen row, is left alone."""

    def __init__(self, floor: Floor, chance: random.Random) -> None:
        self.floor = floor
        self.chance = chance
        self.frozen: Collection[int] = ()
        tables = floor.tables
        self.is_pinned = [one.pinned is not None for one in tables.applicants]
        self.by_size: dict[int, list[int]] = {}
        for who, one in enumerate(tables.applicants):
            self.by_size.setdefault(one.size, []).append(who)

    def untangle(self, who: Iterable[int], tries: int, until: float = NEVER_LATE) -> float:
        """Try to free each of these from clashes, with so many partners of each sort; the points won."""
        won, floor = 0.0, self.floor
        for one in who:
            if time.monotonic() > until:
                break
            row = floor.row_at[one]
            if row >= 0 and floor.clash(one, row, floor.start_at[one]) > 0 and self._is_free(one):
                won += self._free(one, tries)
        return won

    def anneal(self, who: Sequence[int], steps: int) -> None:
        """Change places at random around these, losing points at first: for the caller to keep or to undo."""
        floor, chance = self.floor, self.chance
        if not who:
            return
        cooling = (COLD / HOT) ** (1 / max(steps, 1))
        heat = HOT
        for _ in range(steps):
            heat *= cooling
            one = chance.choice(who)
            if floor.row_at[one] < 0 or not self._is_free(one):
                continue
            needed = heat * math.log(1.0 - chance.random())
            if chance.random() < 0.3:
                gain, order = self._best_order(one, first=True)
                if order and gain >= needed:
                    self._lay(floor.row_at[one], order)
                continue
            other = self._some_partner(one)
            if other != one and self._is_free(other) and self.swap_gain(one, other, needed) >= needed:
                self._swap(one, other)

    def _is_free(self, one: int) -> bool:
        return not self.is_pinned[one] and self.floor.row_at[one] not in self.frozen

    def _some_partner(self, one: int) -> int:
        """Somebody of the same size: of the same type, or in a row of the same class, or anybody."""
        tables, chance = self.floor.tables, self.chance
        draw = chance.random()
        if draw < 0.4:
            return chance.choice(tables.types[tables.type_of[one]])
        if draw < 0.8:
            row = chance.choice(tables.classes[tables.class_of[self.floor.row_at[one]]])
            other = chance.choice(self.floor.modules[row])
            if other > FREE and tables.applicants[other].size == tables.applicants[one].size:
                return other
        return chance.choice(self.by_size[tables.applicants[one].size])

    def _free(self, one: int, tries: int) -> float:
        """Make the best change found for a stand that clashes; what it gave."""
        best, partner = self._best_partner(one, tries)
        ahead, order = self._best_order(one)
        if max(best, ahead) <= LEAST:
            return 0.0
        if best >= ahead:
            self._swap(one, partner)
            return best
        self._lay(self.floor.row_at[one], order)
        return ahead

    def _best_partner(self, one: int, tries: int) -> tuple[float, int]:
        """Who is best to change places with, of so many of the same type, class of rows, and size."""
        tables, chance = self.floor.tables, self.chance
        size, rows = tables.applicants[one].size, tables.classes[tables.class_of[self.floor.row_at[one]]]
        alike, others = tables.types[tables.type_of[one]], self.by_size[size]
        tried = chance.sample(alike, min(tries, len(alike)))
        tried += chance.sample(others, min(tries, len(others)))
        near: dict[int, None] = {}
        for row in chance.sample(rows, min(1 + tries // 4, len(rows))):
            near.update(dict.fromkeys(self.floor.modules[row]))
        tried += [other for other in near if other > FREE and tables.applicants[other].size == size]
        best, partner = 0.0, -1
        for other in tried:
            if other != one and self._is_free(other):
                gain = self.swap_gain(one, other, best)
                if gain > best:
                    best, partner = gain, other
        return best, partner

    def swap_gain(self, one: int, other: int, needed: float = NEVER) -> float:
        """What it gives when ``one`` changes places with ``other`` of the same size, who may be waiting.

        The clashes are weighed only if more than ``needed`` is in reach. A clash of the two with each other
        is counted twice before and twice after: it stays.
        """
        floor = self.floor
        row, start = floor.row_at[one], floor.start_at[one]
        row2, start2 = floor.row_at[other], floor.start_at[other]
        gain = floor.worth(other, row, start) - floor.worth(one, row, start)
        before = floor.clash(one, row, start)
        if row2 < 0:
            return gain if gain + before <= needed else gain + before - floor.clash(other, row, start)
        gain += floor.worth(one, row2, start2) - floor.worth(other, row2, start2)
        before += floor.clash(other, row2, start2)
        if gain + before <= needed:
            return gain
        self._swap(one, other)
        after = floor.clash(one, row2, start2) + floor.clash(other, row, start)
        self._swap(one, other)
        return gain + before - after

    def _swap(self, one: int, other: int) -> None:
        floor = self.floor
        row, start = floor.row_at[one], floor.start_at[one]
        row2, start2 = floor.row_at[other], floor.start_at[other]
        if row2 < 0:
            floor.take(one)
        else:
            floor.put(one, row2, start2)
        floor.put(other, row, start)

    def _best_order(self, one: int, *, first: bool = False) -> tuple[float, Order]:
        """The best exchange with a neighbour (or with one at random): what it gives, both new places."""
        floor = self.floor
        best, found = (NEVER if first else 0.0), []
        row, start = floor.row_at[one], floor.start_at[one]
        cells, size = floor.modules[row], floor.tables.applicants[one].size
        sides = (start - 1, start + size)
        for near in (self.chance.choice(sides),) if first else sides:
            if not 0 <= near < len(cells) or (other := cells[near]) <= FREE or self.is_pinned[other]:
                continue
            wide = floor.tables.applicants[other].size
            order = [(one, start - wide), (other, start + size - wide)]
            if near > start:
                order = [(other, start), (one, start + wide)]
            gain = self._order_gain(row, order)
            if gain > best:
                best, found = gain, order
        return best, found

    def _order_gain(self, row: int, order: Order) -> float:
        """What it gives when two neighbours take these places; their own clash counts twice in both."""
        floor = self.floor
        kept = [(who, floor.start_at[who]) for who, _ in order]
        before = sum(floor.worth(who, row, start) - floor.clash(who, row, start) for who, start in kept)
        self._lay(row, order)
        after = sum(floor.worth(who, row, start) - floor.clash(who, row, start) for who, start in order)
        self._lay(row, kept)
        return after - before

    def _lay(self, row: int, order: Order) -> None:
        for who, start in order:
            self.floor.put(who, row, start)


def tangled(floor: Floor) -> list[int]:
    """Everybody who clashes."""
    return [
        who
        for who, row in enumerate(floor.row_at)
        if row >= 0 and floor.clash(who, row, floor.start_at[who]) > 0
    ]
