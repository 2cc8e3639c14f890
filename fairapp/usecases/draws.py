"""Prepare a draw, seal it, reveal its order, start its turns, or annul it: each step once, and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.draw_order import Entrant, commitment_of, order_from, sealed_file, terms_of
from fairapp.rules.draws import (
    OPEN_TURNS,
    STEPS,
    DrawMoment,
    DrawRefusal,
    DrawRule,
    DrawStep,
    NamesShown,
    TurnState,
    refusals,
)
from fairapp.rules.errors import Refused
from fairapp.rules.holds import ChoosingSettings
from fairapp.rules.text import clean
from fairapp.store.base import LOCK
from fairapp.store.draws import DrawEntrant, SpaceDraw
from fairapp.store.draws_queries import draw_of, entrants_in
from fairapp.store.fairs import Fair
from fairapp.store.holds import without_booth
from fairapp.store.points import points_of
from fairapp.usecases import audit, outbox
from fairapp.usecases.draws_turns import call_next
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class PrepareDraw:
    """A new draw; the public value is named in words that leave no choice."""

    fair_id: int
    rule: DrawRule
    names_shown: NamesShown
    public_source: str
    public_from: datetime


@dataclass(frozen=True, slots=True)
class StartTurns:
    """When the first turn begins, how long each lasts, and between which hours turns begin and end."""

    draw_id: int
    starts_at: datetime
    window_minutes: int
    opens_at: str = "08:00"
    closes_at: str = "18:00"


def prepare_draw(session: Session, actor: Actor, order: PrepareDraw, now: datetime) -> SpaceDraw:
    """Name the rule and the public value; nothing binds before it is sealed.

    :raises Refused: while another draw of the fair goes on, or where the fair gives no booths by draw.
    """
    require(actor, Permission.BOOTH_ASSIGN, order.fair_id)
    fair = session.scalars(select(Fair).where(Fair.id == order.fair_id).with_for_update(**LOCK)).one()
    going_on = select(SpaceDraw.id).where(SpaceDraw.fair_id == fair.id, SpaceDraw.ended_at.is_(None))
    against = {
        DrawRefusal.NOT_OPEN_HERE: not ChoosingSettings.read(fair.settings).draw,
        DrawRefusal.ONE_IS_OPEN: session.scalar(going_on) is not None,
        DrawRefusal.PUBLIC_VALUE_IS_KNOWN: order.public_from <= now,
    }
    if found := [reason for reason, holds in against.items() if holds]:
        raise Refused(*found)
    last = session.scalar(select(func.max(SpaceDraw.number)).where(SpaceDraw.fair_id == fair.id)) or 0
    draw = SpaceDraw(
        fair_id=fair.id,
        number=last + 1,
        rule=order.rule,
        names_shown=order.names_shown,
        public_source=clean(order.public_source, longest=200),
        public_from=order.public_from,
        made_at=now,
        made_by_id=actor.account_id,
    )
    session.add(draw)
    session.flush()
    _record(session, actor, draw, "prepared", now)
    return draw


def seal_draw(session: Session, actor: Actor, draw_id: int, seed: str, now: datetime) -> SpaceDraw:
    """Freeze the entrants and their points, and publish what binds them and the seed; nobody can change it.

    ``seed``: 64 hexadecimal digits of chance, from the edge.

    :raises Refused: when it is sealed already, nobody is there to draw, or the public value is known by now.
    """
    draw = _draw(session, actor, draw_id)
    who = without_booth(session, draw.fair_id)
    _step(draw, DrawStep.COMMIT, DrawMoment(now, draw.public_from, entrants=len(who)))
    zone = ZoneInfo(draw.fair.timezone)
    points = points_of(session, draw.fair_id, [each.organisation_id for each in who])
    named = draw.names_shown is NamesShown.FULL
    frozen = [
        Entrant(
            n,
            points.get(each.organisation_id, 0),
            each.applied_at.astimezone(zone).date(),
            each.name if named else "",
        )
        for n, each in enumerate(who, start=1)
    ]
    known = draw.public_from.astimezone(UTC).isoformat()
    draw.seed = seed
    draw.terms = terms_of(draw.fair.code, draw.number, draw.rule, draw.public_source, known, frozen)
    draw.commitment = commitment_of(draw.terms, seed)
    draw.committed_at = now
    session.add_all(
        DrawEntrant(
            draw_id=draw.id, exhibitor_id=each.exhibitor_id, number=entrant.number, points=entrant.points
        )
        for each, entrant in zip(who, frozen, strict=True)
    )
    session.flush()
    _record(session, actor, draw, "committed", now, commitment=draw.commitment, entrants=len(who))
    outbox.post(session, "mail.draw_announced", now, draw_id=draw.id)
    return draw


def reveal_draw(session: Session, actor: Actor, draw_id: int, public_value: str, now: datetime) -> SpaceDraw:
    """Mix the public value in, and publish seed and order.

    :raises Refused: before the value can be known, without it, or when it is revealed already.
    """
    draw = _draw(session, actor, draw_id)
    value = clean(public_value, longest=200)
    _step(draw, DrawStep.REVEAL, DrawMoment(now, draw.public_from, public_value=value))
    draw.public_value, draw.revealed_at = value, now
    by_number = {entrant.number: entrant for entrant in entrants_in(session, draw.id)}
    for place, number in enumerate(order_from(draw.terms, draw.seed, value), start=1):
        by_number[number].place = place
    _record(session, actor, draw, "revealed", now, public_value=value)
    outbox.post(session, "mail.draw_announced", now, draw_id=draw.id)
    return draw


def start_turns(session: Session, actor: Actor, order: StartTurns, now: datetime) -> SpaceDraw:
    """Call the first; everybody chooses in the order that was drawn.

    :raises Refused: before the order is drawn, or with a beginning in the past.
    """
    draw = _draw(session, actor, order.draw_id)
    _step(draw, DrawStep.START, DrawMoment(now, draw.public_from, starts_at=order.starts_at))
    draw.window_minutes, draw.started_at = order.window_minutes, now
    draw.opens_at, draw.closes_at = order.opens_at, order.closes_at
    session.flush()
    _record(session, actor, draw, "started", now)
    call_next(session, draw, max(now, order.starts_at), now)
    return draw


def annul_draw(session: Session, actor: Actor, draw_id: int, reason: str, now: datetime) -> SpaceDraw:
    """Let the draw count no more; it stays to be read with its reason, and chosen booths stay given.

    :raises Refused: without a reason, or when it has ended.
    """
    draw = _draw(session, actor, draw_id)
    said = clean(reason, longest=300)
    _step(draw, DrawStep.ANNUL, DrawMoment(now, draw.public_from, reason=said))
    draw.ended_at, draw.end_reason = now, said
    for entrant in entrants_in(session, draw.id):
        if entrant.state in OPEN_TURNS:
            entrant.state, entrant.ended_at = TurnState.GONE, now
    _record(session, actor, draw, "annulled", now, reason=said)
    return draw


def public_file(draw: SpaceDraw) -> bytes:
    """The file from which anybody recomputes the draw, as far as it has come."""
    opening = {"seed": draw.seed, "public_value": draw.public_value} if draw.revealed_at else None
    return sealed_file(draw.terms, draw.commitment, opening)


def _draw(session: Session, actor: Actor, draw_id: int) -> SpaceDraw:
    draw = draw_of(session, actor, draw_id)
    require(actor, Permission.BOOTH_ASSIGN, draw.fair_id)
    return draw


def _step(draw: SpaceDraw, step: DrawStep, moment: DrawMoment) -> None:
    if reasons := refusals(draw.state, step, moment):
        known = draw.public_from.astimezone(ZoneInfo(draw.fair.timezone))
        raise Refused(*reasons, public_from=f"{known:%Y-%m-%d %H:%M}")
    draw.state = STEPS[draw.state, step]


def _record(
    session: Session, actor: Actor, draw: SpaceDraw, what: str, now: datetime, **facts: object
) -> None:
    audit.record(session, actor, f"draw.{what}", now, fair_id=draw.fair_id, draw=draw.number, **facts)
