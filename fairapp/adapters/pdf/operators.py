"""PDF operators for lines of text, colours and rounded rectangles."""

from functools import lru_cache

from fairapp.adapters.pdf.text import Line


def show_operators(line: Line, size: float) -> str:
    """The operators that show a line's words, neighbours of one font in one array.

    Strings that meet become one: a bracket within a string is always escaped, so ")(" is nothing else.
    """
    if line.font:
        return f"/{line.font} {size:.2f} Tf [{line.shown}]TJ"
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


_CURVE = 1 - 0.5523
"""What is left of a radius between a corner and the control points of a quarter of a circle."""


@lru_cache(maxsize=512)
def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a rounded rectangle in the coordinates given."""
    if radius <= 0:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    radius = min(radius, width / 2, height / 2)
    right, top = x + width, y + height
    near, far = radius * _CURVE, radius  # how far a curve's control points and its ends are from the corner
    return (
        f"{x + far:.2f} {y:.2f} m {right - far:.2f} {y:.2f} l "
        f"{right - near:.2f} {y:.2f} {right:.2f} {y + near:.2f} {right:.2f} {y + far:.2f} c "
        f"{right:.2f} {top - far:.2f} l "
        f"{right:.2f} {top - near:.2f} {right - near:.2f} {top:.2f} {right - far:.2f} {top:.2f} c "
        f"{x + far:.2f} {top:.2f} l "
        f"{x + near:.2f} {top:.2f} {x:.2f} {top - near:.2f} {x:.2f} {top - far:.2f} c "
        f"{x:.2f} {y + far:.2f} l {x:.2f} {y + near:.2f} {x + near:.2f} {y:.2f} {x + far:.2f} {y:.2f} c h"
    )
