"""What a badge's QR code says, byte for byte; signing it is the adapter's business.

A token is ``FB1:`` and base45 of 13 bytes of claims and a 64-byte Ed25519 signature over ``FB1:`` and claims:
exactly 120 characters, all in a QR code's alphanumeric mode. It names no person: only numbers of ours.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules import base45

PREFIX = "FB1:"
TOKEN_LENGTH = 120
SIGNATURE_LENGTH = 64
EVERY_DAY = 0

_FAMILY = "FB"
_RAISED = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SHAPE = struct.Struct(">BBHBIBBH")


class TokenReason(StrEnum):
    """Why a scanned text is no valid badge."""

    FOREIGN = "token_foreign"
    OTHER_VERSION = "token_other_version"
    DAMAGED = "token_damaged"
    UNKNOWN_KEY = "token_unknown_key"
    FORGED = "token_forged"


@dataclass(frozen=True, slots=True)
class Claims:
    """What is signed. ``days``: bit 0 is the fair's first day, bit 1 its second …; 0 means every day."""

    fair_id: int
    badge_id: int
    issue: int
    kind: int = 0
    days: int = EVERY_DAY

    def __post_init__(self) -> None:
        limits = (
            (self.fair_id, 24),
            (self.badge_id, 32),
            (self.issue, 8),
            (self.kind, 8),
            (self.days, 16),
        )
        if any(not 0 <= value < 1 << bits for value, bits in limits):
            raise ValueError(f"claims do not fit their bytes: {self}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A token taken apart but not yet believed."""

    claims: Claims
    key_id: int
    signed: bytes
    signature: bytes


def message(claims: Claims, key_id: int, salt: int) -> bytes:
    """The bytes that are signed; the salt only changes the spelling."""
    fair_high, fair_low = divmod(claims.fair_id, 1 << 16)
    packed = _SHAPE.pack(
        key_id, salt, fair_low, fair_high, claims.badge_id, claims.issue, claims.kind, claims.days
    )
    return PREFIX.encode() + packed


def spell(signed: bytes, signature: bytes) -> str:
    """The token's text."""
    return PREFIX + base45.encode(signed[len(PREFIX) :] + signature)


def survives_html(token: str) -> bool:
    """Whether a page shows the token whole: browsers fold two blanks into one."""
    return "  " not in token


def found_in(text: str) -> str:
    """The token inside what a scanner typed, whatever it puts before and after and however Caps Lock stands.

    A token has no small letters, so raising them all gives back what was printed. Without a token the text
    comes back as it was.
    """
    raised = text.translate(_RAISED)
    at = raised.find(PREFIX)
    return raised[at : at + TOKEN_LENGTH] if at >= 0 else text


def take_apart(text: str) -> Sealed | TokenReason:
    """Read a token in its one canonical spelling, or say why the text is none; trusts nothing yet."""
    if not text.startswith(_FAMILY) or text[3:4] != ":":
        return TokenReason.FOREIGN
    if not text.startswith(PREFIX):
        return TokenReason.OTHER_VERSION
    if len(text) != TOKEN_LENGTH:
        return TokenReason.DAMAGED
    try:
        data = base45.decode(text[len(PREFIX) :])
    except base45.NotBase45:
        return TokenReason.DAMAGED
    packed, signature = data[: _SHAPE.size], data[_SHAPE.size :]
    signed = PREFIX.encode() + packed
    if len(signature) != SIGNATURE_LENGTH or spell(signed, signature) != text:
        return TokenReason.DAMAGED
    key_id, _salt, fair_low, fair_high, badge_id, issue, kind, days = _SHAPE.unpack(packed)
    claims = Claims((fair_high << 16) + fair_low, badge_id, issue, kind, days)
    return Sealed(claims, key_id, signed, signature)
