"""What is measured on a plan, and plans with the troubles of real ones made publishable."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairapp.adapters.plans.geojson import read_plan
from fairapp.adapters.plans.measuring import joined_outline, survey
from fairapp.rules.plan_cures import propose, settle, unsettled
from fairapp.rules.plan_findings import Cure, Fault, Survey, folded
from fairapp.rules.plans import BoothOutline, HallOutline, PlanDraft

DATA = Path(__file__).parents[2] / "data" / "plans"


def booth(number: int, x: float, y: float, w: float = 3, h: float = 3) -> BoothOutline:
    ring = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
    return BoothOutline(number, "A", f"A{number}", (ring,), w * h)


def plan(*booths: BoothOutline) -> PlanDraft:
    return PlanDraft((HallOutline("A"),), booths)


@pytest.fixture
def troubled() -> PlanDraft:
    return read_plan((DATA / "troubled.geojson").read_bytes()).draft


def test_every_trouble_of_a_real_plan_is_marked_with_its_cure(troubled):
    found = unsettled(troubled, survey(troubled))
    assert [(f.number, f.fault, f.proposed and f.proposed.cure) for f in found] == [
        (2, Fault.CODE_REPEATED, Cure.RECODE),
        (3, Fault.CODE_REPEATED, Cure.RECODE),
        (5, Fault.OVERLAPS, Cure.SAME_BOOTH),
        (6, Fault.OVERLAPS, Cure.ALTERNATIVE),
        (10, Fault.OVERLAPS, Cure.REDRAW),
        (13, Fault.CODE_REPEATED, Cure.LEAVE_OUT),
        (14, Fault.CROSSES_ITSELF, Cure.REDRAW),
        (15, Fault.CODE_MISSING, Cure.RECODE),
    ]


def test_the_cures_make_a_troubled_plan_publishable_and_lose_no_code(troubled):
    settled = settle(troubled, propose(troubled, survey(troubled)))
    assert unsettled(settled, survey(settled)) == ()
    assert {code for b in settled.booths for code in b.codes} == {
        *("A15", "A15-2", "a 15-3", "C01", "C01g", "G-1g", "G-1", "G-2", "G-3"),
        *("E-40", "E-42", "D-01", "X-1", "N1"),
    }
    assert {b.code: b.area_m2 for b in settled.booths if b.code in ("E-40", "E-42")} == {
        "E-40": 99,
        "E-42": 9,
    }
    assert [b.code for b in settled.booths if not b.lettable] == ["G-1g"]


def test_a_thick_pen_is_no_overlap():
    assert survey(plan(booth(1, 0, 0), booth(2, 2.995, 0))).overlaps == ()
    assert len(survey(plan(booth(1, 0, 0), booth(2, 2.9, 0))).overlaps) == 1


def test_the_same_place_in_two_halls_is_no_overlap():
    here, there = booth(1, 0, 0), booth(2, 0, 0)
    draft = PlanDraft((HallOutline("A"), HallOutline("B")), (here, BoothOutline(2, "B", "B", there.rings, 9)))
    assert survey(draft).overlaps == ()


boxes = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 9), st.integers(1, 9))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(boxes, st.sampled_from(["A", "B", "a", ""])), min_size=1, max_size=9))
def test_the_cures_always_settle_everything_and_no_floor_is_let_twice(drawn):
    shapes = [booth(n, *box) for n, (box, _) in enumerate(drawn, 1)]
    coded = [
        BoothOutline(b.number, "A", code, b.rings, b.area_m2)
        for b, (_, code) in zip(shapes, drawn, strict=True)
    ]
    settled = settle(plan(*coded), propose(plan(*coded), survey(plan(*coded))))
    assert unsettled(settled, survey(settled)) == ()
    codes = [folded(code) for b in settled.booths for code in b.codes]
    assert len(codes) == len(set(codes))
    assert any(b.lettable for b in settled.booths)


def test_a_block_of_booths_has_one_outline_and_an_aisle_parts_it():
    rings = [booth(n, x, y).rings for n, x, y in ((1, 0, 0), (2, 3.05, 0), (3, 12, 0))]
    outlines = joined_outline(rings)
    assert sorted(len(outline[0]) for outline in outlines) == [4, 4]
    assert len(outlines) == 2


def test_a_hall_without_booths_is_surveyed_like_any_other() -> None:
    draft = PlanDraft((HallOutline("A"), HallOutline("B")), (booth(1, 0, 0),))
    assert survey(draft) == Survey()
