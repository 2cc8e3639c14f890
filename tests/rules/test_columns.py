"""Columns told by their titles in many languages, or by the person who imports."""

import pytest

from fairapp.rules.column_titles import TITLES, Field
from fairapp.rules.columns import (
    PRODUCER_FIELDS,
    ColumnReason,
    ColumnsRefused,
    check_columns,
    guess_columns,
    meaning,
    parse_columns,
)
from fairapp.rules.text import words

HEADER = ("booth_id", "shop_name", "categories", "Country (EN)", "", "Country")


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Tên đơn vị;Gian hàng;Tỉnh/Thành;SĐT;E-mail;Số sao", "name booth province phone email stars"),
        ("TEN DON VI;GIAN HANG;;Mã số thuế", "name booth - tax_code"),
        ("Aussteller;Halle;Stand;Land;Telefon", "name hall booth country phone"),
        ("出展者名;ブース番号;国;都道府県", "name booth country province"),
        ("회사명;부스;국가", "name booth country"),
        ("ชื่อผู้ประกอบการ;หมายเลขบูธ;จังหวัด", "name booth province"),
        ("exposant;stand;pays;site web", "name booth country website"),
        ("exhibitor_id;name;country;hall;booth", "- name country hall booth"),
        ("Company;Brand name;Stand No.", "name - booth"),
        ("id;foo;bar", "- - -"),
    ],
)
def test_a_header_is_understood(header: str, fields: str) -> None:
    expected = {Field(word): place for place, word in enumerate(fields.split()) if word != "-"}
    assert guess_columns(header.split(";")) == expected


def test_a_list_of_producers_has_no_booth() -> None:
    assert guess_columns(("Name", "Booth"), PRODUCER_FIELDS) == {Field.NAME: 0}


def test_no_title_means_two_fields() -> None:
    """A title in two lists is read as the first of them, so listing it twice would be a mistake."""
    seen: dict[str, Field] = {}
    for field, titles in TITLES.items():
        for title in titles.split("|"):
            assert seen.setdefault(words(title), field) is field, title
            assert meaning(title) is field


def test_columns_are_chosen_over_the_guess() -> None:
    expected = {Field.NAME: 1, Field.BOOTH: 0, Field.COUNTRY: 5, Field.GROUP: 2}
    assert parse_columns("name=shop_name,booth=booth_id", HEADER) == expected


def test_columns_are_chosen_by_number_switched_off_and_quoted() -> None:
    header = (*HEADER, "Hall, level")
    chosen = parse_columns('name=#2, country=,group=,"hall=Hall, level"', header)
    assert chosen == {Field.NAME: 1, Field.BOOTH: 0, Field.HALL: 6}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name", ColumnReason.BAD_SYNTAX),
        ("=shop_name", ColumnReason.BAD_SYNTAX),
        ('"name=shop', ColumnReason.BAD_SYNTAX),
        ("nom=shop_name", ColumnReason.UNKNOWN_FIELD),
        ("name=shop", ColumnReason.UNKNOWN_COLUMN),
        ("name=#0", ColumnReason.UNKNOWN_COLUMN),
        ("name=#99999999999999999999", ColumnReason.UNKNOWN_COLUMN),
        ("name=#²", ColumnReason.UNKNOWN_COLUMN),
        ("name=shop_name,name=booth_id", ColumnReason.FIELD_TWICE),
        ("name=shop_name,booth=shop_name", ColumnReason.COLUMN_TWICE),
        ("name=,booth=booth_id", ColumnReason.NO_NAME_COLUMN),
    ],
)
def test_a_wrong_choice_is_named(text: str, reason: ColumnReason) -> None:
    with pytest.raises(ColumnsRefused) as refused:
        parse_columns(text, HEADER)
    assert refused.value.reasons == (reason,)


def test_a_title_that_stands_twice_is_asked_for_by_number() -> None:
    with pytest.raises(ColumnsRefused) as refused:
        parse_columns("name=Name", ("name ", "NAME", "x"))
    assert refused.value.reason is ColumnReason.COLUMN_STANDS_TWICE
    assert refused.value.facts == {"column": "Name", "numbers": "#1, #2"}


def test_a_mapping_from_a_form_is_checked_too() -> None:
    with pytest.raises(ColumnsRefused) as refused:
        check_columns({Field.NAME: 9}, HEADER)
    assert refused.value.reason is ColumnReason.UNKNOWN_COLUMN
