"""How much power is asked for in each booth: what its application says, and what was ordered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import LIVE
from fairapp.rules.services import OrderState
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.fairs import Booth, Hall
from fairapp.store.manual_services import ServiceItem, ServiceOrder


def watts_by_booth(session: Session, fair_id: int) -> Mapping[tuple[str, str], float]:
    """By (hall, code) the watts asked or ordered there, the larger; over several booths by area."""
    orders = (
        select(ServiceOrder.exhibitor_id, func.sum(ServiceOrder.quantity * ServiceItem.watts))
        .join(ServiceItem, ServiceItem.id == ServiceOrder.service_item_id)
        .where(ServiceItem.fair_id == fair_id, ServiceOrder.state == OrderState.ORDERED)
        .group_by(ServiceOrder.exhibitor_id)
    )
    ordered: dict[int, int] = {row[0]: int(row[1]) for row in session.execute(orders)}
    stands = session.execute(
        select(Hall.code, Booth.code, Booth.area_m2, Exhibitor.id, Application.needs)
        .select_from(BoothClaim)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Hall, Hall.id == Booth.hall_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .outerjoin(Application, Application.id == Exhibitor.application_id)
        .where(Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE), Exhibitor.left_at.is_(None))
    ).all()
    floor: dict[int, float] = defaultdict(float)
    for _hall, _code, area, exhibitor, _needs in stands:
        floor[exhibitor] += area
    found: dict[tuple[str, str], float] = defaultdict(float)
    for hall, code, area, exhibitor, needs in stands:
        asked = (needs or {}).get("power_w")
        wanted = max(asked if isinstance(asked, int | float) else 0, ordered.get(exhibitor, 0))
        found[hall, code] += wanted * area / floor[exhibitor] if floor[exhibitor] else 0.0
    return found
