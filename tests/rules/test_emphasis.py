"""What stands between stars is stressed; every other star is a star."""

import pytest

from fairapp.rules.emphasis import plain, spans


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ()),
        ("Chè cổ thụ", (("Chè cổ thụ", False),)),
        ("Chè *cổ thụ* Bản Liền", (("Chè ", False), ("cổ thụ", True), (" Bản Liền", False))),
        ("*Chè*, *mật*.", (("Chè", True), (", ", False), ("mật", True), (".", False))),
        ("(*Ớt*)", (("(", False), ("Ớt", True), (")", False))),
        ("กลุ่ม*ทอผ้า*บ้าน", (("กลุ่ม", False), ("ทอผ้า", True), ("บ้าน", False))),
        ("新しい*お茶*です", (("新しい", False), ("お茶", True), ("です", False))),
        ("*一*", (("一", True),)),
        (r"*năm \* sao*", (("năm * sao", True),)),
    ],
)
def test_what_stands_between_stars_is_stressed(text: str, told: tuple[tuple[str, bool], ...]) -> None:
    assert spans(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4",
        "5 * 6 * 7",
        "một * sao",
        "**đậm**",
        "*mở mà không đóng",
        "đóng mà không mở*",
        "cà*phê*sữa",
        "* danh sách\n* thứ hai",
        "*một dòng\ndòng khác*",
        "<b>*</b>",
        "*",
        "**",
        "***",
    ],
)
def test_every_other_star_is_a_star(text: str) -> None:
    assert spans(text) == ((text, False),)
    assert plain(text) == text


def test_a_star_behind_a_backslash_stays() -> None:
    assert spans(r"\*không đậm\*") == (("*không đậm*", False),)
    assert plain(r"Gạo *ngon* \*") == "Gạo ngon *"


def test_markup_is_only_text() -> None:
    assert spans("*<b>đậm</b>*") == (("<b>đậm</b>", True),)


def test_many_stars_take_no_time() -> None:
    assert len(spans("*a " * 7_000)) == 1
    assert plain("*a* " * 5_000) == "a " * 5_000
