"""Delegations of a fair, the producers on their lists, the files they sent, and their blocks of booths."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.delegations import DelegationState, EntryState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import Base, Json, Texts, one_of
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation


class Delegation(Base):
    """A province's or country's producers at one fair, brought by one head."""

    __tablename__ = "delegation"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    names: Mapped[Texts]
    country: Mapped[str] = mapped_column(String(2), default="VN")
    province_code: Mapped[str | None] = mapped_column(String(10))
    quota_booths: Mapped[int]
    list_until: Mapped[datetime | None]
    state: Mapped[DelegationState] = mapped_column(one_of(DelegationState), default=DelegationState.INVITED)
    head_email: Mapped[str] = mapped_column(String(254))
    head_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    language: Mapped[str] = mapped_column(String(10), default="vi")
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the open invitation's token; none once it was answered or taken back."""
    invited_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    """Raised with every change of the list: what was looked at before is known to be old."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    fair: Mapped[Fair] = relationship()
    head: Mapped[Account | None] = relationship(foreign_keys=[head_id])


class DelegationEntry(Base):
    """A producer on a delegation's list."""

    __tablename__ = "delegation_entry"
    __table_args__ = (UniqueConstraint("delegation_id", "organisation_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    state: Mapped[EntryState] = mapped_column(one_of(EntryState), default=EntryState.ENTERED)
    reason: Mapped[str] = mapped_column(Text, default="")
    """The head's words of the last return."""
    position: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    delegation: Mapped[Delegation] = relationship()
    organisation: Mapped[Organisation] = relationship()
    application: Mapped[Application] = relationship()


class DelegationUpload(Base):
    """A workbook a head sent: what it would change, when it was taken in, and how to take it back."""

    __tablename__ = "delegation_upload"
    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200), default="")
    file_key: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    """The list's version that the preview was made from."""
    preview: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    applied_at: Mapped[datetime | None]
    applied_version: Mapped[int | None]
    """The list's version right after it was taken in: undone only while nothing else was changed."""
    undo: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    undone_at: Mapped[datetime | None]
    delegation: Mapped[Delegation] = relationship()


class DelegationBooth(Base):
    """A booth of the block that the organiser gave a delegation to share out."""

    __tablename__ = "delegation_booth"
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    booth: Mapped[Booth] = relationship()
