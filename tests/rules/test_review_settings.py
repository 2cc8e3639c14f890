"""A fair's settings of reviewing: read back as they were kept, and which letter is due when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fairapp.rules.review_settings import ReviewReminder, ReviewSettings, key_of, reminder_due

UNTIL = datetime(2027, 2, 1, 10, tzinfo=UTC)


def test_settings_read_with_names_unless_the_fair_says_otherwise() -> None:
    assert not ReviewSettings.of({}).blind
    assert ReviewSettings.of({"review": {"blind": True}}) == ReviewSettings(blind=True)


def test_settings_are_read_back_as_they_were_kept() -> None:
    for settings in (ReviewSettings(), ReviewSettings(True, UNTIL, False, 7, 0)):
        assert ReviewSettings.of({"review": settings.kept()}) == settings


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-3.1, None),
        (-3, ReviewReminder.COMING),
        (0, ReviewReminder.COMING),
        (0.1, None),
        (1, ReviewReminder.LATE),
        (30, ReviewReminder.LATE),
        (30.1, None),
    ],
)
def test_letters_are_due_around_the_deadline(days: float, expected: ReviewReminder | None) -> None:
    now = UNTIL + timedelta(days=days)
    assert reminder_due(ReviewSettings(until=UNTIL), now) is expected
    assert reminder_due(ReviewSettings(until=UNTIL, reminds=False), now) is None
    assert reminder_due(ReviewSettings(), now) is None


def test_reviews_are_late_after_the_deadline_and_never_without_one() -> None:
    settings = ReviewSettings(until=UNTIL)
    assert [settings.is_late(UNTIL + timedelta(minutes=each)) for each in (0, 1)] == [False, True]
    assert not ReviewSettings().is_late(UNTIL)


def test_another_deadline_is_another_letter() -> None:
    assert key_of(ReviewReminder.COMING, UNTIL) != key_of(ReviewReminder.COMING, UNTIL + timedelta(hours=1))
