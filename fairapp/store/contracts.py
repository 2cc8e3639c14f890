"""A fair's contract in its versions, and everybody who has signed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.contracts import SignatureState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import Base, Json, Texts, one_of
from fairapp.store.fairs import Fair


class Contract(Base):
    """A version of the contract, a text per language; without ``published_at`` the draft of the next."""

    __tablename__ = "contract"
    __table_args__ = (UniqueConstraint("fair_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    number: Mapped[int]
    texts: Mapped[Texts] = mapped_column(default=dict)
    must_sign_again: Mapped[bool] = mapped_column(default=True)
    """Whether signatures of earlier versions end with this one."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    fair: Mapped[Fair] = relationship()


class Signature(Base):
    """One exhibitor's signature under one version; refused ones stay in the log."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("contract_id", "application_id", "is_live"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    state: Mapped[SignatureState] = mapped_column(one_of(SignatureState), default=SignatureState.SIGNED)
    is_live: Mapped[bool | None] = mapped_column(default=True)
    """None once refused, so that the key lets the exhibitor sign again but never twice."""
    language: Mapped[str] = mapped_column(String(10))
    typed_name: Mapped[str] = mapped_column(String(120))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime]
    address: Mapped[str | None] = mapped_column(String(45))
    digest: Mapped[str] = mapped_column(String(64))
    """Of ``facts``: the text, the parties and the booths as they were shown."""
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    file_key: Mapped[str] = mapped_column(String(80))
    """The PDF copy in the store of private files; ``both_key``: the one with both signatures."""
    countersigned_name: Mapped[str] = mapped_column(String(120), default="")
    countersigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    countersigned_at: Mapped[datetime | None]
    both_key: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(500), default="")
    refused_at: Mapped[datetime | None]
    contract: Mapped[Contract] = relationship()
    application: Mapped[Application] = relationship()
    signed_by: Mapped[Account | None] = relationship(foreign_keys=[signed_by_id])
