"""What a form asks: sections of questions of every usual type, each by language, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

Texts = Mapping[str, str]


class Phase(StrEnum):
    """When a form is asked: with the application, or after it was accepted."""

    APPLY = "apply"
    DETAILS = "details"


class QuestionType(StrEnum):
    """What an answer looks like."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    TABLE = "table"
    CONSENT = "consent"


class Need(StrEnum):
    """Whether an answer may be missing."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    REQUIRED_IF = "required_if"


MOST_SECTIONS, MOST_QUESTIONS, MOST_CHOICES, MOST_COLUMNS, MOST_ROWS = 12, 80, 40, 8, 60
LONGEST_LABEL, LONGEST_HELP, LONGEST_UNIT = 300, 2000, 20
LONGEST_SHORT, LONGEST_LONG, LONGEST_CELL = 300, 5000, 200
MOST_NUMBER = Decimal(10) ** 12

WITH_CHOICES = frozenset({QuestionType.CHOICE, QuestionType.SEVERAL})
CAN_DECIDE = WITH_CHOICES | {QuestionType.CONSENT}
"""Types whose answer can make another question needed."""
GIVEN = "yes"
"""The one value of a consent in a condition."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from, or a column of a table; ``code`` is what is kept."""

    code: str
    names: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is needed when an earlier one has one of these answers."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``key`` names its answer in every version, and in the next fair."""

    key: str
    type: QuestionType
    labels: Texts
    helps: Texts = field(default_factory=dict)
    need: Need = Need.OPTIONAL
    condition: Condition | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple[Choice, ...] = ()
    units: Texts = field(default_factory=dict)
    least: str = ""
    """The smallest number or earliest day; of texts, choices and rows: how many at least."""
    most: str = ""

    def bound(self, which: str) -> Decimal | None:
        """``least`` or ``most`` as a number, of types that count or measure."""
        try:
            return Decimal(getattr(self, which)) if getattr(self, which) else None
        except InvalidOperation:
            return None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together, under one heading."""

    key: str
    names: Texts
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A whole form."""

    sections: tuple[Section, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question in the order in which it is asked."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        """The question of this key."""
        return next((each for each in self.questions() if each.key == key), None)

    def section(self, key: str) -> Section | None:
        """The section of this key."""
        return next((each for each in self.sections if each.key == key), None)


def body_from(plain: Mapping[str, Any]) -> Body:
    """The form as it was kept by ``plain_body``."""
    return Body(
        tuple(
            Section(each["key"], each["names"], tuple(_question(one) for one in each["questions"]))
            for each in plain.get("sections", ())
        )
    )


def plain_body(body: Body) -> dict[str, Any]:
    """The form as JSON keeps it."""
    return {
        "sections": [
            {
                "key": section.key,
                "names": dict(section.names),
                "questions": [_plain_question(one) for one in section.questions],
            }
            for section in body.sections
        ]
    }


def _question(plain: Mapping[str, Any]) -> Question:
    condition = plain.get("condition")
    return Question(
        key=plain["key"],
        type=QuestionType(plain["type"]),
        labels=plain["labels"],
        helps=plain.get("helps", {}),
        need=Need(plain.get("need", Need.OPTIONAL)),
        condition=Condition(condition["question"], tuple(condition["values"])) if condition else None,
        choices=tuple(Choice(each["code"], each["names"]) for each in plain.get("choices", ())),
        columns=tuple(Choice(each["code"], each["names"]) for each in plain.get("columns", ())),
        units=plain.get("units", {}),
        least=plain.get("least", ""),
        most=plain.get("most", ""),
    )


def _plain_question(question: Question) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "key": question.key,
        "type": question.type.value,
        "labels": dict(question.labels),
        "need": question.need.value,
    }
    if question.condition is not None:
        plain["condition"] = {
            "question": question.condition.question,
            "values": list(question.condition.values),
        }
    for name, named in (("choices", question.choices), ("columns", question.columns)):
        if named:
            plain[name] = [{"code": each.code, "names": dict(each.names)} for each in named]
    for name, texts in (("helps", question.helps), ("units", question.units)):
        if texts:
            plain[name] = dict(texts)
    return plain | {name: value for name in ("least", "most") if (value := getattr(question, name))}
