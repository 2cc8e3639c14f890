"""Text before it is set: styles, cleaning, and the shaped words, segments and lines it becomes.

User text is only ever text: nothing in it is markup, and what cannot be shown is shown as a box and reported.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

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


@dataclass(frozen=True)
class Word:
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


@dataclass(frozen=True)
class Segment:
    """What stays together on a line, with the blanks behind it."""

    text: str
    words: tuple[Word, ...]
    width: float
    bare_width: float


@dataclass(frozen=True)
class Line:
    """Shaped words in drawing order, left to right, and their width in ems; ``rtl`` lines start at the
    right."""

    words: tuple[Word, ...]
    width: float
    rtl: bool = False
    spoken: str = ""
    """The text in the order it is read, where it is drawn in another."""

    @property
    def has_shapes(self) -> bool:
        """Whether some of its glyphs are drawn as outlines."""
        return any(word.shapes for word in self.words)


_TALL = re.compile("[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")


@lru_cache(maxsize=2048)
def _lettered(style: Style, lang: str, tall: bool) -> Style:
    return replace(style, lang=lang, leading=max(style.leading, 1.6) if tall else style.leading)


def lettered(style: Style, lang: str, text: str) -> Style:
    """The style for a text of this language, with the leading its letters need."""
    return _lettered(style, lang, not text.isascii() and bool(_TALL.search(text)))


def roomy(style: Style, *texts: str) -> Style:
    """The style with the leading that Thai, Lao, Khmer and Burmese need, when such letters are there."""
    return _lettered(style, style.lang, True) if any(map(_TALL.search, texts)) else style


def clean(text: str, longest: int = LONGEST, note: Note | None = None) -> str:
    """One line of NFC text without controls, bidi overrides, surrogates or towers of marks, at most
    ``longest``."""
    tell = note or (lambda fault: None)
    simple = text.isascii() and text.isprintable()
    if len(text) <= longest and (simple or PLAIN.fullmatch(text)):
        return " ".join(text.split())
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
