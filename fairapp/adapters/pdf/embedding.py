"""Fonts inside a PDF: only the glyphs used, each under a code that says what text it stands for."""

from collections.abc import Sequence
from typing import BinaryIO

from fairapp.adapters.pdf.faces import Face
from fairapp.adapters.pdf.syntax import stream
from fairapp.adapters.pdf.writer import Writer


class EmbeddedFont:
    """One face in one document, a Type 0 font whose codes are (glyph, text) pairs.

    One glyph may stand for several texts, and a text for several glyphs; with a code for every pair the
    ToUnicode table is exact everywhere, and copying and searching give back what was typed.
    """

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self.scale = 1000 / face.upem
        self._codes: dict[tuple[int, str], int] = {(0, ""): 0}
        self.widths = [self._advance(0)]
        self.shown = [_shown(0)]
        """Every code as it stands within a string."""
        self.places: list[list[int]] = []
        """Where in the file its streams begin, and their lengths."""
        self._earlier: tuple[int, BinaryIO, Sequence[Sequence[int]]] | None = None

    @property
    def pairs(self) -> list[tuple[int, str]]:
        """Every (glyph, text) in the order of its code."""
        return list(self._codes)

    def code(self, glyph: int, text: str) -> int:
        """The code of a glyph where it stands for ``text``."""
        found = self._codes.get((glyph, text))
        if found is None:
            found = self._codes[glyph, text] = len(self.widths)
            self.widths.append(self._advance(glyph))
            self.shown.append(_shown(found))
        return found

    def _advance(self, glyph: int) -> int:
        return int(0.5 + self.face.font.get_glyph_h_advance(glyph) * self.scale)

    def write(self, file: Writer, at: int) -> None:
        """Write the font under the number ``at``, when every glyph is known."""
        tag = f"{_letters(int(self.resource[1:]))}+{self.face.name}"
        descriptor = file.numbers(5)
        program, glyphs, unicode, descendant = range(descriptor + 1, descriptor + 5)
        bodies = self._streams()
        self.places = [
            [file.stream(number, body), len(body)]
            for number, body in zip((program, glyphs, unicode), bodies, strict=True)
        ]
        face = self.face
        file.object(
            descriptor,
            f"<</Type/FontDescriptor/FontName/{tag}/Flags 4/FontBBox[-500 -500 1500 1500]/ItalicAngle 0"
            f"/Ascent {round(1000 * face.ascent)}/Descent {round(1000 * face.descent)}"
            f"/CapHeight {round(1000 * face.cap_height)}/StemV 80/FontFile2 {program} 0 R>>",
        )
        file.object(
            descendant,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{tag}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/W[0[{' '.join(map(str, self.widths))}]]"
            f"/CIDToGIDMap {glyphs} 0 R>>",
        )
        file.object(
            at,
            f"<</Type/Font/Subtype/Type0/BaseFont/{tag}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>",
        )

    def keep_streams(self, source: BinaryIO, places: Sequence[Sequence[int]]) -> None:
        """Remember where an earlier file has this font; it is the same as long as no code is added."""
        self._earlier = (len(self.widths), source, places)

    def _streams(self) -> list[bytes]:
        """The font's program, the glyph of every code, and the text of every code."""
        if self._earlier and self._earlier[0] == len(self.widths):
            _, source, places = self._earlier
            return [_copied(source, at, length) for at, length in places]
        data, renumbered = self.face.subset(sorted({glyph for glyph, _ in self._codes}))
        glyphs = b"".join(renumbered[glyph].to_bytes(2, "big") for glyph, _ in self._codes)
        return [stream(f"/Length1 {len(data)}", data), stream("", glyphs), stream("", self._to_unicode())]

    def _to_unicode(self) -> bytes:
        pairs = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
            if text
        ]
        blocks = []
        for at in range(0, len(pairs), 100):
            part = pairs[at : at + 100]
            blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
        return "\n".join([_CMAP_START, *blocks, _CMAP_END]).encode()


_CMAP_START = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_END = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def _copied(source: BinaryIO, at: int, length: int) -> bytes:
    source.seek(at)
    return source.read(length)


_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r"})


def _shown(code: int) -> str:
    return f"{chr(code >> 8)}{chr(code & 255)}".translate(_ESCAPED)


def _letters(number: int) -> str:
    """The six capital letters that name a subset."""
    found = ""
    for _ in range(6):
        number, place = divmod(number, 26)
        found = chr(65 + place) + found
    return found
