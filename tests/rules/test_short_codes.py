"""Short codes: forgiving to the eye and the ear, unforgiving to a wrong character."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.short_codes import ALPHABET, BOOTH_LENGTH, check_character, draw_code, grouped, read_code


def test_a_drawn_code_has_its_length_and_alphabet_and_follows_the_given_chance() -> None:
    code = draw_code(BOOTH_LENGTH, Random(1).randrange)
    assert len(code) == 7
    assert set(code) <= set(ALPHABET)
    assert code == draw_code(BOOTH_LENGTH, Random(1).randrange)
    assert code != draw_code(BOOTH_LENGTH, Random(2).randrange)


def test_every_character_of_the_alphabet_is_drawn() -> None:
    chance = Random(3)
    assert set(draw_code(2000, chance.randrange)) == set(ALPHABET)


@pytest.mark.parametrize("typed", ["70k1m9q", "7Ok1-M9Q", " 7oKl m9q ", "7OKIM9Q", "7\u20110KLM9Q"])
def test_what_eyes_confuse_is_read_alike(typed: str) -> None:
    assert read_code(typed, 7) == "70K1M9Q"


@pytest.mark.parametrize(
    "typed", ["", "70K1M9", "70K1M9QQ", "70K1M9U", "70K1M9*", "７０Ｋ１Ｍ９é", "\x0070K1M9", "7" * 9999]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed, 7) is None


@given(st.integers(0, 2**32), st.integers(6, 8), st.data())
def test_one_wrong_character_is_always_noticed(seed: int, length: int, data: st.DataObject) -> None:
    code = draw_code(length, Random(seed).randrange, checked=True)
    assert read_code(code, length, checked=True) == code
    place = data.draw(st.integers(0, length - 1))
    other = data.draw(st.sampled_from(ALPHABET.replace(code[place], "")))
    assert read_code(code[:place] + other + code[place + 1 :], length, checked=True) is None


@given(st.integers(0, 2**32), st.integers(0, 6), st.integers(0, 6))
def test_two_exchanged_characters_are_always_noticed(seed: int, one: int, two: int) -> None:
    code = draw_code(8, Random(seed).randrange, checked=True)
    letters = list(code)
    letters[one], letters[two] = letters[two], letters[one]
    swapped = "".join(letters)
    assert read_code(swapped, 8, checked=True) == (code if swapped == code else None)


def test_the_check_character_of_a_printed_code_never_changes() -> None:
    assert [check_character(code) for code in ("0000000", "70K1M9Q", "ZZZZZZZ")] == ["0", "8", "C"]


def test_a_long_code_is_shown_in_two_groups() -> None:
    assert [grouped(code) for code in ("70K1M9Q", "ABCD1234", "AB12")] == ["70K-1M9Q", "ABCD-1234", "AB12"]
