"""A badge of somebody who has a booth on some days opens a gate on those days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fairapp.rules.badges import BadgeStep, GateResult
from fairapp.store.allocation import ClaimDay
from fairapp.usecases.claiming import fair_days
from tests.usecases.test_gate import OPEN, Entrance


def test_on_another_day_than_the_booths_the_gate_says_not_today(session: Session, tmp_path: Path) -> None:
    entrance = Entrance(session, tmp_path)
    session.execute(delete(ClaimDay).where(ClaimDay.day != fair_days(entrance.fair)[1]))
    badge = entrance.name()
    entrance.step(badge, BadgeStep.APPROVE)
    assert entrance.scan(entrance.token(badge), OPEN).result is GateResult.NOT_TODAY
    assert entrance.scan(entrance.token(badge), OPEN + timedelta(days=1)).result is GateResult.ADMITTED
