"""From an instance to a plan with a proven bound, as good as the time allows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from fairapp.optimiser.bounding import class_program
from fairapp.optimiser.drafting import best_draft
from fairapp.optimiser.exact import Exact, places_of
from fairapp.optimiser.faults import BadInstance, faults
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.greedy import place_greedily
from fairapp.optimiser.improving import Improver
from fairapp.optimiser.model import Instance, Plan
from fairapp.optimiser.pricing import Prices
from fairapp.optimiser.tables import tables_of

FOR_BOUND, FOR_EXACT = 0.5, 0.4  # shares of the time that is left, at most
HARDLY = 1.5  # times what the bound took: with less time left, on however slow a machine, the plan is greedy


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: seconds gone, the best plan's worth, and the bound once it is proved."""

    seconds: float
    objective: float
    bound: float | None

    @property
    def gap(self) -> float | None:
        """How far the plan may be from the best possible, as a fraction of the bound."""
        return gap(self.objective, self.bound)


@dataclass(frozen=True, slots=True)
class Solution:
    """The plan, what it is worth, what no plan can exceed, and the seconds it took."""

    plan: Plan
    objective: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float | None:
        """How far the plan may be from the best possible, as a fraction of the bound."""
        return gap(self.objective, self.bound)


def gap(objective: float, bound: float | None) -> float | None:
    """(bound - objective) / bound, where that means something."""
    return None if bound is None or bound <= 0 else max(0.0, (bound - objective) / bound)


def solve(
    instance: Instance,
    seconds: float,
    *,
    report: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    seed: int = 0,
) -> Solution:
    """Plan the fair within ``seconds``; an impossible instance raises BadInstance with every fault.

    ``report`` hears how far it is some times a second, and ``stop`` is asked: True ends the search there.
    """
    begun = time.monotonic()
    until = begun + seconds
    if found := tuple(faults(instance)):
        raise BadInstance(*found)
    tables = tables_of(instance)
    floor = Floor(tables)
    floor.put_pinned()
    classes = class_program(tables, floor)
    bound = classes.bound(classes.program.solve(FOR_BOUND * (until - time.monotonic())).duals)
    took = time.monotonic() - begun

    def progress() -> bool:
        worth = floor.objective()
        if report is not None:
            report(Progress(time.monotonic() - begun, worth, bound))
        return worth < bound - 1e-6 and not (stop is not None and stop())

    if until - time.monotonic() < HARDLY * took:
        place_greedily(floor)
    elif not planned_exactly(floor, FOR_EXACT * (until - time.monotonic())):
        draft = best_draft(tables, until, seed)
        floor = draft.floor
        if draft.duals is not None:
            improver = Improver(floor, Prices(draft.made, draft.duals), until, seed)
            improver.untangle()
            if progress():
                improver.run(progress)
    progress()
    return Solution(floor.plan(), floor.objective(), bound, time.monotonic() - begun)


def planned_exactly(floor: Floor, seconds: float) -> bool:
    """Whether the fair is so small that its best plan was found, and stands on the floor."""
    places = places_of(floor)
    return places is not None and Exact(floor, places).run(seconds)
