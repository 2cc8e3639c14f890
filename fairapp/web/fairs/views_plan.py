"""The public plan: every hall as a drawing, and as a list that says the same."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import abort, render_template, request, url_for

from fairapp.rules.days import read_days
from fairapp.rules.fairs import days_of
from fairapp.store import fairs_queries
from fairapp.store.base import reading
from fairapp.store.fairs import Fair, Hall
from fairapp.web.access import current_fair, public
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.drawings import draw_listed, hall_name, listed_booths
from fairapp.web.fairs.views_public import public_nav


@bp.get("/f/<fair_code>/plan")
@bp.get("/f/<fair_code>/plan/<path:hall_code>", endpoint="plan_hall")
@public
def plan(fair_code: str, hall_code: str = "") -> str:
    """A hall with its booths, each a link to its page; the first hall when none is named."""
    session, fair = reading(), current_fair()
    halls = [numbers.hall for numbers in fairs_queries.hall_numbers(session, fair)]
    hall = _asked(halls, hall_code)
    if hall is None:
        if hall_code:
            abort(404)
        return render_template("fairs/no_plan.html", site_nav=public_nav(fair, "plan"))
    groups, days = fairs_queries.groups_of(session, fair), days_of(fair.starts_on, fair.ends_on)
    day = next(iter(read_days([request.args.get("day", "")], days)), None)
    rows = listed_booths(
        fairs_queries.booths_of(session, hall.id),
        fairs_queries.standings(session, hall, datetime.now(UTC), day),
        fairs_queries.main_groups(session, fair, hall.id),
        groups,
        days if day is None else (),
    )
    here = {row.group.code for row in rows if row.group}
    return render_template(
        "fairs/plan.html",
        site_nav=public_nav(fair, "plan"),
        halls=_ways(fair, halls, hall),
        hall=hall,
        hall_name=hall_name,
        rows=rows,
        drawing=draw_listed(hall, rows, request.args.get("booth", "")),
        groups=[group for group in groups if group.code in here],
        states=sorted({row.state.value for row in rows}),
        days=days,
        day=day,
    )


def _asked(halls: list[Hall], code: str) -> Hall | None:
    if not code:
        return halls[0] if halls else None
    return next((hall for hall in halls if hall.code.casefold() == code.casefold()), None)


def _ways(fair: Fair, halls: list[Hall], here: Hall) -> list[dict[str, object]]:
    return [
        {
            "href": url_for("fairs.plan_hall", fair_code=fair.code, hall_code=hall.code),
            "label": hall.code,
            "name": hall_name(hall),
            "current": hall is here,
        }
        for hall in halls
    ]
