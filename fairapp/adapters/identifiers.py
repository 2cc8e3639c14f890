"""Tax codes, personal numbers and OCOP product codes: read, checked, and written in their one spelling."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from importlib import import_module

from fairapp.adapters import places
from fairapp.rules.identifiers import (
    Identifier,
    IdentifierKind,
    IdentifierReason,
    masked,
    personal_number_fault,
)
from fairapp.rules.places import Division

FREE_TEXT_AT_LEAST = 4
FREE_TEXT_AT_MOST = 40
TYPED_AT_MOST = 100

_REGISTERS = {
    "AU": "au.abn", "BR": "br.cnpj", "CN": "cn.uscc", "FR": "fr.siren", "GB": "gb.vat", "ID": "id.npwp",
    "IN": "in_.gstin", "IT": "it.iva", "JP": "jp.cn", "KR": "kr.brn", "NZ": "nz.ird", "PT": "pt.nif",
    "SG": "sg.uen", "TH": "th.tin", "TW": "tw.ubn",
}  # fmt: skip
"""The country's register of businesses (or taxpayers) as python-stdnum calls it."""

_OCOP_CODE = re.compile(r"(\d{2})-(?:(\d{3})-)?(\d{5})-(\d{1,4})-(\d{4})")
_HALF_A_BRANCH = re.compile(r"\d{10}-\d{0,2}", re.ASCII)
_FREE_TEXT = re.compile(r"[\w][\w .,/()&#+-]*")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def tax_code(text: str, country: str, today: date) -> Identifier | IdentifierReason:
    """The number under which an organisation pays its taxes in ``country`` (ISO alpha-2), or why not.

    Viet Nam: ten digits with a check digit, a branch as ``-001``; or twelve digits for a household's owner.
    """
    typed = _typed(text)
    if isinstance(typed, IdentifierReason):
        return typed
    if country != "VN":
        return _foreign_number(typed, country)
    if _HALF_A_BRANCH.fullmatch(re.sub(r"[ .]", "", typed)):  # its twelve digits are no personal number
        return IdentifierReason.WRONG_BRANCH
    digits = re.sub(r"[ .\-]", "", typed)
    if not (digits.isascii() and digits.isdigit()):
        return IdentifierReason.NOT_DIGITS
    return _personal_number(digits, today) if len(digits) == 12 else _vietnamese_tax_code(digits)


def personal_number(text: str, today: date) -> Identifier | IdentifierReason:
    """A Vietnamese personal number, with its structure checked; show only ``.public`` of it."""
    typed = _typed(text)
    return (
        typed
        if isinstance(typed, IdentifierReason)
        else _personal_number(re.sub(r"[ .\-]", "", typed), today)
    )


def ocop_code(text: str) -> Identifier | IdentifierReason:
    """An OCOP product code, kept as given: ``83-829-28780-3-2022`` goes on naming its old province."""
    typed = _typed(text)
    if isinstance(typed, IdentifierReason):
        return typed
    parts = _OCOP_CODE.fullmatch(typed)
    if parts is None:
        return IdentifierReason.NOT_AN_OCOP_CODE
    divisions = (Division.LEGACY,) if parts[2] else tuple(Division)
    if not any(places.province(parts[1], division) for division in divisions):
        return IdentifierReason.UNKNOWN_PROVINCE
    return Identifier(IdentifierKind.OCOP_CODE, "VN", typed, typed)


def _typed(text: str) -> str | IdentifierReason:
    if len(text) > TYPED_AT_MOST:
        return IdentifierReason.TOO_LONG
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    return plain or IdentifierReason.EMPTY


def _vietnamese_tax_code(digits: str) -> Identifier | IdentifierReason:
    from stdnum import exceptions
    from stdnum.vn import mst

    if len(digits) == 13 and digits.endswith("000"):
        return IdentifierReason.WRONG_BRANCH
    try:
        value = mst.format(mst.validate(digits))
    except exceptions.InvalidLength:
        return IdentifierReason.WRONG_LENGTH
    except exceptions.ValidationError:
        return IdentifierReason.WRONG_CHECK_DIGIT
    return Identifier(IdentifierKind.TAX_CODE, "VN", value, value)


def _personal_number(digits: str, today: date) -> Identifier | IdentifierReason:
    born_in = frozenset(place.code for place in places.provinces(Division.LEGACY))
    fault = personal_number_fault(digits, born_in, today.year)
    return fault or Identifier(IdentifierKind.PERSONAL_NUMBER, "VN", digits, masked(digits))


def _foreign_number(typed: str, country: str) -> Identifier | IdentifierReason:
    if country in _REGISTERS:
        from stdnum import exceptions

        register = import_module(f"stdnum.{_REGISTERS[country]}")
        try:
            value = str(register.validate(typed))
        except exceptions.InvalidLength:
            return IdentifierReason.WRONG_LENGTH
        except exceptions.InvalidChecksum:
            return IdentifierReason.WRONG_CHECK_DIGIT
        except exceptions.ValidationError:
            return IdentifierReason.NOT_OF_THIS_COUNTRY
        shown = register.format(value) if hasattr(register, "format") else value
        return Identifier(IdentifierKind.FOREIGN_NUMBER, country, value, shown)
    value = " ".join(typed.split()).upper()
    if len(value) < FREE_TEXT_AT_LEAST:
        return IdentifierReason.TOO_SHORT
    if len(value) > FREE_TEXT_AT_MOST:
        return IdentifierReason.TOO_LONG
    if not _FREE_TEXT.fullmatch(value) or not any(letter.isdigit() for letter in value):
        return IdentifierReason.ODD_CHARACTERS
    return Identifier(IdentifierKind.FOREIGN_NUMBER, country, value, value)
