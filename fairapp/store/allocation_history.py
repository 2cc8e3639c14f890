"""The history of a booth: its claims, how they ended, and who shares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session, aliased

from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.allocation_board import first_group
from fairapp.store.fairs import Booth
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


def history_of_booth(session: Session, booth_id: int, limit: int = 60) -> list[Claimed]:
    """The booth's claims, those that live first, then the latest."""
    maker, ender = aliased(Account), aliased(Account)
    onward, target = aliased(BoothClaim), aliased(Booth)
    rows: Any = session.execute(
        select(
            BoothClaim.id,
            BoothClaim.state,
            Exhibitor.id,
            Exhibitor.application_id,
            Organisation.name,
            first_group(),
            BoothClaim.made_at,
            maker.name,
            BoothClaim.ended_at,
            ender.name,
            BoothClaim.end_reason,
            target.code,
        )
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(maker, maker.id == BoothClaim.made_by_id)
        .outerjoin(ender, ender.id == BoothClaim.ended_by_id)
        .outerjoin(onward, onward.id == BoothClaim.moved_to_id)
        .outerjoin(target, target.id == onward.booth_id)
        .where(BoothClaim.booth_id == booth_id)
        .order_by(case((BoothClaim.state.in_(LIVE), 0), else_=1), BoothClaim.id.desc())
        .limit(limit)
    )
    return [Claimed(*row) for row in rows]


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
