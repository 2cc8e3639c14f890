"""How far each exhibitor of a fair has paid, as the board shows it: the first payment, and the whole."""

from __future__ import annotations

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from fairapp.rules.billing import OPEN_INVOICES, InstalmentKind, InvoiceKind, InvoiceState, Payer
from fairapp.rules.board_colours import Standing
from fairapp.store.billing import Instalment, Invoice

_FIRST = (InstalmentKind.DEPOSIT, InstalmentKind.WHOLE)


def money_standings(session: Session, fair_id: int) -> dict[int, Standing]:
    """By exhibitor, what its own invoices say; whoever was sent none is missing."""
    is_open = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor > 0
    rows = session.execute(
        select(
            Invoice.exhibitor_id,
            func.max(case((is_open & Instalment.kind.in_(_FIRST), 1), else_=0)),
            func.max(case((is_open, 1), else_=0)),
        )
        .join(Instalment, Instalment.invoice_id == Invoice.id)
        .where(
            Invoice.fair_id == fair_id,
            Invoice.exhibitor_id.is_not(None),
            Invoice.payer == Payer.PRODUCER,
            Invoice.kind == InvoiceKind.INVOICE,
            Invoice.state.in_((*OPEN_INVOICES, InvoiceState.PAID)),
        )
        .group_by(Invoice.exhibitor_id)
    )
    return {
        exhibitor_id: Standing.DUE if first else Standing.DEPOSIT if anything else Standing.SETTLED
        for exhibitor_id, first, anything in rows
    }
