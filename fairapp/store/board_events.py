"""The board's own memory: each change in the order of its commit, and a note per booth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from fairapp.rules.board import BoardAct
from fairapp.store.base import Base, Json, at_the_end, one_at_a_time, one_of
from fairapp.store.naming import account_name, booth_code, exhibitor_name


class BoardEvent(Base):
    """One change on the board of a fair; never changed again once it has its number.

    ``seq`` is drawn as the last thing before the commit, one transaction at a time: whoever has read up to
    a number has missed nothing below it.
    """

    __tablename__ = "board_event"
    __table_args__ = (
        UniqueConstraint("fair_id", "seq"),
        Index("ix_board_event_booth_id_seq", "booth_id", "seq"),
        Index("ix_board_event_other_booth_id_seq", "other_booth_id", "seq"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    seq: Mapped[int | None]
    act: Mapped[BoardAct] = mapped_column(one_of(BoardAct))
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"))
    other_booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"))
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"))
    other_exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("board_event.id"), unique=True)


class BoothNote(Base):
    """What colleagues should know of a booth."""

    __tablename__ = "booth_note"
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), primary_key=True)
    text: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Told:
    """One change with the names that a line about it needs."""

    id: int
    seq: int
    act: BoardAct
    at: datetime
    account_id: int | None
    who: str | None
    booth_id: int
    code: str
    other_booth_id: int | None
    other_code: str | None
    name: str | None
    other_name: str | None
    facts: dict[str, Any]
    undoes_id: int | None
    undone_by: int | None


def number_at_the_end(session: Session, fair_id: int) -> None:
    """Have the fair's new events numbered as the last thing before the commit."""
    at_the_end(session, f"board {fair_id}", partial(number_events, fair_id=fair_id))


def number_events(session: Session, fair_id: int) -> None:
    """Number this transaction's events of the fair; everybody else who has some waits for the commit."""
    one_at_a_time(session, [sha256(f"board {fair_id}".encode()).hexdigest()])
    fresh = session.scalars(
        select(BoardEvent)
        .where(BoardEvent.fair_id == fair_id, BoardEvent.seq.is_(None))
        .order_by(BoardEvent.id)
    ).all()
    for seq, event in enumerate(fresh, last_number(session, fair_id) + 1):
        event.seq = seq


def last_number(session: Session, fair_id: int) -> int:
    """The number of the fair's newest event; 0 before the first."""
    return session.scalar(select(func.max(BoardEvent.seq)).where(BoardEvent.fair_id == fair_id)) or 0


def booths_since(
    session: Session, fair_id: int, seq: int, limit: int = 400
) -> list[tuple[int, int, int | None]]:
    """(number, booth, other booth) of the events after a number, the oldest first."""
    rows = session.execute(
        select(BoardEvent.seq, BoardEvent.booth_id, BoardEvent.other_booth_id)
        .where(BoardEvent.fair_id == fair_id, BoardEvent.seq > seq)
        .order_by(BoardEvent.seq)
        .limit(limit)
    )
    return [(int(number or 0), booth, other) for number, booth, other in rows]


def _told() -> Any:
    undo = aliased(BoardEvent)
    return select(
        BoardEvent.id,
        BoardEvent.seq,
        BoardEvent.act,
        BoardEvent.at,
        BoardEvent.account_id,
        account_name(BoardEvent.account_id),
        BoardEvent.booth_id,
        booth_code(BoardEvent.booth_id),
        BoardEvent.other_booth_id,
        booth_code(BoardEvent.other_booth_id),
        exhibitor_name(BoardEvent.exhibitor_id),
        exhibitor_name(BoardEvent.other_exhibitor_id),
        BoardEvent.facts,
        BoardEvent.undoes_id,
        undo.id,
    ).outerjoin(undo, undo.undoes_id == BoardEvent.id)


def told_since(session: Session, fair_id: int, seq: int, limit: int) -> list[Told]:
    """The latest changes after a number, the newest first."""
    found = _told().where(BoardEvent.fair_id == fair_id, BoardEvent.seq > seq)
    return [Told(*row) for row in session.execute(found.order_by(BoardEvent.seq.desc()).limit(limit))]


def told_page(session: Session, fair_id: int, account_id: int | None, offset: int, limit: int) -> list[Told]:
    """A page of the fair's history, the newest first; of one person when ``account_id`` is given."""
    found = _told().where(BoardEvent.fair_id == fair_id, BoardEvent.seq.is_not(None))
    if account_id is not None:
        found = found.where(BoardEvent.account_id == account_id)
    ordered = found.order_by(BoardEvent.seq.desc()).offset(offset).limit(limit)
    return [Told(*row) for row in session.execute(ordered)]


def how_many_told(session: Session, fair_id: int, account_id: int | None) -> int:
    """How long that history is."""
    found = select(func.count(BoardEvent.id)).where(
        BoardEvent.fair_id == fair_id, BoardEvent.seq.is_not(None)
    )
    if account_id is not None:
        found = found.where(BoardEvent.account_id == account_id)
    return session.scalar(found) or 0


def later_about(session: Session, fair_id: int, seq: int, booth_ids: Iterable[int]) -> list[Told]:
    """What happened to these booths after a number, the oldest first."""
    ids = list(booth_ids)
    about = or_(BoardEvent.booth_id.in_(ids), BoardEvent.other_booth_id.in_(ids))
    found = _told().where(BoardEvent.fair_id == fair_id, BoardEvent.seq > seq, about)
    return [Told(*row) for row in session.execute(found.order_by(BoardEvent.seq).limit(200))]


def newest_event(session: Session) -> int:
    """The newest row's id, whether it has its number yet or not."""
    return session.scalar(select(func.max(BoardEvent.id))) or 0


def events_after(session: Session, fair_id: int, event_id: int) -> Sequence[BoardEvent]:
    """What this transaction has written since that row, in its order."""
    fresh = (BoardEvent.fair_id == fair_id, BoardEvent.id > event_id, BoardEvent.seq.is_(None))
    return session.scalars(select(BoardEvent).where(*fresh).order_by(BoardEvent.id)).all()


def noted_booths(session: Session, booth_ids: Sequence[int]) -> frozenset[int]:
    """Which of these booths have a note."""
    return frozenset(session.scalars(select(BoothNote.booth_id).where(BoothNote.booth_id.in_(booth_ids))))
