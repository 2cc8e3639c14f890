"""Signs of a hall: fascia boards to scale, signs of aisles, stickers of stand numbers, the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.fitting import fit
from fairapp.adapters.pdf.pages import Size
from fairapp.adapters.pdf.plan_sheets import PAPERS
from fairapp.adapters.pdf.records import Desk, Progress
from fairapp.adapters.pdf.text import Style, roomy
from fairapp.rules.printing import PrintFault, Report

LETTERS, LEAST_LETTERS, SMALLEST_LETTERS = 0.56, 0.2, 0.1
"""Letters of a fascia as shares of its height: usual, the least on one line, the least of all."""
STICKERS = (3, 8)
Record = TypeVar("Record")


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
class Sticker:
    """A booth's number and its code to type."""

    record: str
    booth: str
    code: str


def each_on_a_page(
    doc: Document,
    report: Report,
    records: Sequence[Record],
    size: Size,
    draw: Callable[[Record, Desk], None],
    name: Callable[[Record], str],
    progress: Progress | None,
) -> None:
    """A page for each record; one that cannot be set is reported by its name, and leaves no page."""
    for done, record in enumerate(records, 1):
        desk = Desk(report, name(record))
        try:
            with doc.page(size):
                draw(record, desk)
            report.printed += 1
        except Exception:  # one bad record never stops a run
            desk.failed()
            report.skipped += 1
        if progress and (done % 50 == 0 or done == len(records)):
            progress(done, len(records))


def finished(doc: Document, report: Report, size: Size) -> Report:
    """Close the file; one without any page gets an empty one."""
    if not doc.pages:
        with doc.page(size):
            pass
    doc.finish()
    return report


def print_fascias(
    out: BinaryIO,
    boards: Iterable[Fascia],
    title: str,
    lang: str,
    size: tuple[int, int],
    scale: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Write a page for each board, ``size`` millimetres at 1 : ``scale``."""
    report, doc = Report(), Document(out, title, lang)
    sheet = size[0] * MM / scale, size[1] * MM / scale
    worded = []
    for board in boards:
        if board.text is None or board.text.strip():
            worded.append(board)
        else:
            report.add(board.record, "fascia", PrintFault.NO_NAME)
            report.skipped += 1

    def draw(board: Fascia, desk: Desk) -> None:
        _board(doc, desk, board, *sheet)

    each_on_a_page(doc, report, worded, sheet, draw, lambda board: board.record, progress)
    return finished(doc, report, sheet)


def _board(doc: Document, desk: Desk, board: Fascia, wide: float, high: float) -> None:
    """The text in the middle of the board's height, the booth's plate at its end."""
    text = desk.field("fascia", board.text, 160)
    edge = 0.06 * high
    doc.rect(0, high - edge, wide, edge, art.VERMILION)
    plate = art.PlateSize(0.3 * high, 0.012 * high, 0.03 * high)
    taken = min(0.2 * wide, art.plate_size(doc, board.booth, plate)[0])
    art.plate(doc, board.booth, wide - 0.2 * high - taken, 0.24 * high, plate, taken)
    room, height = wide - 0.6 * high - taken, 0.86 * high
    style = roomy(Style(LETTERS * high, 800, art.INDIGO, 1.22, board.lang), text)
    faults: list[PrintFault] = []
    found, lines = fit(doc, text, style, room, height, LEAST_LETTERS * high, faults.append, (1,))
    if PrintFault.CUT in faults:
        least, note = SMALLEST_LETTERS * high, desk.note("fascia")
        found, lines = fit(doc, text, style, room, height, least, note, (2, 3))
    else:
        for fault in faults:
            desk.note("fascia")(fault)
    step = found.size * found.leading
    doc.block(lines, found, 0.2 * high, 0.47 * high - step * len(lines) / 2, room)


def print_aisles(
    out: BinaryIO, aisles: Sequence[Aisle], title: str, lang: str, progress: Progress | None = None
) -> Report:
    """Write an A3 sign for each row: between which numbers one walks."""
    report, doc = Report(), Document(out, title, lang)
    high, wide = PAPERS["A3"]

    def draw(aisle: Aisle, desk: Desk) -> None:
        room, style = wide - 48 * MM, Style(54, 700, art.INK_2, lang=lang)
        art.band(doc, 0, 0, wide, 14 * MM)
        named = doc.type.line(desk.field("name", aisle.hall, 160), style, room, desk.note("name"))
        doc.text(named, style, 24 * MM, 60 * MM)
        size = art.PlateSize(150, 2.4 * MM, 5 * MM)
        art.plate(doc, aisle.first, 24 * MM, 84 * MM, size, room)
        if aisle.last != aisle.first:
            doc.rect(24 * MM, 181 * MM, 40 * MM, 3 * MM, art.INK_3)
            art.plate(doc, aisle.last, 24 * MM, 192 * MM, size, room)

    each_on_a_page(doc, report, aisles, (wide, high), draw, lambda aisle: aisle.record, progress)
    return finished(doc, report, (wide, high))


def print_stickers(
    out: BinaryIO, stickers: Sequence[Sticker], title: str, lang: str, progress: Progress | None = None
) -> Report:
    """Write sheets of 24 stickers of 70 × 37 mm: the booth's number and its code to type."""
    report, doc = Report(), Document(out, title, lang)
    columns, rows = STICKERS
    wide, high = A4[0] / columns, A4[1] / rows
    size, code = art.PlateSize(38, 0.7 * MM, 1.6 * MM), Style(9.5, 600, art.INK_2)
    ready = []
    for sticker in stickers:
        try:
            shown = min(wide - 10 * MM, art.plate_size(doc, sticker.booth, size)[0])
            ready.append((sticker.booth, shown, doc.type.line(sticker.code, code, wide - 10 * MM)))
        except Exception:  # one bad record never stops a run
            Desk(report, sticker.record).failed()
            report.skipped += 1
    for start in range(0, len(ready), columns * rows):
        with doc.page(A4):
            for place, (booth, shown, line) in enumerate(ready[start : start + columns * rows]):
                x, y = place % columns * wide, place // columns * high
                art.plate(doc, booth, x + (wide - shown) / 2, y + 6 * MM, size, shown)
                doc.text(line, code, x + wide / 2, y + high - 4.5 * MM, 0.5)
                report.printed += 1
        if progress:
            progress(report.printed + report.skipped, len(stickers))
    return finished(doc, report, A4)
