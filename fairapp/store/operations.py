"""What the house keeps about itself: the audit, letters to send, and long work with its progress."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fairapp.rules.jobs import JobState
from fairapp.store.base import Base, Json, one_of


class AuditEntry(Base):
    """Who changed what, when and from where."""

    __tablename__ = "audit_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(60), index=True)
    fair_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class OutboxMessage(Base):
    """Something to do after the commit: the name of a job and plain facts."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_done_at_due_at", "done_at", "due_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")


class HourlyRun(Base):
    """When the rounds last did something that is looked for once an hour."""

    __tablename__ = "hourly_run"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    began_at: Mapped[datetime]


class Job(Base):
    """Long work with a progress bar."""

    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    fair_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"), index=True)
    state: Mapped[JobState] = mapped_column(one_of(JobState), default=JobState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    result_key: Mapped[str | None] = mapped_column(String(80))
    """The finished file's name in the file store."""
    result_name: Mapped[str] = mapped_column(String(120), default="")
    report: Mapped[list[Any]] = mapped_column(default=list)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime | None] = mapped_column(index=True)
    """When its worker last said that it was at it, or when it was last put into the queue again."""
    runs: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it was begun; only the worker that began it last may end it."""
    ended_at: Mapped[datetime | None]
