"""How the tests read a PDF back: its text, its bookmarks, and the codes on a rendered page."""

import re
import unicodedata

import pypdfium2
import zxingcpp
from PIL import ImageFilter


def squeezed(text: str) -> str:
    """The text as it is compared: without blanks and what readers put at line ends."""
    return re.sub(r"[\s\u200b\u200c\u200d\ufffe]", "", unicodedata.normalize("NFC", text))


def texts(data: bytes) -> list[str]:
    """The text of every page."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            page = pdf[number].get_textpage()
            found.append(page.get_text_range().replace("\r\n", "\n"))
            page.close()
    return found


def codes(data: bytes, page: int, dpi: int = 200) -> list[str]:
    """The texts of all QR codes found on a rendering of a page, sorted."""
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[page].render(scale=dpi / 72).to_pil().convert("L")
    return sorted(found.text for found in zxingcpp.read_barcodes(picture))


def codes_askew(data: bytes, page: int = 0) -> list[str]:
    """The same on a rendering of 150 dpi that is turned and out of focus, as a phone or a gate sees it."""
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[page].render(scale=150 / 72).to_pil().convert("RGB")
    seen = picture.rotate(11, expand=True, fillcolor="white").filter(ImageFilter.GaussianBlur(1.2))
    return sorted(found.text for found in zxingcpp.read_barcodes(seen))


def bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    """Every bookmark as (level, title, page counted from 1)."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [
            (mark.level, mark.get_title(), mark.get_dest().get_index() + 1)
            for mark in pdf.get_toc(max_depth=3)
        ]
