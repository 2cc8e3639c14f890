"""Do one thing to several booths at once: all of it or nothing, told booth by booth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import Obstacle, obstacles
from fairapp.rules.board_several import MOST_AT_ONCE, SeveralAct, SeveralRefusal, in_one_piece
from fairapp.rules.days import day_refusals
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.geometry import as_rings
from fairapp.rules.holds import ChoosingSettings, HoldRefusal
from fairapp.rules.plan_neighbours import Ground, Near, neighbours
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_queries import booth_for_update, exhibitor_of
from fairapp.store.fairs import Booth
from fairapp.store.holds import live_at
from fairapp.usecases.allocation import ReleaseClaim, release_claim
from fairapp.usecases.allocation_marks import NoteBooth, PinClaim, note_booth, pin_claim
from fairapp.usecases.allocation_sharing import BlockBooth, block_booth
from fairapp.usecases.claiming import (
    claim_booth,
    days_asked,
    fair_days,
    stand_of,
    taken_when,
    tell_assigned,
    wish_with_guests,
)
from fairapp.usecases.holding import expire_holds
from fairapp.usecases.partnering import crowd_facts, crowd_of
from fairapp.usecases.permission import require

_TOLERANCE_M2 = 0.05


@dataclass(frozen=True, slots=True)
class ActOnSeveral:
    """One act for every chosen booth; ``words``: the reason or the note, ``exhibitor_id``: who is placed.

    ``days``: on which days of the fair it gets them; None: on those it asks for.
    """

    booth_ids: tuple[int, ...]
    act: SeveralAct
    words: str = ""
    exhibitor_id: int | None = None
    days: tuple[date, ...] | None = None


def act_on_several(session: Session, actor: Actor, order: ActOnSeveral, now: datetime) -> int:
    """Do it to every booth, in the order of their numbers; answers how many booths it was about.

    :raises Refused: for the first booth that it cannot be done to; the caller's transaction undoes the rest.
    """
    numbers = sorted(set(order.booth_ids))
    if not numbers:
        raise Refused(SeveralRefusal.NOTHING_CHOSEN)
    if len(numbers) > MOST_AT_ONCE:
        raise Refused(SeveralRefusal.TOO_MANY, most=MOST_AT_ONCE)
    booths = [booth_for_update(session, actor, number) for number in numbers]
    if len({booth.fair_id for booth in booths}) > 1:
        raise Missing
    require(actor, Permission.BOOTH_ASSIGN, booths[0].fair_id)
    if order.act is SeveralAct.PLACE:
        return _place(session, actor, order, booths, now)
    if order.act in (SeveralAct.BLOCK, SeveralAct.OFFER):
        return _block(session, actor, order, booths, now)
    if order.act is SeveralAct.NOTE:
        for booth in booths:
            note_booth(session, actor, NoteBooth(booth.id, order.words), now)
        return len(booths)
    return _change_claims(session, actor, order, booths, now)


def claims_on(session: Session, booth_ids: Sequence[int], now: datetime) -> list[int]:
    """The claims that keep these booths at this moment."""
    wanted = select(BoothClaim.id).where(BoothClaim.booth_id.in_(booth_ids), live_at(now))
    return list(session.scalars(wanted.order_by(BoothClaim.id)))


def _block(
    session: Session, actor: Actor, order: ActOnSeveral, booths: Sequence[Booth], now: datetime
) -> int:
    reason = order.words if order.act is SeveralAct.BLOCK else None
    other = [booth for booth in booths if (booth.blocked_because is None) is (reason is not None)]
    for booth in other:
        block_booth(session, actor, BlockBooth(booth.id, reason), now)
    return len(other)


def _change_claims(
    session: Session, actor: Actor, order: ActOnSeveral, booths: Sequence[Booth], now: datetime
) -> int:
    claims = claims_on(session, [booth.id for booth in booths], now)
    if not claims:
        raise Refused(SeveralRefusal.NOBODY_HOLDS_THEM)
    for claim_id in claims:
        if order.act is SeveralAct.RELEASE:
            release_claim(session, actor, ReleaseClaim(claim_id, order.words), now)
        else:
            pin_claim(session, actor, PinClaim(claim_id, order.act is SeveralAct.PIN), now)
    return len(claims)


def _place(
    session: Session, actor: Actor, order: ActOnSeveral, booths: Sequence[Booth], now: datetime
) -> int:
    """The exhibitor gets all of them: together they have to be as large as it asks, side by side."""
    exhibitor = exhibitor_of(session, actor, order.exhibitor_id or 0)
    if not ChoosingSettings.read(booths[0].fair.settings).assigned:
        raise Refused(HoldRefusal.NOT_BY_HAND, code=booths[0].code)
    if len(booths) > 1 and not _side_by_side(session, booths):
        raise Refused(SeveralRefusal.NOT_IN_A_ROW)
    days = days_asked(exhibitor) if order.days is None else order.days
    if reasons := day_refusals(days, fair_days(booths[0].fair)):
        raise Refused(*reasons, code=booths[0].code)
    whole_m2, placed = sum(each.area_m2 for each in booths), 0
    for booth in booths:
        expire_holds(session, now, booth_id=booth.id)
        against = _against(session, exhibitor, booth, whole_m2, days)
        if against == (Obstacle.ALREADY_THEIRS,):
            continue
        if against:
            said, taken = taken_when(session, booth, days, against, actor)
            facts = crowd_facts(crowd_of(session, exhibitor), booth.area_m2)
            raise Refused(*said, code=booth.code, **facts, **taken)
        tell_assigned(session, actor, claim_booth(session, actor, exhibitor, booth, days, now), now)
        placed += 1
    return placed


def _against(
    session: Session, exhibitor: Exhibitor, booth: Booth, whole_m2: float, days: tuple[date, ...]
) -> tuple[Obstacle, ...]:
    """What speaks on these days against one booth of a place that is ``whole_m2`` large in all."""
    wish, asked = wish_with_guests(session, exhibitor), exhibitor.application
    fits = asked is None or (asked.area_m2 or 0.0) <= whole_m2 + _TOLERANCE_M2
    if fits:
        wish = replace(wish, area_m2=None)
    if wish.companies_m2 is not None and wish.companies_m2 <= whole_m2 + _TOLERANCE_M2:
        wish = replace(wish, companies_m2=None)
    return obstacles(wish, stand_of(session, booth, days))


def _side_by_side(session: Session, booths: Sequence[Booth]) -> bool:
    halls = {booth.hall_id for booth in booths}
    if len(halls) > 1 or not all(booth.outline for booth in booths):
        return False
    near = neighbours(Ground(booth.id, as_rings(booth.outline)) for booth in booths)
    joined = (Near.BESIDE, Near.BACK_TO_BACK)
    beside = {key: [each.key for each in found if each.near in joined] for key, found in near.items()}
    return in_one_piece([booth.id for booth in booths], beside)
