"""What an exhibitor owes its fair, whichever room asks for it: done, handed in, due, late or let go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any

from fairapp.rules.manual import AnswerState


class DutyKind(StrEnum):
    """Which room asks for it."""

    TASK = "task"
    DETAILS = "details"
    DOCUMENT = "document"
    CONTRACT = "contract"
    PAYMENT = "payment"
    BADGES = "badges"


class DutyState(StrEnum):
    """How it stands; nothing of it is stored."""

    LATE = "late"
    DUE = "due"
    WAITING = "waiting"
    DONE = "done"
    PASSED = "passed"


OPEN = frozenset({DutyState.LATE, DutyState.DUE})
"""The exhibitor's turn."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that an exhibitor owes."""

    kind: DutyKind
    state: DutyState
    due_at: datetime | None = None
    """None: before the fair begins, without a day of its own."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What it is called, where people have named it."""
    what: Enum | None = None
    """What it is, where the house has a word for it."""
    place: str = ""
    """Where it is done, as an address."""
    is_required: bool = True
    is_returned: bool = False
    """It was handed in and came back."""
    amount_minor: int | None = None
    currency: str = ""
    task_id: int | None = None

    @property
    def key(self) -> str:
        """What tells duties of one exhibitor apart for filters: its room, or its task."""
        return f"{self.kind.value}-{self.task_id}" if self.task_id is not None else self.kind.value


def state_of(
    *, done: bool, waits: bool, due_at: datetime | None, now: datetime, is_required: bool = True
) -> DutyState:
    """How something stands: ``done`` for good, or handed in so that it ``waits`` for somebody else."""
    if done:
        return DutyState.DONE
    if waits:
        return DutyState.WAITING
    if due_at is None or now <= due_at:
        return DutyState.DUE
    return DutyState.LATE if is_required else DutyState.PASSED


def state_of_answer(
    state: AnswerState, *, is_checked: bool, due_at: datetime, now: datetime, is_required: bool
) -> DutyState:
    """How a task of the manual stands by its answer."""
    handed_in = state is AnswerState.ANSWERED
    return state_of(
        done=state is AnswerState.APPROVED or (handed_in and not is_checked),
        waits=handed_in,
        due_at=due_at,
        now=now,
        is_required=is_required,
    )


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """By day; what has none comes after."""
    return sorted(
        duties,
        key=lambda each: (each.due_at is None, each.due_at.timestamp() if each.due_at else 0.0),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of everything is done."""

    done: int
    """Handed in counts: it is not the exhibitor's turn."""
    late: int
    total: int


def tally(duties: Iterable[Duty]) -> Tally:
    """Count them; what was not needed and has passed is nobody's any more."""
    counted = Counter(each.state for each in duties)
    done = counted[DutyState.DONE] + counted[DutyState.WAITING]
    late = counted[DutyState.LATE]
    return Tally(done, late, done + late + counted[DutyState.DUE])


class DutyReminder(StrEnum):
    """Which letter goes out by itself about a task of the manual."""

    COMING = "coming"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """When letters go out: ``settings["manual"]`` of a fair; what is missing is as usual."""

    is_on: bool = True
    days_before: int = 3
    days_after: int = 1

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> ReminderSettings:
        """From a fair's settings."""
        kept = settings.get("manual")
        said = kept if isinstance(kept, Mapping) else {}
        return cls(**{name: said[name] for name in cls.__dataclass_fields__ if name in said})

    def kept(self) -> dict[str, Any]:
        """As they are written into a fair's settings."""
        return asdict(self)


MOST_DAYS = 30
"""Before or after a task's day; what is late for longer is written about by hand."""
SOON = timedelta(days=14)
"""How far ahead a letter says what is due."""


def reminder_due(duty: Duty, now: datetime, settings: ReminderSettings) -> DutyReminder | None:
    """Which letter about the duty goes out now, if it has not gone out before."""
    if not settings.is_on or duty.due_at is None or not duty.is_required:
        return None
    if duty.state is DutyState.DUE and duty.due_at - timedelta(days=settings.days_before) <= now:
        return DutyReminder.COMING
    since = duty.due_at + timedelta(days=settings.days_after)
    if duty.state is DutyState.LATE and since <= now <= duty.due_at + timedelta(days=MOST_DAYS):
        return DutyReminder.LATE
    return None


def told_in_letter(duties: Iterable[Duty], now: datetime) -> list[Duty]:
    """What a letter about everything owed says: all that is late, and what is due in the next days."""
    return [
        duty
        for duty in duties
        if duty.state is DutyState.LATE
        or (duty.state is DutyState.DUE and duty.due_at is not None and duty.due_at - now <= SOON)
    ]
