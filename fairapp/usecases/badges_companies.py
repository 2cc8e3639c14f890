"""Badges in the exhibitors' own names, where nobody has named the people yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badges import BadgeStep
from fairapp.rules.text import fold
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges import Badge
from fairapp.store.badges_queries import floors_of, without_badge
from fairapp.usecases import audit
from fairapp.usecases.badges import BadgesStep, Chance, allotted, fresh_codes, step_badges
from fairapp.usecases.permission import require

NAME_LENGTH = 120


def name_companies(session: Session, actor: Actor, fair_id: int, now: datetime, below: Chance) -> int:
    """Name and approve one badge for each exhibitor that is allotted some and has none. Answers how many."""
    require(actor, Permission.BADGE_APPROVE, fair_id)
    exhibitors = without_badge(session, fair_id)
    floors = floors_of(session, [each.id for each in exhibitors])
    wanting = [each for each in exhibitors if allotted(each, *floors.get(each.id, (0.0, 0))) > 0]
    codes = fresh_codes(session, len(wanting), below)
    rows = [_row(each, code, now) for each, code in zip(wanting, codes, strict=True)]
    kept = insert(Badge).returning(Badge.id)
    ids = tuple(session.scalars(kept, rows)) if rows else ()
    audit.record(session, actor, "badge.named", now, fair_id=fair_id, badges=list(ids))
    step_badges(session, actor, BadgesStep(ids, BadgeStep.APPROVE), now)
    return len(ids)


def _row(exhibitor: Exhibitor, code: str, now: datetime) -> dict[str, Any]:
    name = exhibitor.organisation.name[:NAME_LENGTH]
    return {
        "fair_id": exhibitor.fair_id,
        "exhibitor_id": exhibitor.id,
        "name": name,
        "folded": fold(f"{name} {exhibitor.organisation.name}")[:300],
        "short_code": code,
        "named_at": now,
    }
