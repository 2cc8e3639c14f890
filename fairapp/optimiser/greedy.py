"""The trade's practice as a first plan: pins, pavilions, then most points first, each the best place left."""

from __future__ import annotations

from fairapp.optimiser.floor import FREE, Floor

NOWHERE = float("-inf")


def place_greedily(floor: Floor) -> None:
    """Fill a floor on which the pinned stand already."""
    place_blocks_greedily(floor)
    place_waiting(floor)


def place_blocks_greedily(floor: Floor) -> None:
    """Give each pavilion the best block left, those with most points first."""
    tables = floor.tables
    waiting = [which for which in range(len(tables.pavilions)) if which not in floor.pavilions]
    for which in sorted(waiting, key=lambda which: -_weight(floor, which)):
        if (block := best_block(floor, which)) is not None:
            floor.put_pavilion(which, *block)


def place_waiting(floor: Floor) -> None:
    """Give each applicant without a place the best one left, those with most points per module first."""
    tables = floor.tables
    order = sorted(range(len(tables.applicants)), key=lambda who: (-tables.applicants[who].priority, who))
    room = [sum(end - start for start, end in floor.runs(row)) for row in range(len(tables.rows))]
    for who in order:
        if floor.row_at[who] < 0 and (place := best_place(floor, who, room)) is not None:
            floor.put(who, *place)
            room[place[0]] -= tables.applicants[who].size


def _weight(floor: Floor, which: int) -> float:
    pavilion = floor.tables.pavilions[which]
    return pavilion.priority * pavilion.columns


def best_block(floor: Floor, which: int) -> tuple[int, int] | None:
    """The free block worth most for a pavilion, or None."""
    tables, best, found = floor.tables, NOWHERE, None
    columns = tables.pavilions[which].columns
    for row, back in enumerate(tables.back):
        if row >= back or (worth := floor.pavilion_worth(which, row)) <= best:
            continue
        if (start := free_block(floor, row, columns)) is not None:
            best, found = worth, (row, start)
    return found


def free_block(floor: Floor, row: int, columns: int) -> int | None:
    """The first column from which so many columns are free in a row and the one behind it."""
    run = 0
    cells = zip(floor.modules[row], floor.modules[floor.tables.back[row]], strict=False)
    for column, (holder, behind) in enumerate(cells):
        run = run + 1 if holder == FREE and behind == FREE else 0
        if run == columns:
            return column - columns + 1
    return None


def best_place(floor: Floor, who: int, room: list[int]) -> tuple[int, int] | None:
    """The place worth most for an applicant, at an end of a free run; None when no place gives points."""
    tables, size, best, found = floor.tables, floor.tables.applicants[who].size, 0.0, None
    worth = tables.worth[tables.type_of[who]]
    most = tables.corner if tables.applicants[who].wants_corner else 0.0
    plain = size * tables.applicants[who].priority
    for number, rows in enumerate(tables.classes):
        base = worth[number]
        if base is None:
            continue
        for row in rows:
            limit = plain + base + most + tables.bonus[who].get(row, 0.0)
            if room[row] < size or limit <= best:
                continue
            for start, end in floor.runs(row):
                for at in {start, end - size} if end - start >= size else ():
                    value = floor.worth(who, row, at) - floor.clash(who, row, at)
                    if value > best:
                        best, found = value, (row, at)
    return found
