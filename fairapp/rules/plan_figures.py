"""What a plan's check looks for, and the figures it measures by: a fair's own, none of them a law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from fairapp.rules.geometry import Point


class Lint(StrEnum):
    """What may be wrong with a hall although it can be put in force."""

    AISLE_NARROW = "aisle_narrow"
    NO_ENTRANCE = "no_entrance"
    UNREACHABLE = "unreachable"
    EXIT_BLOCKED = "exit_blocked"
    NO_EXIT = "no_exit"
    EXIT_FAR = "exit_far"
    OUTSIDE_HALL = "outside_hall"
    OUT_OF_ORDER = "out_of_order"
    POWER_OVERLOADED = "power_overloaded"
    POWER_FAR = "power_far"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a fair wants of its halls: metres, watts a square metre, kilowatts."""

    aisle_m: float = 2.0
    door_clear_m: float = 1.5
    exit_reach_m: float = 40.0
    power_w_m2: float = 60.0
    power_point_kw: float = 11.0
    power_reach_m: float = 30.0


LEAST: dict[str, float] = {"aisle_m": 0.6, "door_clear_m": 0.3, "exit_reach_m": 5.0}
MOST: dict[str, float] = {
    "aisle_m": 10.0,
    "door_clear_m": 10.0,
    "exit_reach_m": 500.0,
    "power_w_m2": 5_000.0,
    "power_point_kw": 5_000.0,
    "power_reach_m": 500.0,
}


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing to look at: the booths it names, the lines to draw it with, the figures for its sentence."""

    lint: Lint
    hall: str
    numbers: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    lines: tuple[tuple[Point, Point], ...] = ()
    facility: int = 0
    facts: tuple[tuple[str, Any], ...] = ()


def figures_of(raw: Mapping[str, Any]) -> Figures:
    """A fair's figures out of its settings; what is not set, or makes no sense, is the default."""
    kept: dict[str, float] = {}
    for field in fields(Figures):
        value = raw.get(field.name)
        if isinstance(value, int | float) and LEAST.get(field.name, 0.0) <= value <= MOST[field.name]:
            kept[field.name] = float(value)
    return Figures(**kept)
