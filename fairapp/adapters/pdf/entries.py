"""An entry of the catalogue: shaped and measured first, drawn when its page is full."""

from dataclasses import dataclass, replace

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import CatalogueEntry, CatalogueLabels, CatalogueProduct
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.pictures import BrokenPicture, Jpeg, jpeg
from fairapp.adapters.pdf.records import Desk
from fairapp.adapters.pdf.text import Line, Style, roomy
from fairapp.adapters.qr import QUIET_ZONE, Symbol
from fairapp.rules.printing import PrintFault, Report

PADDING = 4 * MM
GROUP = Style(7.8, 500, art.INK_2, leading=1.32)
STARS_WIDTH = 28.5 * MM
_MOST_PRODUCTS = 8
_GAP = 1.2 * MM
_STEP = 0.4

Block = tuple[list[Line], Style]


@dataclass(frozen=True)
class Row:
    """A product's lines with its stars."""

    name: Block
    second: Block
    beside: bool
    stars: int
    height: float


@dataclass(frozen=True)
class Words:
    """The column of words of an entry, from its name down."""

    name: Block
    second: Block
    stories: tuple[Block, ...]
    rows: list[Row]
    stand: Block
    facts: Block

    @property
    def height(self) -> float:
        blocks = (self.name, self.second, *self.stories, self.stand, self.facts)
        return sum(map(height_of, blocks)) + sum(row.height for row in self.rows) + 3 * _GAP


@dataclass(frozen=True)
class Prepared:
    """An entry shaped and measured."""

    entry: CatalogueEntry
    key: str
    words: Words
    group: Block
    pictured: bool
    photo: Jpeg | None
    symbol: Symbol | None
    height: float


def height_of(block: Block) -> float:
    """Height of lines below one another."""
    return len(block[0]) * block[1].size * block[1].leading


def prepare(doc: Document, paper: Paper, entry: CatalogueEntry, key: str, report: Report) -> Prepared | None:
    """Shape an entry, or report why it cannot be printed."""
    desk = Desk(report, entry.record)
    try:
        name = desk.field("name", entry.name, 200)
        if not name:
            report.add(entry.record, "name", PrintFault.NO_NAME)
            return None
        return _shape(_Setter(doc, paper, entry, desk), key, name)
    except Exception:  # one bad record never stops a run
        desk.failed()
        return None


class _Setter:
    """Sets one entry's texts into its column."""

    def __init__(self, doc: Document, paper: Paper, entry: CatalogueEntry, desk: Desk) -> None:
        self.doc = doc
        self.paper = paper
        self.entry = entry
        self.desk = desk

    def block(
        self, field: str, text: str, style: Style, most: int, lang: str = "", width: float | None = None
    ) -> Block:
        """Lines of a text that was cleaned."""
        style = roomy(replace(style, lang=lang or self.doc.lang), text)
        lines = self.doc.type.lines(text, style, width or self.paper.words, most, self.desk.note(field))
        return lines, style

    def row(self, product: CatalogueProduct) -> Row:
        """A product with its second name beside or below."""
        width = self.paper.words - (STARS_WIDTH if product.stars else 0.0)
        name = self.desk.field("products", product.name, 200)
        strong = self.paper.style(600, leading=1.32)
        light = self.paper.style(400, art.INK_2, 1.32)
        first = self.block("products", name, strong, 3, product.lang, width)
        text = self.desk.field("products", product.second, 200)
        lines, style = first
        left = width - (lines[-1].width * style.size + 3 if lines else 0.0)
        if len(lines) == 1 and text:
            line = self.doc.type.line(text, light)
            if line.width * light.size <= left:
                light = replace(light, lang=product.second_lang or self.doc.lang)
                return Row(first, ([line], light), True, product.stars or 0, height_of(first) + 1.6 * MM)
        below = self.block("products", text, light, 2, product.second_lang, width)
        return Row(first, below, False, product.stars or 0, height_of(first) + height_of(below) + 1.6 * MM)

    def words(self, name: str, room: float, last: bool) -> Words:
        """The whole column; its stories are made smaller, and the ``last`` time cut, when it is higher than
        ``room``."""
        entry, paper, desk = self.entry, self.paper, self.desk
        small = paper.style(400, art.INK_2, 1.32)
        parts = (desk.field("origin", entry.origin, 300), desk.field("contact", entry.contact, 300))
        rows = [self.row(product) for product in entry.products[:_MOST_PRODUCTS]]
        if len(entry.products) > _MOST_PRODUCTS:
            desk.note("products")(PrintFault.CUT)
        rest = Words(
            name=self.block("name", name, Style(paper.heading, 800, leading=1.25), 4, entry.lang),
            second=self.block("second", desk.field("second", entry.second, 200), small, 2, "en"),
            stories=(),
            rows=rows,
            stand=self.block("stand", desk.field("stand", entry.stand, 400), small, 5),
            facts=self.block("contact", " · ".join(part for part in parts if part), small, 4),
        )
        told = [
            (desk.field("story", entry.story, 2500), entry.story_lang),
            (desk.field("story", entry.beside, 2500), entry.beside_lang),
        ]
        told = [(text, lang) for text, lang in told if text]
        left = max(0.0, room - rest.height)
        stories = self._stories(told, left)
        if last and sum(map(height_of, stories)) > left + 0.1:
            stories = self._cut(told, stories[0][1].size, left)
        return replace(rest, stories=stories)

    def _stories(self, told: list[tuple[str, str]], room: float) -> tuple[Block, ...]:
        """The stories as large as the room allows."""
        size = self.paper.text
        while True:
            blocks = [
                self.block("story", text, Style(size, color=color, leading=1.38), 400, lang)
                for (text, lang), color in zip(told, (art.INK, art.INK_2), strict=False)
            ]
            if size - _STEP < self.paper.smallest or sum(map(height_of, blocks)) <= room:
                return tuple(blocks)
            size -= _STEP

    def _cut(self, told: list[tuple[str, str]], size: float, room: float) -> tuple[Block, ...]:
        """The stories cut to the room, which the report tells."""
        cut: list[Block] = []
        for place, (text, lang) in enumerate(told):
            style = roomy(Style(size, color=art.INK_2 if place else art.INK, leading=1.38), text)
            most = int(room / (style.size * style.leading) / (len(told) - place))
            cut.append(self.block("story", text, style, most, lang))
            room -= height_of(cut[-1])
        return tuple(cut)


def _shape(setter: _Setter, key: str, name: str) -> Prepared:
    entry, paper, desk = setter.entry, setter.paper, setter.desk
    whole = paper.bottom - paper.top - 2 * PADDING
    room = paper.row - 2 * PADDING if paper.rows else whole
    words = setter.words(name, room, last=not paper.rows)
    if paper.rows and words.height > room + 0.1:
        words = setter.words(name, whole, last=True)
    symbol = desk.code(entry.qr)
    group = setter.block("group", desk.field("group", entry.group, 80), GROUP, 3, width=paper.side - 6 * MM)
    photo = _photo(entry, desk)
    # a bare line of an imported list needs no empty frame: three times as many stand on a page
    pictured = bool(photo or entry.mark or entry.products or entry.story)
    left = paper.photo + 2 * MM if pictured else 0.0
    left += max(paper.qr if symbol else 0.0, 8 * MM * len(entry.booths[:4]))
    left += _group_height(group)
    height = max(left, words.height) + 2 * PADDING
    if paper.rows:
        height = paper.row * -(-(height - 0.1) // paper.row)
    return Prepared(entry, key, words, group, pictured, photo, symbol, height)


def _photo(entry: CatalogueEntry, desk: Desk) -> Jpeg | None:
    if entry.photo is None:
        return None
    try:
        return jpeg(entry.photo)
    except BrokenPicture:
        desk.note("photo")(PrintFault.BROKEN_PHOTO)
        return None


def _group_height(block: Block) -> float:
    return height_of(block) + 2.6 * MM if block[0] else 0.0


def mark_of(entry: CatalogueEntry) -> str:
    """The product group's mark, where there is a drawing of it."""
    return entry.mark if entry.mark in art.GROUP_FILLS else ""


class Artist:
    """Draws entries of a book."""

    def __init__(self, doc: Document, paper: Paper, labels: CatalogueLabels) -> None:
        self.doc = doc
        self.paper = paper
        self.labels = labels

    def draw(self, ready: Prepared, x: float, y: float) -> None:
        """Draw an entry whose space begins at ``y``."""
        doc, words = self.doc, ready.words
        doc.place(ready.key, y)
        right, top = x + self.paper.right, y + PADDING
        with doc.tag("Sect", leaf=False):
            top = self._block("H2", words.name, right, top - 1 * MM)
            top = self._block("P", words.second, right, top) + _GAP
            for story in words.stories:
                top = self._block("P", story, right, top)
            top = self._products(words.rows, right, top + _GAP) + _GAP
            top = self._block("P", words.stand, right, top)
            self._block("P", words.facts, right, top)
            self._side(ready, x, y + PADDING)

    def _block(self, kind: str, block: Block, x: float, y: float) -> float:
        lines, style = block
        if not lines:
            return y
        with self.doc.tag(kind, lang=style.lang):
            return self.doc.block(lines, style, x, y, self.paper.words)

    def _products(self, rows: list[Row], x: float, y: float) -> float:
        if not rows:
            return y
        doc, words = self.doc, self.paper.words
        with doc.tag("L", leaf=False):
            for row in rows:
                doc.rule(x, y, words, art.LINE_2, 0.2 * MM)
                with doc.tag("LI", leaf=False), doc.tag("LBody", leaf=False):
                    self._row(row, x, y)
                y += row.height
        doc.rule(x, y, words, art.LINE_2, 0.2 * MM)
        return y

    def _row(self, row: Row, x: float, y: float) -> None:
        doc, words = self.doc, self.paper.words
        top = y + 0.8 * MM
        lines, style = row.name
        first = top + style.size * style.leading / 2 + 0.36 * style.size
        with doc.tag("Span", lang=style.lang):
            below = doc.block(lines, style, x, top, words)
        if row.second[0]:
            second, light = row.second
            with doc.tag("Span", lang=light.lang):
                if row.beside:
                    doc.text(second[0], light, x + lines[0].width * style.size + 3, first)
                else:
                    doc.block(second, light, x, below, words)
        if row.stars:
            said = self.labels.stars[row.stars] if row.stars < len(self.labels.stars) else ""
            edge = x + words
            word = Style(self.paper.smallest + 0.8, 600)
            with doc.tag("Span", alt=said):
                art.star_letters(doc, row.stars, edge - STARS_WIDTH + 0.5 * MM, first - 0.6)
            art.stars(doc, row.stars, edge - STARS_WIDTH + 0.5 * MM, first - 7.6, 9)
            with doc.decoration():
                doc.write(said, word, edge, first, 1.0, STARS_WIDTH - 49)

    # --- the column of the picture --------------------------------------------------------------------------

    def _side(self, ready: Prepared, x: float, y: float) -> None:
        doc, paper, entry = self.doc, self.paper, ready.entry
        if ready.pictured:
            self._picture(ready, x, y)
            y += paper.photo + 2 * MM
        if ready.group[0]:
            mark = mark_of(entry)
            if mark:
                doc.box(x, y, 4.4 * MM, 4.4 * MM, 0.6 * MM, art.GROUP_FILLS[mark])
                doc.frame(x, y, 4.4 * MM, 4.4 * MM, 0.2 * MM, 0.6 * MM, art.INK)
                art.mark(doc, mark, x + 0.9 * MM, y + 0.9 * MM, 2.6 * MM)
            doc.block(*ready.group, x + (6 * MM if mark else 0.0), y + 0.35 * MM, paper.side)
            y += _group_height(ready.group)
        left = x
        if ready.symbol:
            quiet = paper.qr * QUIET_ZONE / ready.symbol.size
            name = self.labels.code_of % {"name": entry.name}
            with doc.figure(name, x, y + 0.6 * MM, paper.qr, paper.qr):
                doc.qr(ready.symbol, x, y + 0.6 * MM, paper.qr)
            left = x + paper.qr + quiet
        self._plates(entry, left, x + paper.side, y + 0.6 * MM)

    def _plates(self, entry: CatalogueEntry, left: float, right: float, y: float) -> None:
        for number, booth in enumerate(entry.booths[:4]):
            wide = min(art.plate_size(self.doc, booth, art.PLATE_S)[0], right - left)
            with self.doc.tag("P"):
                art.plate(self.doc, booth, right - wide, y + number * 7.4 * MM, art.PLATE_S, wide)

    def _picture(self, ready: Prepared, x: float, y: float) -> None:
        """The photo in its frame; without one the pictogram of the group, or the fair's seal."""
        doc, side, high = self.doc, self.paper.side, self.paper.photo
        if ready.photo:
            entry = ready.entry
            with doc.figure(entry.photo_alt or self.labels.photo_of % {"name": entry.name}, x, y, side, high):
                doc.picture(ready.photo, x, y, side, high, 1 * MM)
        else:
            doc.box(x, y, side, high, 1 * MM, art.SHELL)
            if mark := mark_of(ready.entry):
                art.pictogram(doc, mark, x + (side - 18 * MM) / 2, y + (high - 18 * MM) / 2, 18 * MM)
            else:
                art.seal(doc, x + (side - 12 * MM) / 2, y + (high - 12 * MM) / 2, 12 * MM)
        doc.frame(x, y, side, high, 0.2 * MM, 1 * MM, art.LINE)
