"""Sizes of boards and rows of booths."""

from __future__ import annotations

import pytest

from fairapp.rules.signs import FASCIA_MM, aisles_of, fascia_size, is_board


@pytest.mark.parametrize("size", [(50, 50), (5000, 50), (5000, 5000), (3000, 300)])
def test_a_board_within_its_bounds_is_one(size: tuple[int, int]) -> None:
    assert is_board(*size)
    assert fascia_size(list(size)) == size


@pytest.mark.parametrize("size", [(49, 49), (5001, 300), (300, 301), (300, 49), (-300, 300)])
def test_a_board_beyond_its_bounds_is_none_and_the_usual_one_is_printed(size: tuple[int, int]) -> None:
    assert not is_board(*size)
    assert fascia_size(list(size)) == FASCIA_MM


@pytest.mark.parametrize("said", [None, "3000x300", [3000], [3000, 300, 1], ["3000", "300"], {"wide": 3000}])
def test_what_is_no_size_leaves_the_usual_board(said: object) -> None:
    assert fascia_size(said) == FASCIA_MM


def test_aisles_go_down_the_hall_and_what_no_outline_places_stands_together() -> None:
    places = {"B2": (5.0, 9.5), "A1": (1.0, 1.0), "X": None, "B1": (1.0, 9.0), "A2": (5.0, 2.0), "Y": None}
    assert aisles_of(places) == [["A1", "A2"], ["B1", "B2"], ["X", "Y"]]
    assert aisles_of({}) == []
