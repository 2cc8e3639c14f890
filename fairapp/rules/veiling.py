"""Blind reading: what an applicant says, with its name and contacts blacked out wherever they occur."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fairapp.rules.text import fold

BLACK = "▇▇▇"
SHORTEST = 3
"""A shorter word would black out half of every text."""
_ADDRESS = re.compile(r"[^\s<>()\[\]]+@[^\s<>()\[\]]+|(?:https?://|www\.)[^\s<>()\[\]]+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\s.()/-]{0,2}\d){7,}")
_DIGITS_TOLD_BY = 8


class Veil:
    """Hides one applicant: its names in any spelling of case and accents, its numbers, and every address."""

    def __init__(self, names: Iterable[str], numbers: Iterable[str] = ()) -> None:
        folded = {" ".join(fold(name).split()) for name in names}
        self._names = sorted((each for each in folded if len(each) >= SHORTEST), key=len, reverse=True)
        self._numbers = {
            digits[-_DIGITS_TOLD_BY:]
            for number in numbers
            if len(digits := re.sub(r"\D", "", number)) >= _DIGITS_TOLD_BY
        }

    def over(self, text: str) -> str:
        """The text without what tells who wrote it."""
        text = _NUMBER.sub(self._number, _ADDRESS.sub(BLACK, text))
        for name in self._names:
            if name in fold(text):
                text = _without(text, name)
        return text

    def _number(self, found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        return BLACK if digits[-_DIGITS_TOLD_BY:] in self._numbers else found[0]


def _without(text: str, name: str) -> str:
    """The text without ``name`` (folded), whatever case, accents and blanks it is written in."""
    plain, at = "", []
    for place, letter in enumerate(text):
        for each in fold(letter) or (" " if letter.isspace() else ""):
            if each == " " and plain.endswith(" "):
                continue
            plain += each
            at.append(place)
    pieces, done = [], 0
    # Scripts without blanks between words have no border to ask for; Latin ones must not lose half a word.
    for found in re.finditer(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", plain):
        first, last = at[found.start()], at[found.end() - 1]
        pieces += [text[done:first], BLACK]
        done = last + 1
        while done < len(text) and not fold(text[done]) and not text[done].isspace():
            done += 1  # combining marks of the last letter
    return "".join([*pieces, text[done:]])
