"""What an application can pay at most for its place, and which booths cost more than that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.wishes import BUDGET
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.fairs import Booth, Fair
from fairapp.store.fairs_queries import kinds_of
from fairapp.usecases.pricing import booth_price, listed


def most_per_booth(application: Application) -> int | None:
    """What the application can pay at most for each of its booths, in the fair's currency."""
    most = application.wishes.get(BUDGET)
    return most // max(1, application.booths) if isinstance(most, int) and most > 0 else None


def price_for(session: Session, exhibitor: Exhibitor, booth: Booth) -> int | None:
    """What the booth costs whoever applied on that day; None where the price list does not say."""
    return _prices(session, exhibitor.fair, _day(exhibitor.fair, exhibitor.application), [booth])[booth.id]


def too_dear(
    session: Session, fair: Fair, exhibitors: Iterable[Exhibitor], booths: Sequence[Booth]
) -> dict[int, frozenset[int]]:
    """By exhibitor with a limit, the booths that cost more than it can pay for one."""
    by_day: dict[date, Mapping[int, int | None]] = {}
    found = {}
    for each in exhibitors:
        application = each.application
        most = None if application is None else most_per_booth(application)
        if most is None:
            continue
        day = _day(fair, application)
        if day not in by_day:
            by_day[day] = _prices(session, fair, day, booths)
        prices = by_day[day].items()
        found[each.id] = frozenset(booth for booth, price in prices if price is not None and price > most)
    return found


def _day(fair: Fair, application: Application | None) -> date:
    """Whoever applied in time keeps the early price."""
    applied = None if application is None else application.submitted_at
    return fair.starts_on if applied is None else applied.astimezone(ZoneInfo(fair.timezone)).date()


def _prices(session: Session, fair: Fair, day: date, booths: Iterable[Booth]) -> dict[int, int | None]:
    kinds, prices = kinds_of(session, fair.id), listed(session, fair, fair.currency, day)
    return {booth.id: booth_price(booth, kinds, prices) for booth in booths}
