"""What happens on the allocation board, step by step, and which step can be taken back by its inverse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class BoardAct(StrEnum):
    """One thing that changed for a booth, as every open board is told."""

    PLACED = "placed"
    MOVED = "moved"
    SWAPPED = "swapped"
    RELEASED = "released"
    SHARED = "shared"
    UNSHARED = "unshared"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    NOTED = "noted"
    HELD = "held"
    EXPIRED = "expired"
    LEFT = "left"
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    OFFERED = "offered"
    OFFER_ENDED = "offer_ended"
    KEPT = "kept"
    LET_GO = "let_go"
    DAYS_CHANGED = "days_changed"


class UndoRefusal(StrEnum):
    """Why a step of the board cannot be taken back."""

    NOT_YOURS = "undo_not_yours"
    UNDONE_ALREADY = "undone_already"
    BUILT_ON = "undo_built_on"
    NO_WAY_BACK = "undo_no_way_back"


INVERSE: dict[BoardAct, BoardAct] = {
    BoardAct.PLACED: BoardAct.RELEASED,
    BoardAct.RELEASED: BoardAct.PLACED,
    BoardAct.MOVED: BoardAct.MOVED,
    BoardAct.SWAPPED: BoardAct.SWAPPED,
    BoardAct.SHARED: BoardAct.UNSHARED,
    BoardAct.UNSHARED: BoardAct.SHARED,
    BoardAct.BLOCKED: BoardAct.UNBLOCKED,
    BoardAct.UNBLOCKED: BoardAct.BLOCKED,
    BoardAct.PINNED: BoardAct.UNPINNED,
    BoardAct.UNPINNED: BoardAct.PINNED,
    BoardAct.NOTED: BoardAct.NOTED,
    BoardAct.DAYS_CHANGED: BoardAct.DAYS_CHANGED,
}
"""What undoes what; the acts of other rooms have their own way back there."""

_BESIDE = frozenset({BoardAct.NOTED, BoardAct.PINNED, BoardAct.UNPINNED})
"""Acts that change nothing of who stands where: only another one of their kind builds on them."""


@dataclass(frozen=True, slots=True)
class BoardStep:
    """One step as the history keeps it; ``undone``: it has been taken back, or takes another one back."""

    number: int
    act: BoardAct
    booth_ids: frozenset[int]
    account_id: int | None
    undone: bool = False
    days: frozenset[str] = frozenset()
    """The days that it is about, in a booth that is shared by days; none at all: every day."""


def builds_on(step: BoardStep, later: BoardStep) -> bool:
    """Whether the later step stands on what the first one did."""
    if later.number <= step.number or later.undone or not step.booth_ids & later.booth_ids:
        return False
    if later.act in _BESIDE or step.act in _BESIDE:
        return later.act is step.act or later.act is INVERSE.get(step.act)
    return not step.days or not later.days or bool(step.days & later.days)


def undo_refusals(
    step: BoardStep, account_id: int | None, later: Sequence[BoardStep]
) -> tuple[UndoRefusal, ...]:
    """Every reason why ``account_id`` cannot take the step back, as the history stands."""
    reasons = {
        UndoRefusal.NOT_YOURS: account_id is None or step.account_id != account_id,
        UndoRefusal.NO_WAY_BACK: step.act not in INVERSE,
        UndoRefusal.UNDONE_ALREADY: step.undone,
        UndoRefusal.BUILT_ON: any(builds_on(step, each) for each in later),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
