"""What stands between a badge and its wearer: the fair's designs, print stations and their jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.badge_queue import PrintJobState, ReprintReason
from fairapp.rules.badges import BadgeKind
from fairapp.store.accounts import Account
from fairapp.store.badges import Badge
from fairapp.store.base import Base, Json, one_of
from fairapp.store.fairs import Fair


class BadgeDesign(Base):
    """One version of the design of a kind of badge; the last one counts, none or an empty one is the
    house's."""

    __tablename__ = "badge_design"
    __table_args__ = (UniqueConstraint("fair_id", "kind", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    kind: Mapped[BadgeKind] = mapped_column(one_of(BadgeKind))
    version: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    fair: Mapped[Fair] = relationship()
    made_by: Mapped[Account | None] = relationship()


class PrintStation(Base):
    """A printer with somebody at it."""

    __tablename__ = "print_station"
    __table_args__ = (UniqueConstraint("fair_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    fair: Mapped[Fair] = relationship()


class PrintJob(Base):
    """A badge on its way through the print queue: who did what when."""

    __tablename__ = "print_job"
    __table_args__ = (Index("ix_print_job_fair_id_state", "fair_id", "state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id"), index=True)
    waits_for_id: Mapped[int | None] = mapped_column(unique=True)
    """The badge's number while the job waits, so that no badge waits twice."""
    state: Mapped[PrintJobState] = mapped_column(one_of(PrintJobState), default=PrintJobState.QUEUED)
    reason: Mapped[ReprintReason] = mapped_column(one_of(ReprintReason), default=ReprintReason.FIRST)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("print_station.id"), index=True)
    issue: Mapped[int] = mapped_column(default=0)
    """Of the badge as it came out."""
    queued_at: Mapped[datetime]
    queued_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[datetime | None]
    printed_at: Mapped[datetime | None]
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    collected_at: Mapped[datetime | None]
    collected_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    badge: Mapped[Badge] = relationship()
    station: Mapped[PrintStation | None] = relationship()
    queued_by: Mapped[Account | None] = relationship(foreign_keys=[queued_by_id])
    printed_by: Mapped[Account | None] = relationship(foreign_keys=[printed_by_id])
    collected_by: Mapped[Account | None] = relationship(foreign_keys=[collected_by_id])
