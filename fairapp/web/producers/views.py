"""A producer's own page, the beginning of a profile, and the profile's parts at a glance."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.accounts import own_path
from fairapp.rules.applications import State
from fairapp.rules.producers import Part, missing_parts
from fairapp.store.applications import Application
from fairapp.store.base import reading, transaction
from fairapp.store.producers_queries import (
    fairs_taking_applications,
    members_of,
    own_applications,
    own_organisations,
    profiles_of,
    with_a_booth,
)
from fairapp.usecases.producers import create_organisation
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.producers import views_members, views_parts, views_photos, views_places, views_products
from fairapp.web.producers.bp import bp, own, tried
from fairapp.web.producers.forms import IdentityForm

__all__ = ["bp", "views_members", "views_parts", "views_photos", "views_places", "views_products"]

PRESSING = (State.RETURNED, State.ACCEPTED, State.DRAFT)
"""States in which the next move is the applicant's, the most pressing first."""


@bp.get("/me")
@signed_in
def home() -> Any:
    """The organisations, the one next thing to do, applications by fair, and who else helps."""
    session, actor, now = reading(), current_actor(), datetime.now(UTC)
    organisations = own_organisations(session, actor)
    ids = [each.id for each in organisations]
    applications = own_applications(session, ids)
    profiles = profiles_of(session, organisations)
    members: dict[int, list[Any]] = {each: [] for each in ids}
    for membership in members_of(session, ids):
        members[membership.organisation_id].append(membership.account)
    asked = {(each.organisation_id, each.fair_id) for each in applications}
    fairs = fairs_taking_applications(session, now)
    return render_template(
        "producers/home.html",
        organisations=organisations,
        applications={each: [a for a in applications if a.organisation_id == each] for each in ids},
        missing={each: missing_parts(profiles[each]) for each in ids},
        profiles=profiles,
        parts=len(Part),
        members=members,
        fairs={each: [fair for fair in fairs if (each, fair.id) not in asked] for each in ids},
        open_fairs=fairs,
        pressing=_pressing(applications, with_a_booth(session, ids)),
    )


def _pressing(applications: Any, placed: frozenset[int]) -> Application | None:
    """The application that waits for its applicant, most pressing; none is confirmed without a booth."""
    waiting: list[Application] = [
        each
        for each in applications
        if each.state in PRESSING and (each.state is not State.ACCEPTED or each.id in placed)
    ]
    return min(waiting, key=lambda each: PRESSING.index(each.state), default=None)


@bp.route("/me/organisations/new", methods=["GET", "POST"])
@signed_in
def new() -> Any:
    """Begin a profile with its name; everything else can wait."""
    form = IdentityForm(data=None if request.form else {"country": "VN", "name_language": "vi"})
    made: list[int] = []
    blank: dict[str, Any] = {"number_kept": "", "theirs": {}}

    def create() -> None:
        with transaction() as session:
            made.append(create_organisation(session, current_actor(), form.order(), datetime.now(UTC)).id)

    if request.method == "GET":
        return render_template("producers/identity.html", form=form, organisation=None, **blank)
    if not tried(form, create):
        return render_template("producers/identity.html", form=form, organisation=None, **blank), 422
    flash(_("Saved. Go on with the next part, or stop here and come back whenever you like."), "ok")
    asked = own_path(request.args.get("next"))
    return redirect(asked or url_for("producers.profile", organisation_id=made[0]))


@bp.get("/me/organisations/<int(max=2147483647):organisation_id>")
@signed_in
def profile(organisation_id: int) -> Any:
    """The parts of the profile: what is done, what visitors would miss."""
    organisation = own(organisation_id)
    profile = profiles_of(reading(), [organisation])[organisation.id]
    return render_template(
        "producers/profile.html",
        organisation=organisation,
        profile=profile,
        missing=missing_parts(profile),
        members=len(members_of(reading(), [organisation.id])),
        parts=list(Part),
    )
