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


FASCIA_MM = (3000, 300)
"""A usual fascia board; a fair's settings may say otherwise (``fascia_mm``)."""
LONGEST_FASCIA_MM, LEAST_FASCIA_MM = 5000, 50


def fascia_size(said: object) -> tuple[int, int]:
    """Width and height of the fair's boards in millimetres; the usual ones where nothing sound is said."""
    if isinstance(said, (list, tuple)) and len(said) == 2 and all(isinstance(each, int) for each in said):
        wide, high = said
        if LEAST_FASCIA_MM <= high <= wide <= LONGEST_FASCIA_MM:
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
