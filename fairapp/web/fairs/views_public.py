"""The start page and a fair's public page."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import zip_longest

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from fairapp.i18n import gettext as _
from fairapp.rules.fairs import FairState
from fairapp.store import fairs_queries, fairs_search
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import reading
from fairapp.store.fairs import Fair
from fairapp.store.producers import Product
from fairapp.web.access import current_fair, public
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.times import Applying, applying, kicker, today_at
from fairapp.web.places import place_choices, place_of

SHOWN_PRODUCTS = 8
CONSIDERED = 60
Shown = tuple[Product, Exhibitor]


@bp.get("/")
@public
def front() -> str | Response:
    """The fairs that are open to all; the only one that is not over leads straight to its page."""
    session, now = reading(), datetime.now(UTC)
    fairs = fairs_queries.open_fairs(session)
    ahead = [fair for fair in fairs if today_at(fair, now) <= fair.ends_on]
    past = [fair for fair in reversed(fairs) if fair not in ahead]
    if len(fairs) == 1:
        return redirect(url_for("fairs.show", fair_code=fairs[0].code))
    counts = fairs_queries.exhibitors_by_fair(session, [fair.id for fair in fairs])
    return render_template(
        "fairs/front.html", ahead=ahead, past=past, counts=counts, kicker=kicker, FairState=FairState
    )


@bp.get("/f/<fair_code>")
@public
def show(fair_code: str) -> str:
    """The fair: when, where, how to take part, what is shown."""
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    products = _mixed(
        fairs_search.page_of_products(
            session, fairs_search.products_found(fair, fairs_search.Wanted()), 0, CONSIDERED
        )
    )
    by_group = fairs_search.products_by_group(session, fair)
    provinces, countries = place_choices(fairs_search.places_in(session, fair))
    return render_template(
        "fairs/show.html",
        site_nav=public_nav(fair, "show"),
        kicker=kicker(fair, now),
        applying=applying(fair, now),
        Applying=Applying,
        is_past=today_at(fair, now) > fair.ends_on,
        FairState=FairState,
        halls=fairs_queries.hall_numbers(session, fair),
        groups=fairs_queries.groups_of(session, fair),
        by_group=by_group,
        total=sum(by_group.values()),
        products=products,
        stands=fairs_search.stands_of(session, [exhibitor.id for _product, exhibitor in products]),
        provinces=provinces,
        countries=countries,
        place_of=place_of,
    )


def public_nav(fair: Fair, here: str) -> list[dict[str, object]]:
    """The ways through a fair's public pages."""
    ways = (("show", _("The fair")), ("search", _("Products and producers")), ("plan", _("Plan")))
    return [
        {"href": url_for(f"fairs.{name}", fair_code=fair.code), "label": label, "current": name == here}
        for name, label in ways
    ]


def _mixed(products: list[Shown]) -> list[Shown]:
    """A few products of many groups and makers: the best of each group in turn, a maker once."""
    by_group: dict[str, list[Shown]] = defaultdict(list)
    makers: set[int] = set()
    for shown in products:
        if shown[1].organisation_id not in makers:
            makers.add(shown[1].organisation_id)
            by_group[shown[0].group_code].append(shown)
    turns = zip_longest(*by_group.values())
    return [shown for turn in turns for shown in turn if shown is not None][:SHOWN_PRODUCTS]
