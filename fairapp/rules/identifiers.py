"""What an organisation, a person and a product are known by, and every reason why such a thing is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    """Which register the identifier comes from."""

    TAX_CODE = "tax_code"
    PERSONAL_NUMBER = "personal_number"
    FOREIGN_NUMBER = "foreign_number"
    OCOP_CODE = "ocop_code"


class IdentifierReason(StrEnum):
    """Why a tax code, personal number or product code is refused."""

    EMPTY = "number_empty"
    TOO_SHORT = "number_too_short"
    TOO_LONG = "number_too_long"
    NOT_DIGITS = "number_not_digits"
    WRONG_LENGTH = "number_wrong_length"
    WRONG_CHECK_DIGIT = "number_wrong_check_digit"
    WRONG_BRANCH = "number_wrong_branch"
    UNKNOWN_PROVINCE = "number_unknown_province"
    WRONG_CENTURY = "number_wrong_century"
    YEAR_AHEAD = "number_year_ahead"
    ODD_CHARACTERS = "number_odd_characters"
    NOT_OF_THIS_COUNTRY = "number_not_of_this_country"
    NOT_AN_OCOP_CODE = "number_not_an_ocop_code"


class PhoneReason(StrEnum):
    """Why a telephone number is refused."""

    EMPTY = "phone_empty"
    NOT_A_NUMBER = "phone_not_a_number"
    TOO_SHORT = "phone_too_short"
    TOO_LONG = "phone_too_long"
    SEVERAL = "phone_several"
    EXTENSION = "phone_extension"
    UNKNOWN_COUNTRY = "phone_unknown_country"
    OLD_MOBILE = "phone_old_mobile"
    NOT_IN_USE = "phone_not_in_use"


class EmailReason(StrEnum):
    """Why an e-mail address is refused."""

    EMPTY = "email_empty"
    TOO_LONG = "email_too_long"
    NO_AT = "email_no_at"
    SEVERAL = "email_several"
    WITH_NAME = "email_with_name"
    FOREIGN_LETTERS = "email_foreign_letters"
    WRONG_NAME_PART = "email_wrong_name_part"
    WRONG_DOMAIN = "email_wrong_domain"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as it is kept: ``value`` is unique in kind and country, ``display`` is for its owner."""

    kind: IdentifierKind
    country: str
    value: str
    display: str

    @property
    def is_personal(self) -> bool:
        """Whether the number names a person, so that only ``public`` may leave the organiser's office."""
        return self.kind is IdentifierKind.PERSONAL_NUMBER

    @property
    def public(self) -> str:
        """What anybody may see."""
        return masked(self.value) if self.is_personal else self.display


def masked(number: str) -> str:
    """A personal number with its middle hidden: ``012345678912`` becomes ``0123••••••12``."""
    if len(number) <= 6:
        return "•" * len(number)
    return f"{number[:4]}{'•' * (len(number) - 6)}{number[-2:]}"


def personal_number_fault(
    number: str, birth_provinces: frozenset[str], this_year: int
) -> IdentifierReason | None:
    """Why twelve digits are no Vietnamese personal number, or None (Decree 137/2015/NĐ-CP, article 13).

    Three digits for the place of the first birth registration (a province as of before 2025 with a
    leading zero, or 101 and above for a country), one for century and sex, two for the year, six free.
    """
    if not (number.isascii() and number.isdigit()):
        return IdentifierReason.NOT_DIGITS
    if len(number) != 12:
        return IdentifierReason.WRONG_LENGTH
    place, century = number[:3], int(number[3]) // 2
    if place == "100" or (place[0] == "0" and place[1:] not in birth_provinces):
        return IdentifierReason.UNKNOWN_PROVINCE
    if century > 1:
        return IdentifierReason.WRONG_CENTURY
    if 1900 + 100 * century + int(number[4:6]) > this_year:
        return IdentifierReason.YEAR_AHEAD
    return None
