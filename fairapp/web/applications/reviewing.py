"""How far the reviewing is: applications with their reviews and disagreement, reviewers with theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import render_template, request

from fairapp.rules.actors import Permission
from fairapp.rules.review_settings import ReviewSettings
from fairapp.rules.reviewing import GREAT_SPREAD, Line, Order, in_order, line_of
from fairapp.store.accounts import Account
from fairapp.store.applications_reading import (
    given_in,
    how_many_reviewed,
    lines_of,
    reviewed_in_order,
    rota_of,
    subjects_of,
)
from fairapp.store.applications_review import applications_by_id
from fairapp.store.applications_reviewing import criteria_of, reviewers_of, reviews_of
from fairapp.store.base import reading
from fairapp.store.fairs import Fair
from fairapp.web.access import current_fair, needs
from fairapp.web.applications.bp import REVIEWING, bp
from fairapp.web.applications.reading import is_blind, points
from fairapp.web.applications.showing import TAGS
from fairapp.web.paging import page_asked
from fairapp.web.places import place_of

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Share:
    """What one reviewer has done and has still to do."""

    account: Account
    done: int
    open: int
    conflicts: int


@bp.get(REVIEWING)
@needs(Permission.APPLICATION_DECIDE)
def reviewing(fair_code: str) -> Any:
    """Progress and spread."""
    session, fair = reading(), current_fair()
    waiting, everything = lines_of(session, fair), how_many_reviewed(session, fair.id)
    show, order = request.args.get("show", ""), _order(request.args.get("order", ""))
    without = [line for line in waiting if line.is_without_a_reader]
    shown = without if show == "without" else waiting
    page = page_asked(everything if show == "all" else len(shown), PER_PAGE)
    some = in_order(shown, order)[page.skipped : page.skipped + page.size]
    if show == "all":
        few = reviewed_in_order(session, fair.id, order, page.skipped, page.size)
        some = sorted(lines_of(session, fair, few), key=lambda line: few.index(line.application_id))
    people, settings = reviewers_of(session, fair.id), ReviewSettings.of(fair.settings)
    return render_template(
        "applications/reviewing.html",
        until=settings.until,
        is_late=settings.is_late(datetime.now(UTC)),
        lines=some,
        rows=applications_by_id(session, fair, [line.application_id for line in some]),
        page=page,
        show=show if show in ("without", "all") else "",
        order=order,
        waiting=len(waiting),
        everything=everything,
        without=len(without),
        done=sum(len(line.means) for line in waiting),
        expected=sum(line.expected for line in waiting),
        apart=sum(line.spread >= GREAT_SPREAD for line in waiting),
        shares=shares_of(people, waiting),
        criteria=criteria_of(session, fair.id),
        names={each.id: each.name for each in people},
        is_blind=is_blind(fair),
        points=points,
        place_of=place_of,
        tags=TAGS,
        GREAT_SPREAD=GREAT_SPREAD,
        Order=Order,
    )


def shares_of(people: Sequence[Account], lines: Sequence[Line]) -> list[Share]:
    """By reviewer, how many are done, open and in conflict."""
    done = Counter(each for line in lines for each in line.means)
    open_ones = Counter(each for line in lines for each in line.open)
    conflicts = Counter(each for line in lines for each in line.conflicts)
    return [Share(one, done[one.id], open_ones[one.id], conflicts[one.id]) for one in people]


def reviews_shown(fair: Fair, application_id: int) -> dict[str, Any]:
    """What the organiser's page of one application says of its reviews."""
    session = reading()
    people = reviewers_of(session, fair.id)
    rota = rota_of(session, fair.id)
    line = line_of(
        subjects_of(session, fair, rota, [application_id])[0],
        rota,
        given_in(session, fair.id, [application_id]).get(application_id, ()),
    )
    return {
        "reviews": reviews_of(session, application_id),
        "review_line": line,
        "still_open": [one for one in people if one.id in line.open],
        "could_read": [one for one in people if one.id not in line.readers | line.conflicts],
        "criteria": criteria_of(session, fair.id),
        "points": points,
        "GREAT_SPREAD": GREAT_SPREAD,
    }


def _order(text: str) -> Order:
    return Order(text) if text in [each.value for each in Order] else Order.SPREAD
