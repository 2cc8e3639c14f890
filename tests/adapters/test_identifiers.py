"""Tax codes, personal numbers and product codes, at home and abroad."""

from __future__ import annotations

from datetime import date

import pytest

from fairapp.adapters.identifiers import ocop_code, personal_number, tax_code
from fairapp.rules.identifiers import Identifier, IdentifierKind, IdentifierReason

TODAY = date(2026, 4, 1)


def value_of(found: Identifier | IdentifierReason) -> str:
    assert isinstance(found, Identifier), found
    return found.value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100233488", "0100233488"),
        ("0314409058-002", "0314409058-002"),
        ("0312687878001", "0312687878-001"),
        (" 01.00.112.437 ", "0100112437"),
        ("0312 68 78 78 – 001", "0312687878-001"),
        ("０１００２３３４８８", "0100233488"),
    ],
)
def test_a_vietnamese_tax_code_has_one_spelling(typed: str, kept: str) -> None:
    assert tax_code(typed, "VN", TODAY) == Identifier(IdentifierKind.TAX_CODE, "VN", kept, kept)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0100233480", IdentifierReason.WRONG_CHECK_DIGIT),
        ("12345", IdentifierReason.WRONG_LENGTH),
        ("0100233488-000", IdentifierReason.WRONG_BRANCH),
        ("0100233488-01", IdentifierReason.WRONG_BRANCH),
        ("", IdentifierReason.EMPTY),
        (" \u00a0", IdentifierReason.EMPTY),
        ("MST 0100233488", IdentifierReason.NOT_DIGITS),
        ("٠١٠٠٢٣٣٤٨٨", IdentifierReason.NOT_DIGITS),
        ("0" * 5000, IdentifierReason.TOO_LONG),
        ("0100233488\x00", IdentifierReason.NOT_DIGITS),
    ],
)
def test_a_wrong_tax_code_is_refused_with_its_reason(typed: str, reason: IdentifierReason) -> None:
    assert tax_code(typed, "VN", TODAY) is reason


@pytest.mark.parametrize("place", range(10))
def test_any_wrong_digit_of_a_tax_code_is_noticed(place: int) -> None:
    right = "0100233488"
    for digit in set("0123456789") - {right[place]}:
        wrong = right[:place] + digit + right[place + 1 :]
        assert tax_code(wrong, "VN", TODAY) is IdentifierReason.WRONG_CHECK_DIGIT


def test_a_household_s_owner_is_known_by_twelve_digits_that_stay_hidden() -> None:
    found = tax_code("001 085 012345", "VN", TODAY)
    assert isinstance(found, Identifier)
    assert (found.kind, found.value, found.public) == (
        IdentifierKind.PERSONAL_NUMBER,
        "001085012345",
        "0010••••••45",
    )
    assert found.is_personal
    assert personal_number("001085012345", TODAY) == found


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("003085012345", IdentifierReason.UNKNOWN_PROVINCE),
        ("001227012345", IdentifierReason.YEAR_AHEAD),
        ("0010850123", IdentifierReason.WRONG_LENGTH),
        ("", IdentifierReason.EMPTY),
    ],
)
def test_a_wrong_personal_number_is_refused_with_its_reason(typed: str, reason: IdentifierReason) -> None:
    assert personal_number(typed, TODAY) is reason


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("5-8356-7825-6246", "JP", "5835678256246"),
        ("0 99 4 00061772 1", "TH", "0994000617721"),
        ("116-82-00276", "KR", "1168200276"),
        ("hkp 12/34-x", "LA", "HKP 12/34-X"),
        ("K009-901001234", "KH", "K009-901001234"),
    ],
)
def test_another_country_s_number_is_checked_as_its_register_does(
    typed: str, country: str, kept: str
) -> None:
    found = tax_code(typed, country, TODAY)
    assert value_of(found) == kept
    assert isinstance(found, Identifier)
    assert (found.kind, found.country) == (IdentifierKind.FOREIGN_NUMBER, country)


@pytest.mark.parametrize(
    ("typed", "country", "reason"),
    [
        ("5-8356-7825-624X", "JP", IdentifierReason.NOT_OF_THIS_COUNTRY),
        ("5-8356-7825-6247", "JP", IdentifierReason.WRONG_CHECK_DIGIT),
        ("2234567890124", "JP", IdentifierReason.WRONG_CHECK_DIGIT),
        ("123", "JP", IdentifierReason.WRONG_LENGTH),
        ("123", "LA", IdentifierReason.TOO_SHORT),
        ("1" * 41, "LA", IdentifierReason.TOO_LONG),
        ("<b>1234</b>", "LA", IdentifierReason.ODD_CHARACTERS),
        ("=1+2345", "LA", IdentifierReason.ODD_CHARACTERS),
        ("none", "LA", IdentifierReason.ODD_CHARACTERS),
        ("12\u202e34", "LA", IdentifierReason.ODD_CHARACTERS),
    ],
)
def test_a_wrong_foreign_number_is_refused(typed: str, country: str, reason: IdentifierReason) -> None:
    assert tax_code(typed, country, TODAY) is reason


@pytest.mark.parametrize("code", ["83-829-28780-3-2022", "86-28780-12-2026"])
def test_an_ocop_code_is_kept_as_it_is(code: str) -> None:
    assert value_of(ocop_code(f" {code} ")) == code


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", IdentifierReason.EMPTY),
        ("83/829/28780/3/2022", IdentifierReason.NOT_AN_OCOP_CODE),
        ("83-829-28780-3", IdentifierReason.NOT_AN_OCOP_CODE),
        ("99-829-28780-3-2022", IdentifierReason.UNKNOWN_PROVINCE),
    ],
)
def test_what_is_no_ocop_code_is_refused(typed: str, reason: IdentifierReason) -> None:
    assert ocop_code(typed) is reason
