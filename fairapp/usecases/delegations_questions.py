"""The organiser's questions as columns of a delegation's workbook: which, and what a cell of them says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.answers import Answers, Unfit, answer_from, is_blank
from fairapp.rules.delegation_sheets import (
    CellReason,
    Fault,
    answer_text,
    column_of,
    in_a_cell,
    is_formula_text,
    question_titles,
    typed_answer,
)
from fairapp.rules.questions import Body, Phase, Question, body_from
from fairapp.rules.text import words
from fairapp.store.applications import Application
from fairapp.store.applications_forms import FormAnswer
from fairapp.store.applications_forms_queries import version_for
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.fairs_queries import kinds_of
from fairapp.usecases.applications_answers import against_answers


@dataclass(frozen=True, slots=True)
class Asking:
    """What the organiser asks, by kind of booth, and the questions that have a column."""

    bodies: Mapping[int | None, Body] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    def question(self, kind_id: int | None, column: str) -> Question | None:
        """The column's question as it is asked of this kind of booth."""
        body = self.bodies.get(kind_id, self.bodies.get(None))
        asked = body.questions() if body is not None else ()
        return next((each for each in asked if column_of(each) == column and in_a_cell(each)), None)

    def titles(self, language: str, taken: Iterable[str]) -> dict[str, str]:
        """By column: its title for this reader, unlike any other title."""
        return question_titles(self.questions, language, taken)

    def columns_by_title(self, taken: Iterable[str]) -> dict[str, str]:
        """By folded title in any language: its column."""
        languages = {language for each in self.questions for language in each.labels}
        return {
            words(title): column
            for language in sorted(languages)
            for column, title in self.titles(language, taken).items()
        }


def asking_of(session: Session, delegation: Delegation) -> Asking:
    """The forms in force for the delegation's producers."""
    bodies: dict[int | None, Body] = {}
    for kind_id in (None, *(kind.id for kind in kinds_of(session, delegation.fair_id))):
        version = version_for(session, delegation.fair_id, Phase.APPLY, kind_id)
        if version is not None:
            bodies[kind_id] = body_from(version.body)
    found: dict[str, Question] = {}
    for body in bodies.values():
        for question in body.questions():
            if in_a_cell(question):
                found.setdefault(question.key, question)
    return Asking(bodies, tuple(found.values()))


def answers_given(session: Session, entries: Sequence[DelegationEntry]) -> dict[int, dict[str, Any]]:
    """By entry: what is answered so far."""
    by_application = {each.application_id: each.id for each in entries}
    rows = session.execute(
        select(FormAnswer.application_id, FormAnswer.answers).where(
            FormAnswer.application_id.in_(list(by_application)), FormAnswer.phase == Phase.APPLY
        )
    )
    return {by_application[application_id]: dict(answers) for application_id, answers in rows}


def answer_cells(asking: Asking, kind_id: int | None, answers: Answers, language: str) -> dict[str, str]:
    """The answers as the workbook writes them, by column."""
    found = {}
    for column in map(column_of, asking.questions):
        question = asking.question(kind_id, column)
        found[column] = "" if question is None else answer_text(question, answers.get(question.key), language)
    return found


def read_answers(
    asking: Asking, kind_id: int | None, texts: Mapping[str, str], faults: dict[str, Fault]
) -> dict[str, Any]:
    """What the row's cells answer, by question; a blank cell answers nothing."""
    found: dict[str, Any] = {}
    for column in map(column_of, asking.questions):
        if column not in texts:
            continue
        question, text = asking.question(kind_id, column), texts[column].strip()
        if question is None:
            if text:
                faults.setdefault(column, Fault(CellReason.NOT_ASKED))
            continue
        if is_formula_text(text):
            faults.setdefault(column, Fault(CellReason.FORMULA))
            continue
        try:
            said = answer_from(question, typed_answer(question, text))
            found[question.key] = None if is_blank(said) else said
        except Unfit as unfit:
            faults.setdefault(column, Fault(unfit.reason, dict(unfit.facts)))
    return found


def refuse_answers(
    session: Session,
    application: Application,
    columns: Iterable[str],
    faults: dict[str, Fault],
    now: datetime,
) -> None:
    """Mark cells whose answers cannot be given any more."""
    if (against := against_answers(session, application, Phase.APPLY, now)) is not None:
        for column in columns:
            faults.setdefault(column, Fault(against))
