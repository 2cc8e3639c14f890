"""One printing after another: takes over what an earlier one finished, keeps what the next one may use."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

from fairapp.adapters.pdf.book import CatalogueEntry
from fairapp.adapters.pdf.document import Document
from fairapp.adapters.pdf.stock import SO_FAR, Stock, fingerprint, page_row
from fairapp.rules.printing import Finding, Report

_SECONDS_BETWEEN = 8.0


class Reissue:
    """The stock of one run; without a folder nothing is taken over and nothing kept."""

    def __init__(self, doc: Document, folder: Path | None) -> None:
        self.doc = doc
        self.folder = folder
        self.stock = Stock.of(folder) if folder else Stock()
        self.new = Stock()
        self.rows = self.stock.rows
        self._source: BinaryIO | None = self.stock.path.open("rb") if self.stock.path else None
        for family, weight, pairs, places in self.stock.fonts:
            font = doc.type.case.embedded(family, weight)
            for glyph, text in pairs:
                font.code(glyph, text)
            if self._source and places:
                font.keep_streams(self._source, places)
        doc.closing.take_drawings(self.stock.drawings)
        self._kept_at = monotonic()
        self._taken = 0

    def digest(self, entry: CatalogueEntry, look: str) -> str:
        """A name for everything that shows of an entry; nothing where no stock is kept."""
        return fingerprint(look, _told(entry)) if self.folder else ""

    def height(self, digest: str) -> tuple[float, list[Finding]] | None:
        """The height of an entry that was measured before."""
        found = self.stock.known(digest) if digest else None
        if found:
            self.new.heights[digest] = self.stock.heights[digest]
        return found

    def measured(self, digest: str, height: float, report: Report) -> None:
        """Keep the height of an entry."""
        if digest:
            found = [[each.record, each.field, each.reason.value] for each in report]
            self.new.heights[digest] = (height, found)

    def page(self, key: str, index: int) -> bool:
        """Take a page over as the one with this index, when there is one with the numbers that come next."""
        found = self.stock.page(key) if self._source else None
        if found is None or self._source is None:
            return False
        self.doc.closing.node(index)
        drawn, at = found
        if (drawn.index, drawn.block.base) != (index, self.doc.file.next_number):
            return False
        self.doc.take_over(drawn, self._source, at)
        self._taken += 1
        self.drawn(key)
        return True

    def drawn(self, key: str) -> None:
        """Keep the page that was written last."""
        if self.folder:
            at, _ = self.doc.file.blocks[-1]
            self.new.pages[key] = page_row(at, self.doc.closing.last)
            if monotonic() - self._kept_at > _SECONDS_BETWEEN:
                self.keep_so_far()

    def keep_so_far(self) -> None:
        """Leave what is finished for whoever takes up this printing when it is stopped, or its worker killed.

        An earlier stock that has given more pages than were drawn anew stays what is begun from.
        """
        self._kept_at = monotonic()
        spoils = self.stock.is_whole and self._taken > len(self.new.pages) - self._taken
        if self.folder is None or spoils:
            return
        with suppress(OSError):
            self._keep(f"{SO_FAR}-{self.doc.file.ident}.pdf", whole=False)

    def keep(self) -> None:
        """Leave the stock for the next printing, with the file as it is now."""
        if self.folder:
            self._keep(f"{self.doc.file.ident}.pdf", whole=True)

    def close(self) -> None:
        """Let go of the earlier file."""
        if self._source:
            self._source.close()

    def _keep(self, name: str, whole: bool) -> None:
        assert self.folder is not None
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        if not self.doc.file.keep_as(path):
            return
        closing = self.doc.closing
        self.new.rows = self.rows
        self.new.fonts = [
            (font.face.family, font.face.weight, [list(pair) for pair in font.pairs], font.places)
            for font in closing.fonts
        ]
        self.new.drawings = [
            (name, at, list(box), code) for name, (at, box, code) in closing.drawings.items()
        ]
        self.new.keep(path, self.doc.file.length, whole)


def _told(entry: CatalogueEntry) -> dict[str, Any]:
    photo: Any = entry.photo
    if isinstance(photo, Path):
        try:
            state = photo.stat()
            photo = (str(photo), state.st_mtime_ns, state.st_size)
        except OSError:
            photo = str(photo)
    elif photo is not None:
        photo = blake2b(photo, digest_size=12).hexdigest()
    return entry.__dict__ | {"photo": photo, "products": [each.__dict__ for each in entry.products]}
