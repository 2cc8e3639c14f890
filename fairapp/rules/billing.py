"""What a fair charges, who pays it, and the lives of invoices and payments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PriceKind(StrEnum):
    """What a line of a price list or of an invoice is for."""

    BOOTH = "booth"
    OPEN_SIDE = "open_side"
    """Each open side of a booth beyond the first."""
    RAW_M2 = "raw_m2"
    CO_EXHIBITOR = "co_exhibitor"
    REPRESENTED = "represented"
    """A company that is only named."""
    SERVICE = "service"
    EXTRA_BADGE = "extra_badge"
    OTHER = "other"
    SUBSIDY = "subsidy"
    """What somebody else pays instead: below zero for one payer, above for the other."""
    CANCELLATION = "cancellation"


LISTED = tuple(kind for kind in PriceKind if kind not in (PriceKind.SUBSIDY, PriceKind.CANCELLATION))
"""The kinds that a price list may hold."""
FLOOR = frozenset({PriceKind.BOOTH, PriceKind.RAW_M2})
"""What a subsidy is paid for."""


class Payer(StrEnum):
    """Who pays a line."""

    PRODUCER = "producer"
    PROVINCE = "province"
    ORGANISER = "organiser"


class InvoiceKind(StrEnum):
    """An invoice, or a credit note on one."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class InstalmentKind(StrEnum):
    """Which part of an invoice falls due on a day."""

    DEPOSIT = "deposit"
    BALANCE = "balance"
    WHOLE = "whole"


class InvoiceState(StrEnum):
    """An invoice's life; overdue is derived from its instalments' days."""

    DRAFT = "draft"
    ISSUED = "issued"
    PART_PAID = "part_paid"
    PAID = "paid"
    CREDITED = "credited"
    VOIDED = "voided"
    WRITTEN_OFF = "written_off"


class InvoiceStep(StrEnum):
    """What can be done to an invoice."""

    ISSUE = "issue"
    DISCARD = "discard"
    """Take a draft away; its charges are open again."""
    PAY = "pay"
    UNPAY = "unpay"
    CREDIT = "credit"
    VOID = "void"
    WRITE_OFF = "write_off"


class InvoiceRefusal(StrEnum):
    """Why a step of an invoice cannot be taken."""

    NOT_ISSUED = "invoice_not_issued"
    ALREADY_ISSUED = "invoice_already_issued"
    DEAD = "invoice_dead"
    NOTHING_PAID = "invoice_nothing_paid"
    SOMETHING_PAID = "invoice_something_paid"
    NOTHING_DUE = "invoice_nothing_due"
    NOTHING_LEFT = "invoice_nothing_left"
    IS_CREDIT_NOTE = "invoice_is_credit_note"
    NOTHING_TO_INVOICE = "invoice_nothing_to_invoice"
    BELOW_ZERO = "invoice_below_zero"
    NO_SELLER = "invoice_no_seller"
    CREDIT_TOO_MUCH = "invoice_credit_too_much"
    NO_LINES = "invoice_no_lines"
    NO_REASON = "invoice_no_reason"
    DUE_IN_THE_PAST = "invoice_due_in_the_past"
    NUMBER_THERE = "invoice_number_there"


_S, _T, _R = InvoiceState, InvoiceStep, InvoiceRefusal
DEAD = frozenset({_S.CREDITED, _S.VOIDED, _S.WRITTEN_OFF})
"""No money may be booked on it any more."""
LIVE_INVOICES = frozenset({_S.ISSUED, _S.PART_PAID, _S.PAID})
OPEN_INVOICES = frozenset({_S.ISSUED, _S.PART_PAID})
"""Something is still due."""

AGAINST: dict[tuple[InvoiceState, InvoiceStep], InvoiceRefusal | None] = {
    (_S.DRAFT, _T.ISSUE): None,
    (_S.DRAFT, _T.DISCARD): None,
    **{(_S.DRAFT, step): _R.NOT_ISSUED for step in (_T.PAY, _T.UNPAY, _T.CREDIT, _T.VOID, _T.WRITE_OFF)},
    **{
        (state, step): _R.ALREADY_ISSUED
        for state in _S
        if state is not _S.DRAFT
        for step in (_T.ISSUE, _T.DISCARD)
    },
    **{
        (state, step): _R.DEAD
        for state in DEAD
        for step in (_T.PAY, _T.UNPAY, _T.CREDIT, _T.VOID, _T.WRITE_OFF)
    },
    (_S.ISSUED, _T.PAY): None,
    (_S.ISSUED, _T.UNPAY): _R.NOTHING_PAID,
    (_S.ISSUED, _T.CREDIT): None,
    (_S.ISSUED, _T.VOID): None,
    (_S.ISSUED, _T.WRITE_OFF): None,
    (_S.PART_PAID, _T.PAY): None,
    (_S.PART_PAID, _T.UNPAY): None,
    (_S.PART_PAID, _T.CREDIT): None,
    (_S.PART_PAID, _T.VOID): _R.SOMETHING_PAID,
    (_S.PART_PAID, _T.WRITE_OFF): None,
    (_S.PAID, _T.PAY): _R.NOTHING_DUE,
    (_S.PAID, _T.UNPAY): None,
    (_S.PAID, _T.CREDIT): None,
    (_S.PAID, _T.VOID): _R.SOMETHING_PAID,
    (_S.PAID, _T.WRITE_OFF): _R.NOTHING_DUE,
}
"""Every state and step: None where the step may be taken, else why not."""


SERIES = {InvoiceKind.INVOICE: "INV", InvoiceKind.CREDIT_NOTE: "CN"}
"""The series that numbers are taken from."""


def number_text(fair_code: str, kind: InvoiceKind, number: int | None) -> str:
    """An invoice's number as it is written; a draft has none."""
    if number is None:
        return ""
    return f"{fair_code}-{'CN' if kind is InvoiceKind.CREDIT_NOTE else ''}{number:05d}"


@dataclass(frozen=True, slots=True)
class InvoiceSums:
    """An invoice's gross sum and what became of it; the rest is due."""

    gross: int
    paid: int = 0
    credited: int = 0
    written_off: int = 0

    @property
    def due(self) -> int:
        """What is still to be paid."""
        return self.gross - self.paid - self.credited - self.written_off


def state_of(sums: InvoiceSums) -> InvoiceState:
    """Where an issued invoice stands by its sums; voiding and writing off are said, not derived."""
    if sums.due > 0:
        return InvoiceState.PART_PAID if sums.paid else InvoiceState.ISSUED
    return InvoiceState.CREDITED if sums.credited and not sums.paid else InvoiceState.PAID


class PaymentState(StrEnum):
    """What became of money that came in."""

    UNMATCHED = "unmatched"
    MATCHED = "matched"
    SPLIT = "split"
    REFUNDED = "refunded"


class PaymentStep(StrEnum):
    """What can be done to a payment."""

    BOOK = "book"
    """Take a part of it for an instalment."""
    UNBOOK = "unbook"
    REFUND = "refund"


class PartKind(StrEnum):
    """Where a part of a payment went."""

    INSTALMENT = "instalment"
    REFUND = "refund"
    CREDIT = "credit"


class PaymentRefusal(StrEnum):
    """Why a payment cannot be recorded, booked, taken back or refunded."""

    NOTHING_LEFT = "payment_nothing_left"
    NOTHING_BOOKED = "payment_nothing_booked"
    MORE_THAN_LEFT = "payment_more_than_left"
    MORE_THAN_DUE = "payment_more_than_due"
    NOT_POSITIVE = "payment_not_positive"
    OTHER_CURRENCY = "payment_other_currency"
    OTHER_FAIR = "payment_other_fair"
    WRONG_SUM = "payment_wrong_sum"
    IN_THE_FUTURE = "payment_in_the_future"


@dataclass(frozen=True, slots=True)
class PaymentSums:
    """Money received and what became of it; the rest is a credit."""

    received: int
    matched: int = 0
    refunded: int = 0
    parts: int = 0
    """How many instalments it was booked on."""

    @property
    def left(self) -> int:
        """What belongs to no instalment and has not gone back."""
        return self.received - self.matched - self.refunded


def payment_state(sums: PaymentSums) -> PaymentState:
    """What became of a payment, by its sums."""
    if sums.left == 0 and sums.refunded == 0 and sums.parts == 1:
        return PaymentState.MATCHED
    if sums.matched:
        return PaymentState.SPLIT
    return PaymentState.REFUNDED if sums.left == 0 else PaymentState.UNMATCHED


def against_payment(sums: PaymentSums, step: PaymentStep) -> PaymentRefusal | None:
    """Why ``step`` cannot be taken with this payment: None when it can."""
    if step is PaymentStep.UNBOOK:
        return None if sums.matched else PaymentRefusal.NOTHING_BOOKED
    return None if sums.left else PaymentRefusal.NOTHING_LEFT


class BankLineState(StrEnum):
    """What became of a line of a statement."""

    IMPORTED = "imported"
    MATCHED = "matched"
    SPLIT = "split"
    REFUNDED = "refunded"
    IGNORED = "ignored"


class MoneyTaskKind(StrEnum):
    """What somebody of the office has to look at."""

    CREDIT_LEFT = "credit_left"
    """More came in than was due."""
    CLAIM_GONE = "claim_gone"
    """Paid for a booth that has passed to somebody else."""
    DEAD_INVOICE = "dead_invoice"
    CREDIT_NOTE_DUE = "credit_note_due"
    """Something was invoiced that is not owed any more."""


class MoneyHindrance(StrEnum):
    """What money holds against a step of an application or of its booths."""

    NOT_INVOICED = "money_not_invoiced"
    DEPOSIT_DUE = "money_deposit_due"
    PAYMENT_DUE = "money_payment_due"
