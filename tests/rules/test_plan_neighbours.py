"""Open sides and neighbours follow from outlines, whichever way the hall is turned."""

from math import cos, radians, sin

import pytest

from fairapp.rules.plan_edges import Edge
from fairapp.rules.plan_neighbours import Ground, Near, surroundings, walls_of, with_open_sides
from fairapp.rules.plans import BoothOutline, Facility, FacilityKind, HallOutline, PlanDraft


def rect(x, y, w=3.0, h=3.0, turn=0.0):
    a = radians(turn)
    corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
    return (tuple((px * cos(a) - py * sin(a), px * sin(a) + py * cos(a)) for px, py in corners),)


def block(rows=2, columns=4, turn=0.0, at=(0.0, 0.0)):
    """Booths 0, 1, 2 … along the first row, then along the next one."""
    return [
        Ground(row * columns + column, rect(at[0] + 3 * column, at[1] + 3 * row, turn=turn))
        for row in range(rows)
        for column in range(columns)
    ]


@pytest.mark.parametrize("turn", [0, 17, 45, 90, 135, 200])
def test_a_double_row_has_neighbours_beside_and_behind_at_any_angle(turn):
    seen = surroundings(block(turn=turn))
    assert [len(seen[key].open_sides) for key in range(8)] == [2, 1, 1, 2, 2, 1, 1, 2]
    assert seen[1].keys(Near.BESIDE) == (0, 2)
    assert seen[1].keys(Near.BACK_TO_BACK) == (5,)
    assert seen[0].keys(Near.BACK_TO_BACK) == (4,)
    assert seen[1].keys(Near.FACING) == ()


@pytest.mark.parametrize("turn", [0, 30, 90])
def test_across_the_aisle_is_who_is_seen_and_not_who_stands_behind_them(turn):
    lower = [Ground(100 + key, rect(3 * key, 9, turn=turn)) for key in range(4)]
    behind = [Ground(200 + key, rect(3 * key, 12, turn=turn)) for key in range(4)]
    seen = surroundings([*block(rows=1, turn=turn), *lower, *behind])
    assert seen[1].keys(Near.FACING) == (101,)
    assert [n.gap_m for n in seen[1].neighbours if n.near is Near.FACING] == [pytest.approx(6.0)]
    assert seen[101].keys(Near.FACING) == (1,)
    assert seen[201].keys(Near.FACING) == ()


def test_a_wall_across_the_aisle_hides_who_stands_behind_it():
    wall = rect(-1, 5, 14, 0.2)
    seen = surroundings([Ground(1, rect(0, 0)), Ground(2, rect(0, 8))], [wall])
    assert (seen[1].keys(Near.FACING), seen[2].keys(Near.FACING)) == ((), ())
    assert surroundings([Ground(1, rect(0, 0)), Ground(2, rect(0, 8))])[1].keys(Near.FACING) == (2,)


def test_two_booths_alone_stand_beside_each_other_and_a_corner_that_touches_is_no_wall():
    seen = surroundings([Ground(1, rect(0, 0)), Ground(2, rect(3, 0)), Ground(3, rect(6, 3))])
    assert seen[1].keys(Near.BESIDE) == (2,)
    assert seen[3].neighbours == ()


def test_a_thick_pen_and_a_curtain_are_no_aisle():
    for gap in (-0.05, 0.0, 0.45):
        seen = surroundings([Ground(1, rect(0, 0)), Ground(2, rect(3 + gap, 0))])
        assert (len(seen[1].open_sides), seen[1].keys(Near.BESIDE)) == (3, (2,))
    assert surroundings([Ground(1, rect(0, 0)), Ground(2, rect(4.5, 0))])[1].keys(Near.FACING) == (2,)


def booth(number: int, x: float, y: float, w: float = 3, h: float = 3) -> BoothOutline:
    return BoothOutline(number, "A", f"A{number}", rect(x, y, w, h), w * h)


def plan(*booths: BoothOutline, hall: tuple = (), facilities: tuple = ()) -> PlanDraft:
    return PlanDraft((HallOutline("A", hall),), booths, facilities)


def test_open_sides_are_counted_where_an_aisle_is():
    #  1 2 3   two rows back to back, a corner missing, and 6 alone beyond the aisle
    #  4 5
    draft = plan(
        booth(1, 0, 0), booth(2, 3, 0), booth(3, 6, 0), booth(4, 0, 3), booth(5, 3, 3), booth(6, 20, 0)
    )
    assert [b.open_sides for b in with_open_sides(draft).booths] == [2, 1, 3, 2, 2, 4]


def test_walls_close_a_side_and_a_gap_narrower_than_a_door_is_no_aisle():
    pillar = Facility(9, "A", FacilityKind.WALL, "", rect(10, 3.2, 3, 0.2))
    door = Facility(8, "A", FacilityKind.EXIT, "", rect(20, 0, 3, 0.2))
    walls = rect(0, 0, 30, 20)
    draft = plan(booth(1, 0, 0), booth(2, 3.4, 0), booth(3, 10, 0), hall=walls, facilities=(pillar, door))
    assert [b.open_sides for b in with_open_sides(draft).booths] == [1, 2, 2]
    assert walls_of(walls, (pillar, door)) == (walls, pillar.rings)


def test_an_l_shaped_booth_has_four_sides_too():
    ring = ((0.0, 0.0), (9.0, 0.0), (9.0, 3.0), (3.0, 3.0), (3.0, 9.0), (0.0, 9.0))
    corner = BoothOutline(1, "A", "L", (ring,), 45)
    assert with_open_sides(plan(corner)).booths[0].open_sides == 4
    backed = with_open_sides(plan(corner, booth(2, -3, 0, 3, 9)))
    assert backed.booths[0].open_sides == 3


def test_an_alternative_outline_is_in_nobodys_way_and_looks_beyond_the_booths_under_it():
    parts = (booth(1, 0, 0), booth(2, 3, 0))
    whole = BoothOutline(3, "A", "A1-2", rect(0, 0, 6, 3), 18, instead_of=("A1", "A2"))
    drawn = with_open_sides(plan(*parts, whole, booth(4, 6, 0)))
    assert [b.open_sides for b in drawn.booths] == [3, 2, 3, 3]
    assert (
        surroundings([Ground(1, parts[0].rings), Ground(2, whole.rings, (1,), solid=False)])[1].neighbours
        == ()
    )


def test_a_booth_of_a_thousand_looks_at_those_around_it_only(monkeypatch):
    looked = []
    seen = Edge.seen
    monkeypatch.setattr(Edge, "seen", lambda edge, other: looked.append(1) or seen(edge, other))
    halls = [Ground(n, rect(3 * (n % 50), 6 * (n // 50) + 3 * (n % 2))) for n in range(1000)]
    assert len(surroundings(halls)) == 1000
    assert 4 * 1000 < len(looked) < 4 * 1000 * 200


def test_a_hall_that_was_asked_about_is_not_measured_again_until_a_booth_moves() -> None:
    hall = [Ground(1, rect(0, 0)), Ground(2, rect(3, 0))]
    first = surroundings(hall)
    assert surroundings(hall)[1] is first[1]
    first.clear()
    assert set(surroundings(hall)) == {1, 2}
    apart = surroundings([Ground(1, rect(0, 0)), Ground(2, rect(30, 0))])
    assert apart[1].neighbours == ()
