"""The page behind a booth's QR, and the place to type its short code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.rules.fairs import FairState
from fairapp.rules.geometry import as_rings
from fairapp.rules.plans import facilities_from_json
from fairapp.rules.short_codes import BOOTH_LENGTH, read_code
from fairapp.store import visits_queries as rows
from fairapp.store.base import reading
from fairapp.store.fairs import Booth, ProductGroup
from fairapp.store.fairs_queries import groups_of
from fairapp.store.partners_queries import represented_by
from fairapp.store.producers_queries import certificates_of
from fairapp.web.access import public
from fairapp.web.places import place_name
from fairapp.web.plan_drawing import BoothFacts, HallDrawing, MarkState, booth_title, draw_hall, with_words
from fairapp.web.visits.places import origin

bp = Blueprint("visits", __name__)


@bp.get("/B/<short_code>")
@public
def booth(short_code: str) -> Any:
    """Who stands at this booth, what they make, and where next."""
    g.no_cookie = True
    code = read_code(short_code, BOOTH_LENGTH)
    if code is None:
        abort(404)
    if code != short_code:
        return redirect(url_for("visits.booth", short_code=code))
    session = reading()
    found = rows.booth_by_code(session, code)
    if found is None or found.fair.state is FairState.PLANNED:
        abort(404)
    today = datetime.now(UTC).astimezone(ZoneInfo(found.fair.timezone)).date()
    there = rows.exhibitors_at(session, found, today)
    groups = {group.code: group for group in groups_of(session, found.fair)}
    products = [product for each in there for product in each.products]
    page = render_template(
        "visits/booth.html",
        booth=found,
        fair=found.fair,
        there=there,
        represented=[
            f"{name} ({place_name(country)})"
            for named in represented_by(session, found.fair_id, found.id).values()
            for name, country in named
        ],
        groups=groups,
        shown_groups=list(dict.fromkeys(each.group_code for each in products if each.group_code in groups)),
        certificates=certificates_of(session, [product.id for product in products]),
        moved=None if there else rows.moved_from(session, found),
        others=rows.others_like(
            session, found.fair, [each.organisation for each in there], [each.group_code for each in products]
        )
        if there
        else [],
        drawing=_surroundings(found, groups) if found.retired_at is None else None,
        origin=origin,
        is_over=today > found.fair.ends_on,
        today=today,
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/b/<short_code>")
@public
def typed_address(short_code: str) -> Any:
    """The sign's address as people type it; the QR's capitals only make a smaller code."""
    g.no_cookie = True
    code = read_code(short_code, BOOTH_LENGTH)
    if code is None:
        abort(404)
    return redirect(url_for("visits.booth", short_code=code))


@bp.get("/B/")
@bp.get("/b/")
@public
def typed_code() -> Any:
    """A field for the short code printed under the QR."""
    g.no_cookie = True
    typed = request.args.get("code", "")
    code = read_code(typed, BOOTH_LENGTH) if typed else None
    if code is not None and rows.booth_by_code(reading(), code) is not None:
        return redirect(url_for("visits.booth", short_code=code))
    page = render_template("visits/code.html", typed=typed[:20], is_wrong=bool(typed))
    return Response(page, status=404 if typed else 200, mimetype="text/html")


def _surroundings(booth: Booth, groups: dict[str, ProductGroup]) -> HallDrawing:
    """The booth's corner of the hall, with everybody near it."""
    session = reading()
    holders = rows.holders_of_hall(session, booth.hall)
    facts = [_facts(each, booth, holders, groups) for each in rows.hall_booths(session, booth.hall)]
    fixed = facilities_from_json(booth.hall.facilities)
    return draw_hall(
        pick(booth.hall.names) or booth.hall.code,
        facts,
        outline=as_rings(booth.hall.outline) if booth.hall.outline else (),
        facilities=with_words(fixed, booth.hall.fair.settings),
        around=booth.id,
    )


def _facts(
    each: Booth, here: Booth, holders: dict[int, tuple[str, str | None]], groups: dict[str, ProductGroup]
) -> BoothFacts:
    name, group_code = holders.get(each.id, ("", None))
    group = groups.get(group_code or "")
    state = MarkState.ALLOCATED if name else MarkState.FREE
    if each.blocked_because is not None:
        state = MarkState.BLOCKED
    if not each.is_let:
        state = MarkState.ALTERNATIVE
    return BoothFacts(
        id=each.id,
        code=each.code,
        rings=as_rings(each.outline),
        state=state,
        title=booth_title(each.code, each.area_m2, state, pick(group.names) if group else "", name),
        group=group.mark if group else None,
        href=url_for("visits.booth", short_code=each.short_code),
        you=each.id == here.id,
    )


def words_for_empty(booth: Booth, is_over: bool) -> str:
    """Why nobody is to be met here."""
    if booth.retired_at is not None:
        return _("This booth is not on the plan any more.")
    if is_over:
        return _("The fair is over. Thank you for coming.")
    return _("Nobody stands at this booth at the moment.")


bp.add_app_template_global(words_for_empty)
