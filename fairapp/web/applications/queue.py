"""The organiser's queue of applications: filtered, counted, sorted, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from fairapp.rules.actors import Permission
from fairapp.rules.applications import WAITING, State
from fairapp.store.applications import Application
from fairapp.store.applications_marks import tags_in, tags_on
from fairapp.store.applications_prepared import prepared_about
from fairapp.store.applications_review import (
    Wanted,
    applications_found,
    applications_numbered,
    booths_of_applications,
    by_state,
    found_by_words,
    page_of_applications,
    places_applied_from,
)
from fairapp.store.applications_reviewing import means_in
from fairapp.store.base import reading
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.store.fairs_search import offers_of
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import QUEUE, bp
from fairapp.web.applications.filtering import (
    SHOWN,
    filters_asked,
    kept_filters,
    state_asked,
    wanted_from_address,
)
from fairapp.web.applications.marks import my_filters
from fairapp.web.applications.reading import points
from fairapp.web.applications.showing import TAGS, size_of
from fairapp.web.paging import Page, page_asked
from fairapp.web.places import place_of, places_together

PER_PAGE = 60


@bp.get(QUEUE)
@needs(Permission.APPLICATION_SEE)
def queue(fair_code: str) -> Any:
    """The applications that answer to the filters."""
    fair, session, wanted = current_fair(), reading(), wanted_from_address()
    counts, page, rows = _look(session, fair, wanted)
    ids = [row.id for row in rows]
    decides = current_actor().may(Permission.APPLICATION_DECIDE, fair.id)
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
        filters=my_filters(),
        filtered=filters_asked(),
        offers=offers_of(session, fair, [row.organisation_id for row in rows]),
        booths=booths_of_applications(session, ids),
        prepared=prepared_about(session, ids) if decides else {},
        means=means_in(session, fair.id, ids) if decides else {},
        row_tags=tags_on(session, ids) if decides else {},
        fair_tags=tags_in(session, fair.id) if decides else (),
        groups={group.code: group for group in groups_of(session, fair)},
        kinds=kinds_of(session, fair.id),
        places=places_together(places_applied_from(session, fair)),
        place_of=place_of,
        size_of=size_of,
        points=points,
        tags=TAGS,
        q=request.args.get("q", "")[:200],
    )


def _look(
    session: Session, fair: Fair, wanted: Wanted
) -> tuple[Mapping[State, int], Page, list[Application]]:
    """(how many by state, the page asked for, what stands on it)."""
    if wanted.terms:
        found = found_by_words(session, fair, wanted)
        meant = [number for number, state in found if not wanted.states or state in wanted.states]
        page = page_asked(len(meant), PER_PAGE)
        counts = Counter(state for _number, state in found)
        return counts, page, applications_numbered(session, meant[page.skipped : page.skipped + page.size])
    every = by_state(session, fair, wanted)
    total = sum(many for state, many in every.items() if not wanted.states or state in wanted.states)
    page = page_asked(total, PER_PAGE)
    found_rows = applications_found(fair, wanted)
    return every, page, page_of_applications(session, found_rows, wanted.sort, page.skipped, page.size)
