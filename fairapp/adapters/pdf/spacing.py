"""Lines stretched to one width: blanks grow, and between Han letters, kana and syllables a little air."""

import re
from collections.abc import Sequence

from fairapp.adapters.pdf.text import Line, Word

MOST_BLANK, MOST_BETWEEN = 0.45, 0.22
"""How much a blank, and the space between two letters of East Asia, may grow in ems: more shows as a hole."""
_CLOSE = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")


def justified(lines: Sequence[Line], room: float) -> list[Line]:
    """The lines of a paragraph at ``room`` ems, all but the last; what would be torn apart stays ragged."""
    if len(lines) < 2:
        return list(lines)
    return [*(_stretched(line, room) for line in lines[:-1]), lines[-1]]


def _stretched(line: Line, room: float) -> Line:
    missing = room - line.width
    if missing <= 0.01 or line.spoken or line.rtl:
        return line
    gaps, most = _gaps(line.words)
    if not gaps or missing / len(gaps) > most:
        return line
    more = missing / len(gaps)
    words = list(line.words)
    for place in gaps:
        words[place] = _wider(words[place], more)
    return line._replace(words=tuple(words), width=room, font="", shown="")


def _gaps(words: Sequence[Word]) -> tuple[list[int], float]:
    """After which words there may be more space, and how much."""
    blanks = [n for n, word in enumerate(words[:-1]) if word.text[-1:].isspace()]
    if blanks:
        return blanks, MOST_BLANK
    between = [n for n, word in enumerate(words[:-1]) if _CLOSE.match(word.text[-1:])]
    return between, MOST_BETWEEN


def _wider(word: Word, more: float) -> Word:
    font, shown = word.pieces[-1]
    pieces = (*word.pieces[:-1], (font, f"{shown}{-round(more * 1000)}"))
    return word._replace(width=word.width + more, pieces=pieces)
