"""Names stand in the order a Vietnamese reader looks for them."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.collation import vietnamese_initial, vietnamese_key, vietnamese_sort_text


def in_order(*names: str) -> bool:
    return all(vietnamese_key(a) < vietnamese_key(b) for a, b in pairwise(names))


def test_letters_with_marks_follow_their_plain_letters() -> None:
    letters = [
        "a",
        "ă",
        "â",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "g",
        "h",
        "i",
        "k",
        "l",
        "m",
        "n",
        "o",
        "ô",
        "ơ",
        "p",
        "q",
        "r",
        "s",
        "t",
        "u",
        "ư",
        "v",
        "x",
        "y",
    ]
    assert sorted(set(letters), key=vietnamese_key) == letters


def test_tones_follow_in_the_dictionary_s_order() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(set(tones), key=vietnamese_key) == tones


def test_letters_count_before_tones() -> None:
    assert in_order("má", "mai", "mài", "man")
    assert in_order("Dạ Hương", "Đa Lộc")
    assert in_order("Cà phê", "Cá rô", "Cam")


def test_a_shorter_word_comes_before_a_longer_one() -> None:
    assert in_order("An", "An Bình", "Anh")


def test_signs_and_capitals_only_decide_between_equals() -> None:
    assert vietnamese_key("“Hương Rừng”")[:2] == vietnamese_key("HƯƠNG RỪNG")[:2]
    assert vietnamese_key("Hương-Rừng")[:2] == vietnamese_key("hương rừng")[:2]


def test_a_hyphen_parts_latin_words_and_counts_nothing_within_thai_ones() -> None:
    assert vietnamese_key("ผ้าฝ้าย-ผ้าไหม")[:2] == vietnamese_key("ผ้าฝ้ายผ้าไหม")[:2]
    assert vietnamese_key("ผ้าไหม-Silk")[:2] == vietnamese_key("ผ้าไหม silk")[:2]


def test_composed_and_decomposed_spellings_are_one() -> None:
    text = "Đặc sản Tây Bắc"
    assert vietnamese_key(unicodedata.normalize("NFD", text))[:2] == vietnamese_key(text)[:2]


def test_digits_come_before_letters_and_other_scripts_after() -> None:
    assert in_order("3 Sạch", "An", "Yên", "กลุ่ม", "山田")


def test_numbers_count_as_numbers() -> None:
    assert in_order("Xưởng 2", "Xưởng 9", "Xưởng 10", "Xưởng 010a", "Xưởng 100")


@pytest.mark.parametrize(
    ("name", "initial"),
    [("ớt", "Ơ"), ("Đặng", "Đ"), ("“ẩm thực”", "Â"), ("36 phố", "#"), ("กลุ่ม", "ก"), ("", "#"), ("Élan", "E")],
)
def test_a_name_stands_under_the_letter_it_begins_with(name: str, initial: str) -> None:
    assert vietnamese_initial(name) == initial


@given(st.lists(st.text(), max_size=20))
def test_any_texts_have_one_order(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=vietnamese_key) == sorted(backwards, key=vietnamese_key)


def test_the_sort_text_sorts_as_the_key_does() -> None:
    names = ["Bình", "An", "Ân", "Ăn", "Đà", "Da", "Dạ", "Em", "Êm", "A 10", "A 9", "กขค", "An Giang", "Án"]
    assert sorted(names, key=vietnamese_sort_text) == sorted(names, key=vietnamese_key)
