"""Whether booths chosen together make one place."""

from __future__ import annotations

import pytest

from fairapp.rules.board_several import in_one_piece

ROW = {1: (2,), 2: (1, 3), 3: (2,), 7: ()}


@pytest.mark.parametrize(
    ("chosen", "joined"),
    [((1, 2, 3), True), ((3, 1, 2), True), ((2,), True), ((1, 3), False), ((1, 2, 7), False), ((), False)],
)
def test_one_walks_over_shared_sides_from_each_to_each(chosen: tuple[int, ...], joined: bool) -> None:
    assert in_one_piece(chosen, ROW) is joined
