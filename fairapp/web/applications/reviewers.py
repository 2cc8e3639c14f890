"""Who reads which applications: parts given to the fair's reviewers, and conflicts lifted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.reviewing import Reads
from fairapp.store.applications_review import places_applied_from
from fairapp.store.applications_reviewing import ReviewAssignment, assignments_of, reviewers_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import groups_of
from fairapp.usecases.applications_criteria import AssignReviewer, assign_reviewer, unassign_reviewer
from fairapp.usecases.applications_reviewing import lift_conflict
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import ONE, REVIEWING, bp
from fairapp.web.applications.review import back_to, of_this_fair
from fairapp.web.places import place_choices, place_name

REVIEWERS = f"{REVIEWING}/reviewers"


@bp.get(REVIEWERS)
@needs(Permission.APPLICATION_DECIDE)
def reviewers(fair_code: str) -> Any:
    """The fair's reviewers with what each of them reads."""
    session, fair = reading(), current_fair()
    groups = groups_of(session, fair)
    names = {group.code: pick(group.names) for group in groups}
    parts: dict[int, list[tuple[ReviewAssignment, str]]] = defaultdict(list)
    for each in assignments_of(session, fair.id):
        parts[each.account_id].append((each, part_name(each.by, each.value, names)))
    provinces, countries = place_choices(places_applied_from(session, fair))
    return render_template(
        "applications/reviewers.html",
        reviewers=reviewers_of(session, fair.id),
        parts=parts,
        groups=groups,
        provinces=provinces,
        countries=countries,
        chosen=request.args.get("reviewer", ""),
        Reads=Reads,
    )


def part_name(by: Reads, value: str, groups: dict[str, str]) -> str:
    """A part in words."""
    if by is Reads.ALL:
        return phrase(by)
    if by is Reads.APPLICATION:
        return _("Application %(number)s", number=value)
    return groups.get(value, value) if by is Reads.GROUP else place_name(value)


@bp.post(REVIEWERS)
@needs(Permission.APPLICATION_DECIDE)
def assign(fair_code: str) -> Any:
    """Give a part to a reviewer; given twice, it is given once."""
    by, _colon, value = request.form.get("part", "").partition(":")
    order = AssignReviewer(current_fair().id, _number("reviewer"), _by(by), value[:20])
    if _done(lambda session: assign_reviewer(session, current_actor(), order, datetime.now(UTC))):
        flash(_("The reviewer finds the applications in their list now."), "ok")
    return _back()


@bp.post(f"{REVIEWERS}/take")
@needs(Permission.APPLICATION_DECIDE)
def unassign(fair_code: str) -> Any:
    """Take a part from a reviewer."""
    fair_id, number = current_fair().id, _number("assignment")
    if _done(lambda session: unassign_reviewer(session, current_actor(), fair_id, number, datetime.now(UTC))):
        flash(_("Taken away. Reviews that were given stay."), "ok")
    return _back()


@bp.post(f"{ONE}/reviewers")
@needs(Permission.APPLICATION_DECIDE)
def give_to(fair_code: str, application_id: int) -> Any:
    """Give this one application to a reviewer."""
    of_this_fair(application_id)
    order = AssignReviewer(current_fair().id, _number("reviewer"), Reads.APPLICATION, str(application_id))
    if _done(lambda session: assign_reviewer(session, current_actor(), order, datetime.now(UTC))):
        flash(_("The reviewer finds the application in their list now."), "ok")
    return back_to(application_id)


@bp.post(f"{ONE}/reviewers/lift")
@needs(Permission.APPLICATION_DECIDE)
def lift(fair_code: str, application_id: int) -> Any:
    """Let somebody read it again who declared a conflict by mistake."""
    of_this_fair(application_id)
    account_id = _number("reviewer")
    if _done(
        lambda session: lift_conflict(session, current_actor(), application_id, account_id, datetime.now(UTC))
    ):
        flash(_("The reviewer finds the application in their list again."), "ok")
    return back_to(application_id)


def _done(act: Callable[[Session], object]) -> bool:
    """Do it, or say why not; answer which."""
    try:
        with transaction() as session:
            act(session)
    except Refused as refused:
        db.session.rollback()
        for reason in refused.reasons:
            flash(phrase(reason), "warn")
        return False
    return True


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _by(text: str) -> Reads:
    return Reads(text) if text in [each.value for each in Reads] else Reads.APPLICATION


def _back() -> Any:
    return redirect(url_for("applications.reviewers", fair_code=current_fair().code), 303)
