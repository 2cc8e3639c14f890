"""An entry of the catalogue: shaped and measured first, drawn when its page is full."""

from dataclasses import dataclass

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import CatalogueEntry, CatalogueLabels, CatalogueProduct
from fairapp.adapters.pdf.document import A5, MM, Document
from fairapp.adapters.pdf.pictures import BrokenPicture, Jpeg, jpeg
from fairapp.adapters.pdf.records import Desk
from fairapp.adapters.pdf.text import Line, Style, roomy
from fairapp.adapters.qr import QUIET_ZONE, Symbol
from fairapp.rules.printing import PrintFault, Report

INNER, OUTER = 11 * MM, 14 * MM
WIDTH = A5[0] - INNER - OUTER
TOP, BOTTOM = 16.5 * MM, A5[1] - 14.5 * MM
SIDE = 37 * MM
PHOTO = 28 * MM
QR_SIDE = 19.5 * MM
RIGHT = SIDE + 5 * MM
TEXT = WIDTH - RIGHT
PADDING = 4 * MM

NAME = Style(14, 800, leading=1.25)
SECOND = Style(8.6, 400, art.INK_2, leading=1.42)
STORY = Style(8.6, 400, leading=1.38)
PRODUCT = Style(8.6, 600, leading=1.32)
PRODUCT_SECOND = Style(8.6, 400, art.INK_2, leading=1.32)
STAR_WORD = Style(8, 600)
FACTS = Style(8.6, 400, art.INK_2, leading=1.32)
GROUP = Style(7.8, 500, art.INK_2, leading=1.32)
_STARS_WIDTH = 28.5 * MM
_MOST_PRODUCTS = 8
_GAP = 1.2 * MM


@dataclass(frozen=True)
class Row:
    """A product's lines with its stars."""

    lines: list[Line]
    style: Style
    second: list[Line]
    beside: bool
    stars: int
    height: float


@dataclass(frozen=True)
class Prepared:
    """An entry shaped and measured."""

    entry: CatalogueEntry
    key: str
    name: list[Line]
    name_style: Style
    second: list[Line]
    story: list[Line]
    story_style: Style
    rows: list[Row]
    facts: list[Line]
    facts_style: Style
    stand: list[Line]
    stand_style: Style
    group: list[Line]
    pictured: bool
    photo: Jpeg | None
    symbol: Symbol | None
    height: float


def prepare(doc: Document, entry: CatalogueEntry, key: str, report: Report) -> Prepared | None:
    """Shape an entry, or report why it cannot be printed."""
    desk = Desk(report, entry.record)
    try:
        name = desk.field("name", entry.name, 200)
        if not name:
            report.add(entry.record, "name", PrintFault.NO_NAME)
            return None
        return _shape(doc, entry, key, name, desk)
    except Exception:  # one bad record never stops a run
        desk.failed()
        return None


def _shape(doc: Document, entry: CatalogueEntry, key: str, name: str, desk: Desk) -> Prepared:
    set_lines = doc.type.lines
    name_style = roomy(_in(NAME, entry.lang), name)
    name_lines = set_lines(name, name_style, TEXT, 4, desk.note("name"))
    second = set_lines(desk.field("second", entry.second, 200), SECOND, TEXT, 2, desk.note("second"))
    rows = [_row(doc, product, desk) for product in entry.products[:_MOST_PRODUCTS]]
    if len(entry.products) > _MOST_PRODUCTS:
        desk.note("products")(PrintFault.CUT)
    parts = (desk.field("origin", entry.origin, 200), desk.field("contact", entry.contact, 200))
    told = " · ".join(part for part in parts if part)
    facts_style = roomy(FACTS, told)
    facts = set_lines(told, facts_style, TEXT, 3, desk.note("contact"))
    stand_style = roomy(FACTS, entry.stand)
    stand = set_lines(desk.field("stand", entry.stand, 400), stand_style, TEXT, 5, desk.note("stand"))
    used = _height(name_lines, name_style) + _height(second, SECOND) + _height(facts, facts_style)
    used += _height(stand, stand_style)
    used += sum(row.height for row in rows) + 4 * _GAP + 2 * PADDING
    story_style = roomy(_in(STORY, entry.story_lang), entry.story)
    most = int((BOTTOM - TOP - used) / (story_style.size * story_style.leading))
    story = set_lines(
        desk.field("story", entry.story, 2500), story_style, TEXT, max(0, most), desk.note("story")
    )
    right = used - 2 * PADDING + _height(story, story_style)
    symbol = desk.code(entry.qr)
    group = desk.field("group", entry.group, 80)
    group_lines = set_lines(group, GROUP, SIDE - 6 * MM, 3, desk.note("group"))
    photo = _photo(entry, desk)
    # a bare line of an imported list needs no empty frame: three times as many stand on a page
    pictured = bool(photo or entry.mark or entry.products or entry.story)
    left = PHOTO + 2 * MM if pictured else 0.0
    left += max(QR_SIDE if symbol else 0.0, 8 * MM * len(entry.booths[:4]))
    left += _group_height(group_lines)
    height = max(left, right) + 2 * PADDING
    return Prepared(
        entry=entry,
        key=key,
        name=name_lines,
        name_style=name_style,
        second=second,
        story=story,
        story_style=story_style,
        rows=rows,
        facts=facts,
        facts_style=facts_style,
        stand=stand,
        stand_style=stand_style,
        group=group_lines,
        pictured=pictured,
        photo=photo,
        symbol=symbol,
        height=height,
    )


def _in(style: Style, lang: str) -> Style:
    return Style(style.size, style.weight, style.color, style.leading, lang) if lang else style


def _height(lines: list[Line], style: Style) -> float:
    return len(lines) * style.size * style.leading


def _row(doc: Document, product: CatalogueProduct, desk: Desk) -> Row:
    width = TEXT - (_STARS_WIDTH if product.stars else 0.0)
    name = desk.field("products", product.name, 200)
    style = roomy(_in(PRODUCT, product.lang), name)
    lines = doc.type.lines(name, style, width, 3, desk.note("products"))
    second = desk.field("products", product.second, 200)
    left = width - (lines[-1].width * style.size + 3 if lines else 0.0)
    line = doc.type.line(second, PRODUCT_SECOND)
    if second and len(lines) == 1 and line.width * PRODUCT_SECOND.size <= left:
        return Row(lines, style, [line], True, product.stars or 0, _height(lines, style) + 1.6 * MM)
    below = doc.type.lines(second, PRODUCT_SECOND, width, 2, desk.note("products"))
    height = _height(lines, style) + _height(below, PRODUCT_SECOND) + 1.6 * MM
    return Row(lines, style, below, False, product.stars or 0, height)


def _photo(entry: CatalogueEntry, desk: Desk) -> Jpeg | None:
    if entry.photo is None:
        return None
    try:
        return jpeg(entry.photo)
    except BrokenPicture:
        desk.note("photo")(PrintFault.BROKEN_PHOTO)
        return None


def draw(doc: Document, ready: Prepared, labels: CatalogueLabels, x: float, y: float) -> None:
    """Draw an entry whose space begins at ``y``."""
    y += PADDING
    doc.place(ready.key, y - PADDING)
    right = x + RIGHT
    top = doc.block(ready.name, ready.name_style, right, y - 1 * MM, TEXT)
    top = doc.block(ready.second, SECOND, right, top, TEXT) + _GAP
    top = doc.block(ready.story, ready.story_style, right, top, TEXT) + _GAP
    for row in ready.rows:
        doc.rule(right, top, TEXT, art.LINE_2, 0.2 * MM)
        _draw_row(doc, row, labels, right, top)
        top += row.height
    if ready.rows:
        doc.rule(right, top, TEXT, art.LINE_2, 0.2 * MM)
    top = doc.block(ready.stand, ready.stand_style, right, top + _GAP, TEXT)
    doc.block(ready.facts, ready.facts_style, right, top, TEXT)
    _draw_side(doc, ready, x, y)


def _draw_row(doc: Document, row: Row, labels: CatalogueLabels, x: float, y: float) -> None:
    below = doc.block(row.lines, row.style, x, y + 0.8 * MM, TEXT - _STARS_WIDTH)
    base = y + 0.8 * MM + row.style.size * (row.style.leading / 2 + 0.36)
    if row.beside:
        doc.text(row.second[0], PRODUCT_SECOND, x + row.lines[-1].width * row.style.size + 3, base)
    else:
        doc.block(row.second, PRODUCT_SECOND, x, below, TEXT - _STARS_WIDTH)
    if 0 < row.stars < len(labels.stars):
        doc.write(labels.stars[row.stars], STAR_WORD, x + TEXT, base, 1.0)
        art.stars(doc, row.stars, x + TEXT - _STARS_WIDTH + 1 * MM, base - 7.4, 3.25 * MM)


def _draw_side(doc: Document, ready: Prepared, x: float, y: float) -> None:
    """Photo, code and the booths' plates in the narrow column."""
    if ready.pictured:
        _draw_picture(doc, ready, x, y)
        y += PHOTO + 2 * MM
    if ready.group:
        mark = _mark(ready.entry)
        if mark:
            doc.box(x, y, 4.4 * MM, 4.4 * MM, 0.6 * MM, art.GROUP_FILLS[mark])
            doc.frame(x, y, 4.4 * MM, 4.4 * MM, 0.2 * MM, 0.6 * MM, art.INK)
            art.mark(doc, mark, x + 0.9 * MM, y + 0.9 * MM, 2.6 * MM)
        doc.block(ready.group, GROUP, x + (6 * MM if mark else 0.0), y + 0.35 * MM, SIDE)
        y += _group_height(ready.group)
    left = x
    if ready.symbol:
        quiet = QR_SIDE * QUIET_ZONE / ready.symbol.size
        doc.qr(ready.symbol, x, y + 0.6 * MM, QR_SIDE)
        left = x + QR_SIDE + quiet
    for number, booth in enumerate(ready.entry.booths[:4]):
        size = art.plate_size(doc, booth, art.PLATE_S)
        wide = min(size[0], x + SIDE - left)
        art.plate(doc, booth, x + SIDE - wide, y + 0.6 * MM + number * 7.4 * MM, art.PLATE_S, wide)


def _mark(entry: CatalogueEntry) -> str:
    return entry.mark if entry.mark in art.GROUP_FILLS else ""


def _group_height(lines: list[Line]) -> float:
    return _height(lines, GROUP) + 2.6 * MM if lines else 0.0


def _draw_picture(doc: Document, ready: Prepared, x: float, y: float) -> None:
    """The photo in its frame; without one the pictogram of the group, or the fair's seal."""
    if ready.photo:
        doc.picture(ready.photo, x, y, SIDE, PHOTO, 1 * MM)
    else:
        doc.box(x, y, SIDE, PHOTO, 1 * MM, art.SHELL)
        if mark := _mark(ready.entry):
            art.pictogram(doc, mark, x + (SIDE - 18 * MM) / 2, y + 5 * MM, 18 * MM)
        else:
            art.seal(doc, x + (SIDE - 12 * MM) / 2, y + 8 * MM, 12 * MM)
    doc.frame(x, y, SIDE, PHOTO, 0.2 * MM, 1 * MM, art.LINE)
