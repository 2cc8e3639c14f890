"""The page that says no on the board: every reason, the place on the plan, and free booths one press away."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from flask import render_template, request

from fairapp.i18n import formats
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.geometry import as_rings, box_around
from fairapp.store import allocation_board as rows
from fairapp.store.base import reading
from fairapp.store.fairs import Booth, Fair
from fairapp.web.access import current_fair
from fairapp.web.allocation.board import address, booth_facts, groups_of
from fairapp.web.errors import wants_json
from fairapp.web.plan_drawing import HallDrawing, draw_hall

REACH_M = 16.0


@dataclass(frozen=True, slots=True)
class Again:
    """The same act with another booth: where it is sent and what with; and the hall it was about."""

    action: str
    booth_id: int | None
    fields: dict[str, Any] = field(default_factory=dict)
    hand: dict[str, int] = field(default_factory=dict)


def refused(failure: Refused | Clash, again: Again) -> Any:
    """A 409 with all reasons; what is free nearby can be had in one press."""
    if wants_json():
        raise failure
    reasons = failure.reasons if isinstance(failure, Refused) else (failure.reason,)
    session, fair = reading(), current_fair()
    booth = session.get(Booth, again.booth_id) if again.booth_id is not None else None
    if booth is None:
        raise failure
    offered: Any = failure.facts.get("neighbours", [])
    near = {row.id: row for row in rows.booths_numbered(session, [one["id"] for one in offered])}
    wished = {one["id"]: place for place, one in enumerate(offered, 1)}
    page = render_template(
        "allocation/refused.html",
        code=booth.code,
        reasons=[phrase(reason, **failure.facts) for reason in reasons],
        facts={},
        neighbours=[_offer(near[one["id"]], again) for one in offered if one["id"] in near],
        drawing=_map_around(fair, booth, wished),
        back_href=address(fair.code, booth.hall.code, booth=booth.id, **again.hand),
    )
    return page, 409


def _offer(row: rows.BoothRow, again: Again) -> dict[str, Any]:
    return {
        "code": row.code,
        "about": f"{formats.area(row.area_m2)} · {phrase(row.form)}",
        "action": again.action,
        "fields": {**again.fields, "booth_id": row.id},
    }


def _map_around(fair: Fair, booth: Booth, wished: dict[int, int]) -> HallDrawing:
    session = reading()
    middle = box_around(as_rings(booth.outline)[0]).grown(REACH_M) if booth.outline else None
    held: dict[int, list[rows.Holding]] = {}
    for holding in rows.holdings_of_hall(session, booth.hall_id):
        held.setdefault(holding.booth_id, []).append(holding)
    groups, hall = groups_of(session, fair), booth.hall
    base = f"{address(fair.code, hall.code)}?booth="
    facts = []
    for row in rows.booths_of_hall(session, hall.id):
        box = box_around(as_rings(row.outline)[0]) if row.outline else None
        if middle is None or box is None or box.left > middle.right or box.right < middle.left:
            continue
        if box.top > middle.bottom or box.bottom < middle.top:
            continue
        one = booth_facts(row, hall, held.get(row.id, []), groups, base, booth.id)
        facts.append(replace(one, wish=wished.get(row.id)))
    outline = as_rings(hall.outline) if hall.outline else ()
    return draw_hall(hall.code, facts, outline, around=booth.id, reach_m=REACH_M)


def unclear(reason: Enum, hall: str = "", **facts: object) -> Any:
    """A 422: what was sent names nobody or no booth; the way back holds what was chosen."""
    fair = current_fair()
    back = request.referrer if _is_ours(request.referrer) else address(fair.code, hall or None)
    sentence = phrase(reason, **facts)
    if wants_json():
        return {"status": 422, "reasons": [sentence]}, 422
    return render_template("errors/422.html", reasons=[sentence], back_href=back), 422


def _is_ours(href: str | None) -> bool:
    return href is not None and href.startswith(request.host_url)
