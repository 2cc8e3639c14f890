"""What became of each row of a list, as plain values: kept with the run, shown in pages and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fairapp.rules.allocation import Obstacle
from fairapp.rules.import_plan import ImportPlan, Part, RowPlan
from fairapp.rules.imports import Outcome, RowNote, RowReason
from fairapp.rules.stand_codes import StandReason
from fairapp.rules.text import TextReason

_REASONS: dict[str, type[StrEnum]] = {
    each.__name__: each for each in (RowReason, StandReason, TextReason, Obstacle)
}


@dataclass(frozen=True, slots=True)
class Fate:
    """One row's end: its line in the file, whom it names, where, how it ended and why."""

    line: int
    name: str
    booth: str
    outcome: Outcome
    reasons: tuple[StrEnum, ...] = ()
    notes: tuple[RowNote, ...] = ()
    stands: tuple[tuple[str, str, Part], ...] = ()
    """The stands it got: hall, code, and as what."""
    unknown: tuple[str, ...] = ()
    same_as: int | None = None
    over: int = 0
    """How many characters its description is longer than what fits in print."""


def fates(plan: ImportPlan) -> tuple[Fate, ...]:
    """The end of every row of a plan."""
    return tuple(_fate(row) for row in plan.rows)


def _fate(row: RowPlan) -> Fate:
    return Fate(
        row.line,
        "" if row.record is None else row.record.name,
        "" if row.record is None else " ".join((row.record.hall, row.record.booth)).strip(),
        row.outcome,
        row.reasons,
        row.notes,
        tuple((placement.hall, placement.code, placement.part) for placement in row.placements),
        row.unknown_codes,
        row.same_as_line,
        row.over,
    )


def to_json(rows: Iterable[Fate]) -> list[list[Any]]:
    """The rows as lists for a file."""
    return [
        [
            row.line,
            row.name,
            row.booth,
            row.outcome.value,
            [[type(reason).__name__, reason.value] for reason in row.reasons],
            [note.value for note in row.notes],
            [[hall, code, part.value] for hall, code, part in row.stands],
            list(row.unknown),
            row.same_as,
            row.over,
        ]
        for row in rows
    ]


def from_json(rows: Iterable[list[Any]]) -> tuple[Fate, ...]:
    """The rows read back."""
    return tuple(
        Fate(
            line,
            name,
            booth,
            Outcome(outcome),
            tuple(_REASONS[kind](value) for kind, value in reasons),
            tuple(map(RowNote, notes)),
            tuple((hall, code, Part(part)) for hall, code, part in stands),
            tuple(unknown),
            same_as,
            *later,
        )
        for line, name, booth, outcome, reasons, notes, stands, unknown, same_as, *later in rows
    )


def facts_of(row: Fate) -> Mapping[str, object]:
    """What the sentences of a row's reasons and notes may need."""
    return {"code": ", ".join(row.unknown) or row.booth, "over": row.over}
