"""A proof sheet: texts as print sets them, regular and bold, and read back out of the PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pypdfium2

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.records import Desk
from fairapp.adapters.pdf.rendering import ONE_AT_A_TIME
from fairapp.adapters.pdf.text import Line, Style, clean, lettered
from fairapp.rules.printing import PrintFault, Report

_LEFT, _TOP, _BOTTOM = 14 * MM, 24 * MM, A4[1] - 16 * MM
_NUMBER = 14 * MM
_WIDE = (A4[0] - 2 * _LEFT - _NUMBER - 6 * MM) / 2
_TEXT = Style(12, 400, leading=1.5)
_BOLD = Style(12, 800, leading=1.5)
_SMALL = Style(7.5, 400, art.INK_3)
_HEAD = Style(14, 800)
LONGEST = 300
_UNSEEN = re.compile("[\\s\u200b-\u200d\ufffe]")


@dataclass(frozen=True)
class ProofText:
    """A text with the name of its row, and the language it is set in."""

    record: str
    text: str
    lang: str


@dataclass(frozen=True)
class Printed:
    """What was set, and where: its page and the box of its regular letters, from the bottom left."""

    record: str
    text: str
    page: int
    box: tuple[float, float, float, float]


def print_proof(
    out: BinaryIO, title: str, lang: str, texts: Iterable[ProofText]
) -> tuple[Report, list[Printed]]:
    """Write a row for each text; what is wrong with one is reported, and the next one follows."""
    doc = Document(out, title, lang)
    report = Report()
    places: list[Printed] = []
    page: list[tuple[ProofText, str, float]] = []
    y = _TOP
    for each in texts:
        desk = Desk(report, each.record)
        text = desk.field("text", each.text, LONGEST)
        if not text:
            report.add(each.record, "text", PrintFault.NO_NAME)
            report.skipped += 1
            continue
        try:
            high = max(_height(doc, text, each.lang, _TEXT, desk), _height(doc, text, each.lang, _BOLD, desk))
        except Exception:  # one bad text never stops a run
            desk.failed()
            report.skipped += 1
            continue
        if page and y + high > _BOTTOM:
            places += _page(doc, title, page)
            page, y = [], _TOP
        page.append((each, text, high))
        report.printed += 1
        y += high
    if page or not doc.pages:
        places += _page(doc, title, page)
    doc.finish()
    return report, places


def _set(
    doc: Document, text: str, lang: str, style: Style, desk: Desk | None = None
) -> tuple[list[Line], Style]:
    style = lettered(style, lang, text)
    return doc.type.lines(text, style, _WIDE, note=desk.note("text") if desk else None), style


def _height(doc: Document, text: str, lang: str, style: Style, desk: Desk) -> float:
    lines, style = _set(doc, text, lang, style, desk)
    return len(lines) * style.size * style.leading + 2.4 * MM


def _page(doc: Document, title: str, rows: Sequence[tuple[ProofText, str, float]]) -> list[Printed]:
    found: list[Printed] = []
    number = doc.pages
    with doc.page(A4):
        with doc.tag("H1") if not number else doc.decoration():
            doc.write(clean(title, 120), _HEAD, _LEFT, 15 * MM, width=A4[0] - 2 * _LEFT)
        y = _TOP
        for each, text, high in rows:
            doc.rule(_LEFT, y, A4[0] - 2 * _LEFT, art.LINE, 0.2 * MM)
            top, x = y + 1.2 * MM, _LEFT + _NUMBER
            with doc.decoration():
                doc.write(each.record, _SMALL, _LEFT, top + 4.4 * MM, width=_NUMBER - 2 * MM)
            lines, style = _set(doc, text, each.lang, _TEXT)
            doc.block(lines, style, x, top, _WIDE)
            with doc.decoration():  # said once is enough
                lines, style = _set(doc, text, each.lang, _BOLD)
                doc.block(lines, style, x + _WIDE + 6 * MM, top, _WIDE)
            box = (x - 3, A4[1] - y - high, x + _WIDE + 3 * MM, A4[1] - y)
            found.append(Printed(each.record, text, number, box))
            y += high
    return found


def read_back(data: bytes, places: Iterable[Printed]) -> dict[str, str]:
    """What a reader of PDFs finds where a text stands and is not that text, by the names of the rows."""
    wrong: dict[str, str] = {}
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as pdf:
        pages = [pdf[number].get_textpage() for number in range(len(pdf))]
        for place in places:
            read = pages[place.page].get_text_bounded(*place.box)
            if squeezed(read) != squeezed(place.text):
                wrong[place.record] = read
        for page in pages:
            page.close()
    return wrong


def squeezed(text: str) -> str:
    """A text as it is compared: without blanks, joiners and what readers put at the ends of lines."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))
