"""Entries of the catalogue drawn: words, products with their stars, picture, code and booths."""

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.book import CatalogueEntry, CatalogueLabels
from fairapp.adapters.pdf.columns import GAP, Block, Row, height_of
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.entries import PADDING, STARS_WIDTH, Prepared, group_height, mark_of
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.text import Style
from fairapp.adapters.qr import QUIET_ZONE


class Artist:
    """Draws entries of a book."""

    def __init__(self, doc: Document, paper: Paper, labels: CatalogueLabels) -> None:
        self.doc = doc
        self.paper = paper
        self.labels = labels

    def draw(self, ready: Prepared, x: float, y: float) -> None:
        """Draw an entry whose space begins at ``y``."""
        doc, words = self.doc, ready.words
        doc.place(ready.key, y)
        below = y + ready.banner
        right, top = x + self.paper.right, below + PADDING
        with doc.tag("Sect", leaf=False):
            top = self._block("H2", words.name, right, top - 1 * MM)
            top = self._block("P", words.second, right, top) + GAP
            for story in words.stories:
                top = self._block("P", story, right, top) + GAP
            top = self._products(words.rows, right, top) + GAP
            top = self._block("P", words.stand, right, top)
            self._block("P", words.facts, right, top)
            if ready.banner and ready.photo:
                self._photo(ready, x, y + PADDING, self.paper.width, ready.banner - 3 * MM)
            if not ready.part:
                self._side(ready, x, below + PADDING)

    def _block(self, kind: str, block: Block, x: float, y: float) -> float:
        lines, style = block
        if not lines:
            return y
        with self.doc.tag(kind, lang=style.lang):
            return self.doc.block(lines, style, x, y, self.paper.words)

    def _products(self, rows: list[Row], x: float, y: float) -> float:
        if not rows:
            return y
        doc, words = self.doc, self.paper.words
        with doc.tag("L", leaf=False):
            for row in rows:
                doc.rule(x, y, words, art.LINE_2, 0.2 * MM)
                with doc.tag("LI", leaf=False), doc.tag("LBody", leaf=False):
                    self._row(row, x, y)
                y += row.height
        doc.rule(x, y, words, art.LINE_2, 0.2 * MM)
        return y

    def _row(self, row: Row, x: float, y: float) -> None:
        doc, words = self.doc, self.paper.words
        top = y + 0.8 * MM
        lines, style = row.name
        first = top + style.size * style.leading / 2 + 0.36 * style.size
        with doc.tag("Span", lang=style.lang):
            for number, line in enumerate(lines):
                doc.text(line, style, x, first + number * style.size * style.leading)
        below = top + height_of(row.name)
        if row.second[0]:
            second, light = row.second
            with doc.tag("Span", lang=light.lang):
                if row.beside:
                    doc.text(second[0], light, x + lines[0].width * style.size + 3, first)
                else:
                    below = doc.block(second, light, x, below, words - (STARS_WIDTH if row.stars else 0.0))
        if row.proof[0]:
            with doc.tag("Span", lang=row.proof[1].lang):
                doc.block(*row.proof, x, below, words)
        if row.stars:
            said = self.labels.stars[row.stars] if row.stars < len(self.labels.stars) else ""
            edge = x + words
            word = Style(self.paper.smallest + 0.8, 600)
            with doc.tag("Span", alt=said):
                art.star_letters(doc, row.stars, edge - STARS_WIDTH + 0.5 * MM, first - 0.6)
            art.stars(doc, row.stars, edge - STARS_WIDTH + 0.5 * MM, first - 7.6, 9)
            with doc.decoration():
                doc.write(said, word, edge, first, 1.0, STARS_WIDTH - 49)

    # --- the column of the picture --------------------------------------------------------------------------

    def _side(self, ready: Prepared, x: float, y: float) -> None:
        doc, paper, entry = self.doc, self.paper, ready.entry
        if ready.pictured:
            self._picture(ready, x, y)
            y += paper.photo + 2 * MM
        if ready.group[0]:
            mark = mark_of(entry)
            if mark:
                doc.box(x, y, 4.4 * MM, 4.4 * MM, 0.6 * MM, art.GROUP_FILLS[mark])
                doc.frame(x, y, 4.4 * MM, 4.4 * MM, 0.2 * MM, 0.6 * MM, art.INK)
                art.mark(doc, mark, x + 0.9 * MM, y + 0.9 * MM, 2.6 * MM)
            doc.block(*ready.group, x + (6 * MM if mark else 0.0), y + 0.35 * MM, paper.side)
            y += group_height(ready.group)
        left = x
        if ready.symbol:
            quiet = paper.qr * QUIET_ZONE / ready.symbol.size
            name = self.labels.code_of % {"name": entry.name}
            with doc.figure(name, x, y + 0.6 * MM, paper.qr, paper.qr):
                doc.qr(ready.symbol, x, y + 0.6 * MM, paper.qr)
            left = x + paper.qr + quiet
        self._plates(entry, left, x + paper.side, y + 0.6 * MM)

    def _plates(self, entry: CatalogueEntry, left: float, right: float, y: float) -> None:
        for number, booth in enumerate(entry.booths[:4]):
            wide = min(art.plate_size(self.doc, booth, art.PLATE_S)[0], right - left)
            with self.doc.tag("P"):
                art.plate(self.doc, booth, right - wide, y + number * 7.4 * MM, art.PLATE_S, wide)

    def _picture(self, ready: Prepared, x: float, y: float) -> None:
        """The photo in its frame; without one the pictogram of the group, or the fair's seal."""
        doc, side, high = self.doc, self.paper.side, self.paper.photo
        if ready.photo:
            self._photo(ready, x, y, side, high)
        else:
            doc.box(x, y, side, high, 1 * MM, art.SHELL)
            if mark := mark_of(ready.entry):
                art.pictogram(doc, mark, x + (side - 18 * MM) / 2, y + (high - 18 * MM) / 2, 18 * MM)
            else:
                art.seal(doc, x + (side - 12 * MM) / 2, y + (high - 12 * MM) / 2, 12 * MM)
            doc.frame(x, y, side, high, 0.2 * MM, 1 * MM, art.LINE)

    def _photo(self, ready: Prepared, x: float, y: float, side: float, high: float) -> None:
        """The photo in its frame, with what it shows for those who do not see it."""
        entry = ready.entry
        if ready.photo is None:
            return
        said = entry.photo_alt or self.labels.photo_of % {"name": entry.name}
        with self.doc.figure(said, x, y, side, high):
            self.doc.picture(ready.photo, x, y, side, high, 1 * MM)
        self.doc.frame(x, y, side, high, 0.2 * MM, 1 * MM, art.LINE)
