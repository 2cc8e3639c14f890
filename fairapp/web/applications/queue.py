"""The organiser's queue of applications: filtered, counted, sorted, a page at a time."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from fairapp.rules.actors import Permission
from fairapp.rules.applications import WAITING, State
from fairapp.rules.text import search_terms
from fairapp.store.applications_review import (
    SORTS,
    Wanted,
    applications_found,
    booths_of_applications,
    by_state,
    page_of_applications,
    places_applied_from,
)
from fairapp.store.base import reading
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.store.fairs_search import offers_of
from fairapp.web.access import current_fair, needs
from fairapp.web.applications.bp import QUEUE, bp
from fairapp.web.applications.showing import TAGS, size_of
from fairapp.web.paging import page_asked
from fairapp.web.places import place_of, places_together

PER_PAGE = 60
SHOWN = [state for state in State if state is not State.DRAFT]
KEPT = ("state", "group", "place", "kind", "q", "sort")


@bp.get(QUEUE)
@needs(Permission.APPLICATION_SEE)
def queue(fair_code: str) -> Any:
    """The applications that answer to the filters."""
    fair, session, wanted = current_fair(), reading(), wanted_from_address()
    counts = by_state(session, fair, wanted)
    total = sum(many for state, many in counts.items() if not wanted.states or state in wanted.states)
    page = page_asked(total, PER_PAGE)
    found = applications_found(fair, wanted)
    rows = page_of_applications(session, found, wanted.sort, page.skipped, page.size)
    return render_template(
        "applications/queue.html",
        rows=rows,
        page=page,
        wanted=wanted,
        state=state_asked(),
        counts=counts,
        waiting=sum(counts.get(state, 0) for state in WAITING),
        everything=sum(counts.values()),
        states=SHOWN,
        kept=kept_filters(),
        offers=offers_of(session, fair, [row.organisation_id for row in rows]),
        booths=booths_of_applications(session, [row.id for row in rows]),
        groups={group.code: group for group in groups_of(session, fair)},
        kinds=kinds_of(session, fair.id),
        places=places_together(places_applied_from(session, fair)),
        place_of=place_of,
        size_of=size_of,
        tags=TAGS,
        q=request.args.get("q", "")[:200],
    )


def state_asked() -> str:
    """The filter of states: one of them, ``waiting``, or all."""
    asked = request.args.get("state", "")
    return asked if asked == "waiting" or asked in [state.value for state in SHOWN] else ""


def wanted_from_address() -> Wanted:
    """What the address asks for; what makes no sense is not asked for."""
    state, place = state_asked(), request.args.get("place", "")
    states = WAITING if state == "waiting" else frozenset({State(state)} if state else ())
    sort = request.args.get("sort", "")
    return Wanted(
        terms=search_terms(request.args.get("q", "")),
        states=states,
        group=request.args.get("group", "")[:20],
        place=place.upper() if place.isascii() and place.isalnum() and len(place) == 2 else "",
        kind=_number(request.args.get("kind", "")),
        sort=sort if sort.removeprefix("-") in SORTS else "submitted",
    )


def kept_filters() -> dict[str, str]:
    """The filters of the address, to carry along."""
    return {name: request.args[name][:200] for name in KEPT if request.args.get(name)}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
