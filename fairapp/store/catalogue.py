"""What a fair's catalogue holds beside its exhibitors: texts, advertisements, whole pages; its cut-offs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.catalogue import InsertKind, InsertPlace, TextKind
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import Base, one_of


class CatalogueText(Base):
    """A text before the chapters, in one language."""

    __tablename__ = "catalogue_text"
    __table_args__ = (UniqueConstraint("fair_id", "kind", "language"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    kind: Mapped[TextKind] = mapped_column(one_of(TextKind))
    language: Mapped[str] = mapped_column(String(10))
    heading: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    signed: Mapped[str] = mapped_column(String(200), default="")
    changed_at: Mapped[datetime]


class CatalogueCutOff(Base):
    """Until when changes go into the catalogue of one language; later ones are its addendum's."""

    __tablename__ = "catalogue_cut_off"
    __table_args__ = (UniqueConstraint("fair_id", "language"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    language: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    frozen_key: Mapped[str] = mapped_column(String(80), default="")
    """What the edition held at that moment, in a store that no address leads to; empty: not kept yet."""


class CatalogueInsert(Base):
    """An advertisement, or an exhibitor's entry on a page of its own."""

    __tablename__ = "catalogue_insert"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[InsertKind] = mapped_column(one_of(InsertKind))
    place: Mapped[InsertPlace] = mapped_column(one_of(InsertPlace), default=InsertPlace.FRONT)
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"), unique=True)
    """Whose entry it is; None: an advertisement."""
    said: Mapped[str] = mapped_column(String(200), default="")
    """What the picture shows."""
    picture: Mapped[str] = mapped_column(String(80), default="")
    """Its name in the file store."""
    made_at: Mapped[datetime]
    exhibitor: Mapped[Exhibitor | None] = relationship()
