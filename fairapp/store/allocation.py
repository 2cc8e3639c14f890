"""Who stands where: exhibitors, their claims on booths, and the key that keeps a booth single."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.allocation import ClaimState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import Base, one_of
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation


class Exhibitor(Base):
    """An organisation admitted to one fair, by its application or by an import."""

    __tablename__ = "exhibitor"
    __table_args__ = (UniqueConstraint("fair_id", "organisation_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), unique=True)
    fascia_name: Mapped[str] = mapped_column(String(80), default="")
    spoken: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Languages of the people at the booth, as codes."""
    admitted_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    fair: Mapped[Fair] = relationship()
    organisation: Mapped[Organisation] = relationship()
    application: Mapped[Application | None] = relationship()


class BoothClaim(Base):
    """An exhibitor holds a booth; ended claims stay as history."""

    __tablename__ = "booth_claim"
    __table_args__ = (
        # Whoever chooses has one hold that runs out at a time: the key settles two presses at once.
        Index(
            "uq_booth_claim_timed_hold",
            "exhibitor_id",
            unique=True,
            sqlite_where=text("state = 'held' AND expires_at IS NOT NULL"),
            postgresql_where=text("state = 'held' AND expires_at IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    state: Mapped[ClaimState] = mapped_column(one_of(ClaimState))
    expires_at: Mapped[datetime | None]
    """When a hold or an offer ends by itself."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    end_reason: Mapped[str] = mapped_column(String(300), default="")
    moved_to_id: Mapped[int | None] = mapped_column(ForeignKey("booth_claim.id"))
    handed_over_at: Mapped[datetime | None]
    handed_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handover_note: Mapped[str] = mapped_column(String(300), default="", server_default="")
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The optimiser must keep it where it is."""
    booth: Mapped[Booth] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()
    made_by: Mapped[Account | None] = relationship(foreign_keys=[made_by_id])


class ClaimDay(Base):
    """A live claim's hold on its booth for one day: the key is the promise of one live claim."""

    __tablename__ = "claim_day"
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("booth_claim.id"), index=True)


class CoExhibitor(Base):
    """Somebody who shares the holder's booth."""

    __tablename__ = "co_exhibitor"
    __table_args__ = (UniqueConstraint("claim_id", "exhibitor_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("booth_claim.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    added_at: Mapped[datetime]
    claim: Mapped[BoothClaim] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()
