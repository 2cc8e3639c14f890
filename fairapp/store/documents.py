"""Documents of organisations, and which of them a fair asks for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.documents import DocumentKind, DocumentState, Stops, Whence
from fairapp.store.accounts import Account
from fairapp.store.base import Base, Texts, one_of
from fairapp.store.fairs import Fair
from fairapp.store.producers import Organisation


class DocumentRequirement(Base):
    """A fair asks for a kind of document, of everybody or of some."""

    __tablename__ = "document_requirement"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(one_of(DocumentKind))
    stops: Mapped[Stops] = mapped_column(one_of(Stops))
    whence: Mapped[Whence] = mapped_column(one_of(Whence), default=Whence.ANYWHERE)
    organisation_kinds: Mapped[list[Any]] = mapped_column(default=list)
    """Values of OrganisationKind; empty: every kind. ``group_codes`` and ``booth_kinds`` (codes) likewise."""
    group_codes: Mapped[list[Any]] = mapped_column(default=list)
    booth_kinds: Mapped[list[Any]] = mapped_column(default=list)
    texts: Mapped[Texts] = mapped_column(default=dict)
    """What exactly is asked, in the organiser's words."""
    fair: Mapped[Fair] = relationship()


class Document(Base):
    """A document of an organisation: uploaded once, good for every fair."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(one_of(DocumentKind))
    state: Mapped[DocumentState] = mapped_column(
        one_of(DocumentState), default=DocumentState.UPLOADED, index=True
    )
    file_key: Mapped[str] = mapped_column(String(80))
    """In the store of private files: no public address leads there."""
    size: Mapped[int]
    number: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it was refused, in the organiser's words."""
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_for_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"))
    removed_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()
    checked_by: Mapped[Account | None] = relationship(foreign_keys=[checked_by_id])
    checked_for: Mapped[Fair | None] = relationship()
