"""What is worth how much when a fair's booths are shared out: kept with the fair, one law for all plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Rivals(StrEnum):
    """Who counts as a competitor that should not stand next to another."""

    SAME_PRODUCT = "same_product"
    SAME_GROUP = "same_group"
    NOBODY = "nobody"


class WeightFault(StrEnum):
    """Why a weight cannot be kept."""

    OUT_OF_RANGE = "weight_out_of_range"


MOST_POINTS = 1000
LEAST_PERCENT, MOST_PERCENT = 100, 1000


@dataclass(frozen=True, slots=True)
class PlanWeights:
    """Points. Placed, priority and ledger count for every booth, the others once for each stand or pair."""

    placed: int = 100
    """For every booth that is filled."""
    priority: int = 1
    """For every point of the review's mean (0 to 100), per booth."""
    ledger: int = 0
    """For the priority points of the draw's ledger, per booth: the most of a fair count as 100."""
    zone: int = 25
    """In the zone that was asked for, per booth."""
    corner: int = 20
    """A corner for whoever asks for one."""
    hall: int = 15
    """In the hall that was asked for."""
    wish: int = 30
    """For the first of the wishes in their ranking; the second gives half of it, the third a third."""
    near: int = 15
    """Close to whom it asked to be close to."""
    away: int = 15
    """Taken off next to whom it asked to be away from."""
    beside: int = 15
    """Taken off for two competitors side by side."""
    facing: int = 8
    """Taken off for two competitors across the aisle from each other."""
    roomiest: int = 150
    """Percent: a booth so much larger than what was asked is kept for others."""
    rivals: Rivals = Rivals.SAME_PRODUCT

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> PlanWeights:
        """From a fair's settings; what is missing or makes no sense is as usual."""
        return cls.of(settings.get("weights", {}))

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> PlanWeights:
        """From plain values."""
        whole = {
            name: said[name]
            for name in NUMBERS
            if isinstance(said.get(name), int) and not weight_faults({name: said[name]})
        }
        known = {each.value for each in Rivals}
        rivals = said.get("rivals")
        return cls(**whole, rivals=Rivals(rivals) if rivals in known else Rivals.SAME_PRODUCT)

    def kept(self) -> dict[str, Any]:
        """As they are written into a fair's settings or beside a plan."""
        return {**{name: getattr(self, name) for name in NUMBERS}, "rivals": self.rivals.value}


NUMBERS = tuple(each.name for each in fields(PlanWeights) if each.name != "rivals")


def weight_faults(said: Mapping[str, int]) -> dict[str, WeightFault]:
    """By name, what is wrong with weights somebody sent."""

    def fits(name: str, value: int) -> bool:
        if name == "roomiest":
            return LEAST_PERCENT <= value <= MOST_PERCENT
        return 0 <= value <= MOST_POINTS

    return {name: WeightFault.OUT_OF_RANGE for name, value in said.items() if not fits(name, value)}
