"""The studio's page: the drawing as data for the browser, and as forms that need no script."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, render_template, request, url_for

from fairapp.i18n.phrases import phrase
from fairapp.rules.geometry import box_around
from fairapp.rules.plans import BoothOutline, PlanDraft, from_json
from fairapp.store.fairs import FloorPlan
from fairapp.web.access import current_fair
from fairapp.web.fairs.forms_studio import BoothForm, PictureForm, RowsForm, numbers_of
from fairapp.web.fairs.studio import AREAS, DOORS, found_in, shapes_of, words_of_studio
from fairapp.web.plan_type import UNITS

MARGIN_M = 3.0


def studio_page(
    plan: FloorPlan,
    rows_form: RowsForm | None = None,
    booth_form: BoothForm | None = None,
    booth: int = 0,
    picture_form: PictureForm | None = None,
    reasons: tuple[str, ...] = (),
) -> str:
    """One hall of a draft to draw in; forms come back with what was typed."""
    draft, fair = from_json(plan.body), current_fair()
    names = [hall.name for hall in draft.halls]
    hall = request.args.get("hall") or (names[0] if names else "")
    if hall not in names:
        abort(404)
    shapes, places = shapes_of(draft, hall)
    findings = found_in(draft, hall, places)
    under = plan.backgrounds.get(hall)
    chosen = _booth(draft, hall, booth or _asked())
    if chosen is not None and booth_form is None:
        booth_form = BoothForm(formdata=None, data=numbers_of(chosen))
    return render_template(
        "fairs/studio.html",
        plan=plan,
        halls=names,
        hall=hall,
        drawing=json.dumps({"shapes": shapes, "findings": findings}),
        words=json.dumps(words_of_studio()),
        findings=findings,
        view_box=_view_box(shapes),
        booths=draft.booths_of(hall),
        rows_form=rows_form or RowsForm(formdata=None),
        booth_form=booth_form,
        under=under,
        picture_form=picture_form or PictureForm(formdata=None, data=under or {}),
        chosen=chosen,
        reasons=reasons,
        areas=[(kind.value, phrase(kind)) for kind in AREAS],
        doors=[(kind.value, phrase(kind)) for kind in DOORS],
        save_to=url_for("fairs.save_studio", fair_code=fair.code, number=plan.version, hall=hall),
        rule_to=url_for("fairs.lay_rows", fair_code=fair.code, number=plan.version, hall=hall),
    )


def _asked() -> int:
    raw = request.args.get("booth", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def _booth(draft: PlanDraft, hall: str, number: int) -> BoothOutline | None:
    return next((each for each in draft.booths_of(hall) if each.number == number), None)


def _view_box(shapes: list[dict[str, Any]]) -> str:
    points = [point for shape in shapes for ring in shape["rings"] for point in ring]
    box = box_around(points or [(0.0, 0.0), (30.0, 20.0)]).grown(MARGIN_M)
    return " ".join(f"{value * UNITS:.0f}" for value in (box.left, box.top, box.width, box.height))
