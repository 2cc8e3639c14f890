"""End holds and offers of booths: by hand, or because their time is up, which blocks nobody from then on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Refused
from fairapp.rules.holds import HOLD_STEPS, HoldStep, hold_refusals
from fairapp.store.allocation import BoothClaim
from fairapp.store.allocation_queries import free_days
from fairapp.store.holds import run_out
from fairapp.usecases import audit
from fairapp.usecases.board_telling import tell_of_claim


def end_hold(session: Session, actor: Actor, claim: BoothClaim, step: HoldStep, now: datetime) -> None:
    """Free a booth that is on hold or offered; the claim stays as history.

    :raises Refused: when it has ended, or (expiring) still has time.
    """
    if reasons := hold_refusals(claim.state, step, now, claim.expires_at):
        raise Refused(*reasons, code=claim.booth.code)
    before = claim.state
    free_days(session, [claim.id])
    claim.state, claim.ended_at, claim.ended_by_id = HOLD_STEPS[before, step], now, actor.account_id
    session.flush()
    tell_of_claim(session, actor, BoardAct.EXPIRED, claim, now)
    audit.record(
        session,
        actor,
        f"booth.{before.value}_{step.value}",
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        exhibitor=claim.exhibitor_id,
    )


def expire_holds(
    session: Session, now: datetime, booth_id: int | None = None, exhibitor_id: int | None = None
) -> int:
    """End what has run out on a booth or of an exhibitor; whoever calls holds the lock of the booth or it."""
    ended = 0
    for claim in run_out(session, now, booth_id=booth_id, exhibitor_id=exhibitor_id):
        end_hold(session, SYSTEM, claim, HoldStep.EXPIRE, now)
        ended += 1
    return ended
