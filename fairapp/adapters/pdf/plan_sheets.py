"""A hall's plan to scale on one sheet of paper, with a scale bar: what is measured on it is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib import pagesizes

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.operators import fill_operator, stroke_operator
from fairapp.adapters.pdf.pages import Size
from fairapp.adapters.pdf.text import Style
from fairapp.rules.geometry import Box, Rings, label_room

PAPERS: dict[str, Size] = {
    "A4": pagesizes.A4,
    "A3": pagesizes.A3,
    "A2": pagesizes.A2,
    "A1": pagesizes.A1,
}
SCALES = (50, 100, 200, 250, 500, 1000, 2000, 5000)
EDGE = 12 * MM
HEAD = 22 * MM
FOOT = 16 * MM
_GREY, _SOLID = "#EFEDE7", "#3B3D4C"


@dataclass(frozen=True)
class Piece:
    """An outline with its word: ``look`` is hall, booth, dashed, facility, solid, line or point."""

    rings: Rings
    word: str = ""
    look: str = "booth"

    def path(self, left: float, top: float, unit: float, height: float) -> str:
        """The outline on a page of this height, as operators; nothing for a mere point."""
        found: list[str] = []
        for ring in self.rings:
            if len(ring) > 2:
                found += [
                    f"{left + x * unit:.3f} {height - top - y * unit:.3f} {'l' if number else 'm'}"
                    for number, (x, y) in enumerate(ring)
                ]
                found.append("h")
        return " ".join(found)


@dataclass(frozen=True)
class PlanSheet:
    """What the sheet says beside the drawing: title, fair, what the scale and the paper are called."""

    title: str
    fair: str
    scale_word: str
    lang: str = "vi"


@dataclass(frozen=True)
class Fit:
    """A paper, its way round, and the denominator of the scale."""

    size: Size
    scale: int


def fitted(box: Box, paper: str) -> Fit:
    """The largest usual scale at which a hall lies on the paper, upright or across."""
    width, height = PAPERS[paper]
    for scale in SCALES:
        unit = 1000 * MM / scale
        for size in ((height, width), (width, height)):
            room = (size[0] - 2 * EDGE, size[1] - HEAD - FOOT - EDGE)
            if box.width * unit <= room[0] and box.height * unit <= room[1]:
                return Fit(size, scale)
    return Fit((height, width), SCALES[-1])


def print_plan(out: BinaryIO, pieces: list[Piece], box: Box, sheet: PlanSheet, paper: str) -> Fit:
    """Write one page with the hall to scale; the answer says on which paper and at which scale."""
    fit = fitted(box, paper)
    unit = 1000 * MM / fit.scale
    doc = Document(out, sheet.title, sheet.lang)
    width, height = fit.size
    with doc.page(fit.size):
        small, bold = Style(9, 400, art.INK_2, lang=sheet.lang), Style(15, 700, lang=sheet.lang)
        doc.write(sheet.title, bold, EDGE, EDGE + 12, width=width - 2 * EDGE)
        doc.write(sheet.fair, small, EDGE, EDGE + 28, width=width - 2 * EDGE)
        left = (width - box.width * unit) / 2 - box.left * unit
        top = HEAD + EDGE / 2 - box.top * unit
        for piece in pieces:
            draw_piece(doc, piece, left, top, unit, height)
        for piece in pieces:
            draw_word(doc, piece, left, top, unit)
        _scale_bar(doc, fit, unit, f"{sheet.scale_word} 1:{fit.scale}", height - EDGE, small)
    doc.finish()
    return fit


def draw_piece(doc: Document, piece: Piece, left: float, top: float, unit: float, height: float) -> None:
    """One outline, its look told by line and filling."""
    path = piece.path(left, top, unit, height)
    if not path:
        x, y = piece.rings[0][0]
        doc.rect(left + x * unit - 2, top + y * unit - 2, 4, 4, _SOLID)
        return
    dash = "[4 3] 0 d " if piece.look in ("dashed", "line") else ""
    line = {"hall": 1.6, "line": 1.2}.get(piece.look, 0.5)
    fill = {"facility": _GREY, "solid": _SOLID, "booth": "#FFFFFF"}.get(piece.look)
    paint = "B*" if fill else "S"
    colour = f"{fill_operator(fill)} " if fill else ""
    doc.raw(f"{line} w {dash}1 j {stroke_operator(art.INK)} {colour}{path} {paint}")


def draw_word(
    doc: Document, piece: Piece, left: float, top: float, unit: float, largest: float = 9.0
) -> None:
    """Write what a piece is called, as large as its outline allows."""
    if not piece.word or piece.look in ("solid", "hall", "dashed"):
        return
    if len(piece.rings[0]) < 3:
        (x, y), run, rise = piece.rings[0][0], 6.0, 3.0
    else:
        (x, y), run, rise = label_room(piece.rings)
    room = run * unit * 0.94
    size = min(largest, rise * unit * 0.7, max(2.0, room / max(1, len(piece.word)) / 0.58))
    style = Style(size, 600 if piece.look == "booth" else 400, art.INK)
    doc.write(piece.word, style, left + x * unit, top + y * unit + size * 0.35, align=0.5, width=room)


def _scale_bar(doc: Document, fit: Fit, unit: float, words: str, y: float, style: Style) -> None:
    """Four steps of whole metres, black and white in turn, as long as a thumb or a hand."""
    step = next(each for each in (1, 2, 5, 10, 20, 50, 100) if each * unit >= 10 * MM or each == 100)
    for number in range(4):
        x = EDGE + number * step * unit
        doc.rect(x, y - 5, step * unit, 5, art.INK if number % 2 == 0 else "#FFFFFF")
        doc.frame(x, y - 5, step * unit, 5, 0.4, 0, art.INK)
        doc.write(str(number * step), style, x, y - 8, align=0.5 if number else 0.0)
    end = EDGE + 4 * step * unit
    doc.write(f"{4 * step} m", style, end, y - 8, align=0.5)
    doc.write(words, Style(11, 700, lang=style.lang), end + 14 * MM, y)
