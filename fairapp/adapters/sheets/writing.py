"""Tables out: CSV that no spreadsheet takes for a formula, and XLSX with typed cells."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

from fairapp.adapters.files import write_whole

Value = str | int | float | Decimal | bool | date | datetime | None
LONGEST_CELL = 32_767
_PHONE_OR_NUMBER = re.compile(r"[+-]?\(?\d[\d\s().,/-]*")
_FORMULA = re.compile(r"[\s\x00]*[=+\-@＝＋－＠\t\r|%]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its width in letters, and how numbers and days are shown."""

    title: str
    width: int = 18
    shown_as: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One page of a workbook."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]


def safe_cell(value: Value) -> str:
    """Return a CSV cell: what a spreadsheet would run gets an apostrophe, ``+84 912 …`` stays whole."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = _CONTROL.sub("", value)
    if _FORMULA.match(text) and not _PHONE_OR_NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]], *, delimiter: str = ",") -> bytes:
    """Return a CSV file: UTF-8 with its mark (so that Excel reads it right), CRLF, formulas made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([safe_cell(title) for title in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]], *, delimiter: str = ","
) -> None:
    """Write a CSV file in one go, so that no half of it is ever seen."""
    write_whole(path.absolute(), csv_bytes(header, rows, delimiter=delimiter), mode=0o644)


def xlsx_bytes(tables: Sequence[Table], *, title: str = "", made_at: datetime | None = None) -> bytes:
    """Return a workbook; see ``write_xlsx``."""
    out = io.BytesIO()
    write_xlsx(out, tables, title=title, made_at=made_at)
    return out.getvalue()


def write_xlsx(
    target: Path | BinaryIO, tables: Sequence[Table], *, title: str = "", made_at: datetime | None = None
) -> None:
    """Write a workbook, a page per table: titles frozen and filtered; text is text, never a formula."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    buffer = io.BytesIO() if isinstance(target, Path) else target
    with xlsxwriter.Workbook(
        buffer, {**options, "strings_to_numbers": False, "remove_timezone": True}
    ) as book:
        properties: dict[str, object] = {"title": title}
        if made_at:
            properties["created"] = made_at.replace(tzinfo=None)
        book.set_properties(properties)
        used: set[str] = set()
        for table in tables:
            _write_page(book, page_name(table.name, used), table)
    if isinstance(target, Path) and isinstance(buffer, io.BytesIO):
        write_whole(target.absolute(), buffer.getvalue(), mode=0o644)


def _write_page(book: Any, name: str, table: Table) -> None:
    page = book.add_worksheet(name)
    head = book.add_format(
        {"bold": True, "bg_color": "#E8EDE9", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    own = [book.add_format({"num_format": c.shown_as}) if c.shown_as else None for c in table.columns]
    page.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.title, head)
    last = 0
    for last, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            form = own[place] if place < len(own) else None
            _write_cell(page, last, place, value, form, days, moments)
    if table.columns:
        page.autofilter(0, 0, max(last, 1), len(table.columns) - 1)


def _write_cell(page: Any, row: int, place: int, value: Value, form: Any, days: Any, moments: Any) -> None:
    """Write one typed cell; numbers beyond 15 digits are text, for Excel would round them."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, int | float | Decimal):
        if isfinite(value) and abs(float(value)) < 1e15:
            page.write_number(row, place, value, form)
        else:
            page.write_string(row, place, str(value))
    elif isinstance(value, datetime):
        page.write_datetime(row, place, value, form or moments)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, form or days)
    else:
        page.write_string(row, place, cut_text(value))


def cut_text(text: str) -> str:
    """Return a text that fits a cell: no controls, at most 32,767 letters, the cut shown by a mark."""
    text = _CONTROL.sub("", text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def page_name(wanted: str, used: set[str]) -> str:
    """Return a name Excel takes for a page: 31 letters, none of ``[]:*?/\\``, each once whatever its case."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", wanted).split()).strip(" '") or "1"
    name, number = plain[:31], 1
    while name.lower() in used or name.lower() == "history":
        number += 1
        name = f"{plain[: 31 - len(str(number)) - 1]} {number}"
    used.add(name.lower())
    return name
