"""Rows of a plan: who stands in which, behind whom and across from whom."""

from fairapp.rules.plan_neighbours import Ground, Near, surroundings
from fairapp.rules.plan_rows import PlanRow, RowBooth, rows_of

Corner = tuple[float, float]


def box(x: float, y: float, width: float = 3, depth: float = 3) -> tuple[tuple[Corner, ...], ...]:
    return (((x, y), (x + width, y), (x + width, y + depth), (x, y + depth)),)


def rows(
    places: dict[int, tuple[tuple[Corner, ...], ...]], alike: dict[int, str] | None = None
) -> tuple[PlanRow, ...]:
    seen = surroundings([Ground(key, rings) for key, rings in places.items()])
    return rows_of(
        RowBooth(
            key,
            rings[0][0][0],
            rings[0][0][1],
            (alike or {}).get(key, ""),
            len(seen[key].open_sides) > 1,
            tuple(
                (each.key, each.side, each.along_m)
                for each in seen[key].neighbours
                if each.near is Near.BESIDE
            ),
            seen[key].keys(Near.BACK_TO_BACK),
            seen[key].keys(Near.FACING),
        )
        for key, rings in places.items()
    )


def test_booths_wall_to_wall_are_one_row_from_left_to_right_with_corners_at_its_ends() -> None:
    (row,) = rows({5: box(6, 0), 2: box(0, 0), 9: box(3, 0), 4: box(9, 0)})
    assert row.booths == (2, 9, 5, 4)
    assert (row.corners, row.all_corners) == ((True, True), False) or row.all_corners


def test_two_lines_back_to_back_are_two_rows_behind_each_other() -> None:
    island = {n: box(3 * n, 0) for n in range(4)} | {10 + n: box(3 * n, 3) for n in range(4)}
    upper, lower = rows(island)
    assert (upper.booths, lower.booths) == ((0, 1, 2, 3), (10, 11, 12, 13))
    assert (upper.back, lower.back) == (lower.id, upper.id)
    assert (upper.corners, upper.all_corners) == ((True, True), False)


def test_rows_across_an_aisle_face_each_other_with_the_shift_between_them() -> None:
    block = {n: box(3 * n, 0) for n in range(5)} | {10 + n: box(3 * n, 3) for n in range(5)}
    across = {20 + n: box(6 + 3 * n, 9) for n in range(4)} | {30 + n: box(6 + 3 * n, 12) for n in range(4)}
    found = {row.booths[0]: row for row in rows(block | across)}
    near, far = found[10], found[20]
    assert (near.facing, near.offset) == (far.id, -2)
    assert (far.facing, far.offset) == (near.id, 2)
    assert found[0].facing is None


def test_a_row_is_cut_where_its_booths_stop_being_alike() -> None:
    line = {n: box(3 * n, 0) for n in range(4)} | {10 + n: box(3 * n, 3) for n in range(4)}
    zones = {0: "food", 1: "food", 2: "craft", 3: "craft", **dict.fromkeys(range(10, 14), "drink")}
    assert [row.booths for row in rows(line, zones)] == [(0, 1), (2, 3), (10, 11, 12, 13)]


def test_one_large_stand_alone_is_a_row_of_its_own() -> None:
    found = rows({1: box(0, 0, 12, 9), 2: box(30, 0, 6, 6)})
    assert [(row.booths, row.corners, row.back) for row in found] == [
        ((1,), (True, True), None),
        ((2,), (True, True), None),
    ]


def test_every_booth_is_in_exactly_one_row_even_in_a_field_of_booths_on_all_sides() -> None:
    field = {10 * x + y: box(3 * x, 3 * y) for x in range(4) for y in range(4)}
    standing = [booth for row in rows(field) for booth in row.booths]
    assert sorted(standing) == sorted(field)
