"""Change the days for which an exhibitor has its booth, without giving the booth up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import Obstacle
from fairapp.rules.board import BoardAct
from fairapp.rules.days import DayRefusal, day_refusals
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.store.allocation import BoothClaim, ClaimDay
from fairapp.store.allocation_queries import booth_for_update, holders
from fairapp.usecases import audit, outbox
from fairapp.usecases.allocation import claimed_days, live_claim
from fairapp.usecases.board_telling import tell_of_claim
from fairapp.usecases.claiming import fair_days, free_neighbours, taken_when, wish_of
from fairapp.usecases.holding import expire_holds
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class ChangeDays:
    """Let a claim hold its booth for these days of the fair, and for no other."""

    claim_id: int
    days: tuple[date, ...]


def change_days(session: Session, actor: Actor, order: ChangeDays, now: datetime) -> BoothClaim:
    """Shorten or lengthen a claim; the days it loses are free, those it gains must be.

    :raises Refused: with the days taken and by whom, and as ``neighbours`` three booths free on all of them.
    :raises Clash: when somebody else took one of the days a moment before.
    """
    found = session.get(BoothClaim, order.claim_id)
    if found is None:
        raise Missing
    booth_for_update(session, actor, found.booth_id)  # the booth before its claims, as everybody does
    claim = live_claim(session, actor, order.claim_id)
    booth = claim.booth
    require(actor, Permission.BOOTH_ASSIGN, booth.fair_id)
    before, after = claimed_days(session, claim), tuple(sorted(set(order.days)))
    reasons = day_refusals(after, fair_days(booth.fair))
    if reasons or before == after:
        raise Refused(*(reasons or (DayRefusal.AS_BEFORE,)), code=booth.code)
    expire_holds(session, now, booth_id=booth.id)
    gained = tuple(day for day in after if day not in before)
    if gained and holders(session, booth.id, gained):
        said, facts = _taken(session, actor, claim, gained, after, now)
        raise Refused(*said, **facts)
    lost = [day for day in before if day not in after]
    session.execute(delete(ClaimDay).where(ClaimDay.claim_id == claim.id, ClaimDay.day.in_(lost)))
    try:
        with session.begin_nested():
            session.add_all(ClaimDay(booth_id=booth.id, day=day, claim_id=claim.id) for day in gained)
    except IntegrityError as failure:
        said, facts = _taken(session, actor, claim, gained, after, now)
        raise Clash(said[0], **facts) from failure
    _tell(session, actor, claim, before, after, now)
    return claim


def _taken(
    session: Session,
    actor: Actor,
    claim: BoothClaim,
    gained: tuple[date, ...],
    after: tuple[date, ...],
    now: datetime,
) -> tuple[tuple[Obstacle, ...], dict[str, object]]:
    near = free_neighbours(session, claim.booth, now, wish_of(claim.exhibitor), days=after)
    said, facts = taken_when(session, claim.booth, gained, (Obstacle.TAKEN,), actor)
    return said, {**facts, "code": claim.booth.code, "neighbours": near}


def _tell(
    session: Session,
    actor: Actor,
    claim: BoothClaim,
    before: tuple[date, ...],
    after: tuple[date, ...],
    now: datetime,
) -> None:
    was, now_on = ([day.isoformat() for day in days] for days in (before, after))
    tell_of_claim(session, actor, BoardAct.DAYS_CHANGED, claim, now, before=was, days=now_on)
    audit.record(
        session,
        actor,
        "booth.days_changed",
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        exhibitor=claim.exhibitor_id,
        before=was,
        after=now_on,
    )
    outbox.post(session, "mail.booth_days", now, claim_id=claim.id)
