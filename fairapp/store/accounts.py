"""Accounts, what they are granted, what they agreed to, and the links mailed to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from fairapp.rules.actors import Role
from fairapp.rules.text import fold
from fairapp.store.base import Base, one_of


class Account(Base):
    """Somebody who can sign in."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_folded: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_folded: Mapped[str] = mapped_column(String(480), default="")
    """The name as searches spell it; follows the name by itself."""
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10), default="vi")
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    epoch: Mapped[int] = mapped_column(default=0)
    """Raised when the password changes: every older session ends."""
    is_demo: Mapped[bool] = mapped_column(default=False)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_folded = fold(name)[:480]
        return name


class RoleGrant(Base):
    """A role held by an account, in one fair or (fair_id empty) in all."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "fair_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    fair_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    granted_at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class Consent(Base):
    """Somebody agreed to a version of a notice, at a time, in a language."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    notice: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class MailedLink(Base):
    """A single-use link sent by mail; only the digest of its secret is kept."""

    __tablename__ = "mailed_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    new_email: Mapped[str | None] = mapped_column(String(254))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()


class LoginFailure(Base):
    """One failed sign-in, counted per account name and per address; successes are not kept."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_kind_digest_at", "kind", "digest", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
