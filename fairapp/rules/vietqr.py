"""VietQR: the text of a QR code that a Vietnamese bank's app reads as a ready transfer.

EMVCo's merchant-presented mode: fields of two digits for the name, two for the length, then the value; NAPAS
(A000000727) keeps the bank and the account in field 38. The last field is a CRC16-CCITT (FALSE) over all
before it, its own name and length included.
"""

from __future__ import annotations

import re

from fairapp.rules.text import fold

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
"""ISO 4217's number of the Vietnamese đồng."""
LONGEST_MEMO = 25
"""EMVCo's limit for a value of the additional data; banks cut what is longer."""
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{3,19}")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 -]+")


def is_account(bank_bin: str, account: str) -> bool:
    """Whether a code can lead to this account."""
    return bool(_BIN.fullmatch(bank_bin) and _ACCOUNT.fullmatch(account))


def plain_memo(text: str) -> str:
    """A memo as every bank takes it: plain letters, digits, blanks and hyphens, not too long."""
    return " ".join(_NOT_PLAIN.sub(" ", fold(text)).upper().split())[:LONGEST_MEMO].strip()


def payload(bank_bin: str, account: str, amount: int, memo: str, *, bill: str = "", once: bool = True) -> str:
    """The code's text for a transfer of whole đồng; ``once`` says that it is for a single payment."""
    if not is_account(bank_bin, account) or amount <= 0:
        raise ValueError("no transfer can be made of this")
    bank = _field("00", bank_bin) + _field("01", account)
    merchant = _field("00", NAPAS) + _field("01", bank) + _field("02", TO_ACCOUNT)
    more = (_field("01", bill) if bill else "") + _field("08", memo)
    text = (
        _field("00", "01")
        + _field("01", "12" if once else "11")
        + _field("38", merchant)
        + _field("53", DONG)
        + _field("54", str(amount))
        + _field("58", "VN")
        + _field("62", more)
        + "6304"
    )
    return text + checksum(text)


def checksum(text: str) -> str:
    """CRC16-CCITT (FALSE) of plain text as four hexadecimal digits."""
    found = 0xFFFF
    for byte in text.encode("ascii"):
        found ^= byte << 8
        for _ in range(8):
            found = (found << 1) ^ 0x1021 if found & 0x8000 else found << 1
        found &= 0xFFFF
    return f"{found:04X}"


def _field(name: str, value: str) -> str:
    if len(value) > 99:
        raise ValueError("a field holds 99 characters at most")
    return f"{name}{len(value):02d}{value}"
