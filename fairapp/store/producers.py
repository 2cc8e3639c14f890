"""Organisations that last over fairs, their people, products, certificates and photos."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.producers import OrganisationKind
from fairapp.store.accounts import Account
from fairapp.store.base import Base, Texts, one_of


class Photo(Base):
    """A re-encoded picture, kept as files named by its digest."""

    __tablename__ = "photo"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    """Whose it is; no foreign key: a logo is a photo too, and the tables would hang in a circle."""
    large: Mapped[str] = mapped_column(String(80))
    """The file's name in the file store, at most 1600 px; ``small`` at most 480 px."""
    small: Mapped[str] = mapped_column(String(80))
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[Texts] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]


class Organisation(Base):
    """A maker: one profile that lasts over fairs."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind))
    name: Mapped[str] = mapped_column(String(200))
    """As it writes itself, in its own script."""
    name_latin: Mapped[str] = mapped_column(String(200), default="")
    name_language: Mapped[str] = mapped_column(String(10), default="vi")
    country: Mapped[str] = mapped_column(String(2), default="VN", index=True)
    units_version: Mapped[str] = mapped_column(String(10), default="2025")
    province_code: Mapped[str | None] = mapped_column(String(10), index=True)
    commune_code: Mapped[str | None] = mapped_column(String(10))
    place: Mapped[str] = mapped_column(String(200), default="")
    """Province or place in words, where no administrative code is known."""
    address: Mapped[str] = mapped_column(String(300), default="")
    tax_code: Mapped[str | None] = mapped_column(String(20), index=True)
    personal_number: Mapped[str | None] = mapped_column(String(12))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    website: Mapped[str | None] = mapped_column(String(300))
    contact_is_public: Mapped[bool] = mapped_column(default=False)
    story: Mapped[Texts] = mapped_column(default=dict)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    folded: Mapped[str] = mapped_column(Text, default="")
    """Names and place folded for search."""
    name_key: Mapped[str] = mapped_column(String(300), default="", index=True)
    """Sorts by the Vietnamese alphabet."""
    import_key: Mapped[str | None] = mapped_column(String(300), index=True)
    version: Mapped[int] = mapped_column(default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    logo: Mapped[Photo | None] = relationship(foreign_keys=[logo_id])


class Membership(Base):
    """An account acts for an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("organisation_id", "account_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    since: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship()
    account: Mapped[Account] = relationship()


class Invitation(Base):
    """Somebody is asked by mail to act for an organisation too."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()


class Product(Base):
    """Something an organisation makes, with its group and stars."""

    __tablename__ = "product"
    # One index for both: with one of its own, a group is looked up among the products of a whole country.
    __table_args__ = (Index("ix_product_organisation_group", "organisation_id", "group_code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    names: Mapped[Texts]
    """By language; ``native`` where its own script is neither Vietnamese nor English."""
    texts: Mapped[Texts] = mapped_column(default=dict)
    scheme: Mapped[str] = mapped_column(String(20), default="ocop2021")
    group_code: Mapped[str] = mapped_column(String(20))
    stars: Mapped[int | None]
    trace_code: Mapped[str | None] = mapped_column(String(60))
    origin_province: Mapped[str | None] = mapped_column(String(10))
    origin_commune: Mapped[str | None] = mapped_column(String(10))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    folded: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()
    photo: Mapped[Photo | None] = relationship()


class Certificate(Base):
    """What a product's stars rest on."""

    __tablename__ = "certificate"
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    authority: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(80))
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    product: Mapped[Product] = relationship()
