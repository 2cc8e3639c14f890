"""Fairs with their halls, kinds of booths, floor plans and booths."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.fairs import BoothForm, FairState, FloorKind, PlanState
from fairapp.store.base import Base, Json, Texts, one_of


class ProductGroup(Base):
    """A group of products in a versioned scheme, such as ocop2021's "food"."""

    __tablename__ = "product_group"
    __table_args__ = (UniqueConstraint("scheme", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(20))
    names: Mapped[Texts]
    mark: Mapped[str] = mapped_column(String(10))
    """The shape and colour it is drawn with: food drink herb craft orn tour."""
    position: Mapped[int]


class Fair(Base):
    """One edition of a fair."""

    __tablename__ = "fair"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    names: Mapped[Texts]
    taglines: Mapped[Texts] = mapped_column(default=dict)
    texts: Mapped[Texts] = mapped_column(default=dict)
    terms: Mapped[Texts] = mapped_column(default=dict)
    terms_version: Mapped[str] = mapped_column(String(20), default="1")
    venue_names: Mapped[Texts] = mapped_column(default=dict)
    venue_address: Mapped[str] = mapped_column(String(300), default="")
    organiser_names: Mapped[Texts] = mapped_column(default=dict)
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    country: Mapped[str] = mapped_column(String(2), default="VN")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opening_hours: Mapped[str] = mapped_column(String(20), default="09:00–18:00")
    timezone: Mapped[str] = mapped_column(String(40), default="Asia/Ho_Chi_Minh")
    currency: Mapped[str] = mapped_column(String(3), default="VND")
    scheme: Mapped[str] = mapped_column(String(20), default="ocop2021")
    apply_from: Mapped[datetime | None]
    apply_until: Mapped[datetime | None]
    badges_until: Mapped[datetime | None]
    state: Mapped[FairState] = mapped_column(one_of(FairState), default=FairState.PLANNED)
    state_reason: Mapped[Texts] = mapped_column(default=dict)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"))
    is_demo: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime]


class BoothKind(Base):
    """A kind of booth a fair offers, with its price."""

    __tablename__ = "booth_kind"
    __table_args__ = (UniqueConstraint("fair_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    code: Mapped[str] = mapped_column(String(20))
    floor: Mapped[FloorKind] = mapped_column(one_of(FloorKind))
    names: Mapped[Texts]
    texts: Mapped[Texts] = mapped_column(default=dict)
    unit_area_m2: Mapped[float] = mapped_column(default=9.0)
    min_area_m2: Mapped[float] = mapped_column(default=9.0)
    price_minor: Mapped[int] = mapped_column(default=0)
    """In the currency's smallest unit; per booth for a shell scheme, per m² for raw space."""
    position: Mapped[int] = mapped_column(default=0)
    fair: Mapped[Fair] = relationship()


class Hall(Base):
    """A hall of a fair, drawn in local metres."""

    __tablename__ = "hall"
    __table_args__ = (UniqueConstraint("fair_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    code: Mapped[str] = mapped_column(String(40))
    names: Mapped[Texts] = mapped_column(default=dict)
    outline: Mapped[list[Any]] = mapped_column(default=list)
    """Rings of [x, y] metres, y down; empty: the box around its booths."""
    facilities: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    fair: Mapped[Fair] = relationship()


class FloorPlan(Base):
    """A version of a fair's plan: the draft as JSON, what was refused, and when it was published."""

    __tablename__ = "floor_plan"
    __table_args__ = (UniqueConstraint("fair_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    version: Mapped[int]
    state: Mapped[PlanState] = mapped_column(one_of(PlanState), default=PlanState.DRAFT)
    source_name: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    report: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    difference: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often the draft was drawn in: who saves over another revision is told, and nothing is lost."""
    backgrounds: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    """By hall the picture to trace: its private key, its height by its width, where it lies."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    fair: Mapped[Fair] = relationship()


class Booth(Base):
    """A booth of the published plan. It has no state: that follows from its claims."""

    __tablename__ = "booth"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    code: Mapped[str] = mapped_column(String(64))
    other_codes: Mapped[list[Any]] = mapped_column(default=list)
    """Further codes of the same floor: lists that name one of them mean this booth."""
    short_code: Mapped[str] = mapped_column(String(12), unique=True)
    """What its QR says: stays with the booth whoever stands there."""
    kind: Mapped[FloorKind] = mapped_column(one_of(FloorKind), default=FloorKind.SHELL_SCHEME)
    form: Mapped[BoothForm] = mapped_column(one_of(BoothForm), default=BoothForm.INLINE)
    outline: Mapped[list[Any]] = mapped_column(default=list)
    """Rings of [x, y] metres, y down: the outer one, then its holes."""
    area_m2: Mapped[float]
    open_sides: Mapped[int] = mapped_column(default=1)
    zone: Mapped[str | None] = mapped_column(String(60))
    instead_of: Mapped[list[Any]] = mapped_column(default=list)
    """Codes of the booths on whose floor this outline lies: an alternative outline, drawn and found."""
    is_let: Mapped[bool] = mapped_column(default=True)
    """False for an alternative outline: its floor belongs to other booths."""
    blocked_because: Mapped[str | None] = mapped_column(String(200))
    retired_at: Mapped[datetime | None]
    hall: Mapped[Hall] = relationship()
    fair: Mapped[Fair] = relationship()
