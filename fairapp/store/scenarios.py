"""Named plans of a fair with their proof: who would stand where, and what that gives or why not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import Base, Json
from fairapp.store.fairs import Fair


class Scenario(Base):
    """One plan of a fair, as good as proved: no plan is worth more than ``bound``."""

    __tablename__ = "scenario"
    __table_args__ = (UniqueConstraint("fair_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(String(60))
    weights: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What was worth how much."""
    objective: Mapped[float]
    bound: Mapped[float]
    seconds: Mapped[float]
    placed: Mapped[int]
    unplaced: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    fair: Mapped[Fair] = relationship()
    made_by: Mapped[Account | None] = relationship(foreign_keys=[made_by_id])
    applied_by: Mapped[Account | None] = relationship(foreign_keys=[applied_by_id])


class ScenarioSeat(Base):
    """What a scenario means for one exhibitor: its booths and what they give, or why it has none."""

    __tablename__ = "scenario_seat"
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id", ondelete="CASCADE"), primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True, index=True)
    booths: Mapped[list[Any]] = mapped_column(default=list)
    """Their numbers side by side; none: it stays without a place."""
    is_settled: Mapped[bool] = mapped_column(default=False)
    """It held these booths before."""
    terms: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Points by what gives them; all seats' together are the scenario's objective."""
    reason: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Why it has no place, and what would have to change."""
    exhibitor: Mapped[Exhibitor] = relationship()
