"""Withdrawals: the waiting list moves up, few others move, nothing is broken."""

from dataclasses import replace

import pytest

from fairapp.optimiser.checking import broken
from fairapp.optimiser.judging import objective
from fairapp.optimiser.mending import Mender
from fairapp.optimiser.model import Applicant, Instance, Placement, Plan, Row, Weights
from fairapp.optimiser.solving import solve
from tests.optimiser.small_fairs import small_fair

WEIGHTS = Weights(25, {"A": 0}, 20, (30, 15), 15, 8)


def fair(*applicants: Applicant, modules: int = 2) -> Instance:
    rows = {name: Row(name, modules, "food", "A") for name in ("R1", "R2")}
    return Instance("fair", ("A",), WEIGHTS, rows, {one.id: one for one in applicants})


def asks(name: str, size: int, priority: float, **more: object) -> Applicant:
    return replace(Applicant(name, size, "food", priority, budget_band="A"), **more)


def test_the_waiting_list_moves_up() -> None:
    asked = fair(asks("A", 2, 50), asks("B", 2, 40), asks("C", 2, 30))
    mender = Mender(asked, Plan({"A": Placement("R1", 0), "B": Placement("R2", 0)}))
    assert mender.withdraw("A") == {"C": Placement("R1", 0)}


def test_one_moves_to_their_wish_and_the_next_takes_the_place_they_leave() -> None:
    asked = fair(asks("A", 2, 50), asks("B", 2, 40, wishes=("R1",)), asks("C", 2, 30))
    mender = Mender(asked, Plan({"A": Placement("R1", 0), "B": Placement("R2", 0)}))
    assert mender.withdraw("A") == {"B": Placement("R1", 0), "C": Placement("R2", 0)}


def test_a_gap_is_shared_by_two() -> None:
    asked = fair(asks("A", 2, 50), asks("B", 1, 40), asks("C", 1, 30))
    mender = Mender(asked, Plan({"A": Placement("R1", 0)}))
    assert sorted(mender.withdraw("A")) == ["B", "C"]


def test_whoever_has_withdrawn_never_comes_back() -> None:
    asked = fair(asks("A", 2, 50), asks("B", 2, 40), asks("C", 2, 30))
    mender = Mender(asked, Plan({"A": Placement("R1", 0), "B": Placement("R2", 0)}))
    assert mender.withdraw("C") == {}
    assert mender.withdraw("A") == {}


@pytest.mark.parametrize("seed", range(20))
def test_each_step_keeps_every_rule_and_moves_at_most_two(seed: int) -> None:
    asked = small_fair(seed, applicants=8)
    plan = solve(asked, 60).plan
    mender, held, left = Mender(asked, plan), dict(plan.placements), dict(asked.applicants)
    for name in [name for name, one in asked.applicants.items() if one.pinned is None][:4]:
        del left[name]
        held.pop(name, None)
        bare = objective(asked, Plan(held, plan.pavilions))
        changes = mender.withdraw(name)
        assert name not in changes
        assert sum(other in held for other in changes) <= 2
        held |= changes
        mended = Plan(held, plan.pavilions)
        assert broken(replace(asked, applicants=left), mended) == ()
        assert objective(asked, mended) >= bare - 1e-6
