"""The engine on fairs small enough to try everything."""

import random
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from fairapp.optimiser.bounding import class_program
from fairapp.optimiser.checking import broken
from fairapp.optimiser.faults import BadInstance
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.judging import objective, terms
from fairapp.optimiser.model import Applicant, Instance, Pavilion, Placement, Row, Weights
from fairapp.optimiser.solving import Progress, solve
from fairapp.optimiser.tables import tables_of
from tests.optimiser.small_fairs import best_by_trying, small_fair

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_of_a_small_fair_is_the_best_there_is_and_keeps_its_bound(seed: int) -> None:
    fair = small_fair(seed)
    found = solve(fair, 60)
    best = best_by_trying(fair)
    assert broken(fair, found.plan) == ()
    assert objective(fair, found.plan) == pytest.approx(found.objective)
    assert sum(part.total for part in terms(fair, found.plan).values()) == pytest.approx(found.objective)
    assert found.objective == pytest.approx(best)
    assert best <= found.bound + 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_any_duals_prove_a_bound(seed: int) -> None:
    fair, chance = small_fair(seed), random.Random(seed)
    tables = tables_of(fair)
    floor = Floor(tables)
    floor.put_pinned()
    made = class_program(tables, floor)
    wild = np.array([chance.uniform(-60, 60) for _ in made.program.row_highest])
    assert made.bound(wild) >= best_by_trying(fair) - 1e-6


def test_a_search_that_is_told_to_stop_ends_with_a_whole_plan() -> None:
    fair, told = small_fair(3, applicants=90), list[Progress]()
    found = solve(fair, 600, report=told.append, stop=lambda: True)
    assert broken(fair, found.plan) == ()
    assert found.plan.placements
    assert found.seconds < 300
    assert [progress.bound for progress in told] == [found.bound]


def test_an_impossible_fair_is_refused_by_name() -> None:
    fair = small_fair(0)
    wide = replace(fair, pavilions={"P9": Pavilion("P9", 40, 50)})
    with pytest.raises(BadInstance, match="Pavilion P9 needs 40 columns"):
        solve(wide, 1)


def test_blocked_modules_closed_corners_and_kinds_are_kept() -> None:
    weights = Weights(0, {"A": 0}, 20, (), 0, 0)
    row = Row("R1", 4, None, "A", kind="stall", blocked=frozenset({1}), corners=(False, True))
    people = {
        "A": Applicant("A", 2, "food", 10, budget_band="A", kind="stall", wants_corner=True),
        "B": Applicant("B", 1, "food", 10, budget_band="A", kind="stall", wants_corner=True),
        "C": Applicant("C", 1, "food", 90, budget_band="A", kind="tent"),
    }
    found = solve(Instance("fair", ("A",), weights, {"R1": row}, people), 60)
    assert found.plan.placements == {"A": Placement("R1", 2), "B": Placement("R1", 0)}
    assert found.objective == 2 * 10 + 20 + 10


def test_a_hard_zone_takes_its_own_group_only() -> None:
    weights = Weights(25, {"A": 0}, 0, (), 0, 0, zone_is_hard=True)
    people = {"A": Applicant("A", 1, "crafts", 90, budget_band="A")}
    rows = {"R1": Row("R1", 4, "food", "A")}
    assert solve(Instance("fair", ("A",), weights, rows, people), 60).plan.placements == {}


def test_nobody_stands_where_a_row_bars_them() -> None:
    rows = {"R1": Row("R1", 2, None, "A", bars=frozenset({"dear"})), "R2": Row("R2", 1, None, "A")}
    people = {
        "A": Applicant("A", 1, "food", 90, budget_band="A", marks=frozenset({"dear"})),
        "B": Applicant("B", 1, "food", 80, budget_band="A", marks=frozenset({"dear"})),
        "C": Applicant("C", 1, "food", 10, budget_band="A"),
    }
    found = solve(Instance("fair", ("A",), Weights(0, {"A": 0}, 0, (), 0, 0), rows, people), 60)
    assert found.plan.placements.keys() == {"A", "C"}
    assert found.plan.placements["A"].row == "R2"


def test_the_first_solver_of_a_process_prints_nothing_into_what_a_command_says() -> None:
    work = "from fairapp.optimiser.program import silent_solver; silent_solver().run()"
    said = subprocess.run([sys.executable, "-c", work], capture_output=True, check=True)
    assert (said.stdout, said.stderr) == (b"", b"")
