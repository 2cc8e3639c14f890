"""A delegation's block of booths: what belongs to it, who stands where, and what may still be given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.rules.delegations import EntryState
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_queries import free_booths
from fairapp.store.applications import Application
from fairapp.store.delegations import DelegationBooth, DelegationEntry
from fairapp.store.fairs import Booth, Hall


class Place(NamedTuple):
    """A booth of the block, and the live claim on it if there is one."""

    booth: Booth
    claim: BoothClaim | None


def block_of(session: Session, delegation_id: int) -> list[Place]:
    """The delegation's booths by hall and code, each with whoever stands there."""
    rows = session.execute(
        select(Booth, BoothClaim)
        .join(DelegationBooth, DelegationBooth.booth_id == Booth.id)
        .join(Hall, Hall.id == Booth.hall_id)
        .outerjoin(BoothClaim, and_(BoothClaim.booth_id == Booth.id, BoothClaim.state.in_(LIVE)))
        .where(DelegationBooth.delegation_id == delegation_id)
        .order_by(Hall.position, Hall.code, Booth.code, BoothClaim.id)
        .options(
            joinedload(Booth.hall),
            joinedload(BoothClaim.exhibitor).joinedload(Exhibitor.organisation),
        )
    )
    return [Place(booth, claim) for booth, claim in rows]


def booths_to_give(fair_id: int, hall_code: str, zone: str, now: datetime) -> Select[Booth]:
    """Free booths of the fair that belong to no block, of one hall or zone or of all."""
    found = free_booths(fair_id, now).join(Hall, Hall.id == Booth.hall_id)
    if hall_code:
        found = found.where(Hall.code == hall_code)
    return found.where(Booth.zone == zone) if zone else found


def page_of_booths(session: Session, found: Select[Booth], skipped: int, size: int) -> Sequence[Booth]:
    """Some of them, by hall and code."""
    ordered = found.order_by(Hall.position, Hall.code, Booth.code).offset(skipped).limit(size)
    return session.scalars(ordered.options(joinedload(Booth.hall))).all()


def how_many_booths(session: Session, found: Select[Booth]) -> int:
    """How many booths were found."""
    return session.scalar(found.with_only_columns(func.count())) or 0


class Exhibiting(NamedTuple):
    """A producer of the list that the organiser has admitted, and how many booths it holds."""

    entry: DelegationEntry
    exhibitor: Exhibitor
    held: int


def exhibiting(session: Session, delegation_id: int) -> list[Exhibiting]:
    """The admitted producers in the list's order."""
    held = (
        select(BoothClaim.exhibitor_id, func.count().label("many"))
        .where(BoothClaim.state.in_(LIVE))
        .group_by(BoothClaim.exhibitor_id)
        .subquery()
    )
    rows = session.execute(
        select(DelegationEntry, Exhibitor, func.coalesce(held.c.many, 0))
        .join(Exhibitor, Exhibitor.application_id == DelegationEntry.application_id)
        .outerjoin(held, held.c.exhibitor_id == Exhibitor.id)
        .where(
            DelegationEntry.delegation_id == delegation_id,
            DelegationEntry.state != EntryState.REMOVED,
            Exhibitor.left_at.is_(None),
        )
        .order_by(DelegationEntry.position, DelegationEntry.id)
        .options(
            joinedload(DelegationEntry.organisation),
            joinedload(DelegationEntry.application).joinedload(Application.booth_kind),
            joinedload(Exhibitor.application),
        )
    )
    return [Exhibiting(entry, exhibitor, int(many)) for entry, exhibitor, many in rows]
