"""Letters of a fair: the organiser's own texts, and what became of every letter that went out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.letter_log import LetterState
from fairapp.rules.letters import LetterEvent
from fairapp.rules.mailings import MailingKind, MailingState
from fairapp.rules.visa_letters import VisaState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import Base, Json, Texts, one_of
from fairapp.store.fairs import Fair
from fairapp.store.operations import Job, OutboxMessage
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


class Mailing(Base):
    """A letter that an organiser writes to many."""

    __tablename__ = "mailing"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[MailingKind] = mapped_column(one_of(MailingKind))
    state: Mapped[MailingState] = mapped_column(one_of(MailingState), default=MailingState.DRAFT)
    filter: Mapped[dict[str, Any]] = mapped_column(Json)
    subjects: Mapped[Texts]
    bodies: Mapped[Texts]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    letters: Mapped[int] = mapped_column(default=0)
    """How many went into the outbox."""
    left_out: Mapped[int] = mapped_column(default=0)
    """Addresses that want no more news."""
    fair: Mapped[Fair] = relationship()
    made_by: Mapped[Account | None] = relationship(foreign_keys=[made_by_id])
    job: Mapped[Job | None] = relationship()


class Unsubscription(Base):
    """An address that wants no more news; only its digest is kept."""

    __tablename__ = "unsubscription"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class VisaLetter(Base):
    """An invitation letter that an exhibitor from abroad asks for."""

    __tablename__ = "visa_letter"
    __table_args__ = (
        UniqueConstraint("fair_id", "number"),
        UniqueConstraint("application_id", "is_open"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    state: Mapped[VisaState] = mapped_column(one_of(VisaState), default=VisaState.ASKED)
    is_open: Mapped[bool | None] = mapped_column(default=True)
    """None once it is answered or withdrawn, so that the key lets one at a time wait."""
    people: Mapped[list[Any]] = mapped_column(default=list)
    """Name and nationality; passport numbers only until the letter is printed, refused or withdrawn."""
    embassy: Mapped[str] = mapped_column(String(160), default="")
    language: Mapped[str] = mapped_column(String(10))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    number: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    """In the address where anybody with the paper checks that it is genuine."""
    signer: Mapped[str] = mapped_column(String(120), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    file_key: Mapped[str | None] = mapped_column(String(80))
    """The paper in the store of private files; None again once it is erased."""
    erased_at: Mapped[datetime | None]
    """When names and paper were forgotten."""
    fair: Mapped[Fair] = relationship()
    application: Mapped[Application] = relationship()


class LetterLog(Base):
    """One letter to one reader."""

    __tablename__ = "letter_log"
    __table_args__ = (
        UniqueConstraint("outbox_id", "reader"),
        UniqueConstraint("mailing_id", "organisation_id", "reader"),
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
    attachment: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """The name of the file that came with it."""
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailing.id"))
    """Of the organiser's mailing: its words were put together when that went out."""
    fair: Mapped[Fair] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    outbox: Mapped[OutboxMessage] = relationship()
