"""Which reminder of what is due goes out on which day, and what cancelling costs on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any


class Reminder(StrEnum):
    """How a letter about an open instalment speaks."""

    COMING = "coming"
    """It will be due."""
    FIRST = "first"
    SECOND = "second"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class DunningSettings:
    """When letters go out: days from the due day, below zero before it. ``settings["dunning"]`` of a fair."""

    is_on: bool = True
    days: tuple[tuple[Reminder, int], ...] = (
        (Reminder.COMING, -3),
        (Reminder.FIRST, 2),
        (Reminder.SECOND, 9),
        (Reminder.LAST, 16),
    )

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> DunningSettings:
        """From a fair's settings; what is missing is as usual."""
        said: Mapping[str, Any] = settings.get("dunning", {})
        usual = dict(cls().days)
        days = {each: int(said.get(each.value, usual[each])) for each in Reminder}
        return cls(bool(said.get("is_on", True)), tuple(days.items()))

    def kept(self) -> dict[str, Any]:
        """As they are written into a fair's settings."""
        return {"is_on": self.is_on, **{reminder.value: days for reminder, days in self.days}}


class DaysRefusal(StrEnum):
    """Why days of reminding or of cancelling cannot be kept."""

    NOT_IN_ORDER = "days_not_in_order"
    FEE_DAY_TWICE = "fee_day_twice"
    FEE_FALLS = "fee_falls"


def faults_of_days(settings: DunningSettings) -> tuple[DaysRefusal, ...]:
    """A sharper letter goes out after a milder one."""
    days = [dict(settings.days)[reminder] for reminder in Reminder]
    rises = all(before < after for before, after in pairwise(days))
    return () if rises else (DaysRefusal.NOT_IN_ORDER,)


MOST_DAYS_LATE = 5
"""A reminder that was missed for longer (the service stood still) is left out: the next one will do."""


def reminder_due(
    due_on: date, today: date, sent: Iterable[Reminder], settings: DunningSettings
) -> Reminder | None:
    """The one reminder that an open instalment gets today: none before its day, none twice, none long after.

    After a gap only the latest goes out, so nobody gets two letters on one day; and nobody is told that
    something will be due when it was.
    """
    if not settings.is_on:
        return None
    already = frozenset(sent)
    for reminder, days in sorted(settings.days, key=lambda pair: pair[1], reverse=True):
        day = due_on + timedelta(days)
        if day <= today:
            is_late = today - day > timedelta(MOST_DAYS_LATE)
            is_late |= reminder is Reminder.COMING and today > due_on
            return None if reminder in already or is_late else reminder
    return None


@dataclass(frozen=True, slots=True)
class FeeStep:
    """From so many days before the fair on, cancelling costs this share (in basis points: 10,000 is all)."""

    days_before: int
    share_bp: int


USUAL_FEES = (FeeStep(60, 2_500), FeeStep(30, 5_000), FeeStep(14, 10_000))
"""Free until 60 days before, then a quarter, half, all."""


def faults_of_fees(steps: Sequence[FeeStep]) -> tuple[DaysRefusal, ...]:
    """Each day stands once, and nobody pays less for cancelling later."""
    far_to_near = sorted(steps, key=lambda step: step.days_before, reverse=True)
    against = {
        DaysRefusal.FEE_DAY_TWICE: len({step.days_before for step in steps}) < len(steps),
        DaysRefusal.FEE_FALLS: any(
            before.share_bp > after.share_bp for before, after in pairwise(far_to_near)
        ),
    }
    return tuple(reason for reason, holds in against.items() if holds)


def fee_steps(settings: Mapping[str, Any]) -> tuple[FeeStep, ...]:
    """The schedule in ``settings["cancellation"]`` ([[days, basis points], …]), or the usual one."""
    said: Sequence[Sequence[int]] | None = settings.get("cancellation")
    if said is None:
        return USUAL_FEES
    return tuple(FeeStep(int(days), max(0, min(10_000, int(share)))) for days, share in said)


def cancellation_share_bp(on: date, starts_on: date, steps: Iterable[FeeStep]) -> int:
    """The share that cancelling on a day costs; the step nearest to the fair that has begun counts."""
    begun = [step for step in steps if (starts_on - on).days <= step.days_before]
    return min(begun, key=lambda step: step.days_before).share_bp if begun else 0


def cancellation_fee_minor(amount_minor: int, on: date, starts_on: date, steps: Iterable[FeeStep]) -> int:
    """What cancelling costs of an amount; halves go up, as everywhere in money here."""
    share = cancellation_share_bp(on, starts_on, steps)
    return (amount_minor * share + 5_000) // 10_000
