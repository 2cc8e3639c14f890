"""Answers to a form: read as they were typed, judged by their question, and compared over versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from fairapp.rules.questions import (
    GIVEN,
    LONGEST_CELL,
    LONGEST_LONG,
    LONGEST_SHORT,
    MOST_NUMBER,
    MOST_ROWS,
    Body,
    Need,
    Question,
    QuestionType,
)
from fairapp.rules.text import TextRefused, clean

Answers = Mapping[str, Any]
"""By key: text, list of codes, number and day as text, file's id, rows of cells, or True for a consent."""


class AnswerFault(StrEnum):
    """What is wrong with an answer."""

    MISSING = "answer_missing"
    CONSENT_MISSING = "answer_consent_missing"
    FILE_MISSING = "answer_file_missing"
    UNREADABLE = "answer_unreadable"
    TOO_LONG = "answer_too_long"
    TOO_SHORT = "answer_too_short"
    NOT_A_CHOICE = "answer_not_a_choice"
    TOO_FEW = "answer_too_few"
    TOO_MANY = "answer_too_many"
    NOT_A_NUMBER = "answer_not_a_number"
    NUMBER_TOO_SMALL = "answer_number_too_small"
    NUMBER_TOO_LARGE = "answer_number_too_large"
    NOT_A_DATE = "answer_not_a_date"
    TOO_EARLY = "answer_too_early"
    TOO_LATE = "answer_too_late"
    TOO_FEW_ROWS = "answer_too_few_rows"
    TOO_MANY_ROWS = "answer_too_many_rows"
    ASKED_ANEW = "answer_asked_anew"


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer's fault with what its sentence needs."""

    key: str
    reason: AnswerFault
    facts: Mapping[str, object] = field(default_factory=dict)


class Unfit(Exception):
    """What was typed is no answer to its question."""

    def __init__(self, reason: AnswerFault, **facts: object) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def is_blank(value: object) -> bool:
    """Whether there is no answer; 0 is one."""
    return value in (None, "", False) or value == []


def answer_from(question: Question, typed: Any) -> Any:
    """The answer as it is kept, from what a form sends; None when nothing was said.

    :raises Unfit: when it is none.
    """
    match question.type:
        case QuestionType.SEVERAL:
            return _several(question, typed)
        case QuestionType.TABLE:
            return _rows(question, typed)
        case QuestionType.CONSENT:
            return True if typed else None
        case QuestionType.FILE:
            return typed if isinstance(typed, int) else None
    text = _text(typed, LONGEST_LONG if question.type is QuestionType.LONG_TEXT else LONGEST_SHORT, question)
    if not text:
        return None
    match question.type:
        case QuestionType.CHOICE:
            return _chosen(question, text)
        case QuestionType.NUMBER:
            return _number(question, text)
        case QuestionType.DATE:
            return _day(question, text)
    least, most = question.bound("least"), question.bound("most")
    if least is not None and len(text) < least:
        raise Unfit(AnswerFault.TOO_SHORT, least=int(least))
    if most is not None and len(text) > most:
        raise Unfit(AnswerFault.TOO_LONG, most=int(most))
    return text


def _text(typed: Any, longest: int, question: Question) -> str:
    try:
        return clean(str(typed or ""), longest=longest, lines=question.type is QuestionType.LONG_TEXT)
    except TextRefused as refused:
        if refused.longest is None:
            raise Unfit(AnswerFault.UNREADABLE) from None
        raise Unfit(AnswerFault.TOO_LONG, most=longest) from None


def _chosen(question: Question, code: str) -> str:
    if code not in [each.code for each in question.choices]:
        raise Unfit(AnswerFault.NOT_A_CHOICE)
    return code


def _several(question: Question, typed: Any) -> list[str] | None:
    asked = [str(each) for each in typed or ()]
    chosen = [each.code for each in question.choices if each.code in asked]
    if set(asked) - set(chosen):
        raise Unfit(AnswerFault.NOT_A_CHOICE)
    least, most = question.bound("least"), question.bound("most")
    if chosen and least is not None and len(chosen) < least:
        raise Unfit(AnswerFault.TOO_FEW, least=int(least))
    if most is not None and len(chosen) > most:
        raise Unfit(AnswerFault.TOO_MANY, most=int(most))
    return chosen or None


def _number(question: Question, text: str) -> str:
    try:
        value = Decimal(_with_point(text.replace(" ", "").replace("\u00a0", "")))
    except InvalidOperation:
        raise Unfit(AnswerFault.NOT_A_NUMBER) from None
    if not value.is_finite() or abs(value) > MOST_NUMBER:
        raise Unfit(AnswerFault.NOT_A_NUMBER)
    least, most = question.bound("least"), question.bound("most")
    if least is not None and value < least:
        raise Unfit(AnswerFault.NUMBER_TOO_SMALL, least=f"{least:f}")
    if most is not None and value > most:
        raise Unfit(AnswerFault.NUMBER_TOO_LARGE, most=f"{most:f}")
    return f"{round(value, 6).normalize():f}"


def _with_point(text: str) -> str:
    """``1.500`` and ``1,500`` are fifteen hundred, ``1,5`` and ``1.5`` one and a half."""
    marks = [each for each in text if each in ".,"]
    if not marks:
        return text
    front, back = text.rsplit(marks[-1], 1)
    if len(set(marks)) == 2:
        return front.replace(",", "").replace(".", "") + "." + back
    groups = text.lstrip("+-").split(marks[-1])
    grouped = 1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(each) == 3 for each in groups[1:])
    return text.replace(marks[-1], "") if grouped else text.replace(",", ".")


def _day(question: Question, text: str) -> str:
    try:
        day = date.fromisoformat(text) if text[:4].isdigit() else _day_first(text)
    except ValueError:
        raise Unfit(AnswerFault.NOT_A_DATE) from None
    if question.least and day.isoformat() < question.least:
        raise Unfit(AnswerFault.TOO_EARLY, least=question.least)
    if question.most and day.isoformat() > question.most:
        raise Unfit(AnswerFault.TOO_LATE, most=question.most)
    return day.isoformat()


def _day_first(text: str) -> date:
    day, month, year = text.replace("/", ".").replace("-", ".").split(".")
    return date(int(year), int(month), int(day))


def _rows(question: Question, typed: Any) -> list[dict[str, str]] | None:
    given: Sequence[Mapping[str, Any]] = typed or ()
    found = []
    for row in given[: 2 * MOST_ROWS]:
        cells = {each.code: _text(row.get(each.code), LONGEST_CELL, question) for each in question.columns}
        if any(cells.values()):
            found.append(cells)
    least, most = question.bound("least"), question.bound("most") or Decimal(MOST_ROWS)
    if len(found) > most:
        raise Unfit(AnswerFault.TOO_MANY_ROWS, most=int(most))
    if found and least is not None and len(found) < least:
        raise Unfit(AnswerFault.TOO_FEW_ROWS, least=int(least))
    return found or None


def is_needed(question: Question, body: Body, answers: Answers) -> bool:
    """Whether an answer may not be missing, given the other answers."""
    if question.need is not Need.REQUIRED_IF:
        return question.need is Need.REQUIRED
    return condition_holds(question, body, answers)


def condition_holds(question: Question, body: Body, answers: Answers) -> bool:
    """Whether what the question depends on was answered so; always without a condition."""
    condition = question.condition
    if question.need is not Need.REQUIRED_IF or condition is None:
        return True
    decides = body.question(condition.question)
    if decides is None or not condition_holds(decides, body, answers):
        return False
    said = answers.get(condition.question)
    if said is True:
        return GIVEN in condition.values
    return bool(set(said if isinstance(said, list) else [said]) & set(condition.values))


_MISSING = {
    QuestionType.CONSENT: AnswerFault.CONSENT_MISSING,
    QuestionType.FILE: AnswerFault.FILE_MISSING,
}


def faults(body: Body, answers: Answers) -> tuple[Fault, ...]:
    """Every answer that is missing or does not fit, in the form's order: none when all is said."""
    found = []
    for question in body.questions():
        said = answers.get(question.key)
        if is_blank(said):
            if is_needed(question, body, answers):
                found.append(Fault(question.key, _MISSING.get(question.type, AnswerFault.MISSING)))
        elif condition_holds(question, body, answers):
            try:
                answer_from(question, said)
            except Unfit as unfit:
                found.append(Fault(question.key, unfit.reason, unfit.facts))
    return tuple(found)
