"""One side of a badge as its design says: every field fitted into its box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.badge_parts import fair_line, halls_opened, role_band
from fairapp.adapters.pdf.badge_values import Badge, BadgeSheet
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.fitting import Area, fit
from fairapp.adapters.pdf.pages import Size
from fairapp.adapters.pdf.records import Desk
from fairapp.adapters.pdf.text import Line, Note, Style, lettered
from fairapp.adapters.qr import QUIET_ZONE, Symbol
from fairapp.rules.badge_designs import LEAST_LETTERS, LEAST_NAME, SLOT, Align, Part, Placed

_LEAST = {Part.NAME: LEAST_NAME}
_LONGEST = {Part.NAME: 120, Part.LATIN: 120, Part.DUTY: 120, Part.ORGANISATION: 160, Part.TEXT: 200}
_SIDES = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}


@dataclass(frozen=True)
class Shared:
    """What all badges of a run share: the sheet's words, and pictures that are in the file already."""

    sheet: BadgeSheet
    pictures: Mapping[str, tuple[str, int, Size]]
    """By key: the name it is drawn by, its number, its width and height in pixels."""


@dataclass(frozen=True)
class Ready:
    """A badge whose texts are shaped: by field of its face, the style and the lines."""

    badge: Badge
    symbol: Symbol | None
    texts: Mapping[Placed, tuple[Style, list[Line]]]


def prepare(doc: Document, badge: Badge, desk: Desk, faces: tuple[tuple[Placed, ...], ...]) -> Ready:
    """Shape a badge's texts for its faces; the largest size at which a text fits its box is its size."""
    texts: dict[Placed, tuple[Style, list[Line]]] = {}
    said = _said(badge, desk)
    for fields in dict.fromkeys(faces):
        for placed in fields:
            if text := said.get(placed.part):
                box = _room(placed, fields, said)
                texts[placed] = _fitted(doc, badge, placed, box, text, desk.note(placed.part.value))
    return Ready(badge, desk.code(badge.token), texts)


def _said(badge: Badge, desk: Desk) -> dict[Part, str]:
    design = badge.design
    said = {
        Part.NAME: badge.name,
        Part.LATIN: badge.latin,
        Part.DUTY: badge.duty,
        Part.ORGANISATION: badge.organisation,
        Part.TEXT: design.text if design else "",
    }
    return {part: desk.field(part.value, text, _LONGEST[part]) for part, text in said.items()}


def _room(placed: Placed, fields: tuple[Placed, ...], said: Mapping[Part, str]) -> Placed:
    """The name's box takes over that of the name in Latin letters below it, where there is none."""
    if placed.part is not Part.NAME or said.get(Part.LATIN):
        return placed
    low = placed.y + placed.height
    below = next(
        (each for each in fields if each.part is Part.LATIN and each.x == placed.x and 0 <= each.y - low < 1),
        None,
    )
    return placed if below is None else replace(placed, height=below.y + below.height - placed.y)


def _fitted(
    doc: Document, badge: Badge, placed: Placed, box: Placed, text: str, note: Note
) -> tuple[Style, list[Line]]:
    lang = {Part.NAME: badge.lang, Part.ORGANISATION: badge.organisation_lang or badge.lang}
    color = art.INK if placed.part in (Part.NAME, Part.LATIN) else art.INK_2
    plain = Style(placed.size, placed.weight, color, 1.22 if placed.part is Part.NAME else 1.35)
    style = lettered(plain, lang.get(placed.part, doc.lang), text)
    least = _LEAST.get(placed.part, LEAST_LETTERS)
    return fit(doc, text, style, box.width * MM, box.height * MM, min(least, placed.size), note)


def draw(doc: Document, shared: Shared, ready: Ready, fields: tuple[Placed, ...], x: float, y: float) -> None:
    """Draw the fields of one face whose upper left corner is at ``x``, ``y``."""
    design = ready.badge.design
    assert design is not None
    for placed in sorted(fields, key=lambda each: each.part not in (Part.ROLE, Part.BAND)):
        box = Area(x + placed.x * MM, y + placed.y * MM, placed.width * MM, placed.height * MM)
        if placed in ready.texts:
            _text(doc, placed, *ready.texts[placed], box)
        elif paint := _PAINTERS.get(placed.part):
            paint(doc, shared, ready, placed, box)
    if design.slot:
        wide, high, edge = (each * MM for each in SLOT)
        doc.dashed(x + (design.width * MM - wide) / 2, y + edge, wide, high, 1.5 * MM, "#8A8D9B")


def _text(doc: Document, placed: Placed, style: Style, lines: list[Line], box: Area) -> None:
    """The lines in their box: a name stands at its foot, so that what is below belongs to it."""
    step, y = style.size * style.leading, box.y
    if placed.part is Part.NAME:
        y += max(0.0, box.height - step * len(lines))
    if placed.align is Align.LEFT:
        doc.block(lines, style, box.x, y, box.width)
        return
    share = _SIDES[placed.align]
    for number, line in enumerate(lines):
        base = y + (number + 0.5) * step + 0.36 * style.size
        doc.text(line, style, box.x + share * box.width, base, share)


def _picture(doc: Document, shared: Shared, ready: Ready, _placed: Placed, box: Area) -> None:
    """The whole picture in the middle of its box."""
    design = ready.badge.design
    if design is None or design.picture not in shared.pictures:
        return
    name, at, (wide, high) = shared.pictures[design.picture]
    scale = min(box.width / wide, box.height / high)
    wide, high = wide * scale, high * scale
    doc.shown(name, at, box.x + (box.width - wide) / 2, box.y + (box.height - high) / 2, wide, high)


def _role(doc: Document, _shared: Shared, ready: Ready, placed: Placed, box: Area) -> None:
    role, design = ready.badge.role, ready.badge.design
    if design and design.colour:
        role = replace(role, color=design.colour, ink=readable_on(design.colour))
    role_band(doc, role, box, min(placed.size, box.height * 0.62))


def readable_on(color: str) -> str:
    """White or ink, whichever is easier to read on a colour (WCAG's relative luminance)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#FFFFFF" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.06 else art.INK


def _fair(doc: Document, shared: Shared, ready: Ready, _placed: Placed, box: Area) -> None:
    side = min(box.height, 9 * MM)
    top = box.y + (box.height - side) / 2
    fair_line(doc, shared.sheet, box.x, top, side, box.width, ready.badge.days)


def _booth(doc: Document, _shared: Shared, ready: Ready, placed: Placed, box: Area) -> None:
    booth = ready.badge.booth
    if not booth:
        return
    size = art.PlateSize(box.height / 1.62, 0.5 * MM, 1.2 * MM)
    wide = min(box.width, art.plate_size(doc, booth, size)[0])
    art.plate(doc, booth, box.x + _SIDES[placed.align] * (box.width - wide), box.y, size, wide)


def _halls(doc: Document, shared: Shared, ready: Ready, _placed: Placed, box: Area) -> None:
    if halls := ready.badge.halls:
        halls_opened(doc, shared.sheet, halls, box.x, box.y + min(box.height, 4.8 * MM), box.width)


def _code(doc: Document, _shared: Shared, ready: Ready, placed: Placed, box: Area) -> None:
    share, style = _SIDES[placed.align], Style(placed.size, placed.weight, art.INK_2)
    line = doc.type.line(ready.badge.code, style)
    if line.width * style.size > box.width:  # it is typed by hand: made smaller, never cut
        style = replace(style, size=box.width / line.width)
    doc.text(line, style, box.x + share * box.width, box.y + box.height / 2 + 0.36 * style.size, share)


def _qr(doc: Document, _shared: Shared, ready: Ready, _placed: Placed, box: Area) -> None:
    if ready.symbol is None:
        return
    doc.rect(box.x, box.y, box.width, box.height, "#FFFFFF")
    code = min(box.width, box.height) * ready.symbol.size / (ready.symbol.size + 2 * QUIET_ZONE)
    doc.qr(ready.symbol, box.x + (box.width - code) / 2, box.y + (box.height - code) / 2, code)


def _band(doc: Document, _shared: Shared, _ready: Ready, _placed: Placed, box: Area) -> None:
    art.band(doc, box.x, box.y, box.width, box.height)


Painter = Callable[[Document, Shared, Ready, Placed, Area], None]
_PAINTERS: Mapping[Part, Painter] = {
    Part.ROLE: _role,
    Part.FAIR: _fair,
    Part.BOOTH: _booth,
    Part.HALLS: _halls,
    Part.CODE: _code,
    Part.QR: _qr,
    Part.PICTURE: _picture,
    Part.BAND: _band,
}
