"""The books balance whatever happens in whatever order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fairapp.rules import ledger
from fairapp.rules.errors import Refused
from fairapp.rules.ledger import Books, LedgerRefusal, TrialBalance, balance_of

sums = st.integers(-2, 12)
picks = st.integers(0, 50)


class AnyOrder(RuleBasedStateMachine):
    """Every act with every sum, right or wrong; a refused act changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.books = Books()
        self.refused = 0

    def act(self, act: Callable[..., Books], *about: int) -> None:
        before = self.books
        try:
            self.books = act(before, *about)
        except Refused:
            assert self.books is before

    def invoice(self, pick: int) -> int:
        return sorted(self.books.invoices)[pick % len(self.books.invoices)]

    def payment(self, pick: int) -> int:
        return sorted(self.books.payments)[pick % len(self.books.payments)]

    @rule(gross=sums)
    def issue(self, gross: int) -> None:
        self.act(ledger.issue, len(self.books.invoices), gross)

    @rule(amount=sums)
    def receive(self, amount: int) -> None:
        self.act(ledger.receive, len(self.books.payments), amount)

    @precondition(lambda self: self.books.invoices and self.books.payments)
    @rule(payment=picks, invoice=picks, amount=sums)
    def match(self, payment: int, invoice: int, amount: int) -> None:
        self.act(ledger.match, self.payment(payment), self.invoice(invoice), amount)

    @precondition(lambda self: self.books.invoices and self.books.payments)
    @rule(payment=picks, invoice=picks)
    def unmatch(self, payment: int, invoice: int) -> None:
        self.act(ledger.unmatch, self.payment(payment), self.invoice(invoice))

    @precondition(lambda self: self.books.invoices)
    @rule(invoice=picks, amount=sums)
    def credit(self, invoice: int, amount: int) -> None:
        self.act(ledger.credit, self.invoice(invoice), amount)

    @precondition(lambda self: self.books.invoices)
    @rule(invoice=picks)
    def void(self, invoice: int) -> None:
        self.act(ledger.void, self.invoice(invoice))

    @precondition(lambda self: self.books.invoices)
    @rule(invoice=picks)
    def write_off(self, invoice: int) -> None:
        self.act(ledger.write_off, self.invoice(invoice))

    @precondition(lambda self: self.books.payments)
    @rule(payment=picks, amount=sums)
    def refund(self, payment: int, amount: int) -> None:
        self.act(ledger.refund, self.payment(payment), amount)

    @invariant()
    def every_dong_is_somewhere(self) -> None:
        assert balance_of(self.books).closes
        for line in self.books.invoices.values():
            assert min(line.paid, line.due, line.credited, line.written_off) >= 0
        for money in self.books.payments.values():
            assert min(money.matched, money.credit, money.refunded) >= 0

    @invariant()
    def both_sides_tell_the_same_bookings(self) -> None:
        for number, line in self.books.invoices.items():
            assert line.paid == sum(v for (_, of), v in self.books.booked.items() if of == number)
        for number, money in self.books.payments.items():
            assert money.matched == sum(v for (by, _), v in self.books.booked.items() if by == number)


AnyOrder.TestCase.settings = settings(max_examples=120, stateful_step_count=40)
TestAnyOrder = AnyOrder.TestCase


def start() -> Books:
    return ledger.receive(ledger.issue(Books(), 1, 100), 1, 120)


def test_money_is_a_credit_until_it_is_booked() -> None:
    books = ledger.match(start(), 1, 1, 60)
    assert balance_of(books) == TrialBalance(
        invoiced=100, paid=60, due=40, received=120, matched=60, credit=60
    )


def test_a_credit_note_frees_what_was_paid_beyond_the_rest() -> None:
    books = ledger.credit(ledger.match(start(), 1, 1, 80), 1, 50)
    assert balance_of(books) == TrialBalance(
        invoiced=100, paid=50, credited=50, received=120, matched=50, credit=70
    )


@pytest.mark.parametrize(
    ("act", "about", "reason"),
    [
        (ledger.issue, (2, 0), LedgerRefusal.NOT_POSITIVE),
        (ledger.match, (1, 1, 101), LedgerRefusal.MORE_THAN_DUE),
        (ledger.match, (1, 1, -1), LedgerRefusal.NOT_POSITIVE),
        (ledger.refund, (1, 121), LedgerRefusal.MORE_THAN_LEFT),
        (ledger.credit, (1, 101), LedgerRefusal.MORE_THAN_INVOICED),
        (ledger.unmatch, (1, 1), LedgerRefusal.NOT_MATCHED),
    ],
)
def test_what_cannot_be_booked_is_refused_by_name(
    act: Callable[..., Books], about: tuple[int, ...], reason: LedgerRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        act(start(), *about)
    assert refused.value.reasons == (reason,)


def test_a_dead_invoice_takes_no_money_and_dies_once() -> None:
    for kill in (ledger.void, ledger.write_off):
        dead = kill(start(), 1)
        for act, about in ((ledger.match, (1, 1, 1)), (ledger.void, (1,)), (ledger.write_off, (1,))):
            with pytest.raises(Refused) as refused:
                act(dead, *about)  # type: ignore[operator]
            assert refused.value.reasons == (LedgerRefusal.INVOICE_DEAD,)


def test_what_is_paid_cannot_be_voided_and_what_is_paid_up_has_nothing_to_write_off() -> None:
    paid = ledger.match(start(), 1, 1, 100)
    with pytest.raises(Refused) as refused:
        ledger.void(paid, 1)
    assert refused.value.reasons == (LedgerRefusal.PAID_ALREADY,)
    with pytest.raises(Refused) as refused:
        ledger.write_off(paid, 1)
    assert refused.value.reasons == (LedgerRefusal.NOTHING_DUE,)
    with pytest.raises(Refused) as refused:
        ledger.match(paid, 1, 1, 1)
    assert refused.value.reasons == (LedgerRefusal.NOTHING_DUE,)


def test_more_than_is_left_of_a_payment_is_not_booked() -> None:
    books = ledger.issue(ledger.refund(start(), 1, 100), 2, 500)
    with pytest.raises(Refused) as refused:
        ledger.match(books, 1, 2, 21)
    assert refused.value.reasons == (LedgerRefusal.MORE_THAN_LEFT,)
