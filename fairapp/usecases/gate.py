"""Check badges in at a gate: one answer a scan, one admission a day, and an undo with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badge_tokens import Claims, TokenReason, found_in
from fairapp.rules.badges import GateRefusal, GateResult, Shown, verdict
from fairapp.rules.days import day_mask, days_of_mask
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.fairs import days_of
from fairapp.rules.short_codes import BADGE_LENGTH, read_code
from fairapp.store.badges import Badge
from fairapp.store.base import LOCK
from fairapp.store.claim_days import days_of_exhibitors
from fairapp.store.fairs import Fair
from fairapp.store.gate import Admission, Gate, ScanEvent
from fairapp.usecases import audit
from fairapp.usecases.permission import require

Verify = Callable[[str], "Claims | TokenReason"]


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What the scanner read or the steward typed: a token, a short code, or a badge chosen from the list.

    ``keys`` is the same text by the keys that were pressed, as a US keyboard names them: it is right where
    the scanner types on another keyboard than the computer believes.
    """

    gate_id: int
    text: str = ""
    keys: str = ""
    badge_id: int | None = None


@dataclass(frozen=True, slots=True)
class UndoAdmission:
    """Take an admission back, with the reason for it."""

    scan_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate shows: the result, the badge if it is one of this fair, and the earlier admission."""

    result: GateResult
    scan: ScanEvent
    badge: Badge | None = None
    earlier: ScanEvent | None = None


def check_in(session: Session, actor: Actor, order: CheckIn, now: datetime, verify: Verify) -> Answer:
    """Answer a scan and keep it; two gates at once admit once.

    :raises Missing: when the gate is none of the actor's.
    """
    gate = session.get(Gate, order.gate_id)
    if gate is None or not actor.may(Permission.GATE_SCAN, gate.fair_id):
        raise Missing
    fair = session.get_one(Fair, gate.fair_id)
    day = now.astimezone(ZoneInfo(fair.timezone)).date()
    badge, issue = _meant(session, fair, order, verify)
    result = verdict(_shown(session, fair, badge), fair.id, issue, day, fair.starts_on, fair.ends_on)
    if result is GateResult.UNKNOWN:
        badge = None
    scan = ScanEvent(
        fair_id=fair.id,
        gate_id=gate.id,
        badge_id=None if badge is None else badge.id,
        result=result,
        at=now,
        day=day,
        by_id=actor.account_id,
    )
    scan.gate, scan.badge = gate, badge
    session.add(scan)
    session.flush()
    earlier = None
    if result is GateResult.ADMITTED and badge is not None:
        earlier = _admit(session, badge, scan)
        if earlier is not None:
            scan.result = GateResult.ALREADY
    audit.record(
        session,
        actor,
        "badge.scanned",
        now,
        fair_id=fair.id,
        gate=gate.code,
        badge=scan.badge_id,
        result=scan.result.value,
    )
    return Answer(scan.result, scan, badge, earlier)


def undo_admission(session: Session, actor: Actor, order: UndoAdmission, now: datetime) -> ScanEvent:
    """Take an admission back so that the badge may pass again; the scan keeps who, when and why.

    :raises Refused: when the scan admitted nobody, was undone, or no reason is given.
    """
    scan = session.get(ScanEvent, order.scan_id, with_for_update=LOCK, populate_existing=True)
    if scan is None or not actor.may(Permission.GATE_SCAN, scan.fair_id):
        raise Missing
    require(actor, Permission.GATE_UNDO, scan.fair_id)
    admission = session.scalar(select(Admission).where(Admission.scan_id == scan.id))
    if admission is None:
        raise Refused(GateRefusal.NOTHING_TO_UNDO)
    if not order.reason.strip():
        raise Refused(GateRefusal.REASON_MISSING)
    session.delete(admission)
    scan.undone_at, scan.undone_by_id, scan.undone_because = now, actor.account_id, order.reason[:200]
    audit.record(
        session,
        actor,
        "badge.admission_undone",
        now,
        fair_id=scan.fair_id,
        scan=scan.id,
        badge=scan.badge_id,
        reason=order.reason,
    )
    return scan


def _meant(session: Session, fair: Fair, order: CheckIn, verify: Verify) -> tuple[Badge | None, int | None]:
    """The badge that is meant, and the issue its token claims (None when chosen or typed by hand)."""
    if order.badge_id is not None:
        return session.get(Badge, order.badge_id), None
    for text in dict.fromkeys((order.text, order.keys)):
        code = read_code(text, BADGE_LENGTH, checked=True)
        if code is not None and (badge := session.scalar(select(Badge).where(Badge.short_code == code))):
            return badge, None
        claims = verify(found_in(text))
        if isinstance(claims, Claims) and claims.fair_id == fair.id:
            return session.get(Badge, claims.badge_id), claims.issue
    return None, None


def valid_days(session: Session, fair: Fair, badge: Badge) -> tuple[date, ...]:
    """The days on which the badge opens a gate: its own, else those on which its exhibitor has a booth."""
    whole = days_of(fair.starts_on, fair.ends_on)
    if badge.days or badge.exhibitor_id is None:
        return days_of_mask(badge.days, whole)
    held = days_of_exhibitors(session, fair, [badge.exhibitor_id])
    return held.get(badge.exhibitor_id, whole)


def _shown(session: Session, fair: Fair, badge: Badge | None) -> Shown | None:
    if badge is None:
        return None
    days = badge.days
    if badge.fair_id == fair.id and not days:
        days = day_mask(valid_days(session, fair, badge), fair.starts_on)
    return Shown(badge.fair_id, badge.state, badge.issue, days)


def _admit(session: Session, badge: Badge, scan: ScanEvent) -> ScanEvent | None:
    """Take the badge's only admission of the day; the scan that had it before, if there was one."""
    try:
        with session.begin_nested():
            session.add(Admission(badge_id=badge.id, day=scan.day, scan_id=scan.id))
    except IntegrityError:
        return session.scalar(
            select(ScanEvent)
            .join(Admission, Admission.scan_id == ScanEvent.id)
            .where(Admission.badge_id == badge.id, Admission.day == scan.day)
        )
    return None
