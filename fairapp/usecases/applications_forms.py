"""Build a fair's forms: make one, put in, change, order and take out its sections and questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.form_building import (
    FormRefusal,
    moved_question,
    moved_section,
    new_key,
    question_faults,
    recoded,
    stepped_question,
    with_question,
    with_section,
    without_question,
    without_section,
)
from fairapp.rules.questions import Body, Phase, Question, Section, body_from, plain_body
from fairapp.rules.reasons import Lost
from fairapp.store.applications_forms import Form, FormVersion
from fairapp.store.applications_forms_queries import form_of, versions_of
from fairapp.store.base import LOCK
from fairapp.store.fairs import BoothKind, Fair
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class MakeForm:
    """A form for a phase, for all kinds of booths or for one; ``copy_of``: begin with another's questions."""

    fair_id: int
    phase: Phase
    booth_kind_id: int | None = None
    copy_of: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Which form an act is about, and the draft's version that the organiser looked at."""

    fair_id: int
    form_id: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class KeepSection:
    """A section's name; without a key it is a new one."""

    page: Page
    names: dict[str, str]
    key: str = ""


@dataclass(frozen=True, slots=True)
class KeepQuestion:
    """A question as it shall be; without a key it is a new one, at the end of ``section``.

    Choices and columns come by their names: the codes of those that were there are kept.
    """

    page: Page
    question: Question
    section: str = ""


def make_form(session: Session, actor: Actor, order: MakeForm, now: datetime) -> Form:
    """Begin a form with one empty section, or with the questions of another.

    :raises Refused: when the fair has one for this phase and kind.
    """
    require(actor, Permission.FORM_EDIT, order.fair_id)
    fair = session.get(Fair, order.fair_id, with_for_update=LOCK)
    if fair is None:
        raise Missing
    if order.booth_kind_id is not None:
        kind = session.get(BoothKind, order.booth_kind_id)
        if kind is None or kind.fair_id != fair.id:
            raise Missing
    there = select(func.count()).where(
        Form.fair_id == fair.id,
        Form.phase == order.phase,
        Form.booth_kind_id.is_not_distinct_from(order.booth_kind_id),
    )
    if session.scalar(there):
        raise Refused(FormRefusal.FORM_EXISTS)
    if order.copy_of is None:
        draft = plain_body(Body((Section("about", {"vi": "Câu hỏi", "en": "Questions"}),)))
    else:
        draft = form_of(session, fair.id, order.copy_of).draft
    form = Form(
        fair_id=fair.id, phase=order.phase, booth_kind_id=order.booth_kind_id, draft=draft, changed_at=now
    )
    session.add(form)
    session.flush()
    audit.record(session, actor, "form.made", now, fair_id=fair.id, form=form.id, phase=form.phase.value)
    return form


def remove_form(session: Session, actor: Actor, fair_id: int, form_id: int, now: datetime) -> None:
    """Take away a form that was never published."""
    require(actor, Permission.FORM_EDIT, fair_id)
    form = form_of(session, fair_id, form_id, lock=True)
    if versions_of(session, form.id):
        raise Refused(FormRefusal.FORM_IN_USE)
    session.delete(form)
    audit.record(session, actor, "form.removed", now, fair_id=fair_id, form=form_id)


def keep_section(session: Session, actor: Actor, order: KeepSection, now: datetime) -> Section:
    """Add a section, or rename one."""
    made: list[Section] = []

    def change(body: Body) -> Body | FormRefusal:
        key = order.key or new_key((each.key for each in body.sections), order.names)
        if order.key and body.section(key) is None:
            raise Missing
        made.append(Section(key, order.names))
        return with_section(body, made[0])

    _edit(session, actor, order.page, change, now, "form.section_kept")
    return made[0]


def remove_section(session: Session, actor: Actor, page: Page, key: str, now: datetime) -> None:
    """Take away an empty section."""
    _edit(session, actor, page, lambda body: without_section(body, key), now, "form.section_removed", key=key)


def move_section(session: Session, actor: Actor, page: Page, key: str, place: int, now: datetime) -> None:
    """Put a section at another place."""
    _edit(
        session, actor, page, lambda body: moved_section(body, key, place), now, "form.section_moved", key=key
    )


def keep_question(session: Session, actor: Actor, order: KeepQuestion, now: datetime) -> Question:
    """Add a question, or change one.

    :raises Refused: with everything that is wrong with it.
    """
    made: list[Question] = []

    def change(body: Body) -> Body | FormRefusal:
        there = body.question(order.question.key) if order.question.key else None
        if (order.question.key and there is None) or (not there and body.section(order.section) is None):
            raise Missing
        key = order.question.key or new_key(
            _keys_ever(session, order.page.form_id, body), order.question.labels
        )
        question = replace(
            order.question,
            key=key,
            choices=recoded(there.choices if there else (), [each.names for each in order.question.choices]),
            columns=recoded(there.columns if there else (), [each.names for each in order.question.columns]),
        )
        if wrong := question_faults(question, questions_before(body, question.key, order.section)):
            raise Refused(*wrong)
        made.append(question)
        return with_question(body, order.section, question)

    _edit(session, actor, order.page, change, now, "form.question_kept")
    return made[0]


def remove_question(session: Session, actor: Actor, page: Page, key: str, now: datetime) -> None:
    """Ask a question no more; answers to it stay with the versions that asked it."""
    _edit(
        session, actor, page, lambda body: without_question(body, key), now, "form.question_removed", key=key
    )


def step_question(session: Session, actor: Actor, page: Page, key: str, down: bool, now: datetime) -> None:
    """Move a question one place up or down."""
    _edit(
        session,
        actor,
        page,
        lambda body: stepped_question(body, key, down),
        now,
        "form.question_moved",
        key=key,
    )


def move_question(
    session: Session, actor: Actor, page: Page, key: str, section: str, place: int, now: datetime
) -> None:
    """Put a question at a place of a section."""
    _edit(
        session, actor, page, lambda body: moved_question(body, key, section, place), now,
        "form.question_moved", key=key,
    )  # fmt: skip


def _edit(
    session: Session,
    actor: Actor,
    page: Page,
    change: Callable[[Body], Body | FormRefusal],
    now: datetime,
    what: str,
    **facts: object,
) -> None:
    """Change the draft by a rule of its building, or refuse with the rule's reason."""
    require(actor, Permission.FORM_EDIT, page.fair_id)
    form = form_of(session, page.fair_id, page.form_id, lock=True)
    same_draft(form, page)
    body = change(body_from(form.draft))
    if isinstance(body, FormRefusal):
        raise Refused(body)
    form.draft, form.version, form.changed_at = plain_body(body), form.version + 1, now
    audit.record(session, actor, what, now, fair_id=page.fair_id, form=form.id, **facts)


def same_draft(form: Form, page: Page) -> None:
    """Go on when the draft is as the organiser saw it.

    :raises Clash: when it was changed since.
    """
    if page.version is not None and page.version != form.version:
        raise Clash(Lost.CHANGED_MEANWHILE)


def _keys_ever(session: Session, form_id: int, body: Body) -> set[str]:
    """Keys of the draft and of every version: an old answer must never answer a new question."""
    published = session.scalars(select(FormVersion.body).where(FormVersion.form_id == form_id))
    return {each.key for one in (body, *map(body_from, published)) for each in one.questions()}


def questions_before(body: Body, key: str, section: str) -> list[Question]:
    """The questions asked earlier than ``key``; of a new one, all up to the end of ``section``."""
    found: list[Question] = []
    for part in body.sections:
        for each in part.questions:
            if each.key == key:
                return found
            found.append(each)
        if part.key == section and body.question(key) is None:
            break
    return found
