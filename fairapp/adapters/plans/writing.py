"""A plan as a file that other programs open, and that we read back equal: GeoJSON, SVG and DXF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from fairapp.rules.fairs import FloorKind
from fairapp.rules.geometry import Box, Rings, box_around, label_room
from fairapp.rules.plans import BoothOutline, Facility, PlanDraft

MARGIN_M = 2.0
_STROKES = {"hall": ".15", "zone": ".05", "pavilion": ".1"}


def write_geojson(draft: PlanDraft, hall: str = "") -> bytes:
    """The plan, or one hall of it, as a FeatureCollection in local metres with y down."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": _geometry(rings)}
        for properties, rings in _things(draft, hall)
    ]
    body = {"type": "FeatureCollection", "crs": "local metres, y down", "features": features}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def write_svg(draft: PlanDraft, hall: str) -> bytes:
    """One hall as a picture: one unit is one metre, every shape says in data attributes what it is."""
    box = box_of(draft, hall)
    size = " ".join(_short(v) for v in (box.left, box.top, box.width, box.height))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_short(box.width)}m" viewBox="{size}"',
        ' data-unit="m">',
        "<!-- one unit is one metre -->",
    ]
    for properties, rings in _things(draft, hall):
        lines.append(_svg_group(properties, rings))
    return "\n".join([*lines, "</svg>", ""]).encode()


def write_dxf(draft: PlanDraft, hall: str) -> bytes:
    """One hall as a drawing in metres with y up, in the oldest form that every program reads (R12).

    Letters beyond ASCII are escaped as R12 does; what a layer cannot say stands in extended data.
    """
    box = box_of(draft, hall, margin=0.0)
    things = list(_things(draft, hall))
    layers = sorted({_layer(properties) for properties, _ in things} | {"BOOTH_NO"})
    tags: list[tuple[int, object]] = [
        *((0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1009"), (9, "$INSUNITS"), (70, 6)),
        *((9, "$EXTMIN"), (10, box.left), (20, box.top), (30, 0.0)),
        *((9, "$EXTMAX"), (10, box.right), (20, box.bottom), (30, 0.0), (0, "ENDSEC")),
        *((0, "SECTION"), (2, "TABLES"), (0, "TABLE"), (2, "LAYER"), (70, len(layers))),
    ]
    for name in layers:
        tags += [(0, "LAYER"), (2, name), (70, 0), (62, 7), (6, "CONTINUOUS")]
    tags += [(0, "ENDTAB"), (0, "TABLE"), (2, "APPID"), (70, 1), (0, "APPID"), (2, "FAIRAPP"), (70, 0)]
    tags += [(0, "ENDTAB"), (0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES")]
    for properties, rings in things:
        tags += _dxf_entities(properties, rings, box.top + box.bottom)
    tags += [(0, "ENDSEC"), (0, "EOF")]
    return "".join(f"{code}\n{_dxf_value(value)}\n" for code, value in tags).encode("ascii")


def box_of(draft: PlanDraft, hall: str, margin: float = MARGIN_M) -> Box:
    """The box around everything of a hall."""
    points = [point for _, rings in _things(draft, hall) for ring in rings for point in ring]
    return box_around(points or [(0.0, 0.0), (10.0, 10.0)]).grown(margin)


def _things(draft: PlanDraft, hall: str) -> Iterator[tuple[dict[str, Any], Rings]]:
    """Everything with its properties: halls first, then what lies under booths, then the booths."""
    for outline in draft.halls:
        if outline.rings and hall in ("", outline.name):
            yield {"hall": outline.name, "kind": "hall"}, outline.rings
    for facility in draft.facilities:
        if hall in ("", facility.hall):
            yield _said_of_facility(facility), facility.rings
    for booth in draft.booths:
        if hall in ("", booth.hall):
            yield _said_of_booth(booth), booth.rings


def _said_of_facility(facility: Facility) -> dict[str, Any]:
    said: dict[str, Any] = {"hall": facility.hall, "kind": facility.kind.value}
    said |= {"code": facility.label} if facility.label else {}
    return said | ({"amount": facility.amount} if facility.amount else {})


def _said_of_booth(booth: BoothOutline) -> dict[str, Any]:
    said: dict[str, Any] = {"hall": booth.hall, "kind": "booth", "code": booth.code}
    said |= {"booth_kind": "raw_space"} if booth.kind is FloorKind.RAW_SPACE else {}
    said |= {"zone": booth.zone} if booth.zone else {}
    said |= {"also": list(booth.also)} if booth.also else {}
    return said | ({"instead_of": list(booth.instead_of)} if booth.instead_of else {})


def _geometry(rings: Rings) -> dict[str, Any]:
    if len(rings[0]) < 3:
        return {"type": "Point", "coordinates": list(rings[0][0])}
    return {"type": "Polygon", "coordinates": [[list(p) for p in (*ring, ring[0])] for ring in rings]}


def _svg_group(said: dict[str, Any], rings: Rings) -> str:
    marks = "".join(
        f" data-{key}={quoteattr('|'.join(value) if isinstance(value, list) else str(value))}"
        for key, value in said.items()
    )
    look = f'fill="none" stroke="black" stroke-width="{_STROKES.get(said["kind"], ".05")}"'
    if len(rings[0]) < 3:
        x, y = rings[0][0]
        shape = f'<circle data-point="1" cx="{_short(x)}" cy="{_short(y)}" r=".5" {look}{marks}/>'
    elif len(rings) == 1:
        points = " ".join(f"{_short(x)},{_short(y)}" for x, y in rings[0])
        shape = f'<polygon points="{points}" {look}{marks}/>'
    else:
        path = "".join("M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in ring) + "Z" for ring in rings)
        shape = f'<path d="{path}" fill-rule="evenodd" {look}{marks}/>'
    word = str(said.get("code", ""))
    (x, y), run, _height = label_room(rings) if len(rings[0]) > 2 else (rings[0][0], 2.0, 2.0)
    size = max(0.2, min(1.0, run / max(1, len(word)) / 0.62))
    text = (
        f'<text x="{_short(x)}" y="{_short(y + size * 0.35)}" font-size="{_short(size)}" '
        f'font-family="sans-serif" text-anchor="middle">{escape(word)}</text>'
    )
    return f'<g class="{said["kind"]}">{shape}{text if word else ""}</g>'


def _layer(said: dict[str, Any]) -> str:
    if said["kind"] == "booth":
        return "RAW_SPACE" if said.get("booth_kind") else "BOOTH"
    return str(said["kind"]).upper()


def _dxf_entities(said: dict[str, Any], rings: Rings, mirror: float) -> Iterator[tuple[int, object]]:
    layer = _layer(said)
    extra: list[tuple[int, object]] = [(1001, "FAIRAPP")]
    for key, value in said.items():
        extra += [(1000, f"{key}={each}") for each in (value if isinstance(value, list) else [value])]
    if len(rings[0]) < 3:
        x, y = rings[0][0]
        yield from ((0, "POINT"), (8, layer), (10, x), (20, mirror - y), (30, 0.0), *extra)
    for number, ring in enumerate(rings if len(rings[0]) > 2 else ()):
        hole: list[tuple[int, object]] = [(1001, "FAIRAPP"), (1000, "hole=1")]
        yield from ((0, "POLYLINE"), (8, layer), (66, 1), (10, 0.0), (20, 0.0), (30, 0.0), (70, 1))
        yield from hole if number else extra
        for x, y in ring:
            yield from ((0, "VERTEX"), (8, layer), (10, x), (20, mirror - y), (30, 0.0))
        yield from ((0, "SEQEND"), (8, layer))
    if word := said.get("code"):
        (x, y), run, _height = label_room(rings) if len(rings[0]) > 2 else (rings[0][0], 2.0, 2.0)
        size = max(0.2, min(0.6, run / len(str(word)) / 0.8))
        yield from ((0, "TEXT"), (8, "BOOTH_NO"), (10, x), (20, mirror - y), (30, 0.0), (40, size), (1, word))
        yield from ((72, 1), (11, x), (21, mirror - y), (31, 0.0), (73, 2))


def _dxf_value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
    text = " ".join(str(value).split())[:250]
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return "".join(chr(code) if 32 <= code < 127 else f"\\U+{code:04X}" for code in codes)


def _short(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
