"""ReportLab's document, written page by page: what is finished goes to the file at once and leaves the
memory."""

from typing import Any, BinaryIO
from zlib import crc32

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


class StreamedDocument(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A PDF whose pages, pictures and links are written as soon as their page is shown."""

    def __init__(self, out: BinaryIO, **options: Any) -> None:
        super().__init__(**options)
        self._out = out
        self._offset = 0
        self._seen = 0
        self._written: set[str] = set()
        self._write(pdfdoc.PDFFile((1, 7)).format(self))

    def _write(self, data: bytes) -> int:
        at = self._offset
        self._out.write(data)
        self._offset += len(data)
        return at

    def addPage(self, page: pdfdoc.PDFPage) -> None:  # noqa: N802 - ReportLab's name
        """Take a finished page, and write it with all that belongs to it alone."""
        # ReportLab would wrap the compressed page in ASCII85, by far its most expensive step
        content = page.stream.encode("latin-1")
        page.Contents = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
        super().addPage(page)
        while self._seen < len(self.numberToId):
            self._seen += 1
            name = self.numberToId[self._seen]
            if isinstance(self.idToObject[name], (pdfdoc.PDFPage, pdfdoc.PDFStream, pdfdoc.LinkAnnotation)):
                self._write_object(name)
        page.stream = page.Contents = page.Resources = page.Annots = page.XObjects = None

    def _write_object(self, name: str) -> None:
        data = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
        self.signature.update(crc32(data).to_bytes(4, "big"))
        self.idToOffset[name] = self._write(data)
        self.idToObject[name] = None
        self._written.add(name)

    def format(self) -> bytes:
        """Write what is left, the cross references and the trailer; the file holds everything, so give
        nothing."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        number = 0
        while number < len(self.numberToId):
            number += 1
            name = self.numberToId[number]
            if name not in self._written:
                self._write_object(name)
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, [self.numberToId[each] for each in range(1, number + 1)])
        start = self._write(table.format(self))
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=number + 1, Root=root, Info=info, ID=self.ID())
        self._write(trailer.format(self))
        return b""


class StreamedCanvas(Canvas):  # type: ignore[misc]
    """ReportLab's canvas on a streamed document, without the standard fonts nobody embeds."""

    def __init__(self, out: BinaryIO, size: tuple[float, float], lang: str) -> None:
        super().__init__(out, pagesize=size, pageCompression=1, invariant=1)
        self._doc = StreamedDocument(out, compression=1, invariant=1, lang=lang, pdfVersion=(1, 7))

    def _make_preamble(self) -> None:
        self._preamble = ""
