"""A paragraph shaped once and broken at any width: sums of widths, so that halving finds where lines end."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import add

from fairapp.adapters.pdf.text import Segment, Style, Word
from fairapp.rules.emphasis import Span

STRONG = 700
Shape = Callable[[str, Style, int], Segment]
"""Shapes a stretch of one direction: its text, its style, its level."""
_EMPTY: tuple[tuple[()], ...] = ((),) * 6


class Paragraph:
    """Segments in logical order with their widths in ems; ``mixed`` ones have letters of both directions."""

    __slots__ = ("base", "before", "ends", "font", "mixed", "segments", "shown", "widest", "words")

    def __init__(self, segments: list[Segment], base: int = 0, mixed: bool = False) -> None:
        self.segments = segments
        self.base = base
        self.mixed = mixed
        # columns at once: a book has some hundred thousand segments
        self.words: tuple[tuple[Word, ...], ...]
        self.shown: tuple[str, ...]
        _, self.words, widths, bare, fonts, self.shown = zip(*segments, strict=True) if segments else _EMPTY
        one = not mixed and len(set(fonts)) == 1
        self.font: str = fonts[0] if one else ""
        """The one font of all its segments, each of them one word."""
        self.before = list(accumulate(widths, initial=0.0))
        self.ends = list(map(add, self.before, bare))
        self.widest: float = max(bare, default=0.0)

    @property
    def width(self) -> float:
        """Width on one line."""
        return self.ends[-1] if self.ends else 0.0

    def lines(self, room: float) -> list[tuple[int, int]]:
        """First and last-but-one segment of every line of at most ``room`` ems; what is wider than a line has
        one of its own."""
        found = []
        start, count, ends, before = 0, len(self.segments), self.ends, self.before
        while start < count:
            end = bisect_right(ends, before[start] + room, start)
            if end == start:
                end += 1
            found.append((start, end))
            start = end
        return found


def weighed(segments: Iterable[Segment], told: Sequence[Span], style: Style, shape: Shape) -> list[Segment]:
    """The segments with their stressed stretches in bold; where a line may end stays as it was."""
    weights = [stressed for text, stressed in told for _ in text]
    strong = replace(style, weight=STRONG)
    found = []
    at = 0
    for segment in segments:
        end = at + len(segment.text)
        if any(weights[at:end]):
            segment = _heavier(segment, weights[at:end], (style, strong), shape)
        found.append(segment)
        at = end
    return found


def _heavier(segment: Segment, weights: Sequence[bool], styles: tuple[Style, Style], shape: Shape) -> Segment:
    words: list[Word] = []
    at = 0
    for word in segment.words:
        start = at
        at += len(word.text)
        for place in range(start + 1, at + 1):
            if place == at or weights[place] != weights[start]:
                part = word.text[len(word.text) - (at - start) : len(word.text) - (at - place)]
                words += shape(part, styles[weights[start]], word.level).words
                start = place
    width = sum(word.width for word in words)
    blanks = 0.0
    for word in reversed(words):
        blanks += word.width - word.bare_width
        if word.text.strip():
            break
    return Segment(segment.text, tuple(words), width, width - blanks)
