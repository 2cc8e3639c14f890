"""On which of a fair's days somebody stands in a booth: asked, taken, free, and said in runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from fairapp.rules.amounts import halves_up


class DayRefusal(StrEnum):
    """Why somebody cannot have a booth for these days."""

    NO_DAY = "no_day"
    NOT_OF_FAIR = "day_not_of_fair"
    AS_BEFORE = "days_as_before"


@dataclass(frozen=True, slots=True)
class DaySettings:
    """What a fair lets be done by days: ``settings["days"]`` of a fair."""

    asked: bool = False
    """Applications may ask for some of the fair's days."""
    priced_by_day: bool = False
    """Floor for some of the days costs that share of the price; else it costs the whole."""

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> DaySettings:
        """From a fair's settings."""
        said: Mapping[str, Any] = settings.get("days", {})
        return cls(**{name: bool(said.get(name)) for name in cls.__dataclass_fields__})

    def kept(self) -> dict[str, Any]:
        """As they are written into a fair's settings."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's days in a booth."""

    name: str
    days: tuple[date, ...]


def runs(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """The days as stretches without a gap, each by its first and last day."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)


def read_days(said: object, fair_days: Sequence[date]) -> tuple[date, ...]:
    """The fair's days among what was written down as ISO dates; anything else is passed over."""
    wanted = {each for each in said if isinstance(each, str)} if isinstance(said, list | tuple) else set()
    return tuple(day for day in fair_days if day.isoformat() in wanted)


def asked_days(settings: DaySettings, said: object, fair_days: Sequence[date]) -> tuple[date, ...]:
    """The days that an application asks for: all where it says none or the fair lets none be chosen."""
    found = read_days(said, fair_days) if settings.asked else ()
    return found or tuple(fair_days)


def with_days(wishes: Mapping[str, Any], days: Sequence[str]) -> dict[str, Any]:
    """The wishes of an application with these ISO days; with none it asks for the whole fair."""
    others = {name: value for name, value in wishes.items() if name != "days"}
    return {**others, "days": list(days)} if days else others


def kept_days(settings: DaySettings, said: object, fair_days: Sequence[date]) -> list[str]:
    """What an application keeps of the days it names: nothing where they are all days of the fair."""
    found = asked_days(settings, said, fair_days)
    return [] if len(found) == len(fair_days) else [day.isoformat() for day in found]


def share_of_price(settings: DaySettings, price_minor: int, days: int, of: int) -> int:
    """What so many of the fair's days cost, halves up to the currency's smallest unit; all where unpriced."""
    return halves_up(price_minor * days, of) if settings.priced_by_day and of else price_minor


def day_refusals(days: Collection[date], fair_days: Collection[date]) -> tuple[DayRefusal, ...]:
    """Every reason why nobody can have a booth for these days."""
    if not days:
        return (DayRefusal.NO_DAY,)
    return () if set(days) <= set(fair_days) else (DayRefusal.NOT_OF_FAIR,)


def day_mask(days: Iterable[date], first: date) -> int:
    """The days as bits: bit 0 is the fair's first day."""
    return sum(1 << (day - first).days for day in set(days))


def days_of_mask(mask: int, fair_days: Sequence[date]) -> tuple[date, ...]:
    """The days that the bits name; 0 names them all."""
    return tuple(day for n, day in enumerate(fair_days) if not mask or mask >> n & 1)


def in_order_of_visit(stays: Sequence[tuple[date, ...]], today: date) -> tuple[int, ...]:
    """The tenants of a booth as somebody who stands before it today wants them, as places in ``stays``.

    Whoever is there today comes first, then whoever comes next, and last whoever has been there.
    """

    def order(place: int) -> tuple[int, int, int]:
        days = stays[place]
        if not days or today in days:
            return (0, 0, place)
        coming = [day for day in days if day > today]
        if coming:
            return (1, (min(coming) - today).days, place)
        return (2, (today - max(days)).days, place)

    return tuple(sorted(range(len(stays)), key=order))
