"""What becomes of an edition after its cut-off: who is new, moved, told otherwise, or no longer there."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Change(StrEnum):
    """Why an exhibitor stands in an addendum, in the order of its chapters."""

    NEW = "addendum_new"
    MOVED = "addendum_moved"
    CHANGED = "addendum_changed"
    GONE = "addendum_gone"


class CutOffRefusal(StrEnum):
    """Why a cut-off cannot be set, or an addendum not made."""

    NO_CUT_OFF = "cut_off_none"
    NOT_YET = "cut_off_not_yet"
    AFTER_FAIR = "cut_off_after_fair"
    NOTHING_CHANGED = "addendum_empty"


@dataclass(frozen=True, slots=True)
class Printed:
    """What an edition says of an exhibitor: at which booths, and everything else."""

    booths: tuple[str, ...]
    told: Hashable


def changed(before: Mapping[int, Printed], now: Mapping[int, Printed]) -> dict[int, Change]:
    """By exhibitor, what became of each whose entry is not what it was; who moved and tells otherwise too
    is CHANGED."""
    found = {}
    for exhibitor, entry in now.items():
        was = before.get(exhibitor)
        if was is None:
            found[exhibitor] = Change.NEW
        elif was.told != entry.told:
            found[exhibitor] = Change.CHANGED
        elif was.booths != entry.booths:
            found[exhibitor] = Change.MOVED
    return found | {exhibitor: Change.GONE for exhibitor in before if exhibitor not in now}


def against_addendum(cut_off: datetime | None, now: datetime) -> CutOffRefusal | None:
    """Why there is no addendum to an edition; None when there can be one."""
    if cut_off is None:
        return CutOffRefusal.NO_CUT_OFF
    return CutOffRefusal.NOT_YET if now < cut_off else None
