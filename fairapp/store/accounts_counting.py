"""Counting what is limited, in rows that every worker and machine sees alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fairapp.rules.accounts import LIMITS, LONGEST_WINDOW, Counted
from fairapp.store.accounts import LoginFailure


def counted_times(session: Session, kind: Counted, digest: str, now: datetime) -> Sequence[datetime]:
    """When it happened within the kind's window; no more rows than the limit needs."""
    limit = LIMITS[kind]
    return session.scalars(
        select(LoginFailure.at)
        .where(LoginFailure.kind == kind.value, LoginFailure.digest == digest)
        .where(LoginFailure.at > now - limit.window)
        .order_by(LoginFailure.at.desc())
        .limit(limit.most)
    ).all()


def count(session: Session, kind: Counted, digest: str, now: datetime) -> None:
    """Keep that it happened, and sweep out what no window reaches any more."""
    session.execute(delete(LoginFailure).where(LoginFailure.at <= now - LONGEST_WINDOW))
    session.add(LoginFailure(kind=kind.value, digest=digest, at=now))
    session.flush()


def forget(session: Session, kind: Counted, digest: str) -> None:
    """Start again from nothing."""
    session.execute(
        delete(LoginFailure).where(LoginFailure.kind == kind.value, LoginFailure.digest == digest)
    )
