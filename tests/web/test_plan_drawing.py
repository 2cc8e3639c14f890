"""The drawing of a hall: labels that fit, marks in their corners, and SVG that needs no style attribute."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fairapp.i18n import speaking
from fairapp.rules.plans import Facility, FacilityKind
from fairapp.web.plan_drawing import (
    GROUP_MARKS,
    BoothFacts,
    MarkState,
    booth_title,
    draw_hall,
    facility_word,
    with_words,
)
from fairapp.web.plan_type import LABEL_SIZES, MARK_SIZES, path_of

TEMPLATES = Path(__file__).parents[2] / "templates"
SVG = "{http://www.w3.org/2000/svg}"


def square(x: float, y: float, w: float = 3, h: float = 3):
    return (((x, y), (x + w, y), (x + w, y + h), (x, y + h)),)


def booth(number: int, x: float = 0, y: float = 0, w: float = 3, h: float = 3, **more) -> BoothFacts:
    known = {
        "state": MarkState.ALLOCATED,
        "group": "food",
        "code": f"A-{number:03d}",
        "title": f"A-{number:03d}, 9 m²",
    }
    return BoothFacts(**{"id": number, "rings": square(x, y, w, h), **known, **more})


@pytest.fixture
def macros():
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)
    return env.get_template("_shared/_plan.html").module


def drawn(macros, *booths: BoothFacts, **more) -> ElementTree.Element:
    return ElementTree.fromstring(str(macros.plan_svg(draw_hall("A", booths, **more), "Plan of hall A")))


def classes_of(svg: ElementTree.Element, tag: str) -> list[str]:
    return [found.get("class") for found in svg.iter(f"{SVG}{tag}")]


def test_the_box_holds_the_hall_with_a_margin_on_every_side():
    drawing = draw_hall("A", [booth(1), booth(2, 27, 17)])
    assert drawing.view_box == "-40 -40 380 280"
    assert drawing.floor == "M-20 -20L320 -20L320 220L-20 220Z"


def test_an_outline_is_the_floor():
    assert draw_hall("A", [booth(1)], square(0, 0, 50, 30)).view_box == "-20 -20 540 340"


@pytest.mark.parametrize(
    ("at", "kind", "said"),
    [
        ((0.0, 15.0), FacilityKind.EXIT, "← Thoát hiểm"),
        ((0.0, 15.0), FacilityKind.ENTRANCE, "Thoát hiểm →"),
        ((49.5, 15.0), FacilityKind.ENTRANCE, "← Thoát hiểm"),
        ((25.0, 0.5), FacilityKind.ENTRANCE, "↓ Thoát hiểm"),
        ((25.0, 30.0), FacilityKind.ENTRANCE, "↑ Thoát hiểm"),
    ],
)
def test_the_word_at_a_door_stands_outside_its_wall_and_points_the_way(at, kind, said):
    door = Facility(1, "A", kind, "", ((at,),))
    drawing = draw_hall("A", [booth(1)], square(0, 0, 50, 30), [(door, "Thoát hiểm")])
    ((word, baseline),) = drawing.facilities[0].label.lines
    size, x, y = (
        float(each) for each in (drawing.facilities[0].label.size, drawing.facilities[0].label.x, baseline)
    )
    half = len(word) * size * 0.32
    across_the_side = x + half > 0 and x - half < 500
    across_the_end = y > 0 and y - size < 300
    assert (word, across_the_side and across_the_end) == (said, False)
    left, top, width, height = map(float, drawing.view_box.split())
    assert left <= x - half <= x + half <= left + width
    assert top <= y - size <= y <= top + height


def test_the_word_of_a_door_inside_the_hall_stays_at_it():
    door = Facility(1, "A", FacilityKind.ENTRANCE, "", (((25.0, 15.0),),))
    drawing = draw_hall("A", [booth(1)], square(0, 0, 50, 30), [(door, "Cổng")])
    assert (drawing.facilities[0].label.x, drawing.facilities[0].label.lines[0][0]) == ("250", "Cổng")
    assert drawing.view_box == "-20 -20 540 340"


def test_looking_around_a_booth_shows_it_and_what_is_near():
    drawing = draw_hall("A", [booth(1), booth(2, 60, 40)], square(0, 0, 100, 80), around=2, reach_m=10)
    assert drawing.view_box == "500 300 230 230"


def test_a_hall_without_anything_is_still_a_picture():
    assert draw_hall("A", []).booths == ()


def test_the_number_leaves_out_the_halls_letter_and_is_as_large_as_fits():
    small, large = draw_hall("A", [booth(1), booth(2, 10, 10, 20, 20)]).booths
    assert ([line for line, _ in small.label.lines], small.label.size) == (["001"], "12")
    assert large.label.size == "30"


def test_a_double_code_stands_in_two_lines_and_a_narrow_booth_reads_upright():
    double, narrow = draw_hall(
        "5.1", [booth(1, code="A-010 B-011"), booth(2, 10, 10, 1.5, 9, code="A-012")]
    ).booths
    assert [line for line, _ in double.label.lines] == ["A-010", "B-011"]
    assert (double.label.turn, narrow.label.turn) == ("", "rotate(-90 107.5 155.8)")


def test_a_label_never_leaves_its_booth():
    for width in (1, 2, 3, 5, 8, 13):
        for code in ("1", "A-012", "A-010 B-011", "PAVILION-7"):
            (mark,) = draw_hall("H", [booth(1, 0, 0, width, 3, code=code)]).booths
            room = width * 10 if not mark.label.turn else 30
            assert max(len(line) for line, _ in mark.label.lines) * 0.64 * float(mark.label.size) <= room or (
                mark.label.step == 0
            )


def test_the_group_mark_hides_where_nobody_stands_yet():
    free, taken = draw_hall("A", [booth(1, state=MarkState.FREE), booth(2, 3)]).booths
    assert (free.mark, free.classes) == (None, "bth bth--free")
    assert (taken.mark.transform, taken.classes) == (
        "translate(33.1 3.1) scale(0.583)",
        "bth bth--allocated bth--food",
    )


def test_states_have_an_edge_and_a_sign_and_a_blocked_booth_no_number(macros):
    svg = drawn(macros, *(booth(n, 3 * n, state=state) for n, state in enumerate(MarkState)))
    groups = {
        g.get("class").split()[1]: g for g in svg.iter(f"{SVG}g") if (g.get("class") or "").startswith("bth ")
    }
    parts = {
        state: [part.get("class").split()[0] for part in list(group.iter())[1:] if part.get("class")]
        for state, group in groups.items()
    }
    assert parts == {
        "bth--free": ["bth__r", "bth__no"],
        "bth--held": ["bth__r", "bth__s", "bth__m", "bth__sign", "bth__no"],
        "bth--offered": ["bth__r", "bth__s", "bth__m", "bth__sign", "bth__no"],
        "bth--allocated": ["bth__r", "bth__m", "bth__no"],
        "bth--kept": ["bth__r", "bth__sign", "bth__no"],
        "bth--blocked": ["bth__r"],
        "bth--alternative": ["bth__r", "bth__no"],
    }


def test_a_booth_with_an_address_is_a_link_and_without_one_a_button(macros):
    svg = drawn(macros, booth(1, href="/f/X/booths/1"), booth(2, 3))
    link = next(svg.iter(f"{SVG}a"))
    assert (link.get("href"), link.get("role"), link.get("aria-label")) == (
        "/f/X/booths/1",
        None,
        "A-001, 9 m²",
    )
    (button,) = (g for g in svg.iter(f"{SVG}g") if g.get("role") == "button")
    assert (button.get("aria-label"), button.get("data-code"), button.get("data-id")) == (
        "A-002, 9 m²",
        "A-002",
        "2",
    )


def test_what_people_typed_cannot_leave_its_attribute(macros):
    svg = drawn(macros, booth(1, code='"><script>', title="<b>\" onclick='x'", words="</g>"))
    assert [g.get("aria-label") for g in svg.iter(f"{SVG}g") if g.get("role") == "button"] == [
        "<b>\" onclick='x'"
    ]


def test_nothing_carries_an_inline_style_or_handler(macros):
    door = Facility(9, "A", FacilityKind.ENTRANCE, "", square(0, 9, 3, 0.5))
    booths = [
        booth(n, 3 * n, state=s, conflict=n == 1, selected=n == 2, you=n == 3, wish=n)
        for n, s in enumerate(MarkState)
    ]
    drawing = draw_hall(
        "A", booths, facilities=[(door, "Cửa 1")], pavilions=[("Đoàn Lào Cai", [square(0, 0, 6, 3)])]
    )
    page = str(macros.plan_box(drawing, "Plan")) + str(
        macros.plan_legend([("food", "Food")], ["free"], conflict=True)
    )
    assert re.findall(r"\s(?:style|on\w+)=", page) == []
    assert page.count('class="wish__n"') == len(MarkState) - 1  # no wish 0
    assert len(re.findall(r'class="bth__flag" d=', page)) == 2  # on the booth, and in the legend


def test_doors_have_words_walls_have_none_and_a_point_has_no_path():
    things = [
        (Facility(1, "A", FacilityKind.ENTRANCE, "", (((4.0, 0.0),),)), "Cửa 1"),
        (Facility(2, "A", FacilityKind.WALL, "", square(0, 0, 9, 0.2)), "Wall"),
        (Facility(3, "A", FacilityKind.STAGE, "", square(0, 3, 6, 6)), "Sân khấu"),
    ]
    door, wall, stage = draw_hall("A", [booth(1)], facilities=things).facilities
    assert (door.path, [line for line, _ in door.label.lines]) == ("", ["↓ Cửa 1"])
    assert (wall.label, bool(wall.path)) == (None, True)
    assert [line for line, _ in stage.label.lines] == ["Sân", "khấu"]


def test_a_zone_says_its_name_at_its_foot_and_a_pavilion_has_a_tab_above_its_line():
    zone = Facility(1, "A", FacilityKind.ZONE, "food", square(0, 0, 20, 12))
    pavilion = Facility(2, "A", FacilityKind.PAVILION, "Quốc tế", square(3, 3, 9, 6))
    settings = {"zones": {"food": {"vi": "Khu thực phẩm", "en": "Food"}}}
    with speaking("en"):
        hall = draw_hall("A", [booth(1, 3, 3)], facilities=with_words((zone, pavilion), settings))
        assert facility_word(zone) == facility_word(zone, {"zones": "none"}) == "food"
    (area,) = hall.facilities
    assert (area.label.lines, area.label.x) == ((("Food", "116"),), "100")
    assert [(each.name, each.path) for each in hall.pavilions] == [("Quốc tế", path_of(pavilion.rings))]


def test_a_hole_is_part_of_the_path():
    assert path_of((*square(0, 0, 9, 9), *square(3, 3))) == "M0 0L90 0L90 90L0 90ZM30 30L60 30L60 60L30 60Z"


def test_a_booths_sentence_is_whole_in_both_languages():
    facts = ("A-015", 9.0, MarkState.OFFERED, "Food", "", True)
    with speaking("en"):
        assert booth_title(*facts) == "A-015, 9 m², Food, offered, waiting for the answer, in conflict"
    with speaking("vi"):
        assert booth_title(*facts) == "A-015, 9 m², Food, đã đề nghị, chờ trả lời, có xung đột"


def test_the_legend_and_the_script_know_the_same_marks_and_sizes(macros):
    script = (TEMPLATES.parent / "static" / "_shared" / "plan" / "view.js").read_text()
    assert macros.group_marks == GROUP_MARKS
    assert f"LABEL_SIZES = {list(LABEL_SIZES)};" in script
    assert f"MARK_SIZES = {list(MARK_SIZES)};" in script
