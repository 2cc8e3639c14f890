"""The day on which the map of Viet Nam changed."""

from __future__ import annotations

from datetime import date

from fairapp.rules.places import Division, division_on


def test_the_new_map_holds_from_the_first_of_july_2025() -> None:
    assert division_on(date(2025, 6, 30)) is Division.LEGACY
    assert division_on(date(2025, 7, 1)) is Division.SINCE_2025
