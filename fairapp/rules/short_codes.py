"""Short codes that people read aloud and type: Crockford's base32, forgiving to O, I and L."""

from __future__ import annotations

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BOOTH_LENGTH = 7
BADGE_LENGTH = 8

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2011": None, "\u2013": None})
_VALUE = {letter: number for number, letter in enumerate(ALPHABET)}


def draw_code(length: int, below: Callable[[int], int], *, checked: bool = False) -> str:
    """A new code of ``length`` characters; ``below(n)`` picks a number under n (``secrets.randbelow``).

    With ``checked`` the last character is a check: one wrong character or two exchanged ones never make
    another valid code.
    """
    free = length - 1 if checked else length
    code = "".join(ALPHABET[below(32)] for _ in range(free))
    return code + check_character(code) if checked else code


def read_code(text: str, length: int, *, checked: bool = False) -> str | None:
    """What was typed, in its one spelling (upper case, O as 0, I and L as 1), or None when it is no code."""
    code = text[: 4 * length].strip().upper().translate(_READ_AS)
    if len(code) != length or any(letter not in _VALUE for letter in code):
        return None
    if checked and check_character(code[:-1]) != code[-1]:
        return None
    return code


def grouped(code: str) -> str:
    """The code in two groups, easier to read aloud: ``7K2-M9QX``."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}" if len(code) > 4 else code


def check_character(code: str) -> str:
    """A sum over GF(32) weighted by a generator's powers, which differ up to 31 characters."""
    total, weight = 0, 2
    for letter in code:
        total ^= _times(_VALUE[letter], weight)
        weight = _times(weight, 2)
    return ALPHABET[total]


def _times(left: int, right: int) -> int:
    """Multiply in GF(32) modulo x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= 0b100101
        right >>= 1
    return product
