"""Pavilions in real places: how many of each width go into which kind of block, then block by block.

Pavilions of one width differ only in priority, alike blocks in nothing: so the program of the bound is joined
by one whole column per width and kind of block, few enough to be rounded one after another, each time with
the linear program solved again from where it was.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from dataclasses import dataclass, field

from fairapp.optimiser.bounding import ClassProgram, class_program
from fairapp.optimiser.floor import Floor
from fairapp.optimiser.program import Floats, Solver
from fairapp.optimiser.rebuilding import Block, Run, blocks_of, free_runs
from fairapp.optimiser.rounding import NEARLY, dive

# both rows' class and open corner, the shared columns, and the block itself where there are few
Kind = tuple[tuple[int, bool], tuple[int, bool], int, int]
GAP = 1e-4
FEW = 100  # blocks: up to here each is counted by itself, with the wishes for its rows
ROUNDS = 3


@dataclass(slots=True)
class Blocks:
    """The blocks of a floor by kind, and the columns of the program that count pavilions in them."""

    runs: list[Run]
    by_kind: dict[Kind, list[Block]]
    by_width: dict[int, list[int]]
    counts: dict[tuple[int, Kind], int] = field(default_factory=dict)


def place_pavilions(floor: Floor, seconds: float, patience: float) -> bool:
    """Put those pavilions that are worth their room where they leave most to the others.

    Alike blocks are counted together, so now and then a count does not go into real blocks: then those that
    are left are counted once more, on the floor as it is by then. The first answer is waited for with
    ``patience``; False when even that did not do, and nothing was placed.
    """
    begun = time.monotonic()
    for round_ in range(ROUNDS):
        gone = time.monotonic() - begun
        placed = _place_some(floor, seconds - gone, patience - gone)
        if placed is None:
            return round_ > 0
        if placed == 0:
            break
    return True


def _place_some(floor: Floor, seconds: float, patience: float) -> int | None:
    """One count of what to build, and building it: how many; None when there was no time to count."""
    blocks = _blocks(floor)
    if not blocks.by_width:
        return 0
    made = class_program(floor.tables, floor, with_pavilions=False)
    _count(made, blocks)
    begun = time.monotonic()
    found = dive(Solver(made.program), list(blocks.counts.values()), seconds, patience)
    if found is None or found.values is None:
        return None
    made.program.whole = list(blocks.counts.values())
    left = seconds - (time.monotonic() - begun)
    start = {column: float(round(found.values[column])) for column in made.program.whole}
    better = made.program.solve(left, gap=GAP, start=start) if left > 0.05 else found
    values = found.values if better.values is None else better.values
    before = len(floor.pavilions)
    for kind, alike in blocks.by_kind.items():
        alike.sort(key=lambda block: _wanted_rows(made, blocks, block, found.duals))
        _into_blocks(floor, blocks, alike, _wanted(blocks, kind, values))
    return len(floor.pavilions) - before


def _wanted_rows(made: ClassProgram, blocks: Blocks, block: Block, duals: Floats) -> float:
    """How much others wish for the rows of a block: of alike ones, those nobody wishes for come first."""
    rows = (blocks.runs[number].row for number in (block.one, block.other))
    return sum(float(duals[made.row_room[row]]) * block.columns for row in rows if row in made.row_room)


def _blocks(floor: Floor) -> Blocks:
    runs = free_runs(floor, range(len(floor.tables.rows)))
    by_kind: defaultdict[Kind, list[Block]] = defaultdict(list)
    found = blocks_of(floor, runs)
    for place, block in enumerate(found):
        sides = []
        for number in (block.one, block.other):
            run = runs[number]
            sides.append((floor.tables.class_of[run.row], run.first if block.from_start else run.last))
        one, other = sorted(sides)
        by_kind[one, other, block.columns, place if len(found) <= FEW else 0].append(block)
    by_width: defaultdict[int, list[int]] = defaultdict(list)
    for which, pavilion in enumerate(floor.tables.pavilions):
        if which not in floor.pavilions:
            by_width[pavilion.columns].append(which)
    for alike in by_width.values():
        alike.sort(key=lambda which: (-floor.tables.pavilions[which].priority, which))
    return Blocks(runs, dict(by_kind), dict(by_width))


def _count(made: ClassProgram, blocks: Blocks) -> None:
    """Add the columns that count pavilions by width and kind of block."""
    program, tables = made.program, made.tables
    band = tables.instance.weights.band
    balance = {}
    for width, alike in blocks.by_width.items():
        balance[width] = program.row(0.0, 0.0)
        for which in alike:
            worth = 2.0 * width * tables.pavilions[which].priority
            program.column(worth, 1.0, (balance[width], -1.0))
    for kind, room in blocks.by_kind.items():
        (one, one_open), (other, other_open), shared, _ = kind
        fits, halves = program.row(shared * len(room)), program.row(len(room))
        corners = [
            (made.ends[side], 1.0) for side, is_open in ((one, one_open), (other, other_open)) if is_open
        ]
        begun = program.column(0.0, len(room), *corners)
        both = sum(band[tables.rows[tables.classes[side][0]].price_band] for side in (one, other))
        for width, alike in blocks.by_width.items():
            if (each := shared // width) == 0:
                continue
            needs_begun = program.row(0.0)
            program.enter(needs_begun, begun, -1.0)
            entries = [(balance[width], 1.0), (fits, width), (needs_begun, 1.0 / each)]
            entries += [(made.room[one], width), (made.room[other], width)]
            if len(room) == 1:
                entries += _in_single_rows(made, blocks, room[0], width)
            if each == 1:
                entries.append((halves, 1.0))
            most = min(len(alike), each * len(room))
            blocks.counts[width, kind] = program.column(width * both, most, *entries)


def _in_single_rows(made: ClassProgram, blocks: Blocks, block: Block, width: int) -> list[tuple[int, float]]:
    """What a pavilion takes from rows that somebody wishes for, and the far corner if it fills a run."""
    entries = []
    for number in (block.one, block.other):
        run = blocks.runs[number]
        if run.row in made.row_room:
            entries.append((made.row_room[run.row], float(width)))
        far = run.last if block.from_start else run.first
        if far and width == run.end - run.start:
            entries.append((made.ends[made.tables.class_of[run.row]], 1.0))
    return entries


def _wanted(blocks: Blocks, kind: Kind, values: Floats) -> list[int]:
    """The widths that go into blocks of a kind, the widest first."""
    wanted = []
    for width in sorted(blocks.by_width, reverse=True):
        if (width, kind) in blocks.counts:
            wanted += [width] * math.floor(values[blocks.counts[width, kind]] + NEARLY)
    return wanted


def _into_blocks(floor: Floor, blocks: Blocks, alike: list[Block], widths: list[int]) -> None:
    """Each into the fullest block that still takes it; alike pavilions by priority."""
    used = [0] * len(alike)
    for width in widths:
        fitting = [number for number, block in enumerate(alike) if block.columns - used[number] >= width]
        if not fitting or not blocks.by_width[width]:
            continue
        number = max(fitting, key=lambda number: used[number])
        block, which = alike[number], blocks.by_width[width].pop(0)
        run = blocks.runs[block.one]
        start = run.start + used[number] if block.from_start else run.end - used[number] - width
        floor.put_pavilion(which, run.row, start)
        used[number] += width
