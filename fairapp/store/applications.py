"""Applications of organisations for fairs, with their history and notes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.applications import State, Step
from fairapp.store.accounts import Account
from fairapp.store.base import Base, Json, one_of
from fairapp.store.fairs import BoothKind, Fair
from fairapp.store.producers import Organisation, Product


class Application(Base):
    """One organisation asks for floor in one fair."""

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("fair_id", "organisation_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    """The delegation that brings the producer, if one does."""
    state: Mapped[State] = mapped_column(one_of(State), default=State.DRAFT, index=True)
    booth_kind_id: Mapped[int | None] = mapped_column(ForeignKey("booth_kind.id"))
    booths: Mapped[int] = mapped_column(default=1)
    area_m2: Mapped[float | None]
    wishes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """zone, near, not_near, corner, hall: as the form asks."""
    needs: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """power_w, water, and words."""
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    terms_version: Mapped[str | None] = mapped_column(String(20))
    terms_accepted_at: Mapped[datetime | None]
    steps_seen: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    """The organiser's words of the last return or decision."""
    reason_fields: Mapped[list[Any]] = mapped_column(default=list)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    fair: Mapped[Fair] = relationship()
    organisation: Mapped[Organisation] = relationship()
    booth_kind: Mapped[BoothKind | None] = relationship()


class ApplicationProduct(Base):
    """A product the applicant wants to show."""

    __tablename__ = "application_product"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    product: Mapped[Product] = relationship()


class ApplicationStep(Base):
    """One step of an application's life."""

    __tablename__ = "application_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    step: Mapped[Step] = mapped_column(one_of(Step))
    before: Mapped[State] = mapped_column(one_of(State))
    after: Mapped[State] = mapped_column(one_of(State))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    by: Mapped[Account | None] = relationship()


class ReviewNote(Base):
    """An organiser's or reviewer's words about an application, never shown to the applicant."""

    __tablename__ = "review_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    by: Mapped[Account | None] = relationship()
