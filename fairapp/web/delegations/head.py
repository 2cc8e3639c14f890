"""A head's own pages: the invitation, the delegations it heads, and one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.delegations import INVITATION_LASTS, stage
from fairapp.rules.errors import Refused
from fairapp.store.base import reading, transaction
from fairapp.store.delegations_queries import headed_by, numbers_of, open_headship
from fairapp.usecases.delegations import accept_headship
from fairapp.web.access import public, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.delegations.bp import (
    MINE,
    STAGE_TAGS,
    bp,
    head_nav,
    head_page,
    headed,
    place_words,
)


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
    delegation = headed(delegation_id)
    numbers = numbers_of(reading(), [delegation.id])[delegation.id]
    return head_page(
        "delegations/list.html",
        delegation,
        numbers=numbers,
        stage=stage(delegation.state, numbers),
    )


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
