"""Done, handed in, due, late or let go: derived from days, never stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fairapp.rules.duties import (
    OPEN,
    Duty,
    DutyKind,
    DutyState,
    Tally,
    in_order,
    state_of,
    state_of_answer,
    tally,
)
from fairapp.rules.manual import AnswerState

DUE = datetime(2027, 3, 1, 17, tzinfo=UTC)
LATER = DUE + timedelta(seconds=1)
A, D = AnswerState, DutyState


@pytest.mark.parametrize(
    ("answer", "is_checked", "late", "is_required"),
    list(product(AnswerState, (False, True), (False, True), (False, True))),
)
def test_a_task_stands_as_its_answer_and_its_day_say(
    answer: AnswerState, is_checked: bool, late: bool, is_required: bool
) -> None:
    if answer is A.APPROVED or (answer is A.ANSWERED and not is_checked):
        expected = D.DONE
    elif answer is A.ANSWERED:
        expected = D.WAITING
    elif not late:
        expected = D.DUE
    else:
        expected = D.LATE if is_required else D.PASSED
    found = state_of_answer(
        answer, is_checked=is_checked, due_at=DUE, now=LATER if late else DUE, is_required=is_required
    )
    assert found is expected


def test_what_has_no_day_is_never_late() -> None:
    assert state_of(done=False, waits=False, due_at=None, now=LATER) is D.DUE


def test_duties_stand_by_day_and_those_without_one_come_last() -> None:
    days = [None, LATER, DUE]
    found = in_order(Duty(DutyKind.TASK, D.DUE, day, task_id=at) for at, day in enumerate(days))
    assert [duty.task_id for duty in found] == [2, 1, 0]


def test_what_is_handed_in_counts_as_done_and_what_was_let_go_as_nothing() -> None:
    found = [Duty(DutyKind.TASK, state) for state in DutyState]
    assert tally(found) == Tally(done=2, late=1, total=4)
    assert [duty.state in OPEN for duty in found] == [True, True, False, False, False]


def test_a_duty_is_told_apart_by_its_room_or_its_task() -> None:
    assert Duty(DutyKind.TASK, D.DUE, task_id=7).key == "task-7"
    assert Duty(DutyKind.CONTRACT, D.DUE).key == "contract"
