"""Late applications and lost modules: at most two others move, nobody with a place loses it."""

from dataclasses import replace

import pytest

from fairapp.optimiser.changing import DayMender
from fairapp.optimiser.checking import broken
from fairapp.optimiser.model import Applicant, Instance, Placement, Plan, Row, Weights
from fairapp.optimiser.solving import solve
from tests.optimiser.small_fairs import small_fair

WEIGHTS = Weights(25, {"A": 0}, 20, (30, 15), 15, 8)


def fair(*applicants: Applicant, modules: int = 2) -> Instance:
    rows = {name: Row(name, modules, "food", "A") for name in ("R1", "R2")}
    return Instance("fair", ("A",), WEIGHTS, rows, {one.id: one for one in applicants})


def asks(name: str, size: int, priority: float, **more: object) -> Applicant:
    return replace(Applicant(name, size, "food", priority, budget_band="A"), **more)


def test_whoever_applies_late_gets_a_free_place_before_the_waiting_list() -> None:
    asked = fair(asks("A", 2, 50), asks("B", 1, 40))
    mender = DayMender(asked, Plan({"A": Placement("R1", 0)}))
    assert mender.arrive(asks("L", 2, 10)) == {"L": Placement("R2", 0)}


def test_one_moves_over_for_whoever_applies_late() -> None:
    asked = fair(asks("A", 1, 50), asks("B", 1, 40))
    rows = {"R1": Row("R1", 1, "food", "A", power=2), "R2": Row("R2", 1, "food", "A")}
    asked = replace(asked, rows=rows, applicants={"A": asked.applicants["A"]})
    mender = DayMender(asked, Plan({"A": Placement("R1", 0)}))
    late = asks("L", 1, 10, power=2)
    assert mender.arrive(late) == {"A": Placement("R2", 0), "L": Placement("R1", 0)}


def test_nobody_loses_their_place_to_whoever_applies_late() -> None:
    asked = fair(asks("A", 2, 5), asks("B", 2, 5))
    mender = DayMender(asked, Plan({"A": Placement("R1", 0), "B": Placement("R2", 0)}))
    assert mender.arrive(asks("L", 2, 90)) == {}


def test_whoever_stood_on_a_lost_module_gets_another_place() -> None:
    asked = fair(asks("A", 2, 5), asks("B", 2, 90))
    mender = DayMender(asked, Plan({"A": Placement("R1", 0)}))
    assert mender.lose("R1", 1) == {"A": Placement("R2", 0)}


def test_what_is_left_of_a_lost_place_goes_to_the_waiting_list() -> None:
    asked = fair(asks("A", 2, 50), asks("B", 2, 40), asks("C", 1, 30))
    mender = DayMender(asked, Plan({"A": Placement("R1", 0), "B": Placement("R2", 0)}))
    assert mender.lose("R1", 1) == {"C": Placement("R1", 0)}


def test_a_lost_module_stays_lost_when_somebody_applies_late_and_gone_stay_gone() -> None:
    asked = fair(asks("A", 2, 50), asks("B", 2, 40))
    mender = DayMender(asked, Plan({"A": Placement("R1", 0), "B": Placement("R2", 0)}))
    mender.lose("R1", 0)
    mender.withdraw("A")
    assert mender.arrive(asks("L", 1, 10)) == {"L": Placement("R1", 1)}


@pytest.mark.parametrize("seed", range(20))
def test_a_day_of_changes_keeps_every_rule_and_moves_at_most_two_at_a_time(seed: int) -> None:
    asked = small_fair(seed, applicants=8)
    plan = solve(asked, 60).plan
    mender, held = DayMender(asked, plan), dict(plan.placements)
    free = [(row.id, module) for row in asked.rows.values() for module in range(row.modules)]
    late = [
        replace(small_fair(seed + 50).applicants[f"A{n}"], id=f"L{n}", pinned=None, wishes=()) for n in (1, 2)
    ]
    for step in range(4):
        before = dict(held)
        if step % 2:
            asked = replace(asked, applicants={**asked.applicants, late[step // 2].id: late[step // 2]})
            changes = mender.arrive(late[step // 2])
        else:
            row, module = free[(7 * seed + 5 * step) % len(free)]
            there = [
                name for name, at in held.items()
                if at.row == row and at.start <= module < at.start + asked.applicants[name].size
            ]  # fmt: skip
            if any(asked.applicants[name].pinned for name in there):
                continue
            for name in there:
                del held[name]
            changes = mender.lose(row, module)
            if not any(row in (at.row, asked.rows[at.row].back_row) for at in plan.pavilions.values()):
                kept = asked.rows[row]
                shut = replace(kept, blocked=kept.blocked | {module})
                asked = replace(asked, rows={**asked.rows, row: shut})
        assert sum(name in held for name in changes) <= 2
        held |= changes
        assert set(before) - set(held) <= set(there if not step % 2 else ())
        assert broken(asked, Plan(held, plan.pavilions)) == ()
