"""The demo's badge press: a design of the fair's own, and a station with some printed and some collected."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.badge_presets import PRESETS, Preset
from fairapp.rules.badge_queue import PrintJobStep, ReprintReason
from fairapp.rules.badges import VALID, BadgeKind
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges import Badge
from fairapp.store.fairs import Fair
from fairapp.store.producers import Organisation
from fairapp.usecases.badges_designs import KeepDesign, keep_design
from fairapp.usecases.badges_languages import SayLanguages, say_languages
from fairapp.usecases.badges_queue import (
    QueueBadges,
    StepJob,
    open_station,
    queue_badges,
    step_job,
    take_jobs,
)

SPOKEN = (("vi", "en"), ("vi",), ("vi", "en", "zh"))
STATIONS = ("Quầy cổng A1", "Văn phòng ban tổ chức")
PRINTED, COLLECTED, AT_PRINTER, QUEUED = 6, 3, 2, 10


def keep_press(session: Session, fair: Fair, now: datetime) -> None:
    """Design the exhibitors' badges, print six, hand over three; two are at the printer, others wait."""
    before = now - timedelta(days=3)
    for seen, preset in enumerate((Preset.CARD, Preset.LANYARD)):
        order = KeepDesign(fair.id, BadgeKind.EXHIBITOR, PRESETS[preset], seen)
        keep_design(session, SYSTEM, order, before + timedelta(hours=seen))
    keep_design(
        session, SYSTEM, KeepDesign(fair.id, BadgeKind.CONTRACTOR, PRESETS[Preset.LABEL_62], 0), before
    )
    _say_languages(session, fair, before)
    stations = [open_station(session, SYSTEM, fair.id, name, before) for name in STATIONS]
    badges = session.scalars(
        select(Badge.id)
        .where(Badge.fair_id == fair.id, Badge.state.in_(VALID))
        .order_by(Badge.id)
        .limit(QUEUED)
    ).all()
    if not badges:
        return
    at = now - timedelta(hours=2)
    # The demo's badges that count as printed came off a press before there was a queue.
    queue_badges(session, SYSTEM, QueueBadges(fair.id, tuple(badges), ReprintReason.DAMAGED), at)
    taken = PRINTED + AT_PRINTER
    jobs = take_jobs(session, SYSTEM, fair.id, stations[0].id, taken, at + timedelta(minutes=4))
    for job in jobs[:PRINTED]:
        printed = StepJob(fair.id, job.id, PrintJobStep.PRINT, stations[0].id)
        step_job(session, SYSTEM, printed, at + timedelta(minutes=9))
    for job in jobs[:COLLECTED]:
        step_job(session, SYSTEM, StepJob(fair.id, job.id, PrintJobStep.COLLECT), now - timedelta(minutes=40))
    if jobs:
        again = QueueBadges(fair.id, (jobs[0].badge_id,), ReprintReason.MISPRINT)
        queue_badges(session, SYSTEM, again, now - timedelta(minutes=12))


def _say_languages(session: Session, fair: Fair, now: datetime) -> None:
    """What is spoken at the stands: three of five say it, and who comes from abroad speaks its own too."""
    rows = session.execute(
        select(Exhibitor.id, Organisation.name_language)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
        .order_by(Exhibitor.id)
    ).all()
    for place, (exhibitor_id, own) in enumerate(rows):
        if place % 5 < len(SPOKEN):
            said = (own, "en") if own != "vi" else SPOKEN[place % 5]
            say_languages(session, SYSTEM, SayLanguages(exhibitor_id, said), now)
