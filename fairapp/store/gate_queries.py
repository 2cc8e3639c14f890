"""Questions about gates: which there are, what was scanned last, who is inside today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.errors import Missing
from fairapp.rules.text import search_terms
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges import Badge
from fairapp.store.badges_lists import badges_wanted
from fairapp.store.gate import Admission, Gate, ScanEvent

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Numbers:
    """A day at the gate: badges inside the fair, admitted at this gate, and all scans here."""

    inside: int
    admitted: int
    scans: int


def gate_named(session: Session, fair_id: int, code: str) -> Gate:
    """The fair's gate of this code, however its letters are written.

    :raises Missing: when there is none.
    """
    found = session.scalar(
        select(Gate).where(Gate.fair_id == fair_id, func.lower(Gate.code) == code.lower()).limit(1)
    )
    if found is None:
        raise Missing
    return found


def admissions_by_gate(session: Session, fair_id: int, day: date) -> dict[int, int]:
    """How many badges each gate has let in on the day."""
    counted = (
        select(ScanEvent.gate_id, func.count())
        .join(Admission, Admission.scan_id == ScanEvent.id)
        .where(ScanEvent.fair_id == fair_id, Admission.day == day)
        .group_by(ScanEvent.gate_id)
    )
    return dict(session.execute(counted).all())


def numbers_of(session: Session, gate: Gate, day: date) -> Numbers:
    """The day's numbers at a gate."""
    by_gate = admissions_by_gate(session, gate.fair_id, day)
    scans = session.scalar(
        select(func.count()).where(
            ScanEvent.fair_id == gate.fair_id, ScanEvent.gate_id == gate.id, ScanEvent.day == day
        )
    )
    return Numbers(sum(by_gate.values()), by_gate.get(gate.id, 0), scans or 0)


def last_scans(session: Session, gate: Gate, day: date, most: int = 12) -> Sequence[ScanEvent]:
    """The day's latest scans at the gate with their badges, the newest first."""
    return session.scalars(
        select(ScanEvent)
        .where(ScanEvent.fair_id == gate.fair_id, ScanEvent.gate_id == gate.id, ScanEvent.day == day)
        .options(
            joinedload(ScanEvent.badge).joinedload(Badge.exhibitor).joinedload(Exhibitor.organisation),
        )
        .order_by(ScanEvent.id.desc())
        .limit(most)
    ).all()


def scan_at(session: Session, gate: Gate, scan_id: int) -> ScanEvent | None:
    """The scan with its badge and who made it, if it was made at this gate."""
    return session.scalar(
        select(ScanEvent)
        .where(ScanEvent.id == scan_id, ScanEvent.gate_id == gate.id)
        .options(joinedload(ScanEvent.badge).joinedload(Badge.exhibitor).joinedload(Exhibitor.organisation))
    )


def admitting_scan(session: Session, badge_id: int, day: date) -> ScanEvent | None:
    """The scan that let the badge in on the day, with its gate, unless it was undone."""
    return session.scalar(
        select(ScanEvent)
        .join(Admission, Admission.scan_id == ScanEvent.id)
        .where(Admission.badge_id == badge_id, Admission.day == day)
        .options(joinedload(ScanEvent.gate))
    )


def badges_found(session: Session, fair_id: int, query: str) -> Sequence[Badge]:
    """Badges of the fair whose names hold every word, whatever their state; none for an empty query."""
    if not search_terms(query):
        return []
    return session.scalars(
        badges_wanted(fair_id, query=query)
        .options(joinedload(Badge.exhibitor).joinedload(Exhibitor.organisation))
        .order_by(Badge.folded, Badge.id)
        .limit(MOST_FOUND)
    ).all()


def inside_on(session: Session, badge_ids: Sequence[int], day: date) -> set[int]:
    """Those of the badges that are inside on the day."""
    return set(
        session.scalars(
            select(Admission.badge_id).where(Admission.badge_id.in_(badge_ids), Admission.day == day)
        )
    )
