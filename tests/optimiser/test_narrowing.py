"""Answers found in a mixed program's core: possible ones, and hardly worse than the best."""

import random

import numpy as np
import pytest

from fairapp.optimiser.bounding import class_program
from fairapp.optimiser.checking import broken
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.model import Applicant, Instance, Pavilion, Row, Weights
from fairapp.optimiser.narrowing import solve_core
from fairapp.optimiser.pavilions import place_pavilions
from fairapp.optimiser.program import Program
from fairapp.optimiser.tables import tables_of
from fairapp.optimiser.unpacking import filled_at_once
from tests.optimiser.small_fairs import small_fair


def packing(seed: int) -> Program:
    """Whole columns that share some rooms."""
    chance, program = random.Random(seed), Program()
    room = [program.row(float(chance.randint(5, 9))) for _ in range(5)]
    for _ in range(24):
        entries = ((row, float(chance.randint(1, 4))) for row in room)
        program.column(float(chance.randint(5, 20)), 1.0, *entries)
    return program


@pytest.mark.parametrize("seed", range(8))
def test_the_core_gives_a_possible_answer_never_worse_than_the_one_it_began_with(seed: int) -> None:
    program = packing(seed)
    relaxed = program.solve(10)
    program.whole = list(range(24))
    best = program.solve(10)
    found = solve_core(program, relaxed, 10, gap=1e-9, start={0: 1.0})
    assert found.values is not None
    assert np.abs(found.values - np.round(found.values)).max() < 1e-6
    used = np.bincount(program.at_row, np.asarray(program.entry) * found.values[program.at_column])
    assert (used <= np.asarray(program.row_highest) + 1e-6).all()
    assert program.worth[0] <= found.worth + 1e-6
    assert found.worth <= best.worth + 1e-6
    assert not found.is_proved


def test_with_every_column_near_the_core_is_the_whole_program() -> None:
    program = packing(3)
    relaxed = program.solve(10)
    program.whole = list(range(24))
    found = solve_core(program, relaxed, 10, gap=1e-9, near=100.0)
    assert found.worth == pytest.approx(program.solve(10, gap=1e-9).worth)


@pytest.mark.parametrize("seed", range(8))
def test_all_rows_filled_at_once_break_no_rule_and_reach_the_program(seed: int) -> None:
    fair = small_fair(seed, applicants=30)
    floor = Floor(tables_of(fair))
    floor.put_pinned()
    made = class_program(floor.tables, floor, with_pavilions=False)
    most = made.bound(made.program.solve(10).duals)
    assert filled_at_once(floor, 60)
    assert broken(fair, floor.plan()) == ()
    assert floor.points() <= most + 1e-6
    assert floor.points() >= 0.6 * most


@pytest.mark.parametrize(("corner", "starts"), [(0, {0, 4}), (200, {2})])
def test_a_pavilion_leaves_the_corners_only_where_they_are_worth_two_short_runs(
    corner: float, starts: set[int]
) -> None:
    rows = {
        "R1": Row("R1", 7, None, "A", back_row="R2"),
        "R2": Row("R2", 7, None, "A", back_row="R1"),
    }
    people = {
        f"A{number}": Applicant(f"A{number}", 2, "food", 50, budget_band="A", wants_corner=True)
        for number in range(4)
    }
    weights = Weights(0, {"A": 0}, corner, (), 0, 0)
    fair = Instance("fair", ("A",), weights, rows, people, {"P": Pavilion("P", 3, 90)})
    floor = Floor(tables_of(fair))
    assert place_pavilions(floor, 10, 10, 0)
    assert floor.pavilions[0][1] in starts
