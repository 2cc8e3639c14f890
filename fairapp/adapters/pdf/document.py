"""A printed document: pages measured from their top left corner, text, colour, pictures, codes, links,
bookmarks, and the tags that say what each of them is."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from reportlab.lib import pagesizes, units

from fairapp.adapters.pdf.closing import Closing
from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import Face
from fairapp.adapters.pdf.operators import (
    fill_operator,
    rounded,
    shape_operators,
    show_operators,
    stroke_operator,
)
from fairapp.adapters.pdf.outline import Mark
from fairapp.adapters.pdf.pages import Drawn, Page, Size, Tag
from fairapp.adapters.pdf.pictures import Jpeg
from fairapp.adapters.pdf.reading_order import spoken
from fairapp.adapters.pdf.syntax import stream, text_string
from fairapp.adapters.pdf.text import Line, Style
from fairapp.adapters.pdf.typesetter import Typesetter
from fairapp.adapters.pdf.writer import DOCUMENT, Writer
from fairapp.adapters.qr import Symbol

MM: float = units.mm
A4: Size = pagesizes.A4
A5: Size = pagesizes.A5


class Document:
    """Pages on their way into a file. Lengths are points, ``y`` grows downwards, text stands on its
    baseline."""

    def __init__(self, out: BinaryIO, title: str, lang: str, author: str = "", subject: str = "") -> None:
        self.file = Writer(out)
        self.lang = lang
        self.closing = Closing(self.file, title, lang, author, subject)
        self.type = Typesetter(self._embed)
        self._page: Page | None = None
        self._code: list[str] = []
        self._height = 0.0
        self._fill = ""
        self._silent = False

    def _embed(self, face: Face) -> EmbeddedFont:
        return self.closing.font(face)

    # --- pages ----------------------------------------------------------------------------------------------

    @property
    def height(self) -> float:
        """Height of the page that is drawn now."""
        return self._height

    @property
    def pages(self) -> int:
        """How many pages are there."""
        return self.closing.pages

    @contextmanager
    def page(self, size: Size, at: int | None = None, step: int = 1, root: int = DOCUMENT) -> Iterator[None]:
        """Draw a page; it becomes the last one, or the one with the index ``at`` that was left out before.

        ``root`` is the tag that its tags belong to; its objects take a multiple of ``step`` numbers.
        """
        index = self.closing.next_index if at is None else at
        node = self.closing.node(index)
        page = self._page = Page(size, index, node, self.file.next_number, root)
        self._height = size[1]
        self._fill = ""
        self._code = page.code
        yield
        drawn, data = page.finish(step)
        self.take(drawn, data)
        self._page = None

    def take(self, drawn: Drawn, data: bytes) -> None:
        """Write a page whose numbers are the next ones."""
        self.file.numbers(drawn.block.room)
        self.file.take(drawn.block, data)
        self.closing.add(drawn)

    def take_over(self, drawn: Drawn, source: BinaryIO, at: int) -> None:
        """Write a page of an earlier file, which begins there at ``at``, as the next one."""
        self.file.numbers(drawn.block.room)
        self.file.take_over(drawn.block, source, at)
        self.closing.add(drawn)

    def leave_out(self, count: int) -> None:
        """Keep the places of pages that are drawn when all others are known."""
        self.closing.next_index += count

    def finish(self) -> None:
        """Write fonts, bookmarks and the rest of the file."""
        self.closing.finish()

    # --- tags -----------------------------------------------------------------------------------------------

    def root(self, kind: str, parent: int = DOCUMENT) -> int:
        """A tag whose content goes over several pages, in the order of these calls."""
        return self.closing.root(kind, parent)

    def tag(self, kind: str, *, lang: str = "", alt: str = "", leaf: bool = True, more: str = "") -> Tag:
        """What is drawn within is a heading, a paragraph, a figure …; no leaf: only holds other tags."""
        if lang and lang != self.lang:
            more += f"/Lang({lang})"
        if alt:
            more += f"/Alt{text_string(alt)}"
        return self._on.open_tag(kind, more, leaf)

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Text drawn meanwhile is no content: running heads, folios, repeated words."""
        before, self._silent = self._silent, True
        try:
            yield
        finally:
            self._silent = before

    def figure(self, alt: str, x: float, y: float, width: float, height: float) -> Tag:
        """What is drawn within is a picture described by ``alt``."""
        low = self._height - y - height
        box = f"{x:.2f} {low:.2f} {x + width:.2f} {low + height:.2f}"
        return self.tag("Figure", alt=alt, more=f"/A<</O/Layout/Placement/Block/BBox[{box}]>>")

    @property
    def _on(self) -> Page:
        if self._page is None:
            raise RuntimeError("nothing can be drawn between pages")
        return self._page

    # --- places in the document -----------------------------------------------------------------------------

    def place(self, key: str, y: float = 0.0) -> None:
        """Name this height of the page, for links and bookmarks."""
        target = f"[{self._on.base} 0 R/XYZ null {self._height - y:.1f} null]"
        self.closing.places[key] = target
        self._on.places.append((key, target))

    def bookmark(self, title: str, key: str, level: int, closed: bool = False) -> None:
        """Add an entry to the outline; its place must be named by the end of the document."""
        self.closing.marks.append(Mark(title, key, level, closed))

    def link(self, key: str, x: float, y: float, width: float, height: float, told: str = "") -> None:
        """Lead from a rectangle to a named place; belongs to the tag that is open."""
        box = (x, self._height - y - height, x + width, self._height - y)
        self._on.link(self.closing.places[key], box, told)

    # --- shapes ---------------------------------------------------------------------------------------------

    def fill(self, color: str) -> None:
        """Fill what follows with #RRGGBB."""
        operator = fill_operator(color)
        if operator != self._fill:
            self._fill = operator
            self._code.append(operator)

    def rect(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A filled rectangle."""
        self.fill(color)
        self._code.append(f"{x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def rule(self, x: float, y: float, length: float, color: str, thick: float = 0.57) -> None:
        """A horizontal hairline."""
        self.rect(x, y - thick / 2, length, thick, color)

    def raw(self, operators: str) -> None:
        """Drawing operators in the page's own coordinates, from the bottom left, within saved state."""
        self._code.append(f"q {operators} Q")

    @contextmanager
    def clipped(
        self, x: float, y: float, width: float, height: float, radius: float = 0.0, square_right: bool = False
    ) -> Iterator[None]:
        """Draw within a rounded rectangle only; its right corners may be square."""
        path = rounded(
            x, self._height - y - height, width + (radius if square_right else 0.0), height, radius
        )
        self._code.append(f"q {path} W n")
        self._fill = ""
        yield
        self._code.append("Q")
        self._fill = ""

    @contextmanager
    def turned(self, x: float, y: float, half: bool = False) -> Iterator[None]:
        """Draw with the origin moved to a point and turned a quarter to the right, or half round."""
        turn = "-1 0 0 -1" if half else "0 -1 1 0"
        self._code.append(f"q {turn} {x:.2f} {self._height - y:.2f} cm 1 0 0 1 0 {-self._height:.2f} cm")
        self._fill = ""
        yield
        self._code.append("Q")
        self._fill = ""

    def frame(
        self, x: float, y: float, width: float, height: float, line: float, radius: float, color: str
    ) -> None:
        """The outline of a rounded rectangle."""
        path = rounded(x, self._height - y - height, width, height, radius)
        self.raw(f"{line:.2f} w {stroke_operator(color)} {path} S")

    def dashed(self, x: float, y: float, width: float, height: float, radius: float, color: str) -> None:
        """The dashed outline of a rounded rectangle."""
        path = rounded(x, self._height - y - height, width, height, radius)
        self.raw(f"0.57 w [2 2] 0 d {stroke_operator(color)} {path} S")

    def box(self, x: float, y: float, width: float, height: float, radius: float, color: str) -> None:
        """A filled rounded rectangle."""
        self.raw(f"{fill_operator(color)} {rounded(x, self._height - y - height, width, height, radius)} f")

    def art(
        self, name: str, operators: Callable[[], str], box: Size, x: float, y: float, scale: float = 1.0
    ) -> None:
        """A drawing kept once in the document, ``box`` wide and high, its own origin at the top left."""
        self._on.uses(name, self.closing.drawing(name, operators, box))
        self._code.append(
            f"q {scale:.4f} 0 0 {scale:.4f} {x:.2f} {self._height - y - scale * box[1]:.2f} cm /{name} Do Q"
        )

    def picture(self, jpeg: Jpeg, x: float, y: float, width: float, height: float, radius: float) -> None:
        """A JPEG as it is, cut at its longer side to fill the rounded frame."""
        entries = (
            f"/Type/XObject/Subtype/Image/Width {jpeg.width}/Height {jpeg.height}/BitsPerComponent 8"
            f"/ColorSpace/{jpeg.color_space}/Filter/DCTDecode"
        )
        name = self._on.picture(stream(entries, jpeg.data, deflate=False))
        scale = max(width / jpeg.width, height / jpeg.height)
        wide, high = jpeg.width * scale, jpeg.height * scale
        bottom = self._height - y - height
        clip = rounded(x, bottom, width, height, radius)
        left, low = x - (wide - width) / 2, bottom - (high - height) / 2
        self.raw(f"{clip} W n {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /{name} Do")

    def shown(self, name: str, at: int, x: float, y: float, width: float, height: float) -> None:
        """A picture that is in the file already, under the number ``at``."""
        self._on.uses(name, at)
        self.raw(f"{width:.2f} 0 0 {height:.2f} {x:.2f} {self._height - y - height:.2f} cm /{name} Do")

    def qr(self, symbol: Symbol, x: float, y: float, side: float, color: str = "#1B1D2A") -> None:
        """A QR symbol without its quiet zone as one image mask of one bit a module."""
        self._code.append(
            f"q {fill_operator(color)} {side:.3f} 0 0 {side:.3f} {x:.3f} {self._height - y - side:.3f} cm "
            f"BI /IM true /W {symbol.size} /H {symbol.size} /BPC 1 /D [1 0] /F /AHx ID\n"
            f"{symbol.packed.hex()}>\nEI Q"
        )

    # --- text -----------------------------------------------------------------------------------------------

    def text(self, line: Line, style: Style, x: float, y: float, align: float = 0.0) -> float:
        """Set a shaped line at ``x``, ``align`` of its width to the left of it; give the width in points."""
        width = line.width * style.size
        if line.words:
            left, base = x - align * width, self._height - y
            if self._silent or self._on.in_leaf:
                self._show(line, style, left, base)
            else:
                with self.tag("P", lang=style.lang):
                    self._show(line, style, left, base)
        return width

    def _show(self, line: Line, style: Style, left: float, base: float) -> None:
        self.fill(style.color)
        shown = f"BT 1 0 0 1 {left:.2f} {base:.2f} Tm {show_operators(line, style.size)} ET"
        if line.spoken:
            shown = spoken(line, shown)
        self._code.append(shown)
        if line.has_shapes:
            self._code.append(shape_operators(line, style.size, left, base))

    def write(
        self, text: str, style: Style, x: float, y: float, align: float = 0.0, width: float | None = None
    ) -> float:
        """Shape and set one line of text, with an ellipsis when wider than ``width``."""
        return self.text(self.type.line(text, style, width), style, x, y, align)

    def block(self, lines: Sequence[Line], style: Style, x: float, y: float, width: float) -> float:
        """Set lines below one another from the top ``y``; right-to-left lines end at the right; give the new
        top."""
        if not lines:
            return y
        step = style.size * style.leading
        base = self._height - (y + step / 2 + 0.36 * style.size)
        tag = None if self._silent or self._on.in_leaf else self.tag("P", lang=style.lang)
        for line in lines:
            self._show(line, style, x + width - line.width * style.size if line.rtl else x, base)
            base -= step
        if tag:
            tag.__exit__()
        return y + step * len(lines)
