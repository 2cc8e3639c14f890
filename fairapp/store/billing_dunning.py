"""Open instalments and the letters about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from fairapp.rules.billing import OPEN_INVOICES, InvoiceKind
from fairapp.rules.dunning import Reminder
from fairapp.rules.fairs import FairState
from fairapp.store.billing import Dunning, Instalment, Invoice
from fairapp.store.fairs import Fair

_OPEN = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor


def open_instalments(fair_id: int) -> Select[Instalment]:
    """Everything that is still to be paid, the longest due first."""
    return (
        select(Instalment)
        .join(Invoice, Invoice.id == Instalment.invoice_id)
        .where(Invoice.fair_id == fair_id, Invoice.kind == InvoiceKind.INVOICE)
        .where(Invoice.state.in_(OPEN_INVOICES), _OPEN > 0)
        .order_by(Instalment.due_on, Instalment.id)
        .options(contains_eager(Instalment.invoice))
    )


def due_between(session: Session, fair_id: int, first: date, last: date) -> Sequence[Instalment]:
    """What is still to be paid of these days."""
    return session.scalars(open_instalments(fair_id).where(Instalment.due_on.between(first, last))).all()


def reminders_sent(session: Session, instalment_ids: Sequence[int]) -> dict[int, list[Dunning]]:
    """The letters that went out, by instalment, the oldest first."""
    found: dict[int, list[Dunning]] = {}
    wanted = select(Dunning).where(Dunning.instalment_id.in_(list(instalment_ids))).order_by(Dunning.id)
    for row in session.scalars(wanted):
        found.setdefault(row.instalment_id, []).append(row)
    return found


def sent_of(rows: Sequence[Dunning]) -> list[Reminder]:
    """Which letters these are."""
    return [Reminder(row.reminder) for row in rows]


def fairs_with_something_due(session: Session) -> Sequence[Fair]:
    """Published fairs in which something is still to be paid."""
    waiting = select(Invoice.fair_id).where(Invoice.state.in_(OPEN_INVOICES))
    wanted = select(Fair).where(Fair.state == FairState.PUBLISHED, Fair.id.in_(waiting)).order_by(Fair.id)
    return session.scalars(wanted).all()
