"""Stand codes in the wild, read against a plan."""

import pytest

from fairapp.rules.stand_book import StandBook
from fairapp.rules.stand_codes import StandName, StandReason, code_key, hall_key, is_placeholder

PLAN = {
    "3.2": ["A-010", "A-010g", "B-011", "D-050 F-051", "C-030a D-029a", "E-012"],
    "5.1": ["A-010 B-011", "D-037 A-080", "D-042", "A-012", "A-013", "A-014"],
    "PAD 3": ["R125"],
    "PAD 2": ["K10", "K11"],
    "Pabellón 6": ["340A", "8A", "639", "643"],
    "Pabellón 8": ["111A", "340A"],
}


@pytest.fixture
def book() -> StandBook:
    stands = [(hall, code) for hall, codes in PLAN.items() for code in codes]
    return StandBook(StandName(number, hall, code) for number, (hall, code) in enumerate(stands))


@pytest.mark.parametrize(
    ("value", "hall", "codes"),
    [
        ("A-010", "3.2", ["A-010"]),
        ("a 10.", "Hall 3.2", ["A-010"]),
        ("A010g", "HALLE 3.2", ["A-010g"]),
        ("D050/F051", "3.2", ["D-050 F-051"]),
        ("F051 D050", "3.2", ["D-050 F-051"]),
        ("F-051", "3.2", ["D-050 F-051"]),
        ("C030aD029a", "3.2", ["C-030a D-029a"]),
        ("A010B011", "3.2", ["A-010", "B-011"]),
        ("A010B011", "5.1", ["A-010 B-011"]),
        ("D042/D037/A080", "5.1", ["D-042", "D-037 A-080"]),
        ("A012, A013 & A014", "5.1", ["A-012", "A-013", "A-014"]),
        ("R125/K10", "PAD 3/PAD 2", ["R125", "K10"]),
        ("K10 và K11", "pad2", ["K10", "K11"]),
        ("06-340A, 08-111A", "06, 08", ["340A", "111A"]),
        ("340A", "08", ["340A"]),
        ("639, 643", "Pabellon 06", ["639", "643"]),
        ("HP2-K10 HP2-K11", "PAD 2", ["K10", "K11"]),
        ("ZP-R125.", "", ["R125"]),
        ("E-012", "", ["E-012"]),
    ],
)
def test_a_value_names_its_stands(book: StandBook, value: str, hall: str, codes: list[str]) -> None:
    reading = book.read(value, hall)
    assert ([stand.code for stand in reading.stands], reading.unknown, reading.reason) == (codes, (), None)


@pytest.mark.parametrize(
    ("value", "hall", "reason"),
    [
        ("", "3.2", StandReason.NO_BOOTH),
        (" - ", "", StandReason.NO_BOOTH),
        ("TEST", "3.2", StandReason.NOT_A_BOOTH),
        ("tbc", "", StandReason.NOT_A_BOOTH),
        ("Mandatory Charges", "F8", StandReason.NOT_A_BOOTH),
        ("Digital Only", "", StandReason.NOT_A_BOOTH),
        ("Chưa bố trí", "", StandReason.NOT_A_BOOTH),
        ("Z999", "3.2", StandReason.UNKNOWN_BOOTH),
        ("A-010h", "3.2", StandReason.UNKNOWN_BOOTH),
        ("Open air/Hall/8/A010", "F8", StandReason.UNKNOWN_HALL),
        ("340A", "", StandReason.SEVERAL_HALLS),
        ("A012-A014", "5.1", StandReason.UNCLEAR_RANGE),
    ],
)
def test_a_value_without_a_stand_says_why(
    book: StandBook, value: str, hall: str, reason: StandReason
) -> None:
    reading = book.read(value, hall)
    assert (reading.stands, reading.reason) == ((), reason)


def test_codes_nobody_knows_are_named_beside_those_found(book: StandBook) -> None:
    reading = book.read("A012/C064", "5.1")
    assert ([stand.code for stand in reading.stands], reading.unknown) == (["A-012"], ("C064",))


def test_a_code_twice_in_one_hall_is_not_guessed() -> None:
    twice = StandBook([StandName(1, "A", "A7"), StandName(2, "A", "A-07"), StandName(3, "A", "A-7")])
    assert twice.read("A 007", "A").reason is StandReason.SEVERAL_STANDS
    assert [stand.key for stand in twice.read("a-07", "A").stands] == [2]


def test_a_word_of_the_placeholders_is_a_code_where_the_plan_has_it() -> None:
    book = StandBook([StandName(1, "1", "TEST"), StandName(2, "1", "X")])
    assert [stand.key for stand in book.read("Test/X").stands] == [1, 2]


def test_keys_forget_signs_and_leading_zeros_but_not_where_numbers_part() -> None:
    assert code_key("A-010") == code_key("a 10") == code_key("Ａ１０") == "a10"
    assert code_key("1-01") == "1.1" != code_key("11")
    assert code_key("A-0") == "a0"
    assert {hall_key(name) for name in ("HALL2", "Hall 2", "02", "Nhà 2", "Halle 02")} == {"2"}
    assert hall_key("3.2") != hall_key("32")


def test_placeholders_hold_no_digit() -> None:
    assert [is_placeholder(v) for v in ("n/a", "T.B.A.", "—", "A1", "Online 7")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_hostile_value_is_read_in_bounded_time(book: StandBook) -> None:
    for value in ("A1" * 5000, "A/" * 5000, "-" * 10_000, "A010B011" * 1000, "1 - " * 3000):
        assert book.read(value, "3.2").stands == () or len(book.read(value, "3.2").stands) <= 3
