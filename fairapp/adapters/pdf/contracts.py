"""A contract on paper: its parties, its text, who signed when, and the digest of all that on every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.contract_values import ContractSheet
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.text import LONGEST, Line, Style, roomy

EDGE = 22 * MM
WIDTH = A4[0] - 2 * EDGE
TOP, BOTTOM = 22 * MM, A4[1] - 26 * MM
LABEL = 46 * MM


@dataclass(frozen=True)
class _Row:
    """A line that is set: how high it is, where it begins, and a second piece beside it."""

    line: Line
    style: Style
    x: float = EDGE
    before: float = 0.0
    beside: tuple[Line, Style] | None = None


_TITLE = Style(17, 800, art.INK, leading=1.3)
_SUBTITLE = Style(10.5, 500, art.INK_2)
_LABEL = Style(9.5, 600, art.INK_2)
_TEXT = Style(10.5, 400, art.INK, leading=1.45)
_SIDE = Style(9.5, 700, art.INK_2)
_NAME = Style(14, 700, art.INK, leading=1.5)
_SMALL = Style(8.5, 400, art.INK_3)


def print_contract(out: BinaryIO, sheet: ContractSheet) -> int:
    """Write the contract; answer how many pages it has."""
    doc = Document(out, sheet.title, sheet.lang)
    pages = list(_pages(doc, sheet))
    foot = doc.type.lines(sheet.foot, _styled(_SMALL, sheet.lang), WIDTH)
    for number, rows in enumerate(pages, start=1):
        with doc.page(A4):
            y = TOP
            for row in rows:
                y = _set(doc, row, y + row.before)
            doc.rule(EDGE, BOTTOM + 4 * MM, WIDTH, art.LINE)
            doc.block(foot, _SMALL, EDGE, BOTTOM + 6 * MM, WIDTH)
            said = sheet.page % {"page": number, "pages": len(pages)}
            doc.write(said, _styled(_SMALL, sheet.lang), A4[0] - EDGE, A4[1] - 8 * MM, align=1.0)
    doc.finish()
    return len(pages)


def _set(doc: Document, row: _Row, y: float) -> float:
    end = doc.block([row.line], row.style, row.x, y, WIDTH)
    if row.beside is not None:
        line, style = row.beside
        doc.block([line], style, EDGE, y, LABEL)
    return end


def _pages(doc: Document, sheet: ContractSheet) -> Iterator[list[_Row]]:
    """The rows of each page, as many as fit; what belongs together is not torn apart."""
    page: list[_Row] = []
    used = TOP
    for group in _groups(doc, sheet):
        height = sum(row.before + row.style.size * row.style.leading for row in group)
        if page and used + height > BOTTOM:
            yield page
            page, used = [], TOP
            height -= group[0].before
            group[0] = replace(group[0], before=0.0)
        page += group
        used += height
    yield page


def _groups(doc: Document, sheet: ContractSheet) -> Iterator[list[_Row]]:
    for row in _rows(doc, sheet):
        yield [row]
    for signed in sheet.signatures:
        group = [
            *_paragraph(doc, signed.side, _SIDE, sheet.lang, 9 * MM),
            *_paragraph(doc, signed.name, _NAME, sheet.lang),
        ]
        for small in signed.lines:
            group += _paragraph(doc, small, _SMALL, sheet.lang)
        yield group


def _rows(doc: Document, sheet: ContractSheet) -> Iterator[_Row]:
    """Title, parties and clauses, line by line."""
    yield from _paragraph(doc, sheet.title, _TITLE, sheet.lang)
    yield from _paragraph(doc, sheet.subtitle, _SUBTITLE, sheet.lang)
    for index, (label, value) in enumerate(sheet.facts):
        name = doc.type.line(label, _styled(_LABEL, sheet.lang), LABEL - 2 * MM)
        style = roomy(_styled(_TEXT, sheet.lang), value)
        for place, line in enumerate(doc.type.lines(value or "–", style, WIDTH - LABEL)):
            first = place == 0
            gap = (5 * MM if index == 0 else 0.8 * MM) if first else 0.0
            yield _Row(line, style, EDGE + LABEL, gap, (name, _LABEL) if first else None)
    gap = 6 * MM
    for text in sheet.body.split("\n"):
        if text.strip():
            yield from _paragraph(doc, text, _TEXT, sheet.lang, gap)
            gap = 1.5 * MM
        else:
            gap = 4 * MM


def _paragraph(doc: Document, text: str, style: Style, lang: str, before: float = 0.0) -> Iterator[_Row]:
    set_in = roomy(_styled(style, lang), text)
    for part in _parts(text):
        for line in doc.type.lines(part, set_in, WIDTH):
            yield _Row(line, set_in, before=before)
            before = 0.0


def _parts(text: str) -> Iterator[str]:
    """The typesetter takes so many letters at once: a longer paragraph is cut at a blank, nothing is lost."""
    while len(text) > LONGEST:
        cut = text.rfind(" ", 1, LONGEST)
        cut = LONGEST if cut < 1 else cut
        yield text[:cut]
        text = text[cut:].lstrip()
    yield text


def _styled(style: Style, lang: str) -> Style:
    return replace(style, lang=lang)
