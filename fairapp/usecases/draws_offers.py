"""The office offers a booth for some time; and the claim with an end of its own, as offers and holds are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import ClaimState
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Missing
from fairapp.rules.holds import ChoosingSettings
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_queries import booth_for_update, exhibitor_of
from fairapp.store.fairs import Booth
from fairapp.store.holds import pending_of
from fairapp.usecases import audit
from fairapp.usecases.board_telling import tell_of_claim
from fairapp.usecases.claiming import claim_booth, days_asked, refuse_obstacles
from fairapp.usecases.holding import expire_holds
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class OfferBooth:
    """Offer one booth to one exhibitor for some time."""

    exhibitor_id: int
    booth_id: int


def offer_booth(session: Session, actor: Actor, order: OfferBooth, now: datetime) -> BoothClaim:
    """Keep a booth for an exhibitor until it answers or the time is up; the same offer again changes nothing.

    :raises Refused: with every reason against the booth.
    """
    booth = booth_for_update(session, actor, order.booth_id)
    exhibitor = exhibitor_of(session, actor, order.exhibitor_id)
    require(actor, Permission.BOOTH_ASSIGN, booth.fair_id)
    if exhibitor.fair_id != booth.fair_id:
        raise Missing
    expire_holds(session, now, booth_id=booth.id)
    for claim in pending_of(session, exhibitor.id, now):
        if claim.booth_id == booth.id and claim.state is ClaimState.OFFERED:
            return claim
    refuse_obstacles(session, exhibitor, booth, now, actor=actor)
    hours = ChoosingSettings.read(booth.fair.settings).offer_hours
    until = now + timedelta(hours=hours)
    claim = claim_until(session, actor, exhibitor, booth, ClaimState.OFFERED, until, now)
    record_claim(session, actor, claim, "booth.offered", now)
    return claim


def claim_until(
    session: Session,
    actor: Actor,
    exhibitor: Exhibitor,
    booth: Booth,
    state: ClaimState,
    until: datetime,
    now: datetime,
) -> BoothClaim:
    """Claim the booth for the days that the exhibitor asks for, and until a moment only."""
    days = days_asked(exhibitor)
    claim = claim_booth(session, actor, exhibitor, booth, days, now, pending=(state, until))
    tell_of_claim(session, actor, BoardAct.HELD, claim, now)
    return claim


def record_claim(
    session: Session, actor: Actor, claim: BoothClaim, what: str, now: datetime, **facts: object
) -> None:
    """Write into the audit what happened to the claim."""
    audit.record(
        session,
        actor,
        what,
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        exhibitor=claim.exhibitor_id,
        **facts,
    )
