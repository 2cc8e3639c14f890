"""Plans as values: kept as JSON, compared, settled; and the plane geometry under them."""

import json
from dataclasses import replace

import pytest

from fairapp.rules.fairs import BoothForm, FloorKind
from fairapp.rules.geometry import (
    Spot,
    area,
    centroid,
    label_room,
    nearest,
    without_needless_points,
)
from fairapp.rules.plan_cures import propose, settle, unsettled
from fairapp.rules.plan_findings import Cure, Fault, Overlap, Settlement, Survey
from fairapp.rules.plans import (
    BoothChange,
    BoothOutline,
    Facility,
    FacilityKind,
    HallOutline,
    PlanDraft,
    differences,
    form_of,
    from_json,
    to_json,
)


def square(x: float, y: float, side: float = 3) -> tuple[tuple[tuple[float, float], ...], ...]:
    return (((x, y), (x + side, y), (x + side, y + side), (x, y + side)),)


def booth(
    number: int, code: str, x: float = 0, y: float = 0, side: float = 3, **more: object
) -> BoothOutline:
    return BoothOutline(number, "A", code, square(x, y, side), side * side, **more)  # type: ignore[arg-type]


def plan(*booths: BoothOutline) -> PlanDraft:
    return PlanDraft((HallOutline("A"),), booths)


L_SHAPE = (((0.0, 0.0), (9.0, 0.0), (9.0, 3.0), (3.0, 3.0), (3.0, 9.0), (0.0, 9.0)),)


def test_area_leaves_holes_out():
    assert area((*square(0, 0, 10), *square(2, 2, 2))) == 96


def test_the_centroid_of_a_far_away_square_is_exact():
    assert centroid(square(500_000, 500_000, 4)) == (500_002, 500_002)


def test_a_label_finds_its_room_in_the_leg_of_an_l():
    assert label_room(L_SHAPE) == ((4.5, 1.5), 9.0, 3.0)


def test_a_square_wears_its_label_in_the_middle():
    assert label_room(square(0, 0)) == ((1.5, 1.5), 3.0, 3.0)


def test_needless_corners_go_and_spikes_stay_visible():
    ring = [(0.0, 0.0), (1.0, 0.0), (3.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0), (0.0, 0.0)]
    assert without_needless_points(ring) == ((0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0))


def test_the_nearest_are_of_the_same_hall_then_near_then_alike_in_area():
    here = Spot("A1", "A", 0, 0, 9)
    others = [Spot("B1", "B", 1, 0, 9), Spot("A4", "A", 9, 0, 9), Spot("A3", "A", 3, 0, 18), here]
    others.append(Spot("A2", "A", 0, 3, 9))
    assert [spot.key for spot in nearest(here, others)] == ["A2", "A3", "A4"]


@pytest.mark.parametrize(
    ("sides", "name"),
    [(0, "inline"), (1, "inline"), (2, "corner"), (3, "peninsula"), (4, "island"), (6, "island")],
)
def test_open_sides_have_the_trades_names(sides, name):
    assert form_of(sides) is BoothForm(name)


def test_a_plan_survives_being_kept_as_json():
    draft = PlanDraft(
        (HallOutline("A", square(0, 0, 30)), HallOutline("B")),
        (
            booth(1, "A-1", kind=FloorKind.RAW_SPACE, zone="Food", also=("A-1g",), open_sides=3),
            booth(2, "E", instead_of=("A-1",)),
        ),
        (Facility(3, "A", FacilityKind.ENTRANCE, "Cửa 1", square(0, 0, 1)),),
    )
    assert from_json(json.loads(json.dumps(to_json(draft)))) == draft


def test_a_later_format_is_refused_by_name():
    with pytest.raises(ValueError, match="format 2 is not 1"):
        from_json({"format": 2})


def test_differences_name_what_came_went_and_changed_whatever_the_order():
    old = plan(booth(1, "A1"), booth(2, "A2", 3), booth(3, "A3", 6))
    new = plan(booth(1, "A4", 9), booth(2, "A2", 3, zone="Food", also=("A2g",)), booth(3, "A1"))
    found = differences(old, new)
    assert found.added == (("A", "A4"),)
    assert found.removed == (("A", "A3"),)
    assert found.changed == (BoothChange("A", "A2", ("zone", "also")),)
    assert not differences(old, old)


def test_a_repeated_code_gets_the_next_free_number_of_its_hall():
    draft = plan(booth(1, "A15"), booth(2, "A15-2", 3), booth(3, "a 15", 6), booth(4, "A15", 9))
    assert propose(draft, Survey()) == (
        Settlement(3, Cure.RECODE, code="a 15-3"),
        Settlement(4, Cure.RECODE, code="A15-4"),
    )
    settled = settle(draft, propose(draft, Survey()))
    assert [b.code for b in settled.booths] == ["A15", "A15-2", "a 15-3", "A15-4"]
    assert unsettled(settled, Survey()) == ()


def test_the_same_code_in_two_halls_is_no_trouble():
    assert unsettled(plan(booth(1, "1"), replace(booth(2, "1"), hall="B")), Survey()) == ()


def test_a_missing_code_gets_one():
    draft = plan(booth(1, ""), booth(2, "N1", 3))
    (finding,) = unsettled(draft, Survey())
    assert (finding.fault, finding.proposed) == (Fault.CODE_MISSING, Settlement(1, Cure.RECODE, code="N2"))


def test_two_codes_on_one_floor_become_one_booth_that_answers_to_both():
    draft = plan(booth(1, "A-047g"), booth(2, "A-047"))
    settled = settle(draft, propose(draft, Survey((Overlap(1, 2, 9),))))
    assert [b.codes for b in settled.booths] == [("A-047", "A-047g")]


def test_an_envelope_steps_back_behind_the_booths_inside_it():
    draft = plan(booth(1, "G", side=6), booth(2, "G1"), booth(3, "G2", 3))
    survey = Survey((Overlap(1, 2, 9), Overlap(1, 3, 9)), covered=((1, 0.5, square(0, 3)),))
    (finding,) = unsettled(draft, survey)
    assert (finding.number, finding.other_codes) == (1, ("G1", "G2"))
    settled = settle(draft, (finding.proposed,))
    assert [(b.code, b.lettable, b.instead_of) for b in settled.booths] == [
        ("G", False, ("G1", "G2")),
        ("G1", True, ()),
        ("G2", True, ()),
    ]
    assert unsettled(settled, survey) == ()


def test_the_organiser_may_let_the_envelope_instead():
    draft = plan(booth(1, "G", side=6), booth(2, "G1"), booth(3, "G2", 3))
    survey = Survey((Overlap(1, 2, 9), Overlap(1, 3, 9)))
    other_way = [Settlement(n, Cure.ALTERNATIVE, others=(1,)) for n in (2, 3)]
    settled = settle(draft, other_way)
    assert [b.lettable for b in settled.booths] == [True, False, False]
    assert unsettled(settled, survey) == ()


def test_an_alternative_is_let_again_once_the_booths_it_lies_on_are_left_out():
    draft = plan(booth(1, "G", side=6, instead_of=("G1",)), booth(2, "G1"))
    assert settle(draft, [Settlement(2, Cure.LEAVE_OUT)]).booths[0].lettable


def test_a_booth_that_loses_little_floor_is_drawn_without_it():
    draft = plan(booth(1, "E-40", side=9), booth(2, "E-42"))
    rest = (((3.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 3.0), (3.0, 3.0)),)
    survey = Survey((Overlap(1, 2, 9),), covered=((1, 1 / 9, rest),))
    settled = settle(draft, propose(draft, survey))
    assert (settled.booths[0].rings, settled.booths[0].area_m2) == (rest, 72)


def test_an_outline_that_cannot_be_repaired_is_left_out():
    draft = plan(booth(1, "X"))
    assert propose(draft, Survey(repairs=((1, ()),))) == (Settlement(1, Cure.LEAVE_OUT),)


def test_a_decision_about_a_stranger_is_an_error():
    with pytest.raises(ValueError, match="no booth number 7"):
        settle(plan(booth(1, "A")), [Settlement(7, Cure.LEAVE_OUT)])
