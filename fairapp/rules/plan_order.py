"""Numbers along a row of booths: which of them jump back and forth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fairapp.rules.plan_neighbours import Near, Surroundings

_NUMBERED = re.compile(r"(.*?)(\d{1,6})(\D{0,2})$")


def out_of_order(codes: Mapping[int, str], around: Mapping[int, Surroundings]) -> tuple[tuple[int, ...], ...]:
    """The booths, row by row, whose numbers break the order of their row, whichever way it is counted."""
    found = []
    for row in _rows(around):
        parsed = [_NUMBERED.match(codes[number]) for number in row]
        stems = {each[1] for each in parsed if each}
        if len(row) < 3 or None in parsed or len(stems) != 1:
            continue
        values = [(int(each[2]), each[3].casefold()) for each in parsed if each]
        backwards = [len(values) - 1 - at for at in _strays(values[::-1])]
        onwards = _strays(values)
        strays = sorted(backwards if len(backwards) < len(onwards) else onwards)
        if strays and len(strays) < len(row) / 2:
            found.append(tuple(row[at] for at in strays))
    return tuple(found)


def _rows(around: Mapping[int, Surroundings]) -> Iterator[list[int]]:
    """Booths beside each other in a straight line, from one end to the other.

    A booth across the end of two rows belongs to neither: from it the way goes on to no single one.
    """
    beside = {key: [n for n in each.neighbours if n.near is Near.BESIDE] for key, each in around.items()}
    ends = {
        key for key, each in beside.items() if len(each) <= 2 and len({n.side for n in each}) == len(each)
    }
    done: set[int] = set()
    for start in sorted(ends):
        onward = [n for n in beside[start] if n.key in ends]
        if start in done or len(onward) != 1:
            continue
        row, way = [start], onward[0]
        while way.key in ends and way.key not in row:
            row.append(way.key)
            came = next((n.side for n in beside[way.key] if n.key == row[-2]), -1)
            straight = [n for n in beside[way.key] if n.side == (came + 2) % 4]
            if not straight:
                break
            way = straight[0]
        done.update(row)
        yield row


def _strays(values: Sequence[tuple[int, str]]) -> list[int]:
    """The places to leave out so that the rest only grows: few, as in the longest growing part."""
    best = [1] * len(values)
    before = [-1] * len(values)
    for at, value in enumerate(values):
        for earlier in range(at):
            if values[earlier] < value and best[earlier] + 1 > best[at]:
                best[at], before[at] = best[earlier] + 1, earlier
    at = max(range(len(values)), key=best.__getitem__)
    kept = set()
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [index for index in range(len(values)) if index not in kept]
