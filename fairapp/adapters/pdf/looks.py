"""The looks of a catalogue's pages: cover, heads and feet, a chapter's opening, the thumb index."""

from fairapp.adapters.pdf import art, indexes
from fairapp.adapters.pdf.book import Catalogue, CatalogueChapter
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.text import Style, clean, roomy

_HEAD = Style(9, 600)
_HEAD_LIGHT = Style(9, 400)
_FOOT = Style(8, 400, art.INK_2)
_FOLIO = Style(11, 700)


def cover(doc: Document, paper: Paper, book: Catalogue) -> None:
    """The first page."""
    wide, high = paper.size
    split = 0.62 * high
    doc.rect(0, 0, wide, split, art.INDIGO)
    doc.rect(0, split, wide, high - split, art.SHELL)
    art.band(doc, 0, split - 5 * MM, wide, 10 * MM)
    art.seal(doc, 14 * MM, 16 * MM, 19 * MM)
    room = wide - 28 * MM
    style = roomy(Style(34 * wide / (148 * MM), 800, "#FFFFFF", 1.22, book.lang), book.title)
    style, lines = doc.type.fitted(book.title, style, room, [(3, 28.0), (4, 20.0)])
    with doc.tag("H1"):
        y = doc.block(lines, style, 14 * MM, 44 * MM, room) + 4 * MM
    days = Style(15, 700, art.SOPHORA, 1.35)
    y = doc.block(doc.type.lines(book.days, days, room, 2), days, 14 * MM, y, room)
    place = Style(12, 400, art.ON_INDIGO, 1.4)
    doc.block(doc.type.lines(book.place, place, room, 2), place, 14 * MM, y, room)
    side = 16 * MM
    step = (room - side) / 5
    for number, mark in enumerate(art.GROUP_FILLS):
        art.pictogram(doc, mark, 14 * MM + number * step, split + 16 * MM, side)
    subtitle = Style(17, 800, art.INK, 1.3)
    lines = doc.type.lines(book.subtitle, subtitle, room, 2)
    doc.block(lines, subtitle, 14 * MM, split + 40 * MM, room)
    note = Style(9, 400, art.INK_2, 1.4)
    doc.block(doc.type.lines(book.note, note, room, 2), note, 14 * MM, high - 16 * MM, room)
    doc.place("cover")


def frame(
    doc: Document, paper: Paper, book: Catalogue, number: int, left: str = "", right: str = ""
) -> float:
    """Running head and foot of a page; give the left edge of its text."""
    x, width = paper.left(number), paper.width
    with doc.decoration():
        if left or right:
            used = doc.write(right, _HEAD_LIGHT, x + width, 11.6 * MM, 1.0, width * 0.45)
            doc.write(left, roomy(_HEAD, left), x, 11.6 * MM, width=width - used - 4 * MM)
            doc.rule(x, 14.4 * MM, width, art.INK, 0.6 * MM)
        base = indexes.folio_height(paper)
        inner, outer = (x, x + width) if number % 2 else (x + width, x)
        doc.write(str(number), _FOLIO, outer, base, 1.0 if number % 2 else 0.0)
        doc.write(book.labels.foot, _FOOT, inner, base, 0.0 if number % 2 else 1.0, width * 0.8)
    return x


def tab(doc: Document, paper: Paper, chapter: CatalogueChapter, title: str, number: int, page: int) -> None:
    """The thumb index at the outer edge; each chapter's stands a little lower than the one before."""
    mark = chapter.mark if chapter.mark in art.GROUP_FILLS else ""
    wide, high = 9 * MM, 36 * MM
    y = 58 * MM + number % 4 * 37 * MM
    x = paper.size[0] - wide if page % 2 else 0.0
    fill = art.GROUP_FILLS.get(mark, art.GROUP_FILLS["drink"])
    doc.box(x if page % 2 else x - 3 * MM, y, wide + 3 * MM, high, 1.5 * MM, fill)
    doc.frame(x if page % 2 else x - 3 * MM, y, wide + 3 * MM, high, 0.3 * MM, 1.5 * MM, art.INK)
    top = y + 2.5 * MM
    if mark:
        art.mark(doc, mark, x + 2.5 * MM, top, 4 * MM)
        top += 6 * MM
    style = Style(8.5, 700)
    with doc.turned(x + wide / 2 - 0.36 * style.size, top), doc.decoration():
        doc.write(clean(chapter.tab, 60) or title, style, 0, 0, width=y + high - 2 * MM - top)
