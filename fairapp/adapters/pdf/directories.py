"""Directories of halls, A1: the plan above, everybody by name below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.hall_signs import each_on_a_page, finished
from fairapp.adapters.pdf.plan_sheets import PAPERS, Piece, draw_piece, draw_word
from fairapp.adapters.pdf.records import Desk, Progress
from fairapp.adapters.pdf.text import Line, Style
from fairapp.rules.geometry import Box
from fairapp.rules.printing import Report

EDGE = 30 * MM
SIZE = PAPERS["A1"]
ROOM = SIZE[0] - 2 * EDGE
TOP, PLAN_HIGH, GAP = 92 * MM, 300 * MM, 10 * MM
NAMES_TOP = TOP + PLAN_HIGH + 14 * MM
NAMES_HIGH = SIZE[1] - EDGE - NAMES_TOP
COLUMNS = ((2, 24.0), (3, 20.0), (4, 15.0), (5, 12.0), (6, 9.0))
"""How many columns of names, and how large their letters are."""
STEP = 1.75


@dataclass(frozen=True)
class Standing:
    """Who stands at which booth; ``second`` is the name in its own script where the first is in Latin
    letters."""

    name: str
    lang: str
    booth: str
    second: str = ""
    second_lang: str = ""


@dataclass(frozen=True)
class HallDirectory:
    """Who stands where in a hall, and its plan; ``here`` is the spot of the reader in metres."""

    record: str
    title: str
    second: str
    rows: Sequence[Standing]
    pieces: Sequence[Piece]
    box: Box
    here: tuple[float, float] | None = None
    here_words: str = ""


@dataclass(frozen=True)
class _Sheet:
    """A sheet of a hall: whose names it has, in how many columns."""

    hall: HallDirectory
    rows: Sequence[Standing]
    columns: int
    letters: float


def print_directories(
    out: BinaryIO,
    halls: Sequence[HallDirectory],
    title: str,
    lang: str,
    progress: Progress | None = None,
) -> Report:
    """Write an A1 sheet for each hall, and further ones where a hall has more names than a sheet."""
    report, doc = Report(), Document(out, title, lang)
    sheets = [sheet for hall in halls for sheet in _sheets(hall)]

    def draw(sheet: _Sheet, desk: Desk) -> None:
        _directory(doc, desk, sheet, lang)

    each_on_a_page(doc, report, sheets, SIZE, draw, lambda sheet: sheet.hall.record, progress)
    return finished(doc, report, SIZE)


def _sheets(hall: HallDirectory) -> list[_Sheet]:
    """As many columns and as large letters as the names leave room for; what is too much goes further."""
    for columns, letters in COLUMNS:
        most = columns * int(NAMES_HIGH // (STEP * letters))
        if most >= len(hall.rows):
            break
    parts = [hall.rows[start : start + most] for start in range(0, len(hall.rows), most)] or [()]
    if len(parts) == 1:
        return [_Sheet(hall, parts[0], columns, letters)]
    return [
        _Sheet(replace(hall, title=f"{hall.title} ({n}/{len(parts)})"), part, columns, letters)
        for n, part in enumerate(parts, 1)
    ]


def _directory(doc: Document, desk: Desk, sheet: _Sheet, lang: str) -> None:
    hall = sheet.hall
    art.band(doc, 0, 0, SIZE[0], 16 * MM)
    with doc.tag("H1"):
        doc.write(hall.title, Style(84, 800, art.INDIGO, lang=lang), EDGE, 62 * MM, width=ROOM)
    doc.write(hall.second, Style(28, 400, art.INK_2, lang=lang), EDGE, 80 * MM, width=ROOM)
    unit = min(ROOM / hall.box.width, PLAN_HIGH / hall.box.height)
    left = EDGE + (ROOM - hall.box.width * unit) / 2 - hall.box.left * unit
    down = TOP + (PLAN_HIGH - hall.box.height * unit) / 2 - hall.box.top * unit
    with doc.figure(hall.title, EDGE, TOP, ROOM, PLAN_HIGH), doc.decoration():
        for piece in hall.pieces:
            draw_piece(doc, piece, left, down, unit, SIZE[1])
        for piece in hall.pieces:
            draw_word(doc, piece, left, down, unit, largest=16.0)
        if hall.here is not None:
            _here(doc, hall, left + hall.here[0] * unit, down + hall.here[1] * unit, lang)
    _names(doc, desk, sheet)


def _here(doc: Document, hall: HallDirectory, x: float, y: float, lang: str) -> None:
    doc.box(x - 5 * MM, y - 5 * MM, 10 * MM, 10 * MM, 5 * MM, art.VERMILION)
    doc.frame(x - 5 * MM, y - 5 * MM, 10 * MM, 10 * MM, 1 * MM, 5 * MM, "#FFFFFF")
    style = Style(24, 800, "#FFFFFF", lang=lang)
    wide = doc.type.line(hall.here_words, style).width * 24 + 6 * MM
    doc.box(x + 7 * MM, y - 6 * MM, wide, 12 * MM, 2 * MM, art.VERMILION)
    doc.write(hall.here_words, style, x + 10 * MM, y + 3 * MM)


def _names(doc: Document, desk: Desk, sheet: _Sheet) -> None:
    """The names in their columns, as even as they can be."""
    step = STEP * sheet.letters
    width = (ROOM - GAP * (sheet.columns - 1)) / sheet.columns
    per_column = -(-len(sheet.rows) // sheet.columns) or 1
    for place, row in enumerate(sheet.rows):
        left = EDGE + place // per_column * (width + GAP)
        base = NAMES_TOP + (place % per_column + 0.65) * step
        try:
            _name(doc, desk, row, sheet.letters, left, base, width)
        except Exception:  # one bad name never costs the others theirs
            Desk(desk.report, f"{sheet.hall.record}: {row.booth}").failed()


def _name(
    doc: Document, desk: Desk, row: Standing, letters: float, left: float, base: float, width: float
) -> None:
    """The name, beside it the name in its own script where there is room, and the booth's plate."""
    plate = art.PlateSize(letters * 0.86, 0.3 * MM, 0.8 * MM)
    taken = min(width * 0.4, art.plate_size(doc, row.booth, plate)[0])
    room = width - taken - 3 * MM
    style = Style(letters, 600, lang=row.lang)
    line = doc.type.line(desk.field("name", row.name, 160), style, room, desk.note("name"))
    other: Line | None = None
    beside = Style(letters * 0.8, 400, art.INK_2, lang=row.second_lang or row.lang)
    at = left + line.width * letters + 2 * MM
    if row.second and at < left + room:
        whole = doc.type.line(desk.field("second", row.second, 160), beside)
        other = whole if at + whole.width * beside.size <= left + room else None
    doc.text(line, style, left, base)
    if other is not None:
        doc.text(other, beside, at, base)
    art.plate(doc, row.booth, left + width - taken, base - letters * 1.02, plate, taken)
