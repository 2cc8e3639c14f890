"""The exhibitor's page: who stands at the booth, within the badges that come with it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.badges import COUNTED, BadgeRefusal, BadgeState, BadgeStep
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.tongues import MOST_SPOKEN, TONGUES
from fairapp.store.badges_lists import stands_of
from fairapp.store.badges_queries import badges_of, exhibitor_seen, floor_of
from fairapp.store.base import reading, transaction
from fairapp.usecases.badges import BadgesStep, allotted, name_person, step_badges
from fairapp.usecases.badges_languages import SayLanguages, say_languages
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.badges.bp import bp
from fairapp.web.badges.forms import PersonForm
from fairapp.web.wording import sentences

STAND = "/me/exhibitors/<int(max=2147483647):exhibitor_id>"
PAGE = f"{STAND}/badges"
ONE = f"{PAGE}/<int(max=2147483647):badge_id>"


@bp.get(PAGE)
@signed_in
def people(exhibitor_id: int) -> Any:
    """The allotment, the people named so far, and the form for the next one."""
    return _people(exhibitor_id, PersonForm())


@bp.post(PAGE)
@signed_in
def name(exhibitor_id: int) -> Any:
    """Name one more person."""
    form = PersonForm()
    if not form.validate_on_submit():
        return _people(exhibitor_id, form), 422
    try:
        with transaction() as session:
            badge = name_person(
                session, current_actor(), form.order(exhibitor_id), datetime.now(UTC), secrets.randbelow
            )
    except Refused as refused:
        return _people(exhibitor_id, form, sentences(refused)), 409
    flash(_("%(name)s is named. The organiser approves the badge.", name=badge.name), "ok")
    return redirect(url_for("badges.people", exhibitor_id=exhibitor_id))


@bp.post(f"{STAND}/languages")
@signed_in
def languages(exhibitor_id: int) -> Any:
    """Keep what is spoken at the stand."""
    said = tuple(request.form.getlist("language")[: len(TONGUES)])
    try:
        with transaction() as session:
            say_languages(session, current_actor(), SayLanguages(exhibitor_id, said), datetime.now(UTC))
    except Refused as refused:
        return _people(exhibitor_id, PersonForm(None), sentences(refused), said), 409
    flash(_("Saved. The sign of your booth says so the next time it is printed."), "ok")
    return redirect(url_for("badges.people", exhibitor_id=exhibitor_id))


@bp.get(ONE)
@signed_in
def person(exhibitor_id: int, badge_id: int) -> Any:
    """The form that changes a name not approved yet."""
    badge = _own(exhibitor_id, badge_id)
    return render_template("badges/person.html", badge=badge, form=PersonForm(obj=badge), reasons=[])


@bp.post(ONE)
@signed_in
def rename(exhibitor_id: int, badge_id: int) -> Any:
    """Change the name on a badge not approved yet."""
    form = PersonForm()
    badge = _own(exhibitor_id, badge_id)
    if not form.validate_on_submit():
        return render_template("badges/person.html", badge=badge, form=form, reasons=[]), 422
    try:
        with transaction() as session:
            order = form.order(exhibitor_id, badge_id)
            name_person(session, current_actor(), order, datetime.now(UTC), secrets.randbelow)
    except Refused as refused:
        badge = _own(exhibitor_id, badge_id)
        reasons = sentences(refused)
        return render_template("badges/person.html", badge=badge, form=form, reasons=reasons), 409
    flash(_("The name is changed."), "ok")
    return redirect(url_for("badges.people", exhibitor_id=exhibitor_id))


@bp.post(f"{ONE}/remove")
@signed_in
def take_back(exhibitor_id: int, badge_id: int) -> Any:
    """Take a name back; its badge is free for somebody else."""
    badge = _own(exhibitor_id, badge_id)
    if badge.state is not BadgeState.NAMED:
        raise Refused(BadgeRefusal.NOT_FROM_HERE, name=badge.name)
    with transaction() as session:
        order = BadgesStep((badge_id,), BadgeStep.REVOKE)
        step_badges(session, current_actor(), order, datetime.now(UTC))
    flash(_("%(name)s is taken off the list.", name=badge.name), "ok")
    return redirect(url_for("badges.people", exhibitor_id=exhibitor_id))


def _own(exhibitor_id: int, badge_id: int) -> Any:
    session = reading()
    exhibitor_seen(session, current_actor(), exhibitor_id)
    found = next((each for each in badges_of(session, exhibitor_id) if each.id == badge_id), None)
    if found is None:
        raise Missing
    return found


def _people(
    exhibitor_id: int,
    form: PersonForm,
    reasons: tuple[str, ...] = (),
    spoken: tuple[str, ...] | None = None,
) -> str:
    session = reading()
    exhibitor = exhibitor_seen(session, current_actor(), exhibitor_id)
    named = badges_of(session, exhibitor.id)
    area, sharing = floor_of(session, exhibitor.id)
    most = allotted(exhibitor, area, sharing)
    used = sum(badge.state in COUNTED for badge in named)
    until = exhibitor.fair.badges_until
    return render_template(
        "badges/people.html",
        exhibitor=exhibitor,
        stands=stands_of(session, [exhibitor.id]).get(exhibitor.id, ()),
        badges=[badge for badge in named if badge.state in COUNTED],
        former=[badge for badge in named if badge.state not in COUNTED and badge.approved_at is not None],
        used=used,
        most=most,
        until=until,
        closed=until is not None and datetime.now(UTC) > until,
        has_left=exhibitor.left_at is not None,
        form=form,
        reasons=reasons,
        tongues=TONGUES,
        spoken=exhibitor.spoken if spoken is None else spoken,
        most_spoken=MOST_SPOKEN,
        refusal=BadgeRefusal,
        State=BadgeState,
    )
