"""Base45 (RFC 9285): bytes in the 45 characters that a QR code's alphanumeric mode knows."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {letter: number for number, letter in enumerate(ALPHABET)}


class NotBase45(ValueError):
    """The text has another alphabet, an impossible length, or a group beyond its bytes."""


def encode(data: bytes) -> str:
    """Three characters for two bytes, two for a last single one."""
    letters: list[str] = []
    for start in range(0, len(data) - 1, 2):
        rest, low = divmod(data[start] * 256 + data[start + 1], 45)
        high, middle = divmod(rest, 45)
        letters += ALPHABET[low], ALPHABET[middle], ALPHABET[high]
    if len(data) % 2:
        high, low = divmod(data[-1], 45)
        letters += ALPHABET[low], ALPHABET[high]
    return "".join(letters)


def decode(text: str) -> bytes:
    """The bytes of ``text``; every byte string has exactly one spelling. Raises NotBase45."""
    if len(text) % 3 == 1:
        raise NotBase45("length")
    try:
        values = [_VALUE[letter] for letter in text]
    except KeyError:
        raise NotBase45("alphabet") from None
    data = bytearray()
    for start in range(0, len(values), 3):
        group = values[start : start + 3]
        number = sum(value * 45**power for power, value in enumerate(group))
        size = len(group) - 1
        if number >= 256**size:
            raise NotBase45("group")
        data += number.to_bytes(size, "big")
    return bytes(data)
