"""The kinds of signs a fair has printed, and the sizes of fascia boards."""

from __future__ import annotations

from enum import StrEnum


class SignKind(StrEnum):
    """What is hung, stuck or set up."""

    BOOTH = "booth"
    FASCIA = "fascia"
    DIRECTORY = "directory"
    AISLE = "aisle"
    STICKER = "sticker"


class BoardText(StrEnum):
    """How far the text of a fascia board is: only what its exhibitor typed and approved is printed."""

    APPROVED = "approved"
    WAITING = "waiting"
    NOT_ASKED = "not_asked"
    """The manual asks this exhibitor for none, or it has no application to answer through."""


def registered_text(text: str, name: str) -> str:
    """What a board says when nobody was asked: the registered name, whole."""
    return name if not text.strip() or name.startswith(text) else text


FASCIA_MM = (3000, 300)
"""A usual fascia board; a fair's settings may say otherwise (``fascia_mm``)."""
LONGEST_FASCIA_MM, LEAST_FASCIA_MM = 5000, 50
LONGEST_BOARD = 120
"""Letters that a board is looked at with."""
SCALES = range(1, 51)
"""A board of 1:n, to look at on smaller paper."""
STICKERS_ON_SHEET = 24


class SignRefusal(StrEnum):
    """Why signs are not made, or a size is not kept."""

    BOARD_SIZE = "board_size"
    SCALE = "scale"
    NO_SUCH_BOOTH = "no_such_booth"


def is_board(wide: int, high: int) -> bool:
    """Whether a board of this size can be printed: within bounds, and no higher than wide."""
    return LEAST_FASCIA_MM <= high <= wide <= LONGEST_FASCIA_MM


def fascia_size(said: object) -> tuple[int, int]:
    """Width and height of the fair's boards in millimetres; the usual ones where nothing sound is said."""
    if isinstance(said, (list, tuple)) and len(said) == 2 and all(isinstance(each, int) for each in said):
        wide, high = said
        if is_board(wide, high):
            return wide, high
    return FASCIA_MM


def rows_of(places: dict[str, tuple[float, float]], apart: float = 2.0) -> list[list[str]]:
    """Booths in the rows in which they stand: by how far down the hall they are, then from left to right."""
    rows: list[list[str]] = []
    last: float | None = None
    for code in sorted(places, key=lambda each: (places[each][1], places[each][0], each)):
        if last is None or places[code][1] - last > apart:
            rows.append([])
        last = places[code][1]
        rows[-1].append(code)
    return [sorted(row, key=lambda each: (places[each][0], each)) for row in rows]


def aisles_of(places: dict[str, tuple[float, float] | None]) -> list[list[str]]:
    """The rows of a hall; booths that no outline places stand together in a row of their own."""
    rest = [code for code, place in places.items() if place is None]
    rows = rows_of({code: place for code, place in places.items() if place is not None})
    return [*rows, *([rest] if rest else [])]
