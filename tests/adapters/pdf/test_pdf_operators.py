"""Outlines as operators: a rounded rectangle touches its sides and nothing outside them."""

import re

import pytest

from fairapp.adapters.pdf.operators import rounded


def _points(path: str) -> list[tuple[float, float]]:
    numbers = [float(each) for each in re.findall(r"-?\d+\.\d+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@pytest.mark.parametrize("radius", [0.5, 3.0, 100.0])
def test_a_rounded_rectangle_touches_all_its_sides_and_stays_within(radius: float) -> None:
    points = _points(rounded(10.0, 20.0, 40.0, 30.0, radius))
    across, up = {x for x, _ in points}, {y for _, y in points}

    assert (min(across), max(across), min(up), max(up)) == (10.0, 50.0, 20.0, 50.0)


def test_corners_have_the_radius_and_are_round() -> None:
    path = rounded(0.0, 0.0, 40.0, 30.0, 10.0)

    assert path.startswith("10.00 0.00 m 30.00 0.00 l ")
    assert path.endswith(" c h")
    assert path.count(" c") == 4
    # the middle of a quarter of a circle lies a radius from its centre
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = _points(path)[1:5]
    middle = ((x0 + 3 * x1 + 3 * x2 + x3) / 8, (y0 + 3 * y1 + 3 * y2 + y3) / 8)
    assert ((middle[0] - 30) ** 2 + (middle[1] - 10) ** 2) ** 0.5 == pytest.approx(10.0, abs=0.01)


def test_a_rectangle_without_a_radius_is_a_plain_one() -> None:
    assert rounded(1.0, 2.0, 3.0, 4.0, 0.0) == "1.00 2.00 3.00 4.00 re"
