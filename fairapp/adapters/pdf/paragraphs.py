"""A paragraph shaped once and broken at any width: sums of widths, so that halving finds where lines end."""

from bisect import bisect_right
from itertools import accumulate

from fairapp.adapters.pdf.text import Segment


class Paragraph:
    """Segments in logical order with their widths in ems; ``mixed`` ones have letters of both directions."""

    __slots__ = ("base", "before", "ends", "mixed", "segments", "widest")

    def __init__(self, segments: list[Segment], base: int = 0, mixed: bool = False) -> None:
        self.segments = segments
        self.base = base
        self.mixed = mixed
        self.before = list(accumulate([segment.width for segment in segments], initial=0.0))
        self.ends = [at + segment.bare_width for at, segment in zip(self.before, segments, strict=False)]
        self.widest = max([segment.bare_width for segment in segments], default=0.0)

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
