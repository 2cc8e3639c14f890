"""What can be done to several booths of a board at once, and when booths make one place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

MOST_AT_ONCE = 60


class SeveralAct(StrEnum):
    """One thing done to every booth that is chosen."""

    BLOCK = "block"
    OFFER = "offer"
    PIN = "pin"
    UNPIN = "unpin"
    RELEASE = "release"
    NOTE = "note"
    PLACE = "place"


NEEDS_WORDS = frozenset({SeveralAct.BLOCK, SeveralAct.RELEASE, SeveralAct.NOTE})


class SeveralRefusal(StrEnum):
    """Why nothing is done to the booths that are chosen."""

    NOTHING_CHOSEN = "several_nothing_chosen"
    TOO_MANY = "several_too_many"
    NO_ACT = "several_no_act"
    NOT_IN_A_ROW = "several_not_in_a_row"
    NOBODY_HOLDS_THEM = "several_nobody_holds_them"


def in_one_piece(chosen: Collection[int], beside: Mapping[int, Iterable[int]]) -> bool:
    """Whether one can walk from each of the chosen to each other over shared sides alone."""
    if not chosen:
        return False
    left, reached = set(chosen), [next(iter(chosen))]
    while reached:
        here = reached.pop()
        if here in left:
            left.discard(here)
            reached += [each for each in beside.get(here, ()) if each in left]
    return not left
