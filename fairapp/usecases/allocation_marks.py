"""What colleagues leave on the board beside claims: pins that the optimiser keeps, and notes on booths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Invalid
from fairapp.rules.reasons import Shape
from fairapp.rules.text import TextRefused, clean
from fairapp.store.allocation import BoothClaim
from fairapp.store.allocation_queries import booth_for_update
from fairapp.store.board_events import BoothNote
from fairapp.usecases import audit
from fairapp.usecases.allocation import live_claim
from fairapp.usecases.board_telling import tell_board, tell_of_claim
from fairapp.usecases.permission import require

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class PinClaim:
    """Have the optimiser keep a claim where it is, or let it go again."""

    claim_id: int
    pinned: bool


@dataclass(frozen=True, slots=True)
class NoteBooth:
    """What colleagues should know of a booth; nothing takes the note away."""

    booth_id: int
    text: str


def pin_claim(session: Session, actor: Actor, order: PinClaim, now: datetime) -> BoothClaim:
    """Pin the claim or take the pin out; a second press changes nothing."""
    claim = live_claim(session, actor, order.claim_id)
    require(actor, Permission.BOOTH_ASSIGN, claim.booth.fair_id)
    if claim.pinned is order.pinned:
        return claim
    claim.pinned = order.pinned
    what = "booth.pinned" if order.pinned else "booth.unpinned"
    audit.record(
        session, actor, what, now, fair_id=claim.booth.fair_id, booth=claim.booth.code, claim=claim.id
    )
    act = BoardAct.PINNED if order.pinned else BoardAct.UNPINNED
    tell_of_claim(session, actor, act, claim, now)
    return claim


def note_booth(session: Session, actor: Actor, order: NoteBooth, now: datetime) -> BoothNote | None:
    """Keep the note; the one before stays in the history.

    :raises Invalid: when it is too long or holds signs that cannot be written.
    """
    booth = booth_for_update(session, actor, order.booth_id)
    require(actor, Permission.BOOTH_ASSIGN, booth.fair_id)
    try:
        text = clean(order.text, longest=LONGEST_NOTE, lines=True)
    except TextRefused as refused:
        raise Invalid(text=Shape.TOO_LONG if refused.longest else refused.reason) from refused
    note = session.get(BoothNote, booth.id, populate_existing=True)
    before = "" if note is None else note.text
    if text == before:
        return note
    if note is None:
        note = BoothNote(booth_id=booth.id, text=text, by_id=actor.account_id, at=now)
        session.add(note)
    elif text:
        note.text, note.by_id, note.at = text, actor.account_id, now
    else:
        session.delete(note)
    audit.record(session, actor, "booth.noted", now, fair_id=booth.fair_id, booth=booth.code, words=text)
    tell_board(session, actor, BoardAct.NOTED, booth, now, before=before, text=text)
    return note if text else None
