"""Dates as people read them: in their language, on the day that it is where the fair is."""

from datetime import UTC, date, datetime

import pytest

from fairapp.i18n import formats, set_language

LATE = datetime(2027, 4, 14, 20, 30, tzinfo=UTC)
"""Half past three in the morning of the 15th in Ho Chi Minh City."""


@pytest.mark.parametrize(
    ("language", "style", "said"),
    [("vi", "short", "15.4"), ("vi", "long", "15.4.2027"), ("en", "long", "15 April 2027")],
)
def test_a_moment_falls_on_the_day_that_it_is_at_the_fair(language: str, style: str, said: str) -> None:
    set_language(language)
    assert formats.date(LATE, style, "Asia/Ho_Chi_Minh") == said
    assert formats.date(date(2027, 4, 15), style, "Asia/Ho_Chi_Minh") == said
