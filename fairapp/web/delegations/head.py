"""A head's own pages: the invitation, the delegations it heads, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.delegations import (
    INVITATION_LASTS,
    DelegationState,
    DelegationStep,
    Standing,
    list_refusals,
    stage,
    standing,
)
from fairapp.rules.errors import Refused
from fairapp.rules.producers import Part, missing_parts
from fairapp.store.applications_review import booths_of_applications
from fairapp.store.base import reading, transaction
from fairapp.store.delegations import Delegation
from fairapp.store.delegations_lists import (
    entries_standing,
    how_many,
    page_of_entries,
    products_by_organisation,
)
from fairapp.store.delegations_queries import headed_by, numbers_of, open_headship
from fairapp.store.producers_queries import profiles_of
from fairapp.usecases.delegations import accept_headship, step_delegation
from fairapp.web.access import public, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.delegations.bp import (
    MINE,
    STAGE_TAGS,
    bp,
    head_nav,
    head_page,
    headed,
    place_of,
    place_words,
)
from fairapp.web.delegations.entry_forms import EndorseForm
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

PER_PAGE = 100


@bp.get("/d")
@signed_in
def mine() -> Any:
    """The delegations the actor heads; the only one is opened at once."""
    session = reading()
    rows = headed_by(session, current_actor().account_id)
    if len(rows) == 1:
        return redirect(url_for("delegations.one", delegation_id=rows[0].id))
    numbers = numbers_of(session, [each.id for each in rows])
    return render_template(
        "delegations/mine.html",
        rows=[(each, numbers[each.id], stage(each.state, numbers[each.id])) for each in rows],
        tool_nav=head_nav(),
        place_words=place_words,
        STAGE_TAGS=STAGE_TAGS,
    )


@bp.get(MINE)
@signed_in
def one(delegation_id: int) -> Any:
    """The whole delegation on one page."""
    return list_page(headed(delegation_id))


def list_page(delegation: Delegation, reasons: Sequence[Any] = ()) -> str:
    """The list with what is wrong above it: sentences, or (sentence, where to put it right)."""
    session = reading()
    numbers = numbers_of(session, [delegation.id])[delegation.id]
    wanted = next((each for each in Standing if each.value == request.args.get("standing")), None)
    found = entries_standing(session, delegation.id, wanted)
    page = page_asked(how_many(session, found), PER_PAGE)
    rows = page_of_entries(session, found, page.skipped, page.size)
    organisations = [entry.organisation for entry, _complete in rows]
    profiles = profiles_of(session, organisations)
    return head_page(
        "delegations/list.html",
        delegation,
        numbers=numbers,
        stage=stage(delegation.state, numbers),
        rows=[(entry, standing(entry.state, complete)) for entry, complete in rows],
        page=page,
        wanted=wanted,
        Standing=Standing,
        is_open=not list_refusals(delegation.state, delegation.list_until, datetime.now(UTC)),
        is_over=delegation.state is DelegationState.CLOSED,
        products=products_by_organisation(session, [each.id for each in organisations]),
        done={each: len(Part) - len(missing_parts(profile)) for each, profile in profiles.items()},
        parts=len(Part),
        booths=booths_of_applications(session, [entry.application_id for entry, _complete in rows]),
        form=EndorseForm(formdata=None),
        place_of=place_of,
        reasons=reasons,
    )


@bp.get(f"{MINE}/lock")
@signed_in
def ask_lock(delegation_id: int) -> Any:
    """Ask once more before the list is locked: only the organiser opens it again."""
    delegation = headed(delegation_id)
    numbers = numbers_of(reading(), [delegation.id])[delegation.id]
    return head_page("delegations/lock.html", delegation, numbers=numbers)


@bp.post(f"{MINE}/lock")
@signed_in
def lock(delegation_id: int) -> Any:
    """Lock the list; a second press changes nothing."""
    here = redirect(url_for("delegations.one", delegation_id=delegation_id), 303)
    if headed(delegation_id).state is DelegationState.LOCKED:
        return here
    try:
        with transaction() as session:
            step_delegation(session, current_actor(), delegation_id, DelegationStep.LOCK, datetime.now(UTC))
    except Refused as refused:
        reasons = sentences(refused)
        return list_page(headed(delegation_id), reasons), 409
    flash(_("The list is locked. The organiser decides next."), "ok")
    return here


@bp.get("/d/invitations/<token>")
@public
def invitation(token: str) -> Any:
    """What is asked, and of whom; somebody who has not signed in finds the door here."""
    found = open_headship(reading(), token)
    if found is None or datetime.now(UTC) > found.invited_at + INVITATION_LASTS:
        return render_template("delegations/invitation_ended.html"), 404
    return render_template("delegations/invitation.html", delegation=found, token=token)


@bp.post("/d/invitations/<token>")
@signed_in
def accept(token: str) -> Any:
    """Head the delegation from now on."""
    try:
        with transaction() as session:
            taken = accept_headship(session, current_actor(), token, datetime.now(UTC)).id
    except Refused:
        return render_template("delegations/invitation_ended.html"), 409
    flash(_("Welcome. You now head this delegation."), "ok")
    return redirect(url_for("delegations.one", delegation_id=taken), 303)
