"""What a delegation's workbook would do to its list, row by row, decided before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fairapp.rules.delegation_sheets import (
    QUESTION,
    Cell,
    CellReason,
    Fault,
    RowKind,
    SheetColumn,
    SheetReason,
    SheetRow,
    columns_for,
)
from fairapp.rules.delegations import EntryState, EntryStep
from fairapp.rules.errors import Refused
from fairapp.rules.imports import SourceRow
from fairapp.rules.sheets import Sheet
from fairapp.rules.text import name_key, words
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.delegations_lists import entries_of, products_by_organisation
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.usecases.delegations_cells import Around, Vocabulary, cell_texts, read_cells
from fairapp.usecases.delegations_entries import refuse_step
from fairapp.usecases.delegations_questions import (
    answer_cells,
    answers_given,
    asking_of,
    read_answers,
    refuse_answers,
)
from fairapp.usecases.delegations_telling import Told, told_of

C = SheetColumn


@dataclass(slots=True)
class Plan:
    """What a workbook would do: its rows, what each tells, and how many booths the list would ask for."""

    rows: list[SheetRow]
    told: dict[int, Told]
    """By line."""
    answers: dict[int, dict[str, Any]]
    """By line: what is answered anew, by question; None takes an answer away."""
    booths: int
    left_alone: int
    """Producers of the list that the file does not name: they stay as they are."""


def around_of(session: Session, delegation: Delegation, vocabulary: Vocabulary, now: datetime) -> Around:
    """What the delegation's rows are checked against and written with."""
    fair = delegation.fair
    return Around(
        delegation.country,
        delegation.province_code or "",
        tuple((group.code, group.names) for group in groups_of(session, fair)),
        tuple((kind.id, kind.names) for kind in kinds_of(session, fair.id)),
        vocabulary,
        now,
        asking_of(session, delegation),
    )


def list_texts(session: Session, delegation: Delegation, around: Around) -> list[dict[str, str]]:
    """The list as its workbook writes it, the removed left out."""
    entries = [each for each in entries_of(session, delegation.id) if each.state is not EntryState.REMOVED]
    products = products_by_organisation(session, (each.organisation_id for each in entries))
    given = answers_given(session, entries)
    found = []
    for each in entries:
        told = told_of(each, products.get(each.organisation_id, []))
        said = answer_cells(
            around.asking, told.booth_kind_id, given.get(each.id, {}), around.vocabulary.language
        )
        found.append({C.NUMBER.value: str(each.id), **cell_texts(told, around), **said})
    return found


def plan_sheet(session: Session, delegation: Delegation, sheet: Sheet, around: Around) -> Plan:
    """Read every row and decide what it does.

    :raises Refused: when the file lacks the template's columns.
    """
    wanted = columns_for(delegation.country, delegation.province_code)
    asked = around.asking.columns_by_title(around.vocabulary.titles)
    places: dict[str, int] = {}
    for place, title in enumerate(sheet.header):
        said = words(title)
        column: str | None = around.vocabulary.titles.get(said) or asked.get(said)
        if column is not None and (column in wanted or said in asked):
            places.setdefault(column, place)
    if C.NAME not in places or len(places) < 3:
        raise Refused(SheetReason.NOT_THE_TEMPLATE)
    return _Planning(session, delegation, places, around).plan(sheet.rows)


class _Planning:
    """The list as it would be after the rows read so far."""

    def __init__(
        self, session: Session, delegation: Delegation, columns: Mapping[str, int], around: Around
    ) -> None:
        self.session = session
        self.columns, self.around, self.delegation = columns, around, delegation
        self.entries = entries_of(session, delegation.id)
        products = products_by_organisation(session, (each.organisation_id for each in self.entries))
        self.told = {each.id: told_of(each, products.get(each.organisation_id, [])) for each in self.entries}
        self.given = answers_given(session, self.entries)
        self.by_number = {told.tax_number: each for each, told in self._pairs() if told.tax_number}
        self.by_name = {name_key(told.name): each for each, told in self._pairs()}
        self.seen: dict[tuple[str, object], int] = {}

    def _pairs(self) -> list[tuple[DelegationEntry, Told]]:
        return [(each, self.told[each.id]) for each in self.entries]

    def plan(self, rows: Sequence[SourceRow]) -> Plan:
        """Every row's end, and the booths that the list would ask for."""
        planned, told, answers = [], {}, {}
        booths = {each.id: self.told[each.id].booths for each in self.entries if _stands(each)}
        new = 0
        for row in rows:
            decided, says, answered = self._row(row)
            planned.append(decided)
            told[row.line], answers[row.line] = says, answered
            if decided.entry_id is None:
                new += says.booths
            else:
                booths[decided.entry_id] = says.booths
        named = {row.entry_id for row in planned}
        left = sum(_stands(each) and each.id not in named for each in self.entries)
        return Plan(planned, told, answers, sum(booths.values()) + new, left)

    def _row(self, row: SourceRow) -> tuple[SheetRow, Told, dict[str, Any]]:
        texts = {
            column: row.cells[place] if place < len(row.cells) else ""
            for column, place in self.columns.items()
        }
        numbered = self._numbered(texts.get(C.NUMBER, "").strip())
        kept = numbered or self.by_number.get(texts.get(C.TAX_CODE, "").strip())
        kept_number = self.told[kept.id].tax_number if kept is not None else ""
        told, faults = read_cells(texts, self.around, kept_number)
        entry = numbered or self.by_number.get(told.tax_number) or self.by_name.get(name_key(told.name))
        if texts.get(C.NUMBER, "").strip() and numbered is None:
            faults[C.NUMBER] = Fault(CellReason.UNKNOWN_ROW)
        self._once(row.line, entry, told, faults)
        now_says = {} if entry is None else self._cells(self.told[entry.id], self.given.get(entry.id, {}))
        answered = self._answered(texts, told, entry, faults)
        before = {} if entry is None else self.given.get(entry.id, {})
        would_say = self._cells(told, {**before, **answered})
        is_new = entry is None or entry.state is EntryState.REMOVED
        changed = {
            column
            for column in self.columns
            if not is_new and column is not C.NUMBER and now_says[column] != would_say[column]
        }
        if changed and entry is not None:
            self._may_change(entry, faults)
        kind = RowKind.NEW if is_new else RowKind.CHANGED if changed else RowKind.SAME
        cells = tuple(
            Cell(column, place, texts[column][:500], now_says[column] if column in changed else None,
                 faults.get(column))
            for column, place in sorted(self.columns.items(), key=lambda item: item[1])
        )  # fmt: skip
        decided = SheetRow(
            row.line, RowKind.BROKEN if faults else kind, cells, None if entry is None else entry.id
        )
        return decided, told, answered

    def _cells(self, told: Told, answers: Mapping[str, Any]) -> dict[str, str]:
        language = self.around.vocabulary.language
        said = answer_cells(self.around.asking, told.booth_kind_id, answers, language)
        return {**cell_texts(told, self.around), **said}

    def _answered(
        self, texts: Mapping[str, str], told: Told, entry: DelegationEntry | None, faults: dict[str, Fault]
    ) -> dict[str, Any]:
        """What the row answers otherwise than before."""
        said = read_answers(self.around.asking, told.booth_kind_id, texts, faults)
        before = {} if entry is None else self.given.get(entry.id, {})
        new = {key: value for key, value in said.items() if value != before.get(key)}
        if new and entry is not None and entry.state is not EntryState.REMOVED:
            columns = [QUESTION + key for key in new]
            refuse_answers(self.session, entry.application, columns, faults, self.around.now)
        return new

    def _numbered(self, text: str) -> DelegationEntry | None:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        return next((each for each in self.entries if each.id == number), None)

    def _once(self, line: int, entry: DelegationEntry | None, told: Told, faults: dict[str, Fault]) -> None:
        """A producer stands in one row of the file."""
        keys: list[tuple[str, object]] = [("name", name_key(told.name))] if told.name else []
        keys += [("number", told.tax_number)] if told.tax_number else []
        keys += [("entry", entry.id)] if entry is not None else []
        for key in keys:
            first = self.seen.setdefault(key, line)
            if first != line:
                column = C.TAX_CODE if key[0] == "number" else C.NAME
                faults.setdefault(column, Fault(CellReason.TWICE, {"line": first}))

    def _may_change(self, entry: DelegationEntry, faults: dict[str, Fault]) -> None:
        try:
            refuse_step(entry, EntryStep.CHANGE, self.around.now)
        except Refused as refused:
            faults.setdefault(C.NAME, Fault(refused.reasons[0]))


def _stands(entry: DelegationEntry) -> bool:
    return entry.state is not EntryState.REMOVED
