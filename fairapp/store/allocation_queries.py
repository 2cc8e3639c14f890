"""Questions about claims: who holds a booth, which are free, what an exhibitor has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, aliased, contains_eager

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.errors import Missing
from fairapp.rules.fairs import FloorKind
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.applications_waiting import is_offered
from fairapp.store.base import LOCK
from fairapp.store.delegations import Delegation, DelegationBooth
from fairapp.store.fairs import Booth
from fairapp.store.holds import live_at


def booth_for_update(session: Session, actor: Actor, booth_id: int) -> Booth:
    """The booth with its row locked, if its fair is one of the actor's.

    :raises Missing: when there is none, or none for this actor.
    """
    booth = session.scalar(
        select(Booth)
        .where(Booth.id == booth_id)
        .with_for_update(of=Booth, **LOCK)
        .execution_options(populate_existing=True)
    )
    if booth is None or not actor.may(Permission.FAIR_SEE, booth.fair_id):
        raise Missing
    return booth


def booths_for_update(fair_id: int) -> Select[Booth]:
    """Every booth of the fair with its hall, all rows locked in one order."""
    return (
        select(Booth)
        .join(Booth.hall)
        .options(contains_eager(Booth.hall))
        .where(Booth.fair_id == fair_id)
        .order_by(Booth.id)
        .with_for_update(of=Booth, **LOCK)
        .execution_options(populate_existing=True)
    )


def exhibitor_of(session: Session, actor: Actor, exhibitor_id: int) -> Exhibitor:
    """The exhibitor with its row locked, so that it does not leave meanwhile, if its fair is the actor's.

    :raises Missing: when there is none, or none for this actor.
    """
    exhibitor = session.get(Exhibitor, exhibitor_id, with_for_update=LOCK, populate_existing=True)
    if exhibitor is None or not actor.may(Permission.FAIR_SEE, exhibitor.fair_id):
        raise Missing
    return exhibitor


def claim_of(session: Session, actor: Actor, claim_id: int) -> BoothClaim:
    """The claim and its exhibitor with their rows locked, if the fair is one of the actor's.

    :raises Missing: when there is none, or none for this actor.
    """
    holder = select(BoothClaim.exhibitor_id).where(BoothClaim.id == claim_id).scalar_subquery()
    # The exhibitor first, as whoever lets it leave the fair does: two orders would end in a deadlock.
    session.scalar(
        select(Exhibitor)
        .where(Exhibitor.id == holder)
        .with_for_update(of=Exhibitor, **LOCK)
        .execution_options(populate_existing=True)
    )
    claim = session.scalar(
        select(BoothClaim)
        .where(BoothClaim.id == claim_id)
        .with_for_update(of=BoothClaim, **LOCK)
        .execution_options(populate_existing=True)
    )
    if claim is None or not actor.may(Permission.FAIR_SEE, claim.booth.fair_id):
        raise Missing
    return claim


def holders(session: Session, booth_id: int, days: Collection[date] | None = None) -> frozenset[int]:
    """The exhibitors who hold the booth on any day, or on one of ``days``."""
    held = (
        select(BoothClaim.exhibitor_id)
        .join(ClaimDay, ClaimDay.claim_id == BoothClaim.id)
        .where(ClaimDay.booth_id == booth_id)
    )
    return frozenset(session.scalars(held if days is None else held.where(ClaimDay.day.in_(list(days)))))


def block_with(session: Session, booth_id: int) -> int | None:
    """The delegation whose block the booth belongs to."""
    return session.scalar(select(DelegationBooth.delegation_id).where(DelegationBooth.booth_id == booth_id))


def delegation_with(session: Session, booth_id: int) -> Delegation | None:
    """The delegation in whose block the booth lies, with its names."""
    return session.scalar(
        select(Delegation)
        .join(DelegationBooth, DelegationBooth.delegation_id == Delegation.id)
        .where(DelegationBooth.booth_id == booth_id)
    )


def free_booths(
    fair_id: int,
    now: datetime,
    hall_id: int | None = None,
    days: Collection[date] | None = None,
    offered: Collection[int] | None = None,
) -> Select[Booth]:
    """The booths of a fair (or hall) that are let and neither blocked, held, offered nor in a block now.

    With ``days`` those that nobody holds on these days, whoever stands there on others. ``offered``: the
    booths that offers to the waiting list keep on these days; each keeps its own wholly where none are named.
    """
    taken = (
        select(ClaimDay.booth_id)
        .join(BoothClaim, BoothClaim.id == ClaimDay.claim_id)
        .where(ClaimDay.booth_id == Booth.id, live_at(now))
    )
    if days is not None:
        taken = taken.where(ClaimDay.day.in_(list(days)))
    kept = select(DelegationBooth.booth_id).where(DelegationBooth.booth_id == Booth.id)
    found = select(Booth).where(
        Booth.fair_id == fair_id,
        Booth.retired_at.is_(None),
        Booth.is_let,
        Booth.blocked_because.is_(None),
        ~taken.exists(),
        ~is_offered() if offered is None else Booth.id.not_in(offered),
        ~kept.exists(),
    )
    return found if hall_id is None else found.where(Booth.hall_id == hall_id)


class FreeFloor(NamedTuple):
    """What is known of a free booth without reading its whole row."""

    id: int
    hall_id: int
    code: str
    outline: list[Any]
    area_m2: float
    kind: FloorKind
    zone: str | None


def free_floor(
    session: Session,
    fair_id: int,
    now: datetime,
    hall_ids: Sequence[int] | None = None,
    days: Collection[date] | None = None,
    offered: Collection[int] | None = None,
) -> list[FreeFloor]:
    """The free booths of a fair or of some of its halls, as values: a refusal asks for them under a lock."""
    columns = (Booth.id, Booth.hall_id, Booth.code, Booth.outline, Booth.area_m2, Booth.kind, Booth.zone)
    found = free_booths(fair_id, now, days=days, offered=offered).with_only_columns(*columns)
    if hall_ids is not None:
        found = found.where(Booth.hall_id.in_(hall_ids))
    return [FreeFloor(*row) for row in session.execute(found)]


def claims_of_exhibitors(session: Session, exhibitor_ids: Iterable[int]) -> Sequence[BoothClaim]:
    """The live claims that the exhibitors hold, by booth code."""
    booth = aliased(Booth)
    return session.scalars(
        select(BoothClaim)
        .join(booth, booth.id == BoothClaim.booth_id)
        .where(BoothClaim.exhibitor_id.in_(list(exhibitor_ids)), BoothClaim.state.in_(LIVE))
        .order_by(booth.code)
    ).all()


def free_days(session: Session, claim_ids: Iterable[int]) -> None:
    """Let go of the days of these claims, now: the flush would insert before it deletes."""
    session.execute(delete(ClaimDay).where(ClaimDay.claim_id.in_(list(claim_ids))))
