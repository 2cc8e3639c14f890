"""Rows of a published plan: booths side by side in one order, the rows behind them and across the aisle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Seen: TypeAlias = tuple[int, int, float]
"""Another booth as one booth sees it: its key, from which of four sides, along how many metres."""


@dataclass(frozen=True, slots=True)
class RowBooth:
    """A booth as its row knows it.

    Booths stand in one row only when they are ``alike``: whatever the caller wants to be the same for all of
    a row (kind, zone, area, price …).
    """

    id: int
    x: float
    y: float
    alike: Hashable = None
    is_corner: bool = False
    beside: tuple[Seen, ...] = ()
    behind: tuple[int, ...] = ()
    facing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A run of booths side by side, in order.

    Booth m has booth m of ``back`` behind it, and looks across the aisle at booth m + ``offset`` of
    ``facing``. ``corners``: whether the first and the last booth are open on a second side; with
    ``all_corners`` every booth of a longer run is.
    """

    id: int
    booths: tuple[int, ...]
    corners: tuple[bool, bool] = (False, False)
    all_corners: bool = False
    back: int | None = None
    facing: int | None = None
    offset: int = 0


def rows_of(booths: Iterable[RowBooth]) -> tuple[PlanRow, ...]:
    """Every booth in exactly one row; a booth without neighbours alike is a row of its own."""
    known = {booth.id: booth for booth in booths}
    pieces = [piece for run in _runs(known) for piece in _cut(run, known)]
    pieces.sort(key=lambda piece: piece[0])
    rows = [_row(number, piece, known) for number, piece in enumerate(pieces)]
    return _with_neighbours(rows, known)


def _runs(known: Mapping[int, RowBooth]) -> list[list[int]]:
    """Straight runs of booths side by side, the longest first: who could stand in two is in the longer."""
    found: dict[tuple[int, ...], None] = {}
    next_to = {key: _next_by_side(booth, known) for key, booth in known.items()}
    for key in known:
        for side in (0, 1):
            back = _walk(key, (side + 2) % 4, next_to)
            run = tuple(dict.fromkeys((*reversed(back), key, *_walk(key, side, next_to))))
            found[min(run, run[::-1])] = None
    runs, taken = [], set[int]()
    for run in sorted(found, key=lambda each: (-len(each), each)):
        for piece in _pieces(run, lambda one: one in taken):
            if piece[0] not in taken:
                taken.update(piece)
                runs.append(_in_reading_order(piece, known))
    return runs


def _next_by_side(booth: RowBooth, known: Mapping[int, RowBooth]) -> dict[int, tuple[int, int]]:
    """By side the booth that shares most of that wall, and the side it sees this one from."""
    best: dict[int, tuple[float, int]] = {}
    for key, side, along in booth.beside:
        if key in known:
            best[side] = max(best.get(side, (along, -key)), (along, -key))
    found = {}
    for side, (_along, negative) in best.items():
        key = -negative
        back = [(far, its) for other, its, far in known[key].beside if other == booth.id]
        if back:
            found[side] = (key, max(back)[1])
    return found


def _walk(start: int, side: int, next_to: Mapping[int, Mapping[int, tuple[int, int]]]) -> list[int]:
    """Who follows in one direction, as long as each sees the one before at its own opposite side."""
    passed, here = [], start
    while side in next_to[here]:
        other, its_side = next_to[here][side]
        mutual = next_to[other].get(its_side, (None,))[0] == here
        if not mutual or other == start or other in passed:
            break
        passed.append(other)
        here, side = other, (its_side + 2) % 4
    return passed


def _in_reading_order(run: Sequence[int], known: Mapping[int, RowBooth]) -> list[int]:
    """From left to right, or downwards where the run stands upright: parallel rows count alike."""
    first, last = known[run[0]], known[run[-1]]
    wide = abs(last.x - first.x) >= abs(last.y - first.y)
    forward = (first.x <= last.x) if wide else (first.y <= last.y)
    return list(run) if forward else list(reversed(run))


def _cut(run: Sequence[int], known: Mapping[int, RowBooth]) -> list[list[int]]:
    """The run in pieces that are alike; booths open on a second side stand at the ends, or by themselves."""
    result = []
    for piece in _pieces(run, lambda one: known[one].alike):
        inner = piece[1:-1]
        if any(known[one].is_corner for one in inner):
            result += _pieces(piece, lambda one: known[one].is_corner)
        else:
            result.append(piece)
    return result


def _pieces(run: Sequence[int], of: Callable[[int], Hashable]) -> list[list[int]]:
    pieces: list[list[int]] = []
    for one in run:
        if pieces and of(pieces[-1][-1]) == of(one):
            pieces[-1].append(one)
        else:
            pieces.append([one])
    return pieces


def _row(number: int, piece: Sequence[int], known: Mapping[int, RowBooth]) -> PlanRow:
    everywhere = len(piece) > 2 and all(known[one].is_corner for one in piece)
    ends = (known[piece[0]].is_corner, known[piece[-1]].is_corner)
    return PlanRow(number, tuple(piece), (False, False) if everywhere else ends, everywhere)


def _with_neighbours(rows: Sequence[PlanRow], known: Mapping[int, RowBooth]) -> tuple[PlanRow, ...]:
    at = {booth: (row.id, place) for row in rows for place, booth in enumerate(row.booths)}
    behind = _pairs(rows, at, lambda booth: known[booth].behind, aligned=True)
    across = _pairs(rows, at, lambda booth: known[booth].facing, aligned=False)
    result = []
    for row in rows:
        back = behind.get(row.id, (None, 0))[0]
        facing, offset = across.get(row.id, (None, 0))
        result.append(replace(row, back=back, facing=facing, offset=offset))
    return tuple(result)


def _pairs(
    rows: Sequence[PlanRow],
    at: Mapping[int, tuple[int, int]],
    others: Callable[[int], Iterable[int]],
    aligned: bool,
) -> dict[int, tuple[int, int]]:
    """Which row is each one's partner and by how many booths it is shifted; those with most in common first.

    ``aligned``: only partners that are not shifted count.
    """
    votes: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for row in rows:
        for place, booth in enumerate(row.booths):
            for other in others(booth):
                if other in at and at[other][0] > row.id:
                    votes[row.id, at[other][0]][at[other][1] - place] += 1
    ranked = sorted(
        (-many, one, other, shift)
        for (one, other), counted in votes.items()
        for shift, many in counted.items()
        if not (aligned and shift)
    )
    found: dict[int, tuple[int, int]] = {}
    for _many, one, other, shift in ranked:
        if one not in found and other not in found:
            found[one], found[other] = (other, shift), (one, -shift)
    return found
