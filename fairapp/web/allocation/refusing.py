"""The page that says no on the board: every reason, the place on the plan, and free booths one press away."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from flask import render_template, request

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Clash, Refused
from fairapp.store import allocation_board as rows
from fairapp.store.base import reading
from fairapp.store.fairs import Booth
from fairapp.web.access import current_fair
from fairapp.web.allocation.board import address, surroundings
from fairapp.web.errors import wants_json
from fairapp.web.wording import sentences


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
        reasons=sentences(failure),
        facts={},
        neighbours=[_offer(near[one["id"]], again, one["fits"]) for one in offered if one["id"] in near],
        drawing=surroundings(session, fair, booth, wished),
        back_href=address(fair.code, booth.hall.code, booth=booth.id, **again.hand),
    )
    return page, 409


def _offer(row: rows.BoothRow, again: Again, fits: bool) -> dict[str, Any]:
    about = [formats.area(row.area_m2), phrase(row.form)]
    if not fits:
        about.append(_("not what the application asks for"))
    return {
        "code": row.code,
        "about": " · ".join(about),
        "action": again.action,
        "fields": {**again.fields, "booth_id": row.id},
    }


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
