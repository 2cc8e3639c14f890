"""Statements and payments as the office looks through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.billing import PartKind
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import BankLine, BankStatement, MoneyTask, Payment, PaymentPart

_LEFT = Payment.amount_minor - Payment.matched_minor - Payment.refunded_minor
MOST_TASKS = 50


@dataclass(frozen=True, slots=True)
class Booked:
    """A part of a payment where it stands now."""

    instalment_id: int
    reference: str
    invoice_id: int
    number: int | None
    payer_name: str
    amount_minor: int


def how_many(session: Session, found: Select[*tuple[Any, ...]]) -> int:
    """How many rows a list has."""
    return session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0


def statements_of(fair_id: int) -> Select[BankStatement]:
    """A fair's statements, the latest first."""
    return select(BankStatement).where(BankStatement.fair_id == fair_id).order_by(BankStatement.id.desc())


def payments_of_statement(statement_id: int) -> Select[Payment]:
    """What came in by a statement, in the order of its lines."""
    return (
        select(Payment)
        .join(BankLine, BankLine.id == Payment.bank_line_id)
        .where(BankLine.statement_id == statement_id)
        .order_by(BankLine.row)
        .options(joinedload(Payment.bank_line))
    )


def payments_in_state(fair_id: int, which: str) -> Select[Payment]:
    """A fair's payments: ``open`` ones with something left, ``booked`` or ``refunded`` ones, or all."""
    found = (
        select(Payment)
        .where(Payment.fair_id == fair_id)
        .order_by(Payment.received_on.desc(), Payment.id.desc())
    )
    return {
        "open": found.where(_LEFT > 0),
        "booked": found.where(Payment.matched_minor > 0),
        "refunded": found.where(Payment.refunded_minor > 0),
    }.get(which, found)


def money_waiting(session: Session, fair_id: int) -> list[tuple[str, int, int]]:
    """(currency, how many payments, how much of them) that nobody has put anywhere yet."""
    rows = session.execute(
        select(Payment.currency, func.count(), func.sum(_LEFT))
        .where(Payment.fair_id == fair_id, _LEFT > 0)
        .group_by(Payment.currency)
        .order_by(Payment.currency)
    )
    return [(currency, many, int(left)) for currency, many, left in rows]


def tasks_without_payment(session: Session, fair_id: int) -> Sequence[MoneyTask]:
    """What else somebody has to look at, the oldest first."""
    return session.scalars(
        select(MoneyTask)
        .where(MoneyTask.fair_id == fair_id, MoneyTask.done_at.is_(None), MoneyTask.payment_id.is_(None))
        .order_by(MoneyTask.id)
        .limit(MOST_TASKS)
        .options(joinedload(MoneyTask.exhibitor).joinedload(Exhibitor.organisation))
    ).all()


def parts_of(session: Session, payment_id: int) -> Sequence[PaymentPart]:
    """Everything that was done with a payment, the oldest first."""
    return session.scalars(
        select(PaymentPart)
        .where(PaymentPart.payment_id == payment_id)
        .order_by(PaymentPart.id)
        .options(joinedload(PaymentPart.instalment).joinedload(Instalment.invoice))
    ).all()


def booked_parts(session: Session, payment_ids: Sequence[int]) -> dict[int, list[Booked]]:
    """Where payments are booked now; what was taken off again is not there."""
    total = func.sum(PaymentPart.amount_minor)
    rows = session.execute(
        select(
            PaymentPart.payment_id,
            Instalment.id,
            Instalment.reference,
            Invoice.id,
            Invoice.number,
            Invoice.payer_name,
            total,
        )
        .join(Instalment, Instalment.id == PaymentPart.instalment_id)
        .join(Invoice, Invoice.id == Instalment.invoice_id)
        .where(PaymentPart.payment_id.in_(list(payment_ids)), PaymentPart.kind == PartKind.INSTALMENT)
        .group_by(
            PaymentPart.payment_id,
            Instalment.id,
            Instalment.reference,
            Invoice.id,
            Invoice.number,
            Invoice.payer_name,
        )
        .having(total != 0)
        .order_by(Instalment.id)
    )
    found: dict[int, list[Booked]] = {}
    for payment_id, number, reference, invoice_id, of_invoice, payer, amount in rows:
        booked = Booked(number, reference, invoice_id, of_invoice, payer, int(amount))
        found.setdefault(payment_id, []).append(booked)
    return found
