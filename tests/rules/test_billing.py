"""Invoices and payments live by their tables, and lines add up to the last đồng."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.amounts import PricesAre, halves_up, line_amounts
from fairapp.rules.billing import (
    AGAINST,
    InvoiceRefusal,
    InvoiceState,
    InvoiceStep,
    InvoiceSums,
    PaymentRefusal,
    PaymentState,
    PaymentStep,
    PaymentSums,
    against_payment,
    payment_state,
    state_of,
)
from fairapp.rules.prices import MoneySettings, Price

S, T, R = InvoiceState, InvoiceStep, InvoiceRefusal
ALLOWED = {
    (S.DRAFT, T.ISSUE),
    (S.DRAFT, T.DISCARD),
    (S.ISSUED, T.PAY),
    (S.ISSUED, T.CREDIT),
    (S.ISSUED, T.VOID),
    (S.ISSUED, T.WRITE_OFF),
    (S.PART_PAID, T.PAY),
    (S.PART_PAID, T.UNPAY),
    (S.PART_PAID, T.CREDIT),
    (S.PART_PAID, T.WRITE_OFF),
    (S.PAID, T.UNPAY),
    (S.PAID, T.CREDIT),
}
WHY_NOT = {
    S.DRAFT: {R.NOT_ISSUED},
    S.ISSUED: {R.ALREADY_ISSUED, R.NOTHING_PAID},
    S.PART_PAID: {R.ALREADY_ISSUED, R.SOMETHING_PAID},
    S.PAID: {R.ALREADY_ISSUED, R.SOMETHING_PAID, R.NOTHING_DUE},
    S.CREDITED: {R.ALREADY_ISSUED, R.DEAD},
    S.VOIDED: {R.ALREADY_ISSUED, R.DEAD},
    S.WRITTEN_OFF: {R.ALREADY_ISSUED, R.DEAD},
}


@pytest.mark.parametrize("state", InvoiceState)
@pytest.mark.parametrize("step", InvoiceStep)
def test_every_step_from_every_state_of_an_invoice(state: InvoiceState, step: InvoiceStep) -> None:
    against = AGAINST[state, step]
    if (state, step) in ALLOWED:
        assert against is None
    else:
        assert against in WHY_NOT[state]


@pytest.mark.parametrize(
    ("sums", "state"),
    [
        (InvoiceSums(100), S.ISSUED),
        (InvoiceSums(100, paid=40), S.PART_PAID),
        (InvoiceSums(100, credited=40), S.ISSUED),
        (InvoiceSums(100, paid=60, credited=40), S.PAID),
        (InvoiceSums(100, paid=100), S.PAID),
        (InvoiceSums(100, credited=100), S.CREDITED),
    ],
)
def test_where_an_invoice_stands_follows_from_its_sums(sums: InvoiceSums, state: InvoiceState) -> None:
    assert state_of(sums) is state


SUMS = {
    PaymentState.UNMATCHED: PaymentSums(100),
    PaymentState.MATCHED: PaymentSums(100, matched=100, parts=1),
    PaymentState.SPLIT: PaymentSums(100, matched=60, parts=1),
    PaymentState.REFUNDED: PaymentSums(100, refunded=100),
}
PAYMENT_MATRIX = {
    (PaymentState.UNMATCHED, PaymentStep.BOOK): None,
    (PaymentState.UNMATCHED, PaymentStep.UNBOOK): PaymentRefusal.NOTHING_BOOKED,
    (PaymentState.UNMATCHED, PaymentStep.REFUND): None,
    (PaymentState.MATCHED, PaymentStep.BOOK): PaymentRefusal.NOTHING_LEFT,
    (PaymentState.MATCHED, PaymentStep.UNBOOK): None,
    (PaymentState.MATCHED, PaymentStep.REFUND): PaymentRefusal.NOTHING_LEFT,
    (PaymentState.SPLIT, PaymentStep.BOOK): None,
    (PaymentState.SPLIT, PaymentStep.UNBOOK): None,
    (PaymentState.SPLIT, PaymentStep.REFUND): None,
    (PaymentState.REFUNDED, PaymentStep.BOOK): PaymentRefusal.NOTHING_LEFT,
    (PaymentState.REFUNDED, PaymentStep.UNBOOK): PaymentRefusal.NOTHING_BOOKED,
    (PaymentState.REFUNDED, PaymentStep.REFUND): PaymentRefusal.NOTHING_LEFT,
}


@pytest.mark.parametrize("state", PaymentState)
@pytest.mark.parametrize("step", PaymentStep)
def test_every_step_from_every_state_of_a_payment(state: PaymentState, step: PaymentStep) -> None:
    assert payment_state(SUMS[state]) is state
    assert against_payment(SUMS[state], step) is PAYMENT_MATRIX[state, step]


def test_a_payment_booked_on_two_instalments_or_partly_sent_back_is_split() -> None:
    assert payment_state(PaymentSums(100, matched=100, parts=2)) is PaymentState.SPLIT
    assert payment_state(PaymentSums(100, matched=60, refunded=40, parts=1)) is PaymentState.SPLIT


def test_net_prices_get_their_vat_and_gross_prices_contain_it() -> None:
    net = line_amounts(2_000, 6_000_000, 1_000, PricesAre.NET)
    assert (net.net, net.vat, net.gross) == (12_000_000, 1_200_000, 13_200_000)
    gross = line_amounts(2_000, 6_600_000, 1_000, PricesAre.GROSS)
    assert (gross.net, gross.vat, gross.gross) == (12_000_000, 1_200_000, 13_200_000)


def test_halves_go_away_from_zero_on_both_sides() -> None:
    assert [halves_up(n, 2) for n in (1, 3, -1, -3, 4)] == [1, 2, -1, -2, 2]
    assert halves_up(-7, 3) == -2


@given(
    st.integers(0, 10**7),
    st.integers(-(10**10), 10**10),
    st.integers(0, 3_000),
    st.sampled_from(PricesAre),
)
def test_any_line_adds_up(quantity: int, price: int, vat_bp: int, prices: PricesAre) -> None:
    line = line_amounts(quantity, price, vat_bp, prices)
    back = line_amounts(quantity, -price, vat_bp, prices)
    assert line.net + line.vat == line.gross
    assert (back.net, back.vat, back.gross) == (-line.net, -line.vat, -line.gross)


def test_the_early_price_ends_with_its_day() -> None:
    price = Price(6_000_000, date(2027, 1, 31), 5_000_000, {"USD": {"unit": 25_000, "early": 21_000}})
    assert price.on(date(2027, 1, 31), "VND", "VND") == 5_000_000
    assert price.on(date(2027, 2, 1), "VND", "VND") == 6_000_000
    assert price.on(date(2027, 1, 31), "USD", "VND") == 21_000
    assert price.on(date(2027, 2, 1), "USD", "VND") == 25_000
    assert price.on(date(2027, 2, 1), "EUR", "VND") is None


def test_settings_keep_what_they_are_told_and_are_usual_for_the_rest() -> None:
    said = MoneySettings(prices_are=PricesAre.GROSS, vat_bp=800, seller_name="Trung tâm Xúc tiến")
    assert MoneySettings.read({"money": said.kept()}) == said
    assert MoneySettings.read({}) == MoneySettings()
    assert MoneySettings.read({"money": {"unknown": 1, "deposit_bp": 3_000}}).deposit_bp == 3_000
