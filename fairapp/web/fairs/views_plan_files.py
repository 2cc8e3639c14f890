"""A version of the plan as a file: GeoJSON, SVG and DXF for other programs, PDF to scale for paper."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Response, abort, request

from fairapp.i18n import current_language, pick
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.plans import FacilityKind, PlanDraft, from_json
from fairapp.store import fairs_queries
from fairapp.store.base import reading
from fairapp.web.access import current_fair, needs
from fairapp.web.fairs.bp import bp
from fairapp.web.plan_drawing import facility_word

if TYPE_CHECKING:
    from fairapp.adapters.pdf.plan_sheets import Piece

PAPERS = ("A4", "A3", "A2", "A1")
_TYPES = {
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
    "dxf": "image/vnd.dxf",
    "pdf": "application/pdf",
}
_LINES = (FacilityKind.ZONE, FacilityKind.PAVILION)
_SOLID = (FacilityKind.WALL, FacilityKind.PILLAR)


@bp.get("/o/<fair_code>/plan/<int(max=2147483647):number>/file/<any(geojson,svg,dxf,pdf):form>")
@needs(Permission.PLAN_EDIT)
def plan_file(fair_code: str, number: int, form: str) -> Response:
    """One hall of a version as a file; GeoJSON holds every hall when none is named."""
    fair = current_fair()
    plan = fairs_queries.plan_version(reading(), fair.id, number)
    if plan is None:
        abort(404)
    draft = from_json(plan.body)
    halls = [hall.name for hall in draft.halls]
    hall = request.args.get("hall", "" if form == "geojson" else (halls[0] if halls else ""))
    if hall and hall not in halls:
        abort(404)
    answer = Response(_bytes(draft, hall, form), mimetype=_TYPES[form])
    name = "-".join(filter(None, (fair.code, f"v{number}", hall)))
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    # A picture of ours opened by itself runs nothing and asks for nothing.
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _bytes(draft: PlanDraft, hall: str, form: str) -> bytes:
    from fairapp.adapters.plans.writing import write_dxf, write_geojson, write_svg

    if form == "geojson":
        return write_geojson(draft, hall)
    if form == "pdf":
        return _paper(draft, hall)
    return write_svg(draft, hall) if form == "svg" else write_dxf(draft, hall)


def _paper(draft: PlanDraft, hall: str) -> bytes:
    from fairapp.adapters.pdf.plan_sheets import PlanSheet, print_plan
    from fairapp.adapters.plans.writing import box_of

    paper = request.args.get("paper", "A3")
    if paper not in PAPERS:
        abort(404)
    sheet = PlanSheet(
        _("Plan of hall %(code)s", code=hall), pick(current_fair().names), _("Scale"), current_language()
    )
    out = BytesIO()
    print_plan(out, _pieces(draft, hall), box_of(draft, hall, margin=1.0), sheet, paper)
    return out.getvalue()


def _pieces(draft: PlanDraft, hall: str) -> list[Piece]:
    from fairapp.adapters.pdf.plan_sheets import Piece

    pieces = [Piece(one.rings, "", "hall") for one in draft.halls if one.name == hall and one.rings]
    for each in draft.facilities:
        if each.hall == hall and each.kind is not FacilityKind.AISLE:
            look = "solid" if each.kind in _SOLID else "line" if each.kind in _LINES else "facility"
            pieces.append(Piece(each.rings, facility_word(each, current_fair().settings), look))
    for booth in draft.booths_of(hall):
        pieces.append(Piece(booth.rings, booth.code, "booth" if booth.lettable else "dashed"))
    return pieces
