"""References found in what banks make of them, and what a transfer pays."""

from __future__ import annotations

from datetime import date

import pytest

from fairapp.rules.bank_lines import Entry
from fairapp.rules.matching import (
    Candidate,
    Doubt,
    Due,
    Matcher,
    MatchReason,
    Verdict,
    references_in,
    squeezed,
)

FIRST = Due(1, 100, "OCOP27 K4X7 1", 3_300_000, "OCOP27/0012", "HTX Chè Bản Liền")
SECOND = Due(2, 100, "OCOP27 K4X7 2", 3_300_000, "OCOP27/0012", "HTX Chè Bản Liền")
OTHER = Due(3, 101, "OCOP27 M9T2 1", 5_000_000, "OCOP27/0013", "Công ty TNHH Sâm Ngọc Linh")
DUES = (FIRST, SECOND, OTHER)
KNOWN = {squeezed(due.reference): due.instalment_id for due in DUES}


def entry(text: str, amount: int, counterpart: str = "") -> Entry:
    return Entry(date(2027, 3, 1), amount, text, counterpart, "", f"digest of {text}")


@pytest.mark.parametrize(
    "text",
    [
        "OCOP27 K4X7 1",
        "ocop27k4x71",
        "OCOP27-K4X7-1",
        "MBVCB.3345.OCOP27K4X71.CT tu 0071 NGUYEN VAN A toi 9990",
        "IBFT OCOP27 K4X7 1 thanh toan dot 1",
        "Ocop 27 k4 x7 - 1 HTX Ban Lien",
        "0COP27 K4X7 I",
        "OCOP27 K4X7 1/FT27060123",
    ],
)
def test_a_reference_is_found_however_the_bank_mangles_it(text: str) -> None:
    assert references_in(text, KNOWN) == (1,)


@pytest.mark.parametrize("text", ["", "OCOP27", "K4X7 1", "OCOP27 K4X7 15", "chuyen tien", "COP27K4X71"])
def test_what_is_not_quite_a_reference_is_none(text: str) -> None:
    assert references_in(text, KNOWN) == ()


def test_a_reference_within_a_longer_one_is_not_meant() -> None:
    known = {squeezed("OCOP27 K4X7 1"): 1, squeezed("OCOP27 K4X7 12"): 12}
    assert references_in("tt OCOP27 K4X7 12", known) == (12,)
    assert references_in("tt OCOP27 K4X7 1 va OCOP27K4X712", known) == (1, 12)


def test_the_same_reference_twice_is_one() -> None:
    assert references_in("OCOP27K4X71 OCOP27 K4X7 1", KNOWN) == (1,)


@pytest.mark.parametrize(
    ("text", "amount", "verdict"),
    [
        ("OCOP27K4X71", 3_300_000, Verdict(((1, 3_300_000),))),
        ("OCOP27K4X71", 1_000_000, Verdict(((1, 1_000_000),))),
        ("OCOP27K4X71", 4_000_000, Verdict(((1, 3_300_000),), 700_000, Doubt.OVERPAID)),
        ("OCOP27K4X71 + OCOP27M9T21", 8_300_000, Verdict(((1, 3_300_000), (3, 5_000_000)))),
        ("OCOP27K4X71 + OCOP27M9T21", 8_000_000, Verdict((), 8_000_000, Doubt.SEVERAL_REFERENCES)),
        ("chuyen tien", 3_300_000, Verdict((), 3_300_000, Doubt.NO_REFERENCE)),
    ],
)
def test_a_transfer_pays_what_its_reference_and_amount_make_certain(
    text: str, amount: int, verdict: Verdict
) -> None:
    assert Matcher.over(DUES).decide(entry(text, amount)) == verdict


def test_what_one_line_pays_is_not_open_for_the_next() -> None:
    matcher = Matcher.over(DUES)
    assert matcher.decide(entry("OCOP27K4X71", 2_000_000)).parts == ((1, 2_000_000),)
    second = matcher.decide(entry("OCOP27K4X71", 2_000_000))
    assert second == Verdict(((1, 1_300_000),), 700_000, Doubt.OVERPAID)
    third = matcher.decide(entry("OCOP27K4X71", 2_000_000))
    assert third == Verdict((), 2_000_000, Doubt.PAID_ALREADY)


@pytest.mark.parametrize("dead", [Doubt.DEAD_INVOICE, Doubt.CLAIM_GONE])
def test_money_for_what_is_dead_revives_nothing(dead: Doubt) -> None:
    gone = Due(1, 100, "OCOP27 K4X7 1", 3_300_000, dead=dead)
    matcher = Matcher.over((gone, OTHER))
    assert matcher.decide(entry("OCOP27K4X71", 3_300_000)) == Verdict((), 3_300_000, dead)
    several = matcher.decide(entry("OCOP27K4X71 OCOP27M9T21", 8_300_000))
    assert several == Verdict((), 8_300_000, Doubt.SEVERAL_REFERENCES)
    assert matcher.open_minor[3] == 5_000_000


@pytest.mark.parametrize(
    ("text", "counterpart", "amount", "best"),
    [
        ("OCOP27 K4X7", "", 1, Candidate(1, (MatchReason.REFERENCE_CUT,))),
        ("sam ngoc linh nop tien", "", 1, Candidate(3, (MatchReason.PAYER_ALIKE,))),
        (
            "nop tien",
            "CTY TNHH SAM NGOC LINH",
            5_000_000,
            Candidate(3, (MatchReason.PAYER_ALIKE, MatchReason.AMOUNT_EQUAL)),
        ),
        (
            "TT hoa don OCOP27/0013",
            "",
            5_000_000,
            Candidate(3, (MatchReason.INVOICE_NUMBER, MatchReason.AMOUNT_EQUAL)),
        ),
        (
            "che ban lien ca hai dot",
            "",
            6_600_000,
            Candidate(1, (MatchReason.PAYER_ALIKE, MatchReason.AMOUNT_OF_INVOICE)),
        ),
    ],
)
def test_candidates_come_with_their_reasons_the_likeliest_first(
    text: str, counterpart: str, amount: int, best: Candidate
) -> None:
    assert Matcher.over(DUES).candidates(text, counterpart, amount)[0] == best


def test_what_is_paid_or_dead_is_no_candidate() -> None:
    gone = Due(4, 102, "OCOP27 P3R8 1", 5_000_000, dead=Doubt.CLAIM_GONE)
    paid = Due(5, 103, "OCOP27 Q6W5 1", 0)
    matcher = Matcher.over((*DUES, gone, paid))
    found = matcher.candidates("OCOP27P3R81 OCOP27Q6W51", "", 5_000_000)
    assert [each.instalment_id for each in found] == [3]


def test_nothing_that_speaks_is_no_candidate() -> None:
    assert Matcher.over(DUES).candidates("chuyen tien", "", 7) == ()
