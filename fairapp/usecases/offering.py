"""Offers to the waiting list: a place that falls free goes to the next, and each ending moves it on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.allocation import obstacles
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import FairState
from fairapp.rules.waiting_list import (
    STEPS,
    TO_THE_END,
    InLine,
    OfferRefusal,
    OfferStep,
    WaitingSettings,
    next_for,
    refusals,
)
from fairapp.store.allocation_queries import booth_for_update
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import (
    WaitingOffer,
    WaitingPlace,
    last_rank,
    line_of,
    lock_line,
    offer_of_booth,
    offered_before,
    open_offer_to,
    open_offers,
)
from fairapp.store.claim_days import days_taken
from fairapp.store.fairs import Booth, Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.board_telling import tell_board
from fairapp.usecases.claiming import asked_for, days_wanted, fair_days, stand_of
from fairapp.usecases.holding import expire_holds


def join_line(session: Session, application: Application, now: datetime) -> None:
    """Put the application at the end of its fair's waiting list."""
    lock_line(session, application.fair_id)
    rank = last_rank(session, application.fair_id) + 1
    session.add(
        WaitingPlace(application_id=application.id, fair_id=application.fair_id, rank=rank, since=now)
    )


def leave_line(session: Session, actor: Actor, application: Application, now: datetime) -> None:
    """Take the application off the list; what was offered to it is offered to the next."""
    lock_line(session, application.fair_id)
    offer = open_offer_to(session, application.id)
    place = session.get(WaitingPlace, application.id, populate_existing=True)
    if place is not None:
        session.delete(place)
        session.flush()
    if offer is not None:
        end_offer(session, actor, offer, OfferStep.RECALL, now)


def offer_place(
    session: Session, actor: Actor, application: Application, booth: Booth | None, now: datetime
) -> WaitingOffer:
    """Offer a booth (or a place without one yet) to somebody on the list, whoever is next.

    :raises Refused: when it does not wait, has an offer already, or the booth does not suit or is not free.
    """
    lock_line(session, application.fair_id)
    against: list[OfferRefusal] = []
    if session.get(WaitingPlace, application.id, populate_existing=True) is None:
        against.append(OfferRefusal.NOT_WAITING)
    elif open_offer_to(session, application.id) is not None:
        against.append(OfferRefusal.HAS_AN_OFFER)
    if booth is not None:
        expire_holds(session, now, booth_id=booth.id)
        if offer_of_booth(session, booth.id) is not None:
            against.append(OfferRefusal.BOOTH_IS_OFFERED)
        elif found := obstacles(asked_for(application), stand_of(session, booth, days_wanted(application))):
            raise Refused(*against, *found, code=booth.code)
    if against:
        raise Refused(*against, code="" if booth is None else booth.code)
    return _offer(session, actor, application, booth, now)


def offer_freed(session: Session, fair: Fair, booth_ids: Iterable[int], now: datetime) -> None:
    """Offer each booth that fell free to the first on the list whom it suits, if the fair wants that."""
    ids = sorted(set(booth_ids))
    is_over = now.astimezone(ZoneInfo(fair.timezone)).date() > fair.ends_on
    goes_on = fair.state is FairState.PUBLISHED and not is_over
    if not ids or not goes_on or not WaitingSettings.of(fair.settings).by_itself:
        return
    lock_line(session, fair.id)
    for booth_id in ids:
        _offer_to_next(session, fair, booth_id, now)


def end_offer(session: Session, actor: Actor, offer: WaitingOffer, step: OfferStep, now: datetime) -> None:
    """End an open offer; whoever let it go stands last, and its booth is offered to the next.

    The caller holds the line's lock.

    :raises Refused: when the offer cannot take this step now.
    """
    if reasons := refusals(offer.state, step, now, offer.expires_at):
        raise Refused(*reasons)
    offer.state, offer.ended_at = STEPS[offer.state, step], now
    place = session.get(WaitingPlace, offer.application_id)
    if step in TO_THE_END and place is not None:
        place.rank = last_rank(session, offer.fair_id) + 1
    session.flush()
    audit.record(
        session,
        actor,
        f"waiting.{step.value}",
        now,
        fair_id=offer.fair_id,
        application=offer.application_id,
        offer=offer.id,
        booth=None if offer.booth is None else offer.booth.code,
    )
    if step is OfferStep.ACCEPT:
        return
    if offer.booth is not None:
        tell_board(session, actor, BoardAct.OFFER_ENDED, offer.booth, now)
    outbox.post(session, "mail.waiting_offer", now, offer_id=offer.id)
    if step is not OfferStep.RECALL or place is None:
        fair = session.get_one(Fair, offer.fair_id)
        offer_freed(session, fair, [] if offer.booth_id is None else [offer.booth_id], now)


def _offer_to_next(session: Session, fair: Fair, booth_id: int, now: datetime) -> None:
    booth = booth_for_update(session, SYSTEM, booth_id)
    expire_holds(session, now, booth_id=booth_id)
    taken = days_taken(session, booth_id)
    if offer_of_booth(session, booth_id) is not None or taken.issuperset(fair_days(fair)):
        return
    before, offers = offered_before(session, fair.id), open_offers(session, fair.id)
    places = {place.application_id: place for place in line_of(session, fair.id)}
    free = [day for day in fair_days(fair) if day not in taken]
    line = (
        InLine(
            place.application_id,
            asked_for(place.application),
            place.application.booths,
            place.application_id in offers,
            before.get(place.application_id, frozenset()),
            taken.isdisjoint(days_wanted(place.application)),
        )
        for place in places.values()
    )
    chosen = next_for(line, booth_id, stand_of(session, booth, free))
    if chosen is not None:
        _offer(session, SYSTEM, places[chosen].application, booth, now)


def _offer(
    session: Session, actor: Actor, application: Application, booth: Booth | None, now: datetime
) -> WaitingOffer:
    fair = session.scalars(select(Fair).where(Fair.id == application.fair_id)).one()
    offer = WaitingOffer(
        fair_id=fair.id,
        application_id=application.id,
        booth_id=None if booth is None else booth.id,
        offered_at=now,
        offered_by_id=actor.account_id,
        expires_at=now + timedelta(hours=WaitingSettings.of(fair.settings).answer_hours),
    )
    session.add(offer)
    session.flush()
    audit.record(
        session,
        actor,
        "waiting.offer",
        now,
        fair_id=fair.id,
        application=application.id,
        offer=offer.id,
        booth=None if booth is None else booth.code,
    )
    if booth is not None:
        tell_board(session, actor, BoardAct.OFFERED, booth, now)
    outbox.post(session, "mail.waiting_offer", now, offer_id=offer.id)
    return offer
