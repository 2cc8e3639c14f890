"""Workbooks to fill in: drop-downs, what each column wants, and cells marked with what is wrong in them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fairapp.adapters.sheets.writing import cut_text, page_name

_LONGEST_INLINE = 250
"""Excel takes no longer list of choices than that inside a rule; longer ones stand on a page of their own."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column to fill in: its title, what it wants, and the choices it offers."""

    title: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    width: int = 20
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A page to fill in; ``marks`` say by (row, column) of ``rows``, from 0, what is wrong there."""

    name: str
    columns: tuple[FormColumn, ...]
    rows: Sequence[Sequence[str]]
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    refusal: str = ""
    """What a spreadsheet says to a text that is none of the choices."""


def form_bytes(sheet: FormSheet, rows_to_fill: int) -> bytes:
    """The page as a workbook: titles frozen, every cell text, choices from a hidden second page."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        used: set[str] = set()
        page = book.add_worksheet(page_name(sheet.name, used))
        lists = book.add_worksheet(page_name("lists", used))
        lists.hide()
        _write_titles(book, page, sheet)
        _write_rows(book, page, sheet)
        last = max(rows_to_fill, len(sheet.rows))
        for place, column in enumerate(sheet.columns):
            if column.choices:
                _offer(page, lists, place, column, last, sheet.refusal)
    return out.getvalue()


def _write_titles(book: Any, page: Any, sheet: FormSheet) -> None:
    look = {"bg_color": "#E8EDE9", "bottom": 1, "text_wrap": True, "valign": "top"}
    plain, needed = book.add_format({**look}), book.add_format({**look, "bold": True})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 2)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, text)
        page.write_string(0, place, column.title, needed if column.is_needed else plain)
        if column.hint:
            page.write_comment(0, place, column.hint, {"x_scale": 2})


def _write_rows(book: Any, page: Any, sheet: FormSheet) -> None:
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    wrong = book.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#F9D9DC", "border": 1}
    )
    for number, row in enumerate(sheet.rows):
        for place, value in enumerate(row):
            mark = sheet.marks.get((number, place))
            form = wrong if mark else text
            if value:
                page.write_string(number + 1, place, cut_text(value), form)
            elif mark:
                page.write_blank(number + 1, place, None, form)
            if mark:
                page.write_comment(number + 1, place, mark, {"x_scale": 2})


def _offer(page: Any, lists: Any, place: int, column: FormColumn, last: int, refusal: str) -> None:
    """Let the column's cells be chosen from its list."""
    from xlsxwriter.utility import xl_col_to_name

    source: Any = list(column.choices)
    if sum(len(choice) + 1 for choice in column.choices) > _LONGEST_INLINE or any(
        "," in choice for choice in column.choices
    ):
        for number, choice in enumerate(column.choices):
            lists.write_string(number, place, choice)
        letter = xl_col_to_name(place)
        source = f"='{lists.get_name()}'!${letter}$1:${letter}${len(column.choices)}"
    rule = {"validate": "list", "source": source, "error_message": refusal[:255], "ignore_blank": True}
    page.data_validation(1, place, last, place, rule)
