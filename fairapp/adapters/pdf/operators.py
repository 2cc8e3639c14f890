"""PDF operators for lines of text, colours and rounded rectangles."""

from functools import lru_cache

from reportlab.pdfgen.pathobject import PDFPathObject

from fairapp.adapters.pdf.text import Line


def show_operators(line: Line, size: float) -> str:
    """The operators that show a line's words, neighbours of one font in one array.

    Strings that meet become one: a bracket within a string is always escaped, so ")(" is nothing else.
    """
    if simple := _of_one_font(line):
        return f"/{simple[0]} {size:.2f} Tf [{simple[1]}]TJ"
    found: list[str] = []
    array: list[str] = []
    font = ""
    for word in line.words:
        for resource, operands in word.pieces:
            if resource != font:
                if array:
                    found.append(f"[{''.join(array)}]TJ")
                    array.clear()
                found.append(f"/{resource} {size:.2f} Tf")
                font = resource
            array.append(operands)
    if array:
        found.append(f"[{''.join(array)}]TJ")
    return " ".join(found).replace(")(", "")


def _of_one_font(line: Line) -> tuple[str, str] | None:
    """Font and operands of a line that needs no more than one font, as nearly all do."""
    shown = []
    font = ""
    for word in line.words:
        pieces = word.pieces
        if len(pieces) != 1 or (font and pieces[0][0] != font):
            return None
        font = pieces[0][0]
        shown.append(pieces[0][1])
    return (font, "".join(shown).replace(")(", "")) if font else None


def shape_operators(line: Line, size: float, x: float, y: float) -> str:
    """The operators that fill the outlines of a line's glyphs that are no text."""
    found = []
    for word in line.words:
        for right, up, unit, path in word.shapes:
            scale = unit * size
            found.append(
                f"q {scale:.6f} 0 0 {scale:.6f} {x + right * size:.3f} {y + up * size:.3f} cm {path} f Q"
            )
        x += word.width * size
    return "\n".join(found)


@lru_cache(maxsize=256)
def fill_operator(color: str) -> str:
    """The operator that fills with #RRGGBB."""
    return f"{_components(color)} rg"


@lru_cache(maxsize=256)
def stroke_operator(color: str) -> str:
    """The operator that strokes with #RRGGBB."""
    return f"{_components(color)} RG"


def _components(color: str) -> str:
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for at in (1, 3, 5))


@lru_cache(maxsize=4096)
def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a rounded rectangle in the coordinates given."""
    if radius <= 0:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    path = PDFPathObject()
    path.roundRect(x, y, width, height, min(radius, width / 2, height / 2))
    return without_ending(path)


def without_ending(path: PDFPathObject) -> str:
    """The operators of a path without the "n" before the first, which would end a path that is not begun."""
    return str(path.getCode()).removeprefix("n ")
