"""Keep the waiting list: its order, its offers and their answers, and who let the time to confirm pass."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor, Permission
from fairapp.rules.allocation import Stand, obstacles
from fairapp.rules.applications import Step
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.waiting_list import OfferRefusal, OfferStep, WaitingSettings, by_score, moved
from fairapp.store.allocation_queries import FreeFloor, booth_for_update, free_floor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of, exhibitor_from
from fairapp.store.applications_reviewing import means_in
from fairapp.store.applications_waiting import (
    WaitingOffer,
    WaitingPlace,
    line_of,
    lock_line,
    open_offer_to,
)
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth, Fair
from fairapp.usecases import audit
from fairapp.usecases.applications_steps import TakeStep, carry_out, take_step
from fairapp.usecases.claiming import (
    asked_for,
    claim_booth,
    days_asked,
    days_wanted,
    refuse_obstacles,
    tell_assigned,
)
from fairapp.usecases.holding import expire_holds
from fairapp.usecases.offering import end_offer, offer_place
from fairapp.usecases.permission import require, require_member


@dataclass(frozen=True, slots=True)
class MoveInLine:
    """Put an application at a place of the list, counted from 1."""

    application_id: int
    place: int


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Bring the whole list into this order; who is not named keeps its order behind them."""

    fair_id: int
    application_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfferPlace:
    """Offer a booth, or (None) a place whose booth comes afterwards."""

    application_id: int
    booth_id: int | None


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """The applicant takes what is offered, or lets it go."""

    application_id: int
    offer_id: int
    step: OfferStep


@dataclass(frozen=True, slots=True)
class KeepWaitingSettings:
    """How the fair fills places from now on."""

    fair_id: int
    settings: WaitingSettings


def move_in_line(session: Session, actor: Actor, order: MoveInLine, now: datetime) -> None:
    """Move the application up or down the list.

    :raises Refused: when it does not wait any more.
    """
    application = application_of(session, actor, order.application_id)
    require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    lock_line(session, application.fair_id)
    line = [place.application_id for place in line_of(session, application.fair_id)]
    if application.id not in line:
        raise Refused(OfferRefusal.NOT_WAITING)
    _write_order(session, actor, application.fair_id, moved(line, application.id, order.place), now)


def order_line(session: Session, actor: Actor, order: OrderLine, now: datetime) -> None:
    """Bring the whole list into an order."""
    require(actor, Permission.APPLICATION_DECIDE, order.fair_id)
    lock_line(session, order.fair_id)
    line = [place.application_id for place in line_of(session, order.fair_id)]
    first = [each for each in order.application_ids if each in line]
    _write_order(session, actor, order.fair_id, list(dict.fromkeys([*first, *line])), now)


def rank_by_score(session: Session, actor: Actor, fair_id: int, now: datetime) -> int:
    """Bring the list into the order of the reviews, the best first; answer how many of it are reviewed.

    Who has no review keeps its order behind them.
    """
    require(actor, Permission.APPLICATION_DECIDE, fair_id)
    lock_line(session, fair_id)
    line = [place.application_id for place in line_of(session, fair_id)]
    means = {each: mean for each, (mean, _many) in means_in(session, fair_id, line).items()}
    ranked = by_score(line, means)
    if ranked != line:
        _write_order(session, actor, fair_id, ranked, now)
    return len(means)


def offer(session: Session, actor: Actor, order: OfferPlace, now: datetime) -> WaitingOffer:
    """Offer a place to somebody on the list, in whatever order the organiser thinks right.

    :raises Refused: with every reason why it cannot be offered.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    lock_line(session, application.fair_id)
    booth = None if order.booth_id is None else booth_for_update(session, actor, order.booth_id)
    if booth is not None and booth.fair_id != application.fair_id:
        raise Missing
    return offer_place(session, actor, application, booth, now)


def recall_offer(session: Session, actor: Actor, application_id: int, now: datetime) -> WaitingOffer:
    """Take an open offer back; the applicant keeps its place on the list.

    :raises Refused: when nothing is offered.
    """
    application = application_of(session, actor, application_id, lock=True)
    require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    found = _open_offer(session, application)
    end_offer(session, actor, found, OfferStep.RECALL, now)
    return found


def answer_offer(session: Session, actor: Actor, order: AnswerOffer, now: datetime) -> Application:
    """Take the offer (then the applicant is an exhibitor, with the booth that was offered), or let it go.

    :raises Refused: when it has ended, its time is up, or the booth cannot be had any more.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require_member(actor, application.organisation_id)
    found = _open_offer(session, application)
    if found.id != order.offer_id:
        raise Refused(OfferRefusal.ENDED)
    booth = found.booth
    end_offer(session, actor, found, order.step, now)
    if order.step is OfferStep.ACCEPT:
        carry_out(session, actor, application, TakeStep(application.id, Step.ACCEPT), now)
        session.flush()
        if booth is not None:
            _claim(session, actor, application, booth, now)
    return application


def booths_that_suit(session: Session, application: Application, now: datetime) -> list[FreeFloor]:
    """The booths free on the days that the application asks for which it could have, by code."""
    wish, is_hard = asked_for(application), bool(application.fair.settings.get("zone_is_hard", False))
    free = (
        (row, Stand(application.fair_id, row.area_m2, row.kind.value, row.zone, is_hard))
        for row in free_floor(session, application.fair_id, now, days=days_wanted(application))
    )
    return sorted((row for row, stand in free if not obstacles(wish, stand)), key=lambda row: row.code)


def expire_offer(session: Session, application_id: int, offer_id: int, now: datetime) -> bool:
    """End an offer whose time is up, if nobody was quicker; answer whether this did."""
    application = application_of(session, SYSTEM, application_id, lock=True)
    lock_line(session, application.fair_id)
    found = open_offer_to(session, application.id)
    if found is None or found.id != offer_id or found.expires_at >= now:
        return False
    end_offer(session, SYSTEM, found, OfferStep.EXPIRE, now)
    return True


def lapse(session: Session, application_id: int, now: datetime) -> bool:
    """Let an acceptance lapse that was not confirmed in time; answer whether this did."""
    try:
        take_step(session, SYSTEM, TakeStep(application_id, Step.LAPSE), now)
    except Refused:
        return False
    return True


def keep_waiting_settings(session: Session, actor: Actor, order: KeepWaitingSettings, now: datetime) -> None:
    """Keep how the fair fills places that fall free."""
    require(actor, Permission.APPLICATION_DECIDE, order.fair_id)
    fair = session.get_one(Fair, order.fair_id, with_for_update=LOCK, populate_existing=True)
    fair.settings = {**fair.settings, "waiting": asdict(order.settings)}
    audit.record(session, actor, "waiting.settings", now, fair_id=fair.id, **asdict(order.settings))


def _open_offer(session: Session, application: Application) -> WaitingOffer:
    lock_line(session, application.fair_id)
    found = open_offer_to(session, application.id)
    if found is None:
        raise Refused(OfferRefusal.ENDED)
    return found


def _write_order(session: Session, actor: Actor, fair_id: int, line: list[int], now: datetime) -> None:
    for rank, application_id in enumerate(line, 1):
        place = session.get_one(WaitingPlace, application_id)
        if place.rank != rank:
            place.rank = rank
    audit.record(session, actor, "waiting.order", now, fair_id=fair_id, line=line[:50])


def _claim(session: Session, actor: Actor, application: Application, booth: Booth, now: datetime) -> None:
    """The booth that was offered, for the days that the application asks for."""
    locked = booth_for_update(session, SYSTEM, booth.id)
    exhibitor = exhibitor_from(session, application.id)
    if exhibitor is None:
        raise Missing
    expire_holds(session, now, booth_id=locked.id)
    refuse_obstacles(session, exhibitor, locked, now)
    claim = claim_booth(session, actor, exhibitor, locked, days_asked(exhibitor), now)
    tell_assigned(session, actor, claim, now)
