"""Who is found in the list beside the plan, and how many each further choice would leave."""

from __future__ import annotations

import pytest

from fairapp.rules.allocation import ClaimState
from fairapp.rules.board_colours import AGREED, Agreed, Colour, Score, colour_named, score_of
from fairapp.rules.board_filters import Found, Sift, Size, counted, sifted, size_of, stars_at_least

TEA = Found(1, {Sift.GROUP: frozenset({"drink"}), Sift.STARS: stars_at_least(4)})
RICE = Found(2, {Sift.GROUP: frozenset({"food"}), Sift.STARS: stars_at_least(3)})
SALT = Found(3, {Sift.GROUP: frozenset({"food"}), Sift.STARS: stars_at_least(0)})


def test_everything_sought_has_to_be_answered_and_the_order_stays() -> None:
    assert sifted([TEA, RICE, SALT], {}) == [1, 2, 3]
    assert sifted([TEA, RICE, SALT], {Sift.GROUP: "food"}) == [2, 3]
    assert sifted([TEA, RICE, SALT], {Sift.GROUP: "food", Sift.STARS: "3"}) == [2]
    assert sifted([TEA, RICE, SALT], {Sift.PLACE: "JP"}) == []


def test_a_count_keeps_what_else_is_sought_but_not_its_own_kind() -> None:
    counts = counted([TEA, RICE, SALT], {Sift.GROUP: "food", Sift.STARS: "3"})
    assert counts[Sift.GROUP] == {"drink": 1, "food": 1}
    assert counts[Sift.STARS] == {"1": 1, "2": 1, "3": 1}


def test_more_stars_answer_to_fewer() -> None:
    assert stars_at_least(9) == {"1", "2", "3", "4", "5"}
    assert stars_at_least(0) == frozenset()


@pytest.mark.parametrize(
    ("area_m2", "size"),
    [(9.0, Size.SMALL), (9.04, Size.SMALL), (9.1, Size.MIDDLE), (36.0, Size.LARGE), (120.0, Size.HUGE)],
)
def test_a_floor_counts_as_the_size_it_fits_into(area_m2: float, size: Size) -> None:
    assert size_of(area_m2) is size


@pytest.mark.parametrize(
    ("points", "score"),
    [(None, Score.NONE), (85.0, Score.BEST), (84.9, Score.GOOD), (50.0, Score.FAIR), (0.0, Score.WEAK)],
)
def test_a_score_says_in_which_part_of_the_scale_the_mean_lies(points: float | None, score: Score) -> None:
    assert score_of(points) is score


def test_an_address_that_names_no_colour_means_the_groups() -> None:
    assert colour_named("payment") is Colour.PAYMENT
    assert {colour_named(None), colour_named("pink")} == {Colour.GROUP}


def test_only_a_booth_that_is_somebodys_own_is_more_or_less_firm() -> None:
    assert AGREED == {
        ClaimState.ACCEPTED: Agreed.ACCEPTED,
        ClaimState.CONFIRMED: Agreed.CONFIRMED,
        ClaimState.HANDED_OVER: Agreed.HANDED_OVER,
    }
