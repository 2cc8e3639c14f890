"""Money that came in: payments and where their parts went, and the bank's statements with their lines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.billing import BankLineState, MoneyTaskKind, PartKind, PaymentState
from fairapp.rules.matching import Doubt
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import Base, Json, one_of
from fairapp.store.billing import Instalment


class BankStatement(Base):
    """A file of the bank: kept, its columns told, then taken in once."""

    __tablename__ = "bank_statement"
    __table_args__ = (UniqueConstraint("fair_id", "digest"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    file_key: Mapped[str] = mapped_column(String(80))
    currency: Mapped[str] = mapped_column(String(3))
    decimals: Mapped[int] = mapped_column(default=0)
    """How many digits the currency's smallest unit has behind the comma."""
    header: Mapped[list[Any]] = mapped_column(default=list)
    columns: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the columns of these titles hold."""
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What became of its lines, from the moment they were taken in."""
    applied_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class BankLine(Base):
    """One transfer of a statement; the same transfer in two statements counts once."""

    __tablename__ = "bank_line"
    __table_args__ = (UniqueConstraint("fair_id", "digest"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"), index=True)
    row: Mapped[int]
    booked_on: Mapped[date]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text, default="")
    counterpart: Mapped[str] = mapped_column(String(300), default="")
    reference: Mapped[str] = mapped_column(String(100), default="")
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[BankLineState] = mapped_column(one_of(BankLineState), default=BankLineState.IMPORTED)
    statement: Mapped[BankStatement] = relationship()


class Payment(Base):
    """Money that came in, by hand or from a statement."""

    __tablename__ = "payment"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    received_on: Mapped[date]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    payer_name: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    bank_line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_line.id"), unique=True)
    entry_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    """Of the form it was typed into: a second press finds the first one's payment."""
    matched_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    refunded_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[PaymentState] = mapped_column(one_of(PaymentState), default=PaymentState.UNMATCHED)
    doubt: Mapped[Doubt | None] = mapped_column(one_of(Doubt))
    """Why it, or a part of it, could not be booked by itself."""
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    bank_line: Mapped[BankLine | None] = relationship()

    @property
    def left_minor(self) -> int:
        """What belongs to no instalment and has not gone back."""
        return self.amount_minor - self.matched_minor - self.refunded_minor


class PaymentPart(Base):
    """A part of a payment: booked on an instalment, or sent back; taken off again below zero."""

    __tablename__ = "payment_part"
    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("instalment.id"), index=True)
    kind: Mapped[PartKind] = mapped_column(one_of(PartKind))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    entry_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    """Of the form that asked for it: a second press does nothing."""
    note: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    payment: Mapped[Payment] = relationship()
    instalment: Mapped[Instalment | None] = relationship()


class MoneyTask(Base):
    """Something about money that a person has to look at."""

    __tablename__ = "money_task"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[MoneyTaskKind] = mapped_column(one_of(MoneyTaskKind))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"))
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("instalment.id"))
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    payment: Mapped[Payment | None] = relationship()
    exhibitor: Mapped[Exhibitor | None] = relationship()
