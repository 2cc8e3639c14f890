"""What the demo's office has in hand: decisions prepared and not yet published, and an offer that waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.applications import State, Step
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import line_of
from fairapp.store.fairs import Fair
from fairapp.usecases.applications_prepared import PrepareMany, prepare_many
from fairapp.usecases.applications_waiting import OfferPlace, offer

FULL = "Nhóm sản phẩm này đã đủ gian trong kỳ hội chợ năm nay. Mong quý vị đăng ký kỳ sau."


def keep_decisions(session: Session, fair: Fair, now: datetime) -> None:
    """Two acceptances and a decline prepared, and a place offered to the first on the waiting list."""
    read = session.scalars(
        select(Application.id)
        .where(Application.fair_id == fair.id, Application.state == State.IN_REVIEW)
        .order_by(Application.submitted_at, Application.id)
        .limit(3)
    ).all()
    at = now - timedelta(hours=20)
    prepare_many(session, SYSTEM, PrepareMany(tuple(read[:2]), Step.ACCEPT), at)
    prepare_many(session, SYSTEM, PrepareMany(tuple(read[2:]), Step.DECLINE, FULL), at)
    line = line_of(session, fair.id, size=1)
    if line:
        offer(session, SYSTEM, OfferPlace(line[0].application_id, None), now - timedelta(hours=5))
