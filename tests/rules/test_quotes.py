"""Quotes follow the price list, and subsidies end at every one of their limits."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.amounts import PricesAre
from fairapp.rules.billing import InstalmentKind, Payer, PriceKind
from fairapp.rules.fairs import FloorKind
from fairapp.rules.instalments import plan_instalments, reference_of
from fairapp.rules.prices import MoneySettings
from fairapp.rules.quotes import Floor, Help, Listed, QuoteGap, QuoteLine, Totals, quote, subsidised, totals

PRICES = (
    Listed(1, PriceKind.BOOTH, 7, {"en": "Shell scheme"}, 6_000_000, 1_000),
    Listed(2, PriceKind.RAW_M2, None, {"en": "Raw space"}, 500_000, 1_000),
    Listed(3, PriceKind.OPEN_SIDE, None, {"en": "Open side"}, 400_000, 1_000),
)
SHELL = Floor("claim:5", 7, FloorKind.SHELL_SCHEME, 9.0, code="A-012", further_sides=1, claim_id=5)
RAW = Floor("claim:6", 8, FloorKind.RAW_SPACE, 22.5, claim_id=6)
HELP = Help(4, {"en": "Subsidy"}, Payer.PROVINCE, "Sở Công Thương", 5_000)


def booths(many: int, unit: int = 6_000_000, source: str = "claim:1") -> QuoteLine:
    return QuoteLine(source, PriceKind.BOOTH, {"en": "Shell scheme"}, many * 1_000, unit, 1_000)


def given_by(lines: tuple[QuoteLine, ...]) -> list[int]:
    return [line.unit_minor for line in lines if line.payer is Payer.PROVINCE]


def test_booths_open_sides_and_raw_square_metres_are_lines() -> None:
    lines, gaps = quote((SHELL, RAW), PRICES)
    assert gaps == ()
    assert [(line.source, line.quantity_milli, line.unit_minor) for line in lines] == [
        ("claim:5", 1_000, 6_000_000),
        ("claim:5:sides", 1_000, 400_000),
        ("claim:6", 22_500, 500_000),
    ]
    assert lines[0].names == {"en": "Shell scheme · A-012"}
    assert [line.claim_id for line in lines] == [5, 5, 6]


def test_a_price_that_is_missing_is_said_and_not_guessed() -> None:
    other = Floor("claim:9", 9, FloorKind.SHELL_SCHEME, 9.0)
    assert quote((other,), PRICES) == ((), (QuoteGap.NO_PRICE,))
    dollars = (Listed(1, PriceKind.BOOTH, 7, {"en": "Shell scheme"}, None, 1_000),)
    assert quote((SHELL,), dollars) == ((), (QuoteGap.NO_PRICE_IN_CURRENCY,))


def test_half_of_at_most_two_booths() -> None:
    lines = subsidised((booths(3),), Help(4, {}, Payer.PROVINCE, "Sở", 5_000, most_booths=2))
    assert given_by(lines) == [6_000_000]
    assert totals([(x.quantity_milli, x.unit_minor, x.vat_bp) for x in lines], PricesAre.NET) == Totals(
        18_000_000, 1_800_000, 19_800_000
    )


def test_the_dearest_booths_count_first() -> None:
    lines = (booths(1, 4_000_000, "claim:1"), booths(1, 9_000_000, "claim:2"))
    assert given_by(subsidised(lines, Help(4, {}, Payer.PROVINCE, "Sở", 5_000, most_booths=1))) == [4_500_000]


def test_the_limit_of_one_exhibitor_and_what_is_left_of_the_budget_hold() -> None:
    assert given_by(
        subsidised((booths(2),), Help(4, {}, Payer.PROVINCE, "Sở", 5_000, most_minor=5_000_000))
    ) == [5_000_000]
    assert given_by(
        subsidised((booths(2),), Help(4, {}, Payer.PROVINCE, "Sở", 5_000, left_minor=1_234_567))
    ) == [1_234_567]
    assert subsidised((booths(2),), Help(4, {}, Payer.PROVINCE, "Sở", 5_000, left_minor=0)) == (booths(2),)


def test_open_sides_and_services_are_not_subsidised() -> None:
    lines, _ = quote((SHELL,), PRICES)
    (taken, paid) = subsidised(lines, HELP)[2:]
    assert (taken.unit_minor, paid.unit_minor) == (-3_000_000, 3_000_000)
    assert (taken.payer, paid.payer, paid.payer_name) == (Payer.PRODUCER, Payer.PROVINCE, "Sở Công Thương")
    assert (taken.source, paid.source) == ("claim:5:subsidy", "claim:5:subsidy:paid")


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 10**9)), max_size=6),
    st.integers(1, 10_000),
    st.none() | st.integers(0, 6),
    st.none() | st.integers(0, 10**10),
)
def test_a_subsidy_moves_money_between_payers_and_never_makes_any(
    floors: list[tuple[int, int]], share: int, most_booths: int | None, left: int | None
) -> None:
    lines = tuple(booths(many, unit, f"claim:{n}") for n, (many, unit) in enumerate(floors))
    by = Help(4, {}, Payer.PROVINCE, "Sở", share, most_booths, None, left)
    after = subsidised(lines, by)
    whole = sum(line.quantity_milli * line.unit_minor for line in lines)
    assert sum(line.quantity_milli * line.unit_minor for line in after) == whole
    assert 0 <= sum(given_by(after)) * 1_000 <= whole
    assert left is None or sum(given_by(after)) <= left


def test_a_deposit_and_a_balance_come_to_the_whole() -> None:
    deposit, balance = plan_instalments(6_600_001, date(2027, 1, 12), date(2027, 4, 15), MoneySettings())
    assert (deposit.kind, deposit.due_on, deposit.amount) == (
        InstalmentKind.DEPOSIT,
        date(2027, 1, 22),
        3_300_001,
    )
    assert (balance.kind, balance.due_on, balance.amount) == (
        InstalmentKind.BALANCE,
        date(2027, 3, 16),
        3_300_000,
    )


def test_late_invoices_and_those_without_a_deposit_are_due_at_once() -> None:
    (whole,) = plan_instalments(100, date(2027, 3, 10), date(2027, 4, 15), MoneySettings())
    assert (whole.kind, whole.due_on, whole.amount) == (InstalmentKind.WHOLE, date(2027, 3, 20), 100)
    (whole,) = plan_instalments(100, date(2027, 1, 1), date(2027, 4, 15), MoneySettings(deposit_bp=0))
    assert whole.kind is InstalmentKind.WHOLE


def test_references_are_plain_and_all_different() -> None:
    made = {reference_of("OCOP-27", number, position) for number in range(1, 400) for position in (1, 2)}
    assert len(made) == 798
    assert all(reference.isascii() and reference.isalnum() and reference.isupper() for reference in made)
    assert reference_of("OCOP-27", 12, 1)[:-1] == "OCOP27000121"
