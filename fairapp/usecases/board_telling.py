"""Tell the open boards what changed, in the transaction of the change itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.board import BoardAct
from fairapp.store.allocation import BoothClaim
from fairapp.store.board_events import BoardEvent, number_at_the_end
from fairapp.store.fairs import Booth


def tell_board(
    session: Session,
    actor: Actor,
    act: BoardAct,
    booth: Booth,
    now: datetime,
    *,
    other_booth_id: int | None = None,
    exhibitor_id: int | None = None,
    other_exhibitor_id: int | None = None,
    **facts: object,
) -> None:
    """Write one change of a booth for everybody who has the board open."""
    session.add(
        BoardEvent(
            fair_id=booth.fair_id,
            act=act,
            booth_id=booth.id,
            other_booth_id=other_booth_id,
            exhibitor_id=exhibitor_id,
            other_exhibitor_id=other_exhibitor_id,
            account_id=actor.account_id,
            at=now,
            facts=dict(facts),
        )
    )
    number_at_the_end(session, booth.fair_id)


def tell_of_claim(
    session: Session,
    actor: Actor,
    act: BoardAct,
    claim: BoothClaim,
    now: datetime,
    *,
    other_booth_id: int | None = None,
    other_exhibitor_id: int | None = None,
    **facts: object,
) -> None:
    """The same for a change of one claim: its booth and its holder."""
    tell_board(
        session,
        actor,
        act,
        claim.booth,
        now,
        other_booth_id=other_booth_id,
        exhibitor_id=claim.exhibitor_id,
        other_exhibitor_id=other_exhibitor_id,
        **facts,
    )
