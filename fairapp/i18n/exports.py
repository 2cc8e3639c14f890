"""A fair's tables in the reader's language: titles, and the words for states and kinds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from fairapp.i18n.phrases import phrase, sentences
from fairapp.rules.exports import Cell, ExportTable

Said = str | int | float | datetime | None


def page_said(table: ExportTable) -> str:
    """The page's name."""
    return phrase(table.page)


def titles_said(table: ExportTable) -> tuple[str, ...]:
    """The titles of its columns."""
    return tuple(map(phrase, table.columns))


def rows_said(table: ExportTable, timezone: str) -> Iterator[tuple[Said, ...]]:
    """Its rows with every enum in words, and instants as clocks at the fair show them."""
    zone = ZoneInfo(timezone)
    for row in table.rows:
        yield tuple(_said(cell, zone) for cell in row)


def _said(cell: Cell, zone: ZoneInfo) -> Said:
    if isinstance(cell, Enum):
        known = (type(cell), cell.name) in sentences()
        return phrase(cell) if known else str(cell.value)
    if isinstance(cell, datetime):
        return cell.astimezone(zone).replace(tzinfo=None)
    return cell
