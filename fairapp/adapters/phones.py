"""Telephone numbers: read as people write them in their country, kept as E.164, shown as people read them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fairapp.rules.identifiers import PhoneReason

TYPED_AT_MOST = 60

_ODD = re.compile(r"[^\d +().,/\-~\u2010-\u2015\u2212]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What address books wrap around a copied number."""

_EXTENSION = re.compile(r"(?:ext|extension|máy lẻ|may le|nội bộ|lẻ|x|#)\.?:?\s*\d{1,6}\s*$", re.IGNORECASE)
_OLD_MOBILE = re.compile(r"\+841(?:2\d|6[2-9]|8[68]|99)\d{7}")
"""The eleven-digit mobile numbers that Viet Nam shortened in September 2018."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number: ``e164`` is kept, ``country`` (ISO alpha-2) follows from it."""

    e164: str
    country: str


def phone(text: str, country: str = "VN") -> Phone | PhoneReason:
    """The number that ``text`` means to somebody in ``country``, or why it cannot be dialled."""
    import phonenumbers

    typed = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[: TYPED_AT_MOST + 1])).strip()
    if fault := _spelling_fault(typed):
        return fault
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as problem:
        return _parse_faults().get(problem.error_type, PhoneReason.NOT_A_NUMBER)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == phonenumbers.ValidationResult.TOO_LONG:
        return PhoneReason.TOO_LONG
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
        return PhoneReason.TOO_SHORT
    if not phonenumbers.is_valid_number(number):
        return PhoneReason.OLD_MOBILE if _OLD_MOBILE.fullmatch(e164) else PhoneReason.NOT_IN_USE
    return Phone(e164, phonenumbers.region_code_for_number(number) or country)


def shown_phone(e164: str, home: str = "VN") -> str:
    """The number in its reader's form: ``0903 123 456`` at home, ``+84 903 123 456`` elsewhere."""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    at_home = phonenumbers.region_code_for_number(number) == home
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, form)


def _spelling_fault(typed: str) -> PhoneReason | None:
    """What is wrong before any numbering plan is asked."""
    if not typed:
        return PhoneReason.EMPTY
    if len(re.findall(r"\d{6,}", re.sub(r"[ .\-()]", "", typed))) > 1:
        return PhoneReason.SEVERAL
    if _EXTENSION.search(typed):
        return PhoneReason.EXTENSION
    if len(typed) > TYPED_AT_MOST:
        return PhoneReason.TOO_LONG
    return PhoneReason.NOT_A_NUMBER if _ODD.search(typed) else None


def _parse_faults() -> dict[int, PhoneReason]:
    from phonenumbers import NumberParseException as Problem

    return {
        Problem.INVALID_COUNTRY_CODE: PhoneReason.UNKNOWN_COUNTRY,
        Problem.NOT_A_NUMBER: PhoneReason.NOT_A_NUMBER,
        Problem.TOO_SHORT_AFTER_IDD: PhoneReason.TOO_SHORT,
        Problem.TOO_SHORT_NSN: PhoneReason.TOO_SHORT,
        Problem.TOO_LONG: PhoneReason.TOO_LONG,
    }
