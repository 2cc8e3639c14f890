"""The public search for exhibitors and products."""

from __future__ import annotations

from flask import render_template, request

from fairapp.rules.text import search_terms
from fairapp.store import fairs_queries, fairs_search
from fairapp.store.base import reading
from fairapp.store.fairs import Fair
from fairapp.store.fairs_search import Wanted
from fairapp.web.access import current_fair, public
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.views_public import public_nav
from fairapp.web.paging import page_asked
from fairapp.web.places import place_choices, place_of

PER_PAGE = 60


@bp.get("/f/<fair_code>/search")
@public
def search(fair_code: str) -> str:
    """Products or exhibitors of the fair, by words, group, place and stars."""
    session, fair = reading(), current_fair()
    wanted = wanted_from_address()
    of_products = fairs_search.products_found(fair, wanted)
    of_exhibitors = fairs_search.exhibitors_found(fair, wanted)
    counts = {
        "products": fairs_search.how_many(session, of_products),
        "exhibitors": fairs_search.how_many(session, of_exhibitors),
    }
    view = request.args.get("show", "")
    if view not in counts:
        view = "products" if counts["products"] else "exhibitors"
    page = page_asked(counts[view], PER_PAGE)
    exhibitors, products = [], []
    if view == "products":
        products = fairs_search.page_of_products(session, of_products, page.skipped, page.size)
        exhibitors = [exhibitor for _product, exhibitor in products]
    else:
        exhibitors = list(fairs_search.page_of_exhibitors(session, of_exhibitors, page.skipped, page.size))
    organisations = [exhibitor.organisation_id for exhibitor in exhibitors]
    provinces, countries = place_choices(fairs_search.places_in(session, fair))
    return render_template(
        "fairs/search.html",
        site_nav=public_nav(fair, "search"),
        view=view,
        counts=counts,
        page=page,
        wanted=wanted,
        q=request.args.get("q", ""),
        products=products,
        exhibitors=exhibitors,
        stands=fairs_search.stands_of(session, [exhibitor.id for exhibitor in exhibitors]),
        offers=fairs_search.offers_of(session, fair, organisations),
        photos=fairs_search.photos_of(session, organisations),
        groups=fairs_queries.groups_of(session, fair),
        provinces=provinces,
        countries=countries,
        place_of=place_of,
        booth=_booth_named(fair),
    )


def wanted_from_address() -> Wanted:
    """What the address asks for; what makes no sense is not asked for."""
    place, stars = request.args.get("place", ""), request.args.get("stars", "")
    is_place = place.isascii() and place.isalnum() and len(place) == 2
    return Wanted(
        terms=search_terms(request.args.get("q", "")),
        group=request.args.get("group", "")[:20],
        place=place.upper() if is_place else "",
        stars=int(stars) if stars in ("1", "2", "3", "4", "5") else 0,
    )


def _booth_named(fair: Fair) -> object:
    """The booth whose code was typed, so that it is one press away."""
    code = request.args.get("q", "").strip()
    if not 0 < len(code) <= 20 or not any(letter.isdigit() for letter in code):
        return None
    return fairs_queries.booth_called(reading(), fair.id, code)
