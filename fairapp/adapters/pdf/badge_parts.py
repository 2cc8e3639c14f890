"""The parts of a badge: the fair's line, the coloured band of the role, the halls, the code's side."""

from __future__ import annotations

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.badge_values import BadgeRole, BadgeSheet
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.fitting import Area
from fairapp.adapters.pdf.text import Style
from fairapp.adapters.qr import QUIET_ZONE, Symbol

QR_SIDE = 30.5 * MM


def code_side(symbol: Symbol | None) -> float:
    """Side of the code with its quiet zone."""
    return QR_SIDE * (1 + 2 * QUIET_ZONE / symbol.size) if symbol else 0.0


def fair_line(
    doc: Document, sheet: BadgeSheet, x: float, y: float, side: float, width: float, days: str = ""
) -> None:
    """The seal with the fair's name beside it, and its days or those of the badge."""
    art.seal(doc, x, y, side)
    left, room = x + side + 2.5 * MM, width - side - 2.5 * MM
    doc.write(sheet.fair, Style(9, 700), left, y + side / 2 - 1.2, width=room)
    doc.write(days or sheet.days, Style(8, 400), left, y + side / 2 + 9.2, width=room)


def role_band(doc: Document, role: BadgeRole, box: Area, size: float) -> None:
    """The coloured band with icon and the role in two languages."""
    doc.rect(box.x, box.y, box.width, box.height, role.color)
    side = 0.62 * box.height
    art.icon(doc, role.icon, box.x + 5 * MM, box.y + (box.height - side) / 2, side, role.ink)
    base = box.y + box.height / 2 + 0.36 * size
    strong, light = Style(size, 800, role.ink), Style(0.81 * size, 400, role.ink)
    left = box.x + 5 * MM + side + 2.5 * MM
    room = box.x + box.width - 4 * MM - left
    used = doc.write(role.name, strong, left, base, width=room) + 1.6 * MM
    if role.second and room - used > 8 * MM:
        doc.write(role.second, light, left + used, base, width=room - used)


def halls_opened(
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
