"""Give booths to exhibitors, move, swap and take them back, with the whole history kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE, ClaimRefusal, ClaimState
from fairapp.rules.board import BoardAct
from fairapp.rules.days import day_refusals
from fairapp.rules.errors import Refused
from fairapp.rules.holds import ChoosingSettings, HoldRefusal
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor
from fairapp.store.allocation_queries import booth_for_update, claim_of, exhibitor_of, free_days
from fairapp.usecases import audit, outbox
from fairapp.usecases.board_telling import tell_board, tell_of_claim
from fairapp.usecases.claiming import (
    claim_booth,
    days_asked,
    days_told,
    fair_days,
    refuse_obstacles,
    tell_assigned,
)
from fairapp.usecases.holding import expire_holds
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class AssignBooth:
    """Give a booth to an exhibitor, for these days of the fair or (None) for those it asks for."""

    exhibitor_id: int
    booth_id: int
    days: tuple[date, ...] | None = None


@dataclass(frozen=True, slots=True)
class MoveClaim:
    """Take an exhibitor from its booth to another one."""

    claim_id: int
    booth_id: int


@dataclass(frozen=True, slots=True)
class SwapClaims:
    """Let two holders change places."""

    claim_id: int
    other_claim_id: int


@dataclass(frozen=True, slots=True)
class ReleaseClaim:
    """Take a booth back before the fair."""

    claim_id: int
    reason: str = ""


def assign_booth(session: Session, actor: Actor, order: AssignBooth, now: datetime) -> BoothClaim:
    """Give the booth to the exhibitor, or refuse with every reason why not.

    :raises Refused: with its obstacles and, as ``neighbours``, three free booths nearby.
    :raises Clash: when somebody else's claim was a moment quicker; ``neighbours`` as above.
    """
    booth = booth_for_update(session, actor, order.booth_id)
    exhibitor = exhibitor_of(session, actor, order.exhibitor_id)
    require(actor, Permission.BOOTH_ASSIGN, booth.fair_id)
    if not ChoosingSettings.read(booth.fair.settings).assigned:
        raise Refused(HoldRefusal.NOT_BY_HAND, code=booth.code)
    expire_holds(session, now, booth_id=booth.id)
    days = days_asked(exhibitor) if order.days is None else order.days
    if reasons := day_refusals(days, fair_days(booth.fair)):
        raise Refused(*reasons, code=booth.code)
    refuse_obstacles(session, exhibitor, booth, now, days=days, actor=actor)

    claim = claim_booth(session, actor, exhibitor, booth, days, now)
    tell_assigned(session, actor, claim, now)
    return claim


def move_claim(session: Session, actor: Actor, order: MoveClaim, now: datetime) -> BoothClaim:
    """Move the holder and everybody who shares the booth to another one; the old claim keeps its end."""
    booth = booth_for_update(session, actor, order.booth_id)
    old = live_claim(session, actor, order.claim_id)
    require(actor, Permission.BOOTH_ASSIGN, booth.fair_id)
    if old.booth_id == booth.id:
        raise Refused(ClaimRefusal.SAME_BOOTH, code=booth.code)
    expire_holds(session, now, booth_id=booth.id)
    days = claimed_days(session, old)
    refuse_obstacles(session, old.exhibitor, booth, now, old.booth, days, actor)

    free_days(session, [old.id])
    new = claim_booth(session, actor, old.exhibitor, booth, days, now)
    _end(old, ClaimState.MOVED, actor, now, moved_to=new)
    _bring_co_exhibitors(session, old, new)
    told = days_told(session, new)
    tell_of_claim(session, actor, BoardAct.MOVED, new, now, other_booth_id=old.booth_id, **told)
    audit.record(
        session,
        actor,
        "booth.moved",
        now,
        fair_id=booth.fair_id,
        booth=booth.code,
        before=old.booth.code,
        claim=new.id,
        exhibitor=new.exhibitor_id,
    )
    outbox.post(session, "mail.booth_moved", now, claim_id=new.id, before=old.booth.code)
    return new


def swap_claims(
    session: Session, actor: Actor, order: SwapClaims, now: datetime
) -> tuple[BoothClaim, BoothClaim]:
    """Let the two holders change places in one step; either may be refused its new booth."""
    ids = sorted((order.claim_id, order.other_claim_id))  # one order of locks for everybody
    locked = {claim_id: live_claim(session, actor, claim_id) for claim_id in ids}
    one, other = locked[order.claim_id], locked[order.other_claim_id]
    require(actor, Permission.BOOTH_ASSIGN, one.booth.fair_id)
    if one.exhibitor_id == other.exhibitor_id:
        raise Refused(ClaimRefusal.SAME_HOLDER)
    if one.booth_id == other.booth_id:
        raise Refused(ClaimRefusal.SHARE_IT_BY_DAYS, code=one.booth.code)
    days = {claim.id: claimed_days(session, claim) for claim in (one, other)}
    free_days(session, ids)
    refuse_obstacles(session, one.exhibitor, other.booth, now, one.booth, days[one.id], actor)
    refuse_obstacles(session, other.exhibitor, one.booth, now, other.booth, days[other.id], actor)

    swapped = []
    for old, target in ((one, other), (other, one)):
        new = claim_booth(session, actor, old.exhibitor, target.booth, days[old.id], now)
        _end(old, ClaimState.MOVED, actor, now, moved_to=new)
        _bring_co_exhibitors(session, old, new)
        outbox.post(session, "mail.booth_moved", now, claim_id=new.id, before=old.booth.code)
        swapped.append(new)
    tell_board(
        session,
        actor,
        BoardAct.SWAPPED,
        other.booth,
        now,
        other_booth_id=one.booth_id,
        exhibitor_id=one.exhibitor_id,
        other_exhibitor_id=other.exhibitor_id,
    )
    audit.record(
        session,
        actor,
        "booth.swapped",
        now,
        fair_id=one.booth.fair_id,
        booths=[one.booth.code, other.booth.code],
        claims=[claim.id for claim in swapped],
    )
    return swapped[0], swapped[1]


def release_claim(session: Session, actor: Actor, order: ReleaseClaim, now: datetime) -> BoothClaim:
    """Take the booth back; the claim stays as history and its co-exhibitors lose the place with it."""
    claim = live_claim(session, actor, order.claim_id)
    require(actor, Permission.BOOTH_ASSIGN, claim.booth.fair_id)
    days, sharers = claimed_days(session, claim), _sharers(session, claim)
    free_days(session, [claim.id])
    _end(claim, ClaimState.RELEASED, actor, now, reason=order.reason)
    audit.record(
        session,
        actor,
        "booth.released",
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        reason=order.reason,
    )
    tell_of_claim(
        session,
        actor,
        BoardAct.RELEASED,
        claim,
        now,
        reason=order.reason,
        days=[day.isoformat() for day in days],
        sharers=sharers,
    )
    outbox.post(session, "mail.booth_released", now, claim_id=claim.id)
    return claim


def live_claim(session: Session, actor: Actor, claim_id: int) -> BoothClaim:
    """The claim, locked, while it lives.

    :raises Refused: when it has ended.
    """
    claim = claim_of(session, actor, claim_id)
    if claim.state not in LIVE:
        raise Refused(ClaimRefusal.ENDED, code=claim.booth.code)
    return claim


def claimed_days(session: Session, claim: BoothClaim) -> tuple[date, ...]:
    """The days that a live claim holds, in their order."""
    rows = session.query(ClaimDay.day).filter_by(claim_id=claim.id).order_by(ClaimDay.day)
    return tuple(day for (day,) in rows)


def _sharers(session: Session, claim: BoothClaim) -> list[int]:
    rows = session.query(CoExhibitor.exhibitor_id).filter_by(claim_id=claim.id).order_by(CoExhibitor.id)
    return [exhibitor_id for (exhibitor_id,) in rows]


def _end(
    claim: BoothClaim,
    state: ClaimState,
    actor: Actor,
    now: datetime,
    reason: str = "",
    moved_to: BoothClaim | None = None,
) -> None:
    claim.state, claim.ended_at, claim.ended_by_id = state, now, actor.account_id
    claim.end_reason = reason[:300]
    claim.moved_to_id = None if moved_to is None else moved_to.id


def _bring_co_exhibitors(session: Session, old: BoothClaim, new: BoothClaim) -> None:
    session.execute(update(CoExhibitor).where(CoExhibitor.claim_id == old.id).values(claim_id=new.id))
