"""What speaks for and against an exhibitor in a booth, asked of the rows of this moment."""

from __future__ import annotations

from sqlalchemy.orm import Session

from fairapp.rules.allocation import Stand, Wish, obstacles
from fairapp.rules.applications import State
from fairapp.rules.errors import Refused
from fairapp.rules.geometry import Spot, as_rings, centroid, nearest
from fairapp.store.allocation import Exhibitor
from fairapp.store.allocation_queries import free_booths, holders
from fairapp.store.fairs import Booth


def wish_of(exhibitor: Exhibitor) -> Wish:
    """What the exhibitor's application asks of each of its booths; an imported one asks nothing."""
    application = exhibitor.application
    if application is None:
        return Wish(exhibitor.fair_id, exhibitor.id, admitted=exhibitor.left_at is None)
    kind = application.booth_kind
    return Wish(
        fair_id=exhibitor.fair_id,
        exhibitor_id=exhibitor.id,
        admitted=exhibitor.left_at is None and application.state in (State.ACCEPTED, State.CONFIRMED),
        area_m2=None if application.area_m2 is None else application.area_m2 / max(1, application.booths),
        kind=None if kind is None else kind.floor.value,
        zone=application.wishes.get("zone"),
    )


def stand_of(session: Session, booth: Booth) -> Stand:
    """What the booth offers now."""
    return Stand(
        fair_id=booth.fair_id,
        area_m2=booth.area_m2,
        kind=booth.kind.value,
        zone=booth.zone,
        zone_is_hard=bool(booth.fair.settings.get("zone_is_hard", False)),
        holders=holders(session, booth.id),
        blocked=booth.blocked_because is not None,
        retired=booth.retired_at is not None,
        is_let=booth.is_let,
    )


def free_neighbours(session: Session, booth: Booth, count: int = 3) -> list[dict[str, object]]:
    """The nearest free booths of the same hall: ``[{"id": …, "code": …}]``."""
    free = {str(each.id): each for each in session.scalars(free_booths(booth.fair_id, booth.hall_id))}
    near = nearest(_spot(booth), (_spot(each) for each in free.values() if each is not booth), count)
    return [{"id": free[spot.key].id, "code": free[spot.key].code} for spot in near]


def _spot(booth: Booth) -> Spot:
    x, y = centroid(as_rings(booth.outline)) if booth.outline else (0.0, 0.0)
    return Spot(str(booth.id), str(booth.hall_id), x, y, booth.area_m2)


def refuse_obstacles(session: Session, exhibitor: Exhibitor, booth: Booth) -> None:
    """Go on when nothing speaks against it.

    :raises Refused: with every obstacle and, as ``neighbours``, three free booths nearby.
    """
    if reasons := obstacles(wish_of(exhibitor), stand_of(session, booth)):
        raise Refused(*reasons, code=booth.code, neighbours=free_neighbours(session, booth))
