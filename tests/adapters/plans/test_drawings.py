"""Plans from SVG and DXF: equal to the plan in GeoJSON whatever the unit; and files that are none."""

from dataclasses import replace

import pytest

from fairapp.adapters.plans import files, svg
from fairapp.adapters.plans.files import read_file
from fairapp.adapters.plans.reading import PlanUnreadable
from fairapp.adapters.plans.sheets import Wanted
from fairapp.adapters.plans.writing import write_dxf, write_geojson, write_svg
from fairapp.rules.fairs import FloorKind
from fairapp.rules.plan_findings import PlanTrouble
from fairapp.rules.plan_layers import Layer, Unit
from fairapp.rules.plans import BoothOutline, Facility, FacilityKind, HallOutline, PlanDraft

SQUARES = {"A1": (0.0, 0.0), "A2": (3.0, 0.0), "A3": (3.0, 3.0)}


def dxf(*entities: str, header: str = "9\n$INSUNITS\n70\n6\n", blocks: str = "") -> bytes:
    text = f"0\nSECTION\n2\nHEADER\n{header}0\nENDSEC\n"
    text += f"0\nSECTION\n2\nBLOCKS\n{blocks}0\nENDSEC\n" if blocks else ""
    return (text + "0\nSECTION\n2\nENTITIES\n" + "".join(entities) + "0\nENDSEC\n0\nEOF\n").encode()


def outline(x: float, y: float, size: float = 3.0, layer: str = "BOOTH", closed: int = 1) -> str:
    corners = ((x, y), (x + size, y), (x + size, y + size), (x, y + size))
    points = "".join(f"10\n{px}\n20\n{py}\n" for px, py in corners)
    return f"0\nLWPOLYLINE\n8\n{layer}\n90\n4\n70\n{closed}\n{points}"


def word(text: str, x: float, y: float, layer: str = "BOOTH_NO") -> str:
    return f"0\nTEXT\n8\n{layer}\n10\n{x}\n20\n{y}\n40\n0.6\n1\n{text}\n"


def squares(scale: float = 1.0) -> list[str]:
    """The three booths with y up: what lies below in the drawing lies below in the hall."""
    return [
        part
        for code, (x, y) in SQUARES.items()
        for part in (
            outline(x * scale, (3 - y) * scale, 3 * scale),
            word(code, (x + 1.5) * scale, (4.5 - y) * scale),
        )
    ]


def places(data: bytes, **wanted: object) -> dict[str, tuple[float, float]]:
    draft = read_file(data, Wanted("A", **wanted)).draft
    return {b.code: min(b.rings[0]) for b in draft.booths}


def trouble_of(data: bytes, **wanted: object) -> PlanTrouble:
    with pytest.raises(PlanUnreadable) as caught:
        read_file(data, Wanted("A", **wanted))
    return caught.value.trouble


def test_a_dxf_has_y_up_and_ends_where_the_svg_does():
    shapes = "".join(
        f'<g class="booth"><rect x="{x}" y="{y}" width="3" height="3"/><text x="0" y="0">{code}</text></g>'
        for code, (x, y) in SQUARES.items()
    )
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="6m" viewBox="0 0 6 6">{shapes}</svg>'
    assert places(dxf(*squares())) == places(picture.encode()) == SQUARES


@pytest.mark.parametrize(
    ("code", "unit"), [(1, Unit.INCH), (2, Unit.FOOT), (4, Unit.MILLIMETRE), (5, Unit.CENTIMETRE)]
)
def test_a_drawing_in_inches_or_millimetres_is_recognised_and_named(code, unit):
    scale = {Unit.INCH: 1 / 0.0254, Unit.FOOT: 1 / 0.3048, Unit.MILLIMETRE: 1000, Unit.CENTIMETRE: 100}[unit]
    said = dxf(*squares(scale), header=f"9\n$INSUNITS\n70\n{code}\n")
    assert read_file(said).unit is unit
    assert places(said) == SQUARES


def test_a_drawing_without_a_unit_is_read_when_only_one_is_likely_and_asked_about_otherwise():
    plain = "9\n$INSUNITS\n70\n0\n"
    assert read_file(dxf(*squares(1000), header=plain)).unit is Unit.MILLIMETRE
    unclear = dxf(*squares(4), header=plain)
    assert trouble_of(unclear) is PlanTrouble.UNIT_UNKNOWN
    assert read_file(unclear, Wanted("A", Unit.FOOT)).draft.booths[0].area_m2 == pytest.approx(13.38, 0.01)


def test_a_unit_that_makes_booths_smaller_than_a_stamp_is_not_believed():
    metres_called_millimetres = dxf(*squares(), header="9\n$INSUNITS\n70\n4\n")
    assert trouble_of(metres_called_millimetres) is PlanTrouble.UNIT_WRONG
    assert places(metres_called_millimetres, unit=Unit.METRE) == SQUARES


def test_layers_are_guessed_by_their_names_and_taken_as_said():
    drawing = dxf(
        *squares(),
        outline(-1, -1, 20, layer="A-HALL-OUTLINE"),
        outline(10, 10, 2, layer="FIRE-EXIT"),
        outline(12, 12, 2, layer="Furniture"),
    )
    read = read_file(drawing)
    assert dict(read.layers) == {
        "BOOTH": Layer.BOOTHS,
        "A-HALL-OUTLINE": Layer.HALL,
        "FIRE-EXIT": Layer.FACILITIES,
        "Furniture": Layer.LEFT_OUT,
        "BOOTH_NO": Layer.LABELS,
    }
    assert [f.kind for f in read.draft.facilities] == [FacilityKind.EXIT]
    assert len(read_file(drawing, Wanted("A", None, {"Furniture": Layer.BOOTHS})).draft.booths) == 4
    unnamed = dxf(*(part.replace("BOOTH_NO", "T").replace("BOOTH", "X") for part in squares()))
    assert places(unnamed) == SQUARES


def test_blocks_are_unfolded_turned_scaled_and_named_by_their_attribute():
    block = "0\nBLOCK\n8\n0\n2\nSTAND\n10\n0\n20\n0\n" + outline(0, 0, 3, "0") + "0\nENDBLK\n8\n0\n"
    attribute = "0\nATTRIB\n8\nBOOTH_NO\n10\n8.5\n20\n1\n40\n0.5\n1\nB7\n2\nNO\n70\n0\n0\nSEQEND\n8\n0\n"
    insert = "0\nINSERT\n8\nSTANDS\n66\n1\n2\nSTAND\n10\n10\n20\n0\n41\n2\n42\n1\n50\n90\n"
    booth = read_file(dxf(insert, attribute, blocks=block)).draft.booths[0]
    assert (booth.code, booth.area_m2) == ("B7", 18.0)
    assert {round(x, 2) for x, _ in booth.rings[0]} == {7.0, 10.0}


def test_an_arc_of_a_polyline_becomes_corners():
    corners = "10\n0\n20\n0\n10\n4\n20\n0\n42\n1\n10\n4\n20\n4\n10\n0\n20\n4\n"
    bulging = f"0\nLWPOLYLINE\n8\nBOOTH\n90\n3\n70\n1\n{corners}"
    area = read_file(dxf(bulging, word("R1", 2, 2))).draft.booths[0].area_m2
    assert area == pytest.approx(16 + 3.14159 * 2, abs=0.1)


def test_alternative_outlines_in_one_place_take_their_labels_in_the_order_of_drawing():
    drawing = dxf(outline(0, 0), word("A1", 1.5, 1.5), outline(0, 0), word("A1g", 1.5, 1.5))
    assert [b.code for b in read_file(drawing).draft.booths] == ["A1", "A1g"]


def test_paths_transforms_and_titles_of_svg_are_understood():
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" data-unit="mm" viewBox="0 0 9000 9000"><g class="booths">'
        '<path transform="translate(1000 0)" d="M0 0h3000v3e3H0z"><title>P1</title></path>'
        '<path d="M6000 6000 A1500 1500 0 1 1 6000 9000 A1500 1500 0 1 1 6000 6000Z"><title>P2</title></path>'
        '<rect display="none" width="3000" height="3000"/></g></svg>'
    )
    booths = read_file(picture.encode()).draft.booths
    assert (booths[0].code, booths[0].area_m2) == ("P1", 9.0)
    assert booths[1].area_m2 == pytest.approx(7.07, abs=0.15)
    assert len(booths) == 2


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<svg><text>&b;</text></svg>"
)
OUTSIDE = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>'


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (BOMB.encode(), PlanTrouble.ENTITIES),
        (OUTSIDE.encode(), PlanTrouble.ENTITIES),
        (b"<svg><g>" + b"<g>" * 100, PlanTrouble.TOO_DEEP),
        (b"<svg><rect", PlanTrouble.NOT_XML),
        (b"<html></html>", PlanTrouble.NOT_A_PLAN_FILE),
        (b"<svg></svg>", PlanTrouble.NO_BOOTHS),
        (b"%PDF-1.7", PlanTrouble.NOT_A_PLAN_FILE),
        (b"", PlanTrouble.NOT_A_PLAN_FILE),
        (b"AutoCAD Binary DXF\r\n\x1a\x00", PlanTrouble.BINARY_DXF),
        (b"0\nSECTION\n2\nENTITIES\nnonsense\n1\n0\nEOF\n", PlanTrouble.NOT_DXF),
        (dxf(), PlanTrouble.NO_BOOTHS),
        (dxf(outline(0, 0, closed=0)), PlanTrouble.NO_BOOTHS),
    ],
)
def test_what_is_no_plan_is_refused_by_name(data, trouble):
    assert trouble_of(data) is trouble


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(files, "kind_of", lambda data: pytest.fail("it was looked into"))
    assert trouble_of(bytes(100_000_001)) is PlanTrouble.TOO_LARGE


def test_elements_and_nested_blocks_are_bounded(monkeypatch):
    monkeypatch.setattr(svg, "MAX_ELEMENTS", 50)
    assert trouble_of(b"<svg>" + b"<rect/>" * 60 + b"</svg>") is PlanTrouble.TOO_MANY_FEATURES
    insert = "0\nINSERT\n8\n0\n2\nB\n10\n0\n20\n0\n"
    itself = f"0\nBLOCK\n8\n0\n2\nB\n{insert}0\nENDBLK\n"
    assert trouble_of(dxf(insert, blocks=itself)) is PlanTrouble.TOO_DEEP


def test_numbers_that_are_none_move_nothing_and_an_endless_corner_is_refused_alone():
    wild = outline(0, 0).replace("10\n3.0\n", "10\n1e999\n", 1)
    assert len(read_file(dxf(wild, *squares())).draft.booths) == 4


def whole() -> PlanDraft:
    ring = ((0.0, 0.0), (9.0, 0.0), (9.0, 3.0), (3.0, 3.0), (3.0, 9.0), (0.0, 9.0))
    hole = ((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5))
    square = tuple((x + 12.5, y + 2.125) for x, y in ((0, 0), (3, 0), (3, 3), (0, 3)))
    hall = ((-2.0, -2.0), (30.0, -2.0), (30.0, 20.0), (-2.0, 20.0))
    return PlanDraft(
        (HallOutline("Nhà Đ", (hall,)),),
        (
            BoothOutline(1, "Nhà Đ", "A-01", (ring, hole), 44.0, FloorKind.RAW_SPACE, "Thực phẩm"),
            BoothOutline(2, "Nhà Đ", "B “2” 入口 😀", (square,), 9.0, also=("B2a", "B 2"), zone="<khu&>"),
            BoothOutline(3, "Nhà Đ", "C3", (square,), 9.0, instead_of=("B “2” 入口 😀",)),
        ),
        (
            Facility(4, "Nhà Đ", FacilityKind.ENTRANCE, "Cửa 1", (((5.0, 20.0), (8.0, 20.0), (8.0, 20.5)),)),
            Facility(5, "Nhà Đ", FacilityKind.POWER, "", (((4.0, 4.5),),), 22.5),
        ),
    )


@pytest.mark.parametrize("write", [write_geojson, write_svg, write_dxf])
def test_what_is_taken_away_comes_back_equal(write):
    read = read_file(write(whole(), "Nhà Đ"))
    assert read.findings == ()
    back = read.draft
    assert [replace(b, number=0) for b in back.booths] == [replace(b, number=0) for b in whole().booths]
    assert [replace(f, number=0) for f in back.facilities] == [
        replace(f, number=0) for f in whole().facilities
    ]
    assert back.halls == whole().halls
