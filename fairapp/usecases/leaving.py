"""What follows when an exhibitor leaves a fair: its booths go to the next in line, its badges stop.

Whoever only stood with it leaves too; a main exhibitor pays no more for a partner that leaves.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.badges import BadgeState
from fairapp.rules.board import BoardAct
from fairapp.rules.partners import STEPS, PartnerStep
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.allocation_queries import free_days
from fairapp.store.badges import Badge
from fairapp.store.base import LOCK
from fairapp.store.partners import Partner
from fairapp.store.partners_queries import naming, partners_of, stands_otherwise
from fairapp.usecases.board_telling import tell_of_claim
from fairapp.usecases.cancelling import end_charges
from fairapp.usecases.charging import uncharge
from fairapp.usecases.offering import offer_freed


def leave_fair(session: Session, actor: Actor, exhibitor: Exhibitor, now: datetime, reason: str) -> None:
    """End the exhibitor's part in its fair; everything it had stays as history."""
    session.refresh(exhibitor, with_for_update=LOCK)  # no booth is given to it from here on
    held = session.scalars(
        select(BoothClaim).where(BoothClaim.exhibitor_id == exhibitor.id, BoothClaim.state.in_(LIVE))
    ).all()
    free_days(session, [claim.id for claim in held])
    for claim in held:
        claim.state, claim.ended_at, claim.ended_by_id = ClaimState.RELEASED, now, actor.account_id
        claim.end_reason = reason[:300]
        tell_of_claim(session, actor, BoardAct.LEFT, claim, now)
    for place in session.scalars(select(CoExhibitor).where(CoExhibitor.exhibitor_id == exhibitor.id)):
        session.delete(place)
    session.execute(
        update(Badge)
        .where(Badge.exhibitor_id == exhibitor.id, Badge.state != BadgeState.REPLACED)
        .values(state=BadgeState.REVOKED, revoked_at=now, revoked_because=reason[:200])
    )
    exhibitor.left_at = now
    session.flush()
    _leave_partners(session, actor, exhibitor, now, reason)
    offer_freed(session, exhibitor.fair, [claim.booth_id for claim in held], now)


def end_partner(session: Session, actor: Actor, partner: Partner, step: PartnerStep, now: datetime) -> None:
    """End the naming of a partner, and its fee with it."""
    partner.state, partner.ended_at = STEPS[partner.state, step], now
    session.flush()
    uncharge(session, actor, partner.exhibitor.fair_id, f"partner:{partner.id}", now)


def leave_if_alone(session: Session, actor: Actor, guest: Exhibitor, now: datetime, reason: str) -> None:
    """Let a guest leave the fair that nothing else than its ended naming kept there."""
    if guest.left_at is None and not stands_otherwise(session, guest):
        end_charges(session, actor, guest, now, with_fee=False)
        leave_fair(session, actor, guest, now, reason)


def _leave_partners(session: Session, actor: Actor, exhibitor: Exhibitor, now: datetime, reason: str) -> None:
    """End whom the exhibitor names and who names it; guests without a place of their own leave with it."""
    for partner in naming(session, exhibitor.id):
        end_partner(session, actor, partner, PartnerStep.LEAVE, now)
    guests = []
    for partner in partners_of(session, exhibitor.id):
        end_partner(session, actor, partner, PartnerStep.LEAVE, now)
        guests += [] if partner.partner_exhibitor is None else [partner.partner_exhibitor]
    for guest in guests:
        leave_if_alone(session, actor, guest, now, reason)
