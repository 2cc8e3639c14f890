"""Sums, days, columns and lines as banks of many kinds write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.bank_columns import (
    BankColumnReason,
    BankColumnsRefused,
    check_bank_columns,
    guess_bank_columns,
)
from fairapp.rules.bank_figures import MOST_MINOR, DayOrder, amount_of, day_of, day_order, sign_of
from fairapp.rules.bank_lines import LineReason, read_lines
from fairapp.rules.bank_titles import BankField
from fairapp.rules.imports import SourceRow

F = BankField


@pytest.mark.parametrize(
    ("said", "minor"),
    [
        ("1.234.567,00", 1_234_567),
        ("1,234,567.00", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\xa0234\xa0567", 1_234_567),
        ("1'234'567", 1_234_567),
        ("1234567", 1_234_567),
        ("12.000", 12_000),
        ("12,000", 12_000),
        ("(1000)", -1_000),
        ("(1.000.000 đ)", -1_000_000),
        ("-1.000 ₫", -1_000),
        ("1.000-", -1_000),
        ("+5,000,000 VND", 5_000_000),
        ("3,300,000 D", -3_300_000),
        ("3,300,000DR", -3_300_000),
        ("3,300,000 C", 3_300_000),
        ("3.300.000 Cr.", 3_300_000),
        ("−500", -500),
        ("0", 0),
    ],
)
def test_a_sum_is_read_however_it_is_written(said: str, minor: int) -> None:
    assert amount_of(said) == minor


@pytest.mark.parametrize(
    "said",
    [
        "",
        "-",
        "abc",
        "12.34",
        "1.5E+06",
        "1,23,456",
        "1.234,567.8",
        "0101234567890123456",
        "12/04/2027",
        "FT12",
    ],
)
def test_what_is_no_sum_of_whole_dong_is_not_read(said: str) -> None:
    assert amount_of(said) is None


@pytest.mark.parametrize(
    ("said", "minor"), [("12.34", 1234), ("1.234,5", 123450), ("1,234", 123400), ("12.345,678", None)]
)
def test_a_currency_with_cents_keeps_them(said: str, minor: int | None) -> None:
    assert amount_of(said, 2) == minor


@given(st.integers(-MOST_MINOR, MOST_MINOR), st.sampled_from(",. "))
def test_every_grouped_sum_comes_back(minor: int, mark: str) -> None:
    assert amount_of(f"{minor:,}".replace(",", mark)) == minor


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(said: str) -> None:
    amount, day = amount_of(said), day_of(said)
    assert amount is None or abs(amount) <= MOST_MINOR
    assert day is None or 2000 <= day.year < 2100


@pytest.mark.parametrize(
    "said",
    [
        "12/04/2027",
        "12-04-2027",
        "12.4.2027",
        "12/04/27",
        "2027-04-12",
        "2027-04-12 09:31:00",
        "09:31 12/04/2027",
        "20270412",
        "12 Apr 2027",
        "12-APR-27",
        "2027/4/12",
    ],
)
def test_a_day_is_read_however_it_is_written(said: str) -> None:
    assert day_of(said) == date(2027, 4, 12)


@pytest.mark.parametrize("said", ["", "Tổng", "31/02/2027", "12/13/2027", "1234567", "12/04/1899"])
def test_what_is_no_day_is_not_read(said: str) -> None:
    assert day_of(said) is None


def test_the_whole_column_tells_which_number_is_the_day() -> None:
    assert day_order(["04/12/2027", "04/13/2027"]) is DayOrder.MONTH_FIRST
    assert day_order(["04/12/2027", "13/04/2027", "04/13/2027"]) is DayOrder.DAY_FIRST
    assert day_order(["04/12/2027"]) is DayOrder.DAY_FIRST
    assert day_of("04/13/2027", DayOrder.MONTH_FIRST) == date(2027, 4, 13)


def test_marks_of_debit_and_credit_are_known_in_both_languages() -> None:
    assert [sign_of(mark) for mark in ("C", "CR", "Có", "+")] == [1, 1, 1, 1]
    assert [sign_of(mark) for mark in ("D", "dr.", "Nợ", "-")] == [-1, -1, -1, -1]
    assert sign_of("transfer") is None


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "Ngày giao dịch|Số tham chiếu|Số tiền ghi nợ|Số tiền ghi có|Số dư|Mô tả",
            "booked_on reference money_out money_in - text",
        ),
        ("STT|Ngày GD/ Trans. Date|Số tiền (VND)|Nợ/Có|Nội dung", "- booked_on amount sign text"),
        (
            "Date|Description|Debit|Credit|Balance|Counterparty name",
            "booked_on text money_out money_in - counterpart",
        ),
        (
            "Transaction date|Value date|Amount|Details|Remitter name|Transaction ID",
            "booked_on - amount text counterpart reference",
        ),
        ("Ngày hạch toán|PS nợ|PS có|Diễn giải|Tên đối ứng", "booked_on money_out money_in text counterpart"),
        ("Buchungstag|Verwendungszweck|Auftraggeber|Betrag", "booked_on text counterpart amount"),
        ("a|b|c", "- - -"),
    ],
)
def test_the_columns_of_any_bank_are_guessed(header: str, fields: str) -> None:
    expected = {F(word): place for place, word in enumerate(fields.split()) if word != "-"}
    assert guess_bank_columns(header.split("|")) == expected


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({F.AMOUNT: 1, F.TEXT: 2}, BankColumnReason.NO_DATE),
        ({F.BOOKED_ON: 0, F.TEXT: 2}, BankColumnReason.NO_AMOUNT),
        ({F.BOOKED_ON: 0, F.MONEY_OUT: 1, F.TEXT: 2}, BankColumnReason.NO_AMOUNT),
        ({F.BOOKED_ON: 0, F.AMOUNT: 1}, BankColumnReason.NO_TEXT),
        ({F.BOOKED_ON: 0, F.AMOUNT: 1, F.MONEY_IN: 3, F.TEXT: 2}, BankColumnReason.AMOUNT_TWICE),
        ({F.BOOKED_ON: 0, F.AMOUNT: 1, F.TEXT: 1}, BankColumnReason.COLUMN_TWICE),
        ({F.BOOKED_ON: 0, F.AMOUNT: 1, F.TEXT: 9}, BankColumnReason.UNKNOWN_COLUMN),
    ],
)
def test_columns_that_cannot_be_meant_so_are_refused(mapping: dict[F, int], reason: BankColumnReason) -> None:
    with pytest.raises(BankColumnsRefused) as refused:
        check_bank_columns(mapping, 5)
    assert refused.value.reason is reason


COLUMNS = {F.BOOKED_ON: 0, F.MONEY_OUT: 1, F.MONEY_IN: 2, F.TEXT: 3, F.COUNTERPART: 4, F.REFERENCE: 5}


def row(line: int, *cells: str) -> SourceRow:
    return SourceRow(line, cells)


def test_every_line_is_an_entry_or_has_its_reason() -> None:
    lines = read_lines(
        [
            row(9, "12/04/2027", "", "6.600.000", "  OCOP27  dat coc ", "HTX BAN LIEN", "FT1"),
            row(10, "12/04/2027", "11.000", "", "Phi dich vu"),
            row(11, "Số dư cuối kỳ", "", "", "6.589.000"),
            row(12, "31/02/2027", "", "1.000", "?"),
            row(13, "12/04/2027", "", "abc", "?"),
            row(14, "12/04/2027", "", "0", "?"),
            row(15, "12/04/2027", "", "1.000", "x\0y"),
        ],
        COLUMNS,
    )
    reasons = [line.reason for line in lines]
    assert reasons == [
        None, LineReason.MONEY_OUT, LineReason.NOT_A_LINE, LineReason.NO_DAY,
        LineReason.NO_AMOUNT, LineReason.NO_AMOUNT, LineReason.UNREADABLE,
    ]  # fmt: skip
    entry = lines[0].entry
    assert entry is not None
    assert (entry.booked_on, entry.amount_minor, entry.text, entry.counterpart, entry.reference) == (
        date(2027, 4, 12), 6_600_000, "OCOP27 dat coc", "HTX BAN LIEN", "FT1",
    )  # fmt: skip


def test_a_line_is_the_same_in_every_statement_and_twins_are_two() -> None:
    one = row(2, "12/04/2027", "", "6.600.000", "OCOP27 dat coc", "HTX", "")
    same = row(40, "2027-04-12", "", "6,600,000", "ocop27  DAT COC", "Htx", "")
    first = read_lines([one, one], COLUMNS)
    second = read_lines([same, same, same], COLUMNS)
    digests = [line.entry.digest for line in first if line.entry]
    assert len(set(digests)) == 2
    assert [line.entry.digest for line in second if line.entry][:2] == digests


def test_a_mark_beside_the_amount_gives_it_its_sign() -> None:
    mapping = {F.BOOKED_ON: 0, F.AMOUNT: 1, F.SIGN: 2, F.TEXT: 3}
    lines = read_lines(
        [
            row(2, "12/04/2027", "1.000", "C", "a"),
            row(3, "12/04/2027", "1.000", "Nợ", "b"),
            row(4, "12/04/2027", "-1.000", "", "c"),
        ],
        mapping,
    )
    assert [line.reason for line in lines] == [None, LineReason.MONEY_OUT, LineReason.MONEY_OUT]


def test_a_long_text_is_cut_and_the_line_counts() -> None:
    lines = read_lines([row(2, "12/04/2027", "", "1.000", "x" * 1999)], COLUMNS)
    assert [len(line.entry.text) for line in lines if line.entry] == [500]
