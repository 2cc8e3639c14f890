"""An exhibitor chooses its booth: holds one while it decides, takes it or lets it go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor, Permission
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import ADMITTED, State
from fairapp.rules.draws import TurnState, TurnStep
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.guards import Hindrance, refusal
from fairapp.rules.holds import (
    Chooser,
    ChoosingSettings,
    HoldRefusal,
    HoldStep,
    hold_refusals,
    may_choose,
    outside,
)
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_queries import booth_for_update, claim_of, exhibitor_of
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.base import LOCK
from fairapp.store.delegations import Delegation
from fairapp.store.draws import DrawEntrant, SpaceDraw
from fairapp.store.draws_queries import called_now, running_draw
from fairapp.store.fairs import Fair
from fairapp.store.holds import booths_of, pending_of
from fairapp.usecases import audit
from fairapp.usecases.claiming import refuse_obstacles, tell_assigned, wish_of
from fairapp.usecases.draws_offers import claim_until, record_claim
from fairapp.usecases.draws_turns import end_turn
from fairapp.usecases.guarding_money import deposit_in_the_way
from fairapp.usecases.holding import end_hold, expire_holds
from fairapp.usecases.permission import require


class Party(StrEnum):
    """In which part somebody chooses."""

    SELF = "self"
    HEAD = "head"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class PickBooth:
    """Hold this booth for the application's exhibitor while it decides."""

    application_id: int
    booth_id: int


@dataclass(frozen=True, slots=True)
class AnswerHold:
    """Take a booth that is on hold or offered, or let it go."""

    application_id: int
    claim_id: int
    step: HoldStep


def party(session: Session, actor: Actor, application_id: int) -> tuple[Application, Party]:
    """The application, and in which part the actor chooses for it.

    :raises Missing: when there is none, or the actor has no part in it.
    """
    application = session.get(Application, application_id)
    if application is None:
        raise Missing
    if application.organisation_id in actor.organisation_ids and not actor.is_system:
        return application, Party.SELF
    if application.delegation_id is not None and actor.account_id is not None:
        delegation = session.get(Delegation, application.delegation_id)
        if delegation is not None and delegation.head_id == actor.account_id:
            return application, Party.HEAD
    if application.state is not State.DRAFT and actor.may(Permission.BOOTH_ASSIGN, application.fair_id):
        return application, Party.OFFICE
    raise Missing


def pick_booth(session: Session, actor: Actor, order: PickBooth, now: datetime) -> BoothClaim:
    """Hold the booth; what the exhibitor held before is free again, and the same booth again changes nothing.

    :raises Refused: with every reason, and as ``neighbours`` three free booths nearby.
    :raises Clash: when somebody else was a moment quicker.
    """
    application, part = party(session, actor, order.application_id)
    draw = running_draw(session, application.fair_id, lock=True)  # before booths: turns end under it too
    booth = booth_for_update(session, SYSTEM, order.booth_id)
    exhibitor = _exhibitor(session, application)
    if booth.fair_id != exhibitor.fair_id:
        raise Missing
    expire_holds(session, now, booth_id=booth.id)
    expire_holds(session, now, exhibitor_id=exhibitor.id)
    settings, entrant = ChoosingSettings.read(booth.fair.settings), turn_of(session, draw, exhibitor)
    zone = wish_of(exhibitor).zone
    reasons = (
        *may_choose(settings, chooser(session, exhibitor, draw, entrant, now)),
        *outside(settings, booth.hall.code, booth.zone, zone),
    )
    if reasons:
        raise Refused(*reasons, code=booth.code)
    held = [claim for claim in pending_of(session, exhibitor.id, now) if claim.state is ClaimState.HELD]
    if same := [claim for claim in held if claim.booth_id == booth.id]:
        return same[0]
    refuse_obstacles(session, exhibitor, booth, now)
    for claim in held:
        end_hold(session, actor, claim, HoldStep.LET_GO, now)
    until = now + settings.held_for()
    if entrant is not None and entrant.ends_at is not None and not settings.needs_deposit:
        until = min(until, entrant.ends_at)
    claim = claim_until(session, actor, exhibitor, booth, ClaimState.HELD, until, now)
    record_claim(session, actor, claim, "booth.held", now, proxy=part.value)
    if entrant is not None and draw is not None and settings.needs_deposit:
        _settle(session, actor, draw, entrant, part, 1, now)
    return claim


def answer_hold(session: Session, actor: Actor, order: AnswerHold, now: datetime) -> BoothClaim:
    """Take the booth, or let it go; a second press finds it done.

    :raises Refused: when its time is up, it has ended, or the deposit has not come.
    """
    application, part = party(session, actor, order.application_id)
    draw = running_draw(session, application.fair_id, lock=True)
    claim = claim_of(session, SYSTEM, order.claim_id)
    exhibitor = exhibitor_from(session, application.id)
    if exhibitor is None or claim.exhibitor_id != exhibitor.id or order.step is HoldStep.EXPIRE:
        raise Missing
    if order.step is HoldStep.LET_GO:
        end_hold(session, actor, claim, HoldStep.LET_GO, now)
        return claim
    reasons: tuple[HoldRefusal, ...] = hold_refusals(claim.state, HoldStep.TAKE, now, claim.expires_at)
    if not reasons and booths_of(session, exhibitor.id) >= application.booths:
        reasons = (HoldRefusal.HAS_ENOUGH,)
    found = () if reasons else deposit_hindrances(session, application)
    if reasons or found:
        raise refusal_about(claim, found, *reasons)
    confirmed = application.state is State.CONFIRMED
    claim.state = ClaimState.CONFIRMED if confirmed else ClaimState.ACCEPTED
    claim.expires_at, claim.made_at, claim.made_by_id = None, now, actor.account_id
    session.flush()
    tell_assigned(session, actor, claim, now)
    record_claim(session, actor, claim, "booth.chosen", now, proxy=part.value)
    if booths_of(session, exhibitor.id) >= application.booths:
        for other in pending_of(session, exhibitor.id, now):
            end_hold(session, actor, other, HoldStep.LET_GO, now)
    entrant = turn_of(session, draw, exhibitor)
    if entrant is not None and draw is not None:
        _settle(session, actor, draw, entrant, part, 0, now)
    return claim


def pass_turn(session: Session, actor: Actor, application_id: int, now: datetime) -> None:
    """Let the turn go (or say beforehand that it will not be used); the next is called at once.

    :raises Refused: when there is no turn to pass.
    """
    application, part = party(session, actor, application_id)
    draw = running_draw(session, application.fair_id, lock=True)
    exhibitor = _exhibitor(session, application)
    if draw is None:
        raise Refused(HoldRefusal.WAY_CLOSED)
    entrant = session.scalar(
        select(DrawEntrant).where(DrawEntrant.draw_id == draw.id, DrawEntrant.exhibitor_id == exhibitor.id)
    )
    if entrant is None:
        raise Missing
    for claim in pending_of(session, exhibitor.id, now):
        if claim.state is ClaimState.HELD:
            end_hold(session, actor, claim, HoldStep.LET_GO, now)
    end_turn(session, actor, draw, entrant, TurnStep.PASS, now, part is not Party.SELF)


def keep_choosing(
    session: Session, actor: Actor, fair_id: int, settings: ChoosingSettings, now: datetime
) -> None:
    """Keep how the fair gives its booths; holds that are there keep their time."""
    require(actor, Permission.FAIR_EDIT, fair_id)
    fair = session.scalars(select(Fair).where(Fair.id == fair_id).with_for_update(**LOCK)).one()
    fair.settings = {**fair.settings, "choosing": settings.kept()}
    ways = [way.value for way in settings.ways]
    audit.record(session, actor, "choosing.settings", now, fair_id=fair_id, ways=ways)


def chooser(
    session: Session,
    exhibitor: Exhibitor,
    draw: SpaceDraw | None,
    entrant: DrawEntrant | None,
    now: datetime,
) -> Chooser:
    """What the exhibitor is judged by when it picks a booth."""
    application = exhibitor.application
    in_turn = entrant is not None and entrant.starts_at is not None and entrant.ends_at is not None
    if in_turn and entrant is not None and entrant.starts_at and entrant.ends_at:
        in_turn = entrant.starts_at <= now < entrant.ends_at
    wants = 1 if application is None else application.booths
    return Chooser(now, booths_of(session, exhibitor.id), wants, in_turn, draw is not None)


def turn_of(session: Session, draw: SpaceDraw | None, exhibitor: Exhibitor) -> DrawEntrant | None:
    """The exhibitor's turn, if it is the one that is called."""
    called = None if draw is None else called_now(session, draw.id)
    return called if called is not None and called.exhibitor_id == exhibitor.id else None


def deposit_hindrances(session: Session, application: Application) -> tuple[Hindrance, ...]:
    """The deposit that comes before a booth is taken, where the fair asks for it."""
    if not ChoosingSettings.read(application.fair.settings).needs_deposit:
        return ()
    return tuple(deposit_in_the_way(session, application))


def refusal_about(claim: BoothClaim, found: tuple[Hindrance, ...], *reasons: HoldRefusal) -> Refused:
    """All reasons with the booth's code."""
    said = refusal(found, *reasons)
    return Refused(*said.reasons, **{**said.facts, "code": claim.booth.code})


def expire_booth(session: Session, booth_id: int, now: datetime) -> int:
    """End the holds and offers on a booth whose time is up."""
    booth = booth_for_update(session, SYSTEM, booth_id)
    return expire_holds(session, now, booth_id=booth.id)


def _exhibitor(session: Session, application: Application) -> Exhibitor:
    found = exhibitor_from(session, application.id)
    if found is None or application.state not in ADMITTED:
        raise Missing
    return exhibitor_of(session, SYSTEM, found.id)


def _settle(
    session: Session,
    actor: Actor,
    draw: SpaceDraw,
    entrant: DrawEntrant,
    part: Party,
    held: int,
    now: datetime,
) -> None:
    """End the turn when the exhibitor has as many booths as it asked for."""
    application = entrant.exhibitor.application
    wants = 1 if application is None else application.booths
    in_time = entrant.state is TurnState.CALLED and (entrant.ends_at is None or now < entrant.ends_at)
    if in_time and booths_of(session, entrant.exhibitor_id) + held >= wants:
        end_turn(session, actor, draw, entrant, TurnStep.CHOOSE, now, part is not Party.SELF)
