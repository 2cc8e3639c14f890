"""Answer the organiser's questions: keep what was said with its files, and give one applicant more time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.adapters.files import Files
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.answers import Answers, Unfit, answer_from, is_blank
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.form_versions import owed
from fairapp.rules.forms import (
    AnswerRefusal,
    ExtensionRefusal,
    against_answering,
    against_extension,
    closes_at,
    form_settings,
)
from fairapp.rules.pictures import PictureReason
from fairapp.rules.questions import Phase, Question, QuestionType, body_from
from fairapp.rules.reasons import Lost
from fairapp.rules.text import clean
from fairapp.store.applications import Application
from fairapp.store.applications_forms import AnswerFile, DeadlineExtension, FormAnswer, FormVersion
from fairapp.store.applications_forms_queries import answer_of, extension_of, version_for
from fairapp.store.applications_queries import application_of
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require, require_member

MOST_BYTES = 10 * 2**20
MOST_FILES = 60
"""Of one application, replaced ones included."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """An upload that was judged and lies in the file store."""

    key: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class GiveAnswers:
    """Answers by question; None empties one, a question that is not named stays as it is.

    ``seen``: the version of the answers that the form was made from; ``tab``: a mark of the open form, which
    is never in its own way.
    """

    application_id: int
    phase: Phase
    answers: Answers
    seen: int = 0
    tab: str = ""
    files: Mapping[str, TakenFile] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtendDeadline:
    """More time for one applicant."""

    fair_id: int
    application_id: int
    phase: Phase
    until: datetime
    why: str = ""


def take_file(files: Files, name: str, data: bytes) -> TakenFile:
    """Judge the upload by its bytes and keep it: PDFs as they are, pictures painted anew.

    :raises Refused: with the reason why it cannot be kept.
    """
    if len(data) > MOST_BYTES:
        raise Refused(AnswerRefusal.FILE_TOO_BIG)
    shown = clean(PurePath(name.replace("\\", "/")).name[:400], longest=400, strict=False)
    shown = shown.lstrip(". ")[:180] or "file"
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return TakenFile(files.keep(data, "pdf"), _named(shown, "pdf"), len(data))
    from fairapp.adapters.pictures import pictures

    painted = pictures(data)
    if isinstance(painted, PictureReason):
        damaged = painted in (PictureReason.DAMAGED, PictureReason.EMPTY)
        raise Refused(AnswerRefusal.FILE_DAMAGED if damaged else AnswerRefusal.FILE_UNKNOWN)
    full = painted.full
    return TakenFile(files.keep(full.data, full.suffix), _named(shown, full.suffix), len(full.data))


def _named(name: str, suffix: str) -> str:
    return name if name.lower().endswith(f".{suffix}") else f"{PurePath(name).stem or 'file'}.{suffix}"


def current_form(session: Session, application: Application, phase: Phase) -> FormVersion | None:
    """What the applicant is asked in the phase now."""
    return version_for(session, application.fair_id, phase, application.booth_kind_id)


def deadline_of(session: Session, application: Application, phase: Phase) -> datetime | None:
    """Until when the applicant answers: the fair's deadline, or its own where that is later."""
    fair = application.fair
    fairs = fair.apply_until if phase is Phase.APPLY else form_settings(fair.settings).details_until
    extended = extension_of(session, application.id, phase)
    return closes_at(fairs, extended.until if extended else None)


def against_answers(
    session: Session, application: Application, phase: Phase, now: datetime
) -> AnswerRefusal | None:
    """Why the applicant cannot answer the form now: nothing when it can."""
    current = current_form(session, application, phase)
    if current is None:
        return AnswerRefusal.NO_FORM
    return against_answering(
        phase,
        application.state,
        owes=_asked_anew(session, application, current, phase),
        now=now,
        until=deadline_of(session, application, phase),
    )


def _asked_anew(session: Session, application: Application, current: FormVersion, phase: Phase) -> bool:
    """Whether the form has changed since it was answered, so that something is asked again."""
    answer, body = answer_of(session, application.id, phase), body_from(current.body)
    if answer is None:
        return phase is Phase.APPLY and bool(owed(body, body, {}))
    if answer.form_version_id == current.id:
        return False
    return bool(owed(body_from(answer.form_version.body), body, answer.answers))


def give_answers(session: Session, actor: Actor, order: GiveAnswers, now: datetime) -> FormAnswer:
    """Keep the answers, tied to the form's version in force.

    :raises Refused: when the form cannot be answered now.
    :raises Clash: when another open form has written newer answers.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require_member(actor, application.organisation_id)
    if (against := against_answers(session, application, order.phase, now)) is not None:
        raise Refused(against)
    current = current_form(session, application, order.phase)
    if current is None:
        raise Refused(AnswerRefusal.NO_FORM)
    answer = answer_of(session, application.id, order.phase, lock=True)
    if answer is None:
        answer = FormAnswer(application_id=application.id, phase=order.phase, version=0, answers={})
        session.add(answer)
    elif answer.tab != order.tab and answer.version > order.seen:
        raise Clash(Lost.CHANGED_MEANWHILE)
    answer.form_version_id, answer.form_version = current.id, current
    answer.version, answer.tab, answer.answered_at = answer.version + 1, order.tab, now
    answer.answers = _merged(session, application, current, order, answer.answers, now)
    session.flush()
    audit.record(
        session,
        actor,
        "application.answered",
        now,
        fair_id=application.fair_id,
        application=application.id,
        phase=order.phase.value,
        version=current.number,
    )
    return answer


def _merged(
    session: Session,
    application: Application,
    current: FormVersion,
    order: GiveAnswers,
    before: Answers,
    now: datetime,
) -> dict[str, Any]:
    """The answers kept so far with the new ones, and the ids of the files that came with them."""
    asked = {each.key: each for each in body_from(current.body).questions()}
    given = fitting(asked, order.answers)
    for key in order.dropped:
        if key in asked and asked[key].type is QuestionType.FILE:
            given[key] = None
    for key, taken in order.files.items():
        if key in asked and asked[key].type is QuestionType.FILE:
            given[key] = add_file(session, application, key, taken, now).id
    return {key: value for key, value in {**before, **given}.items() if not is_blank(value)}


def fitting(asked: Mapping[str, Question], said: Answers) -> dict[str, Any]:
    """The answers to questions that are asked; files come as uploads only.

    :raises Refused: when one does not fit its question.
    """
    try:
        return {
            key: answer_from(asked[key], value)
            for key, value in said.items()
            if key in asked and asked[key].type is not QuestionType.FILE
        }
    except Unfit as unfit:
        raise Refused(unfit.reason, **unfit.facts) from None


def add_file(
    session: Session, application: Application, question: str, taken: TakenFile, now: datetime
) -> AnswerFile:
    """Keep which file answers which question.

    :raises Refused: when the application has too many.
    """
    there = select(func.count()).where(AnswerFile.application_id == application.id)
    if (session.scalar(there) or 0) >= MOST_FILES:
        raise Refused(AnswerRefusal.TOO_MANY_FILES, most=MOST_FILES)
    row = AnswerFile(
        application_id=application.id,
        question=question,
        name=taken.name,
        key=taken.key,
        size=taken.size,
        added_at=now,
    )
    session.add(row)
    session.flush()
    return row


def extend_deadline(
    session: Session, actor: Actor, order: ExtendDeadline, now: datetime
) -> DeadlineExtension:
    """Give one applicant more time; a second extension takes the first one's place.

    :raises Refused: when the time lies in the past, before the fair's own deadline or after the fair.
    """
    require(actor, Permission.APPLICATION_DECIDE, order.fair_id)
    application = session.get(Application, order.application_id, with_for_update=LOCK)
    if application is None or application.fair_id != order.fair_id:
        raise Refused(ExtensionRefusal.NOT_FOUND)
    fair = application.fair
    fairs = fair.apply_until if order.phase is Phase.APPLY else form_settings(fair.settings).details_until
    against = against_extension(
        application.state, order.phase, order.until, now=now, fairs=fairs, fair_ends=_end_of(fair)
    )
    if against:
        raise Refused(*against)
    extension = extension_of(session, application.id, order.phase)
    if extension is None:
        extension = DeadlineExtension(application_id=application.id, phase=order.phase)
        session.add(extension)
    extension.until, extension.why = order.until, order.why
    extension.by_id, extension.at = actor.account_id, now
    audit.record(
        session,
        actor,
        "application.deadline_extended",
        now,
        fair_id=fair.id,
        application=application.id,
        phase=order.phase.value,
        until=order.until.isoformat(),
    )
    outbox.post(
        session, "mail.deadline_extended", now, application_id=application.id, phase=order.phase.value
    )
    return extension


def _end_of(fair: Fair) -> datetime:
    """The moment at which the fair is over, where it is."""
    after = fair.ends_on + timedelta(days=1)
    return datetime.combine(after, datetime.min.time(), ZoneInfo(fair.timezone))
