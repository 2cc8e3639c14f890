"""Dates as people read them: in their language, on the day that it is where the fair is."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from fairapp.i18n import formats, set_language, speaking

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


@pytest.mark.parametrize(
    ("language", "said", "number"),
    [
        ("vi", "6.000.000", "6000000"),
        ("vi", "1.200,5", "1200.5"),
        ("vi", "9,5", "9.5"),
        ("vi", "9.5", "9.5"),
        ("vi", "0.125", "0.125"),
        ("vi", "12.500", "12500"),
        ("en", "12.500", "12.500"),
        ("en", "1,200.5", "1200.5"),
        ("en", "1,5", "1.5"),
        ("en", " 2 000 ", "2000"),
        ("en", "-3", "-3"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(language: str, said: str, number: str) -> None:
    with speaking(language):
        assert formats.read_number(said) == Decimal(number)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "said", ["", "abc", "sNaN", "1e5", "Infinity", "1..5", "1.5.2", "1,5,2", "²", "٣", "9" * 41, "1.000.00"]
)
def test_what_is_no_number_is_none(language: str, said: str) -> None:
    with speaking(language):
        assert formats.read_number(said) is None


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("number", ["0", "9", "100", "9.5", "18.25", "6000000", "0.5", "-1.5"])
def test_a_number_in_a_field_is_read_as_itself(language: str, number: str) -> None:
    with speaking(language):
        assert formats.read_number(formats.plain_number(Decimal(number))) == Decimal(number)
