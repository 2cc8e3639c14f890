"""Booth signs: one A5 page for each booth, with the QR code of its page."""

from dataclasses import dataclass, replace
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
class SignName:
    """Who is at the booth: the name in its own script, and in Latin letters where that is another."""

    name: str
    lang: str = "vi"
    latin: str = ""


@dataclass(frozen=True)
class Sign:
    """A booth's sign, the holder's name first; ``marks`` are product groups of ``art``, ``spoken`` the
    languages of the people there as (name in that language, language), ``more`` how many are not named."""

    record: str
    booth: str
    names: tuple[SignName, ...]
    place: str
    qr: str
    address: str
    code: str
    marks: tuple[str, ...] = ()
    products: tuple[SignProduct, ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()
    more: int = 0


@dataclass(frozen=True)
class SignSheet:
    """What all signs share: title, fair, what to do in every language of the fair, the words before the code
    and before the languages, and the words for stars (by count, from 0)."""

    title: str
    fair: str
    scans: tuple[tuple[str, str], ...]
    code_label: str
    spoken_label: str
    stars: tuple[str, ...]
    lang: str = "vi"


@dataclass(frozen=True)
class _Prepared:
    sign: Sign
    blocks: list[tuple[list[Line], Style]]
    products: list[tuple[Line, Style, int]]
    spoken: list[tuple[Line, Style]]
    symbol: Symbol | None


_PLACE = Style(14, 400, art.INK_2, leading=1.4)
_OTHERS = Style(13, 600, art.INK, leading=1.35)
_LATIN = Style(14, 600, art.INK_2, leading=1.35)
SPOKEN_HIGH = 8 * MM
NAMED = 3
"""So many names a sign has room for; of more it tells the number."""


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
        blocks = _names(doc, desk, sign)
        if not blocks:
            report.add(sign.record, "name", PrintFault.NO_NAME)
            report.skipped += 1
            return None
        several = len(sign.names) > 1 or sign.more > 0
        place = desk.field("place", sign.place, 160)
        lines = doc.type.lines(place, _PLACE, WIDTH, 1 if several else 2, desk.note("place"))
        blocks.append((lines, _PLACE))
        products = []
        for product in sign.products[: 2 if several else 3]:
            text = desk.field("products", product.name, 160)
            style = roomy(Style(13, 500, lang=product.lang), text)
            line = doc.type.line(text, style, WIDTH - 46 * MM, desk.note("products"))
            products.append((line, style, product.stars or 0))
        spoken = [
            (doc.type.line(text, style), style)
            for text, lang in sign.spoken
            for style in (Style(12, 600, lang=lang),)
        ]
        symbol = desk.code(sign.qr)
    except Exception:  # one bad record never stops a run
        desk.failed()
        report.skipped += 1
        return None
    report.printed += 1
    return _Prepared(sign, blocks, products, spoken, symbol)


def _names(doc: Document, desk: Desk, sign: Sign) -> list[tuple[list[Line], Style]]:
    """The holder's name large, in Latin letters below it; then who shares the booth, a line each."""
    named = [replace(each, name=desk.field("name", each.name, 160)) for each in sign.names]
    named = [each for each in named if each.name]
    if not named:
        return []
    holder, note = named[0], desk.note("name")
    style = roomy(Style(29, 800, leading=1.25, lang=holder.lang), holder.name)
    style, lines = doc.type.fitted(holder.name, style, WIDTH, [(1, 24.0), (2, 20.0), (3, 16.0)], note)
    blocks = [(lines, style)]
    if latin := desk.field("second", holder.latin, 160):
        beside = replace(_LATIN, lang="en")
        blocks.append((doc.type.lines(latin, beside, WIDTH, 1, desk.note("second")), beside))
    hidden = len(named) - NAMED + sign.more
    shown = named[1:] if hidden <= 0 else named[1 : NAMED - 1]
    for other in shown:
        both = " · ".join(part for part in (other.name, desk.field("second", other.latin, 160)) if part)
        style = roomy(replace(_OTHERS, lang=other.lang), both)
        blocks.append((doc.type.lines(both, style, WIDTH, 1, note), style))
    if hidden > 0:
        blocks.append(
            (doc.type.lines(f"+ {len(named) + sign.more - 1 - len(shown)}", _OTHERS, WIDTH), _OTHERS)
        )
    return blocks


def _draw(doc: Document, sheet: SignSheet, ready: _Prepared) -> None:
    sign = ready.sign
    art.band(doc, 0, 0, A5[0], 6 * MM)
    groups = [mark for mark in sign.marks if mark in art.GROUP_FILLS][:3]
    art.plate(doc, sign.booth, EDGE, 12 * MM, art.PLATE_XL, WIDTH - len(groups) * 20 * MM)
    for place, mark in enumerate(reversed(groups)):
        art.pictogram(doc, mark, EDGE + WIDTH - 17 * MM - place * 20 * MM, 17 * MM, 17 * MM)
    y = 41 * MM
    for lines, style in ready.blocks:
        y = doc.block(lines, style, EDGE, y, WIDTH)
    if ready.spoken:
        _spoken(doc, sheet, ready.spoken, y + 5.2 * MM)
        y += SPOKEN_HIGH
    foot = A5[1] - 12 * MM
    bottom = foot - 6.5 * MM
    if ready.products:
        bottom = _products(doc, sheet, ready, bottom) - 4 * MM
    _code(doc, sheet, ready, y, bottom)
    art.seal(doc, EDGE, foot - 1.5 * MM, 7 * MM)
    address = Style(9.5, 600)
    room = doc.write(sign.address, address, EDGE + WIDTH, foot + 3.2 * MM, 1.0, WIDTH * 0.6)
    doc.write(sheet.fair, address, EDGE + 9.5 * MM, foot + 3.2 * MM, width=WIDTH - room - 13 * MM)


def _spoken(doc: Document, sheet: SignSheet, spoken: list[tuple[Line, Style]], base: float) -> None:
    """The languages of the people at the booth, each in its own words and a frame of its own."""
    x = EDGE + doc.write(sheet.spoken_label, Style(11, 400, art.INK_2), EDGE, base) + 2.5 * MM
    for line, style in spoken:
        wide = line.width * style.size + 4 * MM
        if x + wide > EDGE + WIDTH:
            return
        doc.frame(x, base - 4.6 * MM, wide, 6.4 * MM, 0.3 * MM, 1 * MM, art.INK_3)
        doc.text(line, style, x + wide / 2, base, 0.5)
        x += wide + 1.6 * MM


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
    _what_to_do(doc, sheet, left, y, EDGE + WIDTH - left, side + label)


SCAN_SIZES = ((17.0, 11.5), (15.0, 10.5), (13.0, 9.5), (11.5, 8.5), (10.0, 7.5))
"""Letters of the first language and of the others: as large as all of them leave room for."""


def _what_to_do(doc: Document, sheet: SignSheet, x: float, y: float, room: float, high: float) -> None:
    """The same sentence in every language of the fair, the first one strong."""
    for strong, light in SCAN_SIZES:
        blocks = []
        for number, (text, lang) in enumerate(sheet.scans):
            style = Style(strong, 700, leading=1.35, lang=lang)
            if number:
                style = Style(light, 400, art.INK_2, 1.4, lang)
            style = roomy(style, text)
            blocks.append((doc.type.lines(text, style, room, 6), style))
        gap = 0.25 * strong
        needed = sum(len(lines) * style.size * style.leading + gap for lines, style in blocks) - gap
        if needed <= high:
            break
    top = y + max(0.0, (high - needed) / 2)
    for lines, style in blocks:
        top = doc.block(lines, style, x, top, room) + gap
