"""Draws for the order of choosing: what was committed, who takes part, and each one's turn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.draws import DrawRule, DrawState, NamesShown, TurnState
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import Base, Json, one_of
from fairapp.store.fairs import Fair


class SpaceDraw(Base):
    """A draw of a fair; at most one of them has not ended."""

    __tablename__ = "space_draw"
    __table_args__ = (
        UniqueConstraint("fair_id", "number"),
        Index(
            "uq_space_draw_open",
            "fair_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    number: Mapped[int]
    state: Mapped[DrawState] = mapped_column(one_of(DrawState), default=DrawState.PREPARED)
    rule: Mapped[DrawRule] = mapped_column(one_of(DrawRule))
    names_shown: Mapped[NamesShown] = mapped_column(one_of(NamesShown))
    public_source: Mapped[str] = mapped_column(String(200))
    """Which public value is mixed in, in words that leave no choice."""
    public_from: Mapped[datetime]
    """From when it is known; before this moment nothing is revealed."""
    seed: Mapped[str] = mapped_column(String(64), default="")
    """The secret until the reveal: 64 hexadecimal digits."""
    commitment: Mapped[str] = mapped_column(String(64), default="")
    terms: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the commitment covers beside the seed, as the public file has it."""
    public_value: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    committed_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    window_minutes: Mapped[int] = mapped_column(default=60)
    opens_at: Mapped[str] = mapped_column(String(5), default="08:00")
    closes_at: Mapped[str] = mapped_column(String(5), default="18:00")
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(300), default="")
    fair: Mapped[Fair] = relationship()
    made_by: Mapped[Account | None] = relationship()


class DrawEntrant(Base):
    """Somebody who takes part in a draw, with its place in the order and its turn."""

    __tablename__ = "draw_entrant"
    __table_args__ = (
        UniqueConstraint("draw_id", "exhibitor_id"),
        UniqueConstraint("draw_id", "number"),
        UniqueConstraint("draw_id", "place"),
        Index("ix_draw_entrant_exhibitor_id", "exhibitor_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("space_draw.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    number: Mapped[int]
    points: Mapped[int]
    place: Mapped[int | None]
    """Its place in the order, from 1; None before the reveal."""
    state: Mapped[TurnState] = mapped_column(one_of(TurnState), default=TurnState.WAITING)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_proxy: Mapped[bool] = mapped_column(default=False)
    """Its head of delegation or the office acted in its place."""
    draw: Mapped[SpaceDraw] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()
    ended_by: Mapped[Account | None] = relationship()
