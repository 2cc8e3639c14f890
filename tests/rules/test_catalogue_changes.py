"""Who stands in an addendum, and when there is one."""

from datetime import UTC, datetime, timedelta

import pytest

from fairapp.rules.catalogue_changes import Change, CutOffRefusal, Printed, against_addendum, changed

NOW = datetime(2027, 4, 1, 18, tzinfo=UTC)
HERE, THERE = Printed(("A-1",), "tea"), Printed(("B-2",), "tea")


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (None, HERE, Change.NEW),
        (HERE, None, Change.GONE),
        (HERE, THERE, Change.MOVED),
        (HERE, Printed((), "tea"), Change.MOVED),
        (HERE, Printed(("A-1",), "coffee"), Change.CHANGED),
        (HERE, Printed(("B-2",), "coffee"), Change.CHANGED),
        (HERE, Printed(("A-1",), "tea"), None),
    ],
)
def test_what_became_of_an_exhibitor(
    before: Printed | None, now: Printed | None, change: Change | None
) -> None:
    found = changed({7: before} if before else {}, {7: now} if now else {})
    assert found == ({7: change} if change else {})


def test_each_of_many_stands_there_once() -> None:
    before = {1: HERE, 2: HERE, 3: HERE}
    assert changed(before, {2: THERE, 3: HERE, 4: HERE}) == {2: Change.MOVED, 4: Change.NEW, 1: Change.GONE}


@pytest.mark.parametrize(
    ("cut_off", "refusal"),
    [
        (None, CutOffRefusal.NO_CUT_OFF),
        (NOW + timedelta(seconds=1), CutOffRefusal.NOT_YET),
        (NOW, None),
        (NOW - timedelta(days=9), None),
    ],
)
def test_there_is_an_addendum_once_the_cut_off_has_passed(
    cut_off: datetime | None, refusal: CutOffRefusal | None
) -> None:
    assert against_addendum(cut_off, NOW) is refusal
