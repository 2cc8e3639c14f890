"""Scenarios: why one cannot be kept or applied, and two of them compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.planning import Place

LONGEST_NAME = 60
LEAST_SECONDS, MOST_SECONDS = 1, 600
MOST_SCENARIOS = 50
"""Kept for one fair: more are no help in choosing."""


class ScenarioRefusal(StrEnum):
    """Why a scenario cannot be made, kept or applied."""

    NO_PLAN = "scenario_no_plan"
    NOBODY_TO_PLACE = "scenario_nobody_to_place"
    NAME_TAKEN = "scenario_name_taken"
    TOO_MANY = "scenario_too_many"
    CHANGED_SINCE = "scenario_changed_since"
    ENGINE_REFUSES = "scenario_engine_refuses"
    UNDER_WAY = "scenario_under_way"
    TOO_MANY_MOVES = "scenario_too_many_moves"


class SeatChange(StrEnum):
    """What has become of an exhibitor of a scenario since it was made, beside the obstacles of its booth."""

    HAS_A_BOOTH = "seat_has_a_booth"
    HAS_LEFT = "seat_has_left"
    CLAIMED_MEANWHILE = "seat_claimed_meanwhile"


@dataclass(frozen=True, slots=True)
class Seat:
    """One exhibitor in one scenario."""

    booths: Place
    worth: float
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who stands elsewhere in the other scenario; no booths: without a place there."""

    exhibitor: int
    before: Place
    after: Place
    gain: float


@dataclass(frozen=True, slots=True)
class GroupGain:
    """What a product group has in one scenario and in the other."""

    placed_before: int
    placed_after: int
    worth_before: float
    worth_after: float

    @property
    def gain(self) -> float:
        """What the other scenario adds."""
        return self.worth_after - self.worth_before


def moves(one: Mapping[int, Seat], other: Mapping[int, Seat]) -> list[Move]:
    """Who stands elsewhere, those who gain or lose most first."""
    nowhere = Seat((), 0.0)
    found = []
    for who in {**one, **other}:
        before, after = one.get(who, nowhere), other.get(who, nowhere)
        if before.booths != after.booths:
            found.append(Move(who, before.booths, after.booths, after.worth - before.worth))
    return sorted(found, key=lambda move: (-abs(move.gain), move.exhibitor))


def gains_by_group(one: Mapping[int, Seat], other: Mapping[int, Seat]) -> dict[str, GroupGain]:
    """What each group gains; those without a group under an empty name."""
    groups = sorted({seat.group or "" for seat in (*one.values(), *other.values())})

    def sums(seats: Mapping[int, Seat], group: str) -> tuple[int, float]:
        own = [seat for seat in seats.values() if (seat.group or "") == group]
        return sum(1 for seat in own if seat.booths), sum(seat.worth for seat in own)

    found = {}
    for group in groups:
        (many, worth), (others, their) = sums(one, group), sums(other, group)
        found[group] = GroupGain(many, others, worth, their)
    return found
