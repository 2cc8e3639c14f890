"""Which step of the board can be taken back: as a table, and what builds on what."""

import pytest

from fairapp.rules.board import INVERSE, BoardAct, BoardStep, UndoRefusal, builds_on, undo_refusals

LAN, MAI = 1, 2
HERE, THERE, ELSEWHERE = frozenset({7}), frozenset({7, 8}), frozenset({9})


def step(number: int, act: BoardAct, booths: frozenset[int] = HERE, who: int = LAN, undone: bool = False):
    return BoardStep(number, act, booths, who, undone)


@pytest.mark.parametrize("act", list(BoardAct))
def test_a_step_of_ones_own_goes_back_when_it_has_an_inverse(act: BoardAct) -> None:
    expected = () if act in INVERSE else (UndoRefusal.NO_WAY_BACK,)
    assert undo_refusals(step(1, act), LAN, []) == expected


@pytest.mark.parametrize("act", list(INVERSE))
def test_an_inverse_undone_is_the_act_again(act: BoardAct) -> None:
    assert INVERSE[INVERSE[act]] is act


def test_all_reasons_are_said_at_once() -> None:
    mine = step(1, BoardAct.PLACED, undone=True)
    later = [step(2, BoardAct.MOVED, THERE, MAI)]
    assert undo_refusals(mine, MAI, later) == (
        UndoRefusal.NOT_YOURS,
        UndoRefusal.UNDONE_ALREADY,
        UndoRefusal.BUILT_ON,
    )


def test_nobody_in_particular_takes_nothing_back() -> None:
    own = BoardStep(1, BoardAct.PLACED, HERE, None)
    assert undo_refusals(own, None, []) == (UndoRefusal.NOT_YOURS,)


@pytest.mark.parametrize(
    ("first", "then", "builds"),
    [
        (step(1, BoardAct.PLACED), step(2, BoardAct.MOVED, THERE, MAI), True),
        (step(1, BoardAct.PLACED), step(2, BoardAct.PLACED, ELSEWHERE, MAI), False),
        (step(2, BoardAct.PLACED), step(1, BoardAct.RELEASED), False),
        (step(1, BoardAct.PLACED), step(2, BoardAct.RELEASED, undone=True), False),
        (step(1, BoardAct.PLACED), step(2, BoardAct.NOTED, who=MAI), False),
        (step(1, BoardAct.PLACED), step(2, BoardAct.PINNED, who=MAI), False),
        (step(1, BoardAct.NOTED), step(2, BoardAct.RELEASED, who=MAI), False),
        (step(1, BoardAct.NOTED), step(2, BoardAct.NOTED, who=MAI), True),
        (step(1, BoardAct.PINNED), step(2, BoardAct.UNPINNED, who=MAI), True),
        (step(1, BoardAct.PINNED), step(2, BoardAct.NOTED, who=MAI), False),
    ],
)
def test_what_stands_on_a_step(first: BoardStep, then: BoardStep, builds: bool) -> None:
    assert builds_on(first, then) is builds
