"""Badges: eight to an A4 sheet with cut marks, or one to a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.badge_parts import QR_SIDE, code_side, fair_line, halls_opened, role_band
from fairapp.adapters.pdf.badge_sheets import print_designed
from fairapp.adapters.pdf.badge_values import Badge, BadgeRole, BadgeSheet
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.fitting import Area
from fairapp.adapters.pdf.records import Desk, Layout, Progress, resting_collector
from fairapp.adapters.pdf.text import Line, Style, lettered, roomy
from fairapp.adapters.qr import Symbol
from fairapp.rules.badge_designs import Design
from fairapp.rules.printing import PrintFault, Report

__all__ = ["CELL", "QR_SIDE", "SINGLE", "Badge", "BadgeRole", "BadgeSheet", "print_badges"]
CELL = (105 * MM, 74 * MM)
SINGLE = (86 * MM, 124 * MM)
CODE_ROOM = 26 * MM
"""The widest short code of nine letters fits: it is typed by hand when the QR code is damaged."""
SMALLEST_NAME = 20.0


@dataclass(frozen=True)
class _Prepared:
    badge: Badge
    name_style: Style
    name: list[Line]
    latin: list[Line]
    organisation_style: Style
    organisation: list[Line]
    symbol: Symbol | None


_LATIN = Style(12, 600, leading=1.35)
_ORGANISATION = Style(10.5, 400, art.INK_2, leading=1.4)


def print_badges(
    out: BinaryIO,
    badges: Sequence[Badge],
    sheet: BadgeSheet,
    layout: Layout = "a4",
    progress: Progress | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> Report:
    """Write the badges in their order, those of the house's design before those of the fair's own, and one
    design after another; one that cannot be printed is reported, and leaves no gap."""
    with resting_collector():
        return _printed(out, badges, sheet, layout, progress, pictures or {})


def _printed(
    out: BinaryIO,
    badges: Sequence[Badge],
    sheet: BadgeSheet,
    layout: Layout,
    progress: Progress | None,
    pictures: Mapping[str, bytes],
) -> Report:
    report = Report()
    doc = Document(out, sheet.title, sheet.lang)
    total, count = len(badges), 0

    def done() -> None:
        nonlocal count
        count += 1
        if progress and (count % 50 == 0 or count == total):
            progress(count, total)

    _of_the_house(doc, (each for each in badges if each.design is None), sheet, layout, report, done)
    order: dict[Design, list[Badge]] = {}
    for badge in badges:
        if badge.design is not None:
            order.setdefault(badge.design, []).append(badge)
    designed = (badge for same in order.values() for badge in same)
    print_designed(doc, designed, sheet, layout, report, pictures, done)
    if not doc.pages:
        with doc.page(A4 if layout == "a4" else SINGLE):
            pass
    doc.finish()
    return report


def _of_the_house(
    doc: Document,
    badges: Iterable[Badge],
    sheet: BadgeSheet,
    layout: Layout,
    report: Report,
    done: Callable[[], None],
) -> None:
    """The pages of badges without a design of the fair's own."""
    prepared: list[_Prepared] = []
    per_page = 8 if layout == "a4" else 1
    for badge in badges:
        if ready := _prepare(doc, badge, layout, report):
            prepared.append(ready)
        if len(prepared) == per_page:
            _page(doc, sheet, layout, prepared)
            prepared.clear()
        done()
    if prepared:
        _page(doc, sheet, layout, prepared)


def _prepare(doc: Document, badge: Badge, layout: Layout, report: Report) -> _Prepared | None:
    """Shape a badge's texts, or report why it cannot be printed."""
    desk = Desk(report, badge.record)
    try:
        name = desk.field("name", badge.name, 120)
        if not name:
            report.add(badge.record, "name", PrintFault.NO_NAME)
            report.skipped += 1
            return None
        symbol = desk.code(badge.token)
        width, largest = (CELL[0] - 10 * MM - code_side(symbol), 26.0) if layout == "a4" else (76 * MM, 30.0)
        style = roomy(Style(largest, 800, leading=1.22, lang=badge.lang), name)
        steps = [(1, 24.0), (2, SMALLEST_NAME + 0.5), (3, SMALLEST_NAME)]
        if style.leading > 1.5:
            style = Style(min(largest, 24), 700, leading=1.5, lang=badge.lang)
            steps = [(2, SMALLEST_NAME)]
        style, lines = doc.type.fitted(name, style, width, steps, desk.note("name"))
        latin = desk.field("latin", badge.latin, 120)
        organisation = desk.field("organisation", badge.organisation, 160)
        small = 3 if layout == "single" else 1 if latin and len(lines) > 2 else 2
        latin_lines = doc.type.lines(latin, _LATIN, width, 1, desk.note("latin"))
        theirs = lettered(_ORGANISATION, badge.organisation_lang or doc.lang, organisation)
        theirs, organisation_lines = doc.type.fitted(
            organisation, theirs, width, [(small, 9.0), (small + 1, 7.5)], desk.note("organisation")
        )
    except Exception:  # one bad record never stops a run
        desk.failed()
        report.skipped += 1
        return None
    report.printed += 1
    return _Prepared(badge, style, lines, latin_lines, theirs, organisation_lines, symbol)


def _page(doc: Document, sheet: BadgeSheet, layout: Layout, prepared: list[_Prepared]) -> None:
    if layout == "single":
        with doc.page(SINGLE):
            _single(doc, sheet, prepared[0])
        return
    with doc.page(A4):
        top = (A4[1] - 4 * CELL[1]) / 2
        for place, ready in enumerate(prepared):
            _cell(doc, sheet, ready, place % 2 * CELL[0], top + place // 2 * CELL[1])
        _cut_marks(doc, top)


def _cut_marks(doc: Document, top: float) -> None:
    """Small crosses where four badges meet, and ticks at the edges of the sheet."""
    tick, thin = 3 * MM, 0.25
    for row in range(5):
        y = top + row * CELL[1]
        for column in range(3):
            x = column * CELL[0]
            doc.rect(x - tick, y - thin / 2, 2 * tick, thin, art.INK_3)
            doc.rect(x - thin / 2, y - tick, thin, 2 * tick, art.INK_3)


def _names(doc: Document, ready: _Prepared, x: float, y: float, width: float, height: float) -> None:
    """Name, name in Latin letters and organisation, in the middle of the height given."""
    blocks = (
        (ready.name, ready.name_style),
        (ready.latin, _LATIN),
        (ready.organisation, ready.organisation_style),
    )
    needed = sum(len(lines) * style.size * style.leading for lines, style in blocks) + 1 * MM
    top = y + max(0.0, (height - needed) / 2)
    for number, (lines, style) in enumerate(blocks):
        top = doc.block(lines, style, x, top + (1 * MM if number == 2 else 0.0), width)


def _single(doc: Document, sheet: BadgeSheet, ready: _Prepared) -> None:
    """A badge of 86 × 124 mm; the dashed shape is where the slot is punched."""
    width, height = SINGLE
    slot = (width / 2 - 7 * MM, 4 * MM, 14 * MM, 3 * MM)
    doc.dashed(*slot, 1.5 * MM, "#8A8D9B")
    fair_line(doc, sheet, 5 * MM, 10 * MM, 9 * MM, 76 * MM, ready.badge.days)
    role_band(doc, ready.badge.role, Area(0, 22 * MM, width, 12 * MM), 16)
    edge = height - 4 * MM
    art.band(doc, 0, edge, width, 4 * MM)
    side = code_side(ready.symbol)
    quiet = (side - QR_SIDE) / 2
    left = 5 * MM - quiet + 0.6 * MM
    top = edge - side - 0.6 * MM
    if ready.symbol:
        doc.qr(ready.symbol, left + quiet, top + quiet, QR_SIDE)
    badge, right = ready.badge, left + side + 1 * MM
    room, base = width - right - 4 * MM, edge - quiet - 0.8 * MM
    doc.write(badge.code, Style(8.5, 400, art.INK_2), right, base, width=room)
    if badge.halls:
        halls_opened(doc, sheet, badge.halls, right, base - 7 * MM, room)
    if badge.booth:
        art.plate(doc, badge.booth, right, base - (23 if badge.halls else 15) * MM, art.PLATE_L, room)
    _names(doc, ready, 5 * MM, 35.5 * MM, 76 * MM, top - 36 * MM)


def _cell(doc: Document, sheet: BadgeSheet, ready: _Prepared, x: float, y: float) -> None:
    """A badge of 105 × 74 mm: names at the left, the code at the right."""
    width, height = CELL
    badge, header = ready.badge, 95 * MM
    if badge.booth:
        wide = min(36 * MM, art.plate_size(doc, badge.booth, art.PLATE_M)[0])
        art.plate(doc, badge.booth, x + width - 5 * MM - wide, y + 3.1 * MM, art.PLATE_M, wide)
        header -= wide + 3 * MM
    fair_line(doc, sheet, x + 5 * MM, y + 3 * MM, 8 * MM, header, badge.days)
    role_band(doc, badge.role, Area(x, y + 13 * MM, width, 9 * MM), 13)
    edge = y + height - 3 * MM
    art.band(doc, x, edge, width, 3 * MM)
    side = code_side(ready.symbol)
    quiet = (side - QR_SIDE) / 2
    left = x + width - side - 1.5 * MM
    if ready.symbol:
        doc.qr(ready.symbol, left + quiet, edge - side + quiet, QR_SIDE)
    room, base = left - x - 5 * MM, edge - 3.2 * MM
    if badge.halls:
        halls_opened(doc, sheet, badge.halls, x + 5 * MM, base, room - CODE_ROOM)
        doc.write(badge.code, Style(8.5, 400, art.INK_2), left, base, 1.0, width=CODE_ROOM)
    else:
        doc.write(badge.code, Style(8.5, 400, art.INK_2), x + 5 * MM, base, width=room)
    _names(doc, ready, x + 5 * MM, y + 23 * MM, room, base - 6 * MM - y - 23 * MM)
