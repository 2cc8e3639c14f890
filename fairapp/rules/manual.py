"""The exhibitor's manual: what has to be handed in by when, how each answer lives, and slots to move in."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairapp.rules.printed_texts import STORY_ROOM, over


class TaskKind(StrEnum):
    """What a task of the manual asks for."""

    FASCIA = "fascia"
    CATALOGUE = "catalogue"
    STAFF = "staff"
    STAND_PLAN = "stand_plan"
    MOVE_IN = "move_in"
    TEXT = "text"
    TICK = "tick"
    FILE = "file"


class AnswerState(StrEnum):
    """Where the answer to a task stands; OPEN is the lack of one."""

    OPEN = "open"
    ANSWERED = "answered"
    APPROVED = "approved"
    RETURNED = "returned"


class AnswerStep(StrEnum):
    """What can be done with the answer to a task."""

    ANSWER = "answer"
    APPROVE = "approve"
    RETURN = "return"


STEPS: dict[tuple[AnswerState, AnswerStep], AnswerState] = {
    (AnswerState.OPEN, AnswerStep.ANSWER): AnswerState.ANSWERED,
    (AnswerState.ANSWERED, AnswerStep.ANSWER): AnswerState.ANSWERED,
    (AnswerState.APPROVED, AnswerStep.ANSWER): AnswerState.ANSWERED,
    (AnswerState.RETURNED, AnswerStep.ANSWER): AnswerState.ANSWERED,
    (AnswerState.ANSWERED, AnswerStep.APPROVE): AnswerState.APPROVED,
    (AnswerState.ANSWERED, AnswerStep.RETURN): AnswerState.RETURNED,
    (AnswerState.APPROVED, AnswerStep.RETURN): AnswerState.RETURNED,
}
"""Another answer in the place of an approved one has to be approved anew."""


class ManualRefusal(StrEnum):
    """Why something of the manual cannot be done."""

    NOT_ASKED = "manual_not_asked"
    LEFT = "manual_left"
    CLOSED = "manual_closed"
    NOT_FROM_HERE = "manual_not_from_here"
    REASON_MISSING = "manual_reason_missing"
    NOBODY_NAMED = "manual_nobody_named"
    NO_BOOTH = "manual_no_booth"
    SLOT_ELSEWHERE = "manual_slot_elsewhere"
    SLOT_FULL = "manual_slot_full"
    SLOT_OVER = "manual_slot_over"
    SLOT_TAKEN = "manual_slot_taken"
    SLOT_SMALL = "manual_slot_small"
    SLOT_BACKWARDS = "manual_slot_backwards"
    SLOT_AFTER_FAIR = "manual_slot_after_fair"
    TOO_MANY_TASKS = "manual_too_many_tasks"
    TOO_MANY_SLOTS = "manual_too_many_slots"
    NO_NAME = "manual_no_name"
    NOBODY_TO_WRITE = "manual_nobody_to_write"
    DAYS = "manual_days"
    DUE_AFTER_FAIR = "manual_due_after_fair"


class ManualFault(StrEnum):
    """What is wrong with what was typed or chosen for a task."""

    EMPTY = "manual_empty"
    TOO_LONG = "manual_too_long"
    BAD_SIGN = "manual_bad_sign"
    NOT_TICKED = "manual_not_ticked"
    NO_SLOT = "manual_no_slot"
    NO_FILE = "manual_no_file"


MOST_TASKS = 40
"""Of one fair."""
MOST_SLOTS = 200
MOST_PER_SLOT = 500
LONGEST_NAME, LONGEST_TEXT, LONGEST_REASON = 120, 2_000, 500
LONGEST_FASCIA, LONGEST_ANSWER = 80, 2_000
SIGNS = frozenset(" -–&.,'’()/+·")
"""Besides letters and digits, what sign makers can cut."""

WRITTEN: dict[TaskKind, tuple[int, int]] = {
    TaskKind.FASCIA: (32, LONGEST_FASCIA),
    TaskKind.CATALOGUE: (1_000, STORY_ROOM),
    TaskKind.TEXT: (500, LONGEST_ANSWER),
}
"""Tasks that are written: how many characters are usual, and how many there can be at most."""
WITH_FILE = frozenset({TaskKind.STAND_PLAN, TaskKind.FILE})
DERIVED = frozenset({TaskKind.STAFF, TaskKind.MOVE_IN})
"""Tasks that are done elsewhere too: by naming people on badges, by choosing a slot. Nobody approves them."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A task as far as it decides who may answer it, and until when."""

    kind: TaskKind
    due_at: datetime
    booth_kinds: Collection[str] = ()
    is_required: bool = True
    is_checked: bool = False
    """An organiser approves what is handed in."""


def most_for(kind: TaskKind, wanted: int | None) -> int:
    """How many characters a written task takes: what the organiser wants, within what fits."""
    usual, most = WRITTEN.get(kind, (0, 0))
    return min(max(wanted or usual, 1), most) if most else 0


def asks(task: Asking, booth_kind: str | None) -> bool:
    """Whether the task holds for exhibitors with this kind of booth; no kinds: for all."""
    return not task.booth_kinds or booth_kind in task.booth_kinds


def against_answering(
    task: Asking, state: AnswerState, booth_kind: str | None, *, has_left: bool, now: datetime
) -> ManualRefusal | None:
    """Why an exhibitor cannot answer the task now; None when it can.

    What is missing is taken late too; what is handed in rests once the day has passed.
    """
    handed_in = state in (AnswerState.ANSWERED, AnswerState.APPROVED)
    against = {
        ManualRefusal.LEFT: has_left,
        ManualRefusal.NOT_ASKED: not asks(task, booth_kind),
        ManualRefusal.CLOSED: handed_in and now > task.due_at,
    }
    return next((refusal for refusal, holds in against.items() if holds), None)


def refusal_of(state: AnswerState, step: AnswerStep, reason: str = "") -> ManualRefusal | None:
    """Why ``step`` cannot be taken from ``state``; None when it can."""
    if (state, step) not in STEPS:
        return ManualRefusal.NOT_FROM_HERE
    lacks = step is AnswerStep.RETURN and not reason.strip()
    return ManualRefusal.REASON_MISSING if lacks else None


def text_fault(text: str, most: int) -> ManualFault | None:
    """What is wrong with a written answer."""
    if not text.strip():
        return ManualFault.EMPTY
    return ManualFault.TOO_LONG if over(text, most) else None


def fascia_fault(text: str, most: int) -> ManualFault | None:
    """What is wrong with the text for a fascia: letters of any script, digits and few signs can be cut."""
    if fault := text_fault(text, most):
        return fault
    cut = all(each in SIGNS or unicodedata.category(each)[0] in "LMN" for each in text)
    return None if cut else ManualFault.BAD_SIGN


@dataclass(frozen=True, slots=True)
class Slot:
    """Time in which so many exhibitors of a hall move in; without a hall, those of every hall."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    hall_id: int | None = None


def against_booking(slot: Slot, halls: Collection[int], taken: int, now: datetime) -> ManualRefusal | None:
    """Why an exhibitor with booths in ``halls`` cannot have the slot; ``taken``: places that others have."""
    against = {
        ManualRefusal.NO_BOOTH: not halls,
        ManualRefusal.SLOT_ELSEWHERE: slot.hall_id is not None and slot.hall_id not in halls,
        ManualRefusal.SLOT_OVER: slot.ends_at <= now,
        ManualRefusal.SLOT_FULL: taken >= slot.capacity,
    }
    return next((refusal for refusal, holds in against.items() if holds), None)


def slots_between(starts_at: datetime, ends_at: datetime, minutes: int) -> list[tuple[datetime, datetime]]:
    """The slots of so many minutes that fit between two moments, one after the other."""
    length, at = timedelta(minutes=minutes), starts_at
    found: list[tuple[datetime, datetime]] = []
    while at + length <= ends_at and len(found) <= MOST_SLOTS:
        found.append((at, at + length))
        at += length
    return found


def against_slot(slot: Slot, taken: int, fair_ends: datetime) -> tuple[ManualRefusal, ...]:
    """Every reason why a slot cannot be kept like this."""
    against = {
        ManualRefusal.SLOT_BACKWARDS: slot.ends_at <= slot.starts_at,
        ManualRefusal.SLOT_AFTER_FAIR: slot.starts_at > fair_ends,
        ManualRefusal.SLOT_SMALL: taken > slot.capacity,
    }
    return tuple(refusal for refusal, holds in against.items() if holds)
