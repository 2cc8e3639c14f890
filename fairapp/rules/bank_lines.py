"""One line of a bank's statement: what it says, what makes it itself, and why it may not count."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fairapp.rules.bank_figures import DayOrder, amount_of, day_of, day_order, sign_of
from fairapp.rules.bank_titles import BankField
from fairapp.rules.imports import SourceRow
from fairapp.rules.text import TextRefused, clean, words

MOST_LINES = 5_000
LONGEST_BANK_TEXT = 500
LONGEST_COUNTERPART = 200
LONGEST_BANK_REFERENCE = 80


class LineOutcome(StrEnum):
    """How a line of a statement ends."""

    MATCHED = "matched"
    UNMATCHED = "unmatched"
    IGNORED = "ignored"


class LineReason(StrEnum):
    """Why a line of a statement is ignored."""

    NOT_A_LINE = "line_not_a_line"
    """A sum, an opening balance or a note of the bank."""
    NO_DAY = "line_no_day"
    NO_AMOUNT = "line_no_amount"
    MONEY_OUT = "line_money_out"
    ALREADY_THERE = "line_already_there"
    UNREADABLE = "line_unreadable"


@dataclass(frozen=True, slots=True)
class Entry:
    """Money that came, as the bank tells it."""

    booked_on: date
    amount_minor: int
    text: str
    counterpart: str
    reference: str
    digest: str
    """The same for the same movement in every statement that shows it."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line read: an entry, or the reason why it is none, or why it does not count again."""

    line: int
    entry: Entry | None
    reason: LineReason | None = None


def read_lines(
    rows: Sequence[SourceRow], mapping: Mapping[BankField, int], decimals: int = 0
) -> list[ReadLine]:
    """Read all lines; the column as a whole tells which number of a date is the day."""
    order = day_order(_cell(row, mapping, BankField.BOOKED_ON) for row in rows)
    seen: Counter[str] = Counter()
    return [_read(row, mapping, decimals, order, seen) for row in rows]


def _read(
    row: SourceRow,
    mapping: Mapping[BankField, int],
    decimals: int,
    order: DayOrder,
    seen: Counter[str],
) -> ReadLine:
    said, amount = _cell(row, mapping, BankField.BOOKED_ON), _amount(row, mapping, decimals)
    day = day_of(said, order)
    if day is None:
        has_number = any(character.isdigit() for character in said)
        return ReadLine(row.line, None, LineReason.NO_DAY if has_number else LineReason.NOT_A_LINE)
    if amount is None or amount == 0:
        return ReadLine(row.line, None, LineReason.NO_AMOUNT)
    if amount < 0:
        return ReadLine(row.line, None, LineReason.MONEY_OUT)
    try:
        text = _cut(row, mapping, BankField.TEXT, LONGEST_BANK_TEXT)
        counterpart = _cut(row, mapping, BankField.COUNTERPART, LONGEST_COUNTERPART)
        reference = _cut(row, mapping, BankField.REFERENCE, LONGEST_BANK_REFERENCE)
    except TextRefused:
        return ReadLine(row.line, None, LineReason.UNREADABLE)
    digest = _digest(day, amount, text, counterpart, reference, seen)
    return ReadLine(row.line, Entry(day, amount, text, counterpart, reference, digest))


def _amount(row: SourceRow, mapping: Mapping[BankField, int], decimals: int) -> int | None:
    if BankField.AMOUNT in mapping:
        amount = amount_of(_cell(row, mapping, BankField.AMOUNT), decimals)
        sign = sign_of(_cell(row, mapping, BankField.SIGN))
        return amount if amount is None or sign is None else abs(amount) * sign
    came = amount_of(_cell(row, mapping, BankField.MONEY_IN), decimals)
    went = amount_of(_cell(row, mapping, BankField.MONEY_OUT), decimals)
    if came is None and went is None:
        return None
    return (came or 0) - abs(went or 0)


def _cell(row: SourceRow, mapping: Mapping[BankField, int], field: BankField) -> str:
    position = mapping.get(field, -1)
    return row.cells[position] if 0 <= position < len(row.cells) else ""


def _cut(row: SourceRow, mapping: Mapping[BankField, int], field: BankField, longest: int) -> str:
    """A text cleaned; what a bank writes beyond the longest is cut, for no reference stands so far out."""
    return clean(_cell(row, mapping, field)[: longest * 4], longest=longest * 4, strict=False)[:longest]


def mark_known(lines: Sequence[ReadLine], known: Iterable[Entry]) -> list[ReadLine]:
    """Say of each line that an earlier statement held it; each transfer held stands for one line.

    The same transfer may have come with fewer columns then: what one of the two does not say keeps them
    from being the same no more than equal words do.
    """
    waiting: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in known:
        waiting[_alike(entry)].append(entry)
    there: set[int] = set()
    for is_same in (_is_same, _may_be_same):
        for line in lines:
            if line.entry is not None and line.line not in there:
                found = _first(waiting[_alike(line.entry)], line.entry, is_same)
                if found is not None:
                    waiting[_alike(line.entry)].remove(found)
                    there.add(line.line)
    return [replace(line, reason=LineReason.ALREADY_THERE) if line.line in there else line for line in lines]


def _first(among: list[Entry], entry: Entry, is_same: Callable[[Entry, Entry], bool]) -> Entry | None:
    return next((each for each in among if is_same(each, entry)), None)


def _alike(entry: Entry) -> tuple[object, ...]:
    return (entry.booked_on, entry.amount_minor, words(entry.text))


def _is_same(one: Entry, other: Entry) -> bool:
    return all(was == now for was, now in _besides(one, other))


def _may_be_same(one: Entry, other: Entry) -> bool:
    return all(was == now or not (was and now) for was, now in _besides(one, other))


def _besides(one: Entry, other: Entry) -> tuple[tuple[str, str], ...]:
    return (
        (words(one.counterpart), words(other.counterpart)),
        (words(one.reference), words(other.reference)),
    )


def _digest(day: date, amount: int, text: str, counterpart: str, reference: str, seen: Counter[str]) -> str:
    """What tells movements apart; two that are alike in one statement are told apart by their order."""
    parts = (day.isoformat(), str(amount), words(text), words(counterpart), words(reference))
    alike = "\x1f".join(parts)
    seen[alike] += 1
    return hashlib.sha256(f"{alike}\x1f{seen[alike]}".encode()).hexdigest()
