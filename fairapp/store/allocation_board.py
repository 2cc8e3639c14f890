"""What the allocation board draws: the halls of a fair, their booths, and who holds them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import ClaimState
from fairapp.rules.fairs import BoothForm, FloorKind
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.applications import ApplicationProduct
from fairapp.store.applications_waiting import is_offered
from fairapp.store.base import Texts
from fairapp.store.delegations import Delegation, DelegationBooth
from fairapp.store.fairs import Booth, Hall
from fairapp.store.holds import live_at
from fairapp.store.producers import Organisation, Product


@dataclass(frozen=True, slots=True)
class HallCount:
    """A hall with how many booths it lets and how many of them are free."""

    id: int
    code: str
    names: Texts
    booths: int
    free: int


@dataclass(frozen=True, slots=True)
class BoothRow:
    """A booth of the plan as the board draws it."""

    id: int
    hall_id: int
    code: str
    outline: list[Any]
    area_m2: float
    kind: FloorKind
    form: BoothForm
    zone: str | None
    is_let: bool
    blocked_because: str | None
    is_offered: bool
    """Somebody on the waiting list has still to answer."""
    kept_for: Texts | None = None
    """The names of the delegation whose block it belongs to."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A live claim: who holds which booth, and with how many others."""

    booth_id: int
    claim_id: int
    state: ClaimState
    exhibitor_id: int
    name: str
    group: str | None
    shared: int
    application_id: int | None
    expires_at: datetime | None
    """When it ends by itself."""


def halls_with_counts(
    session: Session,
    fair_id: int,
    now: datetime,
    day: date | None = None,
    offered: Collection[int] | None = None,
) -> list[HallCount]:
    """Every hall of the fair, in the plan's order, with what is free at this moment on all days (or one).

    ``offered``: the booths that offers to the waiting list keep on the day.
    """
    held = select(BoothClaim.id).where(BoothClaim.booth_id == Booth.id, live_at(now))
    if day is not None:
        held = held.join(ClaimDay, ClaimDay.claim_id == BoothClaim.id).where(ClaimDay.day == day)
    taken = held.exists()
    kept = select(DelegationBooth.booth_id).where(DelegationBooth.booth_id == Booth.id).exists()
    waits = is_offered() if offered is None else Booth.id.in_(offered)
    is_free = and_(Booth.id.is_not(None), ~taken, ~waits, ~kept, Booth.blocked_because.is_(None))
    free = case((is_free, 1), else_=0)
    let = and_(Booth.hall_id == Hall.id, Booth.retired_at.is_(None), Booth.is_let)
    rows = session.execute(
        select(Hall.id, Hall.code, Hall.names, func.count(Booth.id), func.coalesce(func.sum(free), 0))
        .outerjoin(Booth, let)
        .where(Hall.fair_id == fair_id)
        .group_by(Hall.id)
        .order_by(Hall.position, Hall.id)
    )
    return [HallCount(*row) for row in rows]


def booths_of_hall(session: Session, hall_id: int, only: Collection[int] | None = None) -> list[BoothRow]:
    """The booths of the hall's published plan, or those of ``only`` that are on it."""
    wanted = _booth_rows().where(Booth.hall_id == hall_id, Booth.retired_at.is_(None)).order_by(Booth.id)
    if only is not None:
        wanted = wanted.where(Booth.id.in_(only))
    return [BoothRow(*row) for row in session.execute(wanted)]


def _booth_rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Booth.id,
            Booth.hall_id,
            Booth.code,
            Booth.outline,
            Booth.area_m2,
            Booth.kind,
            Booth.form,
            Booth.zone,
            Booth.is_let,
            Booth.blocked_because,
            is_offered(),
            Delegation.names,
        )
        .outerjoin(DelegationBooth, DelegationBooth.booth_id == Booth.id)
        .outerjoin(Delegation, Delegation.id == DelegationBooth.delegation_id)
    )


def first_group() -> ColumnElement[str | None]:
    """The group of the exhibitor's first product: of those it shows here, else of all it makes."""
    shown = and_(
        ApplicationProduct.product_id == Product.id,
        ApplicationProduct.application_id == Exhibitor.application_id,
    )
    return (
        select(Product.group_code)
        .outerjoin(ApplicationProduct, shown)
        .where(Product.organisation_id == Exhibitor.organisation_id, Product.removed_at.is_(None))
        .order_by(case((ApplicationProduct.product_id.is_(None), 1), else_=0), Product.position, Product.id)
        .limit(1)
        .correlate(Exhibitor)
        .scalar_subquery()
    )


def holdings_of_hall(
    session: Session, hall_id: int, now: datetime, only: Collection[int] | None = None
) -> list[Holding]:
    """The claims that keep the booths of a hall at this moment, or ``only`` these."""
    shared = (
        select(func.count(CoExhibitor.id))
        .where(CoExhibitor.claim_id == BoothClaim.id)
        .correlate(BoothClaim)
        .scalar_subquery()
    )
    found = (
        select(
            BoothClaim.booth_id,
            BoothClaim.id,
            BoothClaim.state,
            Exhibitor.id,
            Organisation.name,
            first_group(),
            shared,
            Exhibitor.application_id,
            BoothClaim.expires_at,
        )
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.hall_id == hall_id, live_at(now))
        .order_by(BoothClaim.id)
    )
    if only is not None:
        found = found.where(BoothClaim.booth_id.in_(only))
    return [Holding(*row) for row in session.execute(found)]


def codes_of_fair(session: Session, fair_id: int) -> Sequence[Any]:
    """(id, hall's code, code, other codes) of every booth that is on the plan."""
    return session.execute(
        select(Booth.id, Hall.code, Booth.code, Booth.other_codes)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None))
    ).all()


def booths_numbered(session: Session, booth_ids: Sequence[int], fair_id: int | None = None) -> list[BoothRow]:
    """The booths of these numbers; with a fair only those of them that it has."""
    wanted = _booth_rows().where(Booth.id.in_(booth_ids))
    if fair_id is not None:
        wanted = wanted.where(Booth.fair_id == fair_id)
    return [BoothRow(*row) for row in session.execute(wanted)]
