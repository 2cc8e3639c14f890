"""The engine on fairs small enough to try everything."""

import pytest

from fairapp.optimiser.checking import broken
from fairapp.optimiser.judging import objective, terms
from fairapp.optimiser.solving import solve
from tests.optimiser.small_fairs import best_by_trying, small_fair

SEEDS = range(25)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_breaks_nothing_and_no_plan_exceeds_the_bound(seed: int) -> None:
    fair = small_fair(seed)
    found = solve(fair, 0.3)
    best = best_by_trying(fair)
    assert broken(fair, found.plan) == ()
    assert objective(fair, found.plan) == pytest.approx(found.objective)
    assert sum(part.total for part in terms(fair, found.plan).values()) == pytest.approx(found.objective)
    assert found.objective <= best + 1e-6
    assert best <= found.bound + 1e-6
