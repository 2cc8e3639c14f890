"""Badge tokens as text: their length, their alphabet, and their only spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.badge_tokens import (
    TOKEN_LENGTH,
    Claims,
    Sealed,
    TokenReason,
    found_in,
    message,
    spell,
    take_apart,
)
from fairapp.rules.badges import KIND_NUMBERS, LAST_ISSUE, BadgeKind

QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
ANY_CLAIMS = st.builds(
    Claims,
    fair_id=st.integers(0, 2**24 - 1),
    badge_id=st.integers(0, 2**32 - 1),
    issue=st.integers(0, 255),
    kind=st.integers(0, 255),
    days=st.integers(0, 2**16 - 1),
)


@given(ANY_CLAIMS, st.integers(0, 255), st.integers(0, 255), st.binary(min_size=64, max_size=64))
def test_claims_come_back_as_they_were_signed(
    claims: Claims, key_id: int, salt: int, signature: bytes
) -> None:
    signed = message(claims, key_id, salt)
    token = spell(signed, signature)
    assert len(token) == TOKEN_LENGTH == 120
    assert set(token) <= QR_ALPHANUMERIC
    assert take_apart(token) == Sealed(claims, key_id, signed, signature)


@given(ANY_CLAIMS, st.data())
def test_another_spelling_never_reads_as_the_same_bytes(claims: Claims, data: st.DataObject) -> None:
    token = spell(message(claims, 1, 0), bytes(64))
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda letter: letter != token[place]))
    assert take_apart(token[:place] + other + token[place + 1 :]) != take_apart(token)


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    assert isinstance(take_apart(text), TokenReason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", TokenReason.FOREIGN),
        ("https://example.com/B/70K1M9Q", TokenReason.FOREIGN),
        ("fb1:" + "0" * 116, TokenReason.FOREIGN),
        ("FB2:" + "0" * 116, TokenReason.OTHER_VERSION),
        ("FB1:", TokenReason.DAMAGED),
        ("FB1:" + "0" * 115, TokenReason.DAMAGED),
        ("FB1:" + "0" * 117, TokenReason.DAMAGED),
        ("FB1:" + ":" * 116, TokenReason.DAMAGED),
        ("FB1:" + "0" * 115 + "\n", TokenReason.DAMAGED),
    ],
)
def test_a_foreign_or_damaged_code_is_told_apart(text: str, reason: TokenReason) -> None:
    assert take_apart(text) is reason


@pytest.mark.parametrize("wrong", [{"fair_id": 2**24}, {"badge_id": 2**32}, {"issue": 256}, {"days": -1}])
def test_claims_that_do_not_fit_are_never_signed_cut_off(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Claims(**{"fair_id": 1, "badge_id": 1, "issue": 1, **wrong})


@pytest.mark.parametrize("around", ["{}", "]Q1{}", "\x02{}\r\n", " {} ", "SCAN:{}XYZ"])
def test_a_token_is_found_in_what_a_scanner_types(around: str) -> None:
    token = spell(message(Claims(1, 7, 1), 1, 0), bytes(64))
    assert found_in(around.format(token)) == token
    assert found_in(around.format(token.lower())) == token


def test_where_no_token_is_the_text_stays_as_it_was() -> None:
    assert [found_in(text) for text in ("", "thị mai", "ß" * 9)] == ["", "thị mai", "ß" * 9]


def test_every_kind_of_badge_has_a_number_of_its_own_that_fits_its_byte() -> None:
    assert set(KIND_NUMBERS) == set(BadgeKind)
    assert sorted(set(KIND_NUMBERS.values())) == sorted(KIND_NUMBERS.values())
    assert all(Claims(1, 1, LAST_ISSUE, number) for number in KIND_NUMBERS.values())
