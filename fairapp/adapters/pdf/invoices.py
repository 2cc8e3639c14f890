"""Invoices, payment requests and credit notes: A4, with a code for each transfer that is still to be made."""

from __future__ import annotations

from typing import BinaryIO

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.invoice_values import Paper, PaperLine, PaperPart
from fairapp.adapters.pdf.records import Desk
from fairapp.adapters.pdf.text import Line, Style, roomy
from fairapp.rules.printing import Report

EDGE = 18 * MM
WIDTH = A4[0] - 2 * EDGE
FOOT = A4[1] - 22 * MM
COLUMNS = (0.0, 86 * MM, 116 * MM, 138 * MM, WIDTH)
"""Left edge of the text; right edges of quantity, price, VAT and sum."""
CODE = 34 * MM
SUMS = 40 * MM
"""Room for the sums and notes, which stay together."""
TITLE = Style(22, 800, leading=1.2)
PLAIN = Style(10, 400)
STRONG = Style(10, 700)
SMALL = Style(8.5, 400, art.INK_2)
LARGE = Style(13, 800)


def print_invoice(out: BinaryIO, paper: Paper) -> Report:
    """Write the paper; long lists of lines go on over pages."""
    report = Report()
    _Press(out, paper, report).run()
    return report


class _Press:
    """One paper on its way through its pages."""

    def __init__(self, out: BinaryIO, paper: Paper, report: Report) -> None:
        self.paper = paper
        self.doc = Document(out, f"{paper.title} {paper.number}", paper.lang, author=paper.seller[0])
        self.desk = Desk(report, paper.number)
        self.rows = [(line, self._wrapped(line.text)) for line in paper.lines]

    def run(self) -> None:
        """All pages: lines while there are any, then sums and notes, then what is to be paid."""
        first, left, parts = True, list(self.rows), list(self.paper.parts)
        summed = False
        while first or left or parts or not summed:
            with self.doc.page(A4):
                y = self._head() if first else self._short_head()
                if left or first:
                    y = self._table_head(y)
                while left and y + self._height(left[0][1]) < FOOT:
                    y = self._row(*left.pop(0), y)
                if not left and not summed and y + SUMS < FOOT:
                    y, summed = self._notes(self._totals(y + 3 * MM)) + 5 * MM, True
                while summed and parts and y + CODE < FOOT:
                    y = self._part(parts.pop(0), y) + 5 * MM
                first = False
        self.doc.finish()

    def _wrapped(self, text: str) -> list[Line]:
        said = self.desk.field("line", text, 300)
        return self.doc.type.lines(said, roomy(PLAIN, said), COLUMNS[1] - 18 * MM, 3)

    def _height(self, lines: list[Line]) -> float:
        return max(1, len(lines)) * PLAIN.size * PLAIN.leading + 2.4 * MM

    def _column(self, texts: tuple[str, ...], x: float, y: float, width: float) -> float:
        for number, text in enumerate(texts):
            said = self.desk.field("party", text, 300)
            style = STRONG if number == 0 else PLAIN
            if said:
                lines = self.doc.type.lines(said, roomy(style, said), width, 2)
                y = self.doc.block(lines, style, x, y, width)
        return y

    def _head(self) -> float:
        doc, paper = self.doc, self.paper
        art.band(doc, 0, 0, A4[0], 5 * MM)
        half = WIDTH / 2 - 6 * MM
        top = self._column(paper.seller, EDGE, 16 * MM, half)
        doc.write(paper.number, LARGE, EDGE + WIDTH, 21 * MM, 1.0, half)
        at = 26 * MM
        for label, value in paper.facts:
            doc.write(f"{label}: {value}", SMALL, EDGE + WIDTH, at, 1.0, half)
            at += 4.6 * MM
        y = max(top, at) + 8 * MM
        y = doc.block(doc.type.lines(paper.title, TITLE, WIDTH, 2), TITLE, EDGE, y, WIDTH) + 4 * MM
        doc.write(paper.payer_label, SMALL, EDGE, y + 3 * MM)
        return self._column(paper.payer, EDGE, y + 4.5 * MM, WIDTH) + 7 * MM

    def _short_head(self) -> float:
        art.band(self.doc, 0, 0, A4[0], 5 * MM)
        page = self.paper.page_label.format(number=self.doc.pages + 1)
        self.doc.write(f"{self.paper.title} {self.paper.number}", STRONG, EDGE, 17 * MM, width=WIDTH * 0.8)
        self.doc.write(page, SMALL, EDGE + WIDTH, 17 * MM, 1.0)
        return 24 * MM

    def _table_head(self, y: float) -> float:
        self.doc.write(self.paper.heads[0], SMALL, EDGE, y + 3.4 * MM)
        for head, right in zip(self.paper.heads[1:], COLUMNS[1:], strict=True):
            self.doc.write(head, SMALL, EDGE + right, y + 3.4 * MM, 1.0)
        self.doc.rule(EDGE, y + 5.4 * MM, WIDTH, art.INK, 0.4 * MM)
        return y + 6.4 * MM

    def _row(self, line: PaperLine, lines: list[Line], y: float) -> float:
        base = y + 1.2 * MM + PLAIN.size * PLAIN.leading / 2 + 0.36 * PLAIN.size
        self.doc.block(lines, PLAIN, EDGE, y + 1.2 * MM, COLUMNS[1] - 18 * MM)
        figures = (line.quantity, line.price, line.vat, line.total)
        for text, right in zip(figures, COLUMNS[1:], strict=True):
            self.doc.write(text, PLAIN, EDGE + right, base, 1.0)
        y += self._height(lines)
        self.doc.rule(EDGE, y, WIDTH, art.LINE, 0.2 * MM)
        return y

    def _totals(self, y: float) -> float:
        for number, (label, value) in enumerate(self.paper.totals):
            last = number == len(self.paper.totals) - 1
            style = LARGE if last else PLAIN
            y += 7 * MM if last else 5.2 * MM
            used = self.doc.write(value, style, EDGE + WIDTH, y, 1.0)
            right = min(COLUMNS[3], WIDTH - used - 6 * MM)
            self.doc.write(label, style, EDGE + right, y, 1.0, right)
        return y + 4 * MM

    def _notes(self, y: float) -> float:
        for note in self.paper.notes:
            said = self.desk.field("note", note, 500)
            y = self.doc.block(self.doc.type.lines(said, SMALL, WIDTH, 3), SMALL, EDGE, y, WIDTH) + 1 * MM
        return y

    def _part(self, part: PaperPart, y: float) -> float:
        doc = self.doc
        doc.rule(EDGE, y, WIDTH, art.LINE, 0.2 * MM)
        left, top = EDGE, y + 3 * MM
        symbol = self.desk.code(part.code)
        if symbol is not None:
            doc.qr(symbol, EDGE, top, CODE)
            left += CODE + 7 * MM
        doc.write(part.title, STRONG, left, top + 4 * MM)
        doc.write(part.amount, LARGE, EDGE + WIDTH, top + 4 * MM, 1.0)
        doc.write(part.note, SMALL, left, top + 9 * MM)
        at = top + 15 * MM
        for label, value in part.rows:
            doc.write(label, SMALL, left, at)
            doc.write(
                self.desk.field("transfer", value, 120), STRONG, left + 38 * MM, at, width=WIDTH - 90 * MM
            )
            at += 5.2 * MM
        return max(at, top + (CODE if symbol is not None else 0))
