"""Personal numbers and how they are hidden."""

from __future__ import annotations

import pytest

from fairapp.rules.identifiers import (
    Identifier,
    IdentifierKind,
    IdentifierReason,
    masked,
    personal_number_fault,
)

PROVINCES = frozenset({"01", "79"})


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("001085012345", None),
        ("079203012345", None),
        ("001226012345", None),
        ("137185012345", None),
        ("001227012345", IdentifierReason.YEAR_AHEAD),
        ("001485012345", IdentifierReason.WRONG_CENTURY),
        ("002085012345", IdentifierReason.UNKNOWN_PROVINCE),
        ("000085012345", IdentifierReason.UNKNOWN_PROVINCE),
        ("100085012345", IdentifierReason.UNKNOWN_PROVINCE),
        ("00108501234", IdentifierReason.WRONG_LENGTH),
        ("00108501234x", IdentifierReason.NOT_DIGITS),
        ("٠٠١٠٨٥٠١٢٣٤٥", IdentifierReason.NOT_DIGITS),
    ],
)
def test_a_personal_number_has_a_province_a_century_and_a_year(
    number: str, fault: IdentifierReason | None
) -> None:
    assert personal_number_fault(number, PROVINCES, 2026) == fault


def test_the_middle_of_a_personal_number_is_hidden() -> None:
    assert masked("012345678912") == "0123••••••12"
    assert masked("123456") == "••••••"


def test_only_a_person_s_number_is_hidden_from_the_public() -> None:
    person = Identifier(IdentifierKind.PERSONAL_NUMBER, "VN", "012345678912", "012345678912")
    firm = Identifier(IdentifierKind.TAX_CODE, "VN", "0100233488", "0100233488")
    assert (person.public, firm.public) == ("0123••••••12", "0100233488")
