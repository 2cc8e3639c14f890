"""Badges: eight to an A4 sheet with cut marks, or one to a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.records import Desk, Layout, Progress, resting_collector
from fairapp.adapters.pdf.text import Line, Style, lettered, roomy
from fairapp.adapters.qr import QUIET_ZONE, Symbol
from fairapp.rules.printing import PrintFault, Report

CELL = (105 * MM, 74 * MM)
SINGLE = (86 * MM, 124 * MM)
QR_SIDE = 30.5 * MM
CODE_ROOM = 26 * MM
"""The widest short code of nine letters fits: it is typed by hand when the QR code is damaged."""
SMALLEST_NAME = 20.0


@dataclass(frozen=True)
class BadgeRole:
    """The band of a badge: two names of the role, colours as #RRGGBB, an icon of ``art``."""

    name: str
    second: str = ""
    color: str = art.INDIGO
    ink: str = "#FFFFFF"
    icon: str = "home"


@dataclass(frozen=True)
class Badge:
    """One person's badge; ``record`` names it in the report, ``token`` is the text of its QR code."""

    record: str
    name: str
    role: BadgeRole
    token: str
    code: str = ""
    latin: str = ""
    organisation: str = ""
    organisation_lang: str = ""
    booth: str = ""
    halls: tuple[str, ...] = ()
    lang: str = "vi"


@dataclass(frozen=True)
class BadgeSheet:
    """What all badges of a run share: fair, its days and place, the word before the halls, title and
    language."""

    title: str
    fair: str
    days: str
    hall_label: str
    lang: str = "vi"


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
) -> Report:
    """Write the badges in their order; one that cannot be printed is reported, and leaves no gap."""
    with resting_collector():
        return _printed(out, badges, sheet, layout, progress)


def _printed(
    out: BinaryIO, badges: Sequence[Badge], sheet: BadgeSheet, layout: Layout, progress: Progress | None
) -> Report:
    report = Report()
    doc = Document(out, sheet.title, sheet.lang)
    prepared: list[_Prepared] = []
    per_page = 8 if layout == "a4" else 1

    def turn_page() -> None:
        if prepared:
            _page(doc, sheet, layout, prepared)
            prepared.clear()

    for done, badge in enumerate(badges, 1):
        if ready := _prepare(doc, badge, layout, report):
            prepared.append(ready)
        if len(prepared) == per_page:
            turn_page()
        if progress and (done % 50 == 0 or done == len(badges)):
            progress(done, len(badges))
    turn_page()
    if not doc.pages:
        with doc.page(A4 if layout == "a4" else SINGLE):
            pass
    doc.finish()
    return report


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
        width, largest = (CELL[0] - 10 * MM - _code_side(symbol), 26.0) if layout == "a4" else (76 * MM, 30.0)
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


def _code_side(symbol: Symbol | None) -> float:
    """Side of the code with its quiet zone."""
    return QR_SIDE * (1 + 2 * QUIET_ZONE / symbol.size) if symbol else 0.0


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


def _fair(doc: Document, sheet: BadgeSheet, x: float, y: float, side: float, width: float) -> None:
    """The seal with the fair's name and days beside it."""
    art.seal(doc, x, y, side)
    left, room = x + side + 2.5 * MM, width - side - 2.5 * MM
    doc.write(sheet.fair, Style(9, 700), left, y + side / 2 - 1.2, width=room)
    doc.write(sheet.days, Style(8, 400), left, y + side / 2 + 9.2, width=room)


def _role(
    doc: Document, role: BadgeRole, x: float, y: float, width: float, height: float, size: float
) -> None:
    """The coloured band with icon and the role in two languages."""
    doc.rect(x, y, width, height, role.color)
    side = 0.62 * height
    art.icon(doc, role.icon, x + 5 * MM, y + (height - side) / 2, side, role.ink)
    base = y + height / 2 + 0.36 * size
    strong, light = Style(size, 800, role.ink), Style(0.81 * size, 400, role.ink)
    left = x + 5 * MM + side + 2.5 * MM
    room = x + width - 4 * MM - left
    used = doc.write(role.name, strong, left, base, width=room) + 1.6 * MM
    if role.second and room - used > 8 * MM:
        doc.write(role.second, light, left + used, base, width=room - used)


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


def _halls(
    doc: Document, sheet: BadgeSheet, halls: tuple[str, ...], x: float, base: float, width: float
) -> None:
    """The halls the badge opens, each in a frame."""
    left = x + doc.write(sheet.hall_label, Style(9, 400), x, base) + 1.6 * MM
    for hall in halls:
        line = doc.type.line(hall, Style(9, 800))
        wide = max(6 * MM, line.width * 9 + 2.4 * MM)
        if left + wide > x + width:
            break
        doc.frame(left, base - 4.15 * MM, wide, 6 * MM, 0.4 * MM, 0.6 * MM, art.INK)
        doc.text(line, Style(9, 800), left + wide / 2, base, 0.5)
        left += wide + 1 * MM


def _single(doc: Document, sheet: BadgeSheet, ready: _Prepared) -> None:
    """A badge of 86 × 124 mm; the dashed shape is where the slot is punched."""
    width, height = SINGLE
    slot = (width / 2 - 7 * MM, 4 * MM, 14 * MM, 3 * MM)
    doc.dashed(*slot, 1.5 * MM, "#8A8D9B")
    _fair(doc, sheet, 5 * MM, 10 * MM, 9 * MM, 76 * MM)
    _role(doc, ready.badge.role, 0, 22 * MM, width, 12 * MM, 16)
    edge = height - 4 * MM
    art.band(doc, 0, edge, width, 4 * MM)
    side = _code_side(ready.symbol)
    quiet = (side - QR_SIDE) / 2
    left = 5 * MM - quiet + 0.6 * MM
    top = edge - side - 0.6 * MM
    if ready.symbol:
        doc.qr(ready.symbol, left + quiet, top + quiet, QR_SIDE)
    badge, right = ready.badge, left + side + 1 * MM
    room, base = width - right - 4 * MM, edge - quiet - 0.8 * MM
    doc.write(badge.code, Style(8.5, 400, art.INK_2), right, base, width=room)
    if badge.halls:
        _halls(doc, sheet, badge.halls, right, base - 7 * MM, room)
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
    _fair(doc, sheet, x + 5 * MM, y + 3 * MM, 8 * MM, header)
    _role(doc, badge.role, x, y + 13 * MM, width, 9 * MM, 13)
    edge = y + height - 3 * MM
    art.band(doc, x, edge, width, 3 * MM)
    side = _code_side(ready.symbol)
    quiet = (side - QR_SIDE) / 2
    left = x + width - side - 1.5 * MM
    if ready.symbol:
        doc.qr(ready.symbol, left + quiet, edge - side + quiet, QR_SIDE)
    room, base = left - x - 5 * MM, edge - 3.2 * MM
    if badge.halls:
        _halls(doc, sheet, badge.halls, x + 5 * MM, base, room - CODE_ROOM)
        doc.write(badge.code, Style(8.5, 400, art.INK_2), left, base, 1.0, width=CODE_ROOM)
    else:
        doc.write(badge.code, Style(8.5, 400, art.INK_2), x + 5 * MM, base, width=room)
    _names(doc, ready, x + 5 * MM, y + 23 * MM, room, base - 6 * MM - y - 23 * MM)
