"""Set the figures by which a fair's plans are checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.plan_figures import Figures
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.fairs import fair_of


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What the fair wants of its halls from now on."""

    fair_id: int
    figures: Figures


def set_figures(session: Session, actor: Actor, order: SetFigures, now: datetime) -> Fair:
    """Keep the figures with the fair."""
    fair = fair_of(session, actor, order.fair_id, Permission.PLAN_EDIT)
    fair.settings = {**fair.settings, "plan": asdict(order.figures)}
    audit.record(session, actor, "plan.figures_set", now, fair_id=fair.id, **asdict(order.figures))
    return fair
