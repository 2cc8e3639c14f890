"""The history of a booth: its claims, how they ended, and who shares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session, aliased

from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.allocation_board import first_group
from fairapp.store.holds import live_at, run_out_at
from fairapp.store.naming import account_name, booth_code, exhibitor_name
from fairapp.store.producers import Organisation


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim of a booth's history: who, since when and by whom, until when, by whom and why."""

    claim_id: int
    state: ClaimState
    exhibitor_id: int
    application_id: int | None
    name: str
    group: str | None
    made_at: datetime
    made_by: str | None
    ended_at: datetime | None
    ended_by: str | None
    end_reason: str
    moved_to: str | None

    @property
    def lives(self) -> bool:
        """Whether it holds the booth today."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody who shares the booth of a claim."""

    claim_id: int
    exhibitor_id: int
    name: str


def history_of_booth(session: Session, booth_id: int, now: datetime, limit: int = 60) -> list[Claimed]:
    """The booth's claims, those that live first, then the latest; one whose time is up lives no more."""
    onward = aliased(BoothClaim)
    rows: Any = session.execute(
        select(
            BoothClaim.id,
            BoothClaim.state,
            Exhibitor.id,
            Exhibitor.application_id,
            exhibitor_name(BoothClaim.exhibitor_id),
            first_group(),
            BoothClaim.made_at,
            account_name(BoothClaim.made_by_id),
            BoothClaim.ended_at,
            account_name(BoothClaim.ended_by_id),
            BoothClaim.end_reason,
            booth_code(onward.booth_id),
            run_out_at(now),
            BoothClaim.expires_at,
        )
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .outerjoin(onward, onward.id == BoothClaim.moved_to_id)
        .where(BoothClaim.booth_id == booth_id)
        .order_by(case((live_at(now), 0), else_=1), BoothClaim.id.desc())
        .limit(limit)
    )
    return [
        replace(Claimed(*row), state=ClaimState.EXPIRED, ended_at=expired_at) if is_over else Claimed(*row)
        for *row, is_over, expired_at in rows
    ]


def sharers(session: Session, claim_ids: Sequence[int]) -> list[Sharer]:
    """Everybody who shares the booths of these claims, by name."""
    rows = session.execute(
        select(CoExhibitor.claim_id, Exhibitor.id, Organisation.name)
        .join(Exhibitor, Exhibitor.id == CoExhibitor.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(CoExhibitor.claim_id.in_(claim_ids))
        .order_by(Organisation.name_key, Exhibitor.id)
    )
    return [Sharer(*row) for row in rows]
