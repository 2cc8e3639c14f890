"""Text: what is kept, what is refused, what is found."""

import pytest

from fairapp.rules.text import TextReason, TextRefused, clean, fold, name_key, search_terms, words


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Cà phê", "ca phe"),
        ("Đắk Lắk", "dak lak"),
        ("ĐẮK LẮK", "Dak Lak"),
        ("Straße", "STRASSE"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul", "istanbul"),
        ("ＡＢＣ　１２", "abc 12"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("Łódź", "lodz"),
        ("Ελλάς", "ελλασ"),
        ("Чай «Ёлка»", 'чаи "елка"'),
        ("مُحَمَّد", "محمد"),
        ("บูธ ๑๒", "บูธ 12"),
    ],
)
def test_a_search_without_accents_case_or_width_finds_the_name(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"), [("か", "が"), ("กี", "กิ"), ("कि", "की"), ("한국", "한극"), ("ハ", "パ"), ("က", "ကာ")]
)
def test_signs_that_are_letters_of_their_own_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert fold(one) == one


def test_folding_twice_is_folding_once() -> None:
    for text in ("Đắk Lắk", "İstanbul", "ｶﾞﾗｽ", "ŉ ǆ ﬃ ẞ", "हिन्दी", "한국"):
        assert fold(fold(text)) == fold(text)


def test_text_is_kept_composed_without_what_cannot_be_seen() -> None:
    assert clean("Ca\u0300\u200b phe\u0302\xa0 \u202asua\u202c\ufeff ") == "Cà phê sua"


def test_joiners_stay_where_a_script_needs_them() -> None:
    assert clean("می\u200cخواهم a\u200cb 👩\u200d🌾") == "می\u200cخواهم ab 👩\u200d🌾"


def test_lines_stay_lines_when_asked() -> None:
    assert clean(" one \r\n\r\n\r\n\r\ntwo\u2028three\t4 ", lines=True) == "one\n\ntwo\nthree 4"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\0b", TextReason.NUL),
        ("a\ud800b", TextReason.SURROGATE),
        ("a\u202egpj.exe", TextReason.OVERRIDE),
        ("x" * 501, TextReason.TOO_LONG),
        ("x" * 1_000_000, TextReason.TOO_LONG),
    ],
)
def test_text_that_cannot_be_kept_is_refused_by_name(text: str, reason: TextReason) -> None:
    with pytest.raises(TextRefused) as refused:
        clean(text)
    assert refused.value.reason is reason
    assert refused.value.fields == {"text": reason}


def test_a_file_loses_its_overrides_instead_of_its_row() -> None:
    assert clean("\u202d+84 912\u202c", strict=False) == "+84 912"


def test_search_terms_are_words_and_nothing_a_query_could_trip_over() -> None:
    assert search_terms("  Cà-phê 100%_\\ \0\ud800 'ca' บูธ ") == ("ca", "phe", "100", "บูธ")
    assert search_terms("%_\\") == ()
    assert len(search_terms(" ".join(map(str, range(100))))) == 8


def test_words_keep_the_signs_of_other_scripts() -> None:
    assert words("กลุ่มแม่บ้าน (สาขา ๒)") == "กลุ่มแม่บ้าน สาขา 2"


def test_a_tone_over_either_vowel_is_one_name() -> None:
    assert name_key("HTX Hoà  Bình") == name_key("htx HÒA BÌNH.")
    assert name_key("&why GmbH") == name_key("Why GMBH")


def test_another_tone_is_another_name() -> None:
    assert len({name_key(name) for name in ("Hoa", "Hòa", "Hóa", "Hoạ")}) == 4
