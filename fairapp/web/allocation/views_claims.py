"""Every act on the board: assign, move, swap, take back, share, keep back; each answers with the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.allocation import LIVE, Obstacle, PlaceRefusal
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.stand_book import StandBook
from fairapp.rules.stand_codes import StandName, StandReason
from fairapp.store import allocation_board as rows
from fairapp.store import allocation_waiting as waiting_rows
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.base import db, reading, transaction
from fairapp.store.board_events import last_number
from fairapp.store.fairs import Booth
from fairapp.usecases.allocation import (
    AssignBooth,
    MoveClaim,
    ReleaseClaim,
    SwapClaims,
    assign_booth,
    move_claim,
    release_claim,
    swap_claims,
)
from fairapp.usecases.allocation_sharing import BlockBooth, ShareBooth, block_booth, share_booth, stop_sharing
from fairapp.usecases.impact import about_claims, do_as_shown
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.board import address
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.forms import AssignForm, BoothForm, ReasonForm, ShareForm, SwapForm
from fairapp.web.allocation.refusing import Again, refused, unclear
from fairapp.web.errors import wants_json
from fairapp.web.impact import confirmation, digest_sent, impact_of

KEPT = ("q", "group", "show", "page")
"""What of the board's address outlives an act."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An act whose consequences are shown before it is done: the claims it changes, and how it is called."""

    claim_ids: tuple[int, ...]
    title: str
    label: str


def _do(
    act: Callable[[Session, datetime], str], again: Again, shown: Shown | None = None, **chosen: Any
) -> Any:
    """Do it in one transaction and go back to the board, or say everything that speaks against it."""
    fair, now = current_fair(), datetime.now(UTC)
    try:
        with transaction() as session:
            if shown is None:
                said = act(session, now)
            else:
                about = about_claims(session, fair.id, shown.claim_ids)
                said = do_as_shown(session, about, partial(act, session, now), digest_sent(), now)
    except (Refused, Clash) as failure:
        db.session.rollback()
        impact = impact_of(failure)
        if impact is not None and shown is not None and not wants_json():
            at = reading().get(Booth, again.booth_id) if again.booth_id is not None else None
            back = address(fair.code, None if at is None else at.hall.code, booth=again.booth_id)
            return confirmation(impact, shown.title, shown.label, back)
        if isinstance(failure, Refused) and Obstacle.ALREADY_THEIRS in failure.reasons:
            said = _("This exhibitor holds booth %(code)s already.", code=failure.facts["code"])
            return _done(said, "info", again.booth_id, chosen)
        return refused(failure, again)
    return _done(said, "ok", again.booth_id, chosen)


def _done(said: str, kind: str, booth_id: int | None, chosen: dict[str, Any]) -> Any:
    """Back to the board; a board that is open already only needs to know what was done."""
    if not wants_json():
        flash(said, kind)
        return _back(booth_id, **chosen)
    exhibitor = chosen.get("exhibitor")
    return {
        "said": said,
        "booth": booth_id,
        "exhibitor": _still_to_place(int(exhibitor)) if exhibitor else None,
        "seq": last_number(reading(), current_fair().id),
    }


def _back(booth_id: int | None, **chosen: Any) -> Any:
    fair = current_fair()
    booth = reading().get(Booth, booth_id) if booth_id is not None else None
    kept = {name: value for name, value in parse_qsl(request.form.get("kept", "")[:500]) if name in KEPT}
    query = {**kept, **chosen}
    if query.get("exhibitor"):
        query["exhibitor"] = _still_to_place(int(query["exhibitor"]))
    if booth is None:
        return redirect(url_for("allocation.board", fair_code=fair.code, **query), 303)
    return redirect(address(fair.code, booth.hall.code, booth=booth.id, **query), 303)


def _still_to_place(exhibitor_id: int) -> int | None:
    """Who asked for more booths than it has stays in the hand."""
    found = waiting_rows.candidate(reading(), current_fair().id, exhibitor_id)
    return exhibitor_id if found is not None and found.placed < found.wanted else None


def _booth_meant(form: BoothForm) -> int | PlaceRefusal:
    """The booth of this fair that the form names by number or by a code, however it is spelled."""
    fair_id = current_fair().id
    if form.booth_id.data is not None:
        _of_this_fair(select(Booth.fair_id).where(Booth.id == form.booth_id.data))
        return int(form.booth_id.data)
    if not (form.code.data or "").strip():
        return PlaceRefusal.NO_SUCH_BOOTH
    names = []
    for booth_id, hall, code, others in rows.codes_of_fair(reading(), fair_id):
        names += [StandName(booth_id, hall, each) for each in (code, *others)]
    book = StandBook(names)
    hall, typed = form.hall.data or "", form.code.data
    tries = [(typed, hall), (f"{hall}-{typed}", hall), (typed, "")] if hall else [(typed, "")]
    readings = [book.read(*each) for each in tries]
    read = next((each for each in readings if each.stands), readings[-1])
    found = {stand.key for stand in read.stands}
    if len(found) == 1:
        return int(str(found.pop()))
    many = bool(found) or read.reason in (StandReason.SEVERAL_HALLS, StandReason.SEVERAL_STANDS)
    return PlaceRefusal.SEVERAL_BOOTHS if many else PlaceRefusal.NO_SUCH_BOOTH


def _of_this_fair(wanted: Any) -> None:
    """A thing of another fair answers like a missing one."""
    if reading().scalar(wanted) != current_fair().id:
        raise Missing


def _claim_booth(claim_id: int) -> int:
    """The booth of a claim of this fair."""
    found = reading().execute(
        select(Booth.id, Booth.fair_id)
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .where(BoothClaim.id == claim_id)
    )
    row = found.first()
    if row is None or row.fair_id != current_fair().id:
        raise Missing
    return int(row.id)


@bp.post("/o/<fair_code>/claims")
@needs(Permission.BOOTH_ASSIGN)
def assign(fair_code: str) -> Any:
    """Give a booth to an exhibitor."""
    form = AssignForm()
    if not form.validate():
        return unclear(PlaceRefusal.NOBODY_CHOSEN, form.hall.data or "")
    booth_id, exhibitor_id = _booth_meant(form), form.exhibitor_id.data
    if isinstance(booth_id, PlaceRefusal):
        return unclear(booth_id, form.hall.data or "", code=form.code.data)
    _of_this_fair(select(Exhibitor.fair_id).where(Exhibitor.id == exhibitor_id))
    actor = current_actor()

    def act(session: Session, now: datetime) -> str:
        claim = assign_booth(session, actor, AssignBooth(exhibitor_id, booth_id), now)
        name = claim.exhibitor.organisation.name
        return _("%(name)s has booth %(code)s now.", name=name, code=claim.booth.code)

    again = Again(
        url_for("allocation.assign", fair_code=fair_code),
        booth_id,
        {"exhibitor_id": exhibitor_id, "kept": request.form.get("kept", "")},
        {"exhibitor": exhibitor_id},
    )
    return _do(act, again, exhibitor=exhibitor_id)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/move")
@needs(Permission.BOOTH_ASSIGN)
def move(fair_code: str, claim_id: int) -> Any:
    """Take a holder from its booth to another one."""
    form = BoothForm()
    _claim_booth(claim_id)
    booth_id = _booth_meant(form) if form.validate() else PlaceRefusal.NO_SUCH_BOOTH
    if isinstance(booth_id, PlaceRefusal):
        return unclear(booth_id, form.hall.data or "", code=form.code.data)
    actor = current_actor()

    def act(session: Session, now: datetime) -> str:
        claim = move_claim(session, actor, MoveClaim(claim_id, booth_id), now)
        name = claim.exhibitor.organisation.name
        return _("%(name)s has moved to booth %(code)s.", name=name, code=claim.booth.code)

    action = url_for("allocation.move", fair_code=fair_code, claim_id=claim_id)
    shown = Shown((claim_id,), _("Move this exhibitor?"), _("Move"))
    return _do(act, Again(action, booth_id, hand={"claim": claim_id}), shown, claim=None)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/swap")
@needs(Permission.BOOTH_ASSIGN)
def swap(fair_code: str, claim_id: int) -> Any:
    """Let two holders change places."""
    form = SwapForm()
    _claim_booth(claim_id)
    if not form.validate():
        return unclear(PlaceRefusal.NO_SUCH_BOOTH, form.hall.data or "", code=form.code.data)
    other_id = form.other_claim_id.data
    if other_id is None:
        meant = _booth_meant(form)
        if isinstance(meant, PlaceRefusal):
            return unclear(meant, form.hall.data or "", code=form.code.data)
        held = select(BoothClaim.id).where(BoothClaim.booth_id == meant, BoothClaim.state.in_(LIVE))
        other_id = reading().scalar(held.order_by(BoothClaim.id).limit(1))
        if other_id is None:
            return unclear(PlaceRefusal.NOBODY_THERE, form.hall.data or "", code=form.code.data)
    other_booth = _claim_booth(other_id)
    actor = current_actor()

    def act(session: Session, now: datetime) -> str:
        one, other = swap_claims(session, actor, SwapClaims(claim_id, other_id), now)
        names = (one.exhibitor.organisation.name, other.exhibitor.organisation.name)
        return _("%(one)s and %(other)s have changed places.", one=names[0], other=names[1])

    again = Again(url_for("allocation.move", fair_code=fair_code, claim_id=claim_id), other_booth)
    shown = Shown((claim_id, other_id), _("Let these two change places?"), _("Swap"))
    return _do(act, again, shown, claim=None)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/release")
@needs(Permission.BOOTH_ASSIGN)
def release(fair_code: str, claim_id: int) -> Any:
    """Take a booth back; the reason stays in its history."""
    form, booth_id = ReasonForm(), _claim_booth(claim_id)
    if (fault := form.fault()) is not None:
        return unclear(fault)
    reason, actor = form.words(), current_actor()

    def act(session: Session, now: datetime) -> str:
        claim = release_claim(session, actor, ReleaseClaim(claim_id, reason), now)
        return _("Booth %(code)s is free again.", code=claim.booth.code)

    shown = Shown((claim_id,), _("Take this booth back?"), _("Take the booth back"))
    return _do(act, Again("", booth_id), shown)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/share")
@needs(Permission.BOOTH_ASSIGN)
def share(fair_code: str, claim_id: int) -> Any:
    """Let somebody else stand in the booth too."""
    form, booth_id = ShareForm(), _claim_booth(claim_id)
    if not form.validate():
        return unclear(PlaceRefusal.NOBODY_CHOSEN)
    exhibitor_id = form.exhibitor_id.data
    _of_this_fair(select(Exhibitor.fair_id).where(Exhibitor.id == exhibitor_id))
    actor = current_actor()

    def act(session: Session, now: datetime) -> str:
        place = share_booth(session, actor, ShareBooth(claim_id, exhibitor_id), now)
        session.flush()
        name = session.get_one(Exhibitor, place.exhibitor_id).organisation.name
        return _("%(name)s shares booth %(code)s now.", name=name, code=session.get_one(Booth, booth_id).code)

    return _do(act, Again("", booth_id, hand={"exhibitor": exhibitor_id}), exhibitor=None)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/stop-sharing")
@needs(Permission.BOOTH_ASSIGN)
def unshare(fair_code: str, claim_id: int) -> Any:
    """End a co-exhibitor's place in the booth."""
    form, booth_id = ShareForm(), _claim_booth(claim_id)
    if not form.validate():
        return unclear(PlaceRefusal.NOBODY_CHOSEN)
    exhibitor_id, actor = form.exhibitor_id.data, current_actor()

    def act(session: Session, now: datetime) -> str:
        stop_sharing(session, actor, ShareBooth(claim_id, exhibitor_id), now)
        code = session.get_one(Booth, booth_id).code
        return _("The place in booth %(code)s has ended.", code=code)

    return _do(act, Again("", booth_id))


@bp.post("/o/<fair_code>/booths/<int:booth_id>/block")
@needs(Permission.BOOTH_ASSIGN)
def block(fair_code: str, booth_id: int) -> Any:
    """Keep a booth back, with a reason; or offer it again."""
    form = ReasonForm()
    _of_this_fair(select(Booth.fair_id).where(Booth.id == booth_id))
    offers = request.form.get("offer") == "1"
    if not offers and (fault := form.fault()) is not None:
        return unclear(fault)
    reason, actor = None if offers else form.words(), current_actor()

    def act(session: Session, now: datetime) -> str:
        booth = block_booth(session, actor, BlockBooth(booth_id, reason), now)
        if reason is None:
            return _("Booth %(code)s is offered again.", code=booth.code)
        return _("Booth %(code)s is kept back.", code=booth.code)

    return _do(act, Again("", booth_id))
