"""A floor plan from a file of any kind we read: what is inside decides, not its name."""

from __future__ import annotations

import re
from enum import StrEnum

from fairapp.adapters.plans import dxf, geojson, svg
from fairapp.adapters.plans.features import DEFAULT_HALL, PlanFile
from fairapp.adapters.plans.reading import MAX_BYTES, PlanUnreadable
from fairapp.adapters.plans.sheets import Wanted, plan_from
from fairapp.rules.plan_findings import PlanTrouble

_DXF = re.compile(rb"\s*(999\s*\n[^\n]*\n\s*)*0\s*\r?\n\s*SECTION\b|AutoCAD Binary DXF")


class Kind(StrEnum):
    """What a file is written in."""

    GEOJSON = "geojson"
    SVG = "svg"
    DXF = "dxf"


def kind_of(data: bytes) -> Kind:
    """What a file is, by how it begins; PlanUnreadable when it is none of ours."""
    head = data[:2_000].removeprefix(b"\xef\xbb\xbf")
    if _DXF.match(head):
        return Kind.DXF
    start = head.lstrip()[:1]
    if start == b"<":
        return Kind.SVG
    if start in (b"{", b"[") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Kind.GEOJSON
    raise PlanUnreadable(PlanTrouble.NOT_A_PLAN_FILE)


def read_file(data: bytes, wanted: Wanted | None = None) -> PlanFile:
    """The plan in a GeoJSON, SVG or DXF file."""
    if len(data) > MAX_BYTES:
        raise PlanUnreadable(PlanTrouble.TOO_LARGE, limit_mb=MAX_BYTES // 1_000_000)
    asked = wanted or Wanted(DEFAULT_HALL)
    kind = kind_of(data)
    if kind is Kind.GEOJSON:
        return geojson.read_plan(data, asked.hall)
    drawing = dxf.read_drawing(data) if kind is Kind.DXF else svg.read_drawing(data)
    return plan_from(drawing, asked)
