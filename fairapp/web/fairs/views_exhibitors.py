"""The organiser's list of everybody who exhibits."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template, request

from fairapp.rules.actors import Permission
from fairapp.rules.allocation import LIVE
from fairapp.store import fairs_queries, fairs_search
from fairapp.store.base import reading
from fairapp.web.access import current_fair, needs
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.views_search import wanted_from_address
from fairapp.web.paging import page_asked
from fairapp.web.places import place_choices, place_of

PER_PAGE = 100


@bp.get("/o/<fair_code>/exhibitors")
@needs(Permission.APPLICATION_SEE)
def exhibitors(fair_code: str) -> str:
    """Exhibitors by name, a page at a time, with their booths, groups and best stars."""
    session, fair = reading(), current_fair()
    booths = request.args.get("booths", "")
    sort = request.args.get("sort", "")
    wanted = replace(wanted_from_address(), with_booth={"with": True, "without": False}.get(booths))
    found = fairs_search.exhibitors_found(fair, wanted)
    page = page_asked(fairs_search.how_many(session, found), PER_PAGE)
    rows = fairs_search.page_of_exhibitors(session, found, page.skipped, page.size, sort == "-name")
    provinces, countries = place_choices(fairs_search.places_in(session, fair))
    return render_template(
        "fairs/exhibitors.html",
        rows=rows,
        page=page,
        wanted=wanted,
        booths=booths,
        sort=sort or "name",
        q=request.args.get("q", ""),
        stands=fairs_search.stands_of(session, [row.id for row in rows], LIVE),
        offers=fairs_search.offers_of(session, fair, [row.organisation_id for row in rows]),
        groups=fairs_queries.groups_of(session, fair),
        provinces=provinces,
        countries=countries,
        place_of=place_of,
    )
