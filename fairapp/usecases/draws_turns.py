"""The turns of a draw: who is called, who has chosen, passed or let the time run out, and what comes next."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.applications import ADMITTED
from fairapp.rules.draws import (
    STEPS,
    TURN_STEPS,
    DrawState,
    DrawStep,
    TurnStep,
    Windows,
    turn_refusals,
)
from fairapp.rules.errors import Refused
from fairapp.store.allocation import Exhibitor
from fairapp.store.draws import DrawEntrant, SpaceDraw
from fairapp.store.draws_queries import called_now, draw_of, waiting_turns
from fairapp.store.holds import booths_of
from fairapp.usecases import audit, outbox


def call_next(session: Session, draw: SpaceDraw, moment: datetime, now: datetime) -> DrawEntrant | None:
    """Call whoever is next from ``moment`` on, or finish the draw; its row is locked by the caller.

    Who has left the fair, or has got a booth otherwise, needs no turn and is passed over.
    """
    for entrant in waiting_turns(session, draw.id):
        if not _needs_turn(session, entrant.exhibitor):
            _end(session, SYSTEM, entrant, TurnStep.GO, now)
            continue
        entrant.state = TURN_STEPS[entrant.state, TurnStep.CALL]
        entrant.starts_at, entrant.ends_at = windows_of(draw).next_from(moment)
        session.flush()
        outbox.post(session, "mail.draw_turn", now, entrant_id=entrant.id)
        return entrant
    draw.state, draw.ended_at = STEPS[draw.state, DrawStep.FINISH], now
    session.flush()
    audit.record(session, SYSTEM, "draw.finished", now, fair_id=draw.fair_id, draw=draw.number)
    return None


def windows_of(draw: SpaceDraw) -> Windows:
    """When the draw's turns may be."""
    opens, closes = time.fromisoformat(draw.opens_at), time.fromisoformat(draw.closes_at)
    return Windows(draw.window_minutes, opens, closes, draw.fair.timezone)


def move_on(session: Session, draw_id: int, now: datetime) -> bool:
    """End the turn whose time is up and call the next; whether anything happened."""
    draw = draw_of(session, SYSTEM, draw_id)
    if draw.state is not DrawState.RUNNING:
        return False
    entrant = called_now(session, draw.id)
    if entrant is not None:
        if turn_refusals(entrant.state, TurnStep.MISS, now, entrant.starts_at, entrant.ends_at):
            return False
        _end(session, SYSTEM, entrant, TurnStep.MISS, now)
        outbox.post(session, "mail.draw_turn", now, entrant_id=entrant.id)
    call_next(session, draw, now, now)
    return True


def end_turn(
    session: Session,
    actor: Actor,
    draw: SpaceDraw,
    entrant: DrawEntrant,
    step: TurnStep,
    now: datetime,
    by_proxy: bool = False,
) -> None:
    """End a turn by choosing or passing; the next is called at once. The draw's row is locked by the caller.

    :raises Refused: when it is not this entrant's turn, or not any more.
    """
    if reasons := turn_refusals(entrant.state, step, now, entrant.starts_at, entrant.ends_at):
        raise Refused(*reasons)
    was_called = called_now(session, draw.id)
    entrant.by_proxy = by_proxy
    _end(session, actor, entrant, step, now)
    if was_called is not None and was_called.id == entrant.id:
        call_next(session, draw, now, now)


def _needs_turn(session: Session, exhibitor: Exhibitor) -> bool:
    application = exhibitor.application
    if exhibitor.left_at is not None or application is None or application.state not in ADMITTED:
        return False
    return booths_of(session, exhibitor.id) < application.booths


def _end(session: Session, actor: Actor, entrant: DrawEntrant, step: TurnStep, now: datetime) -> None:
    entrant.state = TURN_STEPS[entrant.state, step]
    entrant.ended_at, entrant.ended_by_id = now, actor.account_id
    session.flush()
    audit.record(
        session,
        actor,
        f"turn.{step.value}",
        now,
        fair_id=entrant.draw.fair_id,
        draw=entrant.draw.number,
        exhibitor=entrant.exhibitor_id,
        proxy=entrant.by_proxy,
    )
