"""The catalogue as a book: cover, contents, chapters of entries, indexes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fairapp.adapters.collation import collation, reading
from fairapp.adapters.pdf import art, indexes, looks, openings
from fairapp.adapters.pdf.book import Catalogue, CatalogueChapter, CatalogueEntry
from fairapp.adapters.pdf.document import Document
from fairapp.adapters.pdf.entries import Prepared, prepare
from fairapp.adapters.pdf.entry_art import Artist
from fairapp.adapters.pdf.front import Front
from fairapp.adapters.pdf.indexes import Columns, Contents, IndexRow
from fairapp.adapters.pdf.paper import BOOK, Paper
from fairapp.adapters.pdf.records import Progress, resting_collector
from fairapp.adapters.pdf.reissue import Reissue
from fairapp.adapters.pdf.stock import fingerprint
from fairapp.adapters.pdf.text import clean
from fairapp.rules.printing import Report

_STEP, _INDEX_STEP = 256, 1024
"""Numbers of a page: so many that a change on it moves no other page's."""


def print_catalogue(
    out: BinaryIO,
    book: Catalogue,
    progress: Progress | None = None,
    paper: Paper = BOOK,
    stock: Path | None = None,
    pages: dict[int, int] | None = None,
) -> Report:
    """Write the book page by page; records that cannot be printed are reported and left out.

    ``stock`` is a folder where finished pages of this book wait for its next printing; ``pages`` learns on
    which page each entry stands, by its ``ident``.
    """
    with resting_collector():
        press = _Press(out, book, progress, paper, stock)
        report = press.run()
    if pages is not None:
        pages |= press.pages
    return report


@dataclass(slots=True)
class _Slot:
    """An entry, or a further part of one, on its way to a page: shaped when no finished page can be had."""

    entry: CatalogueEntry
    key: str
    digest: str
    height: float
    ready: Prepared | None
    part: int = 0


def _overleaf(slots: Iterator[_Slot], room: float) -> Iterator[_Slot]:
    """The entries in order, but one that has a page of its own does not leave the opening's page bare."""
    held: list[_Slot] = []
    for slot in slots:
        if room > 0 and slot.entry.full:
            held.append(slot)
            continue
        if slot.height > room and not slot.part:
            yield from held
            held, room = [], 0.0
        room -= slot.height
        yield slot
    yield from held


def _of_part(digest: str, part: int) -> str:
    """The name of a part of an entry; the first has the entry's own."""
    return f"{digest}+{part}" if part and digest else digest


class _Press:
    """One run: knows the page it is on and where everything went."""

    def __init__(
        self, out: BinaryIO, book: Catalogue, progress: Progress | None, paper: Paper, stock: Path | None
    ) -> None:
        self.book = book
        self.paper = paper
        self.report = Report()
        self.doc = Document(out, book.title, book.lang, subject=book.subtitle)
        self.old = Reissue(self.doc, stock)
        self.artist = Artist(self.doc, paper, book.labels)
        self.table = Contents(paper)
        self.front = Front(self.doc, paper, book, self.report)
        self._progress = progress
        self._total = sum(len(chapter.entries) for chapter in book.chapters)
        self._done = 0
        self._look = fingerprint(paper.name, book.lang, book.labels.__dict__)
        self.pages: dict[int, int] = {}
        self.order = collation(book.lang)
        self._readings: dict[str, str] = {}
        self._contents: list[IndexRow] = []
        self._names: list[IndexRow] = []
        self._booths: list[IndexRow] = []
        self._products: list[tuple[int, IndexRow]] = []
        self._regions: list[tuple[str, IndexRow]] = []

    def run(self) -> Report:
        """Print the book; what is finished when it is stopped waits for whoever takes it up."""
        try:
            return self._printed()
        except BaseException:
            self.old.keep_so_far()
            raise
        finally:
            self.old.close()

    def _printed(self) -> Report:
        doc, book = self.doc, self.book
        with doc.page(self.paper.size, step=_STEP):
            looks.cover(doc, self.paper, book)
        doc.bookmark(book.title, "cover", 0)
        doc.bookmark(book.labels.contents, "contents", 0)
        listed = len(book.texts) + bool(book.maps) + len(book.chapters) + len(self._indexes())
        front = -(-listed // self.table.rows)
        doc.leave_out(front)
        root = doc.root("Sect")
        self._contents += self.front.texts()
        self.front.adverts("front")
        maps, first_map = doc.root("Sect"), doc.closing.next_index
        if book.maps:
            self._contents.append(IndexRow(book.labels.maps, "", self._number, "map0", book.lang))
            doc.bookmark(book.labels.maps, "map0", 0)
            doc.leave_out(len(book.maps))
        for number, chapter in enumerate(book.chapters):
            self._chapter(chapter, number)
        self.front.adverts("middle")
        for heading, key, rows in self._indexes():
            if rows or key in ("names", "booths"):  # of what nobody has there is no index
                self._index(heading, key, rows)
        self.front.adverts("back")
        self.front.maps(first_map, {row.first: (row.key, row.page) for row in self._booths}, maps)
        self._contents_pages(front, root)
        doc.finish()
        self.old.keep()
        return self.report

    @property
    def _number(self) -> int:
        """The number of the page that comes next."""
        return self.doc.closing.next_index + 1

    # --- chapters -------------------------------------------------------------------------------------------

    def _chapter(self, chapter: CatalogueChapter, number: int) -> None:
        key = f"chapter{number}"
        title = clean(chapter.title, 120)
        self._contents.append(IndexRow(title, clean(chapter.count, 60), self._number, key, self.book.lang))
        root = self.doc.root("Sect")
        paper = self.paper
        room = paper.bottom - paper.below_opener
        first = True
        waiting: list[_Slot] = []
        used = 0.0
        for slot in _overleaf(self._slots(chapter, number), room):
            if waiting and used + slot.height > room + 0.1:
                self._page(chapter, number, root, waiting, first, room - used)
                first, waiting, used, room = False, [], 0.0, paper.bottom - paper.top
            elif first and slot.height > room + 0.1:
                self._page(chapter, number, root, [], True, 0.0)
                first, room = False, paper.bottom - paper.top
            waiting.append(slot)
            used += slot.height
        if waiting or first:
            spare = max(0.0, room - used) if len(waiting) > 2 else 0.0
            self._page(chapter, number, root, waiting, first, spare)

    def _slots(self, chapter: CatalogueChapter, number: int) -> Iterator[_Slot]:
        """The chapter's entries, those measured before without being shaped again."""
        for place, entry in enumerate(chapter.entries):
            slots = self._parts(entry, f"e{number}.{place}")
            self._done += 1
            if self._progress and (self._done % 20 == 0 or self._done == self._total):
                self._progress(self._done, self._total)
            if not slots:
                self.report.skipped += 1
                continue
            self.report.printed += 1
            yield from slots

    def _parts(self, entry: CatalogueEntry, key: str) -> list[_Slot]:
        """The entry in as many parts as it needs; none when it cannot be printed."""
        digest = self.old.digest(entry, self._look)
        if known := self._known(entry, key, digest):
            return known
        own = Report()
        parts = prepare(self.doc, self.paper, entry, key, own, self.book.labels.goes_on)
        for each in own:
            self.report.add(each.record, each.field, each.reason)
        for ready in parts:
            self.old.measured(_of_part(digest, ready.part), ready.height, Report() if ready.part else own)
        return [
            _Slot(entry, ready.key, _of_part(digest, ready.part), ready.height, ready, ready.part)
            for ready in parts
        ]

    def _known(self, entry: CatalogueEntry, key: str, digest: str) -> list[_Slot]:
        """The parts of an entry that was measured before."""
        slots: list[_Slot] = []
        while known := self.old.height(_of_part(digest, len(slots))):
            height, findings = known
            for each in findings:
                self.report.add(each.record, each.field, each.reason)
            part = len(slots)
            of_part = f"{key}+{part}" if part else key
            slots.append(_Slot(entry, of_part, _of_part(digest, part), height, None, part))
        return slots

    def _page(
        self,
        chapter: CatalogueChapter,
        number: int,
        root: int,
        slots: list[_Slot],
        opener: bool,
        spare: float,
    ) -> None:
        """Draw one page of entries, with the space left over shared out between them, or take it over."""
        page = self._number
        title = clean(chapter.title, 120)
        told: tuple[object, ...] = (
            title,
            chapter.second,
            chapter.count,
            chapter.mark,
            chapter.tab,
            self.book.labels.foot,
        )
        if opener:
            told += (chapter.facts, repr(chapter.plan))
        key = fingerprint(
            self._look, told, number, page, root, opener, round(spare, 2), [(s.key, s.digest) for s in slots]
        )
        if not self.old.page(key, page - 1):
            share = 0.0 if self.paper.rows or not slots else min(28.0, spare / len(slots))
            with self.doc.page(self.paper.size, step=_STEP, root=root):
                self._draw(chapter, number, title, page, slots, opener, share)
            self.old.drawn(key)
        if opener:
            self.doc.bookmark(title, f"chapter{number}", 0, closed=True)
        for slot in slots:
            if not slot.part:
                self._note(slot, page)

    def _draw(
        self,
        chapter: CatalogueChapter,
        number: int,
        title: str,
        page: int,
        slots: list[_Slot],
        opener: bool,
        share: float,
    ) -> None:
        doc, paper = self.doc, self.paper
        if opener:
            x = looks.frame(doc, paper, self.book, page)
            openings.opening(doc, paper, chapter, title, x, self.book.lang)
            doc.place(f"chapter{number}")
        else:
            x = looks.frame(doc, paper, self.book, page, title, clean(chapter.second, 120))
        y = paper.below_opener if opener else paper.top
        for place, slot in enumerate(slots):
            if place:
                doc.rule(x, y, paper.width, art.LINE, 0.57)
            self.artist.draw(slot.ready or self._again(slot), x, y + share / 2)
            y += slot.height + share
        looks.tab(doc, paper, chapter, title, number, page)

    def _again(self, slot: _Slot) -> Prepared:
        """A part whose height was known, shaped after all: its page has changed."""
        key = slot.key.partition("+")[0]
        goes_on = self.book.labels.goes_on
        return prepare(self.doc, self.paper, slot.entry, key, Report(), goes_on)[slot.part]

    def _note(self, slot: _Slot, page: int) -> None:
        """Remember for bookmarks and indexes where an entry went."""
        entry = slot.entry
        name = clean(entry.name, 200)
        booths = tuple(clean(booth, 24) for booth in entry.booths)
        self.doc.bookmark(name, slot.key, 1)
        self.pages[entry.ident] = page
        self._readings[name] = reading(name, clean(entry.second, 200), entry.lang)
        called = [name, *(clean(other, 200) for other in entry.also)]
        told = " · ".join(booths[:3])
        self._names += [IndexRow(each, told, page, slot.key, entry.lang) for each in called]
        self._booths += [IndexRow(booth, name, page, slot.key, entry.lang, strong=True) for booth in booths]
        labels = self.book.labels
        if labels.product_index or labels.star_index:
            self._products += [
                (each.stars or 0, IndexRow(clean(each.name, 120), told, page, slot.key, each.lang))
                for each in entry.products
            ]
        if labels.region_index and entry.region:
            self._regions.append((entry.region, IndexRow(name, told, page, slot.key, entry.lang)))

    # --- front and back matter ------------------------------------------------------------------------------

    def _indexes(self) -> list[tuple[str, str, list[tuple[str, IndexRow]]]]:
        """Heading, key and sorted rows of every index, each row with the small heading it stands under."""
        labels = self.book.labels
        read, initial = self._readings, self.order.initial
        order = {name: self.order.key(read.get(name, name)) for name in {row.first for row in self._names}}
        names = sorted(self._names, key=lambda row: order[row.first])
        booths = sorted(self._booths, key=lambda row: (art.plate_order(row.first), order[row.between]))
        found = [
            (labels.name_index, "names", [(initial(read.get(row.first, row.first)), row) for row in names]),
            (labels.booth_index, "booths", [(art.plate_parts(row.first)[0], row) for row in booths]),
        ]
        return found + indexes.more_indexes(labels, self.order, self._products, self._regions)

    def _index(self, heading: str, key: str, rows: Iterable[tuple[str, IndexRow]]) -> None:
        """An index under its heading, with a small heading wherever the initial changes."""
        doc, paper = self.doc, self.paper
        self._contents.append(IndexRow(heading, "", self._number, key, self.book.lang))
        root = doc.root("Sect")
        columns = Columns(doc, paper, self.old.rows)
        first = True
        for page in columns.pages(rows) if rows else ([],):
            number = self._number
            told = [(at.item if isinstance(at.item, str) else tuple(at.item), at.column, at.y) for at in page]
            targets = [doc.closing.places[at.item.key] for at in page if not isinstance(at.item, str)]
            print_key = fingerprint(self._look, heading, key, number, root, told, targets)
            if not self.old.page(print_key, number - 1):
                with doc.page(paper.size, step=_INDEX_STEP, root=root):
                    x = looks.frame(doc, paper, self.book, number, "" if first else heading)
                    if first:
                        indexes.title(doc, paper, heading, x)
                        doc.place(key)
                    columns.draw(page, x)
                self.old.drawn(print_key)
            if first:
                doc.bookmark(heading, key, 0)
            first = False

    def _contents_pages(self, front: int, root: int) -> None:
        """The contents, drawn now that all page numbers are known, and put behind the cover."""
        for place in range(front):
            rows = self._contents[place * self.table.rows : (place + 1) * self.table.rows]
            with self.doc.page(self.paper.size, at=place + 1, root=root):
                x = looks.frame(self.doc, self.paper, self.book, place + 2)
                self.table.draw(self.doc, self.book.labels.contents, rows, x)
                if place == 0:
                    self.doc.place("contents")
