"""Hand in what the manual asks for, and say as an organiser whether it will do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badges import COUNTED
from fairapp.rules.errors import Invalid, Missing, Overlong, Refused
from fairapp.rules.manual import (
    LONGEST_REASON,
    STEPS,
    WITH_FILE,
    AnswerState,
    AnswerStep,
    ManualFault,
    ManualRefusal,
    TaskKind,
    against_answering,
    against_booking,
    fascia_fault,
    refusal_of,
    text_fault,
)
from fairapp.rules.printed_texts import over
from fairapp.rules.reasons import Shape
from fairapp.rules.text import TextRefused, clean
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges_queries import badges_of
from fairapp.store.manual import ManualTask, SlotBooking, TaskAnswer
from fairapp.store.manual_queries import (
    answer_for,
    answer_of,
    booking_of,
    booth_kind_of,
    exhibitor_asked,
    halls_held,
    places_taken,
    slot_for_update,
    task_of,
)
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require, require_member


@dataclass(frozen=True, slots=True)
class AnswerTask:
    """What an exhibitor hands in; each kind of task takes its own part of it.

    The catalogue's text is what the organisation's profile says: written there, let go to print here.
    """

    application_id: int
    task_id: int
    text: str = ""
    is_ticked: bool = False
    slot_id: int | None = None
    file_key: str = ""
    """In the store of private files, judged by its bytes."""
    size: int = 0


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What an organiser says to what was handed in."""

    fair_id: int
    answer_id: int
    step: AnswerStep
    reason: str = ""


def answer_task(session: Session, actor: Actor, order: AnswerTask, now: datetime) -> TaskAnswer:
    """Hand in what the task asks for; the same thing twice is one thing.

    :raises Invalid: naming the field, when what was typed or chosen will not do.
    :raises Refused: when the task is not this exhibitor's, or its day has passed.
    """
    exhibitor = exhibitor_asked(session, actor, order.application_id, lock=True)
    require_member(actor, exhibitor.organisation_id)
    task = task_of(session, exhibitor.fair_id, order.task_id)
    answer = answer_for(session, task.id, exhibitor.id, lock=True)
    state = AnswerState.OPEN if answer is None else answer.state
    refusal = against_answering(
        task.asking, state, booth_kind_of(exhibitor), has_left=exhibitor.left_at is not None, now=now
    )
    if refusal is not None:
        raise Refused(refusal)
    value = _taken(session, exhibitor, task, order, now)
    if answer is None:
        answer = TaskAnswer(task_id=task.id, exhibitor_id=exhibitor.id, state=AnswerState.OPEN, value={})
        session.add(answer)
    elif state is AnswerState.ANSWERED and (answer.value, answer.file_key) == (value, order.file_key):
        return answer
    answer.state = STEPS[state, AnswerStep.ANSWER]
    answer.value, answer.file_key, answer.size = value, order.file_key, order.size
    answer.answered_at, answer.answered_by_id = now, actor.account_id
    session.flush()
    facts = {"task": task.id, "kind": task.kind.value, "exhibitor": exhibitor.id}
    audit.record(session, actor, "manual.answered", now, fair_id=exhibitor.fair_id, **facts)
    return answer


def check_answer(session: Session, actor: Actor, order: CheckAnswer, now: datetime) -> TaskAnswer:
    """Approve what was handed in, or send it back with a reason; who has to do it again is written to.

    :raises Refused: from the wrong state, or without a reason.
    """
    require(actor, Permission.MANUAL_EDIT, order.fair_id)
    answer = answer_of(session, actor, order.answer_id, lock=True)
    if answer.task.fair_id != order.fair_id:
        raise Missing
    reason = cleaned("reason", order.reason, LONGEST_REASON)
    refusal = refusal_of(answer.state, order.step, reason)
    if refusal is not None or order.step is AnswerStep.ANSWER:
        raise Refused(refusal or ManualRefusal.NOT_FROM_HERE)
    answer.state = STEPS[answer.state, order.step]
    answer.reason = reason if order.step is AnswerStep.RETURN else ""
    answer.checked_at, answer.checked_by_id = now, actor.account_id
    session.flush()
    audit.record(
        session,
        actor,
        f"manual.{order.step.value}",
        now,
        fair_id=order.fair_id,
        task=answer.task_id,
        exhibitor=answer.exhibitor_id,
    )
    if order.step is AnswerStep.RETURN:
        outbox.post(session, "mail.task_returned", now, answer_id=answer.id)
    return answer


def _taken(
    session: Session, exhibitor: Exhibitor, task: ManualTask, order: AnswerTask, now: datetime
) -> dict[str, Any]:
    """What of the order belongs to this kind of task, with what follows from it."""
    if task.kind in WITH_FILE:
        if not order.file_key:
            raise Invalid(file=ManualFault.NO_FILE)
        return {}
    if task.kind is TaskKind.MOVE_IN:
        return _book(session, exhibitor, order, now)
    if task.kind is TaskKind.STAFF:
        if not any(badge.state in COUNTED for badge in badges_of(session, exhibitor.id)):
            raise Refused(ManualRefusal.NOBODY_NAMED)
        return {}
    if task.kind is TaskKind.TICK:
        if not order.is_ticked:
            raise Invalid(is_ticked=ManualFault.NOT_TICKED)
        return {}
    if task.kind is TaskKind.CATALOGUE:
        return _story(exhibitor, task)
    text = cleaned("text", order.text, max(task.most, len(order.text)), lines=task.kind is TaskKind.TEXT)
    fascia = task.kind is TaskKind.FASCIA
    if fault := (fascia_fault if fascia else text_fault)(text, task.most):
        raise _against("text", fault, text, task.most)
    if fascia:
        exhibitor.fascia_name = text
    return {"text": text}


def _story(exhibitor: Exhibitor, task: ManualTask) -> dict[str, Any]:
    """What the profile says in each language, if all of it fits."""
    told = {language: text for language, text in exhibitor.organisation.story.items() if text.strip()}
    if not told:
        raise Invalid(story_vi=ManualFault.EMPTY)
    for language, text in told.items():
        if fault := text_fault(text, task.most):
            raise _against(f"story_{'en' if language == 'en' else 'vi'}", fault, text, task.most)
    return told


def _against(name: str, fault: ManualFault, text: str, most: int) -> Invalid:
    """The fault of a field; a text too long is told by how much."""
    if fault is ManualFault.TOO_LONG:
        return Overlong(fault, **{name: over(text, most)})
    return Invalid(**{name: fault})


def _book(session: Session, exhibitor: Exhibitor, order: AnswerTask, now: datetime) -> dict[str, Any]:
    """Have the slot, its row locked while its places are counted."""
    if order.slot_id is None:
        raise Invalid(slot=ManualFault.NO_SLOT)
    slot = slot_for_update(session, exhibitor.fair_id, order.slot_id)
    taken = places_taken(session, [slot.id], besides=exhibitor.id).get(slot.id, 0)
    halls = halls_held(session, [exhibitor.id]).get(exhibitor.id, frozenset())
    if refusal := against_booking(slot.slot, halls, taken, now):
        raise Refused(refusal)
    booking = booking_of(session, exhibitor.id)
    if booking is None:
        booking = SlotBooking(exhibitor_id=exhibitor.id)
        session.add(booking)
    if booking.slot_id != slot.id:
        booking.slot_id, booking.booked_at = slot.id, now
    return {"slot": slot.id}


def cleaned(name: str, text: str, longest: int, lines: bool = True) -> str:
    """The text, clean.

    :raises Invalid: naming the field, when it cannot be kept.
    """
    try:
        return clean(text, longest=longest, lines=lines)
    except TextRefused as refused:
        raise Invalid(**{name: Shape.TOO_LONG if refused.longest else refused.reason}) from refused
