"""Questions about booths on hold and offered, and about who still needs a booth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import ADMITTED
from fairapp.rules.holds import PENDING
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.base import LOCK
from fairapp.store.delegations import DelegationBooth
from fairapp.store.fairs import Booth
from fairapp.store.producers import Organisation

OWN = LIVE - PENDING
"""Claims whose booth is the exhibitor's."""


@dataclass(frozen=True, slots=True)
class WithoutBooth:
    """An exhibitor that has fewer booths than it applied for."""

    exhibitor_id: int
    organisation_id: int
    name: str
    applied_at: datetime


def run_out_at(now: datetime) -> ColumnElement[bool]:
    """A hold or an offer whose time is up, whether it has been ended yet or not."""
    return and_(
        BoothClaim.state.in_(PENDING), BoothClaim.expires_at.is_not(None), BoothClaim.expires_at <= now
    )


def live_at(now: datetime) -> ColumnElement[bool]:
    """A claim that keeps its booth at this moment: one whose time is up keeps it from nobody."""
    return and_(BoothClaim.state.in_(LIVE), not_(run_out_at(now)))


def run_out(
    session: Session, now: datetime, *, booth_id: int | None = None, exhibitor_id: int | None = None
) -> Sequence[BoothClaim]:
    """Holds and offers whose time is up on this booth or of this exhibitor, locked."""
    wanted = _run_out(now).with_for_update(of=BoothClaim, **LOCK).execution_options(populate_existing=True)
    if booth_id is not None:
        wanted = wanted.where(BoothClaim.booth_id == booth_id)
    if exhibitor_id is not None:
        wanted = wanted.where(BoothClaim.exhibitor_id == exhibitor_id)
    return session.scalars(wanted).all()


def booths_run_out(session: Session, now: datetime, among: Collection[int] | None = None) -> list[int]:
    """The booths (``among`` these) that a hold or an offer whose time is up still keeps."""
    found = _run_out(now).with_only_columns(BoothClaim.booth_id)
    if among is not None:
        found = found.where(BoothClaim.booth_id.in_(among))
    return list(session.scalars(found.limit(1_000)))


def _run_out(now: datetime) -> Select[BoothClaim]:
    return select(BoothClaim).where(run_out_at(now)).order_by(BoothClaim.id)


def pending_of(session: Session, exhibitor_id: int, now: datetime) -> Sequence[BoothClaim]:
    """What the exhibitor has on hold or is offered, as long as there is time."""
    return session.scalars(
        select(BoothClaim)
        .where(BoothClaim.exhibitor_id == exhibitor_id, BoothClaim.state.in_(PENDING))
        .where(or_(BoothClaim.expires_at.is_(None), BoothClaim.expires_at > now))
        .order_by(BoothClaim.expires_at, BoothClaim.id)
        .options(joinedload(BoothClaim.booth).joinedload(Booth.hall))
    ).all()


def own_booths(session: Session, exhibitor_id: int) -> Sequence[BoothClaim]:
    """The claims whose booths are the exhibitor's."""
    return session.scalars(
        select(BoothClaim)
        .where(BoothClaim.exhibitor_id == exhibitor_id, BoothClaim.state.in_(OWN))
        .order_by(BoothClaim.id)
        .options(joinedload(BoothClaim.booth).joinedload(Booth.hall))
    ).all()


def taken_booths(session: Session, hall_id: int, now: datetime, days: Collection[date]) -> frozenset[int]:
    """The booths of a hall that somebody has, holds or is offered at this moment, for one of these days."""
    held = (
        select(BoothClaim.booth_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(ClaimDay, ClaimDay.claim_id == BoothClaim.id)
        .where(Booth.hall_id == hall_id, live_at(now), ClaimDay.day.in_(list(days)))
    )
    return frozenset(session.scalars(held))


def booths_of(session: Session, exhibitor_id: int) -> int:
    """How many booths are the exhibitor's own or shared by it."""
    return session.scalar(select(_booths(BoothClaim.exhibitor_id == exhibitor_id, exhibitor_id))) or 0


def _booths(own: ColumnElement[bool], sharing: object) -> ColumnElement[int]:
    shares = select(CoExhibitor.claim_id).where(CoExhibitor.exhibitor_id == sharing)
    return (
        select(func.count())
        .select_from(BoothClaim)
        .where(BoothClaim.state.in_(OWN), or_(own, BoothClaim.id.in_(shares)))
        .correlate(Exhibitor)
        .scalar_subquery()
    )


def without_booth(session: Session, fair_id: int) -> list[WithoutBooth]:
    """Every admitted exhibitor with an application that has fewer booths than it asks for, by its number."""
    has = _booths(BoothClaim.exhibitor_id == Exhibitor.id, Exhibitor.id)
    rows = session.execute(
        select(Exhibitor.id, Exhibitor.organisation_id, Organisation.name, Application.submitted_at)
        .join(Application, Application.id == Exhibitor.application_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .where(Application.state.in_(ADMITTED), has < Application.booths)
        .order_by(Exhibitor.id)
    )
    return [
        WithoutBooth(number, of, name, applied) for number, of, name, applied in rows if applied is not None
    ]


@dataclass(frozen=True, slots=True)
class FloorRow:
    """A booth of a hall with the delegation whose block it is in."""

    booth: Booth
    delegation_id: int | None


def floor_of_hall(session: Session, hall_id: int) -> list[FloorRow]:
    """The let booths of a hall on the published plan."""
    rows = session.execute(
        select(Booth, DelegationBooth.delegation_id)
        .outerjoin(DelegationBooth, DelegationBooth.booth_id == Booth.id)
        .where(Booth.hall_id == hall_id, Booth.retired_at.is_(None), Booth.is_let)
        .order_by(Booth.id)
    )
    return [FloorRow(*row) for row in rows]
