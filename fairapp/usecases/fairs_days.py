"""Set what a fair lets be done by days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.days import DaySettings
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.fairs import fair_of


@dataclass(frozen=True, slots=True)
class SetDays:
    """Whether applications may ask for some of the fair's days, and whether the price of floor follows."""

    fair_id: int
    settings: DaySettings


def set_days(session: Session, actor: Actor, order: SetDays, now: datetime) -> Fair:
    """Keep it with the fair; days that applications asked for before count again once it is allowed."""
    fair = fair_of(session, actor, order.fair_id, Permission.FAIR_EDIT)
    if DaySettings.read(fair.settings) == order.settings:
        return fair
    fair.settings = {**fair.settings, "days": order.settings.kept()}
    audit.record(session, actor, "fair.days_set", now, fair_id=fair.id, **order.settings.kept())
    return fair
