"""What follows when an exhibitor leaves a fair: its booths go to the next in line, its badges stop."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.badges import BadgeState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.allocation_queries import free_days
from fairapp.store.badges import Badge
from fairapp.store.base import LOCK
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
    for place in session.scalars(select(CoExhibitor).where(CoExhibitor.exhibitor_id == exhibitor.id)):
        session.delete(place)
    session.execute(
        update(Badge)
        .where(Badge.exhibitor_id == exhibitor.id, Badge.state != BadgeState.REPLACED)
        .values(state=BadgeState.REVOKED, revoked_at=now, revoked_because=reason[:200])
    )
    exhibitor.left_at = now
    session.flush()
    offer_freed(session, exhibitor.fair, [claim.booth_id for claim in held], now)
