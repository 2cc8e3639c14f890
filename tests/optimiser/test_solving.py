"""The engine on fairs small enough to try everything."""

import pytest

from fairapp.optimiser.checking import broken
from fairapp.optimiser.judging import objective, terms
from fairapp.optimiser.solving import solve
from tests.optimiser.small_fairs import best_by_trying, small_fair

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_of_a_small_fair_is_the_best_there_is_and_keeps_its_bound(seed: int) -> None:
    fair = small_fair(seed)
    found = solve(fair, 5)
    best = best_by_trying(fair)
    assert broken(fair, found.plan) == ()
    assert objective(fair, found.plan) == pytest.approx(found.objective)
    assert sum(part.total for part in terms(fair, found.plan).values()) == pytest.approx(found.objective)
    assert found.objective == pytest.approx(best)
    assert best <= found.bound + 1e-6
