"""A delegation's workbook: its columns by country, its cells by name, its preview kept and read again."""

from __future__ import annotations

import pytest

from fairapp.rules.delegation_sheets import (
    Cell,
    CellReason,
    Fault,
    RowKind,
    SheetColumn,
    SheetRow,
    cell_name,
    columns_for,
    counts,
    from_json,
    is_formula,
    to_json,
)

C = SheetColumn


def test_only_viet_nam_has_communes_and_its_own_tax_codes() -> None:
    own = {C.TAX_CODE, C.COMMUNE, C.PROVINCE}
    assert not own & set(columns_for("TH", None))
    assert C.PLACE in columns_for("TH", None)
    assert own < set(columns_for("VN", None))
    assert C.PROVINCE not in columns_for("VN", "15")
    assert C.PLACE not in columns_for("VN", "15")


@pytest.mark.parametrize(
    ("place", "line", "name"), [(0, 2, "A2"), (1, 4, "B4"), (25, 9, "Z9"), (26, 10, "AA10"), (51, 1, "AZ1")]
)
def test_a_cell_is_called_as_a_spreadsheet_calls_it(place: int, line: int, name: str) -> None:
    assert cell_name(place, line) == name


@pytest.mark.parametrize("text", ["=1+1", " =HYPERLINK(…)", "+cmd", "@SUM(A1)", "-2+3"])
def test_what_a_spreadsheet_would_work_out_is_a_formula(text: str) -> None:
    assert is_formula(text)
    assert not is_formula(f"HTX {text}")


def test_a_preview_is_read_again_as_it_was_kept() -> None:
    broken = Cell(C.NAME, 1, "=1", None, Fault(CellReason.TWICE, {"line": 3}))
    rows = (
        SheetRow(2, RowKind.BROKEN, (Cell(C.NUMBER, 0, ""), broken)),
        SheetRow(3, RowKind.CHANGED, (Cell(C.BOOTHS, 2, "2", "1"), Cell(C.NAME, 1, "HTX")), 7),
        SheetRow(4, RowKind.NEW, (Cell(C.NAME, 1, "Mới"),)),
    )
    assert from_json(to_json(rows)) == rows
    assert rows[0].faults == (broken,)
    assert counts(rows) == {"new": 1, "changed": 1, "same": 0, "broken": 1, "faults": 1, "changes": 1}
