"""A bound on what any plan can be worth: a linear program over types of applicants and classes of rows.

Why it is true. Take any valid plan and count: y[a] = 1 for whoever is placed, x[t, c] the stands of type
t in rows of class c, k[t, c] those of them that want a corner and have one, w and v the same for stands
in a row that adds points for that applicant alone (a wish), z[p, d] the pavilions in pairs of rows of
the class pair d. Then every row of the program holds:

- each placed stand is counted once, under its own type;
- the stands and pavilions of a class take no more modules than its rows have free, pinned ones aside; so
  do the stands with a bonus in each single row;
- a stand at an open end takes that end, and a row has at most two;
- what pavilions stand side by side in one stretch of two rows is one of the sets that fit into it, and
  takes at least the corners that such a set cannot spare (`patterns.py`).

Nothing that a plan can do is forbidden: runs of modules, lengths of rows and the places of pavilions in
them are only ever relaxed. Whoever is pinned is taken out with their modules and ends and counted as a
constant. The worth of the program is the plan's objective plus its clashes (which cost nothing or more)
plus what points taken away by single rows cost (which are left out). So its optimum, and by weak duality
any value that duals prove (`Program.proved`), is no less than the objective of every plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from fairapp.optimiser.floor import FREE, Floor
from fairapp.optimiser.patterns import Kind, Widths, add_patterns
from fairapp.optimiser.program import Floats, Program
from fairapp.optimiser.tables import Tables


@dataclass(slots=True)
class ClassProgram:
    """The program and where its parts lie; ``floor`` holds whatever is fixed."""

    tables: Tables
    floor: Floor
    program: Program = field(default_factory=Program)
    constant: float = 0.0
    room: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    row_room: dict[int, int] = field(default_factory=dict)
    row_ends: dict[int, int] = field(default_factory=dict)
    balance: list[int] = field(default_factory=list)
    stands: dict[tuple[int, int], int] = field(default_factory=dict)
    cornered: dict[tuple[int, int], int] = field(default_factory=dict)
    chosen: dict[int, int] = field(default_factory=dict)
    wished: dict[tuple[int, int], int] = field(default_factory=dict)
    wished_corner: dict[tuple[int, int], int] = field(default_factory=dict)
    sets: dict[tuple[Kind, Widths, tuple[int, ...]], int] = field(default_factory=dict)
    counts: dict[tuple[int, int], int] = field(default_factory=dict)

    def bound(self, duals: Floats) -> float:
        """The bound that these duals prove."""
        return self.constant + self.program.proved(duals)


def class_program(tables: Tables, floor: Floor, *, with_pavilions: bool = True) -> ClassProgram:
    """The program for everything that is not fixed on the floor already, with or without more pavilions."""
    made = ClassProgram(tables, floor)
    made.constant = sum(floor.worth(who, row, floor.start_at[who]) for who, row in _fixed(floor))
    made.constant += sum(floor.pavilion_worth(which, row) for which, (row, _) in floor.pavilions.items())
    _room(made)
    for kind, members in enumerate(tables.types):
        _type(made, kind, members)
    if with_pavilions:
        add_patterns(made)
    return made


def _fixed(floor: Floor) -> list[tuple[int, int]]:
    return [(who, row) for who, row in enumerate(floor.row_at) if row >= 0]


def free_ends(floor: Floor, row: int) -> int:
    """How many open ends of a row nobody stands on."""
    cells, corners = floor.modules[row], floor.tables.rows[row].corners
    return (corners[0] and cells[0] == FREE) + (corners[1] and cells[-1] == FREE)


def _room(made: ClassProgram) -> None:
    """Rows for the free modules and ends of each class, and of each row that adds points for somebody."""
    tables, floor, program = made.tables, made.floor, made.program
    for rows in tables.classes:
        made.room.append(program.row(sum(floor.modules[row].count(FREE) for row in rows)))
        made.ends.append(program.row(sum(free_ends(floor, row) for row in rows)))
    wanted = {
        row
        for who, bonus in enumerate(tables.bonus)
        if floor.row_at[who] < 0
        for row, points in bonus.items()
        if points > 0
    }
    for row in sorted(wanted):
        made.row_room[row] = program.row(floor.modules[row].count(FREE))
        made.row_ends[row] = program.row(free_ends(floor, row))


def _type(made: ClassProgram, kind: int, members: list[int]) -> None:
    """The columns of one type: who of it is placed, in which class, at a corner or not, in a wished row."""
    tables, program = made.tables, made.program
    waiting = [who for who in members if made.floor.row_at[who] < 0]
    if not waiting:
        made.balance.append(-1)
        return
    size, corner = tables.applicants[waiting[0]].size, tables.applicants[waiting[0]].wants_corner
    balance = program.row(0.0, 0.0)
    made.balance.append(balance)
    for number, base in enumerate(tables.worth[kind]):
        if base is None:
            continue
        room, ends = made.room[number], made.ends[number]
        most = min(len(waiting), int(program.row_highest[room]) // size)
        made.stands[kind, number] = program.column(base, most, (balance, 1.0), (room, size))
        if corner:
            made.cornered[kind, number] = program.column(
                base + tables.corner,
                min(most, program.row_highest[ends]),
                (balance, 1.0),
                (room, size),
                (ends, 1.0),
            )
    for who in waiting:
        worth = size * tables.applicants[who].priority
        made.chosen[who] = program.column(worth, 1.0, (balance, -1.0))
        if liked := {row: points for row, points in tables.bonus[who].items() if points > 0}:
            _bonus(made, kind, who, liked)


def _bonus(made: ClassProgram, kind: int, who: int, liked: dict[int, float]) -> None:
    """The columns of one applicant in the rows that add points for them."""
    tables, program = made.tables, made.program
    once = program.row(0.0)
    program.enter(once, made.chosen[who], -1.0)
    size = tables.applicants[who].size
    for row, points in sorted(liked.items()):
        number = tables.class_of[row]
        base = tables.worth[kind][number]
        if base is None or program.row_highest[made.row_room[row]] < size:
            continue
        entries = [
            (made.balance[kind], 1.0),
            (once, 1.0),
            (made.room[number], size),
            (made.row_room[row], size),
        ]
        made.wished[who, row] = program.column(base + points, 1.0, *entries)
        if tables.applicants[who].wants_corner:
            at_end = [(made.ends[number], 1.0), (made.row_ends[row], 1.0)]
            worth = base + points + tables.corner
            made.wished_corner[who, row] = program.column(worth, 1.0, *entries, *at_end)
