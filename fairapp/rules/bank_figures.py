"""Sums and days as banks write them: any separators, brackets, trailing D and C, days in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from fairapp.rules.text import fold

MOST_MINOR = 10**15
"""No sum of a fair is larger; a longer number is an account or a reference."""

_IN = frozenset({"c", "cr", "credit", "co", "+", "ghi co", "haben", "h", "in", "tien vao", "thu"})
_OUT = frozenset({"d", "dr", "debit", "no", "-", "ghi no", "soll", "s", "out", "tien ra", "chi"})
_CURRENCY = re.compile(r"vnd|vnđ|usd|eur|thb|jpy|₫|đồng|đ|\$|€|¥|฿")
_MARK = re.compile(r"(?<=[\d.,)\s])(cr|dr|c|d)\.?$")
_DIGITS = re.compile(r"\d[\d.,' ]*")


def sign_of(text: str) -> int | None:
    """1 for money that came, -1 for money that went, None where the mark says neither."""
    mark = fold(text).strip(" .")
    return 1 if mark in _IN else -1 if mark in _OUT else None


def amount_of(text: str, decimals: int = 0) -> int | None:
    """A sum in the smallest unit, negative when money went; None when the cell holds no sum.

    ``1.234.567,00``, ``1,234,567``, ``1 234 567``, ``(1000)``, ``1000 D`` and ``-1.000 ₫`` are sums.
    A part smaller than the currency's smallest unit makes the cell unreadable: nothing is rounded away.
    """
    said = " ".join(text.casefold().replace("−", "-").replace("\xa0", " ").split())
    if len(said) > 60:
        return None
    said = _CURRENCY.sub("", said).strip()
    sign = 1
    if mark := _MARK.search(said):
        sign, said = (-1 if mark[1].startswith("d") else 1), said[: mark.start()].strip()
    if said.startswith("(") and said.endswith(")"):
        sign, said = -sign, said[1:-1].strip()
    if said[:1] in "+-" and said:
        sign, said = (-sign if said[0] == "-" else sign), said[1:].strip()
    elif said[-1:] in "+-" and said:
        sign, said = (-sign if said[-1] == "-" else sign), said[:-1].strip()
    if not _DIGITS.fullmatch(said):
        return None
    parts = _whole_and_part(re.sub(r"[' ]", "", said), decimals)
    if parts is None:
        return None
    whole, part = parts
    if part[decimals:].strip("0"):
        return None
    minor = int(whole + (part + "0" * decimals)[:decimals])
    return sign * minor if minor <= MOST_MINOR else None


def _whole_and_part(said: str, decimals: int) -> tuple[str, str] | None:
    """The digits before and after the decimal sign, whichever of the two signs that is."""
    last = max(said.rfind("."), said.rfind(","))
    if last < 0:
        return said, ""
    mark, tail = said[last], said[last + 1 :]
    other = "," if mark == "." else "."
    is_decimal = said.count(mark) == 1 and (len(tail) != 3 or other in said)
    whole = said[:last] if is_decimal else said
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and (any(len(group) != 3 for group in groups[1:]) or not 0 < len(groups[0]) <= 3):
        return None
    if len({sign for sign in whole if sign in ".,"}) > 1:
        return None
    return "".join(groups) or "0", tail if is_decimal else ""


class DayOrder(StrEnum):
    """Which number of a short date is the day."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SHORT = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_SOLID = re.compile(r"(20\d{2})(\d{2})(\d{2})(?!\d)")
_NAMED = re.compile(r"(\d{1,2})[-/ ]([a-z]{3})[a-z]*[-/ ,]+(\d{4}|\d{2})(?!\d)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def day_order(texts: Iterable[str]) -> DayOrder:
    """Told by the whole column: the month stands first only where no other reading makes days of it."""
    seconds_are_days = False
    for text in texts:
        if hit := _SHORT.search(text):
            if int(hit[1]) > 12:
                return DayOrder.DAY_FIRST
            seconds_are_days |= int(hit[2]) > 12
    return DayOrder.MONTH_FIRST if seconds_are_days else DayOrder.DAY_FIRST


def day_of(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date | None:
    """The day a cell names, with or without a time beside it; None when it names none."""
    said = fold(text[:60])
    if hit := _ISO.search(said) or _SOLID.match(said):
        return _day(int(hit[1]), int(hit[2]), int(hit[3]))
    if hit := _SHORT.search(said):
        first, second = int(hit[1]), int(hit[2])
        day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
        return _day(int(hit[3]), month, day)
    if (hit := _NAMED.search(said)) and hit[2] in _MONTHS:
        return _day(int(hit[3]), _MONTHS.index(hit[2]) + 1, int(hit[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None
