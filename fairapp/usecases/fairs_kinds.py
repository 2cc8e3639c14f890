"""The kinds of booths that a fair offers, with their prices: kept and removed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.fairs import FairRefusal, FloorKind
from fairapp.store.applications import Application
from fairapp.store.applications_forms import Form
from fairapp.store.fairs import BoothKind
from fairapp.usecases import audit
from fairapp.usecases.fairs import fair_of


@dataclass(frozen=True, slots=True)
class KeepBoothKind:
    """A kind of booth with its price, new or (with its id) changed."""

    fair_id: int
    code: str
    floor: FloorKind
    names: dict[str, str]
    unit_area_m2: float
    min_area_m2: float
    price_minor: int
    texts: dict[str, str] = field(default_factory=dict)
    kind_id: int | None = None


def keep_booth_kind(session: Session, actor: Actor, order: KeepBoothKind, now: datetime) -> BoothKind:
    """Offer a kind of booth, or change one."""
    fair = fair_of(session, actor, order.fair_id, Permission.FAIR_EDIT)
    if not any(name.strip() for name in order.names.values()):
        raise Refused(FairRefusal.NO_NAME, code=order.code)
    kind = None if order.kind_id is None else session.get(BoothKind, order.kind_id)
    if order.kind_id is not None and (kind is None or kind.fair_id != fair.id):
        raise Missing
    taken = select(BoothKind.id).where(BoothKind.fair_id == fair.id, BoothKind.code == order.code)
    if session.scalar(taken.where(BoothKind.id != (order.kind_id or 0))) is not None:
        raise Refused(FairRefusal.KIND_CODE_TAKEN, code=order.code)
    if kind is None:
        many = select(func.count()).where(BoothKind.fair_id == fair.id)
        kind = BoothKind(fair_id=fair.id, position=session.scalar(many) or 0)
        session.add(kind)
    values = asdict(order)
    for name in ("code", "floor", "names", "texts", "unit_area_m2", "min_area_m2", "price_minor"):
        setattr(kind, name, values[name])
    session.flush()
    audit.record(session, actor, "fair.kind_kept", now, fair_id=fair.id, kind=kind.code)
    return kind


def remove_booth_kind(session: Session, actor: Actor, fair_id: int, kind_id: int, now: datetime) -> None:
    """Offer a kind no more; one that applications ask for stays."""
    fair = fair_of(session, actor, fair_id, Permission.FAIR_EDIT)
    kind = session.get(BoothKind, kind_id)
    if kind is None or kind.fair_id != fair.id:
        raise Missing
    asked_for = select(Application.id).where(Application.booth_kind_id == kind.id).limit(1)
    has_form = select(Form.id).where(Form.booth_kind_id == kind.id).limit(1)
    if session.scalar(asked_for) or session.scalar(has_form):
        raise Refused(FairRefusal.KIND_IN_USE, code=kind.code)
    session.delete(kind)
    audit.record(session, actor, "fair.kind_removed", now, fair_id=fair.id, kind=kind.code)
