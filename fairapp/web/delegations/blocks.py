"""The block of booths: what the organiser gives, and how the head shares it out."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.delegations import DelegationState
from fairapp.rules.errors import Refused
from fairapp.store.applications_review import halls_to_choose
from fairapp.store.base import db, reading, transaction
from fairapp.store.delegations import Delegation
from fairapp.store.delegations_booths import (
    block_of,
    booths_to_give,
    exhibiting,
    how_many_booths,
    page_of_booths,
)
from fairapp.store.delegations_queries import delegation_in
from fairapp.usecases.delegations_booths import (
    Block,
    ShareOut,
    give_booths,
    place_of_list,
    proposal,
    share_out,
    take_booths,
    take_place_back,
)
from fairapp.usecases.impact import about_claims, do_as_shown
from fairapp.web.access import current_fair, needs, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.delegations.bp import MINE, ONE, bp, head_page, headed
from fairapp.web.impact import confirmation, digest_sent, impact_of
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences
from fairapp.web.zones import zone_names

PER_PAGE = 120
MOST_PICKED = 500


def _numbers(name: str) -> tuple[int, ...]:
    """The row numbers that a form's boxes hold; anything else is not among them."""
    sent = request.form.getlist(name)[:MOST_PICKED]
    return tuple(int(each) for each in sent if each.isascii() and each.isdigit() and len(each) < 10)


@bp.get(f"{ONE}/booths")
@needs(Permission.DELEGATION_EDIT)
def block(fair_code: str, delegation_id: int) -> Any:
    """The block, and the free booths that can be added to it."""
    return _block_page(delegation_in(reading(), current_actor(), current_fair().id, delegation_id))


def _block_page(delegation: Delegation, reasons: tuple[str, ...] = ()) -> str:
    session, fair = reading(), current_fair()
    hall, zone = request.args.get("hall", "")[:40], request.args.get("zone", "")[:60]
    found = booths_to_give(fair.id, hall, zone, datetime.now(UTC))
    page = page_asked(how_many_booths(session, found), PER_PAGE)
    return render_template(
        "delegations/block.html",
        delegation=delegation,
        block=block_of(session, delegation.id),
        free=page_of_booths(session, found, page.skipped, page.size),
        page=page,
        halls=halls_to_choose(session, fair),
        zones=zone_names(session, fair),
        hall=hall,
        zone=zone,
        reasons=reasons,
        is_over=delegation.state is DelegationState.CLOSED,
    )


@bp.post(f"{ONE}/booths/<any(give, take):act>")
@needs(Permission.DELEGATION_EDIT)
def move_block(fair_code: str, delegation_id: int, act: str) -> Any:
    """Put the chosen booths into the block, or take them out."""
    fair_id = current_fair().id
    delegation_in(reading(), current_actor(), fair_id, delegation_id)
    order = Block(delegation_id, _numbers("booth"))
    try:
        with transaction() as session:
            do = give_booths if act == "give" else take_booths
            many = len(do(session, current_actor(), order, datetime.now(UTC)))
    except Refused as refused:
        db.session.rollback()
        reasons = sentences(refused)
        again = delegation_in(reading(), current_actor(), fair_id, delegation_id)
        return _block_page(again, reasons), 409
    if act == "give":
        flash(
            ngettext("%(num)s booth is in the block now.", "%(num)s booths are in the block now.", many), "ok"
        )
    else:
        flash(ngettext("%(num)s booth is free again.", "%(num)s booths are free again.", many), "ok")
    return redirect(url_for("delegations.block", fair_code=fair_code, delegation_id=delegation_id), 303)


@bp.get(f"{MINE}/booths")
@signed_in
def booths(delegation_id: int) -> Any:
    """Who of the list stands where, and a proposal for those that still wait."""
    return _booths_page(headed(delegation_id))


def _booths_page(delegation: Delegation, reasons: tuple[str, ...] = ()) -> str:
    session = reading()
    places = block_of(session, delegation.id)
    rows = exhibiting(session, delegation.id)
    theirs: dict[int, list[Any]] = {each.exhibitor.id: [] for each in rows}
    for place in places:
        if place.claim is not None and place.claim.exhibitor_id in theirs:
            theirs[place.claim.exhibitor_id].append(place)
    return head_page(
        "delegations/booths.html",
        delegation,
        places=places,
        free=[place.booth for place in places if place.claim is None],
        rows=rows,
        theirs=theirs,
        proposed=proposal(session, delegation),
        reasons=reasons,
        is_over=delegation.state is DelegationState.CLOSED,
    )


@bp.post(f"{MINE}/booths")
@signed_in
def share(delegation_id: int) -> Any:
    """Give the producers the booths chosen for them, each on its own merits."""
    headed(delegation_id)
    pairs = tuple(
        (int(entry), int(booth))
        for entry, _colon, booth in (each.partition(":") for each in request.form.getlist("place"))
        if entry.isascii() and entry.isdigit() and booth.isascii() and booth.isdigit()
        if len(entry) < 10 and len(booth) < 10
    )[:MOST_PICKED]
    try:
        with transaction() as session:
            order = ShareOut(delegation_id, pairs)
            result = share_out(session, current_actor(), order, datetime.now(UTC))
            many = len(result.claims)
            against = tuple(
                f"{name}: {' '.join(phrase(reason, **facts) for reason in reasons)}"
                for name, reasons, facts in result.refused
            )
    except Refused as refused:
        db.session.rollback()
        reasons = sentences(refused)
        return _booths_page(headed(delegation_id), reasons), 409
    if many:
        flash(ngettext("%(num)s booth is shared out.", "%(num)s booths are shared out.", many), "ok")
    if against:
        return _booths_page(headed(delegation_id), against), 409
    return redirect(url_for("delegations.booths", delegation_id=delegation_id), 303)


@bp.post(f"{MINE}/booths/<int(max=2147483647):claim_id>/release")
@signed_in
def release(delegation_id: int, claim_id: int) -> Any:
    """Take a producer's booth of the block back, as what follows from it was shown."""
    delegation = headed(delegation_id)
    back = url_for("delegations.booths", delegation_id=delegation_id)
    try:
        with transaction() as session:
            now, actor = datetime.now(UTC), current_actor()
            claim = place_of_list(session, actor, delegation_id, claim_id)
            about = about_claims(session, delegation.fair_id, [claim.id], to_exhibitor=True)
            act = partial(take_place_back, session, actor, delegation_id, claim_id, now)
            do_as_shown(session, about, act, digest_sent(), now, always=True)
    except Refused as refused:
        db.session.rollback()
        if (impact := impact_of(refused)) is not None:
            return confirmation(impact, _("Take this booth back?"), _("Take the booth back"), back)
        return _booths_page(headed(delegation_id), sentences(refused)), 409
    flash(_("The booth is free again for somebody else of the list."), "ok")
    return redirect(back, 303)
