"""Reasons against a booth, all at once, and the nearest free ones."""

from dataclasses import replace

import pytest

from fairapp.rules.allocation import Obstacle, Stand, Wish, obstacles

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
    ],
)
def test_each_obstacle_stands_for_itself(wish: Wish, stand: Stand, obstacle: Obstacle) -> None:
    assert obstacles(wish, stand) == (obstacle,)


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
