"""XLSX workbooks: looked over as a packed file first, then read by calamine."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from fairapp.adapters.sheets.packed import look_over
from fairapp.rules.imports import SourceRow
from fairapp.rules.sheets import FileNote, FileReason, FileRefused, Finding, Limits


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a workbook."""

    rows: Iterator[SourceRow]
    name: str
    names: tuple[str, ...]
    findings: tuple[Finding, ...]


def rows_of_workbook(data: bytes, wanted: str | None, limits: Limits) -> Page:
    """Read the wanted page, or the first visible one that has anything on it."""
    look_over(data, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = tuple(
            page.name
            for page in book.sheets_metadata
            if page.typ == SheetTypeEnum.WorkSheet and page.visible == SheetVisibleEnum.Visible
        )
        if wanted is not None and wanted not in names:
            raise FileRefused(FileReason.UNKNOWN_SHEET, sheet=wanted[:60], sheets=", ".join(names))
        if not names:
            raise FileRefused(FileReason.EMPTY)
        page, filled = _first_filled(book, (wanted,) if wanted else names)
    except PasswordError:
        raise FileRefused(FileReason.LOCKED) from None
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefused(FileReason.DAMAGED, why=type(error).__name__) from None
    others = len(names) - 1
    findings = (Finding(FileNote.MORE_SHEETS, others),) if others and wanted is None else ()
    return Page(_rows(page, limits), filled, names, findings)


def _first_filled(book: CalamineWorkbook, names: tuple[str, ...]) -> tuple[CalamineSheet, str]:
    for name in names:
        page = book.get_sheet_by_name(name)
        if page.height and page.width:
            return page, name
    raise FileRefused(FileReason.EMPTY)


def _rows(page: CalamineSheet, limits: Limits) -> Iterator[SourceRow]:
    if page.total_width > limits.columns:
        raise FileRefused(FileReason.TOO_MANY_COLUMNS, limit=limits.columns, line=1)
    # iter_rows starts at the page's first row, yet at the first column that has anything in it.
    margin = ("",) * (page.start or (0, 0))[1]
    for number, cells in enumerate(page.iter_rows(), 1):
        if number > limits.rows * 2:
            raise FileRefused(FileReason.TOO_MANY_ROWS, limit=limits.rows)
        texts = margin + tuple(map(cell_text, cells))
        if texts and max(map(len, texts)) > limits.cell:
            raise FileRefused(FileReason.CELL_TOO_LONG, limit=limits.cell, line=number)
        yield SourceRow(number, texts)


def cell_text(value: str | float | int | bool | date | datetime | time | timedelta) -> str:
    """Return a cell as it would be typed: whole numbers without a point, days in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
