"""The books of a fair: every đồng invoiced is paid, due, credited or written off.

Every đồng received is matched, left as a credit, or refunded.

Books are values: each act answers new books or refuses, and whatever the order of acts, the books balance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from fairapp.rules.errors import Refused


class LedgerRefusal(StrEnum):
    """Why an act cannot be booked."""

    NOTHING_DUE = "ledger_nothing_due"
    MORE_THAN_DUE = "ledger_more_than_due"
    MORE_THAN_LEFT = "ledger_more_than_left"
    NOT_POSITIVE = "ledger_not_positive"
    INVOICE_DEAD = "ledger_invoice_dead"
    PAID_ALREADY = "ledger_paid_already"
    MORE_THAN_INVOICED = "ledger_more_than_invoiced"
    NOT_MATCHED = "ledger_not_matched"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """An issued invoice in sums: ``gross`` is paid, credited, written off, and due for the rest."""

    gross: int
    paid: int = 0
    credited: int = 0
    written_off: int = 0
    is_dead: bool = False
    """Voided or written off: no money may be booked on it any more."""

    @property
    def due(self) -> int:
        """What is still to be paid."""
        return self.gross - self.paid - self.credited - self.written_off


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """Money received in sums: ``received`` is matched, refunded, and a credit for the rest."""

    received: int
    matched: int = 0
    refunded: int = 0

    @property
    def credit(self) -> int:
        """What belongs to no invoice and has not gone back."""
        return self.received - self.matched - self.refunded


@dataclass(frozen=True, slots=True)
class Books:
    """All invoices and payments, and how much of which payment is booked on which invoice."""

    invoices: Mapping[int, InvoiceLine] = field(default_factory=dict)
    payments: Mapping[int, PaymentLine] = field(default_factory=dict)
    booked: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """(payment, invoice): the amount."""


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The sums of the books; both lines close, and what is paid is what is matched."""

    invoiced: int = 0
    paid: int = 0
    due: int = 0
    credited: int = 0
    written_off: int = 0
    received: int = 0
    matched: int = 0
    credit: int = 0
    refunded: int = 0

    @property
    def closes(self) -> bool:
        """Whether nothing is lost, nothing is counted twice and nothing is below zero."""
        return (
            self.invoiced == self.paid + self.due + self.credited + self.written_off
            and self.received == self.matched + self.credit + self.refunded
            and self.paid == self.matched
            and min(self.paid, self.due, self.credited, self.written_off) >= 0
            and min(self.matched, self.credit, self.refunded) >= 0
        )


def balance_of(books: Books) -> TrialBalance:
    """The trial balance of the books."""
    invoices, payments = books.invoices.values(), books.payments.values()
    return TrialBalance(
        invoiced=sum(each.gross for each in invoices),
        paid=sum(each.paid for each in invoices),
        due=sum(each.due for each in invoices),
        credited=sum(each.credited for each in invoices),
        written_off=sum(each.written_off for each in invoices),
        received=sum(each.received for each in payments),
        matched=sum(each.matched for each in payments),
        credit=sum(each.credit for each in payments),
        refunded=sum(each.refunded for each in payments),
    )


def issue(books: Books, invoice: int, gross: int) -> Books:
    """An invoice goes out."""
    _positive(gross)
    return replace(books, invoices={**books.invoices, invoice: InvoiceLine(gross)})


def receive(books: Books, payment: int, amount: int) -> Books:
    """Money comes in, and is a credit until it is booked."""
    _positive(amount)
    return replace(books, payments={**books.payments, payment: PaymentLine(amount)})


def match(books: Books, payment: int, invoice: int, amount: int) -> Books:
    """Book a part of a payment's credit on what is due of an invoice."""
    _positive(amount)
    line, money = books.invoices[invoice], books.payments[payment]
    if line.is_dead:
        raise Refused(LedgerRefusal.INVOICE_DEAD)
    if line.due == 0:
        raise Refused(LedgerRefusal.NOTHING_DUE)
    if amount > line.due:
        raise Refused(LedgerRefusal.MORE_THAN_DUE)
    if amount > money.credit:
        raise Refused(LedgerRefusal.MORE_THAN_LEFT)
    return _booked(books, payment, invoice, amount)


def unmatch(books: Books, payment: int, invoice: int) -> Books:
    """Take a payment off an invoice: it is a credit again, and the invoice is due again."""
    amount = books.booked.get((payment, invoice), 0)
    if amount == 0:
        raise Refused(LedgerRefusal.NOT_MATCHED)
    if books.invoices[invoice].is_dead:
        raise Refused(LedgerRefusal.INVOICE_DEAD)
    return _booked(books, payment, invoice, -amount)


def credit(books: Books, invoice: int, amount: int) -> Books:
    """A credit note: what is due shrinks first; what was paid beyond the rest is a credit again."""
    _positive(amount)
    line = books.invoices[invoice]
    if amount > line.gross - line.credited - line.written_off:
        raise Refused(LedgerRefusal.MORE_THAN_INVOICED)
    too_much = max(0, amount - line.due)
    for (payment, of), booked in sorted(books.booked.items(), reverse=True):
        if of == invoice and too_much:
            freed = min(booked, too_much)
            books = _booked(books, payment, invoice, -freed)
            too_much -= freed
    line = books.invoices[invoice]
    return _with_invoice(books, invoice, replace(line, credited=line.credited + amount))


def void(books: Books, invoice: int) -> Books:
    """Cancel an invoice that nobody has paid anything of: its number stays, its whole sum is credited."""
    line = books.invoices[invoice]
    if line.is_dead:
        raise Refused(LedgerRefusal.INVOICE_DEAD)
    if line.paid:
        raise Refused(LedgerRefusal.PAID_ALREADY)
    gone = replace(line, credited=line.gross - line.written_off, is_dead=True)
    return _with_invoice(books, invoice, gone)


def write_off(books: Books, invoice: int) -> Books:
    """Give up what is due of an invoice."""
    line = books.invoices[invoice]
    if line.is_dead:
        raise Refused(LedgerRefusal.INVOICE_DEAD)
    if line.due == 0:
        raise Refused(LedgerRefusal.NOTHING_DUE)
    gone = replace(line, written_off=line.written_off + line.due, is_dead=True)
    return _with_invoice(books, invoice, gone)


def refund(books: Books, payment: int, amount: int) -> Books:
    """Send a part of a payment's credit back."""
    _positive(amount)
    money = books.payments[payment]
    if amount > money.credit:
        raise Refused(LedgerRefusal.MORE_THAN_LEFT)
    changed = replace(money, refunded=money.refunded + amount)
    return replace(books, payments={**books.payments, payment: changed})


def _positive(amount: int) -> None:
    if amount <= 0:
        raise Refused(LedgerRefusal.NOT_POSITIVE)


def _with_invoice(books: Books, invoice: int, line: InvoiceLine) -> Books:
    return replace(books, invoices={**books.invoices, invoice: line})


def _booked(books: Books, payment: int, invoice: int, amount: int) -> Books:
    """Book (or, below zero, take back) an amount on both sides at once."""
    line, money = books.invoices[invoice], books.payments[payment]
    booked = {**books.booked, (payment, invoice): books.booked.get((payment, invoice), 0) + amount}
    return Books(
        {**books.invoices, invoice: replace(line, paid=line.paid + amount)},
        {**books.payments, payment: replace(money, matched=money.matched + amount)},
        {pair: sum_ for pair, sum_ in booked.items() if sum_},
    )
