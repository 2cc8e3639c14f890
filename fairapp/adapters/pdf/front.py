"""What stands in a catalogue beside its entries: texts, plans of the halls, advertisements."""

from collections.abc import Iterator, Sequence

from fairapp.adapters.pdf import art, indexes, looks
from fairapp.adapters.pdf.book import Advert, Catalogue, FrontText, HallMap
from fairapp.adapters.pdf.document import MM, Document
from fairapp.adapters.pdf.indexes import IndexRow
from fairapp.adapters.pdf.paper import Paper
from fairapp.adapters.pdf.pictures import BrokenPicture, Jpeg, jpeg
from fairapp.adapters.pdf.plan_sheets import Piece, draw_piece, draw_word
from fairapp.adapters.pdf.spacing import justified
from fairapp.adapters.pdf.text import Line, Style, clean, lettered
from fairapp.rules.printing import PrintFault, Report

Found = tuple[list[Line], Style, float]
Target = tuple[str, int]
"""Where an entry is: its key and its printed page."""
LONGEST_TEXT = 6000
_STEP = 256


class Front:
    """Draws them; knows the document, the paper and the book."""

    def __init__(self, doc: Document, paper: Paper, book: Catalogue, report: Report) -> None:
        self.doc = doc
        self.paper = paper
        self.book = book
        self.report = report

    @property
    def _number(self) -> int:
        return self.doc.closing.next_index + 1

    # --- texts ----------------------------------------------------------------------------------------------

    def texts(self) -> Iterator[IndexRow]:
        """Every text on as many pages as it needs; give their rows of the contents."""
        for place, text in enumerate(self.book.texts):
            key = f"text{place}"
            yield IndexRow(clean(text.heading, 120), "", self._number, key, text.lang or self.book.lang)
            self._text(text, key)
            self.doc.bookmark(clean(text.heading, 120), key, 0)

    def _text(self, text: FrontText, key: str) -> None:
        doc, paper = self.doc, self.paper
        root = doc.root("Sect")
        first = True
        for page in self._pages(list(self._blocks(text))):
            with doc.page(paper.size, step=_STEP, root=root):
                number = doc.closing.next_index + 1
                x = looks.frame(doc, paper, self.book, number, "" if first else clean(text.heading, 120))
                y = paper.top
                if first:
                    indexes.title(doc, paper, clean(text.heading, 120), x)
                    doc.rect(x, paper.top + 15 * MM, 18 * MM, 1.4 * MM, art.SOPHORA)
                    doc.place(key)
                    y += 24 * MM
                for lines, style, space in page:
                    y = doc.block(lines, style, x, y, paper.width) + space
            first = False

    def _blocks(self, text: FrontText) -> Iterator[Found]:
        """The paragraphs set: the first a little larger, all of one width, who signs at the end."""
        lang = text.lang or self.book.lang
        size = self.paper.text + 1.6
        for place, told in enumerate(text.paragraphs):
            said = clean(told, LONGEST_TEXT)
            style = Style(
                size + (1.4 if not place else 0.0),
                500 if not place else 400,
                leading=1.5,
                lang=lang,
                stressed=True,
            )
            style = lettered(style, lang, said)
            lines = self.doc.type.lines(said, style, self.paper.width)
            yield justified(lines, self.paper.width / style.size), style, 0.62 * size
        if text.signed:
            said = clean(text.signed, 300)
            style = lettered(Style(size, 700, art.INDIGO, 1.4, lang), lang, said)
            yield self.doc.type.lines(said, style, self.paper.width, 3), style, 0.0

    def _pages(self, blocks: list[Found]) -> Iterator[list[Found]]:
        """Blocks page by page; one that is too long goes on overleaf, never a line of it alone."""
        found: list[Found] = []
        left = self.paper.bottom - self.paper.top - 24 * MM
        while blocks:
            lines, style, space = blocks.pop(0)
            step = style.size * style.leading
            fit = int(left / step)
            if fit < len(lines):
                fit = 0 if fit < 2 else min(fit, len(lines) - 2) if len(lines) > 3 else 0
                if fit:
                    found.append((lines[:fit], style, 0.0))
                yield found
                found, left = [], self.paper.bottom - self.paper.top
                blocks.insert(0, (lines[fit:], style, space))
                continue
            found.append((lines, style, space))
            left -= len(lines) * step + space
        if found:
            yield found

    # --- advertisements -------------------------------------------------------------------------------------

    def adverts(self, place: str) -> None:
        """The advertisements of this place, halves two to a page; a broken picture is reported."""
        waiting: list[tuple[Advert, Jpeg]] = []
        for advert in self.book.adverts.get(place, ()):
            try:
                picture = jpeg(advert.picture)
            except BrokenPicture:
                self.report.add(advert.record, "advert", PrintFault.BROKEN_PHOTO)
                continue
            if not advert.half:
                self._advert_page([(advert, picture)])
                continue
            waiting.append((advert, picture))
            if len(waiting) == 2:
                self._advert_page(waiting)
                waiting = []
        if waiting:
            self._advert_page(waiting)

    def _advert_page(self, found: Sequence[tuple[Advert, Jpeg]]) -> None:
        doc, paper = self.doc, self.paper
        with doc.page(paper.size, step=_STEP, root=doc.root("Sect")):
            number = doc.closing.next_index + 1
            x = looks.frame(doc, paper, self.book, number, self.book.labels.advert)
            room = paper.bottom - paper.top
            high = room if not found[0][0].half else (room - 6 * MM) / 2
            for place, (advert, picture) in enumerate(found):
                scale = min(paper.width / picture.width, high / picture.height)
                wide, tall = picture.width * scale, picture.height * scale
                left = x + (paper.width - wide) / 2
                top = paper.top + 2 * MM + place * (high + 6 * MM) + (high - 4 * MM - tall) / 2
                with doc.figure(clean(advert.said, 300), left, max(top, paper.top), wide, tall):
                    doc.picture(picture, left, max(top, paper.top), wide, tall, 0)

    # --- plans of the halls ---------------------------------------------------------------------------------

    def maps(self, first: int, targets: dict[str, Target], root: int) -> None:
        """The plans on the pages left out for them, each booth leading to its exhibitor."""
        for place, plan in enumerate(self.book.maps):
            with self.doc.page(self.paper.size, at=first + place, root=root):
                self._map(plan, first + place + 1, targets)
                self.doc.place(f"map{place}")

    def _map(self, plan: HallMap, number: int, targets: dict[str, Target]) -> None:
        doc, paper = self.doc, self.paper
        x = looks.frame(doc, paper, self.book, number, "", self.book.labels.maps)
        top = indexes.title(doc, paper, plan.title, x) + 6 * MM
        high = paper.bottom - top - 2 * MM
        turned = (plan.width > plan.height) != (paper.width > high) and plan.width > 1.35 * plan.height
        pieces = [_turned(piece) for piece in plan.pieces] if turned else list(plan.pieces)
        left, up, wide, tall = plan.left, plan.top, plan.width, plan.height
        if turned:
            left, up, wide, tall = -plan.top - plan.height, plan.left, plan.height, plan.width
        unit = min(paper.width / max(wide, 0.1), high / max(tall, 0.1))
        origin = x + (paper.width - wide * unit) / 2 - left * unit, top - up * unit
        said = self.book.labels.map_of % {"name": plan.title}
        with doc.figure(said, x, top, paper.width, tall * unit):
            for piece in pieces:
                draw_piece(doc, piece, *origin, unit, doc.height)
            for piece in pieces:
                if piece.look != "booth":
                    draw_word(doc, piece, *origin, unit)
        booths = [piece for piece in pieces if piece.look == "booth" and piece.word]
        parts = [art.plate_parts(piece.word) for piece in booths]
        short = len({hall for hall, _ in parts}) == 1
        for piece, (_, number_only) in zip(booths, parts, strict=True):
            shown = Piece(piece.rings, number_only if short else piece.word, "booth")
            self._booth(piece, shown, *origin, unit, targets.get(piece.word))

    def _booth(
        self, piece: Piece, shown: Piece, left: float, top: float, unit: float, target: Target | None
    ) -> None:
        """A booth's number; where somebody stands there it leads to the entry."""
        if target is None:
            with self.doc.tag("P"):
                draw_word(self.doc, shown, left, top, unit)
            return
        xs, ys = zip(*piece.rings[0], strict=True)
        box = left + min(xs) * unit, top + min(ys) * unit
        with self.doc.tag("Link"):
            draw_word(self.doc, shown, left, top, unit)
            key, page = target
            size = (max(xs) - min(xs)) * unit, (max(ys) - min(ys)) * unit
            self.doc.link(key, *box, *size, f"{piece.word}, {page}")


def _turned(piece: Piece) -> Piece:
    """The outline turned a quarter, so that a long hall fills an upright page."""
    rings = tuple(tuple((-y, x) for x, y in ring) for ring in piece.rings)
    return Piece(rings, piece.word, piece.look)
