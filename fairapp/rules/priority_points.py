"""Priority points: a ledger to which entries are only added; their sum is what an exhibitor has."""

from __future__ import annotations

from enum import StrEnum

MOST_POINTS = 9_999
LONGEST_CAUSE = 200


class PointKind(StrEnum):
    """Why points came or went."""

    STARTING = "starting"
    EARNED = "earned"
    OVERRIDE = "override"
    EXPIRED = "expired"


GIVEN_BY_HAND = (PointKind.EARNED, PointKind.OVERRIDE, PointKind.EXPIRED)
"""Starting points come once for each exhibitor, from an earlier fair or by hand."""


class PointFault(StrEnum):
    """What is wrong with one entry."""

    NOTHING = "points_nothing"
    TOO_MANY = "points_too_many"
    MUST_ADD = "points_must_add"
    MUST_TAKE = "points_must_take"
    CAUSE_MISSING = "points_cause_missing"


class PointRefusal(StrEnum):
    """Why an entry cannot be made."""

    BELOW_ZERO = "points_below_zero"
    STARTED_ALREADY = "points_started_already"
    SAME_FAIR = "points_same_fair"
    NO_POINTS_THERE = "points_none_there"


def faults(kind: PointKind, amount: int, cause: str) -> tuple[PointFault, ...]:
    """Everything that is wrong with an entry of so many points: none at all when it can be made."""
    found = {
        PointFault.NOTHING: amount == 0,
        PointFault.TOO_MANY: abs(amount) > MOST_POINTS,
        PointFault.MUST_ADD: amount < 0 and kind in (PointKind.STARTING, PointKind.EARNED),
        PointFault.MUST_TAKE: amount > 0 and kind is PointKind.EXPIRED,
        PointFault.CAUSE_MISSING: not cause.strip(),
    }
    return tuple(fault for fault, holds in found.items() if holds)


def against(kind: PointKind, amount: int, has: int, has_started: bool) -> tuple[PointRefusal, ...]:
    """Every reason against an entry, by what the ledger holds of the exhibitor now."""
    found = {
        PointRefusal.BELOW_ZERO: has + amount < 0,
        PointRefusal.STARTED_ALREADY: kind is PointKind.STARTING and has_started,
    }
    return tuple(reason for reason, holds in found.items() if holds)
