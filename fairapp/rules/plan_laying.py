"""Booths laid out by a rule: rows of so many, back to back or not, with aisles and a way of numbering."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import cos, radians, sin

from fairapp.rules.geometry import Ring

MOST_BOOTHS = 500
MOST_ROWS = 60
LONGEST_M = 100.0
# I and O are read as 1 and 0.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class Count(StrEnum):
    """Which way the numbers of the rows run."""

    ALONG = "along"
    """Every row from its beginning."""
    SNAKE = "snake"
    """The next row from where the last one ended."""


class RowFault(StrEnum):
    """Why a rule makes no row."""

    TOO_MANY = "too_many"
    SIZE = "size"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class RowRule:
    """Rows of ``count`` booths, ``width`` along the row and ``depth`` into it, from the corner (x, y).

    Double rows stand back to back; ``aisle`` metres lie between one row (or double row) and the next.
    ``letter`` is the first row's, "" for numbers alone, which then run on through all rows.
    """

    count: int
    rows: int = 1
    width: float = 3.0
    depth: float = 3.0
    aisle: float = 3.0
    double: bool = False
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0
    letter: str = "A"
    first: int = 1
    digits: int = 2
    separator: str = ""
    numbering: Count = Count.ALONG


@dataclass(frozen=True, slots=True)
class Laid:
    """One booth of the rule: its code, its outline, its row."""

    code: str
    ring: Ring
    row: int


def faults_of(rule: RowRule) -> tuple[RowFault, ...]:
    """Why the rule makes no row; nothing when it does."""
    sizes = (rule.width, rule.depth)
    holds = {
        RowFault.TOO_MANY: not 1 <= rule.count <= MOST_BOOTHS
        or not 1 <= rule.rows <= MOST_ROWS
        or rule.count * rule.rows > MOST_BOOTHS,
        RowFault.SIZE: not all(0.5 <= size <= LONGEST_M for size in sizes)
        or not 0 <= rule.aisle <= LONGEST_M
        or not 0 <= rule.first <= 99_999
        or not 1 <= rule.digits <= 5,
        RowFault.LETTER: bool(rule.letter) and letter_number(rule.letter) is None,
    }
    return tuple(fault for fault, is_so in holds.items() if is_so)


def letter_number(letters: str) -> int | None:
    """The place of a row's letters, from 0; None when I, O or no letter is among them."""
    number = 0
    for letter in letters.upper():
        if letter not in LETTERS:
            return None
        number = number * len(LETTERS) + LETTERS.index(letter) + 1
    return number - 1 if letters and len(letters) <= 3 else None


def letters_of(number: int) -> str:
    """A, B … H, J … N, P … Z, AA, AB …: the letters of the row with this place."""
    found, number = "", number + 1
    while number > 0:
        number, place = divmod(number - 1, len(LETTERS))
        found = LETTERS[place] + found
    return found


def laid_out(rule: RowRule) -> tuple[Laid, ...]:
    """The booths of the rule, row by row; ValueError when it makes none."""
    if faults_of(rule):
        raise ValueError(faults_of(rule)[0].value)
    booths = []
    top, running = 0.0, rule.first
    start = letter_number(rule.letter) if rule.letter else None
    for row in range(rule.rows):
        turned_back = rule.numbering is Count.SNAKE and row % 2 == 1
        for place in range(rule.count):
            along = rule.count - 1 - place if turned_back else place
            number = running if start is None else rule.first + place
            running += 1
            stem = "" if start is None else f"{letters_of(start + row)}{rule.separator}"
            ring = _placed(rule, along * rule.width, top)
            booths.append(Laid(f"{stem}{number:0{rule.digits}d}", ring, row))
        is_backed = rule.double and row % 2 == 0
        top += rule.depth + (0.0 if is_backed else rule.aisle)
    return tuple(booths)


def _placed(rule: RowRule, left: float, top: float) -> Ring:
    cosine, sine = cos(radians(rule.turn)), sin(radians(rule.turn))
    corners = (
        (left, top),
        (left + rule.width, top),
        (left + rule.width, top + rule.depth),
        (left, top + rule.depth),
    )
    return tuple(
        (round(rule.x + x * cosine - y * sine, 3), round(rule.y + x * sine + y * cosine, 3))
        for x, y in corners
    )
