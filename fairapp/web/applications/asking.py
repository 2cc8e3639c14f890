"""A form of the organiser as the applicant fills it in: one field for each question, judged by the rules."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import DateInput

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.answers import Answers, Fault, Unfit, answer_from
from fairapp.rules.questions import MOST_ROWS, Body, Choice, Question, QuestionType

FEW = 7
"""So many choices stand as a list to tick, more of them in a box to open."""
SPARE_ROWS = 3


class RowsField(Field):  # type: ignore[misc]
    """A table of rows; cells come as ``<name>-<row>-<column>``."""

    def __init__(self, label: str, columns: tuple[Choice, ...], most: int, **more: Any) -> None:
        super().__init__(label, **more)
        self.columns, self.most = columns, most

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the rows that were typed, else those that are kept."""
        self.process_errors: list[str] = []
        self.data = list(data or self.default or ())
        if formdata is not None and any(name.startswith(f"{self.name}-") for name in formdata):
            self.data = [
                {each.code: formdata.get(self.cell(row, each.code), "") for each in self.columns}
                for row in range(MOST_ROWS)
            ]
        while self.data and not any(self.data[-1].values()):
            self.data.pop()

    def cell(self, row: int, column: str) -> str:
        """The name of a cell's control."""
        return f"{self.name}-{row}-{column}"

    def rows(self) -> list[dict[str, str]]:
        """The rows with a few empty ones to go on in."""
        spare = min(SPARE_ROWS, max(0, self.most - len(self.data)))
        return [*self.data, *({} for _row in range(spare))]


class AskingForm(FlaskForm):  # type: ignore[misc]
    """What every such form carries: the version it was made from, and which open form it is."""

    version = HiddenField()
    tab = HiddenField()

    body = Body()

    def asked(self, question: Question) -> Any:
        """The question's field."""
        return self[field_name(question.key)]

    def stamp(self, version: int, anew: bool = False) -> None:
        """Mark the form with what it was made from; ``anew`` once the newer answers were shown."""
        if anew or not (self.version.data or "").isdigit():
            self.version.data = str(version)
        if not (self.tab.data or "").isalnum():
            self.tab.data = secrets.token_hex(8)
        self.tab.data = self.tab.data[:32]

    def seen_version(self) -> int:
        """The version of the answers that the form was made from."""
        text = self.version.data or ""
        return int(text[:9]) if text.isascii() and text[:9].isdigit() else 0

    def said(self) -> tuple[dict[str, Any], tuple[Fault, ...]]:
        """The answers that fit, and what is wrong with the others; files are left to their own."""
        found, faults = {}, []
        for question in self.body.questions():
            if question.type is QuestionType.FILE:
                continue
            try:
                found[question.key] = answer_from(question, self.asked(question).data)
            except Unfit as unfit:
                faults.append(Fault(question.key, unfit.reason, unfit.facts))
        return found, tuple(faults)

    def files(self) -> Iterable[tuple[Question, FileStorage]]:
        """The uploads, each with its question."""
        for question in self.body.questions():
            sent = self.asked(question).data if question.type is QuestionType.FILE else None
            if isinstance(sent, FileStorage) and sent.filename:
                yield question, sent

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Put each fault beside its field."""
        for fault in faults:
            field = self[field_name(fault.key)]
            field.errors = [*field.errors, fault_words(fault)]


def field_name(key: str) -> str:
    """The name of the question's control."""
    return f"q_{key}"


def fault_words(fault: Fault) -> str:
    """What is wrong and what to do, days as the reader writes them."""
    facts = {name: day_words(value) for name, value in fault.facts.items()}
    return phrase(fault.reason, **facts)


def day_words(value: object) -> object:
    """A day in the reader's form; anything else as it is."""

    if isinstance(value, str) and len(value) == 10 and value.count("-") == 2:
        return formats.date(date.fromisoformat(value))
    return value


def asking_form(body: Body, kept: Answers | None = None) -> AskingForm:
    """The form of ``body``: filled with what is ``kept``, or with what was sent."""
    fields: dict[str, Any] = {field_name(question.key): _field(question) for question in body.questions()} | {
        "body": body
    }
    made = type("BuiltForm", (AskingForm,), fields)
    values = {field_name(key): value for key, value in (kept or {}).items()}
    form: AskingForm = made(data=values) if kept is None else made(formdata=None, data=values)
    return form


def _field(question: Question) -> Any:
    label = pick(question.labels)
    choices = [SelectChoice(each.code, pick(each.names)) for each in question.choices]
    match question.type:
        case QuestionType.LONG_TEXT:
            return TextAreaField(label)
        case QuestionType.CHOICE if len(choices) <= FEW:
            return RadioField(label, choices=choices, validate_choice=False)
        case QuestionType.CHOICE:
            return SelectField(
                label, choices=[SelectChoice("", _("Choose…")), *choices], validate_choice=False
            )
        case QuestionType.SEVERAL:
            return SelectMultipleField(label, choices=choices, validate_choice=False)
        case QuestionType.DATE:
            return StringField(label, widget=DateInput())
        case QuestionType.FILE:
            return FileField(label)
        case QuestionType.TABLE:
            return RowsField(label, question.columns, int(question.bound("most") or MOST_ROWS))
        case QuestionType.CONSENT:
            return BooleanField(label)
    return StringField(label)


def answer_words(question: Question, said: Any) -> str:
    """An answer in one line, as a list or a letter says it."""
    if said in (None, "", [], False):
        return ""
    names: Mapping[str, str] = {each.code: pick(each.names) for each in question.choices}
    match question.type:
        case QuestionType.CHOICE:
            return names.get(said, said)
        case QuestionType.SEVERAL:
            return ", ".join(names.get(each, each) for each in said)
        case QuestionType.NUMBER:
            return " ".join(each for each in (_grouped(said), pick(question.units)) if each)
        case QuestionType.DATE:
            return str(day_words(said))
        case QuestionType.CONSENT:
            return _("Agreed")
        case QuestionType.TABLE:
            return "; ".join(", ".join(cell for cell in row.values() if cell) for row in said)
    return str(said)


def _grouped(number: str) -> str:

    return formats.number(Decimal(number))
