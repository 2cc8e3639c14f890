"""The time that is left, spent: two programs are solved at once while the best plan so far is kept whole."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from fairapp.optimiser.floor import Floor
from fairapp.optimiser.neighbourhoods import Chooser
from fairapp.optimiser.polishing import Polisher, tangled
from fairapp.optimiser.pricing import Prices
from fairapp.optimiser.program import Solved
from fairapp.optimiser.searching import Search, Task

AT_ONCE = 3  # while one answer is taken in, the two cores still have a program each
LONGEST, QUICK = 0.6, 0.25  # seconds: a task may take so long; below that the next takes more rows
FEWEST, MOST = 6, 80  # rows
SHAKEN = 0.15  # of the time that is left, at most, in one shake
WHOLE = 16  # rows: so few are planned anew all at once, with some noise
NOISE = 6.0  # points
SHAKES = 8  # tasks between two shakes of those who clash
STEPS, MORE_STEPS = 300, 3_000  # the more often in vain, the longer
FEARS, ROUNDS = (0.05, 0.2, 0.5, 1.0), 6  # what clashes weigh while those of the first plan are taken apart
LAST_FEARS, PER_CLASH = (2.0, 3.0, 5.0, 8.0), 1_500  # at the end, where there is more than one per so many
CLEARING = 0.04  # of the time that is left is kept for that
TRIES = 60  # partners of each sort for whoever clashes
FIRST_SHAKEN = 1.0  # seconds, for each of these
FEAR = 2.0  # clashes weigh so many times their cost while a large plan is searched


class Improver:
    """Draws tasks and lets them be solved in threads (HiGHS does not hold Python's lock).

    Answers are taken in the order in which the tasks were drawn, so chance alone decides the way; only where
    a program is cut by the time, or the number of rows is adapted to it, has the machine's speed a say.
    """

    def __init__(self, floor: Floor, prices: Prices, until: float, seed: int) -> None:
        self.floor, self.until = floor, until
        self.chance = random.Random(seed)  # noqa: S311 (no secret hangs on it)
        self.chooser = Chooser(floor, prices, self.chance)
        self.search = Search(floor, prices, Polisher(floor, self.chance), self.chance)
        self.count = min(20, len(floor.tables.rows))
        self.drawn = 0
        self.steps = STEPS
        self.is_whole = len(floor.tables.rows) <= WHOLE
        self.at_once = 2 if self.is_whole else AT_ONCE
        self.fear = 1.0 if self.is_whole else FEAR
        self.has_pavilions = any(pavilion.pinned is None for pavilion in floor.tables.pavilions)

    def untangle(self) -> None:
        """Take apart the clashes of a first plan: first those that cost next to nothing to undo."""
        for fear in (*FEARS, self.fear):
            self.floor.fear_clashes(fear)
            for _ in range(ROUNDS):
                self.floor.journal.clear()
                found = tangled(self.floor) if time.monotonic() < self.until else []
                if not self.search.polisher.untangle(found, TRIES, self.until):
                    break
            if time.monotonic() > self.until:
                break
            self.search.untangle([], STEPS, min(self.until, time.monotonic() + FIRST_SHAKEN))

    def clear(self, until: float) -> None:
        """Leave few clashes: while there are more, they weigh more and more."""
        few = 1 + len(self.floor.row_at) // PER_CLASH
        for fear in LAST_FEARS:
            self.floor.fear_clashes(fear)
            for _ in range(ROUNDS):
                found = tangled(self.floor)
                if len(found) <= 2 * few or time.monotonic() > until:
                    return
                self.floor.journal.clear()
                self.search.polisher.untangle(found, TRIES, until)
                self.search.untangle([], STEPS, until)

    def run(self, progress: Callable[[], bool]) -> None:
        """Improve until the time is up or ``progress``, asked after every task, says that it is enough."""
        running: deque[tuple[Task, Future[tuple[Solved, float]]]] = deque()
        end, self.until = self.until, self.until - CLEARING * (self.until - time.monotonic())
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while True:
                while len(running) < self.at_once and (left := self.until - time.monotonic()) > 0.05:
                    task = self._draw(self._busy(running))
                    running.append((task, pool.submit(_timed, task, min(LONGEST, left))))
                if not running:
                    break
                task, answer = running.popleft()
                found, took = answer.result()
                if time.monotonic() > self.until:
                    continue
                busy = self._busy(running)
                self.search.finish(task, found, busy)
                if self.drawn % SHAKES == 0:
                    self._shake(busy)
                self._adapt(task, took)
                if not progress():
                    self.until = 0.0
        self.search.polisher.frozen = ()
        self.clear(end)

    def _busy(self, running: Iterable[tuple[Task, object]]) -> list[Task]:
        """Whose rows and people are out of reach; where every task has all rows, the better answer counts."""
        return [] if self.is_whole else [task for task, _ in running]

    def _shake(self, busy: list[Task]) -> None:
        """Take clashes apart; when it did not help much, with more patience the next time."""
        left = self.until - time.monotonic()
        won = self.search.untangle(busy, self.steps, time.monotonic() + min(SHAKEN * left, left))
        self.steps = min(self.steps * 2, MORE_STEPS) if won < 2 * self.floor.side else STEPS

    def _draw(self, busy: list[Task]) -> Task:
        if self.drawn % 4 == 0:
            self.chooser.refresh()
        self.drawn += 1
        pavilions = self.has_pavilions and self.drawn % 3 == 0
        count = max(FEWEST // 2, self.count // 2) if pavilions else self.count
        if self.is_whole:
            count = len(self.floor.tables.rows)
            self.search.noise = NOISE * self.chance.random() if self.drawn > 2 else 0.0
        return self.search.task(self.chooser.rows(count), busy, pavilions=pavilions)

    def _adapt(self, task: Task, took: float) -> None:
        """More rows while programs are quick, fewer when they are cut."""
        if task.pavilions:
            return
        if took < QUICK:
            self.count = min(self.count + 2, MOST, len(self.floor.tables.rows))
        elif took > LONGEST * 0.9:
            self.count = max(self.count - 2, FEWEST)


def _timed(task: Task, seconds: float) -> tuple[Solved, float]:
    begun = time.monotonic()
    return task.solve(seconds), time.monotonic() - begun
