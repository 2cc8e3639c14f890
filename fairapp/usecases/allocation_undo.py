"""Take back a step of one's own on the board: the inverse act, through the same use-cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE, ClaimRefusal
from fairapp.rules.board import BoardAct, BoardStep, UndoRefusal, builds_on, undo_refusals
from fairapp.rules.errors import Missing, Refused
from fairapp.store.allocation import BoothClaim, CoExhibitor
from fairapp.store.allocation_queries import booth_for_update
from fairapp.store.board_events import BoardEvent, Told, events_after, later_about, newest_event
from fairapp.usecases.allocation import (
    AssignBooth,
    MoveClaim,
    ReleaseClaim,
    SwapClaims,
    assign_booth,
    move_claim,
    release_claim,
    swap_claims,
)
from fairapp.usecases.allocation_days import ChangeDays, change_days
from fairapp.usecases.allocation_marks import NoteBooth, PinClaim, note_booth, pin_claim
from fairapp.usecases.allocation_sharing import (
    BlockBooth,
    ShareBooth,
    block_booth,
    share_booth,
    stop_sharing,
)
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class UndoStep:
    """Take back one step; ``reason`` is kept where the inverse act wants one."""

    event_id: int
    reason: str


def undo_step(session: Session, actor: Actor, order: UndoStep, now: datetime) -> BoardEvent:
    """Do the inverse of one's own step, or refuse with every reason why not.

    :raises Refused: when it is not one's own or others built on it, with their step as ``built_on``;
        and whatever the inverse act itself refuses.
    """
    event = event_of(session, actor, order.event_id)
    require(actor, Permission.BOOTH_ASSIGN, event.fair_id)
    for booth_id in sorted(booths_of(event)):
        booth_for_update(session, actor, booth_id)  # nobody builds on it while it is taken back
    later = later_about(session, event.fair_id, event.seq or 0, booths_of(event))
    taken_back = session.scalar(select(BoardEvent.id).where(BoardEvent.undoes_id == event.id))
    step = BoardStep(
        event.seq or 0,
        event.act,
        booths_of(event),
        event.account_id,
        undone=taken_back is not None,
        days=_days(event),
    )
    if reasons := undo_refusals(step, actor.account_id, [step_of(each) for each in later]):
        built = [each for each in later if builds_on(step, step_of(each))]
        raise Refused(*reasons, built_on=built[-1] if built else None)
    before = newest_event(session)
    _INVERSES[event.act](session, actor, event, order.reason, now)
    session.flush()
    written = events_after(session, event.fair_id, before)
    if not written:  # somebody has brought it back by hand
        raise Refused(UndoRefusal.UNDONE_ALREADY)
    written[0].undoes_id = event.id
    for each in written:
        each.facts = {**each.facts, "undoing": True}
    session.flush()
    return written[0]


def event_of(session: Session, actor: Actor, event_id: int) -> BoardEvent:
    """The step, if its fair is one of the actor's.

    :raises Missing: when there is none, or none for this actor.
    """
    event = session.get(BoardEvent, event_id)
    if event is None or event.seq is None or not actor.may(Permission.FAIR_SEE, event.fair_id):
        raise Missing
    return event


def booths_of(event: BoardEvent | Told) -> frozenset[int]:
    """The one or two booths that a step is about."""
    return frozenset(each for each in (event.booth_id, event.other_booth_id) if each is not None)


def step_of(told: Told) -> BoardStep:
    """A line of the history as the rules see it."""
    undone = told.undone_by is not None or bool(told.facts.get("undoing"))
    return BoardStep(told.seq, told.act, booths_of(told), told.account_id, undone, _days(told))


def _days(event: BoardEvent | Told) -> frozenset[str]:
    """The days that a step in a shared booth is about: those it freed and those it took."""
    if event.act is BoardAct.NOTED:  # what was written before
        return frozenset()
    return frozenset((*event.facts.get("days", ()), *event.facts.get("before", ())))


def standing(session: Session, booth_id: int, exhibitor_id: int | None) -> int | None:
    """The live claim of the exhibitor on the booth."""
    return session.scalar(
        select(BoothClaim.id)
        .where(
            BoothClaim.booth_id == booth_id,
            BoothClaim.exhibitor_id == exhibitor_id,
            BoothClaim.state.in_(LIVE),
        )
        .order_by(BoothClaim.id.desc())
        .limit(1)
    )


def _claim(session: Session, booth_id: int, exhibitor_id: int | None) -> int:
    found = standing(session, booth_id, exhibitor_id)
    if found is None:
        raise Refused(ClaimRefusal.ENDED, code="")
    return found


def _unplace(session: Session, actor: Actor, event: BoardEvent, reason: str, now: datetime) -> None:
    claim_id = _claim(session, event.booth_id, event.exhibitor_id)
    release_claim(session, actor, ReleaseClaim(claim_id, reason), now)


def _place_again(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    days = tuple(date.fromisoformat(day) for day in event.facts.get("days", ())) or None
    order = AssignBooth(event.exhibitor_id or 0, event.booth_id, days)
    claim = assign_booth(session, actor, order, now)
    there = set(session.scalars(select(CoExhibitor.exhibitor_id).where(CoExhibitor.claim_id == claim.id)))
    for exhibitor_id in event.facts.get("sharers", ()):
        if exhibitor_id not in there:
            share_booth(session, actor, ShareBooth(claim.id, exhibitor_id), now)


def _move_back(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    claim_id = _claim(session, event.booth_id, event.exhibitor_id)
    move_claim(session, actor, MoveClaim(claim_id, event.other_booth_id or 0), now)


def _swap_back(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    one = _claim(session, event.booth_id, event.exhibitor_id)
    other = _claim(session, event.other_booth_id or 0, event.other_exhibitor_id)
    swap_claims(session, actor, SwapClaims(one, other), now)


def _unshare(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    claim_id = _claim(session, event.booth_id, event.exhibitor_id)
    stop_sharing(session, actor, ShareBooth(claim_id, event.other_exhibitor_id or 0), now)


def _share(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    claim_id = _claim(session, event.booth_id, event.exhibitor_id)
    share_booth(session, actor, ShareBooth(claim_id, event.other_exhibitor_id or 0), now)


def _unblock(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    block_booth(session, actor, BlockBooth(event.booth_id, None), now)


def _block(session: Session, actor: Actor, event: BoardEvent, reason: str, now: datetime) -> None:
    block_booth(session, actor, BlockBooth(event.booth_id, event.facts.get("reason") or reason), now)


def _unpin(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    claim_id = _claim(session, event.booth_id, event.exhibitor_id)
    pin_claim(session, actor, PinClaim(claim_id, event.act is BoardAct.UNPINNED), now)


def _note_before(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    note_booth(session, actor, NoteBooth(event.booth_id, event.facts.get("before", "")), now)


def _days_before(session: Session, actor: Actor, event: BoardEvent, _reason: str, now: datetime) -> None:
    claim_id = _claim(session, event.booth_id, event.exhibitor_id)
    days = tuple(date.fromisoformat(day) for day in event.facts["before"])
    change_days(session, actor, ChangeDays(claim_id, days), now)


_INVERSES: dict[BoardAct, Callable[[Session, Actor, BoardEvent, str, datetime], None]] = {
    BoardAct.PLACED: _unplace,
    BoardAct.RELEASED: _place_again,
    BoardAct.MOVED: _move_back,
    BoardAct.SWAPPED: _swap_back,
    BoardAct.SHARED: _unshare,
    BoardAct.UNSHARED: _share,
    BoardAct.BLOCKED: _unblock,
    BoardAct.UNBLOCKED: _block,
    BoardAct.PINNED: _unpin,
    BoardAct.UNPINNED: _unpin,
    BoardAct.NOTED: _note_before,
    BoardAct.DAYS_CHANGED: _days_before,
}
