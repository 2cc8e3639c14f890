"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.adapters.phones import Phone, phone, shown_phone
from fairapp.rules.identifiers import PhoneReason


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("0903 123 456", "VN", Phone("+84903123456", "VN")),
        ("0903.123.456", "VN", Phone("+84903123456", "VN")),
        ("+84 (0)903-123-456", "VN", Phone("+84903123456", "VN")),
        ("84903123456", "VN", Phone("+84903123456", "VN")),
        ("０９０３１２３４５６", "VN", Phone("+84903123456", "VN")),
        ("(028) 3822 1234", "VN", Phone("+842838221234", "VN")),
        ("+66 81 234 5678", "VN", Phone("+66812345678", "TH")),
        ("00 66 81 234 5678", "VN", Phone("+66812345678", "TH")),
        ("\u202a+84 903 123 456\u202c", "VN", Phone("+84903123456", "VN")),
        ("03-1234-5678", "JP", Phone("+81312345678", "JP")),
    ],
)
def test_a_number_is_kept_in_the_world_s_form(typed: str, country: str, kept: Phone) -> None:
    assert phone(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", PhoneReason.EMPTY),
        (" ", PhoneReason.EMPTY),
        ("nothing", PhoneReason.NOT_A_NUMBER),
        ("090ABC1234", PhoneReason.NOT_A_NUMBER),
        ("0903123456\x00", PhoneReason.NOT_A_NUMBER),
        ("113", PhoneReason.TOO_SHORT),
        ("0903 123 456 789 0", PhoneReason.TOO_LONG),
        ("1" * 300, PhoneReason.TOO_LONG),
        ("0903123456 / 0912345678", PhoneReason.SEVERAL),
        ("0903 123 456; 0912 345 678", PhoneReason.SEVERAL),
        ("028 3822 1234 ext 12", PhoneReason.EXTENSION),
        ("028 3822 1234 máy lẻ 12", PhoneReason.EXTENSION),
        ("+999 123 456 789", PhoneReason.UNKNOWN_COUNTRY),
        ("0168 123 4567", PhoneReason.OLD_MOBILE),
        ("0123 456 7890", PhoneReason.OLD_MOBILE),
        ("0000 000 000", PhoneReason.NOT_IN_USE),
    ],
)
def test_a_number_that_cannot_be_dialled_is_refused_with_its_reason(typed: str, reason: PhoneReason) -> None:
    assert phone(typed, "VN") is reason


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    found = phone(text)
    assert isinstance(found, PhoneReason) or found.e164[1:].isdecimal()


def test_a_number_is_shown_as_its_reader_dials_it() -> None:
    assert shown_phone("+84903123456", "VN") == "0903 123 456"
    assert shown_phone("+84903123456", "TH") == "+84 903 123 456"
    assert shown_phone("not a number") == "not a number"
