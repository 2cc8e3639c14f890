"""The head of a chapter's first page: its title, its figures, and a drawing of what it holds."""

from dataclasses import replace

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import CatalogueChapter, HallMap
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.operators import fill_operator, stroke_operator
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.text import Style, clean, roomy

_FLOOR, _STAND = "#1C2B63", "#E9EDFB"


def opening(doc: Document, paper: Paper, chapter: CatalogueChapter, title: str, x: float, lang: str) -> None:
    """The coloured head: low on small paper; on large paper with figures and a drawing."""
    head = paper.opener
    doc.rect(0, 0, paper.size[0], head, art.INDIGO)
    art.band(doc, 0, head, paper.size[0], 5 * MM)
    if paper.rows:
        _tall(doc, paper, chapter, title, x, lang)
    else:
        _low(doc, paper, chapter, title, x, lang)


def _below(chapter: CatalogueChapter) -> str:
    return " · ".join(part for part in (clean(chapter.second, 120), clean(chapter.count, 60)) if part)


def _low(doc: Document, paper: Paper, chapter: CatalogueChapter, title: str, x: float, lang: str) -> None:
    head = paper.opener
    mark = chapter.mark if chapter.mark in art.GROUP_FILLS else ""
    room = paper.width - (24 * MM if mark else 0)
    style = roomy(Style(30, 800, "#FFFFFF", 1.22, lang), title)
    style, lines = doc.type.fitted(title, style, room, [(1, 24.0)])
    if len(doc.type.lines(title, style, room)) > 1:
        style, lines = doc.type.fitted(title, replace(style, size=22.0), room, [(1, 20.0), (2, 15.0)])
    light = Style(11, 400, art.ON_INDIGO, 1.4)
    below = doc.type.lines(_below(chapter), light, room, 1)
    high = len(lines) * style.size * style.leading + len(below) * light.size * light.leading
    with doc.tag("H1"):
        y = doc.block(lines, style, x, head - 6 * MM - high, room)
    doc.block(below, light, x, y, room)
    if mark:
        doc.box(x + paper.width - 20 * MM, head - 26 * MM, 20 * MM, 20 * MM, 2 * MM, "#FFFFFF")
        art.pictogram(doc, mark, x + paper.width - 18 * MM, head - 24 * MM, 16 * MM)


def _tall(doc: Document, paper: Paper, chapter: CatalogueChapter, title: str, x: float, lang: str) -> None:
    head, side = paper.opener, 62 * MM
    right = x + paper.width
    top, bottom = 14 * MM, head - 9 * MM
    _panel(doc, chapter, title, right - side, top, side, bottom - top)
    room = paper.width - side - 10 * MM
    light = Style(12, 400, art.ON_INDIGO, 1.4, lang)
    facts = chapter.facts[:3]
    floor = bottom - (17 * MM if facts else 0.0)
    below = doc.type.lines(_below(replace(chapter, count="") if facts else chapter), light, room, 2)
    style = roomy(Style(40, 800, "#FFFFFF", 1.16, lang), title)
    style, lines = doc.type.fitted(title, style, room, [(1, 34.0), (2, 28.0), (3, 20.0)])
    high = len(lines) * style.size * style.leading + len(below) * light.size * light.leading + 2 * MM
    y = max(top, floor - high)
    doc.rect(x, y - 6 * MM, 18 * MM, 1.6 * MM, art.SOPHORA)
    with doc.tag("H1"):
        y = doc.block(lines, style, x, y, room) + 2 * MM
    doc.block(below, light, x, y, room)
    if facts:
        _facts(doc, facts, x, bottom, room)


def _facts(doc: Document, facts: tuple[tuple[str, str], ...], x: float, bottom: float, room: float) -> None:
    """Figures in a row, each with what it counts below."""
    wide = room / 3
    for place, (figure, word) in enumerate(facts):
        left = x + place * wide
        with doc.tag("P"):
            doc.write(figure, Style(22, 800, art.SOPHORA), left, bottom - 5.4 * MM, width=wide - 3 * MM)
            doc.write(word, Style(9, 400, art.ON_INDIGO), left, bottom, width=wide - 3 * MM)


def _panel(
    doc: Document, chapter: CatalogueChapter, title: str, x: float, y: float, wide: float, high: float
) -> None:
    """The hall's plan, the group's picture, or the chapter's short name in a woven frame."""
    if chapter.plan:
        small_plan(doc, chapter.plan, x, y, wide, high)
        return
    side = min(wide, high)
    x += wide - side
    y += (high - side) / 2
    doc.box(x, y, side, side, 3 * MM, "#FFFFFF")
    for at in (y + 4 * MM, y + side - 9 * MM):
        art.band(doc, x, at, side, 5 * MM)
    mark = chapter.mark if chapter.mark in art.GROUP_FILLS else ""
    if mark:
        art.pictogram(doc, mark, x + (side - 36 * MM) / 2, y + (side - 36 * MM) / 2, 36 * MM)
        return
    word = clean(chapter.tab, 24) or clean(title, 24)
    style, lines = doc.type.fitted(
        word, Style(64, 800, art.INDIGO, 1.15), side - 12 * MM, [(1, 26.0), (2, 16.0), (3, 11.0)]
    )
    top = y + (side - len(lines) * style.size * style.leading) / 2
    with doc.decoration():
        for place, line in enumerate(lines):
            step = style.size * style.leading
            doc.text(line, style, x + side / 2, top + place * step + step / 2 + 0.36 * style.size, 0.5)


def small_plan(doc: Document, plan: HallMap, x: float, y: float, wide: float, high: float) -> None:
    """A hall's outlines without words, as large as fits."""
    unit = min(wide / max(plan.width, 0.1), high / max(plan.height, 0.1))
    left, top = x + wide - plan.width * unit - plan.left * unit, y + (high - plan.height * unit) / 2
    top -= plan.top * unit
    looks = {
        "hall": f"1.2 w {stroke_operator(art.SOPHORA)} {fill_operator(_FLOOR)}",
        "booth": f"0.25 w {stroke_operator(_FLOOR)} {fill_operator(_STAND)}",
        "facility": f"0.25 w {stroke_operator(art.ON_INDIGO)} {fill_operator('#4A5BA3')}",
        "solid": f"0.1 w {stroke_operator(art.ON_INDIGO)} {fill_operator(art.ON_INDIGO)}",
    }
    for piece in plan.pieces:
        look = looks.get(piece.look)
        path = piece.path(left, top, unit, doc.height)
        if look and path:
            doc.raw(f"{look} 1 j {path} B*")
