"""Text as large as its box allows: the size and the lines at which it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fairapp.adapters.pdf.document import Document
from fairapp.adapters.pdf.text import Line, Note, Style
from fairapp.rules.printing import PrintFault


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a page, in points from the page's upper left corner."""

    x: float
    y: float
    width: float
    height: float


def fit(
    doc: Document,
    text: str,
    style: Style,
    width: float,
    height: float,
    least: float,
    note: Note,
    numbers: Sequence[int] = range(1, 7),
) -> tuple[Style, list[Line]]:
    """Text as large as its box allows, on as many lines as that takes (``numbers``: how many it may be);
    what fits at no size down to ``least`` ends in an ellipsis and is reported."""
    best: tuple[Style, list[Line]] | None = None
    for most in numbers:
        largest = min(style.size, height / (most * style.leading))
        if largest < least or (best is not None and largest <= best[0].size):
            break
        cut: list[PrintFault] = []
        found, lines = doc.type.fitted(text, replace(style, size=largest), width, [(most, least)], cut.append)
        whole = PrintFault.CUT not in cut and len(lines) <= most
        if whole and (best is None or found.size > best[0].size):
            best = found, lines
    if best is not None:
        doc.type.paragraph(text, best[0], note)  # only for what it has to report
        return best
    most = min(numbers[-1], max(1, int(height / (least * style.leading))))
    return doc.type.fitted(text, replace(style, size=least), width, [(most, least)], note)
