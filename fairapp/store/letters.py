"""Letters of a fair: the organiser's own texts, and what became of every letter that went out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.letter_log import LetterState
from fairapp.rules.letters import LetterEvent
from fairapp.store.accounts import Account
from fairapp.store.base import Base, one_of
from fairapp.store.fairs import Fair
from fairapp.store.operations import OutboxMessage
from fairapp.store.producers import Organisation


class LetterTemplate(Base):
    """The organiser's text of an event in one language; without one the built-in text is sent."""

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("fair_id", "event", "language"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    event: Mapped[LetterEvent] = mapped_column(one_of(LetterEvent))
    language: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(150))
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_by: Mapped[Account | None] = relationship()


class LetterLog(Base):
    """One letter to one reader."""

    __tablename__ = "letter_log"
    __table_args__ = (
        UniqueConstraint("outbox_id", "reader"),
        Index("ix_letter_log_fair_id_state", "fair_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """About whom it is; None: about nobody in particular."""
    event: Mapped[LetterEvent] = mapped_column(one_of(LetterEvent))
    to_address: Mapped[str] = mapped_column(String(254))
    reader: Mapped[str] = mapped_column(String(16))
    """Short for the address: nobody gets the same message twice."""
    language: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    """As it was read; secret parts of links are left out."""
    state: Mapped[LetterState] = mapped_column(one_of(LetterState))
    error: Mapped[str] = mapped_column(String(500), default="")
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"))
    fair: Mapped[Fair] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    outbox: Mapped[OutboxMessage] = relationship()
