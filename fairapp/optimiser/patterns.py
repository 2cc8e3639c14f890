"""Sets of pavilions that fit side by side into a stretch of two rows, as columns of the bound's program.

A stretch is a run of columns free in both rows. Whatever pavilions a plan builds in one, their widths are one
of these sets, and the set needs its columns, and those corners that it cannot leave free: none where two
columns or more are left, those of one end where one is left, and all where none is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from fairapp.optimiser.floor import FREE, Floor

if TYPE_CHECKING:
    from fairapp.optimiser.bounding import ClassProgram

FEW = 100  # pairs of rows: up to here each is counted by itself, with the wishes for its rows
MOST = 500  # sets for one stretch: where more fit, they are not told apart

Widths = tuple[int, ...]


class Kind(NamedTuple):
    """What alike stretches have in common; ``first`` and ``last``: the classes whose corners its ends are."""

    classes: tuple[int, int]
    columns: int
    first: tuple[int, ...]
    last: tuple[int, ...]
    rows: tuple[int, ...]
    """The rows themselves where each is counted by itself."""


class Stretch(NamedTuple):
    """Columns ``start`` to ``end`` (excluded), free in a row and in the one behind it."""

    row: int
    back: int
    start: int
    end: int


def add_patterns(made: ClassProgram, *, proving: bool = True, splitting: float = 0.0) -> None:
    """Add the columns of all pavilions that are not fixed; ``splitting``: what a set costs in the middle.

    Too many sets for one stretch are not told apart where a bound is to be proved; where places are to be
    found, only those of one and two pavilions are looked at.
    """
    pavilions, program = made.tables.pavilions, made.program
    waiting = [one for which, one in enumerate(pavilions) if which not in made.floor.pavilions]
    asked = Counter(one.columns for one in waiting)
    built = {width: program.row(0.0, 0.0) for width in asked}
    for one in waiting:
        program.column(2.0 * one.columns * one.priority, 1.0, (built[one.columns], -1.0))
    for kind, alike in kinds_of(made.floor).items():
        number = float(len(alike))
        found = list(islice(fitting(asked, kind.columns), MOST + 1))
        if len(found) > MOST and proving:
            _loosely(made, kind, number, built)
            continue
        if len(found) > MOST:
            found = list(fitting(asked, kind.columns, pieces=2))
        once = program.row(number)
        for widths in found:
            for corners in _corners(kind, kind.columns - sum(widths), proving=proving):
                entries = [(once, 1.0), *((built[width], 1.0) for width in widths)]
                entries += [(made.ends[each], 1.0) for each in corners]
                column = _column(made, kind, number, sum(widths), entries)
                made.sets[kind, widths, corners] = column
                if not proving and corners not in (kind.first, kind.last, kind.first + kind.last):
                    made.program.worth[column] -= splitting


def kinds_of(floor: Floor) -> dict[Kind, list[Stretch]]:
    """Every stretch of two rows that is free, by kind."""
    tables = floor.tables
    pairs = [(row, back) for row, back in enumerate(tables.back) if row < back]
    found: defaultdict[Kind, list[Stretch]] = defaultdict(list)
    for row, back in pairs:
        for start, end in _stretches(floor.modules[row], floor.modules[back]):
            first, last = list[int](), list[int]()
            for each in (row, back):
                opens, modules = tables.rows[each].corners, tables.rows[each].modules
                first += [tables.class_of[each]] if start == 0 and opens[0] else []
                last += [tables.class_of[each]] if end == modules and opens[1] else []
            classes = tables.class_of[row], tables.class_of[back]
            rows = (row, back) if len(pairs) <= FEW else ()
            kind = Kind(classes, end - start, tuple(first), tuple(last), rows)
            found[kind].append(Stretch(row, back, start, end))
    return found


def _stretches(cells: list[int], behind: list[int]) -> Iterator[tuple[int, int]]:
    """Each run of columns that are free in both rows: where it starts, and where it ends (excluded)."""
    begun = -1
    both = [one == FREE and other == FREE for one, other in zip(cells, behind, strict=False)]
    for column, is_free in enumerate([*both, False]):
        if is_free and begun < 0:
            begun = column
        elif not is_free and begun >= 0:
            yield begun, column
            begun = -1


def fitting(asked: Mapping[int, int], columns: int, pieces: int = 1_000) -> Iterator[Widths]:
    """Every set of widths that are asked for, not more often than asked, that fits into so many columns."""
    widths = sorted(asked)

    def wider(place: int, left: int, more: int) -> Iterator[Widths]:
        yield ()
        for number in range(place, len(widths)):
            width = widths[number]
            for times in range(1, min(asked[width], left // width, more) + 1):
                for rest in wider(number + 1, left - times * width, more - times):
                    yield (width,) * times + rest

    return (found for found in wider(0, columns, pieces) if found)


def _corners(kind: Kind, left: int, *, proving: bool) -> set[tuple[int, ...]]:
    """The corners that may be taken when so many columns are left; each is a way to do it.

    For a bound the least is enough. Where places are to be found, a set in the middle is weighed against one
    at an end, which leaves what else stands there in one piece.
    """
    if left >= 2:
        return {()} if proving else {(), kind.first, kind.last}
    if left == 1:
        return {()} if () in (kind.first, kind.last) else {kind.first, kind.last}
    return {kind.first + kind.last}


def _column(
    made: ClassProgram, kind: Kind, number: float, columns: int, entries: list[tuple[int, float]]
) -> int:
    """A set that takes so many columns of a stretch: what the rows it stands in add to its worth."""
    tables, band = made.tables, made.tables.instance.weights.band
    both = sum(band[tables.rows[tables.classes[each][0]].price_band] for each in kind.classes)
    entries += [(made.room[each], float(columns)) for each in kind.classes]
    entries += [(made.row_room[row], float(columns)) for row in kind.rows if row in made.row_room]
    return made.program.column(columns * both, number, *entries)


def _loosely(made: ClassProgram, kind: Kind, number: float, built: Mapping[int, int]) -> None:
    """One column for each width instead of one for each set: all that binds them is the room."""
    fits = made.program.row(float(kind.columns * number))
    for width, balance in built.items():
        if width <= kind.columns:
            most = float(kind.columns // width * number)
            _column(made, kind, most, width, [(fits, float(width)), (balance, 1.0)])
