"""Entries of the ledger of priority points: which can be made, and what is said about the others."""

from __future__ import annotations

from itertools import product

import pytest

from fairapp.rules.priority_points import PointFault, PointKind, PointRefusal, against, faults


@pytest.mark.parametrize(("kind", "amount"), list(product(PointKind, (-3, 3))))
def test_each_kind_of_entry_adds_or_takes_as_its_name_says(kind: PointKind, amount: int) -> None:
    wrong = {
        (PointKind.STARTING, -3): (PointFault.MUST_ADD,),
        (PointKind.EARNED, -3): (PointFault.MUST_ADD,),
        (PointKind.EXPIRED, 3): (PointFault.MUST_TAKE,),
    }
    assert faults(kind, amount, "five fairs") == wrong.get((kind, amount), ())


def test_everything_that_is_wrong_with_an_entry_is_said_at_once() -> None:
    assert faults(PointKind.EARNED, -10_000, " ") == (
        PointFault.TOO_MANY,
        PointFault.MUST_ADD,
        PointFault.CAUSE_MISSING,
    )
    assert faults(PointKind.OVERRIDE, 0, "why") == (PointFault.NOTHING,)


def test_nobody_falls_below_none_and_starts_twice() -> None:
    assert against(PointKind.EXPIRED, -5, has=5, has_started=True) == ()
    assert against(PointKind.EXPIRED, -6, has=5, has_started=True) == (PointRefusal.BELOW_ZERO,)
    assert against(PointKind.STARTING, 6, has=0, has_started=True) == (PointRefusal.STARTED_ALREADY,)
