"""Names in the order of the book's language, each under the letter its readers look under."""

import pytest

from fairapp.adapters import collation as order
from fairapp.adapters.collation import NoCollation, collation, reading

REAL = {
    "th": [
        ("10 โรง", "#"), ("กลุ่มทอผ้า", "ก"), ("เกษตร", "ก"), ("แก้ว", "ก"), ("ไก่", "ก"), ("ข้าวหอม", "ข"),
        ("น้ำผึ้ง", "น"), ("ผ้าไหม", "ผ"), ("โรงสี", "ร"), ("Chai 9", "C"),
    ],
    "lo": [("ກາເຟ", "ກ"), ("ໄກ່", "ກ"), ("ເຂົ້າ", "ຂ"), ("ສົ້ມ", "ສ"), ("ຜ້າໄໝ", "ຜ"), ("ແພ", "ພ")],
    "km": [("កសិកម្ម", "ក"), ("ខ្មែរ", "ខ"), ("ចំការ", "ច"), ("ស្ករត្នោត", "ស"), ("អង្ករ", "អ")],
    "my": [
        ("ကချင်", "က"), ("ပုသိမ်ထီး", "ပ"), ("မြန်မာ", "မ"), ("ရွှေ", "ရ"), ("လက်ဖက်", "လ"),
        ("သနပ်ခါး", "သ"),
    ],
    "ja": [
        ("アオイ", "あ"), ("かき", "か"), ("ギフ", "か"), ("ぎんざ", "か"), ("さくら", "さ"),
        ("パン", "は"), ("みかん", "ま"), ("株式会社大分特産", "漢字"),
    ],
    "zh": [
        ("安徽茶", "A"), ("Apple", "A"), ("北京茶", "B"), ("成都", "C"), ("重庆", "C"), ("广东", "G"),
        ("Tea", "T"), ("云南普洱", "Y"),
    ],
    "zh-Hant": [("一", "1 劃"), ("人", "2 劃"), ("北", "5 劃"), ("茶", "10 劃"), ("龍", "16 劃")],
    "ko": [("가나", "ㄱ"), ("까치", "ㄱ"), ("만인산", "ㅁ"), ("서울", "ㅅ"), ("쌀", "ㅅ"), ("한과", "ㅎ")],
    "hi": [("आम", "आ"), ("कमल", "क"), ("खादी", "ख"), ("चाय", "च"), ("ज्ञान", "ज"), ("हथकरघा", "ह")],
    "ar": [("إبل", "ا"), ("البوسنة", "ا"), ("تمر", "ت"), ("زيتون", "ز"), ("شاي", "ش"), ("عسل", "ع")],
    "en": [
        ("9 x", "#"), ("10 x", "#"), ("Ấm", "A"), ("apple", "A"), ("Đà Lạt", "D"), ("Éclair", "E"),
        ("“Tea”", "T"), ("Zebra", "Z"), ("กา", "ก"), ("龍", "漢字"),
    ],
    "vi": [("Ấm", "Â"), ("Cà phê", "C"), ("Đà Lạt", "Đ"), ("Ê", "Ê"), ("กา", "ก")],
}  # fmt: skip
"""Real words in the order a reader of the language looks them up, with the letter of their section."""


@pytest.mark.parametrize("language", REAL)
def test_real_words_stand_in_the_order_of_the_language(language: str) -> None:
    told = [word for word, _ in REAL[language]]
    mixed = sorted(told, key=lambda word: word[::-1])
    assert sorted(mixed, key=collation(language).key) == told


@pytest.mark.parametrize("language", REAL)
def test_each_stands_under_the_letter_its_readers_look_under(language: str) -> None:
    found = collation(language)
    assert [found.initial(word) for word, _ in REAL[language]] == [letter for _, letter in REAL[language]]


@pytest.mark.parametrize("language", REAL)
def test_a_section_is_begun_once(language: str) -> None:
    found = collation(language)
    words = sorted((word for each in REAL.values() for word, _ in each), key=found.key)
    letters = [found.initial(word) for word in words if found.initial(word) in dict(REAL[language]).values()]
    met = list(dict.fromkeys(letters))
    assert [letter for at, letter in enumerate(letters) if not at or letters[at - 1] != letter] == met


@pytest.mark.parametrize("text", ["", "   ", "“”", "🍯", "\ud800", "x" * 5000, "\u0301"])
def test_no_text_stops_it(text: str) -> None:
    for language in REAL:
        found = collation(language)
        assert found.key(text) == found.key(text)
        assert found.initial(text)


def test_japanese_names_are_ordered_by_the_reading_where_one_is_given() -> None:
    assert reading("株式会社大分特産", "オオイタトクサン", "ja") == "オオイタトクサン"
    assert collation("ja").initial("オオイタトクサン") == "あ"
    for other in ("Oita Tokusan", "大分トクサン", ""):
        assert reading("株式会社大分特産", other, "ja") == "株式会社大分特産"
    assert reading("HTX", "ヒ", "vi") == "HTX"


def test_without_the_library_nothing_is_ordered_by_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr(order, "find_library", lambda _name: None)
    with pytest.raises(NoCollation):
        order._found()
