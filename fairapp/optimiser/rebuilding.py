"""Some rows planned anew, exactly: a mixed program over their free runs, the rest of the floor left as it is.

Whole numbers are asked only of ``n[g, s]``, how many stands of size s a run g takes. Given these, who
stands where is a flow: applicants are told apart only by type, by wanting a corner, and by the rows that add
points for them. Any order within a run is possible, so a program over counts is exact, clashes aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fairapp.optimiser.floor import Floor
from fairapp.optimiser.program import Program
from fairapp.optimiser.tables import Tables


@dataclass(frozen=True, slots=True)
class Run:
    """A run of modules to be filled; ``first`` and ``last`` say whether its ends are open corners."""

    row: int
    start: int
    end: int
    first: bool
    last: bool

    @property
    def corners(self) -> int:
        """How many open corners it has."""
        return self.first + self.last


@dataclass(frozen=True, slots=True)
class Block:
    """Two runs back to back that begin, or else end, with one column: room for pavilions from there on."""

    one: int
    other: int
    columns: int
    from_start: bool


@dataclass(slots=True)
class RunProgram:
    """The program and where its parts lie."""

    tables: Tables
    runs: list[Run]
    program: Program = field(default_factory=Program)
    fits: list[int] = field(default_factory=list)
    count: dict[tuple[int, int], int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    built: dict[tuple[int, int], int] = field(default_factory=dict)
    all_row: dict[tuple[int, int], int] = field(default_factory=dict)
    corner_row: dict[int, int] = field(default_factory=dict)
    plain: dict[tuple[int, int], int] = field(default_factory=dict)
    cornered: dict[tuple[int, int], int] = field(default_factory=dict)
    plain_pool: dict[tuple[int, int], int] = field(default_factory=dict)
    corner_pool: dict[tuple[int, int], int] = field(default_factory=dict)
    of_type: dict[tuple[int, int], int] = field(default_factory=dict)
    of_type_cornered: dict[tuple[int, int], int] = field(default_factory=dict)
    chosen: dict[int, int] = field(default_factory=dict)
    liked: dict[tuple[int, int], int] = field(default_factory=dict)
    liked_cornered: dict[tuple[int, int], int] = field(default_factory=dict)


def free_runs(floor: Floor, rows: Iterable[int]) -> list[Run]:
    """The free runs of these rows."""
    found = []
    for row in rows:
        corners, modules = floor.tables.rows[row].corners, len(floor.modules[row])
        found += [
            Run(row, start, end, start == 0 and corners[0], end == modules and corners[1])
            for start, end in floor.runs(row)
        ]
    return found


def run_program(
    floor: Floor, runs: list[Run], candidates: Sequence[int], pavilions: Sequence[int] = ()
) -> RunProgram:
    """The program that fills these free runs with whom it pleases of the candidates and pavilions."""
    made = RunProgram(floor.tables, runs)
    by_type: defaultdict[int, list[int]] = defaultdict(list)
    for who in candidates:
        by_type[floor.tables.type_of[who]].append(who)
    sizes = sorted({floor.tables.applicants[who].size for who in candidates})
    for number in range(len(runs)):
        _run(made, number, sizes)
    at = defaultdict(list)
    for number, run in enumerate(runs):
        at[run.row].append(number)
    for kind, members in sorted(by_type.items()):
        _type(made, kind, members, at)
    _pavilions(made, floor, pavilions)
    return made


def _run(made: RunProgram, number: int, sizes: list[int]) -> None:
    """One run: its stands by size fit into it, and at most so many of them have a corner."""
    run, program, tables = made.runs[number], made.program, made.tables
    alike, length = tables.class_of[run.row], run.end - run.start
    fits = program.row(length)
    made.fits.append(fits)
    if run.corners:
        made.corner_row[number] = program.row(run.corners)
    for size in sizes:
        if size > length:
            break
        held = program.row(0.0, 0.0)
        made.all_row[number, size] = held
        most = length // size
        made.count[number, size] = program.column(0.0, most, (fits, size), (held, -1.0), whole=True)
        pool = (alike, size)
        if pool not in made.plain_pool:
            made.plain_pool[pool] = program.row(0.0, 0.0)
            made.corner_pool[pool] = program.row(0.0, 0.0)
        made.plain[number, size] = program.column(0.0, most, (held, 1.0), (made.plain_pool[pool], -1.0))
        if run.corners:
            entries = [(held, 1.0), (made.corner_row[number], 1.0), (made.corner_pool[pool], -1.0)]
            made.cornered[number, size] = program.column(0.0, run.corners, *entries)


def _type(made: RunProgram, kind: int, members: list[int], at: dict[int, list[int]]) -> None:
    """The columns of one type, as in the bound's program, but into the pools of these runs."""
    tables, program = made.tables, made.program
    one = tables.applicants[members[0]]
    balance = program.row(0.0, 0.0)
    for (alike, size), pool in made.plain_pool.items():
        base = tables.worth[kind][alike]
        if size != one.size or base is None:
            continue
        most = float(len(members))
        made.of_type[kind, alike] = program.column(base, most, (balance, 1.0), (pool, 1.0))
        if one.wants_corner:
            entries = [(balance, 1.0), (made.corner_pool[alike, size], 1.0)]
            made.of_type_cornered[kind, alike] = program.column(base + tables.corner, most, *entries)
    for who in members:
        worth = one.size * tables.applicants[who].priority
        made.chosen[who] = program.column(worth, 1.0, (balance, -1.0))
        liked = [
            (number, points)
            for row, points in tables.bonus[who].items()
            if points > 0
            for number in at.get(row, ())
            if (number, one.size) in made.all_row
        ]
        if liked:
            _liked(made, who, balance, liked)


def _liked(made: RunProgram, who: int, balance: int, liked: list[tuple[int, float]]) -> None:
    """The columns of one applicant in the runs whose rows add points for them."""
    tables, program = made.tables, made.program
    once = program.row(0.0)
    program.enter(once, made.chosen[who], -1.0)
    one = tables.applicants[who]
    for number, points in liked:
        base = tables.worth[tables.type_of[who]][tables.class_of[made.runs[number].row]]
        assert base is not None
        entries = [(balance, 1.0), (once, 1.0), (made.all_row[number, one.size], 1.0)]
        made.liked[who, number] = program.column(base + points, 1.0, *entries)
        if one.wants_corner and number in made.corner_row:
            entries.append((made.corner_row[number], 1.0))
            worth = base + points + tables.corner
            made.liked_cornered[who, number] = program.column(worth, 1.0, *entries)


def blocks_of(floor: Floor, runs: list[Run]) -> list[Block]:
    """Where pavilions may stand in these runs, side by side from one end of a block on."""
    starts = {(run.row, run.start): number for number, run in enumerate(runs)}
    ends = {(run.row, run.end): number for number, run in enumerate(runs)}
    found = []
    for number, run in enumerate(runs):
        back = floor.tables.back[run.row]
        if back <= run.row:
            continue
        for other, from_start in ((starts.get((back, run.start)), True), (ends.get((back, run.end)), False)):
            if other is not None:
                behind = runs[other]
                columns = min(run.end - run.start, behind.end - behind.start)
                found.append(Block(number, other, columns, from_start))
                break
    return found


def _pavilions(made: RunProgram, floor: Floor, pavilions: Sequence[int]) -> None:
    """The columns of the pavilions: the first in a block takes the corners at the block's end."""
    program, tables = made.program, made.tables
    if not pavilions:
        return
    made.blocks = blocks_of(floor, made.runs)
    once = {which: program.row(1.0) for which in pavilions}
    for place, block in enumerate(made.blocks):
        one, other = made.runs[block.one], made.runs[block.other]
        wide = [which for which in pavilions if tables.pavilions[which].columns <= block.columns]
        if not wide:
            continue
        entries = [
            (made.corner_row[number], 1.0)
            for number, run in ((block.one, one), (block.other, other))
            if (run.first if block.from_start else run.last)
        ]
        begun = program.column(0.0, 1.0, *entries, whole=True)
        for which in wide:
            columns = float(tables.pavilions[which].columns)
            needs_begun = program.row(0.0)
            program.enter(needs_begun, begun, -1.0)
            made.built[which, place] = program.column(
                floor.pavilion_worth(which, one.row),
                1.0,
                (once[which], 1.0),
                (needs_begun, 1.0),
                (made.fits[block.one], columns),
                (made.fits[block.other], columns),
                whole=True,
            )
