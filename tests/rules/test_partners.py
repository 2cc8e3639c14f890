"""Who stands with whom: every state and step of a partner, and the floor that all of them need."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fairapp.rules.allocation import Obstacle, Stand, Wish, obstacles
from fairapp.rules.partners import (
    COUNTED,
    ENDED,
    MOST_PARTNERS,
    STEPS,
    Crowd,
    Moment,
    PartnerRefusal,
    PartnerSettings,
    PartnerState,
    PartnerStep,
    floor_that_counts,
    naming_refusals,
    room_beside,
    step_refusals,
)

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
ALLOWED = {
    PartnerState.PROPOSED: "change approve refuse take_back leave",
    PartnerState.APPROVED: "refuse take_back leave",
    PartnerState.REFUSED: "change approve take_back leave",
    PartnerState.TAKEN_BACK: "",
    PartnerState.LEFT: "",
}


@pytest.mark.parametrize("state", PartnerState)
@pytest.mark.parametrize("step", PartnerStep)
def test_every_step_from_every_state_is_taken_or_refused_by_name(
    state: PartnerState, step: PartnerStep
) -> None:
    allowed = step.value in ALLOWED[state].split()
    assert step_refusals(state, step, "too near") == (() if allowed else (PartnerRefusal.NOT_FROM_HERE,))
    assert ((state, step) in STEPS) is allowed


def test_a_refusal_says_why() -> None:
    against = step_refusals(PartnerState.PROPOSED, PartnerStep.REFUSE, "  ")
    assert against == (PartnerRefusal.REASON_MISSING,)


def test_whoever_was_refused_or_has_ended_needs_no_floor() -> None:
    assert COUNTED | ENDED | {PartnerState.REFUSED} == set(PartnerState)


@pytest.mark.parametrize(
    ("beside", "floor", "fits"),
    [(0, 1.0, True), (1, 8.0, True), (1, 7.9, False), (2, 12.0, True), (3, 12.0, False)],
)
def test_four_square_metres_for_the_main_exhibitor_and_four_for_each_beside(
    beside: int, floor: float, fits: bool
) -> None:
    assert Crowd(beside).fits(floor) is fits


@pytest.mark.parametrize("floor", [0.0, 3.9, 4.0, 7.9, 8.0, 9.0, 12.0, 36.0])
def test_as_many_find_room_as_fit_and_not_one_more(floor: float) -> None:
    room = room_beside(floor, PartnerSettings())
    assert Crowd(room).fits(floor) or room == 0
    assert not Crowd(room + 1).fits(floor)


def test_a_fair_that_asks_no_floor_has_room_for_as_many_as_may_be_named() -> None:
    assert room_beside(0.0, PartnerSettings(each_m2=0.0)) == MOST_PARTNERS


def test_what_was_asked_for_counts_until_all_booths_are_there() -> None:
    assert floor_that_counts(0.0, 0, 18.0, 2) == 18.0
    assert floor_that_counts(9.0, 1, 18.0, 2) == 18.0
    assert floor_that_counts(15.0, 2, 18.0, 2) == 15.0


def test_settings_are_read_as_they_were_kept_and_what_is_missing_is_as_usual() -> None:
    settings = PartnerSettings(NOW, False, 3.0, 2.5)
    assert PartnerSettings.read({"partners": settings.kept()}) == settings
    assert PartnerSettings.read({}) == PartnerSettings(None, True, 4.0, 4.0)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"admitted": False}, PartnerRefusal.NOT_ADMITTED),
        ({"now": NOW + timedelta(seconds=1)}, PartnerRefusal.NAMING_CLOSED),
        ({"same_name": True}, PartnerRefusal.NAMED_ALREADY),
        ({"itself": True}, PartnerRefusal.ITSELF),
        ({"named": MOST_PARTNERS}, PartnerRefusal.TOO_MANY),
    ],
)
def test_each_reason_against_naming_is_said(changed: dict[str, object], reason: PartnerRefusal) -> None:
    at = Moment(NOW, PartnerSettings(until=NOW), admitted=True)
    assert naming_refusals(at) == ()
    assert naming_refusals(replace(at, **changed)) == (reason,)  # type: ignore[arg-type]


def test_the_office_names_after_the_deadline() -> None:
    at = Moment(NOW + timedelta(days=1), PartnerSettings(until=NOW), admitted=True, by_office=True)
    assert naming_refusals(at) == ()


def test_a_booth_too_small_for_all_companies_is_an_obstacle() -> None:
    stand = Stand(fair_id=1, area_m2=9.0, kind="shell_scheme")
    wish = Wish(fair_id=1, exhibitor_id=1, admitted=True, companies_m2=12.0)
    assert obstacles(wish, stand) == (Obstacle.COMPANIES_DO_NOT_FIT,)
    assert obstacles(replace(wish, companies_m2=9.0), stand) == ()
