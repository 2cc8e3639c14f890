"""What the address of a board says: numbers, and who is picked up."""

from __future__ import annotations

from datetime import datetime

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fairapp.store import allocation_waiting as waiting_rows
from fairapp.store.allocation import BoothClaim
from fairapp.store.fairs import Booth, Fair
from fairapp.store.holds import live_at
from fairapp.web.allocation.board import Hand
from fairapp.web.allocation.by_days import day_looked_at


def number_asked(name: str) -> int | None:
    """A number in the address."""
    value = request.args.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def hand_asked(session: Session, fair: Fair, now: datetime) -> Hand:
    """What the address says is picked up, if it is there and can be placed, and the day looked at."""
    day = day_looked_at(fair)
    if (claim_id := number_asked("claim")) is not None:
        claim = session.scalar(
            select(BoothClaim)
            .join(Booth, Booth.id == BoothClaim.booth_id)
            .where(BoothClaim.id == claim_id, Booth.fair_id == fair.id, live_at(now))
            .options(joinedload(BoothClaim.booth))
        )
        if claim is not None:
            return Hand(waiting_rows.candidate(session, fair.id, claim.exhibitor_id, now), claim, day)
    if (exhibitor_id := number_asked("exhibitor")) is not None:
        return Hand(waiting_rows.candidate(session, fair.id, exhibitor_id, now), day=day)
    return Hand(day=day)
