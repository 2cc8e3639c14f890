"""How a line of two directions says in which order it is read."""

from __future__ import annotations

import re

from fairapp.adapters.pdf.syntax import text_string
from fairapp.adapters.pdf.text import Line

_SHOWN = re.compile(r"(/F\d+ [\d.]+ Tf )?(\[(?:\((?:[^\\)]|\\.)*\)|[^](])*]TJ)", re.DOTALL)


def spoken(line: Line, shown: str) -> str:
    """Operators that say in which order a line of two directions is read.

    The outer text is the one that counts (ISO 32000-1, 14.9.4). PDFium heeds the innermost one and puts it
    in order by where letters stand, which is wrong for what is in order already; an empty one, around each
    stretch of its own, makes it read the letters themselves.
    """
    each = _SHOWN.sub(r"\1/ReversedChars <</ActualText()>>BDC \2 EMC", shown)
    return f"/Span <</ActualText{text_string(line.spoken)}>>BDC {each} EMC"
