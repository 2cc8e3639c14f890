"""Names in any script are set, and read back as they were typed."""

import io
from collections.abc import Sequence

import pytest
from reading import squeezed, texts

from fairapp.adapters.pdf.document import A4, Document
from fairapp.adapters.pdf.text import Style, clean
from fairapp.rules.printing import PrintFault

NAMES = (
    ("HTX Nông nghiệp Hương Rừng", "vi"),
    ("Đặc sản Ẩm thực Ốc đảo, ụ nọ ị ễ", "vi"),
    ("กัญญารัตน์ ศรีสุวรรณวงศ์", "th"),
    ("น้ำจิ้มซีฟู้ด", "th"),
    ("ສົມສີ ແກ້ວມະນີ", "lo"),
    ("ກຳປູເຈຍ", "lo"),
    ("សហគមន៍កសិកម្មស្ករត្នោត", "km"),
    ("បូស្ន៊ី និងហឺហ្ស៊ីហ្គូវីណា", "km"),
    ("ပုသိမ်ထီး လုပ်ငန်း", "my"),
    ("ဘော့စနီးယားနှင့် ဟာဇီဂိုဗီနား", "my"),
    ("株式会社大分特産", "ja"),
    ("平谷大桃", "zh"),
    ("만인산농협거점스마트APC", "ko"),
    ("हथकरघा समिति", "hi"),
    ("بوسنة", "ar"),
    ("البوسنة والهرسك", "ar"),
    ("Русская водка Ζιβάνα ՍԵՒԱՆ", "und"),
    ("Café 50 € – 3/4 “x”", "en"),
)
ONE_LINE = [each for each in NAMES if each[1] in ("vi", "th", "lo", "my", "ko", "ja", "en")]


def printed(names: Sequence[tuple[str, str]]) -> bytes:
    """A PDF with the names below one another."""
    out = io.BytesIO()
    doc = Document(out, "Proof", "vi")
    with doc.page(A4):
        top = 20.0
        for name, lang in names:
            style = Style(12, lang=lang, leading=1.7)
            top = doc.block(doc.type.lines(name, style, 480), style, 40, top, 480)
    doc.finish()
    return out.getvalue()


@pytest.mark.parametrize(("name", "lang"), NAMES)
def test_every_name_is_read_back_as_it_was_typed(name: str, lang: str) -> None:
    assert squeezed(texts(printed([(name, lang)]))[0]) == squeezed(name)


@pytest.mark.parametrize(("name", "lang"), ONE_LINE)
def test_no_blanks_are_read_where_there_are_none(name: str, lang: str) -> None:
    assert texts(printed([(name, lang)]))[0].strip() == name


def test_the_same_texts_give_the_same_bytes() -> None:
    assert printed(NAMES) == printed(NAMES)


def test_markup_is_only_text() -> None:
    text = '<b>x</b> <img src="/etc/hostname"/> &amp; %s {0} \\n (a) [b]'
    assert squeezed(texts(printed([(text, "en")]))[0]) == squeezed(text)


def doc() -> Document:
    return Document(io.BytesIO(), "Proof", "vi")


def broken(text: str, style: Style, width: float) -> list[str]:
    lines = doc().type.lines(text, style, width)
    return ["".join(word.text for word in line.words).rstrip() for line in lines]


def test_lines_break_at_blanks_and_none_is_too_wide() -> None:
    lines = doc().type.lines("Vùng chè hữu cơ sáu mươi héc-ta " * 6, Style(10), 120)
    assert len(lines) == 9
    assert max(line.width * 10 for line in lines) <= 120
    assert " ".join(broken("Vùng chè hữu cơ sáu mươi", Style(10), 60)) == "Vùng chè hữu cơ sáu mươi"


def test_thai_lines_break_between_words_of_the_dictionary() -> None:
    assert broken("กลุ่มทอผ้าบ้านดอนกลาง", Style(12, lang="th"), 70) == ["กลุ่มทอผ้าบ้าน", "ดอนกลาง"]


def test_a_name_of_several_words_breaks_at_its_blank_where_it_can() -> None:
    _, lines = doc().type.fitted("กัญญารัตน์ ศรีสุวรรณวงศ์", Style(24, 700, lang="th"), 180, [(2, 20)])
    assert ["".join(word.text for word in line.words).rstrip() for line in lines] == ["กัญญารัตน์", "ศรีสุวรรณวงศ์"]


def test_a_word_wider_than_the_line_is_cut_between_letters() -> None:
    found = broken("x" * 100, Style(10), 60)
    assert "".join(found) == "x" * 100
    assert len({len(each) for each in found[:-1]}) == 1


def test_what_is_over_the_lines_allowed_ends_in_an_ellipsis_and_is_reported() -> None:
    faults: list[PrintFault] = []
    lines = doc().type.lines("một hai ba bốn năm sáu bảy tám", Style(10), 60, 2, faults.append)
    assert faults == [PrintFault.CUT]
    assert lines[-1].words[-1].text == "…"
    assert max(line.width * 10 for line in lines) <= 60


def test_a_name_shrinks_to_its_limit_and_no_further() -> None:
    document = doc()
    style, lines = document.type.fitted("Vàng Thị Mai", Style(30, 800), 300, [(1, 20)])
    assert (style.size, len(lines)) == (30, 1)
    faults: list[PrintFault] = []
    style, lines = document.type.fitted("Nguyễn " * 30, Style(30, 800), 200, [(2, 20)], faults.append)
    assert (style.size, len(lines), faults) == (20, 2, [PrintFault.CUT])


def test_right_to_left_text_stands_in_its_order_and_starts_at_the_right() -> None:
    line = doc().type.line("بوسنة ABC 12", Style(12, lang="ar"))
    assert line.rtl
    assert [word.text.strip() for word in line.words if word.text.strip()] == ["ABC", "12", "بوسنة"]


def test_a_line_of_numbers_alone_within_right_to_left_text_is_set() -> None:
    lines = doc().type.lines("محمد للصناعات الغذائية 1234567", Style(10, lang="ar"), 50)
    assert ["".join(word.text for word in line.words).rstrip() for line in lines][-1] == "1234567"


def test_a_letter_no_font_has_is_shown_as_a_box_and_reported() -> None:
    faults: list[PrintFault] = []
    document = doc()
    line = document.type.line("a\U00013000b", Style(12), note=faults.append)
    assert faults == [PrintFault.NO_GLYPH]
    assert document.type.case.missing == {"\U00013000"}
    assert line.width > document.type.line("ab", Style(12)).width + 0.2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a\n\tb  ", "a b"),
        ("a\u202eb\u2066c", "abc"),
        ("a\x00\x07b", "ab"),
        ("a\ud800b", "ab"),
        ("Ca\u0300 phe\u0302", "Cà phê"),
        ("Z" + "\u0335" * 40, "Z" + "\u0335" * 6),
    ],
)
def test_controls_and_overrides_are_taken_out(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_taking_out_and_cutting_are_reported() -> None:
    faults: list[PrintFault] = []
    assert clean("a\u202eb", note=faults.append) == "ab"
    assert clean("x" * 50, 10, faults.append) == "x" * 9 + "…"
    assert faults == [PrintFault.CONTROL_CHARACTERS, PrintFault.TOO_LONG]
    assert clean("Cà phê", note=faults.append) == "Cà phê"
    assert len(faults) == 2
