"""What the address of a board says: numbers, and who is picked up."""

from __future__ import annotations

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.store import allocation_waiting as waiting_rows
from fairapp.store.allocation import BoothClaim
from fairapp.store.fairs import Booth, Fair
from fairapp.web.allocation.board import Hand


def number_asked(name: str) -> int | None:
    """A number in the address."""
    value = request.args.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def hand_asked(session: Session, fair: Fair) -> Hand:
    """What the address says is picked up, if it is there and can be placed."""
    if (claim_id := number_asked("claim")) is not None:
        claim = session.scalar(
            select(BoothClaim)
            .join(Booth, Booth.id == BoothClaim.booth_id)
            .where(BoothClaim.id == claim_id, Booth.fair_id == fair.id, BoothClaim.state.in_(LIVE))
            .options(joinedload(BoothClaim.booth))
        )
        if claim is not None:
            return Hand(waiting_rows.candidate(session, fair.id, claim.exhibitor_id), claim)
    if (exhibitor_id := number_asked("exhibitor")) is not None:
        return Hand(waiting_rows.candidate(session, fair.id, exhibitor_id))
    return Hand()
