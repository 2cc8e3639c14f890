"""What can be wrong with an instance: each fault names the thing, and all are told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fairapp.optimiser.checking import broken
from fairapp.optimiser.judging import Rule
from fairapp.optimiser.model import Instance, Pavilion, Plan, Row

MOST_TOLD = 20


class Fault(StrEnum):
    """Why an instance cannot be planned at all."""

    UNREADABLE = "unreadable"
    FORMAT = "format"
    SHAPE = "shape"
    REPEATED = "repeated"
    UNKNOWN = "unknown"
    NOT_MUTUAL = "not-mutual"
    TOO_MANY_PINS = "too-many-pins"
    PIN_OUTSIDE = "pin-outside"
    PIN_NOT_ALLOWED = "pin-not-allowed"
    PINS_OVERLAP = "pins-overlap"
    PIN_WITHOUT_BACK = "pin-without-back"
    PAVILION_TOO_LARGE = "pavilion-too-large"


@dataclass(frozen=True, slots=True)
class Found:
    """One fault: what it is about (an id, a field's path), and the sentence."""

    fault: Fault
    subject: str
    sentence: str


class BadInstance(Exception):
    """An instance that cannot be planned, with every fault that was found."""

    def __init__(self, *found: Found) -> None:
        more = len(found) - MOST_TOLD
        told = [one.sentence for one in found[:MOST_TOLD]]
        super().__init__(" ".join([*told, f"And {more} more."] if more > 0 else told))
        self.found = found


_PIN_FAULTS = {
    Rule.OUTSIDE: (Fault.PIN_OUTSIDE, "{who} is pinned outside of row {row} (module {module})."),
    Rule.BLOCKED: (
        Fault.PIN_NOT_ALLOWED,
        "{who} is pinned on module {module} of row {row}, which is blocked.",
    ),
    Rule.OVERLAP: (Fault.PINS_OVERLAP, "{who} and {other} are pinned on one module: {row}, module {module}."),
    Rule.PAVILION: (Fault.PIN_WITHOUT_BACK, "{who} is pinned in row {row}, which has no row behind it."),
    Rule.PLAN: (Fault.UNKNOWN, "{who} is pinned in row {row}, which is not in the list of rows."),
}
_NOT_ALLOWED = "{who} is pinned in row {row}, but may not stand there: {rule}."


def faults(instance: Instance) -> Iterator[Found]:
    """Every reason why no valid plan exists, or why something in it can never be placed."""
    yield from _pins_beyond_room(instance)
    yield from _bad_pins(instance)
    for pavilion in instance.pavilions.values():
        longest = max((columns_of(instance, row) for row in instance.rows.values()), default=0)
        if pavilion.columns > longest:
            yield Found(Fault.PAVILION_TOO_LARGE, pavilion.id, _too_large(pavilion, longest))


def columns_of(instance: Instance, row: Row) -> int:
    """How many columns a row shares with the row behind it."""
    return 0 if row.back_row is None else min(row.modules, instance.rows[row.back_row].modules)


def _too_large(pavilion: Pavilion, longest: int) -> str:
    return (
        f"Pavilion {pavilion.id} needs {pavilion.columns} columns;"
        f" the longest pair of back-to-back rows has {longest}."
    )


def _pins_beyond_room(instance: Instance) -> Iterator[Found]:
    """Rows that are promised to more than they hold: more pins than places."""
    asked: Counter[str] = Counter()
    for applicant in instance.applicants.values():
        if applicant.pinned is not None:
            asked[applicant.pinned.row] += applicant.size
    for row_id, modules in asked.items():
        row = instance.rows.get(row_id)
        room = 0 if row is None else row.modules - len(row.blocked)
        if row is not None and modules > room:
            told = f"Row {row_id} has {room} modules, and stands of {modules} are pinned in it."
            yield Found(Fault.TOO_MANY_PINS, row_id, told)


def _bad_pins(instance: Instance) -> Iterator[Found]:
    """The pins as a plan of their own: what it breaks, every plan would break."""
    pins = Plan(
        {one.id: one.pinned for one in instance.applicants.values() if one.pinned is not None},
        {one.id: one.pinned for one in instance.pavilions.values() if one.pinned is not None},
    )
    for found in broken(instance, pins):
        fault, sentence = _PIN_FAULTS.get(found.rule, (Fault.PIN_NOT_ALLOWED, _NOT_ALLOWED))
        told = sentence.format(
            who=found.who, row=found.row, module=found.module, other=found.other, rule=found.rule.value
        )
        yield Found(fault, found.who, told)
