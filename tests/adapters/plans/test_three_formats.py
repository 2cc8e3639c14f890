"""One plan in three formats gives equal booths: an invented one, and real plans where they are given."""

import os
from pathlib import Path

import pytest

from fairapp.adapters.plans.files import read_file
from fairapp.adapters.plans.sheets import Wanted
from fairapp.rules.geometry import Rings, box_around
from fairapp.rules.plan_zones import by_letters
from fairapp.rules.plans import PlanDraft

# Two stands of one code's letters, an L, a stand as wide as a hall's end, and numbers with signs in them.
STANDS = (
    ("C-010 D-011", ((2.0, 2.0), (8.0, 2.0), (8.0, 5.0), (2.0, 5.0))),
    ("C-012", ((8.0, 2.0), (14.0, 2.0), (14.0, 8.0), (11.0, 8.0), (11.0, 5.0), (8.0, 5.0))),
    ("Ă7", ((2.0, 12.0), (5.05, 12.0), (5.05, 15.05), (2.0, 15.05))),
    ("12", ((20.0, 2.0), (26.0, 2.0), (26.0, 15.0), (20.0, 15.0))),
)
TALL = 30.0


def geojson() -> bytes:
    features = [
        f'{{"type":"Feature","properties":{{"hall":"1","kind":"booth","code":"{code}"}},"geometry":{{"type":'
        f'"Polygon","coordinates":[{[list(point) for point in (*ring, ring[0])]}]}}}}'
        for code, ring in STANDS
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


def svg() -> bytes:
    drawn = [
        f'<g id="booth"><polygon points="{" ".join(f"{x},{y}" for x, y in ring)}"/><text font-size="1"'
        f' x="{box_around(ring).left + 0.6}" y="{box_around(ring).top + 1.8}">{code}</text></g>'
        for code, ring in STANDS
    ]
    sides = f'viewBox="0 0 40 {TALL:g}" width="40m" height="{TALL:g}m"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {sides}>{"".join(drawn)}</svg>'.encode()


def dxf() -> bytes:
    """The same with y up, a line and a label of their layers for each stand."""
    pairs: list[object] = [0, "SECTION", 2, "HEADER", 9, "$INSUNITS", 70, 6, 0, "ENDSEC"]
    pairs += [0, "SECTION", 2, "ENTITIES"]
    for code, ring in STANDS:
        pairs += [0, "LWPOLYLINE", 8, "BOOTH", 90, len(ring), 70, 1]
        pairs += [value for x, y in ring for value in (10, x, 20, TALL - y)]
        box = box_around(ring)
        pairs += [0, "TEXT", 8, "BOOTH_NO", 10, box.left + 0.6, 20, TALL - box.top - 1.8, 40, 1.0, 1, code]
    return "\n".join(str(value) for value in (*pairs, 0, "ENDSEC", 0, "EOF", "")).encode()


def placed(rings: Rings, left: float, top: float) -> frozenset[tuple[float, float]]:
    return frozenset((round(x - left, 2), round(y - top, 2)) for x, y in rings[0])


def told(draft: PlanDraft, hall: str = "") -> list[tuple[str, float, list[tuple[float, float]]]]:
    """Codes, areas and corners of a hall, measured from its own first corner: a file may begin elsewhere."""
    booths = [each for each in draft.booths if hall in ("", each.hall)]
    box = box_around([point for each in booths for point in each.rings[0]])
    rows = [(each.code, each.area_m2, sorted(placed(each.rings, box.left, box.top))) for each in booths]
    return sorted(rows, key=lambda row: (row[0], [round(value) for value in row[2][0]]))


def read(data: bytes) -> PlanDraft:
    return read_file(data, Wanted("1", None, {})).draft


@pytest.mark.parametrize("write", [svg, dxf])
def test_every_format_gives_the_same_booths(write):
    assert told(read(write())) == told(read(geojson()))
    assert [each[0] for each in told(read(write()))] == sorted(code for code, _ in STANDS)


def test_a_zone_is_what_a_number_begins_with():
    assert [each.zone for each in by_letters(read(geojson())).booths] == ["C", "C", "Ă", None]


GIVEN = Path(os.environ.get("FAIRAPP_TEST_DATA", "")) / "floorplans"
REAL = [
    *[
        (f"gamescom_hall_{hall}.{kind}", "gamescom", hall)
        for hall in ("2.2", "4.1", "10.1")
        for kind in ("svg", "dxf")
    ],
    *[(f"{name}.{kind}", name, "") for name in ("epc_houston", "konan_market") for kind in ("svg", "dxf")],
]


@pytest.mark.skipif(not (GIVEN / "gamescom.geojson").exists(), reason="FAIRAPP_TEST_DATA names no real plans")
@pytest.mark.parametrize(("file", "plan", "hall"), REAL)
def test_a_real_plan_gives_the_same_booths_in_every_format(file, plan, hall):
    one, other = read((GIVEN / file).read_bytes()), read((GIVEN / f"{plan}.geojson").read_bytes())
    assert [code for code, _, _ in told(one)] == [code for code, _, _ in told(other, hall)]
    # Drawings are rounded to a centimetre: the corners of two formats may lie as far apart, and no further.
    for (code, area, mine), (_, other_area, theirs) in zip(told(one), told(other, hall), strict=True):
        apart = max(abs(a - b) for p, q in zip(mine, theirs, strict=True) for a, b in zip(p, q, strict=True))
        assert (code, apart <= 0.02, abs(area - other_area) < 0.01 * area + 0.05) == (code, True, True)
