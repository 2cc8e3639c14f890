"""Questions about the health of the data: rows that point nowhere, promises that were not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from fairapp.rules.allocation import LIVE
from fairapp.rules.jobs import UNDER_WAY
from fairapp.store.allocation import BoothClaim, ClaimDay
from fairapp.store.fairs import Booth
from fairapp.store.operations import Job, OutboxMessage
from fairapp.store.producers import Organisation, Photo


def broken_links(session: Session) -> list[str]:
    """Tables with rows that point to rows which are not there; PostgreSQL never lets one in."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    return sorted({str(row[0]) for row in session.execute(text("PRAGMA foreign_key_check"))})


def claims_without_days(session: Session) -> int:
    """Live claims that hold no day: nothing keeps their booth from being given twice."""
    days = select(ClaimDay.claim_id).where(ClaimDay.claim_id == BoothClaim.id)
    return _count(session, select(BoothClaim.id).where(BoothClaim.state.in_(LIVE), ~days.exists()))


def days_of_ended_claims(session: Session) -> int:
    """Days still held by claims that have ended: their booths look taken."""
    return _count(
        session,
        select(ClaimDay.booth_id)
        .join(BoothClaim, BoothClaim.id == ClaimDay.claim_id)
        .where(BoothClaim.state.not_in(LIVE)),
    )


def booths_without_outline(session: Session) -> list[str]:
    """Codes of booths on a published plan that cannot be drawn."""
    rows = session.execute(select(Booth.code, Booth.outline).where(Booth.retired_at.is_(None)))
    return [code for code, outline in rows if not outline or len(outline[0]) < 3]


def picture_keys(session: Session) -> set[str]:
    """The file names of every picture."""
    return {key for row in session.execute(select(Photo.large, Photo.small)) for key in row if key}


def letters_given_up(session: Session) -> int:
    """Messages that could not be sent and are not tried any more."""
    return _count(session, select(OutboxMessage.id).where(OutboxMessage.given_up_at.is_not(None)))


def letters_waiting(session: Session, since: datetime) -> int:
    """Messages that were due before ``since`` and have not been sent."""
    waiting = (OutboxMessage.done_at.is_(None), OutboxMessage.given_up_at.is_(None))
    return _count(session, select(OutboxMessage.id).where(*waiting, OutboxMessage.due_at < since))


def jobs_stuck(session: Session, since: datetime) -> int:
    """Long work begun before ``since`` and neither done nor failed."""
    return _count(session, select(Job.id).where(Job.state.in_(UNDER_WAY), Job.made_at < since))


def stories_told(session: Session) -> Iterator[tuple[str, str]]:
    """Every story that is told anywhere, with its maker's name, without keeping them all in memory."""
    rows = session.execute(
        select(Organisation.name, Organisation.story)
        .order_by(Organisation.id)
        .execution_options(yield_per=500)
    )
    for name, story in rows:
        for told in (story or {}).values():
            yield name, told


def _count(session: Session, rows: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
