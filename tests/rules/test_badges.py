"""What a gate answers, how a badge lives, and how many come with a stand."""

from dataclasses import replace
from datetime import date

import pytest

from fairapp.rules.badges import BADGE_STEPS, BadgeState, BadgeStep, GateResult, Shown, allotment, verdict

FIRST, LAST = date(2027, 4, 15), date(2027, 4, 19)
GOOD = Shown(fair_id=1, state=BadgeState.ISSUED, issue=2, days=0)


def said(badge: Shown | None, issue: int | None = 2, day: date = FIRST) -> GateResult:
    return verdict(badge, 1, issue, day, FIRST, LAST)


def test_a_valid_badge_is_admitted() -> None:
    assert said(GOOD) is GateResult.ADMITTED


@pytest.mark.parametrize(
    ("badge", "issue", "day", "answer"),
    [
        (None, 2, FIRST, GateResult.UNKNOWN),
        (replace(GOOD, fair_id=2), 2, FIRST, GateResult.UNKNOWN),
        (replace(GOOD, state=BadgeState.REVOKED), 2, FIRST, GateResult.REVOKED),
        (replace(GOOD, state=BadgeState.NAMED), 2, FIRST, GateResult.REVOKED),
        (GOOD, 1, FIRST, GateResult.REVOKED),
        (GOOD, 2, date(2027, 4, 14), GateResult.NOT_TODAY),
        (GOOD, 2, date(2027, 4, 20), GateResult.NOT_TODAY),
        (replace(GOOD, days=0b10), 2, FIRST, GateResult.NOT_TODAY),
        (replace(GOOD, days=0b10), 2, date(2027, 4, 16), GateResult.ADMITTED),
        (replace(GOOD, state=BadgeState.APPROVED), None, LAST, GateResult.ADMITTED),
    ],
)
def test_each_answer_has_its_reason(
    badge: Shown | None, issue: int | None, day: date, answer: GateResult
) -> None:
    assert said(badge, issue, day) is answer


@pytest.mark.parametrize("state", BadgeState)
@pytest.mark.parametrize("step", BadgeStep)
def test_a_badge_moves_only_along_its_table(state: BadgeState, step: BadgeStep) -> None:
    possible = {
        BadgeState.NAMED: {BadgeStep.RENAME, BadgeStep.APPROVE, BadgeStep.REVOKE},
        BadgeState.APPROVED: {BadgeStep.PRINT, BadgeStep.REVOKE},
        BadgeState.ISSUED: {BadgeStep.PRINT, BadgeStep.REVOKE, BadgeStep.REPLACE},
    }
    assert ((state, step) in BADGE_STEPS) is (step in possible.get(state, set()))


@pytest.mark.parametrize(
    ("area", "badges"), [(0, 0), (9, 5), (12, 5), (18, 10), (30, 10), (36, 15), (50, 15), (100, 20)]
)
def test_a_larger_stand_comes_with_more_badges(area: float, badges: int) -> None:
    assert allotment(area) == badges


def test_each_co_exhibitor_brings_two_more() -> None:
    assert allotment(9, shared_with=3) == 11
