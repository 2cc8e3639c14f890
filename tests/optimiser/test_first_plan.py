"""The parts of a first plan: sets of pavilions, whole counts, classes unpacked, few clashes left."""

import random
from dataclasses import replace

import numpy as np
import pytest

from fairapp.optimiser.bounding import class_program
from fairapp.optimiser.checking import broken
from fairapp.optimiser.drafting import best_draft
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.model import Applicant, Instance, Pavilion, Placement, Row, Weights
from fairapp.optimiser.patterns import fitting, kinds_of
from fairapp.optimiser.polishing import Polisher, tangled
from fairapp.optimiser.program import Program, Solver
from fairapp.optimiser.rounding import best_dive, is_whole
from fairapp.optimiser.solving import solve
from fairapp.optimiser.tables import tables_of
from tests.optimiser.small_fairs import small_fair

FAR = 1e12  # a moment that never comes
PLAIN = Weights(0, {"A": 0}, 20, (), 15, 8)


def two_rows(modules: int, *, other: int | None = None, blocked: frozenset[int] = frozenset()) -> Instance:
    rows = {
        "R1": Row("R1", modules, None, "A", back_row="R2", blocked=blocked),
        "R2": Row("R2", modules if other is None else other, None, "A", back_row="R1"),
    }
    return Instance("fair", ("A",), PLAIN, rows, {})


def test_sets_are_told_once_and_hold_no_width_more_often_than_asked() -> None:
    found = list(fitting({2: 2, 3: 1}, 7))
    assert sorted(found) == [(2,), (2, 2), (2, 2, 3), (2, 3), (3,)]


def test_a_stretch_ends_where_either_row_is_blocked_or_ends() -> None:
    floor = Floor(tables_of(two_rows(9, other=7, blocked=frozenset({3}))))
    stretches = sorted((one.start, one.end) for alike in kinds_of(floor).values() for one in alike)
    assert stretches == [(0, 3), (4, 7)]


@pytest.mark.parametrize(("modules", "corners"), [(3, 4), (4, 2), (5, 0)])
def test_the_bound_lets_a_pavilion_spare_the_corners_that_it_can_spare(modules: int, corners: int) -> None:
    fair = replace(two_rows(modules), pavilions={"P": Pavilion("P", 3, 50)})
    wanting = [
        Applicant(f"A{number}", 1, "food", 1, wants_corner=True, budget_band="A") for number in range(4)
    ]
    fair = replace(fair, applicants={one.id: one for one in wanting})
    floor = Floor(tables_of(fair))
    made = class_program(floor.tables, floor)
    bound = made.bound(made.program.solve(10).duals)
    placed = min(4, 2 * modules - 6)
    assert bound == pytest.approx(300 + placed + 20 * min(placed, 4 - corners))


def test_noise_never_makes_a_dive_worse() -> None:
    chance, program = random.Random(1), Program()
    room = [program.row(float(chance.randint(5, 9))) for _ in range(6)]
    columns = [
        program.column(
            float(chance.randint(5, 20)), 1.0, *((row, float(chance.randint(1, 4))) for row in room)
        )
        for _ in range(30)
    ]
    solver = Solver(program)
    relaxed = solver.run(10)
    values = best_dive(solver, columns, relaxed, 10, 10, seed=0)
    assert values is not None
    assert is_whole(values, columns)
    assert float(np.asarray(program.worth) @ values) <= relaxed.worth + 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_a_draft_breaks_no_rule(seed: int) -> None:
    fair = small_fair(seed, applicants=40)
    found = best_draft(tables_of(fair), FAR, seed)
    assert broken(fair, found.floor.plan()) == ()
    assert found.points >= found.floor.objective() - 1e-6


def test_a_draft_leaves_nobody_out_for_whom_there_is_a_place() -> None:
    rows = {f"R{number}": Row(f"R{number}", 4, None, "A") for number in range(3)}
    people = {f"A{number}": Applicant(f"A{number}", 2, "food", 10, budget_band="A") for number in range(6)}
    found = best_draft(tables_of(Instance("fair", ("A",), PLAIN, rows, people)), FAR, 0)
    assert len(found.floor.plan().placements) == 6


def test_competitors_side_by_side_are_parted_where_it_costs_nothing() -> None:
    rows = {"R1": Row("R1", 3, None, "A")}
    people = {
        name: Applicant(name, 1, "food", 10, budget_band="A", cluster=cluster)
        for name, cluster in (("A", "x"), ("B", "x"), ("C", "y"))
    }
    floor = Floor(tables_of(Instance("fair", ("A",), PLAIN, rows, people)))
    for who in range(3):
        floor.put(who, 0, who)
    assert Polisher(floor, random.Random(0)).untangle(tangled(floor), 60) == pytest.approx(15)
    assert tangled(floor) == []
    assert set(floor.plan().placements.values()) == {Placement("R1", start) for start in range(3)}


@pytest.mark.parametrize("seconds", [0.0, 0.05])
def test_a_plan_for_which_there_is_hardly_time_is_whole(seconds: float) -> None:
    fair = small_fair(5, applicants=90)
    found = solve(fair, seconds)
    assert broken(fair, found.plan) == ()
    assert found.plan.placements
