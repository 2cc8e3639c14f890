"""Companies that a main exhibitor names: co-exhibitors at its stand, and those it represents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.partners import PartnerKind, PartnerState
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import Base, Texts, one_of


class Partner(Base):
    """A company named under a main exhibitor of one fair."""

    __tablename__ = "partner"
    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    kind: Mapped[PartnerKind] = mapped_column(one_of(PartnerKind))
    state: Mapped[PartnerState] = mapped_column(one_of(PartnerState), default=PartnerState.PROPOSED)
    name: Mapped[str] = mapped_column(String(200))
    name_latin: Mapped[str] = mapped_column(String(200), default="")
    name_key: Mapped[str] = mapped_column(String(300), default="")
    """What makes two spellings one name."""
    folded: Mapped[str] = mapped_column(String(420), default="")
    """Both names folded for search."""
    country: Mapped[str] = mapped_column(String(2))
    place: Mapped[str] = mapped_column(String(200), default="")
    tax_code: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    """Whoever completes the co-exhibitor's own profile."""
    texts: Mapped[Texts] = mapped_column(default=dict)
    """For the catalogue, by language."""
    group_code: Mapped[str] = mapped_column(String(20), default="")
    products: Mapped[list[Any]] = mapped_column(default=list)
    """Names of products."""
    partner_exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    """The exhibitor that an approved co-exhibitor has become."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it was refused, in the organiser's words."""
    named_at: Mapped[datetime]
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    exhibitor: Mapped[Exhibitor] = relationship(foreign_keys=[exhibitor_id])
    partner_exhibitor: Mapped[Exhibitor | None] = relationship(foreign_keys=[partner_exhibitor_id])
    named_by: Mapped[Account | None] = relationship(foreign_keys=[named_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
