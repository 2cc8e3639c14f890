"""Which rows to plan anew together: those where most is lost, and those where the losers would rather be."""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate

from fairapp.optimiser.floor import Floor
from fairapp.optimiser.pricing import Prices


class Chooser:
    """Draws rows by what is lost in them; the list of losses is made anew now and then."""

    def __init__(self, floor: Floor, prices: Prices, chance: random.Random) -> None:
        self.floor, self.prices, self.chance = floor, prices, chance
        self.losses: list[tuple[float, int, int]] = []
        self.sums: list[float] = []

    def refresh(self) -> float:
        """Look at the whole floor; the sum of all losses."""
        self.losses = list(self.prices.losses(self.floor))
        self.sums = list(accumulate(loss for loss, _, _ in self.losses))
        return self.sums[-1] if self.sums else 0.0

    def rows(self, count: int) -> list[int]:
        """So many rows that have to do with each other."""
        tables = self.floor.tables
        if count >= len(tables.rows):
            return list(range(len(tables.rows)))
        found: dict[int, None] = {}
        tries = 0
        while len(found) < count and tries < 4 * count:
            tries += 1
            for row in self._around_a_loss():
                found[row] = None
        while len(found) < count:
            found[self.chance.randrange(len(tables.rows))] = None
        return list(found)[:count]

    def _around_a_loss(self) -> list[int]:
        tables = self.floor.tables
        if not self.sums or self.sums[-1] <= 0:
            return [self.chance.randrange(len(tables.rows))]
        place = min(bisect(self.sums, self.chance.random() * self.sums[-1]), len(self.losses) - 1)
        _, who, row = self.losses[place]
        found = [row] if row >= 0 else []
        if who >= 0:
            kind = tables.type_of[who]
            if self.prices.best[who][1] >= 0:
                found.append(self.prices.best[who][1])
            if (number := self.prices.by_type[kind][1]) >= 0:
                found.append(self.chance.choice(tables.classes[number]))
        else:
            found.append(self.chance.choice(tables.classes[tables.class_of[row]]))
        return found
