"""Fonts inside a PDF: only the glyphs used, each under a code that says what text it stands for."""

from reportlab.pdfbase import pdfdoc

from fairapp.adapters.pdf.faces import Face


class EmbeddedFont:
    """One face in one document, a Type 0 font whose codes are (glyph, text) pairs.

    One glyph may stand for several texts, and a text for several glyphs; with a code for every pair the
    ToUnicode
    table is exact everywhere, and copying and searching give back what was typed.
    """

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self.scale = 1000 / face.upem
        self._codes: dict[tuple[int, str], int] = {(0, ""): 0}
        self.widths = [self._advance(0)]

    def code(self, glyph: int, text: str) -> int:
        """The code of a glyph where it stands for ``text``."""
        found = self._codes.get((glyph, text))
        if found is None:
            found = self._codes[glyph, text] = len(self.widths)
            self.widths.append(self._advance(glyph))
        return found

    def _advance(self, glyph: int) -> int:
        return int(0.5 + self.face.font.get_glyph_h_advance(glyph) * self.scale)

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802 - ReportLab calls it so
        """Write the font when the document is closed and every glyph is known."""
        name, array, reference = pdfdoc.PDFName, pdfdoc.PDFArray, document.Reference
        data, renumbered = self.face.subset(sorted({glyph for glyph, _ in self._codes}))
        tag = f"{_letters(int(self.resource[1:]))}+{self.face.name}"
        program = _stream(data, Length1=len(data))
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": name("FontDescriptor"),
                "FontName": name(tag),
                "Flags": 4,
                "FontBBox": array([-500, -500, 1500, 1500]),
                "ItalicAngle": 0,
                "Ascent": round(1000 * self.face.ascent),
                "Descent": round(1000 * self.face.descent),
                "CapHeight": round(1000 * self.face.cap_height),
                "StemV": 80,
                "FontFile2": reference(program),
            }
        )
        glyph_of_code = b"".join(renumbered[glyph].to_bytes(2, "big") for glyph, _ in self._codes)
        system = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": name("Font"),
                "Subtype": name("CIDFontType2"),
                "BaseFont": name(tag),
                "CIDSystemInfo": pdfdoc.PDFDictionary(system),
                "FontDescriptor": reference(descriptor),
                "W": array([0, pdfdoc.PDFArrayCompact(self.widths)]),
                "CIDToGIDMap": reference(_stream(glyph_of_code)),
            }
        )
        whole = pdfdoc.PDFDictionary(
            {
                "Type": name("Font"),
                "Subtype": name("Type0"),
                "BaseFont": name(tag),
                "Encoding": name("Identity-H"),
                "DescendantFonts": array([reference(descendant)]),
                "ToUnicode": reference(_stream(self._to_unicode())),
            }
        )
        document.idToObject["BasicFonts"].dict[self.resource] = reference(whole)

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


def _stream(data: bytes, **entries: int) -> pdfdoc.PDFStream:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), data, [pdfdoc.PDFZCompress])


def _letters(number: int) -> str:
    """The six capital letters that name a subset."""
    found = ""
    for _ in range(6):
        number, place = divmod(number, 26)
        found = chr(65 + place) + found
    return found
