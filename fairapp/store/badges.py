"""Badges and their printings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.badges import BadgeKind, BadgeState
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import Base, one_of
from fairapp.store.fairs import Fair


class Badge(Base):
    """One person's right to pass the gates of one fair."""

    __tablename__ = "badge"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    kind: Mapped[BadgeKind] = mapped_column(one_of(BadgeKind), default=BadgeKind.EXHIBITOR)
    name: Mapped[str] = mapped_column(String(120))
    name_latin: Mapped[str] = mapped_column(String(120), default="")
    duty: Mapped[str] = mapped_column(String(120), default="")
    folded: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[BadgeState] = mapped_column(one_of(BadgeState), default=BadgeState.NAMED)
    short_code: Mapped[str] = mapped_column(String(12), unique=True)
    issue: Mapped[int] = mapped_column(default=1)
    """Raised when the badge is printed anew after a loss: older tokens stop."""
    days: Mapped[int] = mapped_column(default=0)
    """A bit per day of the fair; 0 means every day."""
    named_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str] = mapped_column(String(200), default="")
    fair: Mapped[Fair] = relationship()
    exhibitor: Mapped[Exhibitor | None] = relationship()


class BadgePrint(Base):
    """A badge came out of a printer: an event, not a state."""

    __tablename__ = "badge_print"
    id: Mapped[int] = mapped_column(primary_key=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id"), index=True)
    issue: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
