"""The audit: one entry for every change, written in the change's own transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.store.operations import AuditEntry


def record(
    session: Session, actor: Actor, what: str, now: datetime, *, fair_id: int | None = None, **facts: object
) -> None:
    """Keep who did ``what``; ``facts`` are plain values that never hold a secret or a whole token."""
    session.add(
        AuditEntry(
            at=now,
            account_id=actor.account_id,
            address=actor.address,
            what=what,
            fair_id=fair_id,
            facts=dict(facts),
        )
    )
