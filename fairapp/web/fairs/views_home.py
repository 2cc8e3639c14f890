"""The organiser's list of fairs, and a fair's overview."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fairapp.rules.actors import Permission
from fairapp.rules.applications import WAITING
from fairapp.rules.fairs import FairState, days_of
from fairapp.store import fairs_numbers, fairs_queries, fairs_search
from fairapp.store.base import reading
from fairapp.web.access import current_fair, needs, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.fairs.acts import act_word
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.next_things import next_things
from fairapp.web.fairs.times import kicker
from fairapp.web.places import place_choices

LAST_ACTS = 8


@bp.get("/o")
@signed_in
def organised() -> str | Response:
    """The fairs that the actor has a part in; the only one is opened at once."""
    session, actor = reading(), current_actor()
    fairs = fairs_queries.fairs_of(session, actor)
    may_create = actor.may(Permission.FAIR_CREATE) or actor.fairs_with(Permission.FAIR_CREATE) != frozenset()
    if len(fairs) == 1 and "all" not in request.args:
        return redirect(url_for("fairs.home", fair_code=fairs[0].code))
    return render_template(
        "fairs/organised.html",
        fairs=fairs,
        counts=fairs_queries.exhibitors_by_fair(session, [fair.id for fair in fairs]),
        may_create=may_create,
        FairState=FairState,
    )


@bp.get("/o/<fair_code>")
@needs(Permission.FAIR_SEE)
def home(fair_code: str) -> str:
    """How far the fair is, what to do next, and what happened last."""
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    actor = current_actor()
    numbers = fairs_numbers.numbers_of(session, fair, now)
    provinces, countries = place_choices(fairs_search.places_in(session, fair))
    may_audit = actor.may(Permission.AUDIT_SEE, fair.id)
    acts = (
        fairs_numbers.page_of_audit(session, fairs_numbers.audit_entries(fair.id), 0, LAST_ACTS)
        if may_audit
        else []
    )
    may_see = actor.may(Permission.APPLICATION_SEE, fair.id)
    return render_template(
        "fairs/home.html",
        kicker=kicker(fair, now),
        numbers=numbers,
        waiting=sum(numbers.applications.get(state, 0) for state in WAITING),
        things=next_things(fair, numbers, now) if actor.may(Permission.FAIR_EDIT, fair.id) else [],
        groups=fairs_queries.groups_of(session, fair),
        by_group=fairs_search.products_by_group(session, fair),
        origins=sorted(
            provinces + [place for place in countries if place.value != "VN"],
            key=lambda place: -place.count,
        )[:8],
        provinces=len(provinces),
        countries=len(countries),
        days=days_of(fair.starts_on, fair.ends_on),
        acts=acts,
        act_word=act_word,
        may_see=may_see,
        may_audit=may_audit,
        scans=fairs_numbers.scans_since(session, fair.id, now - timedelta(minutes=10)),
        FairState=FairState,
    )
