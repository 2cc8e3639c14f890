"""Gates, every scan at them, and who is inside on which day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.badges import GateResult
from fairapp.store.accounts import Account
from fairapp.store.badges import Badge
from fairapp.store.base import Base, Texts, one_of


class Gate(Base):
    """An entrance where badges are scanned."""

    __tablename__ = "gate"
    __table_args__ = (UniqueConstraint("fair_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    code: Mapped[str] = mapped_column(String(20))
    names: Mapped[Texts]
    position: Mapped[int] = mapped_column(default=0)


class ScanEvent(Base):
    """One scan and its answer; an undone one keeps who, when and why."""

    __tablename__ = "scan_event"
    __table_args__ = (Index("ix_scan_event_fair_id_at", "fair_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"), index=True)
    result: Mapped[GateResult] = mapped_column(one_of(GateResult))
    at: Mapped[datetime]
    day: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_because: Mapped[str] = mapped_column(String(200), default="")
    gate: Mapped[Gate] = relationship()
    badge: Mapped[Badge | None] = relationship()
    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])


class Admission(Base):
    """A badge is inside on a day: the key admits once, however many gates ask at once."""

    __tablename__ = "admission"
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("scan_event.id"))
    scan: Mapped[ScanEvent] = relationship()
