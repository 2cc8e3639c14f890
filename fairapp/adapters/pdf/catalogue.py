"""The catalogue, an A5 book: cover, contents, chapters of entries, indexes of names and of booths."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import BinaryIO

from fairapp.adapters.pdf import art, entries, indexes
from fairapp.adapters.pdf.book import Catalogue, CatalogueChapter
from fairapp.adapters.pdf.document import A5, MM, Document
from fairapp.adapters.pdf.entries import BOTTOM, INNER, OUTER, TOP, WIDTH, Prepared
from fairapp.adapters.pdf.indexes import CONTENTS_ROWS, Columns, IndexRow
from fairapp.adapters.pdf.records import Progress
from fairapp.adapters.pdf.text import Style, clean, roomy
from fairapp.rules.collation import vietnamese_initial, vietnamese_key
from fairapp.rules.printing import Report

_OPENER = 40 * MM
_BELOW_OPENER = _OPENER + 7.5 * MM
_HEAD = Style(9, 600)
_HEAD_LIGHT = Style(9, 400)
_FOOT = Style(8, 400, art.INK_2)
_FOLIO = Style(11, 700)


def print_catalogue(out: BinaryIO, book: Catalogue, progress: Progress | None = None) -> Report:
    """Write the book page by page; records that cannot be printed are reported and left out."""
    return _Press(out, book, progress).run()


class _Press:
    """One run: knows the page it is on and where everything went."""

    def __init__(self, out: BinaryIO, book: Catalogue, progress: Progress | None) -> None:
        self.book = book
        self.report = Report()
        self.doc = Document(out, f"{book.title}", book.lang, subject=book.subtitle)
        self._progress = progress
        self._total = sum(len(chapter.entries) for chapter in book.chapters)
        self._done = 0
        rows = len(book.chapters) + 2
        self._front = 1 + -(-rows // CONTENTS_ROWS)
        self._open = ExitStack()
        self._contents: list[IndexRow] = []
        self._names: list[IndexRow] = []
        self._booths: list[IndexRow] = []

    def run(self) -> Report:
        with self.doc.page(A5):
            self._cover()
        self.doc.bookmark(self.book.title, "cover", 0)
        self.doc.bookmark(self.book.labels.contents, "contents", 0)
        for number, chapter in enumerate(self.book.chapters):
            self._chapter(chapter, number)
        self._name_index()
        self._booth_index()
        self._contents_pages()
        self.doc.finish()
        return self.report

    # --- pages ----------------------------------------------------------------------------------------------

    @property
    def _number(self) -> int:
        """The number of the page being drawn; the contents are drawn last and stand after the cover."""
        return self.doc.pages + self._front

    def _left(self, number: int) -> float:
        """The left edge of the text: the wider margin is the outer one."""
        return INNER if number % 2 else OUTER

    def _frame(self, number: int, left: str, right: str) -> float:
        """Running head and foot; give the left edge of the text."""
        doc, x = self.doc, self._left(number)
        if left or right:
            used = doc.write(right, _HEAD_LIGHT, x + WIDTH, 11.6 * MM, 1.0, WIDTH * 0.45)
            doc.write(left, roomy(_HEAD, left), x, 11.6 * MM, width=WIDTH - used - 4 * MM)
            doc.rule(x, 14.4 * MM, WIDTH, art.INK, 0.6 * MM)
        base = indexes.folio_height()
        inner, outer = (x, x + WIDTH) if number % 2 else (x + WIDTH, x)
        doc.write(str(number), _FOLIO, outer, base, 1.0 if number % 2 else 0.0)
        doc.write(self.book.labels.foot, _FOOT, inner, base, 0.0 if number % 2 else 1.0, WIDTH * 0.8)
        return x

    def _cover(self) -> None:
        doc, book = self.doc, self.book
        wide, high = A5
        split = 0.62 * high
        doc.rect(0, 0, wide, split, art.INDIGO)
        doc.rect(0, split, wide, high - split, art.SHELL)
        art.band(doc, 0, split - 5 * MM, wide, 10 * MM)
        art.seal(doc, 14 * MM, 16 * MM, 19 * MM)
        room = wide - 28 * MM
        style = roomy(Style(34, 800, "#FFFFFF", 1.22, book.lang), book.title)
        style, lines = doc.type.fitted(book.title, style, room, [(3, 28.0), (4, 20.0)])
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
        y = doc.block(lines, subtitle, 14 * MM, split + 40 * MM, room)
        note = Style(9, 400, art.INK_2, 1.4)
        doc.block(doc.type.lines(book.note, note, room, 2), note, 14 * MM, high - 16 * MM, room)
        doc.place("cover")

    # --- chapters -------------------------------------------------------------------------------------------

    def _chapter(self, chapter: CatalogueChapter, number: int) -> None:
        key = f"chapter{number}"
        title = clean(chapter.title, 120)
        self._contents.append(IndexRow(title, clean(chapter.count, 60), self._number, key, self.book.lang))
        room = BOTTOM - _BELOW_OPENER
        first = True
        waiting: list[Prepared] = []
        used = 0.0
        for ready in self._ready(chapter, number):
            if waiting and used + ready.height > room:
                self._page(chapter, number, waiting, first, room - used)
                first, waiting, used, room = False, [], 0.0, BOTTOM - TOP
            elif first and ready.height > room:
                self._page(chapter, number, [], True, 0.0)
                first, room = False, BOTTOM - TOP
            waiting.append(ready)
            used += ready.height
        if waiting or first:
            self._page(chapter, number, waiting, first, max(0.0, room - used) if len(waiting) > 2 else 0.0)

    def _ready(self, chapter: CatalogueChapter, number: int) -> Iterator[Prepared]:
        """The chapter's entries, shaped one after the other."""
        for place, entry in enumerate(chapter.entries):
            ready = entries.prepare(self.doc, entry, f"e{number}.{place}", self.report)
            self._done += 1
            if self._progress and (self._done % 20 == 0 or self._done == self._total):
                self._progress(self._done, self._total)
            if ready is None:
                self.report.skipped += 1
                continue
            self.report.printed += 1
            yield ready

    def _page(
        self, chapter: CatalogueChapter, number: int, ready: list[Prepared], opener: bool, spare: float
    ) -> None:
        """Draw one page of entries, with the space left over shared out between them."""
        page = self._number
        with self.doc.page(A5):
            title = clean(chapter.title, 120)
            if opener:
                x = self._frame(page, "", "")
                self._opening(chapter, title, x)
                self.doc.place(f"chapter{number}")
                self.doc.bookmark(title, f"chapter{number}", 0, closed=True)
            else:
                x = self._frame(page, title, clean(chapter.second, 120))
            y = _BELOW_OPENER if opener else TOP
            share = min(10 * MM, spare / len(ready)) if ready else 0.0
            for place, each in enumerate(ready):
                if place:
                    self.doc.rule(x, y, WIDTH, art.LINE, 0.2 * MM)
                entries.draw(self.doc, each, self.book.labels, x, y + share / 2)
                y += each.height + share
                self._note(each, page)
            self._tab(chapter, title, number, page)

    def _note(self, ready: Prepared, page: int) -> None:
        """Remember for bookmarks and indexes where an entry went."""
        entry = ready.entry
        name = clean(entry.name, 200)
        booths = tuple(clean(booth, 24) for booth in entry.booths)
        self.doc.bookmark(name, ready.key, 1)
        called = [name, *(clean(other, 200) for other in entry.also)]
        self._names += [
            IndexRow(each, " · ".join(booths[:3]), page, ready.key, entry.lang) for each in called
        ]
        self._booths += [IndexRow(booth, name, page, ready.key, entry.lang, strong=True) for booth in booths]

    def _opening(self, chapter: CatalogueChapter, title: str, x: float) -> None:
        """The coloured head of a chapter's first page."""
        doc = self.doc
        doc.rect(0, 0, A5[0], _OPENER, art.INDIGO)
        art.band(doc, 0, _OPENER, A5[0], 5 * MM)
        mark = chapter.mark if chapter.mark in art.GROUP_FILLS else ""
        room = WIDTH - (24 * MM if mark else 0)
        style = roomy(Style(30, 800, "#FFFFFF", 1.22, self.book.lang), title)
        style, lines = doc.type.fitted(title, style, room, [(1, 24.0)])
        if len(doc.type.lines(title, style, room)) > 1:
            style, lines = doc.type.fitted(title, replace(style, size=22.0), room, [(1, 20.0), (2, 15.0)])
        light = Style(11, 400, art.ON_INDIGO, 1.4)
        second = " · ".join(part for part in (clean(chapter.second, 120), clean(chapter.count, 60)) if part)
        below = doc.type.lines(second, light, room, 1)
        high = len(lines) * style.size * style.leading + len(below) * light.size * light.leading
        y = doc.block(lines, style, x, _OPENER - 6 * MM - high, room)
        doc.block(below, light, x, y, room)
        if mark:
            doc.box(x + WIDTH - 20 * MM, _OPENER - 26 * MM, 20 * MM, 20 * MM, 2 * MM, "#FFFFFF")
            art.pictogram(doc, mark, x + WIDTH - 18 * MM, _OPENER - 24 * MM, 16 * MM)

    def _tab(self, chapter: CatalogueChapter, title: str, number: int, page: int) -> None:
        """The thumb index at the outer edge; each chapter's stands a little lower than the one before."""
        doc = self.doc
        mark = chapter.mark if chapter.mark in art.GROUP_FILLS else ""
        wide, high = 9 * MM, 36 * MM
        y = 58 * MM + number % 4 * 37 * MM
        x = A5[0] - wide if page % 2 else 0.0
        fill = art.GROUP_FILLS.get(mark, art.GROUP_FILLS["drink"])
        doc.box(x if page % 2 else x - 3 * MM, y, wide + 3 * MM, high, 1.5 * MM, fill)
        doc.frame(x if page % 2 else x - 3 * MM, y, wide + 3 * MM, high, 0.3 * MM, 1.5 * MM, art.INK)
        top = y + 2.5 * MM
        if mark:
            art.mark(doc, mark, x + 2.5 * MM, top, 4 * MM)
            top += 6 * MM
        style = Style(8.5, 700)
        with doc.turned(x + wide / 2 - 0.36 * style.size, top):
            doc.write(clean(chapter.tab, 60) or title, style, 0, 0, width=y + high - 2 * MM - top)

    # --- front and back matter ------------------------------------------------------------------------------

    def _index(self, heading: str, key: str, rows: list[IndexRow], initials: list[str]) -> None:
        """An index under its heading, with a small heading wherever the initial changes."""
        self._contents.append(IndexRow(heading, "", self._number, key, self.book.lang))
        self.doc.bookmark(heading, key, 0)
        started = False

        def turn() -> float:
            nonlocal started
            self._open.close()
            page = self._number
            self._open.enter_context(self.doc.page(A5))
            x = self._frame(page, "" if not started else heading, "")
            if not started:
                indexes.title(self.doc, heading, x)
                self.doc.place(key)
                started = True
            return x

        columns = Columns(self.doc, turn, TOP + 17 * MM)
        before = ""
        for row, initial in zip(rows, initials, strict=True):
            if initial != before:
                columns.heading(initial)
                before = initial
            columns.row(row)
        self._open.close()

    def _name_index(self) -> None:
        rows = sorted(self._names, key=lambda row: vietnamese_key(row.first))
        self._index(
            self.book.labels.name_index, "names", rows, [vietnamese_initial(row.first) for row in rows]
        )

    def _booth_index(self) -> None:
        rows = sorted(self._booths, key=lambda row: (art.plate_order(row.first), vietnamese_key(row.between)))
        self._index(
            self.book.labels.booth_index, "booths", rows, [art.plate_parts(row.first)[0] for row in rows]
        )

    def _contents_pages(self) -> None:
        """The contents, drawn now that all page numbers are known, and put behind the cover."""
        for place in range(self._front - 1):
            number = place + 2
            rows = self._contents[place * CONTENTS_ROWS : (place + 1) * CONTENTS_ROWS]
            with self.doc.page(A5, at=place + 1):
                x = self._frame(number, "", "")
                indexes.contents_page(self.doc, self.book.labels.contents, rows, x)
                if place == 0:
                    self.doc.place("contents")
