"""Reasons against a booth, all at once, and the nearest free ones."""

from dataclasses import replace

import pytest

from fairapp.rules.allocation import (
    Merit,
    Miss,
    Obstacle,
    Stand,
    Wish,
    merits,
    misses,
    obstacles,
)

WISH = Wish(fair_id=1, exhibitor_id=7, admitted=True, area_m2=9.0, kind="shell_scheme", zone="tea")
STAND = Stand(fair_id=1, area_m2=9.0, kind="shell_scheme", zone="tea")


def test_a_fitting_free_booth_has_no_obstacle() -> None:
    assert obstacles(WISH, STAND) == ()


@pytest.mark.parametrize(
    ("wish", "stand", "obstacle"),
    [
        (replace(WISH, admitted=False), STAND, Obstacle.NOT_ADMITTED),
        (replace(WISH, fair_id=2), STAND, Obstacle.OTHER_FAIR),
        (WISH, replace(STAND, holders=frozenset({8})), Obstacle.TAKEN),
        (WISH, replace(STAND, holders=frozenset({7})), Obstacle.ALREADY_THEIRS),
        (WISH, replace(STAND, blocked=True), Obstacle.BLOCKED),
        (WISH, replace(STAND, retired=True), Obstacle.RETIRED),
        (WISH, replace(STAND, is_let=False), Obstacle.NOT_LET),
        (WISH, replace(STAND, area_m2=8.9), Obstacle.TOO_SMALL),
        (WISH, replace(STAND, kind="raw_space"), Obstacle.WRONG_KIND),
        (WISH, replace(STAND, zone="craft", zone_is_hard=True), Obstacle.WRONG_ZONE),
        (WISH, replace(STAND, delegation=3), Obstacle.KEPT_FOR_DELEGATION),
        (replace(WISH, most_minor=99), replace(STAND, price_minor=100), Obstacle.OVER_BUDGET),
        (replace(WISH, delegation=4), replace(STAND, delegation=3), Obstacle.KEPT_FOR_DELEGATION),
    ],
)
def test_each_obstacle_stands_for_itself(wish: Wish, stand: Stand, obstacle: Obstacle) -> None:
    assert obstacles(wish, stand) == (obstacle,)


def test_a_delegations_own_producer_fits_its_block_and_any_other_booth() -> None:
    ours = replace(WISH, delegation=3)
    assert obstacles(ours, replace(STAND, delegation=3)) == obstacles(ours, STAND) == ()


def test_all_obstacles_are_said_at_once() -> None:
    stand = replace(STAND, holders=frozenset({8}), area_m2=4.0, kind="raw_space", blocked=True)
    assert obstacles(WISH, stand) == (
        Obstacle.TAKEN,
        Obstacle.BLOCKED,
        Obstacle.TOO_SMALL,
        Obstacle.WRONG_KIND,
    )


def test_an_exhibitor_without_an_application_asks_nothing_of_the_booth() -> None:
    assert obstacles(Wish(1, 7, admitted=True), replace(STAND, area_m2=1.0, kind="raw_space")) == ()


def test_a_centimetre_missing_on_the_plan_is_not_too_small() -> None:
    assert obstacles(WISH, replace(STAND, area_m2=8.96)) == ()


def test_what_was_wished_and_is_there_speaks_for_a_booth_and_what_is_not_there_is_said() -> None:
    wish = Wish(1, 7, admitted=True, area_m2=9.0, kind="shell_scheme", zone="drink", corner=True, hall="A")
    corner = Stand(1, 9.0, "shell_scheme", zone="drink", open_sides=2, hall="A")
    inline = Stand(1, 9.0, "shell_scheme", zone="food", open_sides=1, hall="B")
    assert (merits(wish, corner), misses(wish, corner)) == (tuple(Merit), ())
    assert (merits(wish, inline), misses(wish, inline)) == ((Merit.AREA, Merit.KIND), tuple(Miss))


def test_who_wishes_nothing_finds_nothing_for_or_against() -> None:
    wish, stand = Wish(1, 7, admitted=True), Stand(1, 9.0, "shell_scheme", zone="food")
    assert (merits(wish, stand), misses(wish, stand)) == ((), ())


def test_a_zone_that_is_kept_for_others_is_an_obstacle_and_not_a_miss() -> None:
    wish = Wish(1, 7, admitted=True, zone="drink")
    stand = Stand(1, 9.0, "shell_scheme", zone="food", zone_is_hard=True)
    assert obstacles(wish, stand) == (Obstacle.WRONG_ZONE,)
    assert misses(wish, stand) == ()
