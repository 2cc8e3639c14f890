"""A claim on a booth: what speaks for and against it at this moment, and how it is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import ClaimState, Obstacle, Stand, Wish, obstacles
from fairapp.rules.applications import ADMITTED, State
from fairapp.rules.board import BoardAct
from fairapp.rules.days import DaySettings, asked_days
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.fairs import days_of
from fairapp.rules.geometry import Spot, as_rings, centroid, nearest
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.allocation_queries import FreeFloor, block_with, free_floor, holders
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import WaitingOffer, offer_of_booth, open_offers
from fairapp.store.claim_days import days_of_claims, stays_in
from fairapp.store.fairs import Booth, Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.board_telling import tell_of_claim
from fairapp.usecases.budgets import most_per_booth, price_for
from fairapp.usecases.partnering import crowd_facts, crowd_of, least_m2, place_guests


def wish_of(exhibitor: Exhibitor) -> Wish:
    """What the exhibitor's application asks of each of its booths; an imported one asks nothing."""
    application = exhibitor.application
    if application is None:
        return Wish(exhibitor.fair_id, exhibitor.id, admitted=exhibitor.left_at is None)
    is_in = exhibitor.left_at is None and application.state in ADMITTED
    return replace(asked_for(application), exhibitor_id=exhibitor.id, admitted=is_in)


def wish_with_guests(session: Session, exhibitor: Exhibitor, gives_up: Booth | None = None) -> Wish:
    """What the exhibitor asks, and the floor that everybody who stands with it needs."""
    return replace(wish_of(exhibitor), companies_m2=least_m2(session, exhibitor, gives_up))


def asked_for(application: Application) -> Wish:
    """What the application asks of each of its booths, as if it were admitted; ``exhibitor_id`` is 0."""
    kind = application.booth_kind
    return Wish(
        fair_id=application.fair_id,
        exhibitor_id=0,
        admitted=True,
        area_m2=None if application.area_m2 is None else application.area_m2 / max(1, application.booths),
        kind=None if kind is None else kind.floor.value,
        zone=_word(application.wishes.get("zone")),
        corner=bool(application.wishes.get("corner")),
        hall=_word(application.wishes.get("hall")),
        delegation=application.delegation_id,
        most_minor=most_per_booth(application),
    )


def _word(wished: object) -> str | None:
    return wished if isinstance(wished, str) and wished else None


def fair_days(fair: Fair) -> tuple[date, ...]:
    """Every day of the fair."""
    return days_of(fair.starts_on, fair.ends_on)


def days_asked(exhibitor: Exhibitor) -> tuple[date, ...]:
    """The days that the exhibitor's application asks for; all of them where it says nothing of days."""
    asked = exhibitor.application
    return fair_days(exhibitor.fair) if asked is None else days_wanted(asked)


def days_wanted(application: Application) -> tuple[date, ...]:
    """The days that an application asks for, admitted or not."""
    fair = application.fair
    return asked_days(DaySettings.read(fair.settings), application.wishes.get("days"), fair_days(fair))


def kept_by_offers(session: Session, fair_id: int, days: Collection[date] | None = None) -> frozenset[int]:
    """The booths that somebody on the waiting list may still take, for one of these days or for any."""
    open_now = open_offers(session, fair_id).values()
    return frozenset(each.booth_id for each in open_now if each.booth_id and _is_for(each, days))


def _is_for(offer: WaitingOffer, days: Collection[date] | None) -> bool:
    return days is None or not set(days).isdisjoint(days_wanted(offer.application))


def stand_of(session: Session, booth: Booth, days: Collection[date] | None = None) -> Stand:
    """What the booth offers now, on any day or on these."""
    offer = offer_of_booth(session, booth.id)
    anybody = holders(session, booth.id)
    then = anybody if days is None or not anybody else holders(session, booth.id, days)
    return Stand(
        fair_id=booth.fair_id,
        area_m2=booth.area_m2,
        kind=booth.kind.value,
        zone=booth.zone,
        zone_is_hard=bool(booth.fair.settings.get("zone_is_hard", False)),
        holders=then,
        holders_besides=anybody - then,
        blocked=booth.blocked_because is not None,
        retired=booth.retired_at is not None,
        is_let=booth.is_let,
        offered=offer is not None and _is_for(offer, days),
        open_sides=booth.open_sides,
        hall=booth.hall.code,
        delegation=block_with(session, booth.id),
    )


def free_neighbours(
    session: Session,
    booth: Booth,
    now: datetime,
    wish: Wish | None = None,
    count: int = 3,
    days: Collection[date] | None = None,
) -> list[dict[str, object]]:
    """The nearest booths free on these days, its own hall first: ``[{"id": …, "code": …, "fits": …}]``.

    With a ``wish`` those that the exhibitor could have come first; where too few are left, any others follow.
    """
    offered = kept_by_offers(session, booth.fair_id, days)
    for halls in ([booth.hall_id], None):
        floor = free_floor(session, booth.fair_id, now, halls, days, offered)
        free = [row for row in floor if row.id != booth.id]
        fitting = [row for row in free if wish is None or _fits(wish, row, booth)]
        if len(fitting) >= count or halls is None:
            break
    fit = {row.id for row in fitting}
    found = _nearest(booth, fitting, count)
    found += _nearest(booth, [row for row in free if row.id not in fit], count - len(found))
    return [{"id": row.id, "code": row.code, "fits": row.id in fit} for row in found]


def _nearest(booth: Booth, floors: Sequence[FreeFloor], count: int) -> list[FreeFloor]:
    here = Spot(str(booth.id), str(booth.hall_id), *_middle(booth.outline), booth.area_m2)
    by_key = {str(row.id): row for row in floors}
    spots = (Spot(key, str(row.hall_id), *_middle(row.outline), row.area_m2) for key, row in by_key.items())
    return [by_key[spot.key] for spot in nearest(here, spots, count)]


def _fits(wish: Wish, floor: FreeFloor, lost: Booth) -> bool:
    zone_is_hard = bool(lost.fair.settings.get("zone_is_hard", False))
    stand = Stand(lost.fair_id, floor.area_m2, floor.kind.value, floor.zone, zone_is_hard)
    return not obstacles(replace(wish, fair_id=lost.fair_id, admitted=True), stand)


def _middle(outline: list[Any]) -> tuple[float, float]:
    return centroid(as_rings(outline)) if outline else (0.0, 0.0)


def refuse_obstacles(
    session: Session,
    exhibitor: Exhibitor,
    booth: Booth,
    now: datetime,
    gives_up: Booth | None = None,
    days: tuple[date, ...] | None = None,
    actor: Actor | None = None,
) -> None:
    """Go on when nothing speaks against it on these days (the asked ones when none are named).

    ``gives_up``: the booth that the exhibitor leaves for it; ``actor``: an organiser, who reads by whom and
    when it is taken.

    :raises Refused: with every obstacle and, as ``neighbours``, three booths nearby that are free then.
    """
    days = days or days_asked(exhibitor)
    wish = wish_with_guests(session, exhibitor, gives_up)
    stand = stand_of(session, booth, days)
    if wish.most_minor is not None:
        stand = replace(stand, price_minor=price_for(session, exhibitor, booth))
    if reasons := obstacles(wish, stand):
        near = free_neighbours(session, booth, now, wish, days=days)
        facts = crowd_facts(crowd_of(session, exhibitor), booth.area_m2)
        reasons, taken = taken_when(session, booth, days, reasons, actor)
        raise Refused(*reasons, code=booth.code, neighbours=near, **facts, **taken)


def taken_when(
    session: Session,
    booth: Booth,
    days: Collection[date],
    reasons: tuple[Obstacle, ...],
    actor: Actor | None,
) -> tuple[tuple[Obstacle, ...], dict[str, object]]:
    """For an organiser: the same obstacles, with the days and the names where it is taken by days only."""
    whole = fair_days(booth.fair)
    if (
        Obstacle.TAKEN not in reasons
        or actor is None
        or not actor.may(Permission.BOOTH_ASSIGN, booth.fair_id)
    ):
        return reasons, {}
    stays = stays_in(session, booth.id, days)
    if len(days) == len(whole) and all(len(stay.days) == len(whole) for stay in stays):
        return reasons, {}
    said = tuple(Obstacle.TAKEN_ON_DAYS if each is Obstacle.TAKEN else each for each in reasons)
    return said, {"taken": stays, "asked": tuple(days)}


def claim_booth(
    session: Session,
    actor: Actor,
    exhibitor: Exhibitor,
    booth: Booth,
    days: tuple[date, ...],
    now: datetime,
    pending: tuple[ClaimState, datetime] | None = None,
) -> BoothClaim:
    """The exhibitor's new claim on the booth for these days; the key of each day settles a race.

    ``pending``: it is only held or offered, and until when.

    :raises Clash: when somebody else's claim was a moment quicker; ``neighbours`` are three free booths.
    """
    application = exhibitor.application
    agreed = application is None or application.state is State.CONFIRMED
    state, until = pending or (ClaimState.CONFIRMED if agreed else ClaimState.ACCEPTED, None)
    claim = BoothClaim(
        booth_id=booth.id,
        exhibitor_id=exhibitor.id,
        state=state,
        expires_at=until,
        made_at=now,
        made_by_id=actor.account_id,
    )
    claim.booth, claim.exhibitor = booth, exhibitor
    try:
        with session.begin_nested():
            session.add(claim)
            session.flush()
            session.add_all(ClaimDay(booth_id=booth.id, day=day, claim_id=claim.id) for day in days)
    except IntegrityError as lost:
        near = free_neighbours(session, booth, now, wish_of(exhibitor), days=days)
        (reason,), taken = taken_when(session, booth, days, (Obstacle.TAKEN,), actor)
        raise Clash(reason, code=booth.code, neighbours=near, **taken) from lost
    return claim


def tell_assigned(session: Session, actor: Actor, claim: BoothClaim, now: datetime) -> None:
    """Bring whoever stands with the exhibitor, and write a new claim into the audit and to all of them."""
    place_guests(session, claim, now)
    tell_of_claim(session, actor, BoardAct.PLACED, claim, now, **days_told(session, claim))
    audit.record(
        session,
        actor,
        "booth.assigned",
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        exhibitor=claim.exhibitor_id,
    )
    outbox.post(session, "mail.booth_assigned", now, claim_id=claim.id)


def days_told(session: Session, claim: BoothClaim) -> dict[str, Any]:
    """What the board's memory keeps of a claim for some of the fair's days: ``{"days": [ISO dates]}``."""
    days = days_of_claims(session, [claim.id]).get(claim.id, ())
    if len(days) == len(fair_days(claim.booth.fair)):
        return {}
    return {"days": [day.isoformat() for day in days]}
