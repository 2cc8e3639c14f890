"""Dates, times, money and numbers as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision

from fairapp.i18n import current_language
from fairapp.rules.days import runs

_LONG_DATE = {"vi": "d.M.yyyy", "en": "d MMMM yyyy"}
_SHORT_DATE = {"vi": "d.M", "en": "d MMM"}
_DAY_DATE = {"vi": "EEEE, d.M.yyyy", "en": "EEEE d MMMM yyyy"}
_DECIMAL = {"vi": ",", "en": "."}
_FIGURE = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})*")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


def date(day: Date | datetime, style: str = "long", zone: str | None = None) -> str:
    """A day: ``15.4.2027`` in Vietnamese, ``15 April 2027`` in English; ``style`` is long, short or day.

    A moment falls on the day that it is in ``zone``.
    """
    if zone and isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(zone))
    return _date(day.date() if isinstance(day, datetime) else day, style, current_language())


@lru_cache(4096)
def _date(day: Date, style: str, language: str) -> str:
    patterns = {"long": _LONG_DATE, "short": _SHORT_DATE, "day": _DAY_DATE}[style]
    return format_date(day, patterns.get(language, "long"), locale=_locale(language))


def day_range(first: Date, last: Date) -> str:
    """The days of a fair: ``15–19.4.2027``, ``15–19 April 2027``, and across months in full."""
    if first == last:
        return date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date(last)}"
    if first.year == last.year:
        return f"{date(first, 'short')} – {date(last)}"
    return f"{date(first)} – {date(last)}"


def days(listed: Iterable[Date], style: str = "long") -> str:
    """Some days of a fair: ``15–16.4, 18.4.2027``; short: without the year."""
    stretches = runs(listed)
    said = [_short_range(*each) for each in stretches]
    if said and style == "long":
        said[-1] = day_range(*stretches[-1])
    return ", ".join(said)


def _short_range(first: Date, last: Date) -> str:
    if first == last:
        return date(first, "short")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date(last, 'short')}"
    return f"{date(first, 'short')} – {date(last, 'short')}"


def moment(at: datetime, zone: str | tzinfo = "UTC") -> str:
    """A date with its time of day in ``zone``: ``17:00, 3.2.2027``; ``at`` is aware."""
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    if current_language() == "vi":
        return f"{local:%H:%M}, {date(local)}"
    return f"{date(local)}, {local:%H:%M}"


def time(at: datetime, zone: str | tzinfo = "UTC") -> str:
    """The time of day in ``zone``: ``17:00``."""
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return format_time(local, "HH:mm", locale=_locale(current_language()))


def iso(at: datetime) -> str:
    """The machine's form for ``<time datetime>``."""
    return format_datetime(at, "yyyy-MM-dd'T'HH:mm:ssZZZZZ", locale="en")


def number(value: int | float | Decimal) -> str:
    """A number with the language's separators: ``1.903`` or ``1,903``."""
    return _number(value, current_language())


@lru_cache(4096)
def _number(value: int | float | Decimal, language: str) -> str:
    return format_decimal(value, locale=_locale(language))


def area(square_metres: float | Decimal) -> str:
    """An area: ``9 m²``."""
    return f"{number(round(Decimal(str(square_metres)), 2).normalize() + 0)} m²"


def money(amount_minor: int, currency: str) -> str:
    """A sum of the currency's smallest units: ``12.000.000 ₫``, ``₫12,000,000``."""
    places = decimals(currency)
    value = Decimal(amount_minor).scaleb(-places)
    return format_currency(value, currency, locale=_locale(current_language()))


def decimals(currency: str) -> int:
    """How many digits the currency's smallest unit has behind the comma: none for VND, two for USD."""
    return get_currency_precision(currency)


def listing(parts: list[str]) -> str:
    """Words in a row: ``a, b và c``."""
    return format_list(parts, locale=_locale(current_language()))


def weekday(day: Date) -> str:
    """The day of the week: ``Thứ Năm``, ``Thursday``."""
    return format_date(day, "EEEE", locale=_locale(current_language()))


def read_number(said: str) -> Decimal | None:
    """The number in what somebody typed in the language of the moment, or nothing.

    Thousands stand in groups of three; a single point or comma that parts no such group parts the decimals,
    whichever of the two it is.
    """
    text = "".join(said.split())
    if len(text) > 40 or not _FIGURE.fullmatch(text):
        return None
    mark = _DECIMAL[current_language()]
    group = "." if mark == "," else ","
    whole, comma, part = text.partition(mark)
    head, *groups = whole.split(group)
    is_grouped = head.lstrip("-")[:1] != "0" and len(head.lstrip("-")) <= 3
    if groups and not (is_grouped and all(len(each) == 3 for each in groups)):
        if len(groups) > 1 or comma:
            return None
        whole, part = head, groups[0]  # 1.5 in Vietnamese, 1,5 in English
    if "." in part or "," in part:
        return None
    return Decimal(f"{whole.replace(group, '')}.{part or '0'}")


def plain_number(value: Decimal | int) -> str:
    """The number for a field that ``read_number`` reads: ``1200,5`` or ``1200.5``, without groups."""
    return f"{Decimal(value).normalize():f}".replace(".", _DECIMAL[current_language()])
