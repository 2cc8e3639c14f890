"""What money holds against a step: a deposit that has not arrived, a sum that is still due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.applications import Step
from fairapp.rules.billing import (
    OPEN_INVOICES,
    InstalmentKind,
    InvoiceKind,
    InvoiceState,
    MoneyHindrance,
    Payer,
    number_text,
)
from fairapp.rules.guards import Act, Deed, Hindrance
from fairapp.rules.prices import MoneySettings
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.billing import Instalment, Invoice

ROOM = "money"


def money_in_the_way(
    session: Session, application: Application, act: Act, _now: datetime
) -> Iterator[Hindrance]:
    """The deposit before taking part is confirmed, all before a booth is handed over: as the fair says."""
    settings = MoneySettings.read(application.fair.settings)
    if act is Step.CONFIRM and settings.confirm_needs_deposit:
        yield from deposit_in_the_way(session, application)
    if act is Deed.HAND_OVER and settings.hand_over_needs_payment:
        yield from _unpaid(session, application, MoneyHindrance.PAYMENT_DUE, tuple(InstalmentKind))


def deposit_in_the_way(session: Session, application: Application) -> Iterator[Hindrance]:
    """The deposit that has not come yet, whatever the step."""
    first = (InstalmentKind.DEPOSIT, InstalmentKind.WHOLE)
    yield from _unpaid(session, application, MoneyHindrance.DEPOSIT_DUE, first)


def _unpaid(
    session: Session, application: Application, reason: MoneyHindrance, kinds: tuple[InstalmentKind, ...]
) -> Iterator[Hindrance]:
    """The first invoice with something open of these kinds; or that there is no invoice at all yet."""
    exhibitor = exhibitor_from(session, application.id)
    if exhibitor is None:
        return
    invoices = select(Invoice).where(
        Invoice.exhibitor_id == exhibitor.id,
        Invoice.payer == Payer.PRODUCER,
        Invoice.kind == InvoiceKind.INVOICE,
    )
    if session.scalar(invoices.where(Invoice.state != InvoiceState.DRAFT).limit(1)) is None:
        yield Hindrance(MoneyHindrance.NOT_INVOICED, ROOM)
        return
    still = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor > 0
    found = session.scalar(
        invoices.join(Instalment, Instalment.invoice_id == Invoice.id)
        .where(Invoice.state.in_(OPEN_INVOICES), Instalment.kind.in_(kinds), still)
        .order_by(Instalment.due_on, Instalment.id)
        .limit(1)
    )
    if found is not None:
        number = number_text(application.fair.code, found.kind, found.number)
        yield Hindrance(reason, ROOM, {"money_number": number})
