"""A page of a PDF as a picture, as a printer would see it."""

from __future__ import annotations

from io import BytesIO
from threading import Lock

import pypdfium2

ONE_AT_A_TIME = Lock()
"""PDFium may be used by one thread at a time."""


def page_png(data: bytes, page: int = 0, dpi: float = 150.0) -> bytes:
    """The page at so many dots per inch, as a PNG."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            picture = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
        finally:
            document.close()
    out = BytesIO()
    picture.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
