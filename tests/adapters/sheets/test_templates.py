"""A workbook to fill in: read back it says what was written, offers its choices, and marks what is wrong."""

from __future__ import annotations

import io
import re
import zipfile

from fairapp.adapters.sheets.reading import read_sheet
from fairapp.adapters.sheets.templates import FormColumn, FormSheet, form_bytes

MANY = tuple(f"Xã Bản Liền số {number}" for number in range(200))
SHEET = FormSheet(
    "Đoàn [Lào Cai]",
    (
        FormColumn("Tên đơn vị", "Như đơn vị tự viết", is_needed=True),
        FormColumn("Loại hình", choices=("Hợp tác xã", "Doanh nghiệp")),
        FormColumn("Xã", choices=MANY),
    ),
    [["HTX Chè", "Hợp tác xã", MANY[3]], ["=1+1", "", ""]],
    marks={(1, 0): "Không được là công thức", (1, 2): "Điền vào đây"},
    refusal="Chọn trong danh sách.",
)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}


def test_what_was_written_is_read_back_and_a_formula_stays_text() -> None:
    data = form_bytes(SHEET, 500)
    sheet = read_sheet(data)
    assert sheet.header == ("Tên đơn vị", "Loại hình", "Xã")
    assert [row.cells for row in sheet.rows] == [("HTX Chè", "Hợp tác xã", MANY[3]), ("=1+1", "", "")]
    assert "<f>" not in parts(data)["xl/worksheets/sheet1.xml"]


def test_short_lists_stand_in_the_rule_and_long_ones_on_a_hidden_page() -> None:
    found = parts(form_bytes(SHEET, 500))
    page = found["xl/worksheets/sheet1.xml"]
    assert re.findall(r'sqref="([A-Z0-9:]+)"><formula1>([^<]+)', page) == [
        ("B2:B501", '"Hợp tác xã,Doanh nghiệp"'),
        ("C2:C501", "'lists'!$C$1:$C$200"),
    ]
    assert 'state="hidden"' in found["xl/workbook.xml"]


def test_marks_are_comments_beside_their_cells() -> None:
    comments = parts(form_bytes(SHEET, 10))["xl/comments1.xml"]
    assert re.findall(r'ref="([A-Z0-9]+)"', comments) == ["A1", "A3", "C3"]
    assert "Không được là công thức" in comments
