"""Change answers after the deadline: the exhibitor proposes, the organiser approves or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.answers import Answers, faults, is_blank
from fairapp.rules.changes import (
    CHANGE_STEPS,
    ChangeRefusal,
    ChangeState,
    ChangeStep,
    step_refusals,
)
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.forms import AnswerRefusal
from fairapp.rules.questions import Phase, QuestionType, body_from
from fairapp.rules.reasons import Lost
from fairapp.store.applications import Application
from fairapp.store.applications_forms import ChangeRequest, FormAnswer, FormVersion
from fairapp.store.applications_forms_queries import answer_of
from fairapp.store.applications_queries import application_of
from fairapp.store.changes_queries import change_of
from fairapp.usecases import audit, outbox
from fairapp.usecases.applications_answers import (
    TakenFile,
    add_file,
    against_answers,
    current_form,
    fitting,
)
from fairapp.usecases.applications_part_changes import apply_part, present_part
from fairapp.usecases.permission import require, require_member
from fairapp.usecases.proposing import Proposal, keep_proposal, may_propose

CLOSED = frozenset({AnswerRefusal.SUBMITTED, AnswerRefusal.DETAILS_CLOSED})
"""Why answers cannot be edited, yet a change of them can be proposed."""


@dataclass(frozen=True, slots=True)
class ProposeChange:
    """How answers should read instead, and why; questions that are not named stay as they are."""

    application_id: int
    phase: Phase
    answers: Answers
    why: str
    files: Mapping[str, TakenFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepChange:
    """Approve, refuse or take back; ``version`` is the one the actor looked at."""

    change_id: int
    step: ChangeStep
    reason: str = ""
    version: int | None = None


def propose_change(session: Session, actor: Actor, order: ProposeChange, now: datetime) -> ChangeRequest:
    """Keep what the answers are and what they would be, for the organiser to decide.

    :raises Refused: when they can still be edited, another change waits, or nothing would differ.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require_member(actor, application.organisation_id)
    current = _closed_form(session, application, order.phase, now)
    proposal = Proposal(order.phase, order.why, form_version_id=current.id)
    may_propose(session, application, proposal)
    fields = _fields(session, application, current, order, now)
    if not fields:
        raise Refused(ChangeRefusal.NOTHING_CHANGED)
    return keep_proposal(session, actor, application, proposal, fields, now)


def _closed_form(session: Session, application: Application, phase: Phase, now: datetime) -> FormVersion:
    """What is asked, where its answers cannot be edited any more and changes can be proposed."""
    current, against = (
        current_form(session, application, phase),
        against_answers(session, application, phase, now),
    )
    if against is None:
        raise Refused(ChangeRefusal.STILL_EDITABLE)
    if against not in CLOSED or current is None:
        raise Refused(against)
    return current


def _fields(
    session: Session, application: Application, current: FormVersion, order: ProposeChange, now: datetime
) -> dict[str, Any]:
    """By question: what it was and what it would be.

    :raises Refused: when what it would be is missing or does not fit.
    """
    body = body_from(current.body)
    asked = {each.key: each for each in body.questions()}
    answer = answer_of(session, application.id, order.phase)
    before: Answers = answer.answers if answer else {}
    would = fitting(asked, order.answers)
    known = {key for key, question in asked.items() if question.type is QuestionType.FILE}
    for key, taken in ((key, taken) for key, taken in order.files.items() if key in known):
        would[key] = add_file(session, application, key, taken, now).id
    differs = {
        key: value for key, value in would.items() if (None if is_blank(value) else value) != before.get(key)
    }
    wrong = [fault for fault in faults(body, {**before, **differs}) if fault.key in differs]
    if wrong:
        raise Refused(*(fault.reason for fault in wrong), **wrong[0].facts)
    return {key: {"was": before.get(key), "would": value} for key, value in differs.items()}


def step_change(session: Session, actor: Actor, order: StepChange, now: datetime) -> ChangeRequest:
    """Take one step of a request's life; approving puts the new answers in the place of the old.

    :raises Refused: with the reasons of ``rules.changes.step_refusals``.
    :raises Clash: when somebody has decided it since the actor looked.
    """
    change = change_of(session, actor, order.change_id, lock=True)
    application = application_of(session, actor, change.application_id, lock=True)
    if order.step is ChangeStep.WITHDRAW:
        require_member(actor, application.organisation_id)
    else:
        require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    if order.version is not None and order.version != change.version:
        raise Clash(Lost.CHANGED_MEANWHILE)
    answer = None if change.part else answer_of(session, application.id, change.phase, lock=True)
    present: Answers = answer.answers if answer else {}
    if change.part is not None:
        present = present_part(session, application, change.part)
    same = all(present.get(key) == each["was"] for key, each in change.fields.items())
    if reasons := step_refusals(change.state, order.step, reason=order.reason, is_as_it_was=same):
        raise Refused(*reasons)
    before, change.state = change.state, CHANGE_STEPS[change.state, order.step]
    change.version += 1
    change.decided_at, change.decided_by_id, change.reason = now, actor.account_id, order.reason
    if change.state is ChangeState.APPROVED:
        if change.part is None:
            _apply(session, change, answer, now)
        else:
            apply_part(session, application, change.part, change.fields, now)
    audit.record(
        session,
        actor,
        f"change.{order.step.value}",
        now,
        fair_id=application.fair_id,
        application=application.id,
        change=change.id,
        before=before.value,
        after=change.state.value,
    )
    if order.step is not ChangeStep.WITHDRAW:
        outbox.post(session, "mail.change_decided", now, change_id=change.id)
    return change


def _apply(session: Session, change: ChangeRequest, answer: FormAnswer | None, now: datetime) -> None:
    """Put what would be in the place of what was; the request keeps both."""
    assert change.form_version_id is not None, "answers have a form"
    if answer is None:
        answer = FormAnswer(
            application_id=change.application_id,
            phase=change.phase,
            form_version_id=change.form_version_id,
            version=0,
            answers={},
        )
        session.add(answer)
    would = {key: each["would"] for key, each in change.fields.items()}
    merged = {**answer.answers, **would}
    answer.answers = {key: value for key, value in merged.items() if not is_blank(value)}
    answer.version, answer.tab, answer.answered_at = answer.version + 1, "", now
