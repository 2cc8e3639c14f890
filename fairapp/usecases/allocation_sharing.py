"""Share a booth with co-exhibitors, and keep booths from being assigned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import ClaimRefusal, Obstacle
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Refused
from fairapp.store.allocation import CoExhibitor
from fairapp.store.allocation_queries import booth_for_update, exhibitor_of, holders
from fairapp.store.applications_waiting import offer_of_booth
from fairapp.store.fairs import Booth
from fairapp.usecases import audit
from fairapp.usecases.allocation import live_claim
from fairapp.usecases.board_telling import tell_board, tell_of_claim
from fairapp.usecases.holding import expire_holds
from fairapp.usecases.partnering import crowd_facts, crowd_of, floor_of
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class ShareBooth:
    """Let an exhibitor stand in another one's booth."""

    claim_id: int
    exhibitor_id: int


@dataclass(frozen=True, slots=True)
class BlockBooth:
    """Keep a booth from being assigned (with a reason), or (reason None) offer it again."""

    booth_id: int
    reason: str | None


def share_booth(session: Session, actor: Actor, order: ShareBooth, now: datetime) -> CoExhibitor:
    """Let an exhibitor stand in the holder's booth."""
    claim = live_claim(session, actor, order.claim_id)
    exhibitor = exhibitor_of(session, actor, order.exhibitor_id)
    require(actor, Permission.BOOTH_ASSIGN, claim.booth.fair_id)
    shared = session.query(CoExhibitor).filter_by(claim_id=claim.id, exhibitor_id=exhibitor.id).first()
    reasons = {
        Obstacle.OTHER_FAIR: exhibitor.fair_id != claim.booth.fair_id,
        Obstacle.NOT_ADMITTED: exhibitor.left_at is not None,
        ClaimRefusal.HOLDS_IT: claim.exhibitor_id == exhibitor.id,
        ClaimRefusal.SHARES_IT_ALREADY: shared is not None,
    }
    if against := [reason for reason, holds in reasons.items() if holds]:
        raise Refused(*against, code=claim.booth.code)
    place = CoExhibitor(claim_id=claim.id, exhibitor_id=exhibitor.id, added_at=now)
    session.add(place)
    session.flush()
    crowd, floor_m2 = crowd_of(session, claim.exhibitor), floor_of(session, claim.exhibitor)
    if not crowd.fits(floor_m2):
        raise Refused(Obstacle.COMPANIES_DO_NOT_FIT, code=claim.booth.code, **crowd_facts(crowd, floor_m2))
    audit.record(
        session,
        actor,
        "booth.shared",
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        exhibitor=exhibitor.id,
    )
    tell_of_claim(session, actor, BoardAct.SHARED, claim, now, other_exhibitor_id=exhibitor.id)
    return place


def stop_sharing(session: Session, actor: Actor, order: ShareBooth, now: datetime) -> None:
    """End a co-exhibitor's place in the booth; without one nothing changes."""
    claim = live_claim(session, actor, order.claim_id)
    require(actor, Permission.BOOTH_ASSIGN, claim.booth.fair_id)
    place = (
        session.query(CoExhibitor).filter_by(claim_id=claim.id, exhibitor_id=order.exhibitor_id).one_or_none()
    )
    if place is None:
        return
    session.delete(place)
    audit.record(
        session,
        actor,
        "booth.unshared",
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        exhibitor=order.exhibitor_id,
    )
    tell_of_claim(session, actor, BoardAct.UNSHARED, claim, now, other_exhibitor_id=order.exhibitor_id)


def block_booth(session: Session, actor: Actor, order: BlockBooth, now: datetime) -> Booth:
    """Keep the booth back, or offer it again; one that is claimed must be released first."""
    booth = booth_for_update(session, actor, order.booth_id)
    require(actor, Permission.BOOTH_ASSIGN, booth.fair_id)
    expire_holds(session, now, booth_id=booth.id)
    if order.reason is not None and holders(session, booth.id):
        raise Refused(ClaimRefusal.STILL_CLAIMED, code=booth.code)
    if order.reason is not None and offer_of_booth(session, booth.id) is not None:
        raise Refused(Obstacle.OFFERED, code=booth.code)
    act = BoardAct.UNBLOCKED if order.reason is None else BoardAct.BLOCKED
    tell_board(session, actor, act, booth, now, reason=order.reason or booth.blocked_because or "")
    booth.blocked_because = order.reason
    what = "booth.unblocked" if order.reason is None else "booth.blocked"
    audit.record(session, actor, what, now, fair_id=booth.fair_id, booth=booth.code, reason=order.reason)
    return booth
