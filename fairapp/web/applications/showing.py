"""What pages say about an application: its size, its price, its way so far and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import (
    ADMITTED,
    GAPS_IN,
    WAITING,
    Circumstances,
    Part,
    State,
    Step,
    StepRefusal,
    gaps,
    price_minor,
)
from fairapp.rules.carrying import marks_from
from fairapp.rules.days import DaySettings, asked_days, share_of_price
from fairapp.rules.fairs import FloorKind, days_of
from fairapp.store.applications import Application, ApplicationStep
from fairapp.store.fairs import Fair
from fairapp.web.applications.answered import Due

TAGS: dict[State, tuple[str, str]] = {
    State.DRAFT: ("", "edit"),
    State.SUBMITTED: ("info", "mail"),
    State.RETURNED: ("warn", "undo"),
    State.RESUBMITTED: ("info", "mail"),
    State.IN_REVIEW: ("info", "clock"),
    State.ACCEPTED: ("ok", "check"),
    State.WAITLISTED: ("warn", "clock"),
    State.DECLINED: ("err", "ban"),
    State.CONFIRMED: ("ok", "check-circle"),
    State.WITHDRAWN: ("", "x"),
    State.CANCELLED: ("err", "ban"),
    State.LAPSED: ("err", "clock"),
}


ENDED_BY = {
    State.WITHDRAWN: Step.WITHDRAW,
    State.CANCELLED: Step.CANCEL,
    State.LAPSED: Step.LAPSE,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A part of the form as the task list shows it."""

    part: Part
    state: str
    hint: str
    errors: int


def size_of(application: Application) -> str:
    """``2 × 9 m²`` or ``54 m²``."""
    kind, area = application.booth_kind, application.area_m2
    if area is None:
        return ""
    if kind is not None and kind.floor is FloorKind.SHELL_SCHEME and application.booths > 1:
        return f"{application.booths} × {formats.area(kind.unit_area_m2)}"
    return formats.area(area)


def price_of(application: Application) -> str:
    """What the floor costs; nothing where it has no price or no size yet."""
    kind, area = application.booth_kind, application.area_m2
    if kind is None or area is None or not kind.price_minor:
        return ""
    fair, days = application.fair, len(days_wanted(application))
    whole = days_of(fair.starts_on, fair.ends_on)
    unit = share_of_price(DaySettings.read(fair.settings), kind.price_minor, days, len(whole))
    total = price_minor(kind.floor is FloorKind.RAW_SPACE, unit, application.booths, area)
    return formats.money(total, fair.currency)


def days_to_choose(fair: Fair) -> tuple[date, ...]:
    """The fair's days, where its applications may ask for some of them."""
    days = days_of(fair.starts_on, fair.ends_on)
    return days if DaySettings.read(fair.settings).asked and len(days) > 1 else ()


def days_wanted(application: Application) -> tuple[date, ...]:
    """The days that the application asks for: all where it says nothing of them."""
    fair = application.fair
    whole = days_of(fair.starts_on, fair.ends_on)
    return asked_days(DaySettings.read(fair.settings), application.wishes.get("days"), whole)


def days_said(application: Application) -> str:
    """Those days in words; nothing where the fair lets none be chosen."""
    choice, wanted = days_to_choose(application.fair), days_wanted(application)
    if not choice:
        return ""
    return _("All days") if len(wanted) == len(choice) else formats.days(wanted)


def tasks_of(
    application: Application, at: Circumstances, hints: dict[Part, str], asks: Due | None
) -> list[Task]:
    """Every part: done, begun, to do, or returned by the organiser for something to put right."""
    missing = [GAPS_IN[refusal] for refusal, holds in gaps(at).items() if holds]
    marks = marks_from(application.answers)
    found = []
    for part in (each for each in Part if asks is not None or each is not Part.QUESTIONS):
        lacks, seen = missing.count(part), part.value in application.steps_seen
        if part.value in application.reason_fields and application.state is State.RETURNED:
            state = "err"
        elif part in marks:
            state, hints = "half", {**hints, part: phrase(marks[part])}
        elif part is Part.QUESTIONS and asks is not None:
            state = "done" if not asks.open else "half" if hints.get(part) else "no"
        elif lacks:
            state = "half" if hints.get(part) else "no"
        else:
            state = "done" if seen or hints.get(part) or part in GAPS_IN.values() else "no"
        found.append(Task(part, state, hints.get(part, ""), 1 if state == "err" else 0))
    return found


def missing_parts(at: Circumstances) -> list[tuple[Part, StepRefusal]]:
    """What keeps the application from being complete, and in which part."""
    return [(GAPS_IN[refusal], refusal) for refusal, holds in gaps(at).items() if holds]


def timeline_of(
    application: Application, steps: Sequence[ApplicationStep], booths: int
) -> list[dict[str, str]]:
    """The way from draft to confirmed, with the day of each stage reached."""
    zone, state = application.fair.timezone, application.state
    when: dict[Step, datetime] = {step.step: step.at for step in steps}

    def day(*of: Step) -> str:
        return next((formats.moment(when[step], zone) for step in of if step in when), "")

    decided = state in ADMITTED | {State.DECLINED, State.WAITLISTED}
    now = 0 if state is State.DRAFT else 1
    now = 2 if state in WAITING else now
    now = 3 if state in (State.WAITLISTED, State.DECLINED) else now
    now = (5 if booths else 4) if state is State.ACCEPTED else now
    now = 6 if state is State.CONFIRMED else now
    second = phrase(state) if state is State.RETURNED else _("Submitted")
    stages = [
        (_("Fill in the form"), formats.moment(application.made_at, zone)),
        (second, day(Step.RETURN) if state is State.RETURNED else day(Step.RESUBMIT, Step.SUBMIT)),
        (_("The organiser reads it"), day(Step.BEGIN_REVIEW)),
        (phrase(state) if decided and state is not State.CONFIRMED else _("Decision"), _decision_day(day)),
        (_("Booth assigned"), ""),
        (_("Participation confirmed"), day(Step.CONFIRM)),
    ]
    if state in ENDED_BY:
        ended = phrase(state), day(ENDED_BY[state])
        reached = [stage for stage in stages[:4] if stage[1]]
        return _drawn([*reached, ended], len(reached))
    return _drawn(stages, now)


def _decision_day(day: object) -> str:
    said: str = day(Step.ACCEPT, Step.WAITLIST, Step.DECLINE)  # type: ignore[operator]
    return said


def _drawn(stages: list[tuple[str, str]], now: int) -> list[dict[str, str]]:
    def state(index: int) -> str:
        return "done" if index < now else "now" if index == now else "todo"

    return [
        {"label": label, "state": state(index), "detail": detail if index <= now else ""}
        for index, (label, detail) in enumerate(stages)
    ]
