"""Pages of rows that lead elsewhere: the contents and the indexes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from fairapp.adapters.collation import Collation
from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import CatalogueLabels
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.text import Line, Style, lettered, roomy

_GAP = 6 * MM
_ROW = Style(8.4, 400, leading=1.36)
_STRONG = Style(8.4, 700, leading=1.36)
_BETWEEN = Style(8.4, 400, art.INK_3)
_HEADING = Style(12, 800, art.INDIGO, leading=1.3)
_TITLE = Style(22, 800, leading=1.25)
_CONTENTS = Style(12, 600, leading=1.3)
_COUNT = Style(9, 400, art.INK_2)
_STEP = 9.2 * MM
_NUMBER = 7 * MM


class IndexRow(NamedTuple):
    """A row: what stands first, what stands between, the printed page number, and where it leads.

    ``strong`` rows begin with a code in bold; what stands between takes the rest of the line then.
    """

    first: str
    between: str
    page: int
    key: str
    lang: str = "vi"
    strong: bool = False


class Set(NamedTuple):
    """A row or a heading on its place in a column."""

    item: IndexRow | str
    column: int
    y: float
    height: float
    laid: "Laid | None" = None


class Laid(NamedTuple):
    """A row's words as lines in their style, the room they have, and what stands beside them."""

    style: Style
    lines: list[Line]
    room: float
    beside: Line


class Columns:
    """Lays rows out in the columns of as many pages as they need, and draws them."""

    def __init__(self, doc: Document, paper: Paper, known: dict[str, float]) -> None:
        self.doc = doc
        self.paper = paper
        self.wide = (paper.width - (paper.columns - 1) * _GAP) / paper.columns
        self.known = known
        """Heights of rows by their words; those of an earlier run need no second measuring."""

    def pages(self, rows: Iterable[tuple[str, IndexRow]]) -> Iterator[list[Set]]:
        """Rows with the heading they stand under, page by page."""
        found: list[Set] = []
        top = y = self.paper.top + 17 * MM
        column, before = 0, ""
        line = _ROW.size * _ROW.leading
        for heading, row in rows:
            high, laid = self._height(row)
            new = heading != before
            before = heading
            need = high + (2.4 * MM + _HEADING.size * _HEADING.leading + line if new else 0.0)
            if y + need > self.paper.bottom:
                column += 1
                if column == self.paper.columns:
                    yield found
                    found, column, top = [], 0, self.paper.top
                y = top
            if new:
                found.append(Set(heading, column, y, need - high - line))
                y += need - high - line
            found.append(Set(row, column, y, high, laid))
            y += high
        if found:
            yield found

    def _height(self, row: IndexRow) -> tuple[float, Laid | None]:
        """The height of a row, and how it is laid out where that had to be found out."""
        words = row.between if row.strong else row.first
        key = f"{row.strong:d}{row.first if row.strong else row.between}|{words}|{row.lang}"
        found = self.known.get(key)
        if found is not None:
            return found, None
        laid = self._laid(row)
        found = max(1, len(laid.lines)) * laid.style.size * laid.style.leading + 0.7 * MM
        self.known[key] = found
        return found, laid

    def _laid(self, row: IndexRow) -> Laid:
        words = row.between if row.strong else row.first
        style = lettered(_ROW, row.lang, words)
        beside = self._beside(row)
        room = self._room(row, beside)
        return Laid(style, self.doc.type.lines(words, style, room), room, beside)

    def _beside(self, row: IndexRow) -> Line:
        """What stands beside the words: the code in front of them, or what is between them and the page."""
        if row.strong:
            return self.doc.type.line(row.first, _STRONG)
        return self.doc.type.line(row.between, _BETWEEN, self.wide * 0.5)

    def _room(self, row: IndexRow, beside: Line) -> float:
        """Width of the words."""
        taken = beside.width * _ROW.size
        return self.wide - _NUMBER - (max(15 * MM, taken + 2 * MM) if row.strong else taken + 3 * MM)

    # --- drawing --------------------------------------------------------------------------------------------

    def draw(self, page: list[Set], x: float) -> None:
        """Draw the rows of one page: headings, and lists of rows below each."""
        at = 0
        while at < len(page):
            item = page[at].item
            if isinstance(item, str):
                self._heading(page[at], item, x)
                at += 1
                continue
            end = at
            with self.doc.tag("L", leaf=False):
                while end < len(page) and not isinstance(page[end].item, str):
                    self._row(page[end], x)
                    end += 1
            at = end

    def _x(self, place: Set, x: float) -> float:
        return x + place.column * (self.wide + _GAP)

    def _heading(self, place: Set, text: str, x: float) -> None:
        lines = self.doc.type.lines(text, _HEADING, self.wide, 1)
        with self.doc.tag("H2"):
            self.doc.block(lines, _HEADING, self._x(place, x), place.y + 1.6 * MM, self.wide)

    def _row(self, place: Set, x: float) -> None:
        row = place.item
        assert isinstance(row, IndexRow)
        doc, left = self.doc, self._x(place, x)
        style, lines, room, beside = place.laid or self._laid(row)
        step = style.size * style.leading
        first = place.y + step / 2 + 0.36 * style.size
        last = first + step * (max(1, len(lines)) - 1)
        told = f"{row.first}, {row.page}"
        with (
            doc.tag("LI", leaf=False),
            doc.tag("LBody", leaf=False),
            doc.tag("Link", lang=row.lang),
        ):
            if row.strong:
                doc.text(beside, _STRONG, left, first)
                doc.block(lines, style, left + self.wide - _NUMBER - room, place.y, room)
            else:
                doc.block(lines, style, left, place.y, room)
                doc.text(beside, _BETWEEN, left + self.wide - _NUMBER, last, 1.0)
            doc.write(str(row.page), _STRONG, left + self.wide, last, 1.0)
            doc.link(row.key, left, place.y, self.wide, place.height, told)


Index = tuple[str, str, list[tuple[str, IndexRow]]]


def more_indexes(
    labels: CatalogueLabels,
    order: Collation,
    products: list[tuple[int, IndexRow]],
    regions: list[tuple[str, IndexRow]],
) -> list[Index]:
    """The indexes of products, of places and of stars, each where the book has a heading for it."""
    found: list[Index] = []
    if labels.product_index or labels.star_index:
        products = sorted(products, key=lambda each: order.key(each[1].first))
    if labels.product_index:
        rows = [(order.initial(row.first), row) for _, row in products]
        found.append((labels.product_index, "products", rows))
    if labels.region_index:
        regions = sorted(regions, key=lambda each: (order.key(each[0]), order.key(each[1].first)))
        found.append((labels.region_index, "regions", regions))
    if labels.star_index:
        best = sorted((each for each in products if each[0]), key=lambda each: -each[0])
        rows = [(labels.stars[min(5, stars)], row) for stars, row in best]
        found.append((labels.star_index, "stars", rows))
    return found


def title(doc: Document, paper: Paper, text: str, x: float) -> float:
    """The heading of an index or of the contents; gives where it ends."""
    lines = doc.type.lines(text, _TITLE, paper.width, 2)
    with doc.tag("H1"):
        return doc.block(lines, _TITLE, x, paper.top + 1 * MM, paper.width)


class Contents:
    """The pages of the contents, one row for each chapter and index."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.top = paper.top + 22 * MM
        self.rows = int((paper.bottom - self.top) / _STEP)

    def draw(self, doc: Document, heading: str, rows: Iterable[IndexRow], x: float) -> None:
        """One page; its rows are those that fit."""
        title(doc, self.paper, heading, x)
        y, width = self.top, self.paper.width
        with doc.tag("TOC", leaf=False):
            for row in rows:
                base = y + 0.62 * _STEP
                style = roomy(replace(_CONTENTS, lang=row.lang), row.first)
                count = doc.type.line(row.between, _COUNT, 40 * MM)
                beside = count.width * _COUNT.size + 3 * MM if row.between else 0.0
                told = f"{row.first}, {row.page}"
                with doc.tag("TOCI", leaf=False), doc.tag("Reference", leaf=False), doc.tag("Link"):
                    used = doc.write(row.first, style, x, base, width=width - 15 * MM - beside)
                    doc.text(count, _COUNT, x + used + 3 * MM, base)
                    doc.write(str(row.page), _CONTENTS, x + width, base, 1.0)
                    doc.link(row.key, x, y, width, _STEP, told)
                doc.rule(x, y + _STEP, width, art.LINE, 0.2 * MM)
                y += _STEP


def folio_height(paper: Paper) -> float:
    """Where the running foot stands."""
    return paper.size[1] - 8.2 * MM
