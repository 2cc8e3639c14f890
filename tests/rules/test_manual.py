"""The manual's rules: lives of answers, days, what can be cut into a fascia, slots."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fairapp.rules.manual import (
    LONGEST_FASCIA,
    MOST_SLOTS,
    STEPS,
    AnswerState,
    AnswerStep,
    Asking,
    ManualFault,
    ManualRefusal,
    Slot,
    TaskKind,
    against_answering,
    against_booking,
    against_slot,
    asks,
    fascia_fault,
    most_for,
    refusal_of,
    slots_between,
    text_fault,
)

DUE = datetime(2027, 3, 1, 17, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
S, P = AnswerState, AnswerStep


@pytest.mark.parametrize(("state", "step"), list(product(AnswerState, AnswerStep)))
def test_every_step_from_every_state_is_allowed_or_refused_by_name(
    state: AnswerState, step: AnswerStep
) -> None:
    allowed = {
        (S.OPEN, P.ANSWER): S.ANSWERED,
        (S.ANSWERED, P.ANSWER): S.ANSWERED,
        (S.APPROVED, P.ANSWER): S.ANSWERED,
        (S.RETURNED, P.ANSWER): S.ANSWERED,
        (S.ANSWERED, P.APPROVE): S.APPROVED,
        (S.ANSWERED, P.RETURN): S.RETURNED,
        (S.APPROVED, P.RETURN): S.RETURNED,
    }
    assert STEPS.get((state, step)) is allowed.get((state, step))
    expected = None if (state, step) in allowed else ManualRefusal.NOT_FROM_HERE
    assert refusal_of(state, step, "Thiếu lối thoát hiểm.") is expected


def test_a_return_without_a_reason_is_refused() -> None:
    assert refusal_of(S.ANSWERED, P.RETURN, "  ") is ManualRefusal.REASON_MISSING
    assert refusal_of(S.ANSWERED, P.APPROVE) is None


@pytest.mark.parametrize("state", list(AnswerState))
@pytest.mark.parametrize("late", [False, True])
def test_what_is_in_rests_once_the_day_has_passed_and_what_is_missing_is_still_taken(
    state: AnswerState, late: bool
) -> None:
    task = Asking(TaskKind.FASCIA, DUE)
    now = DUE + A_MINUTE if late else DUE
    closed = late and state in (S.ANSWERED, S.APPROVED)
    expected = ManualRefusal.CLOSED if closed else None
    assert against_answering(task, state, "raw", has_left=False, now=now) is expected


def test_a_task_is_asked_of_its_kinds_of_booths_or_of_all() -> None:
    assert asks(Asking(TaskKind.TICK, DUE), None)
    raw = Asking(TaskKind.STAND_PLAN, DUE, ("raw",))
    assert [asks(raw, kind) for kind in ("raw", "standard", None)] == [True, False, False]
    now = DUE - A_MINUTE
    assert against_answering(raw, S.OPEN, "standard", has_left=False, now=now) is ManualRefusal.NOT_ASKED
    assert against_answering(raw, S.OPEN, "raw", has_left=True, now=now) is ManualRefusal.LEFT


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("HTX CHÈ SUỐI GIÀNG", None),
        ("豊の里しいたけ組合", None),
        ("L'Atelier d'Aïn – 100 % bio", ManualFault.BAD_SIGN),
        ("Bà Ba & con, Sa Đéc (1975)", None),
        ("กาแฟดอยหมอกงาม", None),
        ("Vui 🎉", ManualFault.BAD_SIGN),
        ("<b>Chè</b>", ManualFault.BAD_SIGN),
        ("=1+1", ManualFault.BAD_SIGN),
        ("  ", ManualFault.EMPTY),
        ("x" * 33, ManualFault.TOO_LONG),
    ],
)
def test_a_fascia_takes_letters_of_every_script_and_few_signs(text: str, fault: ManualFault | None) -> None:
    assert fascia_fault(text, 32) is fault


def test_a_text_has_the_length_that_was_said() -> None:
    assert [text_fault("x" * length, 5) for length in (0, 5, 6)] == [
        ManualFault.EMPTY,
        None,
        ManualFault.TOO_LONG,
    ]


@pytest.mark.parametrize(
    ("kind", "wanted", "most"),
    [
        (TaskKind.FASCIA, None, 32),
        (TaskKind.FASCIA, 500, LONGEST_FASCIA),
        (TaskKind.CATALOGUE, 600, 600),
        (TaskKind.TEXT, -4, 1),
        (TaskKind.TICK, 600, 0),
    ],
)
def test_how_much_is_written_is_usual_wanted_or_what_fits(
    kind: TaskKind, wanted: int | None, most: int
) -> None:
    assert most_for(kind, wanted) == most


SLOT = Slot(DUE, DUE + timedelta(hours=2), 2, hall_id=1)


@pytest.mark.parametrize(
    ("halls", "taken", "now", "refusal"),
    [
        ({1, 2}, 1, DUE, None),
        (set(), 0, DUE, ManualRefusal.NO_BOOTH),
        ({2}, 0, DUE, ManualRefusal.SLOT_ELSEWHERE),
        ({1}, 2, DUE, ManualRefusal.SLOT_FULL),
        ({1}, 0, DUE + timedelta(hours=2), ManualRefusal.SLOT_OVER),
    ],
)
def test_a_slot_is_for_its_hall_until_it_is_full_or_over(
    halls: set[int], taken: int, now: datetime, refusal: ManualRefusal | None
) -> None:
    assert against_booking(SLOT, halls, taken, now) is refusal


def test_slots_follow_each_other_and_a_rest_that_is_too_short_is_left_out() -> None:
    found = slots_between(DUE, DUE + timedelta(minutes=130), 60)
    assert found == [
        (DUE, DUE + timedelta(hours=1)),
        (DUE + timedelta(hours=1), DUE + timedelta(hours=2)),
    ]
    assert slots_between(DUE, DUE, 5) == []
    assert len(slots_between(DUE, DUE + timedelta(days=400), 5)) == MOST_SLOTS + 1


def test_a_slot_says_everything_that_is_wrong_with_it() -> None:
    wrong = Slot(DUE, DUE, 1)
    assert against_slot(wrong, 3, DUE - A_MINUTE) == (
        ManualRefusal.SLOT_BACKWARDS,
        ManualRefusal.SLOT_AFTER_FAIR,
        ManualRefusal.SLOT_SMALL,
    )
    assert against_slot(SLOT, 2, DUE + timedelta(days=1)) == ()
