"""Booth signs: one A5 page for each booth, with the QR code of its page."""

from dataclasses import dataclass
from typing import BinaryIO

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import Records
from fairapp.adapters.pdf.document import A5, MM, Document
from fairapp.adapters.pdf.records import Desk, Progress
from fairapp.adapters.pdf.text import Line, Style, roomy
from fairapp.adapters.qr import QUIET_ZONE, Symbol
from fairapp.rules.printing import PrintFault, Report

EDGE = 11 * MM
WIDTH = A5[0] - 2 * EDGE
QR_BOX = 66 * MM


@dataclass(frozen=True)
class SignProduct:
    """A product with its stars, 1 to 5 or none."""

    name: str
    stars: int | None = None
    lang: str = "vi"


@dataclass(frozen=True)
class Sign:
    """A booth's sign. ``names`` are (name, language), the holder first; ``marks`` are product groups of
    ``art``."""

    record: str
    booth: str
    names: tuple[tuple[str, str], ...]
    place: str
    qr: str
    address: str
    code: str
    marks: tuple[str, ...] = ()
    products: tuple[SignProduct, ...] = ()


@dataclass(frozen=True)
class SignSheet:
    """What all signs share: title, fair, what to do in two languages, the words for stars (by count, from
    0)."""

    title: str
    fair: str
    scan: str
    scan_second: str
    code_label: str
    stars: tuple[str, ...]
    lang: str = "vi"
    second_lang: str = "en"


@dataclass(frozen=True)
class _Prepared:
    sign: Sign
    style: Style
    name: list[Line]
    others: list[tuple[list[Line], Style]]
    place: list[Line]
    products: list[tuple[Line, Style, int]]
    symbol: Symbol | None


_PLACE = Style(14, 400, art.INK_2, leading=1.4)
_OTHERS = Style(13, 600, art.INK, leading=1.35)
_PRODUCT = Style(13, 500)


def print_signs(
    out: BinaryIO, signs: Records[Sign], sheet: SignSheet, progress: Progress | None = None
) -> Report:
    """Write a sign for every booth in their order; one that cannot be printed is reported and left out."""
    report = Report()
    doc = Document(out, sheet.title, sheet.lang)
    for done, sign in enumerate(signs, 1):
        if ready := _prepare(doc, sign, report):
            with doc.page(A5):
                _draw(doc, sheet, ready)
                doc.place(f"sign{done}")
                doc.bookmark(sign.booth or sign.record, f"sign{done}", 0)
        if progress and (done % 50 == 0 or done == len(signs)):
            progress(done, len(signs))
    if not doc.pages:
        with doc.page(A5):
            pass
    doc.finish()
    return report


def _prepare(doc: Document, sign: Sign, report: Report) -> _Prepared | None:
    desk = Desk(report, sign.record)
    try:
        names = [(desk.field("name", name, 160), lang) for name, lang in sign.names]
        names = [(name, lang) for name, lang in names if name]
        if not names:
            report.add(sign.record, "name", PrintFault.NO_NAME)
            report.skipped += 1
            return None
        name, lang = names[0]
        style = roomy(Style(29, 800, leading=1.25, lang=lang), name)
        steps = [(1, 24.0), (2, 20.0), (3, 16.0)]
        style, lines = doc.type.fitted(name, style, WIDTH, steps, desk.note("name"))
        others = []
        for other, other_lang in names[1 : 3 if len(names) == 3 else 2]:
            other_style = roomy(Style(_OTHERS.size, 600, art.INK, 1.35, other_lang), other)
            others.append((doc.type.lines(other, other_style, WIDTH, 1, desk.note("name")), other_style))
        if len(names) > 3:
            others.append((doc.type.lines(f"+ {len(names) - 2}", _OTHERS, WIDTH), _OTHERS))
        place = doc.type.lines(
            desk.field("place", sign.place, 160), _PLACE, WIDTH, 1 if others else 2, desk.note("place")
        )
        products = []
        for product in sign.products[: 2 if others else 3]:
            text = desk.field("products", product.name, 160)
            product_style = roomy(Style(13, 500, lang=product.lang), text)
            line = doc.type.line(text, product_style, WIDTH - 46 * MM, desk.note("products"))
            products.append((line, product_style, product.stars or 0))
        symbol = desk.code(sign.qr)
    except Exception:  # one bad record never stops a run
        desk.failed()
        report.skipped += 1
        return None
    report.printed += 1
    return _Prepared(sign, style, lines, others, place, products, symbol)


def _draw(doc: Document, sheet: SignSheet, ready: _Prepared) -> None:
    sign = ready.sign
    art.band(doc, 0, 0, A5[0], 6 * MM)
    groups = [mark for mark in sign.marks if mark in art.GROUP_FILLS][:3]
    art.plate(doc, sign.booth, EDGE, 12 * MM, art.PLATE_XL, WIDTH - len(groups) * 20 * MM)
    for place, mark in enumerate(reversed(groups)):
        art.pictogram(doc, mark, EDGE + WIDTH - 17 * MM - place * 20 * MM, 17 * MM, 17 * MM)
    y = doc.block(ready.name, ready.style, EDGE, 41 * MM, WIDTH)
    for lines, style in ready.others:
        y = doc.block(lines, style, EDGE, y, WIDTH)
    y = doc.block(ready.place, _PLACE, EDGE, y, WIDTH)
    foot = A5[1] - 12 * MM
    bottom = foot - 6.5 * MM
    if ready.products:
        bottom = _products(doc, sheet, ready, bottom) - 4 * MM
    _code(doc, sheet, ready, y, bottom)
    art.seal(doc, EDGE, foot - 1.5 * MM, 7 * MM)
    address = Style(9.5, 600)
    room = doc.write(sign.address, address, EDGE + WIDTH, foot + 3.2 * MM, 1.0, WIDTH * 0.6)
    doc.write(sheet.fair, address, EDGE + 9.5 * MM, foot + 3.2 * MM, width=WIDTH - room - 13 * MM)


def _products(doc: Document, sheet: SignSheet, ready: _Prepared, bottom: float) -> float:
    """The list of products above ``bottom``; give its top."""
    step = 9.9 * MM
    top = bottom - step * len(ready.products)
    doc.rule(EDGE, top, WIDTH, art.INK, 0.4 * MM)
    for number, (line, style, stars) in enumerate(ready.products):
        base = top + (number + 0.63) * step
        doc.text(line, style, EDGE, base)
        if 0 < stars < len(sheet.stars):
            word = Style(13, 600)
            wide = doc.write(sheet.stars[stars], word, EDGE + WIDTH, base, 1.0)
            art.stars(doc, stars, EDGE + WIDTH - wide - 27.5 * MM, base - 4.1 * MM, 5.2 * MM)
        doc.rule(EDGE, top + (number + 1) * step, WIDTH, art.LINE, 0.2 * MM)
    return top


def _code(doc: Document, sheet: SignSheet, ready: _Prepared, top: float, bottom: float) -> None:
    """The framed code with the typed code under it, and what to do with it beside it."""
    label = 8 * MM if ready.sign.code else 0.0
    side = min(QR_BOX, bottom - top - label - 3 * MM)
    y = top + max(2 * MM, (bottom - top - side - label) / 2)
    if ready.symbol:
        line = 0.8 * MM
        inner = (side - 2 * line) * ready.symbol.size / (ready.symbol.size + 2 * QUIET_ZONE)
        doc.frame(EDGE + line / 2, y + line / 2, side - line, side - line, line, 1.2 * MM, art.INK)
        doc.qr(ready.symbol, EDGE + (side - inner) / 2, y + (side - inner) / 2, inner)
    if ready.sign.code:
        base = y + side + 6 * MM
        used = doc.write(sheet.code_label, Style(9.5, 400, art.INK_2), EDGE, base) + 1.5 * MM
        doc.write(ready.sign.code, Style(13, 800), EDGE + used, base)
    left = EDGE + side + 7 * MM
    room = EDGE + WIDTH - left
    strong = Style(17, 700, leading=1.35, lang=sheet.lang)
    light = Style(11.5, 400, art.INK_2, 1.45, sheet.second_lang)
    strong, first = doc.type.fitted(sheet.scan, strong, room, [(5, 13.0)])
    second = doc.type.lines(sheet.scan_second, light, room, 6)
    high = len(first) * strong.size * strong.leading + 3 * MM + len(second) * light.size * light.leading
    at = doc.block(first, strong, left, y + (side - high) / 2, room)
    doc.block(second, light, left, at + 3 * MM, room)
