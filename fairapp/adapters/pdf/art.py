"""The drawings of print: seal, brocade band, icons, pictograms, marks, stars and the booth's plate."""

import re
from dataclasses import dataclass

from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.operators import fill_operator, stroke_operator
from fairapp.adapters.pdf.text import Style
from fairapp.adapters.pdf.vectors import circle, path_operators

INK, INK_2, INK_3 = "#1B1D2A", "#3B3D4C", "#63667A"
INDIGO, ON_INDIGO = "#26397F", "#C9D3F7"
VERMILION, SOPHORA, SHELL = "#C7341B", "#F2BE22", "#F5F3EE"
LINE, LINE_2 = "#B9B5A9", "#D9D5CB"
STAR_EDGE = "#8A5A00"
GROUP_FILLS = {
    "food": "#FBDD6A",
    "drink": "#C6D6F8",
    "herb": "#8BEBC8",
    "craft": "#E27459",
    "orn": "#B98C9E",
    "tour": "#9B87E6",
}

_MARKS = {
    "food": circle(6, 6, 5),
    "drink": "M6 .8L11.4 10.6H.6z",
    "herb": "M4 1h4v3h3v4H8v3H4V8H1V4h3z",
    "craft": "M1.2 1.2h9.6v9.6H1.2z",
    "orn": "M6 .3L11.7 6 6 11.7.3 6z",
    "tour": "M6 .6l5.4 4.2-2 6.4H2.6l-2-6.4z",
}
_ICONS = {
    "home": ("M3.5 11L12 3.8 20.5 11M6 9.5v11h12v-11M10 20.5v-6h4v6",),
    "cash": ("M2.5 6h19v12.5h-19z", circle(12, 12.25, 2.8), "M6 9.5v.1M18 15v.1"),
    "truck": ("M2.5 6h11.5v11H2.5zM14 10h4l3.5 3.5V17H14", circle(7, 18, 2), circle(17.5, 18, 2)),
    "user": (circle(12, 8, 4), "M4.5 20.5c.8-4.2 3.7-6 7.5-6s6.7 1.8 7.5 6"),
    "badge": (
        "M5 6.5h14v15H5z",
        "M9 6.5V2.8h6v3.7M8.5 17.8c.6-1.9 1.9-2.8 3.5-2.8s2.9.9 3.5 2.8",
        circle(12, 11.7, 1.8),
    ),
    "flag": ("M5 21.5V3.5M5 4.5h13l-2.5 4L18 12.5H5",),
    "phone": (
        "M5 3.5h4l1.7 5-2.3 1.7c1.2 2.3 3.1 4.2 5.4 5.4l1.7-2.3 5 1.7v4c0 1-.8 1.7-1.8 1.5"
        "C10.7 19.5 4.5 13.3 3.5 5.3 3.4 4.3 4 3.5 5 3.5z",
    ),
}
_STAR = "M12 2.3l2.95 6.3 6.85.9-5 4.75 1.25 6.85L12 17.75l-6.05 3.35 1.25-6.85-5-4.75 6.85-.9z"
_PICTOGRAMS = {
    "food": (
        "M8 24h36c0 10-6 17-14 18H22C14 41 8 34 8 24z",
        "M6 22h36c0 10-6.5 16.5-12.5 18h-11C12.5 38.5 6 32 6 22z"
        "M17 40v2.5h14V40M11 22c1-6 5-8.5 8-6.5 1.5-4.5 8-4.5 9.5 0 3.5-2 7.5.5 8.5 6.5"
        "M33 4L24.5 15M39 6.5L28.5 16M12 28.5c6 2.5 18 2.5 24 0",
    ),
    "drink": (
        "M14 20h22c3 5 3 15-3 22H17c-6-7-6-17-3-22z",
        "M12 18h22c3.5 6 2.5 15.5-3 21.5H15C9.5 33.5 8.5 24 12 18z"
        "M34 21c7-3 10 1 9 5.5S38 34 34.3 33"
        "M11 24L4 18.5M15 18c0-4 3.5-6 8-6s8 2 8 6M23 12V9M20 4.5c1.5-1.5 4.5-1.5 6 0",
    ),
    "herb": (
        "M12 26h28c0 8-3 13-8 16H20c-5-3-8-8-8-16z",
        "M10 24h28c0 7.5-3 12.5-8 15.5H18C13 36.5 10 31.5 10 24z"
        "M16 39.5V43h16v-3.5M30 24L41 7.5"
        "M19 20C11 17 9.5 10 11.5 4c6 1.5 10 6.5 9.5 14M14 9c2 3.5 4 6.5 6 11",
    ),
    "craft": (
        "M9 22h34l-4 21H13z",
        "M6 19.5h36M7.5 19.5L11 41h26l3.5-21.5M13 19.5C13 10 18 5 24 5s11 5 11 14.5"
        "M9 27h30M10 34h28M17 19.5L19 41M24 19.5V41M31 19.5L29 41",
    ),
    "orn": (
        "M14 34h26l-4 10H18z",
        "M11 32h26l-3.5 10H14.5zM9 32h30M24 32c-1-6-5-7-5-12"
        "M19 20c-7 1-11-2-11-6.5 3-4 9-3 11 .5-1-6 4-10 9-9 3 4 1 9-4 11 6-2 12 0 14 4-2 5-10 6-15 3",
    ),
    "tour": (
        "M8 26L26 10l18 16v6H8z",
        "M4 24L24 6l20 18M8.5 20.5V33h31V20.5M8.5 33v10M18 33v10M30 33v10M39.5 33v10M19 33v-8h10v8"
        "M4 43h40M13 24.5v3M35 24.5v3",
    ),
}


def _stroked(width: float, color: str, *paths: str) -> str:
    drawn = " ".join(f"{path_operators(path)} S" for path in paths)
    return f"{width} w 1 J 1 j {stroke_operator(color)} {drawn}"


def _filled(color: str, *paths: str) -> str:
    return f"{fill_operator(color)} " + " ".join(f"{path_operators(path)} f" for path in paths)


def seal(doc: Document, x: float, y: float, side: float) -> None:
    """The fair's vermilion seal."""

    def draw() -> str:
        ground = (
            "M3 4.5C3 3 4 2 5.5 2.2l29 .3c1.7 0 2.7 1 2.6 2.7l-.4 29.6c0 1.6-1 2.6-2.6 2.5"
            "L5.2 37C3.7 37 2.8 36 2.9 34.5z"
        )
        roof = (
            "M7.5 15.5h25M9.5 9h21l3 6.5c0 2-1.4 3.4-3.2 3.4S27 17.6 27 15.7c0 1.9-1.5 3.2-3.5 3.2"
            "S20 17.6 20 15.7"
            "c0 1.9-1.6 3.2-3.5 3.2S13 17.6 13 15.7c0 1.9-1.5 3.2-3.3 3.2S6.5 17.5 6.5 15.5z"
        )
        stand = "M10 19v12M30 19v12M10 25.5h20M15 31c0-3 2-5.5 5-5.5s5 2.5 5 5.5"
        return f"{_filled(VERMILION, ground)} {_stroked(2.4, '#FFFFFF', roof, stand)}"

    doc.art("seal", draw, (40, 40), x, y, side / 40)


def band(doc: Document, x: float, y: float, width: float, height: float) -> None:
    """The brocade band, its figures cut off at the end."""

    def draw() -> str:
        return " ".join(
            (
                _filled(INDIGO, "M0 0h32v12H0z"),
                _filled(VERMILION, "M0 0h8L0 6zM32 0h-8l8 6zM0 12h8L0 6zM32 12h-8l8-6z"),
                _filled(SOPHORA, "M16 1l8 5-8 5-8-5z"),
                _filled(INK, "M16 3.6L20 6l-4 2.4L12 6z"),
                _filled(SHELL, "M0 4.2L3 6 0 7.8zM32 4.2L29 6l3 1.8z"),
            )
        )

    scale = height / 12
    with doc.clipped(x, y, width, height):
        at = x
        while at < x + width:
            doc.art("band", draw, (32, 12), at, y, scale)
            at += 32 * scale


def icon(doc: Document, name: str, x: float, y: float, side: float, color: str) -> None:
    """A line icon of the role or the contact; an unknown name draws the user."""
    known = name if name in _ICONS else "user"
    doc.art(f"i{known}{color[1:]}", lambda: _stroked(1.75, color, *_ICONS[known]), (24, 24), x, y, side / 24)


def pictogram(doc: Document, group: str, x: float, y: float, side: float) -> None:
    """A product group's picture, its colour printed off the line."""
    fill, lines = _PICTOGRAMS[group]
    doc.art(
        f"p{group}",
        lambda: f"{_filled(GROUP_FILLS[group], fill)} {_stroked(2.2, INK, lines)}",
        (48, 48),
        x,
        y,
        side / 48,
    )


def mark(doc: Document, group: str, x: float, y: float, side: float) -> None:
    """A product group's mark: its shape alone tells it."""
    doc.art(f"m{group}", lambda: _filled(INK, _MARKS[group]), (12, 12), x, y, side / 12)


def stars(doc: Document, count: int, x: float, y: float, side: float) -> float:
    """Five stars, ``count`` of them full; give their width."""
    count = max(0, min(5, count))

    def draw() -> str:
        drawn = []
        for number in range(5):
            move = f"q 1 0 0 1 {24 * number} 0 cm 1.5 w 1 j {path_operators(_STAR)}"
            if number < count:
                drawn.append(f"{fill_operator(SOPHORA)} {stroke_operator(STAR_EDGE)} {move} B Q")
            else:
                drawn.append(f"{stroke_operator('#8A8779')} {move} [2.5 2] 0 d S Q")
        return " ".join(drawn)

    doc.art(f"s{count}", draw, (120, 24), x, y, side / 24)
    return 5 * side


STAR_LETTER = Style(9, 400, SOPHORA)


def star_letters(doc: Document, count: int, x: float, base: float) -> None:
    """As many stars as text, each as wide as a drawn one, so that they can be read and searched."""
    doc.text(doc.type.line("★" * count, STAR_LETTER), STAR_LETTER, x, base)


@dataclass(frozen=True)
class PlateSize:
    """Measures of a plate: letters, line, corner, padding as factors of the letters."""

    letters: float
    line: float
    radius: float


PLATE_S = PlateSize(10.5, 0.4 * MM, 1 * MM)
PLATE_M = PlateSize(14, 0.5 * MM, 1.1 * MM)
PLATE_L = PlateSize(17, 0.5 * MM, 1.2 * MM)
PLATE_XL = PlateSize(46, 0.8 * MM, 1.6 * MM)
_DIGITS = re.compile(r"(\d{1,9})")
_SPLIT = re.compile(r"([^\W_]{1,4})[-–.](.+)", re.DOTALL)


def plate_parts(code: str) -> tuple[str, str]:
    """The hall's letter and the number of a booth's code; no hall where the code has no such form."""
    found = _SPLIT.fullmatch(code)
    return (found[1], found[2]) if found else ("", code)


def plate_size(doc: Document, code: str, size: PlateSize) -> tuple[float, float]:
    """Width and height of the plate."""
    hall, number = plate_parts(code)
    style = Style(size.letters, 800)
    width = doc.type.line(number, style).width * size.letters + size.letters
    if hall:
        width += doc.type.line(hall, style).width * size.letters + 0.92 * size.letters
    return width, 1.62 * size.letters


def plate(doc: Document, code: str, x: float, y: float, size: PlateSize, most: float | None = None) -> float:
    """The sign of a booth, made smaller where wider than ``most``; give its width."""
    width, height = plate_size(doc, code, size)
    if most is not None and width > most:
        scale = most / width
        size = PlateSize(size.letters * scale, size.line * scale, size.radius * scale)
        width, height = width * scale, height * scale
    hall, number = plate_parts(code)
    white, dark = Style(size.letters, 800, "#FFFFFF"), Style(size.letters, 800, INK)
    base = y + height / 2 + 0.355 * size.letters
    doc.box(x, y, width, height, size.radius, "#FFFFFF")
    left = x
    if hall:
        line = doc.type.line(hall, white)
        wide = line.width * size.letters + 0.92 * size.letters
        with doc.clipped(x, y, wide, height, size.radius, square_right=True):
            doc.rect(x, y, wide, height, INDIGO)
        doc.text(line, white, x + 0.46 * size.letters, base)
        left += wide
    doc.write(number, dark, left + 0.5 * size.letters, base)
    half = size.line / 2
    doc.frame(x + half, y + half, width - size.line, height - size.line, size.line, size.radius, INK)
    return width


def plate_order(code: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The key to sort booths by: halls, then numbers as numbers."""
    hall, number = plate_parts(code)
    return hall.casefold(), tuple(
        (int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(number)
    )
