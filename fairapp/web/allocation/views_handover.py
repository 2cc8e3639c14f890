"""Handing booths over: the list of a fair, one booth, and the same page for its exhibitor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.actors import Permission
from fairapp.rules.allocation import ClaimState
from fairapp.rules.allocation_handover import CLAIM_STEPS, ClaimStep, handover_refusals
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.guards import Deed
from fairapp.store import allocation_handover as rows
from fairapp.store.allocation import BoothClaim
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.allocation_handover import (
    LONGEST_NOTE,
    StepClaim,
    handover_hindrances,
    moment_of,
    step_claim,
)
from fairapp.usecases.guarding import hindrances
from fairapp.web.access import current_fair, needs, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.allocation.bp import bp
from fairapp.web.one_application import MINE, OFFICE, of_this_fair, own
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

PER_PAGE = 50
SHOWN = {
    "ready": frozenset({ClaimState.CONFIRMED}),
    "done": frozenset({ClaimState.HANDED_OVER}),
    "early": frozenset({ClaimState.HELD, ClaimState.OFFERED, ClaimState.ACCEPTED}),
}
TAGS = {
    ClaimState.HELD: ("", "clock"),
    ClaimState.OFFERED: ("", "clock"),
    ClaimState.ACCEPTED: ("info", "clock"),
    ClaimState.CONFIRMED: ("info", "check"),
    ClaimState.HANDED_OVER: ("ok", "key"),
}
ONE = "/o/<fair_code>/handover/<int(max=2147483647):claim_id>"


class HandoverForm(FlaskForm):  # type: ignore[misc]
    """A note on the hand-over, or why it is taken back."""

    words = TextAreaField(
        _l("Note on the hand-over"), [Length(max=LONGEST_NOTE, message=_l("This is too long. Shorten it."))]
    )


@bp.get("/o/<fair_code>/handover")
@needs(Permission.BOOTH_ASSIGN)
def handovers(fair_code: str) -> str:
    """Booths that wait for their exhibitors, or are in their hands, a page at a time."""
    session, fair = reading(), current_fair()
    show, query = request.args.get("show", "ready"), request.args.get("q", "")[:200]
    show = show if show in SHOWN else "ready"
    found = rows.claims_of_fair(fair.id, SHOWN[show], query)
    page = page_asked(rows.how_many(session, found), PER_PAGE)
    counted = rows.claims_by_state(session, fair.id)
    return render_template(
        "allocation/handovers.html",
        rows=rows.page_of_claims(session, found, page.skipped, page.size),
        page=page,
        show=show,
        q=query,
        counts={name: sum(counted.get(state, 0) for state in states) for name, states in SHOWN.items()},
        tags=TAGS,
    )


@bp.get(ONE)
@needs(Permission.BOOTH_ASSIGN)
def handover(fair_code: str, claim_id: int) -> str:
    """One booth: whether it can be handed over now, and what comes first."""
    return _page(_claim(claim_id), HandoverForm())


@bp.post(f"{ONE}/<any(hand_over,take_back):step>")
@needs(Permission.BOOTH_ASSIGN)
def step_handover(fair_code: str, claim_id: int, step: str) -> Any:
    """Hand it over or take it back; a second press does no harm."""
    claim, form, asked = _claim(claim_id), HandoverForm(), ClaimStep(step)
    if not form.validate_on_submit():
        return _page(claim, form), 422
    after = next(after for (_state, taken), after in CLAIM_STEPS.items() if taken is asked)
    if claim.state is after:
        return _back(fair_code, claim_id)
    try:
        with transaction() as session:
            order = StepClaim(claim_id, asked, form.words.data or "")
            step_claim(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        said = sentences(refused)
        return _page(_claim(claim_id), form, said), 409
    code = _claim(claim_id).booth.code
    flash(
        _("Booth %(code)s is handed over.", code=code)
        if asked is ClaimStep.HAND_OVER
        else _("The hand-over of booth %(code)s is taken back.", code=code),
        "ok",
    )
    return _back(fair_code, claim_id)


@bp.get(f"{OFFICE}/handover")
@needs(Permission.BOOTH_ASSIGN)
def handover_of(fair_code: str, application_id: int) -> str:
    """The booths of one application, and what holds their hand-over back."""
    return render_template("allocation/handover_of.html", **_booths(of_this_fair(application_id)))


@bp.get(f"{MINE}/handover")
@signed_in
def my_handover(application_id: int) -> str:
    """The same for the exhibitor: when the booth is theirs, and what comes first."""
    return render_template("allocation/my_handover.html", **_booths(own(application_id)))


def _booths(application: Application) -> dict[str, Any]:
    session = reading()
    claims = rows.claims_of_application(session, application.id)
    waits = any(claim.state is not ClaimState.HANDED_OVER for claim in claims)
    found = hindrances(session, application, Deed.HAND_OVER, datetime.now(UTC)) if waits else ()
    return {
        "application": application,
        "claims": claims,
        "hindrances": found,
        "State": ClaimState,
        "tags": TAGS,
    }


def _claim(claim_id: int) -> BoothClaim:
    """A claim of the fair in the address."""
    claim = reading().get(BoothClaim, claim_id)
    if claim is None or claim.booth.fair_id != current_fair().id:
        raise Missing
    return claim


def _page(claim: BoothClaim, form: HandoverForm, reasons: tuple[str, ...] = ()) -> str:
    now = datetime.now(UTC)
    moment = moment_of(claim, now, "-")
    against = {step: handover_refusals(claim.state, step, moment) for step in ClaimStep}
    can = [step for step in ClaimStep if not against[step]]
    found = handover_hindrances(reading(), claim, now) if ClaimStep.HAND_OVER in can else ()
    return render_template(
        "allocation/handover.html",
        claim=claim,
        form=form,
        reasons=reasons,
        can=can,
        against=against[ClaimStep.HAND_OVER],
        hindrances=() if reasons else found,
        held_back=bool(found),
        Step=ClaimStep,
        State=ClaimState,
        tags=TAGS,
    )


def _back(fair_code: str, claim_id: int) -> Any:
    return redirect(url_for("allocation.handover", fair_code=fair_code, claim_id=claim_id), 303)
