"""Blind reading: names and contacts are blacked out however they are written, and nothing else."""

import pytest

from fairapp.rules.veiling import BLACK, Veil

VEIL = Veil(
    ["HTX Chè Suối Giàng", "Suoi Giang Tea Cooperative", "บ้านไร่", "An"], ["+84912345678", "5300123456"]
)


@pytest.mark.parametrize(
    "written",
    [
        "HTX Chè Suối Giàng",
        "htx che suoi giang",
        "HTX  CHÈ   SUỐI GIÀNG",
        "HTX Che\u0300 Suo\u0302\u0301i Gia\u0300ng",
        "Suoi Giang Tea Cooperative",
        "บ้านไร่",
    ],
)
def test_a_name_is_hidden_in_every_spelling(written: str) -> None:
    assert VEIL.over(f"Của {written}, rất ngon") == f"Của {BLACK}, rất ngon"


@pytest.mark.parametrize(
    "written",
    ["0912 345 678", "+84 912.345.678", "(0)912-345-678", "5300123456", "che@suoigiang.example",
     "https://suoigiang.example/che", "www.suoigiang.example"],
)  # fmt: skip
def test_numbers_and_addresses_are_hidden(written: str) -> None:
    hidden = VEIL.over(f"Gọi {written} nhé")
    assert BLACK in hidden
    assert not any(part in hidden for part in ("345", "suoigiang", "3456"))


def test_a_thai_name_is_hidden_inside_a_sentence_without_blanks() -> None:
    assert VEIL.over("ชาจากบ้านไร่อร่อย") == f"ชาจาก{BLACK}อร่อย"


@pytest.mark.parametrize(
    "text",
    ["Sản lượng 12 000 000 lá mỗi năm", "Chè Shan tuyết cổ thụ", "HTX Chè Suối Giàngx", "An toàn", ""],
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert VEIL.over(text) == text


def test_every_place_is_hidden_and_the_text_between_is_kept() -> None:
    text = "HTX Chè Suối Giàng và htx chè suối giàng: 1 chè, 2 chè"
    assert VEIL.over(text) == f"{BLACK} và {BLACK}: 1 chè, 2 chè"
