"""The books of a fair: read as a trial balance, and closed where nothing will come any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.billing import AGAINST, InvoiceKind, InvoiceRefusal, InvoiceState, InvoiceStep
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.ledger import TrialBalance
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_balance import balances_of
from fairapp.usecases import audit
from fairapp.usecases.booking import lock_invoices
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Give up what is due of an invoice, and say why."""

    invoice_id: int
    reason: str


def trial_balances(session: Session, actor: Actor, fair_id: int) -> dict[str, TrialBalance]:
    """The fair's trial balance in each of its currencies.

    :raises NotAllowed: when the actor may not see the fair's money.
    """
    require(actor, Permission.MONEY_SEE, fair_id)
    return balances_of(session, fair_id)


def invoice_of(session: Session, actor: Actor, invoice_id: int, fair_id: int) -> Invoice:
    """The invoice, if it is of this fair and the actor sees its money.

    :raises Missing: otherwise.
    """
    found = session.get(Invoice, invoice_id)
    if found is None or found.fair_id != fair_id or not actor.may(Permission.MONEY_SEE, fair_id):
        raise Missing
    return found


def write_off(session: Session, actor: Actor, order: WriteOff, fair_id: int, now: datetime) -> Invoice:
    """Give up what is due; what was paid stays paid, and the invoice takes no money any more.

    :raises Refused: when nothing is due, or the invoice is dead or a credit note.
    """
    invoice_of(session, actor, order.invoice_id, fair_id)
    require(actor, Permission.MONEY_EDIT, fair_id)
    (invoice,) = lock_invoices(session, [order.invoice_id])
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        raise Refused(InvoiceRefusal.IS_CREDIT_NOTE)
    if against := AGAINST[invoice.state, InvoiceStep.WRITE_OFF]:
        raise Refused(against)
    lost = 0
    for instalment in session.scalars(select(Instalment).where(Instalment.invoice_id == invoice.id)):
        lost += instalment.open_minor
        instalment.waived_minor += instalment.open_minor
    invoice.written_off_minor += lost
    invoice.state, invoice.reason = InvoiceState.WRITTEN_OFF, order.reason[:300]
    invoice.version += 1
    audit.record(session, actor, "money.written_off", now, fair_id=fair_id, invoice=invoice.id, amount=lost)
    return invoice
