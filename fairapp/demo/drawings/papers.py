"""A scanned paper that proves nothing: lines of writing, a stamp, and the word for "specimen"."""

from __future__ import annotations

from random import Random

from fairapp.demo.drawings.paths import ellipse
from fairapp.demo.drawings.pen import INK, PAPER, sheet
from fairapp.demo.drawings.pigments import SON

WIDE, HIGH = 84, 118


def scan(seed: str, width: int = 900) -> bytes:
    """A JPEG of an upright page; the same seed draws the same page."""
    chance = Random(f"paper/{seed}")  # noqa: S311 - variety, not secrecy
    page = sheet(width, PAPER, (WIDE, HIGH))
    pen = page.pen
    pen.line("M5 5h74v108h-74z", 0.8, SON)
    pen.line("M6.5 6.5h71v105h-71z", 0.3, SON)
    for y, half in ((14, 22), (17.5, 12), (30, 26)):
        pen.line(f"M{42 - half} {y}h{2 * half}", 1.4 if y == 30 else 0.8, INK)
    for row in range(11):
        long = chance.uniform(30, 62)
        pen.line(f"M12 {40 + 4.6 * row}h{long:.1f}", 0.5, INK)
    pen.line(ellipse(60, 98, 8.5), 1.1, SON)
    pen.line(ellipse(60, 98, 6.5), 0.5, SON)
    pen.line("M46 100c4 -9 7 6 10 -3s5 -6 8 3s6 -2 9 -6", 0.7, "#2E4A8F")
    return page.jpeg()
