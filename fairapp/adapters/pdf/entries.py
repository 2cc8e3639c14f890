"""An entry of the catalogue: shaped and measured first, drawn when its page is full."""

from dataclasses import dataclass, replace

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import CatalogueEntry, CatalogueProduct
from fairapp.adapters.pdf.columns import GAP, Block, Flow, Row, Words, height_of
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.pictures import BrokenPicture, Jpeg, jpeg
from fairapp.adapters.pdf.records import Desk
from fairapp.adapters.pdf.text import Style, lettered
from fairapp.adapters.qr import Symbol
from fairapp.rules.printing import PrintFault, Report
from fairapp.rules.text import LONGEST_TEXT

PADDING = 4 * MM
GROUP = Style(7.8, 500, art.INK_2, leading=1.32)
STARS_WIDTH = 28.5 * MM
_MOST_LINES_OF_NAME = 4


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
    part: int = 0
    """Of an entry that goes on overleaf: which part it is, counted from 0."""


def prepare(
    doc: Document, paper: Paper, entry: CatalogueEntry, key: str, report: Report, goes_on: str
) -> list[Prepared]:
    """Shape an entry, or report why it cannot be printed.

    What is higher than a page goes on in further parts, under ``goes_on`` with its %(name)s.
    """
    desk = Desk(report, entry.record)
    try:
        name = desk.field("name", entry.name, 200)
        if not name:
            report.add(entry.record, "name", PrintFault.NO_NAME)
            return []
        return _shape(_Setter(doc, paper, entry, desk), key, name, goes_on)
    except Exception:  # one bad record never stops a run
        desk.failed()
        return []


class _Setter:
    """Sets one entry's texts into its column."""

    def __init__(self, doc: Document, paper: Paper, entry: CatalogueEntry, desk: Desk) -> None:
        self.doc = doc
        self.paper = paper
        self.entry = entry
        self.desk = desk

    def block(
        self,
        field: str,
        text: str,
        style: Style,
        most: int | None,
        lang: str = "",
        width: float | None = None,
    ) -> Block:
        """Lines of a text that was cleaned."""
        style = lettered(style, lang or self.doc.lang, text)
        lines = self.doc.type.lines(text, style, width or self.paper.words, most, self.desk.note(field))
        return lines, style

    def row(self, product: CatalogueProduct) -> Row:
        """A product with its second name beside or below."""
        width = self.paper.words - (STARS_WIDTH if product.stars else 0.0)
        name = self.desk.field("products", product.name, 200)
        strong = self.paper.style(600, leading=1.32)
        light = self.paper.style(400, art.INK_2, 1.32)
        first = self.block("products", name, strong, None, product.lang, width)
        text = self.desk.field("products", product.second, 200)
        lines, style = first
        left = width - (lines[-1].width * style.size + 3 if lines else 0.0)
        if len(lines) == 1 and text:
            line = self.doc.type.line(text, light)
            if line.width * light.size <= left:
                light = replace(light, lang=product.second_lang or self.doc.lang)
                return self._row(product, first, ([line], light), beside=True)
        below = self.block("products", text, light, None, product.second_lang, width)
        return self._row(product, first, below)

    def _row(self, product: CatalogueProduct, name: Block, second: Block, beside: bool = False) -> Row:
        """A product whose names are set, with its certificate below them."""
        text = self.desk.field("proof", product.proof, 400)
        small = Style(self.paper.smallest, 400, art.INK_2, 1.3)
        proof = self.block("proof", text, small, None) if text else ([], small)
        high = height_of(name) + (0.0 if beside else height_of(second)) + height_of(proof)
        return Row(name, second, proof, beside, product.stars or 0, high + 1.6 * MM)

    def words(self, name: str, room: float) -> Words:
        """The whole column; its stories are made smaller when it is higher than ``room``."""
        entry, desk = self.entry, self.desk
        rest = self._rest(name)
        told = [
            (desk.field("story", entry.story, LONGEST_TEXT), entry.story_lang),
            (desk.field("story", entry.beside, LONGEST_TEXT), entry.beside_lang),
        ]
        told = [(text, lang) for text, lang in told if text]
        left = max(0.0, room - rest.height - len(told) * GAP)
        return replace(rest, stories=self._stories(told, left))

    def heading(self, text: str) -> Block:
        """What stands above the column: a long name in smaller letters, never a part of one."""
        block = self.block("name", text, Style(self.paper.heading, 800, leading=1.25), None, self.entry.lang)
        if len(block[0]) <= _MOST_LINES_OF_NAME:
            return block
        small = Style(self.paper.text + 1.4, 800, leading=1.25)
        return self.block("name", text, small, None, self.entry.lang)

    def _rest(self, name: str) -> Words:
        """The column without its stories."""
        entry, paper, desk = self.entry, self.paper, self.desk
        small = paper.style(400, art.INK_2, 1.32)
        parts = (desk.field("origin", entry.origin, 500), desk.field("contact", entry.contact, 700))
        return Words(
            name=self.heading(name),
            second=self.block("second", desk.field("second", entry.second, 200), small, None, "en"),
            stories=(),
            rows=[self.row(product) for product in entry.products],
            stand=self.block("stand", desk.field("stand", entry.stand, 2000), small, None),
            facts=self.block("contact", " · ".join(part for part in parts if part), small, None),
        )

    def _stories(self, told: list[tuple[str, str]], room: float) -> tuple[Block, ...]:
        """The stories as large as the room allows."""
        inks = (art.INK, art.INK_2)
        size = self.paper.text * (1.18 if self.entry.full else 1.0)
        texts = [
            (
                text,
                lettered(Style(size, color=ink, leading=1.38, stressed=True), lang or self.doc.lang, text),
            )
            for (text, lang), ink in zip(told, inks, strict=False)
        ]
        least = self.paper.smallest / size
        factor = self.doc.type.largest(texts, self.paper.words, room, least)
        blocks = []
        for text, style in texts:
            style = replace(style, size=round(style.size * factor, 2)) if factor < 1 else style
            blocks.append(
                (self.doc.type.lines(text, style, self.paper.words, None, self.desk.note("story")), style)
            )
        return tuple(blocks)


def _shape(setter: _Setter, key: str, name: str, goes_on: str) -> list[Prepared]:
    entry, paper, desk = setter.entry, setter.paper, setter.desk
    whole = paper.bottom - paper.top - 2 * PADDING
    photo = _photo(entry, desk)
    banner = 0.0
    if entry.full:
        words, banner = _with_banner(setter, name, whole, photo)
    else:
        room = paper.row - 2 * PADDING if paper.rows else whole
        words = setter.words(name, room)
        if paper.rows and words.height > room + 0.1:
            words = setter.words(name, whole)
    columns = [words]
    if words.height > whole - banner + 0.1:
        columns = Flow(whole, setter.heading(goes_on % {"name": name})).columns(words)
    symbol = desk.code(entry.qr)
    group = setter.block("group", desk.field("group", entry.group, 80), GROUP, 3, width=paper.side - 6 * MM)
    # a bare line of an imported list needs no empty frame: three times as many stand on a page
    pictured = not banner and bool(photo or entry.mark or entry.products or entry.story)
    left = paper.photo + 2 * MM if pictured else 0.0
    left += max(paper.qr if symbol else 0.0, 8 * MM * len(entry.booths[:4]))
    left += group_height(group)
    high = paper.bottom - paper.top if entry.full else _in_rows(paper, max(left, columns[0].height))
    first = Prepared(entry, key, columns[0], group, pictured, photo, symbol, high, banner)
    more = [
        Prepared(
            entry,
            f"{key}+{part}",
            column,
            ([], GROUP),
            False,
            None,
            None,
            _in_rows(paper, column.height),
            part=part,
        )
        for part, column in enumerate(columns[1:], 1)
    ]
    return [first, *more]


def _in_rows(paper: Paper, height: float) -> float:
    """The height with its padding; where a page has rows, so many of them."""
    height += 2 * PADDING
    return paper.row * -(-(height - 0.1) // paper.row) if paper.rows else height


def _with_banner(setter: _Setter, name: str, whole: float, photo: Jpeg | None) -> tuple[Words, float]:
    """The words below a photo as wide as the page, which gives way to them; with the photo's height."""
    paper = setter.paper
    wide = paper.width * photo.height / photo.width if photo else 0.0
    for most in (0.42, 0.32, 0.22) if photo else ():
        banner = min(wide, most * whole) + 3 * MM
        words = setter.words(name, whole - banner)
        if words.height <= whole - banner + 0.1:
            return words, banner
    return setter.words(name, whole), 0.0


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
