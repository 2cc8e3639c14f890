"""Questions about draws: the one that goes on, its entrants in order, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.draws import OPEN_TURNS, PUBLIC, DrawState, TurnState
from fairapp.rules.errors import Missing
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import LOCK
from fairapp.store.draws import DrawEntrant, SpaceDraw


def draw_of(session: Session, actor: Actor, draw_id: int) -> SpaceDraw:
    """The draw with its row locked, if its fair is one of the actor's.

    :raises Missing: when there is none, or none for this actor.
    """
    draw = session.get(SpaceDraw, draw_id, with_for_update=LOCK, populate_existing=True)
    if draw is None or not actor.may(Permission.FAIR_SEE, draw.fair_id):
        raise Missing
    return draw


def draws_of_fair(session: Session, fair_id: int, public: bool = False) -> Sequence[SpaceDraw]:
    """The fair's draws, the latest first; ``public``: those that everybody reads."""
    wanted = select(SpaceDraw).where(SpaceDraw.fair_id == fair_id).order_by(SpaceDraw.number.desc())
    if public:
        wanted = wanted.where(SpaceDraw.committed_at.is_not(None), SpaceDraw.state.in_(PUBLIC))
    return session.scalars(wanted.limit(50)).all()


def running_draw(session: Session, fair_id: int, lock: bool = False) -> SpaceDraw | None:
    """The draw whose turns run."""
    wanted = select(SpaceDraw).where(SpaceDraw.fair_id == fair_id, SpaceDraw.state == DrawState.RUNNING)
    if lock:
        wanted = wanted.with_for_update(of=SpaceDraw, **LOCK).execution_options(populate_existing=True)
    return session.scalar(wanted)


def entrants_in(
    session: Session, draw_id: int, first: int = 0, size: int | None = None
) -> Sequence[DrawEntrant]:
    """The entrants with their exhibitors: in the order of choosing, before the reveal by their numbers."""
    return session.scalars(
        select(DrawEntrant)
        .where(DrawEntrant.draw_id == draw_id)
        .order_by(DrawEntrant.place, DrawEntrant.number)
        .offset(first)
        .limit(size)
        .options(joinedload(DrawEntrant.exhibitor).joinedload(Exhibitor.organisation))
        .options(joinedload(DrawEntrant.ended_by))
    ).all()


def turns_counted(session: Session, draw_id: int) -> Mapping[TurnState, int]:
    """How many entrants stand where."""
    rows = session.execute(
        select(DrawEntrant.state, func.count())
        .where(DrawEntrant.draw_id == draw_id)
        .group_by(DrawEntrant.state)
    )
    return {row[0]: row[1] for row in rows}


def called_now(session: Session, draw_id: int) -> DrawEntrant | None:
    """The entrant whose turn it is."""
    return session.scalar(
        select(DrawEntrant).where(DrawEntrant.draw_id == draw_id, DrawEntrant.state == TurnState.CALLED)
    )


def waiting_turns(session: Session, draw_id: int) -> Sequence[DrawEntrant]:
    """Whoever still waits, the next first."""
    return session.scalars(
        select(DrawEntrant)
        .where(DrawEntrant.draw_id == draw_id, DrawEntrant.state == TurnState.WAITING)
        .order_by(DrawEntrant.place)
        .options(joinedload(DrawEntrant.exhibitor).joinedload(Exhibitor.application))
    ).all()


def entry_of(session: Session, exhibitor_id: int) -> DrawEntrant | None:
    """The exhibitor's part in the latest draw that was not annulled."""
    return session.scalar(
        select(DrawEntrant)
        .join(SpaceDraw, SpaceDraw.id == DrawEntrant.draw_id)
        .where(DrawEntrant.exhibitor_id == exhibitor_id, SpaceDraw.state != DrawState.ANNULLED)
        .order_by(SpaceDraw.number.desc())
        .limit(1)
        .options(joinedload(DrawEntrant.draw))
    )


def turns_before(session: Session, entrant: DrawEntrant) -> int:
    """How many choose before the entrant, from now on."""
    if entrant.place is None:
        return 0
    before = select(func.count()).where(
        DrawEntrant.draw_id == entrant.draw_id,
        DrawEntrant.state.in_(OPEN_TURNS),
        DrawEntrant.place < entrant.place,
    )
    return session.scalar(before) or 0


def turns_to_move(session: Session, now: datetime) -> list[int]:
    """The running draws whose turn has ended, or who call nobody."""
    called = select(DrawEntrant.id).where(
        DrawEntrant.draw_id == SpaceDraw.id, DrawEntrant.state == TurnState.CALLED, DrawEntrant.ends_at > now
    )
    wanted = select(SpaceDraw.id).where(SpaceDraw.state == DrawState.RUNNING, ~called.exists())
    return list(session.scalars(wanted))
