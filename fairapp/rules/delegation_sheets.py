"""A delegation's workbook: its columns, what is wrong with a cell, and what a row would do to the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from fairapp.rules.answers import AnswerFault
from fairapp.rules.delegations import DelegationReason
from fairapp.rules.forms import AnswerRefusal
from fairapp.rules.identifiers import EmailReason, IdentifierReason, PhoneReason
from fairapp.rules.printed_texts import PrintedFault
from fairapp.rules.producers import ProducerReason
from fairapp.rules.questions import Need, Question, QuestionType
from fairapp.rules.reasons import Shape
from fairapp.rules.sheets import Limits
from fairapp.rules.text import TextReason, words

LIMITS = Limits(packed=8 * 1024 * 1024, unpacked=64 * 1024 * 1024, rows=600, columns=110)
ROWS_TO_FILL = 500
"""How many rows of a template have drop-downs."""


class SheetColumn(StrEnum):
    """The columns of a delegation's workbook."""

    NUMBER = "number"
    NAME = "name"
    NAME_LATIN = "name_latin"
    KIND = "kind"
    TAX_CODE = "tax_code"
    PROVINCE = "province"
    COMMUNE = "commune"
    PLACE = "place"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    PRODUCTS = "products"
    STARS = "stars"
    GROUP = "group"
    BOOTH_KIND = "booth_kind"
    BOOTHS = "booths"


_VIETNAMESE_ONLY = frozenset({SheetColumn.TAX_CODE, SheetColumn.PROVINCE, SheetColumn.COMMUNE})


def columns_for(country: str, province_code: str | None) -> tuple[SheetColumn, ...]:
    """The columns of a delegation of this country: only Viet Nam has communes and its own tax codes."""
    left_out = _VIETNAMESE_ONLY if country != "VN" else {SheetColumn.PLACE}
    if province_code:
        left_out = left_out | {SheetColumn.PROVINCE}
    return tuple(column for column in SheetColumn if column not in left_out)


QUESTION = "q:"
"""What the column of one of the organiser's questions begins with; the question's key follows."""
_IN_A_CELL = frozenset(
    {
        QuestionType.SHORT_TEXT,
        QuestionType.LONG_TEXT,
        QuestionType.CHOICE,
        QuestionType.SEVERAL,
        QuestionType.NUMBER,
        QuestionType.DATE,
    }
)
"""Files and tables do not fit a cell, and a consent is nothing to be typed for many."""


def in_a_cell(question: Question) -> bool:
    """Whether the question has a column: one that has to be answered, always or by another answer."""
    return question.type in _IN_A_CELL and question.need is not Need.OPTIONAL


def column_of(question: Question) -> str:
    """The name of the question's column."""
    return QUESTION + question.key


def label_of(texts: Mapping[str, str], language: str) -> str:
    """The words in the reader's language, else in any."""
    return texts.get(language) or next(iter(texts.values()), "")


def question_titles(questions: Iterable[Question], language: str, taken: Iterable[str]) -> dict[str, str]:
    """By column: the question's label; with its key behind it where another title reads the same."""
    found, used = {}, set(taken)
    for question in questions:
        title = label_of(question.labels, language)
        if words(title) in used:
            title = f"{title} ({question.key})"
        used.add(words(title))
        found[column_of(question)] = title
    return found


def answer_text(question: Question, said: Any, language: str) -> str:
    """An answer as its cell says it: choices by name, several with semicolons between them."""
    names = {each.code: label_of(each.names, language) for each in question.choices}
    if isinstance(said, list):
        return "; ".join(names.get(each, each) for each in map(str, said))
    return "" if said is None else names.get(str(said), str(said))


def typed_answer(question: Question, text: str) -> Any:
    """A cell as a form would send it: names of choices in any language as their codes."""
    codes = {words(each.code): each.code for each in question.choices}
    codes |= {words(name): each.code for each in question.choices for name in each.names.values()}
    if question.type is QuestionType.SEVERAL:
        parts = [each.strip() for each in re.split(r"[;\n]", text) if each.strip()]
        return [codes.get(words(each), each) for each in parts]
    return codes.get(words(text), text) if question.type is QuestionType.CHOICE else text


def is_formula_text(text: str) -> bool:
    """Whether an answer would be worked out; one may begin with a dash or a plus."""
    return text.lstrip().startswith(("=", "@"))


class CellReason(StrEnum):
    """What is wrong with a cell, besides the reasons of numbers, telephones, addresses and texts."""

    FORMULA = "cell_formula"
    NOT_A_NAME = "cell_not_a_name"
    UNKNOWN_ROW = "cell_unknown_row"
    UNKNOWN_KIND = "cell_unknown_kind"
    UNKNOWN_GROUP = "cell_unknown_group"
    UNKNOWN_BOOTH_KIND = "cell_unknown_booth_kind"
    UNKNOWN_COMMUNE = "cell_unknown_commune"
    TWICE = "cell_twice"
    NOT_ASKED = "cell_not_asked"


class SheetReason(StrEnum):
    """Why a workbook cannot be taken in, or not be taken back."""

    NOT_THE_TEMPLATE = "sheet_not_the_template"
    BROKEN_CELLS = "sheet_broken_cells"
    NOTHING_NEW = "sheet_nothing_new"
    NOT_TAKEN_IN = "sheet_not_taken_in"
    CHANGED_SINCE = "sheet_changed_since"
    FILE_GONE = "sheet_file_gone"


class RowKind(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BROKEN = "broken"


_FORMULA = re.compile(r"\s*[=+@\-]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a name or place for something to work out."""
    return _FORMULA.match(text) is not None


def cell_name(place: int, line: int) -> str:
    """What a spreadsheet calls the cell: ``B4`` for the second column in line 4."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, and the facts its sentence needs."""

    reason: Enum
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it was sent; ``was`` is what the list says now, where that is something else."""

    column: str
    place: int
    text: str
    was: str | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row and what it would do; ``entry_id`` is the producer that it means."""

    line: int
    kind: RowKind
    cells: tuple[Cell, ...]
    entry_id: int | None = None

    @property
    def faults(self) -> tuple[Cell, ...]:
        """The cells to put right."""
        return tuple(cell for cell in self.cells if cell.fault is not None)


_REASONS: dict[str, type[Enum]] = {
    each.__name__: each
    for each in (
        AnswerFault,
        AnswerRefusal,
        CellReason,
        DelegationReason,
        EmailReason,
        IdentifierReason,
        PhoneReason,
        PrintedFault,
        ProducerReason,
        Shape,
        TextReason,
    )
}


def to_json(rows: Iterable[SheetRow]) -> list[list[Any]]:
    """The rows as plain lists."""
    return [
        [row.line, row.kind.value, row.entry_id, [_plain_cell(cell) for cell in row.cells]] for row in rows
    ]


def _plain_cell(cell: Cell) -> list[Any]:
    fault = None
    if cell.fault is not None:
        reason = cell.fault.reason
        fault = [type(reason).__name__, reason.value, dict(cell.fault.facts)]
    return [str(cell.column), cell.place, cell.text, cell.was, fault]


def from_json(rows: Iterable[list[Any]]) -> tuple[SheetRow, ...]:
    """The rows read back."""
    return tuple(
        SheetRow(line, RowKind(kind), tuple(_read_cell(cell) for cell in cells), entry_id)
        for line, kind, entry_id, cells in rows
    )


def _read_cell(cell: list[Any]) -> Cell:
    column, place, text, was, fault = cell
    found = None if fault is None else Fault(_REASONS[fault[0]](fault[1]), fault[2])
    return Cell(column if column.startswith(QUESTION) else SheetColumn(column), place, text, was, found)


def deeds(rows: Iterable[SheetRow]) -> list[tuple[int, RowKind, int | None, tuple[str, ...]]]:
    """What the rows would do, without their words: (line, kind, producer, columns that change)."""
    return [
        (
            row.line,
            row.kind,
            row.entry_id,
            tuple(str(each.column) for each in row.cells if each.was is not None),
        )
        for row in rows
    ]


def counts(rows: Iterable[SheetRow]) -> dict[str, int]:
    """How many rows do what, and how many cells are broken or changed."""
    found = dict.fromkeys([*(kind.value for kind in RowKind), "faults", "changes"], 0)
    for row in rows:
        found[row.kind.value] += 1
        found["faults"] += len(row.faults)
        if row.kind is RowKind.CHANGED:
            found["changes"] += sum(cell.was is not None for cell in row.cells)
    return found
