"""Every act on the board: assign, move, swap, take back, share, keep back; each answers with the board."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.allocation import PlaceRefusal
from fairapp.rules.stand_book import StandBook
from fairapp.rules.stand_codes import StandName, StandReason
from fairapp.store import allocation_board as rows
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.base import reading
from fairapp.store.fairs import Booth
from fairapp.store.holds import live_at
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
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.acting import Shown, claim_booth_id, do, of_this_fair
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.by_days import days_sent, said_in_short
from fairapp.web.allocation.forms import AssignForm, BoothForm, ReasonForm, ShareForm, SwapForm
from fairapp.web.allocation.refusing import Again, unclear


def _booth_meant(form: BoothForm) -> int | PlaceRefusal:
    """The booth of this fair that the form names by number or by a code, however it is spelled."""
    fair_id = current_fair().id
    if form.booth_id.data is not None:
        of_this_fair(select(Booth.fair_id).where(Booth.id == form.booth_id.data))
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
    of_this_fair(select(Exhibitor.fair_id).where(Exhibitor.id == exhibitor_id))
    actor, days = current_actor(), days_sent(current_fair())

    def act(session: Session, now: datetime) -> str:
        claim = assign_booth(session, actor, AssignBooth(exhibitor_id, booth_id, days), now)
        name = claim.exhibitor.organisation.name
        return _("%(name)s has booth %(code)s now.", name=name, code=claim.booth.code)

    again = Again(
        url_for("allocation.assign", fair_code=fair_code),
        booth_id,
        {
            "exhibitor_id": exhibitor_id,
            "kept": request.form.get("kept", ""),
            **({"days": said_in_short(days)} if days else {}),
        },
        {"exhibitor": exhibitor_id},
    )
    return do(act, again, exhibitor=exhibitor_id)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/move")
@needs(Permission.BOOTH_ASSIGN)
def move(fair_code: str, claim_id: int) -> Any:
    """Take a holder from its booth to another one."""
    form = BoothForm()
    claim_booth_id(claim_id)
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
    return do(act, Again(action, booth_id, hand={"claim": claim_id}), shown, claim=None)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/swap")
@needs(Permission.BOOTH_ASSIGN)
def swap(fair_code: str, claim_id: int) -> Any:
    """Let two holders change places."""
    form = SwapForm()
    claim_booth_id(claim_id)
    if not form.validate():
        return unclear(PlaceRefusal.NO_SUCH_BOOTH, form.hall.data or "", code=form.code.data)
    other_id = form.other_claim_id.data
    if other_id is None:
        meant = _booth_meant(form)
        if isinstance(meant, PlaceRefusal):
            return unclear(meant, form.hall.data or "", code=form.code.data)
        held = select(BoothClaim.id).where(BoothClaim.booth_id == meant, live_at(datetime.now(UTC)))
        other_id = reading().scalar(held.order_by(BoothClaim.id).limit(1))
        if other_id is None:
            return unclear(PlaceRefusal.NOBODY_THERE, form.hall.data or "", code=form.code.data)
    other_booth = claim_booth_id(other_id)
    actor = current_actor()

    def act(session: Session, now: datetime) -> str:
        one, other = swap_claims(session, actor, SwapClaims(claim_id, other_id), now)
        names = (one.exhibitor.organisation.name, other.exhibitor.organisation.name)
        return _("%(one)s and %(other)s have changed places.", one=names[0], other=names[1])

    again = Again(url_for("allocation.move", fair_code=fair_code, claim_id=claim_id), other_booth)
    shown = Shown((claim_id, other_id), _("Let these two change places?"), _("Swap"))
    return do(act, again, shown, claim=None)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/release")
@needs(Permission.BOOTH_ASSIGN)
def release(fair_code: str, claim_id: int) -> Any:
    """Take a booth back; the reason stays in its history."""
    form, booth_id = ReasonForm(), claim_booth_id(claim_id)
    if (fault := form.fault()) is not None:
        return unclear(fault)
    reason, actor = form.words(), current_actor()

    def act(session: Session, now: datetime) -> str:
        claim = release_claim(session, actor, ReleaseClaim(claim_id, reason), now)
        return _("Booth %(code)s is free again.", code=claim.booth.code)

    shown = Shown((claim_id,), _("Take this booth back?"), _("Take the booth back"))
    return do(act, Again("", booth_id), shown)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/share")
@needs(Permission.BOOTH_ASSIGN)
def share(fair_code: str, claim_id: int) -> Any:
    """Let somebody else stand in the booth too."""
    form, booth_id = ShareForm(), claim_booth_id(claim_id)
    if not form.validate():
        return unclear(PlaceRefusal.NOBODY_CHOSEN)
    exhibitor_id = form.exhibitor_id.data
    of_this_fair(select(Exhibitor.fair_id).where(Exhibitor.id == exhibitor_id))
    actor = current_actor()

    def act(session: Session, now: datetime) -> str:
        place = share_booth(session, actor, ShareBooth(claim_id, exhibitor_id), now)
        session.flush()
        name = session.get_one(Exhibitor, place.exhibitor_id).organisation.name
        return _("%(name)s shares booth %(code)s now.", name=name, code=session.get_one(Booth, booth_id).code)

    return do(act, Again("", booth_id, hand={"exhibitor": exhibitor_id}), exhibitor=None)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/stop-sharing")
@needs(Permission.BOOTH_ASSIGN)
def unshare(fair_code: str, claim_id: int) -> Any:
    """End a co-exhibitor's place in the booth."""
    form, booth_id = ShareForm(), claim_booth_id(claim_id)
    if not form.validate():
        return unclear(PlaceRefusal.NOBODY_CHOSEN)
    exhibitor_id, actor = form.exhibitor_id.data, current_actor()

    def act(session: Session, now: datetime) -> str:
        stop_sharing(session, actor, ShareBooth(claim_id, exhibitor_id), now)
        code = session.get_one(Booth, booth_id).code
        return _("The place in booth %(code)s has ended.", code=code)

    return do(act, Again("", booth_id))


@bp.post("/o/<fair_code>/booths/<int:booth_id>/block")
@needs(Permission.BOOTH_ASSIGN)
def block(fair_code: str, booth_id: int) -> Any:
    """Keep a booth back, with a reason; or offer it again."""
    form = ReasonForm()
    of_this_fair(select(Booth.fair_id).where(Booth.id == booth_id))
    offers = request.form.get("offer") == "1"
    if not offers and (fault := form.fault()) is not None:
        return unclear(fault)
    reason, actor = None if offers else form.words(), current_actor()

    def act(session: Session, now: datetime) -> str:
        booth = block_booth(session, actor, BlockBooth(booth_id, reason), now)
        if reason is None:
            return _("Booth %(code)s is offered again.", code=booth.code)
        return _("Booth %(code)s is kept back.", code=booth.code)

    return do(act, Again("", booth_id))
