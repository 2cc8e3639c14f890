"""Text before it is set: styles, cleaning, and the shaped words, segments and lines it becomes.

User text is only ever text: nothing in it is markup, and what cannot be shown is shown as a box and reported.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from fairapp.rules.printing import PrintFault

LONGEST = 4000
_MOST_MARKS = 6
PLAIN = re.compile(
    r"[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab\u20ac]*"
)
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
ELLIPSIS = "…"
REPLACEMENT = "\ufffd"

Note = Callable[[PrintFault], None]
Shape = tuple[float, float, float, str]


@dataclass(frozen=True)
class Style:
    """How a text looks: points, weight 400 to 800, #RRGGBB, leading as a factor, BCP 47 language.

    In a ``stressed`` style, words between stars are set in bold (``rules.emphasis``).
    """

    size: float
    weight: int = 400
    color: str = "#1B1D2A"
    leading: float = 1.42
    lang: str = "vi"
    stressed: bool = False


class Word(NamedTuple):
    """A shaped stretch of one direction: widths in ems; pieces are (font resource, TJ operands).

    ``shapes`` are glyphs drawn as outlines: (x and y in ems, size of a unit in ems, path).
    """

    text: str
    width: float
    bare_width: float
    level: int
    pieces: tuple[tuple[str, str], ...]
    shapes: tuple[Shape, ...] = ()
    weight: int = 400


class Segment(NamedTuple):
    """What stays together on a line, with the blanks behind it."""

    text: str
    words: tuple[Word, ...]
    width: float
    bare_width: float
    font: str = ""
    """The font of its only word, when that needs no other and has no outlines."""
    shown: str = ""
    """The TJ operands of that word."""


class Line(NamedTuple):
    """Shaped words in drawing order, left to right, and their width in ems; ``rtl`` lines start at the
    right."""

    words: tuple[Word, ...]
    width: float
    rtl: bool = False
    spoken: str = ""
    """The text in the order it is read, where it is drawn in another."""
    font: str = ""
    """The one font of all its words, when none of its glyphs is drawn as an outline; nothing elsewhere."""
    shown: str = ""
    """The TJ operands of all its words in that font."""

    @property
    def has_shapes(self) -> bool:
        """Whether some of its glyphs are drawn as outlines."""
        return not self.font and any(word.shapes for word in self.words)


_TALL = re.compile("[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")


@lru_cache(maxsize=2048)
def _lettered(style: Style, lang: str, tall: bool) -> Style:
    return replace(style, lang=lang, leading=max(style.leading, 1.6) if tall else style.leading)


def lettered(style: Style, lang: str, text: str) -> Style:
    """The style for a text of this language, with the leading its letters need."""
    tall = not text.isascii() and _TALL.search(text) is not None
    return style if not tall and lang == style.lang else _lettered(style, lang, tall)


def roomy(style: Style, *texts: str) -> Style:
    """The style with the leading that Thai, Lao, Khmer and Burmese need, when such letters are there."""
    return _lettered(style, style.lang, True) if any(map(_TALL.search, texts)) else style


_MANY_SIGNS = re.compile(rf"[^\w ]{{{_MOST_MARKS + 1}}}")


def _is_clean(text: str) -> bool:
    """Whether there is nothing in it to take out: all of it is printable and composed, no tower of marks."""
    if not text.isprintable():  # controls, formats, surrogates and blanks other than the plain one
        return bool(PLAIN.fullmatch(text))
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _MANY_SIGNS.search(text))


def _is_tight(text: str) -> bool:
    return "  " not in text and not text.startswith(" ") and not text.endswith(" ") and text.isprintable()


def clean(text: str, longest: int = LONGEST, note: Note | None = None) -> str:
    """One line of NFC text without controls, bidi overrides, surrogates or towers of marks, at most
    ``longest``."""
    tell = note or (lambda fault: None)
    if len(text) <= longest and _is_clean(text):
        return text if _is_tight(text) else " ".join(text.split())
    text = text[: 4 * longest]
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode()):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind == "Mn" else 0
        if char.isspace():
            kept.append(" ")
        elif kind in ("Cc", "Cn") or char in _BIDI_CONTROLS or marks > _MOST_MARKS:
            tell(PrintFault.CONTROL_CHARACTERS)
        else:
            kept.append(char)
    found = " ".join("".join(kept).split())
    if any(0xD800 <= ord(char) < 0xE000 for char in text):
        tell(PrintFault.CONTROL_CHARACTERS)
    if len(found) > longest:
        tell(PrintFault.TOO_LONG)
        found = found[: longest - 1].rstrip() + ELLIPSIS
    return found
