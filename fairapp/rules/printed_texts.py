"""How much of a text fits where it is printed, and by how many characters one is over."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

STORY_ROOM = 1_500
"""Of one story in one language: with a name, a photo and a few products an entry then fills a page of A5."""


class PrintedFault(StrEnum):
    """Why a text is not taken for print."""

    OVER = "printed_over"


# Letters of East Asia and pictures are as wide as two of the Latin alphabet.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)


def printed_length(text: str) -> int:
    """How much room the text takes, in letters of the Latin alphabet: signs above or below one take none."""
    if text.isascii():
        return len(text)
    return sum(map(_room, text))


def _room(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if _WIDE.match(char) else 1


def over(text: str, room: int) -> int:
    """How many characters at its end must go so that the text takes no more than ``room``."""
    if len(text) <= room and text.isascii():
        return 0
    taken = 0
    for place, char in enumerate(text):
        taken += _room(char)
        if taken > room:
            return len(text) - place
    return 0
