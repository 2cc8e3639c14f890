"""The organiser's list of badges: find, approve, revoke, replace."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import ngettext
from fairapp.rules.actors import Permission
from fairapp.rules.badges import VALID, BadgeRefusal, BadgeState, BadgeStep
from fairapp.rules.errors import Refused
from fairapp.store.badges_lists import badges_by_state, badges_wanted, page_of, prints_of, stands_of
from fairapp.store.base import reading, transaction
from fairapp.usecases.badges import step_badges
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.badges.bp import bp
from fairapp.web.badges.forms import chosen_step

FILTERS = (BadgeState.NAMED, BadgeState.APPROVED, BadgeState.ISSUED, BadgeState.REVOKED)


@bp.get("/o/<fair_code>/badges")
@needs(Permission.BADGE_APPROVE)
def badges(fair_code: str) -> Any:
    """The fair's badges, fifty to a page."""
    fair, session = current_fair(), reading()
    asked = request.args.get("state", "")
    states = [state for state in FILTERS if state.value == asked]
    query = request.args.get("q", "")[:200]
    page = page_of(session, badges_wanted(fair.id, states, query), page_number())
    counts = badges_by_state(session, fair.id)
    return render_template(
        "badges/list.html",
        page=page,
        stands=stands_of(session, [row.exhibitor_id for row in page.rows]),
        prints=prints_of(session, [row.id for row in page.rows]),
        counts=counts,
        printable=sum(counts.get(state, 0) for state in VALID),
        filters=FILTERS,
        state=asked if states else "",
        query=query,
        State=BadgeState,
        valid=VALID,
    )


def page_number() -> int:
    """The page asked for; the first one where it is no number."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@bp.post("/o/<fair_code>/badges/approve")
@needs(Permission.BADGE_APPROVE)
def approve(fair_code: str) -> Any:
    """Approve the badges ticked."""
    count = _take(BadgeStep.APPROVE)
    return _back(ngettext("%(num)s badge is approved.", "%(num)s badges are approved.", count))


@bp.post("/o/<fair_code>/badges/revoke")
@needs(Permission.BADGE_APPROVE)
def revoke(fair_code: str) -> Any:
    """Revoke the badges ticked, with the reason the gate will show."""
    count = _take(BadgeStep.REVOKE)
    return _back(ngettext("%(num)s badge is revoked.", "%(num)s badges are revoked.", count))


@bp.post("/o/<fair_code>/badges/replace")
@needs(Permission.BADGE_APPROVE)
def replace(fair_code: str) -> Any:
    """Replace lost badges: the old codes stop, new ones can be printed."""
    count = _take(BadgeStep.REPLACE)
    return _back(
        ngettext(
            "%(num)s badge is replaced. Print it anew: the lost one opens no gate.",
            "%(num)s badges are replaced. Print them anew: the lost ones open no gate.",
            count,
        )
    )


def _take(step: BadgeStep) -> int:
    order = chosen_step(step)
    if not order.badge_ids:
        raise Refused(BadgeRefusal.NOTHING_CHOSEN)
    with transaction() as session:
        return len(step_badges(session, current_actor(), order, datetime.now(UTC)))


def _back(done: str) -> Any:
    """To the list as it was filtered."""
    flash(done, "ok")
    kept: dict[str, Any] = {
        name: request.form[name][:200] for name in ("state", "q", "page") if request.form.get(name, "")
    }
    return redirect(url_for("badges.badges", fair_code=current_fair().code, **kept))
