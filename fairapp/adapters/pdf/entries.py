"""An entry of the catalogue: shaped and measured first, drawn when its page is full."""

from dataclasses import dataclass, replace

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import CatalogueEntry, CatalogueProduct
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.pictures import BrokenPicture, Jpeg, jpeg
from fairapp.adapters.pdf.records import Desk
from fairapp.adapters.pdf.text import Line, Style, lettered, roomy
from fairapp.adapters.qr import Symbol
from fairapp.rules.printing import PrintFault, Report

PADDING = 4 * MM
GROUP = Style(7.8, 500, art.INK_2, leading=1.32)
STARS_WIDTH = 28.5 * MM
_MOST_PRODUCTS = 8
GAP = 1.2 * MM
_LEAST_STORY = 16 * MM

Block = tuple[list[Line], Style]


@dataclass(frozen=True)
class Row:
    """A product's lines with its stars."""

    name: Block
    second: Block
    proof: Block
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
        return (
            sum(map(height_of, blocks)) + sum(row.height for row in self.rows) + (3 + len(self.stories)) * GAP
        )


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
    banner: float = 0.0
    """Height of the photo above the words, on a page of its own."""


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
        style = lettered(style, lang or self.doc.lang, text)
        lines = self.doc.type.lines(text, style, width or self.paper.words, most, self.desk.note(field))
        return lines, style

    def row(self, product: CatalogueProduct, most: int) -> Row:
        """A product with its second name beside or below, on ``most`` lines at most."""
        width = self.paper.words - (STARS_WIDTH if product.stars else 0.0)
        name = self.desk.field("products", product.name, 200)
        strong = self.paper.style(600, leading=1.32)
        light = self.paper.style(400, art.INK_2, 1.32)
        first = self.block("products", name, strong, most, product.lang, width)
        text = self.desk.field("products", product.second, 200)
        lines, style = first
        left = width - (lines[-1].width * style.size + 3 if lines else 0.0)
        if len(lines) == 1 and text:
            line = self.doc.type.line(text, light)
            if line.width * light.size <= left:
                light = replace(light, lang=product.second_lang or self.doc.lang)
                return self._row(product, first, ([line], light), most, beside=True)
        below = self.block("products", text, light, max(1, most - 1), product.second_lang, width)
        return self._row(product, first, below, most)

    def _row(
        self, product: CatalogueProduct, name: Block, second: Block, most: int, beside: bool = False
    ) -> Row:
        """A product whose names are set, with its certificate below them."""
        text = self.desk.field("proof", product.proof, 300)
        small = Style(self.paper.smallest, 400, art.INK_2, 1.3)
        proof = self.block("proof", text, small, max(1, most - 1)) if text else ([], small)
        high = height_of(name) + (0.0 if beside else height_of(second)) + height_of(proof)
        return Row(name, second, proof, beside, product.stars or 0, high + 1.6 * MM)

    def words(self, name: str, room: float, last: bool) -> Words:
        """The whole column; its stories are made smaller, and the ``last`` time cut, when it is higher than
        ``room``."""
        entry, desk = self.entry, self.desk
        rest = self._rest(name, 3)
        if last and rest.height > room - _LEAST_STORY:
            rest = self._rest(name, 1)
        told = [
            (desk.field("story", entry.story, 2500), entry.story_lang),
            (desk.field("story", entry.beside, 2500), entry.beside_lang),
        ]
        told = [(text, lang) for text, lang in told if text]
        left = max(0.0, room - rest.height - len(told) * GAP)
        stories = self._stories(told, left)
        if last and sum(map(height_of, stories)) > left + 0.1:
            stories = self._cut(told, stories[0][1].size, left)
        return replace(rest, stories=stories)

    def _rest(self, name: str, most: int) -> Words:
        """The column without its stories; products have ``most`` lines."""
        entry, paper, desk = self.entry, self.paper, self.desk
        small = paper.style(400, art.INK_2, 1.32)
        parts = (desk.field("origin", entry.origin, 300), desk.field("contact", entry.contact, 300))
        count = 3 * _MOST_PRODUCTS if entry.full else _MOST_PRODUCTS
        rows = [self.row(product, most) for product in entry.products[:count]]
        if len(entry.products) > count:
            desk.note("products")(PrintFault.CUT)
        return Words(
            name=self.block("name", name, Style(paper.heading, 800, leading=1.25), most + 1, entry.lang),
            second=self.block("second", desk.field("second", entry.second, 200), small, 2, "en"),
            stories=(),
            rows=rows,
            stand=self.block("stand", desk.field("stand", entry.stand, 400), small, 5),
            facts=self.block("contact", " · ".join(part for part in parts if part), small, 3),
        )

    def _stories(self, told: list[tuple[str, str]], room: float) -> tuple[Block, ...]:
        """The stories as large as the room allows."""
        inks = (art.INK, art.INK_2)
        size = self.paper.text * (1.18 if self.entry.full else 1.0)
        texts = [
            (text, lettered(Style(size, color=ink, leading=1.38), lang or self.doc.lang, text))
            for (text, lang), ink in zip(told, inks, strict=False)
        ]
        least = self.paper.smallest / size
        factor = self.doc.type.largest(texts, self.paper.words, room, least)
        blocks = []
        for text, style in texts:
            style = replace(style, size=round(style.size * factor, 2)) if factor < 1 else style
            blocks.append(
                (self.doc.type.lines(text, style, self.paper.words, 400, self.desk.note("story")), style)
            )
        return tuple(blocks)

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
    photo = _photo(entry, desk)
    banner = 0.0
    if entry.full:
        words, banner = _with_banner(setter, name, whole, photo)
    else:
        words = setter.words(name, room, last=not paper.rows)
        if paper.rows and words.height > room + 0.1:
            words = setter.words(name, whole, last=True)
    symbol = desk.code(entry.qr)
    group = setter.block("group", desk.field("group", entry.group, 80), GROUP, 3, width=paper.side - 6 * MM)
    # a bare line of an imported list needs no empty frame: three times as many stand on a page
    pictured = not banner and bool(photo or entry.mark or entry.products or entry.story)
    left = paper.photo + 2 * MM if pictured else 0.0
    left += max(paper.qr if symbol else 0.0, 8 * MM * len(entry.booths[:4]))
    left += group_height(group)
    height = max(left, words.height) + 2 * PADDING
    if entry.full:
        height = paper.bottom - paper.top
    elif paper.rows:
        height = paper.row * -(-(height - 0.1) // paper.row)
    return Prepared(entry, key, words, group, pictured, photo, symbol, height, banner)


def _with_banner(setter: _Setter, name: str, whole: float, photo: Jpeg | None) -> tuple[Words, float]:
    """The words below a photo as wide as the page, which gives way to them; with the photo's height."""
    paper = setter.paper
    wide = paper.width * photo.height / photo.width if photo else 0.0
    for most in (0.42, 0.32, 0.22) if photo else ():
        banner = min(wide, most * whole) + 3 * MM
        words = setter.words(name, whole - banner, last=False)
        if words.height <= whole - banner + 0.1:
            return words, banner
    return setter.words(name, whole, last=True), 0.0


def _photo(entry: CatalogueEntry, desk: Desk) -> Jpeg | None:
    if entry.photo is None:
        return None
    try:
        return jpeg(entry.photo)
    except BrokenPicture:
        desk.note("photo")(PrintFault.BROKEN_PHOTO)
        return None


def group_height(block: Block) -> float:
    """Height of the product group with the space below it."""
    return height_of(block) + 2.6 * MM if block[0] else 0.0


def mark_of(entry: CatalogueEntry) -> str:
    """The product group's mark, where there is a drawing of it."""
    return entry.mark if entry.mark in art.GROUP_FILLS else ""
