"""Plans from files: what is taken, what is refused and why."""

import json
from pathlib import Path

import pytest

from fairapp.adapters.plans import features
from fairapp.adapters.plans.geojson import read_plan
from fairapp.adapters.plans.reading import PlanUnreadable
from fairapp.rules.fairs import FloorKind
from fairapp.rules.plan_findings import Fault, PlanTrouble
from fairapp.rules.plans import FacilityKind

DATA = Path(__file__).parents[2] / "data" / "plans"


def polygon(*corners: tuple[float, float], **properties: object) -> dict[str, object]:
    ring = [list(corner) for corner in (*corners, corners[0])]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


BOOTH = polygon((0, 0), (3, 0), (3, 3), (0, 3), hall="A", code="A1")


def trouble_of(data: bytes) -> PlanTrouble:
    with pytest.raises(PlanUnreadable) as caught:
        read_plan(data)
    return caught.value.trouble


def test_a_sound_plan_is_taken_whole():
    file = read_plan((DATA / "sound.geojson").read_bytes())
    assert file.findings == ()
    assert [(hall.name, len(hall.rings)) for hall in file.draft.halls] == [("A", 1), ("B", 0)]
    assert [b.code for b in file.draft.booths_of("A")] == [f"A-{n:03d}" for n in range(1, 10)]
    assert [(f.kind, f.label) for f in file.draft.facilities] == [
        (FacilityKind.ENTRANCE, "Cửa 1"),
        (FacilityKind.STAGE, "Sân khấu"),
    ]
    first, *_, raw, _ = file.draft.booths
    assert (first.area_m2, first.kind, first.zone) == (9.0, FloorKind.SHELL_SCHEME, "Food")
    assert (raw.kind, raw.area_m2, raw.zone) == (FloorKind.RAW_SPACE, 18.0, None)


def test_every_refused_feature_says_its_number_and_why():
    file = read_plan((DATA / "refused.geojson").read_bytes())
    assert [(f.number, f.fault) for f in file.refused] == [
        (2, Fault.WRONG_GEOMETRY),
        (3, Fault.WRONG_GEOMETRY),
        (4, Fault.WRONG_GEOMETRY),
        (5, Fault.NO_AREA),
        (6, Fault.BAD_COORDINATE),
        (7, Fault.BAD_COORDINATE),
        (8, Fault.BAD_TEXT),
        (9, Fault.BAD_TEXT),
        (10, Fault.BAD_TEXT),
        (11, Fault.BAD_TEXT),
        (12, Fault.NOT_A_FEATURE),
        (13, Fault.WRONG_GEOMETRY),
        (14, Fault.NOT_A_FEATURE),
    ]
    assert [(f.number, f.fault) for f in file.findings if f not in file.refused] == [
        (15, Fault.HALL_MISSING),
        (16, Fault.AREA_DIFFERS),
        (17, Fault.KIND_UNKNOWN),
        (18, Fault.KIND_UNKNOWN),
    ]
    assert [b.code for b in file.draft.booths] == ["OK-1", "H2", "S1", "K1"]
    assert [b.area_m2 for b in file.draft.booths if b.code == "S1"] == [9.0]  # the outline wins


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", PlanTrouble.NOT_JSON),
        (b'{"type": "FeatureCollection", "features": [', PlanTrouble.NOT_JSON),
        (b'{"type": NaN}', PlanTrouble.BAD_NUMBER),
        (b'{"type": ' + b"9" * 5_000 + b"}", PlanTrouble.BAD_NUMBER),
        (b'{"type": "\xff\xfe"}', PlanTrouble.NOT_TEXT),
        (b"[" * 20_000 + b"]" * 20_000, PlanTrouble.TOO_DEEP),
        (b"[]", PlanTrouble.NOT_GEOJSON),
        (b'{"type": "Topology", "features": []}', PlanTrouble.NOT_GEOJSON),
        (b'{"type": "FeatureCollection", "features": {}}', PlanTrouble.NOT_GEOJSON),
        (b'{"type": "FeatureCollection", "features": []}', PlanTrouble.NO_BOOTHS),
        (collection(polygon((0, 0), (1, 0), (1, 1), kind="stage")), PlanTrouble.NO_BOOTHS),
        (
            collection(polygon((106.701, 10.776), (106.702, 10.776), (106.702, 10.777), code="1")),
            PlanTrouble.DEGREES,
        ),
        (
            collection(BOOTH, crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
            PlanTrouble.DEGREES,
        ),
        (collection(polygon((0, 0), (3e5, 0), (3e5, 3e5), code="1")), PlanTrouble.NOT_METRES),  # mm
        (collection(polygon((0, 0), (3e3, 0), (3e3, 3e3), code="1")), PlanTrouble.NOT_METRES),
        (
            collection(polygon((11877000, 1206000), (11877009, 1206000), (11877009, 1206009))),
            PlanTrouble.NOT_METRES,
        ),
    ],
)
def test_a_file_that_is_no_plan_says_what_it_is_instead(data, trouble):
    assert trouble_of(data) is trouble


def test_the_place_of_a_json_error_is_told():
    with pytest.raises(PlanUnreadable) as caught:
        read_plan(b'{"type":\n  nonsense}')
    assert caught.value.facts == {"line": 2, "column": 3}


def test_bounds_are_kept(monkeypatch):
    monkeypatch.setattr(features, "MAX_FEATURES", 2)
    assert trouble_of(collection(BOOTH, BOOTH, BOOTH)) is PlanTrouble.TOO_MANY_FEATURES
    assert trouble_of(b" " * 20_000_001) is PlanTrouble.TOO_LARGE
    many = polygon(*((x / 500, (x % 2) + 1) for x in range(1_001)), code="Z")
    (finding,) = read_plan(collection(BOOTH, many)).findings
    assert finding.fault is Fault.TOO_MANY_POINTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-be"])
def test_every_encoding_json_may_have_is_read(encoding):
    body = collection({**BOOTH, "properties": {"hall": "Nhà A", "code": "Đ-1"}}).decode()
    text = json.dumps(json.loads(body), ensure_ascii=False)
    assert read_plan(text.encode(encoding)).draft.booths[0].code == "Đ-1"


def test_brackets_inside_a_code_are_no_depth():
    deep = {**BOOTH, "properties": {"code": '["[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['}}
    assert read_plan(collection(deep)).draft.booths[0].code == '["[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['


def test_a_numeric_code_and_a_decomposed_one_are_read_as_people_write_them():
    numbers = [{**BOOTH, "properties": {"code": code}} for code in (12, 12.0, "Nha\u0300  1 ")]
    assert [b.code for b in read_plan(collection(*numbers)).draft.booths] == ["12", "12", "Nhà 1"]


def test_a_facility_may_be_a_point():
    door = {"type": "Feature", "properties": {"kind": "entrance", "code": "Cửa 2"}}
    door["geometry"] = {"type": "Point", "coordinates": [4, 0]}
    (facility,) = read_plan(collection(BOOTH, door)).draft.facilities
    assert (facility.kind, facility.at) == (FacilityKind.ENTRANCE, (4.0, 0.0))


def test_an_area_beyond_all_numbers_only_differs() -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]]]}
    properties = {"hall": "A", "code": "A-1", "area_m2": 10**400}
    feature = {"type": "Feature", "properties": properties, "geometry": square}
    body = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert [finding.fault for finding in read_plan(body).findings] == [Fault.AREA_DIFFERS]


def test_a_text_of_quotes_that_never_ends_is_refused_at_once() -> None:
    for end in (b"", b"\\", b"\n"):
        with pytest.raises(PlanUnreadable) as refused:
            read_plan(b'{"type": "' + b'\\"' * 300_000 + end)
        assert refused.value.trouble is PlanTrouble.NOT_JSON
