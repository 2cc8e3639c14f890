"""Days of a fair: runs, what an application asks, and the tenants of a booth in the order of a visit."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.allocation import Obstacle, Stand, Wish, obstacles
from fairapp.rules.board import BoardAct, BoardStep, builds_on
from fairapp.rules.days import (
    DayRefusal,
    DaySettings,
    asked_days,
    day_mask,
    day_refusals,
    days_of_mask,
    in_order_of_visit,
    kept_days,
    read_days,
    runs,
    share_of_price,
    with_days,
)
from fairapp.rules.geometry import signed_area, strip_of

FAIR = tuple(date(2027, 4, 15) + timedelta(days=n) for n in range(5))
some_days = st.sets(st.sampled_from(FAIR))


@given(some_days)
def test_runs_hold_exactly_the_days_and_never_touch_each_other(days: set[date]) -> None:
    stretches = runs(days)
    held = [first + timedelta(days=n) for first, last in stretches for n in range((last - first).days + 1)]
    assert held == sorted(days)
    assert all(b[0] - a[1] > timedelta(days=1) for a, b in itertools.pairwise(stretches))


@given(some_days.filter(bool))
def test_the_bits_of_days_name_the_same_days(days: set[date]) -> None:
    assert set(days_of_mask(day_mask(days, FAIR[0]), FAIR)) == days


@given(some_days, some_days)
def test_a_booth_is_taken_exactly_when_two_stays_have_a_day_in_common(
    mine: set[date], theirs: set[date]
) -> None:
    then = frozenset({7}) if mine & theirs else frozenset()
    stand = Stand(1, 9.0, "shell_scheme", holders=then, holders_besides=frozenset({7}) - then)
    assert (Obstacle.TAKEN in obstacles(Wish(1, 8, admitted=True), stand)) == bool(mine & theirs)


def test_whoever_holds_a_booth_on_other_days_has_it_already() -> None:
    stand = Stand(1, 9.0, "shell_scheme", holders_besides=frozenset({8}))
    assert obstacles(Wish(1, 8, admitted=True), stand) == (Obstacle.ALREADY_THEIRS,)


def test_an_application_asks_for_all_days_unless_the_fair_lets_it_choose() -> None:
    said = [FAIR[1].isoformat(), "2030-01-01", 7]
    assert asked_days(DaySettings(), said, FAIR) == FAIR
    assert asked_days(DaySettings(asked=True), said, FAIR) == (FAIR[1],)
    assert asked_days(DaySettings(asked=True), ["2030-01-01"], FAIR) == FAIR
    assert read_days("2027-04-15", FAIR) == ()


@pytest.mark.parametrize(
    ("days", "reasons"),
    [
        ((), (DayRefusal.NO_DAY,)),
        ((FAIR[0], date(2027, 4, 14)), (DayRefusal.NOT_OF_FAIR,)),
        (FAIR[2:], ()),
    ],
)
def test_days_outside_the_fair_are_refused_and_so_is_no_day(
    days: tuple[date, ...], reasons: tuple[DayRefusal, ...]
) -> None:
    assert day_refusals(days, FAIR) == reasons


def test_settings_are_read_as_they_were_kept() -> None:
    settings = DaySettings(asked=True, priced_by_day=True)
    assert DaySettings.read({"days": settings.kept()}) == settings
    assert DaySettings.read({}) == DaySettings()


def test_whoever_is_there_today_is_met_first_then_who_comes_next_and_last_who_was_there() -> None:
    stays = [(FAIR[0],), (FAIR[4],), (FAIR[1], FAIR[2]), (FAIR[3],)]
    assert in_order_of_visit(stays, FAIR[2]) == (2, 3, 1, 0)
    assert in_order_of_visit(stays, FAIR[0] - timedelta(days=9)) == (0, 2, 3, 1)
    assert in_order_of_visit(stays, FAIR[4] + timedelta(days=9)) == (1, 3, 2, 0)


def test_steps_on_different_days_of_a_booth_do_not_build_on_each_other() -> None:
    booth, first, second = frozenset({1}), frozenset({"2027-04-15"}), frozenset({"2027-04-16"})
    placed = BoardStep(1, BoardAct.PLACED, booth, 5, days=first)
    assert not builds_on(placed, BoardStep(2, BoardAct.PLACED, booth, 6, days=second))
    assert builds_on(placed, BoardStep(2, BoardAct.DAYS_CHANGED, booth, 6, days=first | second))
    assert builds_on(placed, BoardStep(2, BoardAct.BLOCKED, booth, 6))


def test_the_strips_of_a_booth_fill_it_exactly() -> None:
    ell = ((0.0, 0.0), (6.0, 0.0), (6.0, 3.0), (3.0, 3.0), (3.0, 6.0), (0.0, 6.0))
    strips = [strip_of(ell, left, left + 2) for left in (0.0, 2.0, 4.0)]
    assert sum(abs(signed_area(strip)) for strip in strips) == pytest.approx(27.0)
    assert strip_of(ell, 7.0, 9.0) == ()


def test_all_days_are_kept_as_none_so_that_they_follow_when_the_fair_is_moved() -> None:
    may = DaySettings(asked=True)
    every = [day.isoformat() for day in FAIR]
    assert kept_days(may, every, FAIR) == []
    assert kept_days(may, every[:2], FAIR) == every[:2]
    assert kept_days(DaySettings(), every[:2], FAIR) == []
    assert with_days({"zone": "tea", "days": every}, every[:1]) == {"zone": "tea", "days": every[:1]}
    assert with_days({"zone": "tea", "days": every}, []) == {"zone": "tea"}


@pytest.mark.parametrize(
    ("price", "days", "of", "costs"),
    [(10_000_000, 2, 5, 4_000_000), (1_000_001, 1, 2, 500_001), (7, 1, 3, 2)],
)
def test_some_days_cost_their_share_rounded_half_up_to_the_whole_unit(
    price: int, days: int, of: int, costs: int
) -> None:
    assert share_of_price(DaySettings(priced_by_day=True), price, days, of) == costs
    assert share_of_price(DaySettings(), price, days, of) == price
