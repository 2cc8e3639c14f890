"""Pages of rows that lead elsewhere: the contents, the index of names and the index of booths."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import A5, MM, Document
from fairapp.adapters.pdf.entries import BOTTOM, TOP, WIDTH
from fairapp.adapters.pdf.text import Line, Style, roomy

_COLUMN_GAP = 6 * MM
_COLUMN = (WIDTH - _COLUMN_GAP) / 2
_ROW = Style(8.4, 400, leading=1.36)
_STRONG = Style(8.4, 700, leading=1.36)
_HEADING = Style(12, 800, art.INDIGO, leading=1.3)
_TITLE = Style(22, 800, leading=1.25)
_CONTENTS = Style(12, 600, leading=1.3)
_DOT = Style(8.4, 400, art.LINE)
CONTENTS_TOP = TOP + 22 * MM
CONTENTS_STEP = 9.2 * MM
CONTENTS_ROWS = int((BOTTOM - CONTENTS_TOP) / CONTENTS_STEP)


@dataclass(frozen=True)
class IndexRow:
    """A row: what stands first, what stands between, the printed page number, and where it leads."""

    first: str
    between: str
    page: int
    key: str
    lang: str = "vi"
    strong: bool = False


Page = Callable[[], float]


class Columns:
    """Fills pages of two columns; ``turn`` goes to the next page and gives its left edge."""

    def __init__(self, doc: Document, turn: Page, top: float) -> None:
        self._doc = doc
        self._turn = turn
        self._left = turn()
        self._column = 0
        self._top = self._y = top

    def _room(self, height: float) -> None:
        """Go on to the next column or page where ``height`` does not fit."""
        if self._y + height <= BOTTOM:
            return
        self._column += 1
        if self._column == 2:
            self._column = 0
            self._left = self._turn()
            self._top = TOP
        self._y = self._top

    def heading(self, text: str) -> None:
        """A letter or a hall, kept with the row after it."""
        height = 2.4 * MM + _HEADING.size * _HEADING.leading
        self._room(height + 2 * _ROW.size * _ROW.leading)
        x = self._left + self._column * (_COLUMN + _COLUMN_GAP)
        lines = self._doc.type.lines(text, _HEADING, _COLUMN, 1)
        self._y = self._doc.block(lines, _HEADING, x, self._y + 1.6 * MM, _COLUMN) + 0.8 * MM

    def row(self, row: IndexRow) -> None:
        """First, between and page number, the first one on as many lines as it needs."""
        doc = self._doc
        style = roomy(
            Style(_ROW.size, 600 if row.strong else 400, leading=_ROW.leading, lang=row.lang), row.first
        )
        number = doc.type.line(str(row.page), _STRONG)
        between = doc.type.line(row.between, _ROW, _COLUMN * 0.62)
        tail = (number.width + between.width) * _ROW.size + 4 * MM
        lines = doc.type.lines(row.first, style, _COLUMN - (tail if not row.strong else 0.0))
        if row.strong:
            self._reverse_row(row, style, lines, number)
            return
        height = len(lines) * style.size * style.leading + 0.7 * MM
        self._room(height)
        x = self._left + self._column * (_COLUMN + _COLUMN_GAP)
        last = doc.block(lines, style, x, self._y, _COLUMN - tail) - style.size * (style.leading / 2 - 0.36)
        right = x + _COLUMN
        used = doc.text(number, _STRONG, right, last, 1.0)
        doc.text(between, Style(_ROW.size, 400, art.INK_3), right - used - 2 * MM, last, 1.0)
        doc.link(row.key, x, self._y, _COLUMN, height)
        self._y += height

    def _reverse_row(self, row: IndexRow, style: Style, lines: list[Line], number: Line) -> None:
        """A booth, who is there on as many lines as that takes, and the page."""
        doc = self._doc
        first = doc.type.line(row.first, style, 24 * MM)
        left = max(15 * MM, first.width * style.size + 2 * MM)
        name_style = roomy(Style(_ROW.size, 400, leading=_ROW.leading, lang=row.lang), row.between)
        room = _COLUMN - left - number.width * _ROW.size - 2.5 * MM
        names = doc.type.lines(row.between, name_style, room)
        height = max(1, len(names)) * name_style.size * name_style.leading + 0.7 * MM
        self._room(height)
        x = self._left + self._column * (_COLUMN + _COLUMN_GAP)
        base = self._y + name_style.size * (name_style.leading / 2 + 0.36)
        doc.text(first, style, x, base)
        last = doc.block(names, name_style, x + left, self._y, room) - name_style.size * (
            name_style.leading / 2 - 0.36
        )
        doc.text(number, _STRONG, x + _COLUMN, last, 1.0)
        doc.link(row.key, x, self._y, _COLUMN, height)
        self._y += height


def title(doc: Document, text: str, x: float) -> float:
    """The heading of an index; give the top of what follows."""
    lines = doc.type.lines(text, _TITLE, WIDTH, 2)
    return doc.block(lines, _TITLE, x, TOP + 1 * MM, WIDTH) + 4 * MM


_COUNT = Style(9, 400, art.INK_2)


def contents_page(doc: Document, heading: str, rows: Iterable[IndexRow], x: float) -> None:
    """One page of the contents; its rows are those that fit."""
    title(doc, heading, x)
    y = CONTENTS_TOP
    for row in rows:
        base = y + 0.62 * CONTENTS_STEP
        number = doc.type.line(str(row.page), _CONTENTS)
        style = roomy(Style(_CONTENTS.size, 600, lang=row.lang), row.first)
        end = x + WIDTH
        count = doc.type.line(row.between, _COUNT, 40 * MM)
        beside = count.width * _COUNT.size + 3 * MM if row.between else 0.0
        used = doc.write(row.first, style, x, base, width=WIDTH - 15 * MM - beside)
        doc.text(count, _COUNT, x + used + 3 * MM, base)
        doc.text(number, _CONTENTS, end, base, 1.0)
        doc.rule(x, y + CONTENTS_STEP, WIDTH, art.LINE, 0.2 * MM)
        doc.link(row.key, x, y, WIDTH, CONTENTS_STEP)
        y += CONTENTS_STEP


def folio_height() -> float:
    """Where the running foot stands."""
    return A5[1] - 8.2 * MM
