"""A picture of a hall to trace: painted anew, kept privately with the draft, placed by metres."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters.files import Files
from fairapp.rules.actors import Actor
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.fairs import PlanRefusal
from fairapp.rules.pictures import PictureReason
from fairapp.rules.plans import from_json
from fairapp.store.fairs import FloorPlan
from fairapp.usecases import audit
from fairapp.usecases.fairs_plans import plan_of


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a picture lies: corner and width in metres, turn in degrees, how strong in percent."""

    x: float
    y: float
    width: float
    turn: float = 0.0
    strength: int = 55


@dataclass(frozen=True, slots=True)
class SetBackground:
    """A hall's picture to trace; without ``data`` the one that is there is placed anew, or taken away."""

    plan_id: int
    hall: str
    placed: Placed | None
    data: bytes = b""


def set_background(
    session: Session, actor: Actor, order: SetBackground, files: Files, now: datetime
) -> FloorPlan:
    """Lay a picture under a hall of a draft, move it, or take it away.

    :raises Refused: when the file is no picture, or is laid nowhere.
    """
    plan = plan_of(session, actor, order.plan_id)
    if order.hall not in {hall.name for hall in from_json(plan.body).halls}:
        raise Missing
    kept = {hall: under for hall, under in plan.backgrounds.items() if hall != order.hall}
    if order.placed is not None:
        known = plan.backgrounds.get(order.hall)
        if not order.data and known is None:
            raise Refused(PlanRefusal.NO_PICTURE)
        picture = _painted(order.data, files) if order.data else known or {}
        kept[order.hall] = {**picture, **asdict(order.placed)}
    plan.backgrounds = kept
    audit.record(
        session, actor, "plan.background_set", now, fair_id=plan.fair_id, plan=plan.id, hall=order.hall
    )
    return plan


def _painted(data: bytes, files: Files) -> dict[str, object]:
    """The picture painted anew and kept under an opaque key."""
    from fairapp.adapters.pictures import pictures  # heavy: pictures

    painted = pictures(data)
    if isinstance(painted, PictureReason):
        raise Refused(painted)
    full = painted.full
    return {"key": files.keep(full.data, full.suffix), "ratio": round(full.height / full.width, 4)}
