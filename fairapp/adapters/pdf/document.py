"""A printed document: pages measured from their top left corner, text, colour, pictures, codes, links,
bookmarks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from reportlab.pdfbase import pdfdoc

from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import Face
from fairapp.adapters.pdf.operators import (
    fill_operator,
    rounded,
    shape_operators,
    show_operators,
    stroke_operator,
)
from fairapp.adapters.pdf.pictures import Jpeg
from fairapp.adapters.pdf.streaming import StreamedCanvas
from fairapp.adapters.pdf.text import Line, Style
from fairapp.adapters.pdf.typesetter import Typesetter
from fairapp.adapters.qr import Symbol

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A5 = (148 * MM, 210 * MM)

Size = tuple[float, float]


class Document:
    """Pages on their way into a file. Lengths are points, ``y`` grows downwards, text stands on its
    baseline."""

    def __init__(self, out: BinaryIO, title: str, lang: str, author: str = "", subject: str = "") -> None:
        self._canvas = StreamedCanvas(out, A5, lang)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("fairapp")
        self._canvas.setProducer("fairapp")
        self._pdf = self._canvas._doc
        self._pdf.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": pdfdoc.PDFtrue})
        self.type = Typesetter(self._embed)
        self._code: list[str] = []
        self._height = 0.0
        self._fill = ""
        self._art: set[str] = set()
        self._pictures = 0
        self._bookmarked = False
        self.pages = 0

    def _embed(self, face: Face) -> EmbeddedFont:
        font = EmbeddedFont(face, f"F{len(self._pdf.delayedFonts) + 1}")
        self._pdf.delayedFonts.append(font)
        return font

    # --- pages ----------------------------------------------------------------------------------------------

    @contextmanager
    def page(self, size: Size, at: int | None = None) -> Iterator[None]:
        """Draw a page; it becomes the last one, or the one with the index ``at``."""
        self._canvas.setPageSize(size)
        self._height = size[1]
        self._fill = ""
        self._code = self._canvas._code
        yield
        self._canvas.showPage()
        self.pages += 1
        if at is not None:
            pages = self._pdf.Pages.pages
            pages.insert(at, pages.pop())

    def finish(self) -> None:
        """Write fonts, bookmarks and the rest of the file."""
        self._canvas.addPageLabel(0, "ARABIC", 1)
        if self._bookmarked:
            self._canvas.showOutline()
        self._pdf.GetPDFData(self._canvas)

    # --- places in the document -----------------------------------------------------------------------------

    def place(self, key: str, y: float = 0.0) -> None:
        """Name this height of the page, for links and bookmarks."""
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=self._height - y, zoom=0)

    def bookmark(self, title: str, key: str, level: int, closed: bool = False) -> None:
        """Add an entry to the outline."""
        self._bookmarked = True
        self._canvas.addOutlineEntry(title, key, level, closed)

    def link(self, key: str, x: float, y: float, width: float, height: float, told: str = "") -> None:
        """Lead from a rectangle to a named place."""
        box = (x, self._height - y - height, x + width, self._height - y)
        self._canvas.linkAbsolute(told, key, box, Border="[0 0 0]")

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
    def turned(self, x: float, y: float) -> Iterator[None]:
        """Draw with the origin moved to a point and turned a quarter to the right."""
        self._code.append(f"q 0 -1 1 0 {x:.2f} {self._height - y:.2f} cm 1 0 0 1 0 {-self._height:.2f} cm")
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
        key = pdfdoc.xObjectName(name)
        if name not in self._art:
            self._art.add(name)
            entries = {
                "Type": pdfdoc.PDFName("XObject"),
                "Subtype": pdfdoc.PDFName("Form"),
                "BBox": pdfdoc.PDFArrayCompact([0, 0, box[0], box[1]]),
                "Matrix": pdfdoc.PDFArrayCompact([1, 0, 0, -1, 0, box[1]]),
            }
            self._keep(key, entries, operators().encode(), [pdfdoc.PDFZCompress])
        self._use(name)
        self._code.append(
            f"q {scale:.4f} 0 0 {scale:.4f} {x:.2f} {self._height - y - scale * box[1]:.2f} cm /{key} Do Q"
        )

    def picture(self, jpeg: Jpeg, x: float, y: float, width: float, height: float, radius: float) -> None:
        """A JPEG as it is, cut at its longer side to fill the rounded frame."""
        self._pictures += 1
        name = f"P{self._pictures}"
        key = pdfdoc.xObjectName(name)
        entries = {
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Image"),
            "Width": jpeg.width,
            "Height": jpeg.height,
            "BitsPerComponent": 8,
            "ColorSpace": pdfdoc.PDFName(jpeg.color_space),
            "Filter": pdfdoc.PDFName("DCTDecode"),
        }
        if jpeg.inverted:
            entries["Decode"] = pdfdoc.PDFArrayCompact([1, 0] * 4)
        self._keep(key, entries, jpeg.data, None)
        self._use(name)
        scale = max(width / jpeg.width, height / jpeg.height)
        wide, high = jpeg.width * scale, jpeg.height * scale
        bottom = self._height - y - height
        clip = rounded(x, bottom, width, height, radius)
        left, low = x - (wide - width) / 2, bottom - (high - height) / 2
        self.raw(f"{clip} W n {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /{key} Do")

    def _keep(
        self, key: str, entries: dict[str, object], data: bytes, filters: Sequence[object] | None
    ) -> None:
        self._pdf.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), data, filters), key)

    def _use(self, name: str) -> None:
        if name not in self._canvas._formsinuse:
            self._canvas._formsinuse.append(name)

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
            self.fill(style.color)
            left, base = x - align * width, self._height - y
            self._code.append(f"BT 1 0 0 1 {left:.2f} {base:.2f} Tm {show_operators(line, style.size)} ET")
            if any(word.shapes for word in line.words):
                self._code.append(shape_operators(line, style.size, left, base))
        return width

    def write(
        self, text: str, style: Style, x: float, y: float, align: float = 0.0, width: float | None = None
    ) -> float:
        """Shape and set one line of text, with an ellipsis when wider than ``width``."""
        return self.text(self.type.line(text, style, width), style, x, y, align)

    def block(self, lines: Sequence[Line], style: Style, x: float, y: float, width: float) -> float:
        """Set lines below one another from the top ``y``; right-to-left lines end at the right; give the new
        top."""
        step = style.size * style.leading
        first = y + step / 2 + 0.36 * style.size
        for number, line in enumerate(lines):
            left = x + width - line.width * style.size if line.rtl else x
            self.text(line, style, left, first + number * step)
        return y + step * len(lines)
