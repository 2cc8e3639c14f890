"""The real books balance: any order of invoices, payments, credits and cancellations, right or refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.billing import PriceKind
from fairapp.rules.errors import Missing, Refused
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Instalment, Invoice, InvoiceLine
from fairapp.store.billing_balance import balances_of, issued_invoices
from fairapp.store.billing_bank import Payment
from fairapp.store.fairs import Fair
from fairapp.usecases.billing_balance import WriteOff, write_off
from fairapp.usecases.billing_credits import CreditLines, VoidInvoice, credit_lines, void_invoice
from fairapp.usecases.billing_invoices import draft_for_exhibitor, issue_invoice
from fairapp.usecases.billing_matching import BookParts, SendBack, book_parts, refund, take_off
from fairapp.usecases.billing_payments import ReceivePayment, receive_payment
from fairapp.usecases.cancelling import end_charges
from fairapp.usecases.charging import ChargeFor, charge
from tests import factories as make
from tests import money
from tests.factories import NOW

UNIT = 100_000


class Books:
    """A fair with two exhibitors, and everything that can be done to its money."""

    def __init__(self, session: Session) -> None:
        self.session, self.numbers = session, count(1)
        self.fair: Fair = money.fair(session)
        self.exhibitors: list[Exhibitor] = [
            make.exhibitor(session, make.organisation(session), self.fair) for _ in range(2)
        ]

    def pick(self, table: Any, pick: int, *where: Any) -> Any:
        found = self.session.scalars(select(table).where(*where).order_by(table.id)).all()
        if not found:
            raise Missing
        return found[pick % len(found)]

    def invoice(self, pick: int, units: int) -> None:
        exhibitor = self.exhibitors[pick % 2]
        order = ChargeFor(
            exhibitor.id,
            f"hand:{next(self.numbers)}",
            kind=PriceKind.OTHER,
            names={"en": "Something"},
            unit_price_minor=units * UNIT + 1,
            vat_bp=(pick % 3) * 500,
        )
        charge(self.session, SYSTEM, order, NOW)
        draft = draft_for_exhibitor(self.session, SYSTEM, exhibitor.id, NOW)
        issue_invoice(self.session, SYSTEM, draft.id, NOW)

    def pay(self, pick: int, units: int) -> None:
        order = ReceivePayment(
            self.pick(Instalment, pick).id, units * UNIT, NOW.date(), self.key(), is_checked=True
        )
        receive_payment(self.session, SYSTEM, order, NOW)

    def arrive(self, _pick: int, units: int) -> None:
        if units > 0:
            make.payment(self.session, self.fair, units * UNIT)

    def book(self, pick: int, units: int) -> None:
        parts = ((self.pick(Instalment, pick // 3).id, units * UNIT),)
        order = BookParts(self.pick(Payment, pick).id, parts, self.key())
        book_parts(self.session, SYSTEM, order, self.fair.id, NOW)

    def off(self, pick: int, _units: int) -> None:
        payment, instalment = self.pick(Payment, pick), self.pick(Instalment, pick // 3)
        take_off(self.session, SYSTEM, payment.id, instalment.id, self.fair.id, NOW)

    def back(self, pick: int, units: int) -> None:
        order = SendBack(self.pick(Payment, pick).id, units * UNIT, "FT", self.key())
        refund(self.session, SYSTEM, order, self.fair.id, NOW)

    def credit(self, pick: int, _units: int) -> None:
        line = self.pick(InvoiceLine, pick, InvoiceLine.credits_line_id.is_(None))
        credit_lines(self.session, SYSTEM, CreditLines(line.invoice_id, (line.id,), "wrong"), NOW)

    def void(self, pick: int, _units: int) -> None:
        void_invoice(self.session, SYSTEM, VoidInvoice(self.pick(Invoice, pick).id, "wrong"), NOW)

    def give_up(self, pick: int, _units: int) -> None:
        order = WriteOff(self.pick(Invoice, pick).id, "gone")
        write_off(self.session, SYSTEM, order, self.fair.id, NOW)

    def cancel(self, pick: int, _units: int) -> None:
        end_charges(self.session, SYSTEM, self.exhibitors[pick % 2], NOW, with_fee=True)

    def key(self) -> str:
        return f"k{next(self.numbers)}"

    def check(self) -> None:
        for balance in balances_of(self.session, self.fair.id).values():
            assert balance.closes
        wanted = select(Invoice).where(issued_invoices(self.fair.id))
        for invoice in self.session.scalars(wanted):
            parts = self.session.scalars(select(Instalment).where(Instalment.invoice_id == invoice.id)).all()
            given_up = invoice.credited_minor + invoice.written_off_minor
            assert sum(part.paid_minor for part in parts) == invoice.paid_minor
            assert sum(part.waived_minor for part in parts) == given_up
            assert all(part.open_minor >= 0 for part in parts)
        for payment in self.session.scalars(select(Payment)):
            assert payment.left_minor >= 0


ACTS: tuple[Callable[[Books, int, int], None], ...] = (
    Books.invoice,
    Books.pay,
    Books.arrive,
    Books.book,
    Books.off,
    Books.back,
    Books.credit,
    Books.void,
    Books.give_up,
    Books.cancel,
)
"""``sampled_from`` shrinks towards the first."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    first=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 12)), min_size=1, max_size=3),
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 50), st.integers(-1, 12)), min_size=3, max_size=18
    ),
)
def test_the_books_close_after_any_acts_in_any_order(
    session: Session,
    first: list[tuple[int, int]],
    acts: list[tuple[Callable[[Books, int, int], None], int, int]],
) -> None:
    example = session.begin_nested()
    books = Books(session)
    for pick, units in first:
        books.invoice(pick, units)
    for act, pick, units in acts:
        try:
            with session.begin_nested():
                act(books, pick, units)
        except (Refused, Missing):
            session.expire_all()
        books.check()
    example.rollback()
    session.expire_all()
