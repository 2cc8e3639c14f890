"""Which reminder goes out on which day, and what cancelling costs on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fairapp.rules.dunning import (
    USUAL_FEES,
    DunningSettings,
    FeeStep,
    Reminder,
    cancellation_fee_minor,
    cancellation_share_bp,
    fee_steps,
    reminder_due,
)

DUE = date(2027, 3, 10)
USUAL = DunningSettings()


def letters(settings: DunningSettings, missing: frozenset[int] = frozenset()) -> list[tuple[int, Reminder]]:
    """What goes out from ten days before to forty days after, without the days on which nobody looked."""
    sent: list[tuple[int, Reminder]] = []
    for day in range(-10, 41):
        if day in missing:
            continue
        found = reminder_due(DUE, DUE + timedelta(day), [each for _, each in sent], settings)
        if found:
            sent.append((day, found))
    return sent


def test_each_reminder_goes_out_once_on_its_day() -> None:
    assert letters(USUAL) == [
        (-3, Reminder.COMING),
        (2, Reminder.FIRST),
        (9, Reminder.SECOND),
        (16, Reminder.LAST),
    ]


def test_a_short_gap_is_made_up_for_and_a_long_one_left_out() -> None:
    assert letters(USUAL, frozenset(range(2, 6)))[1] == (6, Reminder.FIRST)
    assert letters(USUAL, frozenset(range(2, 8)))[1] == (9, Reminder.SECOND)


def test_after_a_gap_only_the_latest_goes_out() -> None:
    assert letters(USUAL, frozenset(range(-3, 10)))[0] == (10, Reminder.SECOND)


def test_nobody_is_told_that_something_will_be_due_when_it_was() -> None:
    assert reminder_due(DUE, DUE, [], USUAL) is Reminder.COMING
    assert reminder_due(DUE, DUE + timedelta(1), [], USUAL) is None


def test_a_fair_may_choose_its_days_or_send_none() -> None:
    chosen = DunningSettings.read({"dunning": {"first": 5, "last": 30}})
    assert letters(chosen) == [
        (-3, Reminder.COMING),
        (5, Reminder.FIRST),
        (9, Reminder.SECOND),
        (30, Reminder.LAST),
    ]
    assert letters(DunningSettings.read({"dunning": {"is_on": False}})) == []
    assert DunningSettings.read({}) == USUAL


@pytest.mark.parametrize(
    ("days_before", "share"),
    [(61, 0), (60, 2_500), (31, 2_500), (30, 5_000), (15, 5_000), (14, 10_000), (0, 10_000), (-2, 10_000)],
)
def test_cancelling_costs_more_the_nearer_the_fair(days_before: int, share: int) -> None:
    starts = date(2027, 4, 15)
    assert cancellation_share_bp(starts - timedelta(days_before), starts, USUAL_FEES) == share


def test_a_fee_is_rounded_to_whole_units_halves_up() -> None:
    day = date(2027, 4, 15)
    assert cancellation_fee_minor(6_600_001, day, day, [FeeStep(1, 5_000)]) == 3_300_001
    assert cancellation_fee_minor(6_600_000, day, day, []) == 0


def test_a_fair_has_its_own_schedule() -> None:
    assert fee_steps({}) == USUAL_FEES
    assert fee_steps({"cancellation": []}) == ()
    assert fee_steps({"cancellation": [[10, 99_999]]}) == (FeeStep(10, 10_000),)
