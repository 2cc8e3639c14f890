"""The ledger of priority points: who got how many at which fair, and why; rows are only added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.priority_points import PointKind
from fairapp.store.accounts import Account
from fairapp.store.base import Base, one_of
from fairapp.store.fairs import Fair
from fairapp.store.producers import Organisation


class PriorityPoint(Base):
    """An entry of the ledger; the sum over an organisation's entries at a fair is what it has there."""

    __tablename__ = "priority_point"
    __table_args__ = (
        UniqueConstraint("fair_id", "organisation_id", "entry_key"),
        Index("ix_priority_point_organisation_id", "organisation_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[PointKind] = mapped_column(one_of(PointKind))
    amount: Mapped[int]
    """Above zero they come, below they go."""
    cause: Mapped[str] = mapped_column(String(200))
    entry_key: Mapped[str] = mapped_column(String(60))
    """What makes a second press the same entry."""
    from_fair_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"))
    """The earlier fair that starting points were carried over from."""
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    organisation: Mapped[Organisation] = relationship()
    from_fair: Mapped[Fair | None] = relationship(foreign_keys=[from_fair_id])
    by: Mapped[Account | None] = relationship()
