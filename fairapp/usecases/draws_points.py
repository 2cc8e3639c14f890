"""Add to the ledger of priority points; nothing in it is ever changed or taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.priority_points import (
    LONGEST_CAUSE,
    PointFault,
    PointKind,
    PointRefusal,
    against,
    faults,
)
from fairapp.rules.text import clean
from fairapp.store.applications_queries import application_of
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.points import PriorityPoint, carried_points, points_of
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class GivePoints:
    """An entry for the organisation of an application; the same key twice is one entry."""

    application_id: int
    kind: PointKind
    amount: int
    cause: str
    entry_key: str


@dataclass(frozen=True, slots=True)
class CarryPoints:
    """Start a fair's applicants with what they had at an earlier fair."""

    fair_id: int
    from_fair_id: int


def give_points(session: Session, actor: Actor, order: GivePoints, now: datetime) -> PriorityPoint:
    """Add an entry.

    :raises Invalid: per field, why.
    :raises Refused: when points would fall below zero, or start twice.
    """
    application = application_of(session, actor, order.application_id, lock=True)  # sums change one by one
    require(actor, Permission.BOOTH_ASSIGN, application.fair_id)
    cause = clean(order.cause, longest=LONGEST_CAUSE)
    if wrong := faults(order.kind, order.amount, cause):
        about_cause = PointFault.CAUSE_MISSING in wrong
        about_amount = [each for each in wrong if each is not PointFault.CAUSE_MISSING]
        said = {"cause": PointFault.CAUSE_MISSING} if about_cause else {}
        raise Invalid(**said, **({"amount": about_amount[0]} if about_amount else {}))
    entries = select(PriorityPoint).where(
        PriorityPoint.fair_id == application.fair_id,
        PriorityPoint.organisation_id == application.organisation_id,
    )
    made = session.scalar(entries.where(PriorityPoint.entry_key == order.entry_key))
    if made is not None:
        return made
    of = application.organisation_id
    has = points_of(session, application.fair_id, [of]).get(of, 0)
    started = session.scalar(entries.where(PriorityPoint.kind == PointKind.STARTING).limit(1)) is not None
    if reasons := against(order.kind, order.amount, has, started):
        raise Refused(*reasons, points_has=has)
    entry = PriorityPoint(
        fair_id=application.fair_id,
        organisation_id=of,
        kind=order.kind,
        amount=order.amount,
        cause=cause,
        entry_key=order.entry_key,
        at=now,
        by_id=actor.account_id,
    )
    session.add(entry)
    audit.record(
        session,
        actor,
        f"points.{order.kind.value}",
        now,
        fair_id=application.fair_id,
        organisation=of,
        amount=order.amount,
        cause=cause,
    )
    return entry


def carry_points(session: Session, actor: Actor, order: CarryPoints, now: datetime) -> int:
    """Give everybody who applies here the points of an earlier fair as starting points; how many got some.

    :raises Refused: when nobody has points there who has not started here.
    """
    require(actor, Permission.BOOTH_ASSIGN, order.fair_id)
    if not actor.may(Permission.BOOTH_ASSIGN, order.from_fair_id):
        raise Missing
    if order.from_fair_id == order.fair_id:
        raise Refused(PointRefusal.SAME_FAIR)
    session.execute(select(Fair.id).where(Fair.id == order.fair_id).with_for_update(**LOCK))
    earlier = session.get(Fair, order.from_fair_id)
    found = carried_points(session, order.from_fair_id, order.fair_id)
    if earlier is None or not found:
        raise Refused(PointRefusal.NO_POINTS_THERE)
    session.add_all(
        PriorityPoint(
            fair_id=order.fair_id,
            organisation_id=organisation_id,
            kind=PointKind.STARTING,
            amount=amount,
            cause=earlier.code,
            entry_key="starting",
            from_fair_id=earlier.id,
            at=now,
            by_id=actor.account_id,
        )
        for organisation_id, amount in found
    )
    audit.record(
        session,
        actor,
        "points.carried",
        now,
        fair_id=order.fair_id,
        before=earlier.code,
        organisations=len(found),
        amount=sum(amount for _organisation, amount in found),
    )
    return len(found)
