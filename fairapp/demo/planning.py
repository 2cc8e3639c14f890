"""Two plans of the demo fair to compare: one with the usual weights, one that keeps competitors apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.weights import PlanWeights, Rivals
from fairapp.store.fairs import Fair
from fairapp.usecases.planning import PlanFair, keep_scenario, work_out

SECONDS = 0.3
NAMES = ("Phương án 1 · trọng số thường dùng", "Phương án 2 · tách đối thủ cạnh tranh")


def keep_plans(session: Session, fair: Fair, now: datetime) -> None:
    """Work out both and keep them; nothing of them is applied."""
    usual = PlanWeights.read(fair.settings)
    apart = replace(usual, beside=120, facing=60, zone=5, rivals=Rivals.SAME_GROUP)
    for hours, (name, weights) in enumerate(zip(NAMES, (usual, apart), strict=True)):
        found = work_out(session, SYSTEM, PlanFair(fair.id, name, SECONDS, weights))
        keep_scenario(session, SYSTEM, fair.id, name, found, now - timedelta(hours=2 - hours))
