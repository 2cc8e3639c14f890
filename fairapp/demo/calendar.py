"""The days of the demo fair, which follow from the day on which the program is first started."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
APRIL = 4
THURSDAY = 3
EDITION = 2027
"""The edition whose dates the data files speak of."""


@dataclass(frozen=True, slots=True)
class DemoCalendar:
    """First and last day, and the deadlines before them."""

    starts_on: date
    ends_on: date
    apply_from: datetime
    apply_until: datetime
    badges_until: datetime

    @property
    def years_later(self) -> int:
        """By how many years the dates of the data files move."""
        return self.starts_on.year - EDITION


def calendar(first_start: date) -> DemoCalendar:
    """Third Thursday to Monday of the coming April; applications stay open a week or more."""
    year = first_start.year if first_start.month < APRIL else first_start.year + 1
    starts_on = _third_thursday(year, APRIL)
    usual_end = date(year, 1, 15)
    half_way = first_start + (starts_on - first_start) / 2
    return DemoCalendar(
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=4),
        apply_from=_at(first_start - timedelta(days=60), 8),
        apply_until=_at(usual_end if usual_end - first_start >= timedelta(days=7) else half_way, 17),
        badges_until=_at(starts_on - timedelta(days=7), 17),
    )


def moved(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    if day.month == 2 and day.day == 29:
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def _third_thursday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 14)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)
