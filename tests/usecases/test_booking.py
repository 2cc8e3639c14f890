"""Money put where it belongs, and taken off again: both sides change together, refusals change nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.billing import InvoiceRefusal, InvoiceState, MoneyTaskKind, PaymentRefusal, PaymentState
from fairapp.rules.errors import Refused
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing_bank import MoneyTask, PaymentPart
from fairapp.usecases.booking import book, booked_on, free_paid, remember, send_back, unbook
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def exhibitor(session: Session) -> Exhibitor:
    return make.exhibitor(session, make.organisation(session), make.fair(session))


def test_a_part_changes_payment_instalment_and_invoice_at_once(
    session: Session, exhibitor: Exhibitor
) -> None:
    invoice = make.invoice(session, exhibitor)
    first, second = make.instalments_of(session, invoice)
    payment = make.payment(session, exhibitor.fair, 5_000_000)
    book(session, SYSTEM, payment, first, 3_300_000, NOW)
    assert (invoice.state, invoice.paid_minor) == (InvoiceState.PART_PAID, 3_300_000)
    assert (first.open_minor, payment.left_minor, payment.state) == (0, 1_700_000, PaymentState.SPLIT)
    book(session, SYSTEM, payment, second, 1_700_000, NOW)
    assert (second.open_minor, payment.left_minor) == (1_600_000, 0)
    assert booked_on(session, payment.id) == {first.id: 3_300_000, second.id: 1_700_000}


def test_what_pays_the_whole_invoice_pays_it(session: Session, exhibitor: Exhibitor) -> None:
    invoice = make.invoice(session, exhibitor, (6_600_000,))
    payment = make.payment(session, exhibitor.fair, 6_600_000)
    book(session, SYSTEM, payment, make.instalments_of(session, invoice)[0], 6_600_000, NOW)
    assert (invoice.state, payment.state) == (InvoiceState.PAID, PaymentState.MATCHED)


@pytest.mark.parametrize(
    ("amount", "values", "reason"),
    [
        (0, {}, PaymentRefusal.NOT_POSITIVE),
        (-1, {}, PaymentRefusal.NOT_POSITIVE),
        (3_300_001, {}, PaymentRefusal.MORE_THAN_DUE),
        (3_300_000, {"currency": "VND"}, PaymentRefusal.MORE_THAN_LEFT),
        (1, {"currency": "USD"}, PaymentRefusal.OTHER_CURRENCY),
        (1, {"state": InvoiceState.VOIDED}, InvoiceRefusal.DEAD),
        (1, {"state": InvoiceState.DRAFT}, InvoiceRefusal.NOT_ISSUED),
    ],
)
def test_what_cannot_be_booked_is_refused_by_name_and_leaves_no_trace(
    session: Session, exhibitor: Exhibitor, amount: int, values: dict[str, object], reason: PaymentRefusal
) -> None:
    invoice = make.invoice(session, exhibitor, **values)
    first = make.instalments_of(session, invoice)[0]
    payment = make.payment(session, exhibitor.fair, 3_299_999 if amount == 3_300_000 else 4_000_000)
    with pytest.raises(Refused) as refused:
        book(session, SYSTEM, payment, first, amount, NOW)
    assert refused.value.reasons == (reason,)
    assert (first.paid_minor, payment.matched_minor) == (0, 0)
    assert session.scalars(select(PaymentPart)).all() == []


def test_a_payment_of_another_fair_is_not_booked_here(session: Session, exhibitor: Exhibitor) -> None:
    first = make.instalments_of(session, make.invoice(session, exhibitor))[0]
    elsewhere = make.payment(session, make.fair(session, "OTHER"))
    with pytest.raises(Refused) as refused:
        book(session, SYSTEM, elsewhere, first, 1, NOW)
    assert refused.value.reasons == (PaymentRefusal.OTHER_FAIR,)


def test_what_is_taken_off_is_a_credit_again_and_the_history_stays(
    session: Session, exhibitor: Exhibitor
) -> None:
    invoice = make.invoice(session, exhibitor)
    first = make.instalments_of(session, invoice)[0]
    payment = make.payment(session, exhibitor.fair)
    book(session, SYSTEM, payment, first, 3_300_000, NOW)
    unbook(session, SYSTEM, payment, first, NOW)
    assert (invoice.state, invoice.paid_minor, first.open_minor) == (InvoiceState.ISSUED, 0, 3_300_000)
    assert (payment.state, payment.left_minor) == (PaymentState.UNMATCHED, 3_300_000)
    assert [part.amount_minor for part in session.scalars(select(PaymentPart))] == [3_300_000, -3_300_000]
    with pytest.raises(Refused) as refused:
        unbook(session, SYSTEM, payment, first, NOW)
    assert refused.value.reasons == (InvoiceRefusal.NOTHING_PAID,)


def test_only_what_is_left_goes_back(session: Session, exhibitor: Exhibitor) -> None:
    payment = make.payment(session, exhibitor.fair, 1_000)
    remember(session, payment, MoneyTaskKind.CREDIT_LEFT, NOW)
    send_back(session, SYSTEM, payment, 400, "transfer 1", NOW)
    with pytest.raises(Refused) as refused:
        send_back(session, SYSTEM, payment, 601, "transfer 2", NOW)
    assert refused.value.reasons == (PaymentRefusal.MORE_THAN_LEFT,)
    assert session.scalars(select(MoneyTask.done_at)).all() == [None]
    send_back(session, SYSTEM, payment, 600, "transfer 2", NOW)
    assert (payment.state, payment.left_minor) == (PaymentState.REFUNDED, 0)
    assert session.scalars(select(MoneyTask.done_at)).all() == [NOW]


def test_a_credit_note_frees_the_latest_payments_first_and_tells_the_office(
    session: Session, exhibitor: Exhibitor
) -> None:
    invoice = make.invoice(session, exhibitor)
    first, second = make.instalments_of(session, invoice)
    early, late = (make.payment(session, exhibitor.fair) for _ in range(2))
    book(session, SYSTEM, early, first, 3_300_000, NOW)
    book(session, SYSTEM, late, second, 3_300_000, NOW)
    free_paid(session, SYSTEM, invoice, 4_000_000, NOW)
    assert (late.left_minor, early.left_minor, invoice.paid_minor) == (3_300_000, 700_000, 2_600_000)
    kinds = session.scalars(select(MoneyTask.kind).order_by(MoneyTask.id)).all()
    assert kinds == [MoneyTaskKind.CREDIT_LEFT, MoneyTaskKind.CREDIT_LEFT]
