"""The numbers of a fair for those who run it, in a few questions whatever its size; and its audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.rules.badges import BadgeState, GateResult
from fairapp.rules.fairs import PlanState
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.badges import Badge
from fairapp.store.fairs import Booth, Fair, FloorPlan
from fairapp.store.gate import ScanEvent
from fairapp.store.holds import live_at
from fairapp.store.operations import AuditEntry

Rows = Select[*tuple[Any, ...]]
"""A question whose columns the caller knows."""


@dataclass(frozen=True, slots=True)
class FairNumbers:
    """How far a fair is."""

    applications: Mapping[State, int]
    booths: int
    claims: Mapping[ClaimState, int]
    exhibitors: int
    without_booth: int
    badges: Mapping[BadgeState, int]
    plans: Mapping[PlanState, int]
    inside_by_day: Mapping[date, int]

    @property
    def taken(self) -> int:
        """Booths with a live claim."""
        return sum(self.claims.values())


def numbers_of(session: Session, fair: Fair, now: datetime) -> FairNumbers:
    """Everything that is counted on the fair's overview."""
    return FairNumbers(
        applications=_by(session, Application.state, Application.fair_id == fair.id),
        booths=_booths(session, fair),
        claims=_claims(session, fair, now),
        exhibitors=_exhibitors(session, fair),
        without_booth=_without_booth(session, fair, now),
        badges=_by(session, Badge.state, Badge.fair_id == fair.id),
        plans=_by(session, FloorPlan.state, FloorPlan.fair_id == fair.id),
        inside_by_day=_scans(session, fair),
    )


def audit_entries(fair_id: int, what: str = "", account_id: int | None = None) -> Rows:
    """The audit of a fair with the names of those who acted; ``what`` is the first part of what was done."""
    found: Rows = (
        select(AuditEntry, Account.name, Account.email)
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.fair_id == fair_id)
    )
    if what:
        found = found.where(AuditEntry.what.startswith(f"{what}.", autoescape=True))
    if account_id is not None:
        found = found.where(AuditEntry.account_id == account_id)
    return found


def page_of_audit(
    session: Session, found: Rows, first: int, size: int
) -> Sequence[tuple[AuditEntry, str | None, str | None]]:
    """Some entries, the newest first."""
    rows = session.execute(found.order_by(AuditEntry.id.desc()).offset(first).limit(size))
    return [(entry, name, email) for entry, name, email in rows]


def acting_accounts(session: Session, fair_id: int) -> Sequence[tuple[int, str]]:
    """Whoever changed something in the fair."""
    rows = session.execute(
        select(Account.id, Account.name)
        .where(Account.id.in_(select(AuditEntry.account_id).where(AuditEntry.fair_id == fair_id)))
        .order_by(Account.name)
    )
    return [(account_id, name) for account_id, name in rows]


def kinds_of_acts(session: Session, fair_id: int) -> Sequence[str]:
    """Everything that was done in the fair, by name."""
    return session.scalars(
        select(AuditEntry.what).where(AuditEntry.fair_id == fair_id).distinct().order_by(AuditEntry.what)
    ).all()


def scans_since(session: Session, fair_id: int, since: datetime) -> int:
    """How many scans the fair's gates answered since then."""
    counted = select(func.count()).where(ScanEvent.fair_id == fair_id, ScanEvent.at >= since)
    return session.scalar(counted) or 0


def _by(session: Session, column: Any, condition: Any) -> dict[Any, int]:
    rows = session.execute(select(column, func.count()).where(condition).group_by(column))
    return dict(rows.all())


def _booths(session: Session, fair: Fair) -> int:
    counted = select(func.count()).where(Booth.fair_id == fair.id, Booth.retired_at.is_(None), Booth.is_let)
    return session.scalar(counted) or 0


def _claims(session: Session, fair: Fair, now: datetime) -> dict[ClaimState, int]:
    rows = session.execute(
        select(BoothClaim.state, func.count(distinct(BoothClaim.booth_id)))
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair.id, live_at(now))
        .group_by(BoothClaim.state)
    )
    return dict(rows.all())


def _exhibitors(session: Session, fair: Fair) -> int:
    counted = select(func.count()).where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
    return session.scalar(counted) or 0


def _without_booth(session: Session, fair: Fair, now: datetime) -> int:
    holding = select(BoothClaim.exhibitor_id).where(live_at(now))
    sharing = (
        select(CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .where(live_at(now))
    )
    counted = select(func.count()).where(
        Exhibitor.fair_id == fair.id,
        Exhibitor.left_at.is_(None),
        Exhibitor.id.not_in(holding),
        Exhibitor.id.not_in(sharing),
    )
    return session.scalar(counted) or 0


def _scans(session: Session, fair: Fair) -> dict[date, int]:
    rows = session.execute(
        select(ScanEvent.day, func.count(distinct(ScanEvent.badge_id)))
        .where(
            ScanEvent.fair_id == fair.id,
            ScanEvent.result == GateResult.ADMITTED,
            ScanEvent.undone_at.is_(None),
        )
        .group_by(ScanEvent.day)
        .order_by(ScanEvent.day)
    )
    return dict(rows.all())
