"""E-mail addresses: checked by form alone, without the network, and folded to one spelling."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from fairapp.rules.identifiers import EmailReason

AT_MOST = 254


@dataclass(frozen=True, slots=True)
class Email:
    """``address`` as its owner writes it, ``ascii`` for the envelope, ``folded`` for the unique key."""

    address: str
    ascii: str
    folded: str


def email(text: str) -> Email | EmailReason:
    """The address in ``text``, or why mail cannot reach it; never with a line break or a second address."""
    from email_validator import EmailNotValidError, validate_email

    typed = text[: 2 * AT_MOST].strip(" \t\u00a0\u200b\ufeff")
    if fault := _spelling_fault(typed):
        return fault
    try:
        found = validate_email(
            typed, check_deliverability=False, allow_smtputf8=False, strict=True, test_environment=True
        )
    except EmailNotValidError:
        return EmailReason.WRONG_NAME_PART if _domain_is_good(typed) else EmailReason.WRONG_DOMAIN
    envelope = found.ascii_email or found.normalized
    return Email(found.normalized, envelope, envelope.casefold())


def _spelling_fault(typed: str) -> EmailReason | None:
    if not typed:
        return EmailReason.EMPTY
    if len(typed) > AT_MOST:
        return EmailReason.TOO_LONG
    if "@" not in typed:
        return EmailReason.NO_AT
    if typed.count("@") > 1:
        return EmailReason.SEVERAL
    if "<" in typed or ">" in typed:
        return EmailReason.WITH_NAME
    name_part = typed.partition("@")[0]
    odd = [letter for letter in name_part if not letter.isascii()]
    if odd and all(unicodedata.category(letter)[0] in "LM" for letter in odd):
        return EmailReason.FOREIGN_LETTERS
    return None


def _domain_is_good(typed: str) -> bool:
    """Whether the part after the @ would do with a harmless part before it."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(f"a@{typed.partition('@')[2]}", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
