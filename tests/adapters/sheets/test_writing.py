"""Tables written so that a spreadsheet shows what was meant and runs nothing."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from fairapp.adapters.sheets.reading import read_sheet
from fairapp.adapters.sheets.writing import (
    Column,
    Table,
    csv_bytes,
    page_name,
    safe_cell,
    write_csv,
    write_xlsx,
)


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1+1",
        "＋x",
        "|x",
        "%x",
        "-x",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(formula: str) -> None:
    assert safe_cell(formula) == "'" + formula


@pytest.mark.parametrize(
    "plain", ["+84 912 345 678", "+84(0)24-3942.1234", "-5", "-0.5", "Cà phê = ngon", "a@b.vn", "3/2", ""]
)
def test_numbers_phones_and_plain_text_stay_whole(plain: str) -> None:
    assert safe_cell(plain) == plain


def test_a_csv_opens_rightly_everywhere(tmp_path: Path) -> None:
    write_csv(
        tmp_path / "r.csv", ("Tên", "SĐT"), [("Đắk, Lắk", "+84 912"), ('"x"\ny', None), (Decimal("1.5"), 2)]
    )
    assert (tmp_path / "r.csv").read_bytes() == (
        '\ufeffTên,SĐT\r\n"Đắk, Lắk",+84 912\r\n"""x""\ny",\r\n1.5,2\r\n'.encode()
    )
    assert [file.name for file in tmp_path.iterdir()] == ["r.csv"]


def test_a_written_list_is_read_back() -> None:
    sheet = read_sheet(
        csv_bytes(("Tên đơn vị", "Gian hàng"), [("Đắk\nLắk", "A-1"), ("東京", "A;2")], delimiter=";")
    )
    assert [row.cells for row in sheet.rows] == [("Đắk\nLắk", "A-1"), ("東京", "A;2")]


def test_a_workbook_has_typed_cells_and_a_header_that_stays(tmp_path: Path) -> None:
    import openpyxl

    columns = (Column("Tên", 30), Column("m²", 8, "0.00"), Column("Ngày"), Column("Lúc"), Column("Có"))
    moment = datetime(2027, 4, 3, 9, 30, tzinfo=UTC)
    rows = [
        ('=HYPERLINK("x")', Decimal("9.5"), date(2027, 4, 3), moment, True),
        ("+84 912 345 678", 12345678901234567890, None, "", False),
        ("http://x.vn\x01" + "y" * 40_000, float("inf"), Decimal("NaN"), "0123", None),
    ]
    write_xlsx(tmp_path / "x.xlsx", [Table("Đơn vị / 1", columns, rows), Table("đơn vị 1", (), ())])
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Đơn vị 1", "đơn vị 1 2"]
    page = book.worksheets[0]
    assert (page.freeze_panes, page.auto_filter.ref, page["A1"].font.b) == ("A2", "A1:E4", True)
    assert page.column_dimensions["A"].width > 30
    cells = [[(cell.value, cell.data_type) for cell in row] for row in page["A2:E3"]]
    assert cells == [
        [
            ('=HYPERLINK("x")', "s"),
            (9.5, "n"),
            (moment.replace(hour=0, minute=0, tzinfo=None), "d"),
            (moment.replace(tzinfo=None), "d"),
            (True, "b"),
        ],
        [("+84 912 345 678", "s"), ("12345678901234567890", "s"), (None, "n"), (None, "n"), (False, "b")],
    ]
    assert (page["A4"].value[:14], len(page["A4"].value)) == ("http://x.vnyyy", 32_767)
    assert [page[cell].value for cell in ("B4", "C4", "D4")] == ["inf", "NaN", "0123"]
    assert page["A4"].hyperlink is None


def test_the_same_tables_make_the_same_bytes() -> None:
    def made() -> bytes:
        out = io.BytesIO()
        write_xlsx(out, [Table("x", (Column("a"),), [("b",)])], made_at=datetime(2027, 1, 1, tzinfo=UTC))
        return out.getvalue()

    assert made() == made()


def test_page_names_are_what_excel_takes() -> None:
    used: set[str] = set()
    names = [page_name(name, used) for name in ("a/b:c", "A B C", "'x'", "", "History", "n" * 40, "N" * 40)]
    assert names == ["a b c", "A B C 2", "x", "1", "History 2", "n" * 31, "N" * 29 + " 2"]
