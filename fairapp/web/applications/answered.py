"""What was answered to a form, as pages of both sides show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for

from fairapp.i18n import pick
from fairapp.rules.answers import Answers, condition_holds, is_blank
from fairapp.rules.form_versions import Standing, standing
from fairapp.rules.forms import AnswerRefusal
from fairapp.rules.questions import Body, Phase, Question, QuestionType, body_from
from fairapp.store.applications import Application
from fairapp.store.applications_forms import AnswerFile, FormAnswer, FormVersion
from fairapp.store.applications_forms_queries import answer_of, files_of
from fairapp.store.base import reading
from fairapp.usecases.applications_answers import against_answers, current_form, deadline_of
from fairapp.usecases.guarding_questions import questions_open
from fairapp.web.applications.asking import answer_words


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file with where it is fetched."""

    name: str
    href: str
    removable: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its answer in words; a table with its rows, a file with its address."""

    key: str
    label: str
    words: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    file: KeptFile | None = None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A section with its answers."""

    name: str
    answers: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A form that the applicant has to fill in, as its page of the application says."""

    phase: Phase
    open: int
    until: datetime | None
    how: Standing
    against: AnswerRefusal | None


def shown_parts(application: Application, answer: FormAnswer | None, office: str = "") -> list[ShownPart]:
    """Every answer by section of the version it was given to; ``office``: the fair's code, on its side."""
    if answer is None:
        return []
    body, files = body_from(answer.form_version.body), kept_files(application, answer.answers, office)
    return [
        ShownPart(pick(section.names), shown)
        for section in body.sections
        if (shown := tuple(_shown(body, section.questions, answer.answers, files)))
    ]


def _shown(
    body: Body, questions: Iterable[Question], answers: Answers, files: dict[str, KeptFile]
) -> Iterable[Shown]:
    for question in questions:
        said = answers.get(question.key)
        if is_blank(said) and not condition_holds(question, body, answers):
            continue
        rows = said if question.type is QuestionType.TABLE and said else []
        yield Shown(
            question.key,
            pick(question.labels),
            "" if question.type is QuestionType.FILE else answer_words(question, said),
            tuple(pick(each.names) for each in question.columns) if rows else (),
            tuple(tuple(row.get(each.code, "") for each in question.columns) for row in rows),
            files.get(question.key),
        )


def kept_files(application: Application, answers: Answers, office: str = "") -> dict[str, KeptFile]:
    """The files among the answers, by question; the applicant may take them out again."""
    wanted = [value for value in answers.values() if isinstance(value, int) and value is not True]
    if not wanted:
        return {}
    by_id = {each.id: each for each in files_of(reading(), application.id)}
    return {
        key: KeptFile(row.name, file_address(application, row, office), not office)
        for key, value in answers.items()
        if (row := by_id.get(value)) is not None and value is not True
    }


def file_address(application: Application, row: AnswerFile, office: str = "") -> str:
    """Where the file is fetched, from the applicant's side or the office's."""
    if office:
        return url_for(
            "applications.office_file", fair_code=office, application_id=application.id, file_id=row.id
        )
    return url_for("applications.own_file", application_id=application.id, file_id=row.id)


def answered_in(application: Application, phase: Phase, office: str = "") -> list[ShownPart]:
    """The application's answers of the phase, ready to be shown."""
    return shown_parts(application, answer_of(reading(), application.id, phase), office)


def how_far(answer: FormAnswer | None, current: FormVersion) -> Standing:
    """How far the applicant is with the version in force."""
    if answer is None:
        return standing(None, body_from(current.body), {})
    return standing(body_from(answer.form_version.body), body_from(current.body), answer.answers)


def due_of(application: Application, phase: Phase) -> Due | None:
    """What is due in the phase; nothing where the fair asks nothing."""
    session = reading()
    current = current_form(session, application, phase)
    if current is None:
        return None
    return Due(
        phase,
        questions_open(session, application, phase),
        deadline_of(session, application, phase),
        how_far(answer_of(session, application.id, phase), current),
        against_answers(session, application, phase, datetime.now(UTC)),
    )
