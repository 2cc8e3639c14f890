"""A booth by days: the day that the board looks at, the days a form sends, and who has the booth when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from fairapp.i18n import formats
from fairapp.rules.days import read_days
from fairapp.rules.fairs import MOST_DAYS
from fairapp.store.allocation_board import Holding
from fairapp.store.claim_days import days_by_claim
from fairapp.store.fairs import Fair
from fairapp.usecases.claiming import fair_days
from fairapp.web.plan_drawing import FREE_DAY, TAKEN

LONGEST = MOST_DAYS * 11


@dataclass(frozen=True, slots=True)
class DayOfBooth:
    """A day in the panel's forms: who has the booth then (empty: nobody), and whether it is ticked."""

    day: date
    taken_by: str
    ticked: bool


def day_looked_at(fair: Fair) -> date | None:
    """The day of the fair in the address; nothing means all days."""
    found = read_days([request.args.get("day", "")], fair_days(fair))
    return found[0] if found else None


def days_sent(fair: Fair) -> tuple[date, ...] | None:
    """The days that a form names: ticked one by one, or in one field; None when it says nothing of days."""
    if "by_days" not in request.form and "days" not in request.form:
        return None
    listed = request.form.get("days", "")[:LONGEST].split(",")
    return read_days([*request.form.getlist("day"), *listed], fair_days(fair))


def claims_by_days(session: Session, fair: Fair, hall_id: int) -> Mapping[int, tuple[date, ...]]:
    """The days of the hall's claims that hold their booth for a part of the fair."""
    whole = len(fair_days(fair))
    return {
        claim: days for claim, days in days_by_claim(session, fair.id, hall_id).items() if len(days) < whole
    }


def on_day(held: Sequence[Holding], parts: Mapping[int, tuple[date, ...]], day: date | None) -> list[Holding]:
    """Who of a booth's holders is there on the day; all of them, in the order of their days, for no day."""
    there = [each for each in held if day is None or day in parts.get(each.claim_id, (day,))]
    return sorted(there, key=lambda each: parts.get(each.claim_id, ())[:1])


def groups_by_day(
    held: Sequence[Holding],
    parts: Mapping[int, tuple[date, ...]],
    days: Sequence[date],
    marks: Mapping[str, str],
) -> tuple[str, ...]:
    """The group's mark on each day of a booth that is shared by days; nothing for any other booth."""
    if not any(each.claim_id in parts for each in held):
        return ()
    found = dict.fromkeys(days, FREE_DAY)
    for each in held:
        for day in parts.get(each.claim_id, tuple(days)):
            found[day] = marks.get(each.group or "", TAKEN)
    return tuple(found.values())


def who_when(held: Sequence[Holding], parts: Mapping[int, tuple[date, ...]]) -> str:
    """``Hợp tác xã A (1–2.12), B (3.12)``."""
    return ", ".join(
        f"{each.name} ({formats.days(parts[each.claim_id], 'short')})"
        if each.claim_id in parts
        else each.name
        for each in held
    )


def days_of_booth(
    days: Sequence[date], taken: Mapping[date, str], ticked: Collection[date]
) -> list[DayOfBooth]:
    """The days as boxes to tick."""
    return [DayOfBooth(day, taken.get(day, ""), day in ticked) for day in days]


def said_in_short(days: Collection[date]) -> str:
    """Days as one field of a form holds them."""
    return ",".join(day.isoformat() for day in sorted(days))
