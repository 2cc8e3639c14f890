"""The order of names in Vietnamese indexes: letters first, then tones, then capitals."""

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = "\u0302\u0306\u031b"
_OTHER = 1_000
_NUMBERS = re.compile(r"(\d+)")
_WITHIN = re.compile("(?<=[\u0e00-\u109f\u1780-\u17ff])-(?=[\u0e00-\u109f\u1780-\u17ff])")
"""A hyphen between letters of scripts that write no blank between words: it parts nothing there."""

SortKey = tuple[str, str, str]
_BLANK = "\0"


def vietnamese_key(text: str) -> SortKey:
    """The key to sort ``text`` by: compare letters (a, ă, â, b … d, đ, e, ê …), then tones, then the text
    itself.

    Blanks come before numbers, numbers before letters, other scripts after all by code point; signs do
    not count.
    """
    letters = tones = ""
    folded = unicodedata.normalize("NFC", text.casefold())
    if "-" in folded:
        folded = _WITHIN.sub("", folded)
    for part in _NUMBERS.split(folded):
        if part.isdecimal():
            number = _number(part)
            letters += number
            tones += "0" * len(number)
        else:
            letters += part.translate(_LETTER_OF)
            tones += part.translate(_TONE_OF)
    if _BLANK * 2 in letters or letters[:1] == _BLANK or letters[-1:] == _BLANK:
        # a blank between words counts once
        kept = [
            (letter, tone)
            for letter, tone, before in zip(letters, tones, _BLANK + letters, strict=False)
            if letter != _BLANK or before != _BLANK
        ]
        if kept and kept[-1][0] == _BLANK:
            kept.pop()
        letters, tones = "".join(letter for letter, _ in kept), "".join(tone for _, tone in kept)
    return letters, tones, text


def _number(digits: str) -> str:
    """A number's length and digits, so that 9 stands before 10."""
    plain = str(int(digits[:40]))
    return chr(10 + len(plain)) + "".join(chr(50 + int(digit)) for digit in plain)


class _Known(dict[int, str | None]):
    """For ``str.translate``: a character's place among the letters, or its tone; nothing for signs."""

    def __init__(self, column: int) -> None:
        self.column = column

    def __missing__(self, code: int) -> str | None:
        found = _ranked(chr(code))
        told = None if found[0] is None else (chr(found[0]), str(found[1]))[self.column]
        if len(self) < _MOST_KNOWN:
            self[code] = told
        return told


_MOST_KNOWN = 8192
_LETTER_OF, _TONE_OF = _Known(0), _Known(1)


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
    return f"{''.join(f'{ord(letter) + 0x100000:06x}' for letter in letters)}0{tones}"[:longest]
