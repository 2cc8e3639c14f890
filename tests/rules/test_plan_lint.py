"""The check of a hall: what it finds, where, and that a sound hall has nothing."""

import pytest

from fairapp.rules.plan_figures import Figures, Lint, figures_of
from fairapp.rules.plan_laying import Count as Way
from fairapp.rules.plan_laying import RowFault, RowRule, faults_of, laid_out, letter_number, letters_of
from fairapp.rules.plan_lint import lint_hall, linted
from fairapp.rules.plan_zones import with_zones
from fairapp.rules.plans import BoothOutline, Facility, FacilityKind, HallOutline, PlanDraft


def rect(x, y, w=3.0, h=3.0):
    return (((x, y), (x + w, y), (x + w, y + h), (x, y + h)),)


def booth(number, x, y, w=3.0, h=3.0, code=""):
    return BoothOutline(number, "A", code or f"A{number:02d}", rect(x, y, w, h), w * h)


DOORS = (
    Facility(901, "A", FacilityKind.ENTRANCE, "Cửa 1", rect(18, 29.5, 4, 0.5)),
    Facility(902, "A", FacilityKind.EXIT, "", rect(0, 14, 0.5, 2)),
)


def hall(*booths, facilities=DOORS):
    return PlanDraft((HallOutline("A", rect(0, 0, 40, 30)),), booths, facilities)


def found(draft, **figures):
    return {each.lint: each for each in linted(draft, Figures(**figures))}


def test_a_sound_hall_has_nothing_to_look_at():
    row = [booth(n, 6 + 3 * n, 6) for n in range(1, 6)]
    across = [booth(n, 6 + 3 * (n - 10), 12, code=f"B{n}") for n in range(11, 16)]
    assert found(hall(*row, *across)) == {}


def test_a_narrow_way_is_found_with_both_sides_and_where_it_lies():
    draft = hall(booth(1, 10, 10), booth(2, 10, 14.5), booth(3, 20, 10))
    narrow = found(draft)[Lint.AISLE_NARROW]
    assert (narrow.codes, dict(narrow.facts)) == (("A01", "A02"), {"gap": 1.5, "wanted": 2.0})
    assert narrow.lines == (((11.5, 13.0), (11.5, 14.5)),) or narrow.lines == (((11.5, 14.5), (11.5, 13.0)),)
    assert Lint.AISLE_NARROW not in found(draft, aisle_m=1.5)


def test_a_booth_walled_in_by_others_cannot_be_reached():
    ring = [
        booth(n, x, y)
        for n, (x, y) in enumerate(
            [(10, 10), (13, 10), (16, 10), (10, 13), (16, 13), (10, 16), (13, 16), (16, 16)], 1
        )
    ]
    inner = booth(99, 14, 14, 1, 1)
    assert found(hall(*ring, inner), aisle_m=0.6)[Lint.UNREACHABLE].codes == ("A99",)
    assert Lint.UNREACHABLE not in found(hall(*ring[:-2], inner), aisle_m=0.6)


def test_a_hall_without_doors_says_so_and_an_entrance_alone_is_an_exit_too():
    row = booth(1, 10, 10)
    assert set(found(hall(row, facilities=()))) == {Lint.NO_ENTRANCE, Lint.NO_EXIT}
    assert found(hall(row, facilities=DOORS[:1])) == {}


def test_a_door_with_a_booth_before_it_is_blocked_and_names_the_booth():
    blocked = found(hall(booth(1, 18, 25.5), booth(2, 10, 10)))[Lint.EXIT_BLOCKED]
    assert (blocked.codes, blocked.facility) == (("A01",), 901)
    assert Lint.EXIT_BLOCKED not in found(hall(booth(1, 18, 24.9)))


def test_the_way_to_the_next_exit_is_walked_around_booths():
    far = found(hall(booth(1, 35, 3)), exit_reach_m=20)[Lint.EXIT_FAR]
    assert far.codes == ("A01",)
    assert 34 <= dict(far.facts)["far"] <= 42
    wall = Facility(903, "A", FacilityKind.WALL, "", rect(20, 0, 0.3, 27))
    longer = found(hall(booth(1, 35, 3), facilities=(DOORS[1], wall)), exit_reach_m=20)[Lint.EXIT_FAR]
    assert dict(longer.facts)["far"] > dict(far.facts)["far"] + 5


def test_what_reaches_beyond_the_walls_and_jumps_in_its_row_is_named():
    row = [booth(n, 6 + 3 * at, 6, code=f"B{n}") for at, n in enumerate((1, 2, 9, 4, 5), 1)]
    seen = found(
        hall(*[BoothOutline(i, "A", b.code, b.rings, 9) for i, b in enumerate(row)], booth(50, 38, 20))
    )
    assert seen[Lint.OUTSIDE_HALL].codes == ("A50",)
    assert seen[Lint.OUT_OF_ORDER].codes == ("B9",)


def test_a_row_counted_backwards_or_by_odd_numbers_is_in_order():
    for numbers in ((9, 7, 5, 3), (2, 4, 6, 8)):
        row = [BoothOutline(at, "A", f"B{n}", rect(6 + 3 * at, 6), 9) for at, n in enumerate(numbers)]
        assert found(hall(*row)) == {}


def test_a_number_with_a_letter_stands_after_its_own_number():
    for codes in (("B4", "B4a", "B4b", "B6"), ("B6", "B4b", "B4a", "B4")):
        row = [BoothOutline(at, "A", code, rect(6 + 3 * at, 6), 9) for at, code in enumerate(codes)]
        assert found(hall(*row)) == {}
    jumps = [
        BoothOutline(at, "A", code, rect(6 + 3 * at, 6), 9)
        for at, code in enumerate(("B4", "B6", "B4a", "B8"))
    ]
    assert Lint.OUT_OF_ORDER in found(hall(*jumps))


def test_what_is_just_inside_just_near_and_just_reached_is_no_finding():
    assert found(hall(booth(50, 37, 20))) == {}
    far = dict(found(hall(booth(1, 35, 3)), exit_reach_m=20)[Lint.EXIT_FAR].facts)["far"]
    assert found(hall(booth(1, 35, 3)), exit_reach_m=far + 1) == {}
    point = Facility(904, "A", FacilityKind.POWER, "P1", (((12.0, 14.0),),), 11.0)
    draft = hall(booth(1, 10.5, 20.5), facilities=(*DOORS, point))
    assert found(draft, power_reach_m=8.0) == {}
    assert found(draft, power_reach_m=7.9).keys() == {Lint.POWER_FAR}


def test_a_power_point_gives_what_it_gives():
    point = Facility(904, "A", FacilityKind.POWER, "P1", (((12.0, 14.0),),), 1.0)
    row = [booth(n, 6 + 3 * n, 10) for n in range(1, 4)]
    over = found(hall(*row, facilities=(*DOORS, point)))[Lint.POWER_OVERLOADED]
    assert (dict(over.facts), len(over.lines), over.facility) == ({"load": 1.6, "limit": 1.0}, 3, 904)
    near = found(hall(*row, facilities=(*DOORS, point)), power_w_m2=30, power_reach_m=3)
    assert Lint.POWER_OVERLOADED not in near
    assert near[Lint.POWER_FAR].codes == ("A03",)


def test_what_is_asked_for_or_ordered_in_a_booth_counts_where_it_is_more_than_usual():
    point = Facility(904, "A", FacilityKind.POWER, "P1", (((12.0, 14.0),),), 3.0)
    draft = hall(booth(1, 9, 10), booth(2, 12, 10), facilities=(*DOORS, point))
    assert lint_hall(draft, draft.halls[0], Figures(), {1: 2_400.0, 2: 100.0}) == ()
    (over,) = lint_hall(draft, draft.halls[0], Figures(), {1: 2_500.0})
    assert (over.lint, dict(over.facts)) == (Lint.POWER_OVERLOADED, {"load": 3.0, "limit": 3.0})


def test_figures_of_a_fair_are_its_own_and_nonsense_is_the_default():
    assert figures_of({"aisle_m": 3, "exit_reach_m": "far", "power_w_m2": -1}) == Figures(aisle_m=3.0)


def test_every_one_of_a_thousand_booths_is_checked():
    booths = [booth(n, 6 + 3 * (n % 50), 6 + 6 * (n // 50) + 3 * (n % 2)) for n in range(1000)]
    plan = PlanDraft((HallOutline("A", rect(0, 0, 170, 140)),), tuple(booths), DOORS)
    walled_in = next(each for each in linted(plan, Figures()) if each.lint is Lint.UNREACHABLE)
    assert len(walled_in.numbers) > 800  # whoever looks only at other booths


# --- rows by a rule ---


def test_letters_of_rows_skip_i_and_o():
    assert [letters_of(n) for n in (0, 7, 8, 12, 13, 23, 24, 25)] == [
        "A",
        "H",
        "J",
        "N",
        "P",
        "Z",
        "AA",
        "AB",
    ]
    assert [letter_number(text) for text in ("A", "Z", "AA", "I", "O", "", "Ä")] == [
        0,
        23,
        24,
        None,
        None,
        None,
        None,
    ]


def test_rows_stand_back_to_back_with_an_aisle_after_each_pair():
    laid = laid_out(RowRule(count=2, rows=4, double=True, aisle=3.0, letter="H"))
    assert [each.code for each in laid] == ["H01", "H02", "J01", "J02", "K01", "K02", "L01", "L02"]
    assert [each.ring[0] for each in laid[::2]] == [(0, 0), (0, 3), (0, 9), (0, 12)]


def test_numbers_may_run_back_and_forth_and_a_row_may_be_turned():
    laid = laid_out(RowRule(count=2, rows=2, letter="", first=7, digits=3, numbering=Way.SNAKE))
    assert [(each.code, each.ring[0][0]) for each in laid] == [("007", 0), ("008", 3), ("009", 3), ("010", 0)]
    turned = laid_out(RowRule(count=2, x=5.0, y=1.0, turn=90.0))
    assert turned[1].ring[0] == (5.0, 4.0)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (RowRule(count=501), RowFault.TOO_MANY),
        (RowRule(count=0), RowFault.TOO_MANY),
        (RowRule(count=50, rows=11), RowFault.TOO_MANY),
        (RowRule(count=2, width=0.1), RowFault.SIZE),
        (RowRule(count=2, letter="O"), RowFault.LETTER),
    ],
)
def test_a_rule_that_makes_no_row_says_why(rule, fault):
    assert faults_of(rule) == (fault,)
    with pytest.raises(ValueError, match=fault.value):
        laid_out(rule)


def test_a_booth_belongs_to_the_smallest_zone_around_its_middle():
    zones = (
        Facility(1, "A", FacilityKind.ZONE, "Wide", rect(0, 0, 40, 30)),
        Facility(2, "A", FacilityKind.ZONE, "Food", rect(0, 0, 10, 10)),
    )
    draft = with_zones(hall(booth(5, 1, 1), booth(6, 20, 20), facilities=zones))
    assert [each.zone for each in draft.booths] == ["Food", "Wide"]


def test_a_booth_across_the_end_of_two_rows_parts_their_order():
    upper = [BoothOutline(at, "A", f"B{30 + at}", rect(6 + 3 * at, 9), 9) for at in range(4)]
    lower = [BoothOutline(10 + at, "A", f"B{34 + at}", rect(6 + 3 * at, 12), 9) for at in range(4)]
    end = BoothOutline(20, "A", "B38", rect(18, 9, 3, 6), 18)
    assert Lint.OUT_OF_ORDER not in found(hall(*upper, *lower, end))
