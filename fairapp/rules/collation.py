"""The order of names in Vietnamese indexes: letters first, then tones, then capitals."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = "\u0302\u0306\u031b"
_OTHER = 1_000
_NUMBERS = re.compile(r"(\d+)")

SortKey = tuple[tuple[int, ...], tuple[int, ...], str]


def vietnamese_key(text: str) -> SortKey:
    """The key to sort ``text`` by: compare letters (a, ă, â, b … d, đ, e, ê …), then tones, then the text
    itself.

    Blanks come before numbers, numbers before letters, other scripts after all by code point; signs do
    not count.
    """
    letters: list[int] = []
    tones: list[int] = []
    for part in _NUMBERS.split(unicodedata.normalize("NFC", text.casefold())):
        for rank, tone in _number(part) if part.isdecimal() else map(_ranked, part):
            if rank is None or (rank == 0 and (not letters or letters[-1] == 0)):
                continue
            letters.append(rank)
            tones.append(tone)
    while letters and letters[-1] == 0:
        letters.pop()
        tones.pop()
    return tuple(letters), tuple(tones), text


def _number(digits: str) -> list[tuple[int | None, int]]:
    """A number's length and digits, so that 9 stands before 10."""
    plain = str(int(digits[:40]))
    return [(10 + len(plain), 0), *((50 + int(digit), 0) for digit in plain)]


@lru_cache(maxsize=8192)
def _ranked(char: str) -> tuple[int | None, int]:
    """A character's place among the letters, 0 for what parts words, nothing for signs; and its tone."""
    if char.isspace() or char in "-–—/":
        return 0, 0
    letter, tone = _parted(char)
    if letter in _RANK:
        return 100 + _RANK[letter], tone
    if unicodedata.category(letter[0])[0] in "LM":
        return _OTHER + ord(letter[0]), 0
    return None, 0


def vietnamese_initial(text: str) -> str:
    """The capital letter of the alphabet a name stands under, ``#`` for digits, or the other script's first
    letter."""
    for char in unicodedata.normalize("NFC", text.casefold()):
        letter, _ = _parted(char)
        if letter in _RANK:
            return letter.upper()
        if letter.isdecimal():
            return "#"
        if unicodedata.category(letter[0])[0] == "L":
            return letter[0]
    return "#"


def _parted(char: str) -> tuple[str, int]:
    """A character as the alphabet's letter and the number of its tone."""
    decomposed = unicodedata.normalize("NFD", char)
    if not "a" <= decomposed[0] <= "z":
        return char, 0
    tone = next((_TONES[mark] for mark in decomposed[1:] if mark in _TONES), 0)
    shape = "".join(mark for mark in decomposed[1:] if mark in _SHAPES)
    letter = unicodedata.normalize("NFC", decomposed[0] + shape)
    return (letter if letter in _RANK else decomposed[0]), tone


def vietnamese_sort_text(text: str, longest: int = 300) -> str:
    """``vietnamese_key`` as a text of hexadecimal digits that any database sorts the same way.

    Six digits a letter, the first of them never 0; then a 0 that ends them, and a digit for each tone; cut
    to ``longest`` characters.
    """
    letters, tones, _ = vietnamese_key(text)
    return f"{''.join(f'{rank + 0x100000:06x}' for rank in letters)}0{''.join(map(str, tones))}"[:longest]
