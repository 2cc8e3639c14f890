"""Signs of a hall: fascia boards to scale, signs of aisles, stickers of stand numbers, the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.plan_sheets import PAPERS, Piece, draw_piece, draw_word
from fairapp.adapters.pdf.records import Desk, Progress
from fairapp.adapters.pdf.text import Style, roomy
from fairapp.rules.geometry import Box
from fairapp.rules.printing import PrintFault, Report

LETTERS, LEAST_LETTERS = 0.56, 0.2
"""Letters of a fascia as shares of its height: usual, and the smallest before a second line."""
STICKERS = (3, 8)


@dataclass(frozen=True)
class Fascia:
    """A board: the text exactly as it was typed and approved."""

    record: str
    booth: str
    text: str
    lang: str = "vi"


@dataclass(frozen=True)
class Aisle:
    """The booths between which one walks: the first and the last of a row."""

    record: str
    hall: str
    first: str
    last: str


@dataclass(frozen=True)
class HallDirectory:
    """Who stands where in a hall, and its plan; ``here`` is the spot of the reader in metres."""

    record: str
    title: str
    second: str
    rows: Sequence[tuple[str, str, str]]
    """Name, language, booth."""
    pieces: Sequence[Piece]
    box: Box
    here: tuple[float, float] | None = None
    here_words: str = ""


def print_fascias(
    out: BinaryIO,
    boards: Sequence[Fascia],
    title: str,
    lang: str,
    size: tuple[int, int],
    scale: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Write a page for each board, ``size`` millimetres at 1 : ``scale``."""
    report, doc = Report(), Document(out, title, lang)
    wide, high = size[0] * MM / scale, size[1] * MM / scale
    for done, board in enumerate(boards, 1):
        desk = Desk(report, board.record)
        text = desk.field("fascia", board.text, 160)
        if not text:
            report.add(board.record, "fascia", PrintFault.NO_NAME)
            report.skipped += 1
            continue
        with doc.page((wide, high)):
            _board(doc, desk, board, text, wide, high)
        report.printed += 1
        if progress and (done % 50 == 0 or done == len(boards)):
            progress(done, len(boards))
    return _finished(doc, report, (wide, high))


def _board(doc: Document, desk: Desk, board: Fascia, text: str, wide: float, high: float) -> None:
    edge = 0.06 * high
    doc.rect(0, high - edge, wide, edge, art.VERMILION)
    plate = art.PlateSize(0.3 * high, 0.012 * high, 0.03 * high)
    taken = art.plate(doc, board.booth, wide - 0.2 * high - 0.2 * wide, 0.24 * high, plate, 0.2 * wide)
    room = wide - 0.6 * high - max(taken, 0.2 * wide)
    plain = Style(LETTERS * high, 800, art.INDIGO, 1.22, board.lang)
    style = roomy(plain, text)
    line = doc.type.line(text, style, note=desk.note("fascia"))
    size = min(style.size, 0.86 * high / style.leading, room / line.width) if line.width else style.size
    if size >= LEAST_LETTERS * high:
        style = replace(style, size=size)
        doc.text(doc.type.line(text, style), style, 0.2 * high, 0.47 * high + 0.36 * size)
        return
    small = replace(style, size=min(0.42 * high / style.leading, LEAST_LETTERS * high * 1.4))
    lines = doc.type.lines(text, small, room, 2, desk.note("fascia"))
    step = small.size * small.leading
    doc.block(lines, small, 0.2 * high, 0.47 * high - step * len(lines) / 2, room)


def print_aisles(
    out: BinaryIO, aisles: Sequence[Aisle], title: str, lang: str, progress: Progress | None = None
) -> Report:
    """Write an A3 sign for each row: between which numbers one walks."""
    report, doc = Report(), Document(out, title, lang)
    high, wide = PAPERS["A3"]
    for done, aisle in enumerate(aisles, 1):
        with doc.page((wide, high)):
            art.band(doc, 0, 0, wide, 14 * MM)
            title_style = Style(54, 700, art.INK_2, lang=lang)
            doc.write(aisle.hall, title_style, 24 * MM, 60 * MM, width=wide - 48 * MM)
            size = art.PlateSize(150, 2.4 * MM, 5 * MM)
            room = wide - 48 * MM
            art.plate(doc, aisle.first, 24 * MM, 84 * MM, size, room)
            if aisle.last != aisle.first:
                doc.rect(24 * MM, 181 * MM, 40 * MM, 3 * MM, art.INK_3)
                art.plate(doc, aisle.last, 24 * MM, 192 * MM, size, room)
        report.printed += 1
        if progress:
            progress(done, len(aisles))
    return _finished(doc, report, (wide, high))


def print_stickers(
    out: BinaryIO, codes: Sequence[tuple[str, str]], title: str, lang: str, progress: Progress | None = None
) -> Report:
    """Write sheets of 24 stickers of 70 × 37 mm: the booth's number and its code to type."""
    report, doc = Report(), Document(out, title, lang)
    columns, rows = STICKERS
    wide, high = A4[0] / columns, A4[1] / rows
    for start in range(0, len(codes), columns * rows):
        with doc.page(A4):
            for place, (booth, code) in enumerate(codes[start : start + columns * rows]):
                x, y = place % columns * wide, place // columns * high
                size = art.PlateSize(38, 0.7 * MM, 1.6 * MM)
                shown = min(wide - 10 * MM, art.plate_size(doc, booth, size)[0])
                art.plate(doc, booth, x + (wide - shown) / 2, y + 6 * MM, size, shown)
                doc.write(code, Style(9.5, 600, art.INK_2), x + wide / 2, y + high - 4.5 * MM, 0.5)
                report.printed += 1
        if progress:
            progress(report.printed, len(codes))
    return _finished(doc, report, A4)


def print_directories(
    out: BinaryIO,
    halls: Iterable[HallDirectory],
    title: str,
    lang: str,
    progress: Progress | None = None,
) -> Report:
    """Write an A1 sheet for each hall: its plan above, its exhibitors by name below."""
    report, doc = Report(), Document(out, title, lang)
    size = PAPERS["A1"]
    made = list(halls)
    for done, hall in enumerate(made, 1):
        desk = Desk(report, hall.record)
        with doc.page(size):
            _directory(doc, desk, hall, lang, size)
        report.printed += 1
        if progress:
            progress(done, len(made))
    return _finished(doc, report, size)


def _directory(doc: Document, desk: Desk, hall: HallDirectory, lang: str, size: tuple[float, float]) -> None:
    wide, high = size
    edge = 30 * MM
    art.band(doc, 0, 0, wide, 16 * MM)
    room = wide - 2 * edge
    with doc.tag("H1"):
        doc.write(hall.title, Style(84, 800, art.INDIGO, lang=lang), edge, 62 * MM, width=room)
    doc.write(hall.second, Style(28, 400, art.INK_2, lang=lang), edge, 80 * MM, width=room)
    top, plan_high = 92 * MM, 300 * MM
    unit = min(room / hall.box.width, plan_high / hall.box.height)
    left = edge + (room - hall.box.width * unit) / 2 - hall.box.left * unit
    down = top + (plan_high - hall.box.height * unit) / 2 - hall.box.top * unit
    with doc.figure(hall.title, edge, top, room, plan_high), doc.decoration():
        for piece in hall.pieces:
            draw_piece(doc, piece, left, down, unit, high)
        for piece in hall.pieces:
            draw_word(doc, piece, left, down, unit, largest=16.0)
        if hall.here is not None:
            _here(doc, hall, left + hall.here[0] * unit, down + hall.here[1] * unit, lang)
    _names(doc, desk, hall, edge, top + plan_high + 14 * MM, room, high - edge)


def _here(doc: Document, hall: HallDirectory, x: float, y: float, lang: str) -> None:
    doc.box(x - 5 * MM, y - 5 * MM, 10 * MM, 10 * MM, 5 * MM, art.VERMILION)
    doc.frame(x - 5 * MM, y - 5 * MM, 10 * MM, 10 * MM, 1 * MM, 5 * MM, "#FFFFFF")
    style = Style(24, 800, "#FFFFFF", lang=lang)
    wide = doc.type.line(hall.here_words, style).width * 24 + 6 * MM
    doc.box(x + 7 * MM, y - 6 * MM, wide, 12 * MM, 2 * MM, art.VERMILION)
    doc.write(hall.here_words, style, x + 10 * MM, y + 3 * MM)


def _names(
    doc: Document, desk: Desk, hall: HallDirectory, x: float, top: float, width: float, bottom: float
) -> None:
    """As many columns and as large letters as the names leave room for."""
    gap = 10 * MM
    for columns, letters in ((2, 24.0), (3, 20.0), (4, 15.0), (5, 12.0), (6, 9.0)):
        step = 1.75 * letters
        per_column = max(1, int((bottom - top) // step))
        if per_column * columns >= len(hall.rows):
            break
    column = (width - gap * (columns - 1)) / columns
    per_column = min(per_column, -(-len(hall.rows) // columns)) or 1
    for place, (name, lang, booth) in enumerate(hall.rows):
        if place // per_column >= columns:
            desk.note("directory")(PrintFault.CUT)
            return
        left = x + place // per_column * (column + gap)
        base = top + (place % per_column + 0.65) * step
        plate = art.PlateSize(letters * 0.86, 0.3 * MM, 0.8 * MM)
        taken = min(column * 0.4, art.plate_size(doc, booth, plate)[0])
        art.plate(doc, booth, left + column - taken, base - letters * 1.02, plate, taken)
        text = desk.field("name", name, 160)
        style = Style(letters, 600, lang=lang)
        doc.text(doc.type.line(text, style, column - taken - 3 * MM, desk.note("name")), style, left, base)


def _finished(doc: Document, report: Report, size: tuple[float, float]) -> Report:
    if not doc.pages:
        with doc.page(size):
            pass
    doc.finish()
    return report
