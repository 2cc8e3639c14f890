"""What else a day brings besides withdrawals: somebody applies late, a module is lost.

The same chains as for a withdrawal, into every gap there is: at most two others move, nobody with a place
loses it, and whoever the change is about comes before the rest of the waiting list.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TypeAlias

from fairapp.optimiser.floor import FREE, SHUT
from fairapp.optimiser.mending import Mender, Step
from fairapp.optimiser.model import Applicant, Placement

LONGER = 6  # times as long as for a withdrawal: there is more than one gap to look at


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Somebody withdraws."""

    applicant: str


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody applies after the plan was made."""

    applicant: Applicant


@dataclass(frozen=True, slots=True)
class Lost:
    """A module cannot be used any more."""

    row: str
    module: int


Change: TypeAlias = Withdrawn | Late | Lost


class DayMender(Mender):
    """Answers every change of the day at once."""

    def answer(self, change: Change) -> Step:
        """What follows from one change, and how long it took to find."""
        begun = time.perf_counter()
        if isinstance(change, Withdrawn):
            kind, subject, changes = "withdrawn", change.applicant, self.withdraw(change.applicant)
        elif isinstance(change, Late):
            kind, subject, changes = "late", change.applicant.id, self.arrive(change.applicant)
        else:
            kind, subject = "lost", f"{change.row}/{change.module}"
            changes = self.lose(change.row, change.module)
        return Step(subject, changes, time.perf_counter() - begun, kind)

    def arrive(self, late: Applicant) -> dict[str, Placement]:
        """Let somebody in who applied late; everything is numbered anew for them."""
        until = time.perf_counter() + LONGER * self.seconds
        instance, gone = self.tables.instance, {self.tables.applicants[who].id for who in self.gone}
        self._begin(replace(instance, applicants={**instance.applicants, late.id: late}), self.floor.plan())
        self.gone = {self.numbers[name] for name in gone}
        self._note(range(len(self.tables.applicants)))
        return self._seated(self.numbers[late.id], until)

    def lose(self, row_id: str, module: int) -> dict[str, Placement]:
        """Take a module out of use; whoever stood there gets another place if there is one.

        Pavilions stay as they are: a module of one is not taken.
        """
        until = time.perf_counter() + LONGER * self.seconds
        number = next(place for place, row in enumerate(self.tables.rows) if row.id == row_id)
        cells = self.floor.modules[number]
        holder = cells[module]
        if holder == SHUT:
            return {}
        if holder > FREE:
            self.floor.take(holder)
        cells[module] = SHUT
        instance = self.tables.instance
        row = instance.rows[row_id]
        row = replace(row, blocked=row.blocked | {module})
        self.tables.instance = replace(instance, rows={**instance.rows, row_id: row})
        self._note([holder] if holder > FREE else [])
        return self._seated(max(holder, -1), until)

    def _seated(self, first: int, until: float) -> dict[str, Placement]:
        """The best chain that seats this applicant, or else the best there is."""
        self.first = first
        size = self.tables.applicants[first].size if first >= 0 else 1
        changes = self._mended(self._gaps(size), until)
        self.first = -1
        return changes

    def _gaps(self, size: int) -> list[tuple[int, int]]:
        """Free runs, first those that so large a stand just fits into."""
        runs = [
            (row, *run)
            for row, cells in enumerate(self.floor.modules)
            if FREE in cells
            for run in self.floor.runs(row)
        ]
        runs.sort(key=lambda run: (run[2] - run[1] < size, run[2] - run[1], run))
        return [(row, start) for row, start, _ in runs]
