"""Who is looked for in the list beside the plan: what each exhibitor is found by, sifted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Sift(StrEnum):
    """What the list can be narrowed by; the names stand in the board's address."""

    GROUP = "group"
    PLACE = "place"
    STARS = "stars"
    SIZE = "size"
    NEED = "need"
    PAID = "paid"


class Need(StrEnum):
    """What a booth has to be supplied with."""

    POWER = "power"
    WATER = "water"


class Size(StrEnum):
    """How much floor an application asks for in all."""

    SMALL = "s"
    MIDDLE = "m"
    LARGE = "l"
    HUGE = "xl"


class Paid(StrEnum):
    """Whether the first payment, the deposit or the whole sum, has come."""

    PAID = "paid"
    DUE = "due"
    NOT_ASKED = "none"


MOST_STARS = 5
SIZES = ((9.0, Size.SMALL), (18.0, Size.MIDDLE), (36.0, Size.LARGE))
"""The largest floor of each size, in square metres; beyond the last it is huge."""
_TOLERANCE_M2 = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """One exhibitor with everything it is found by."""

    exhibitor_id: int
    traits: Mapping[Sift, frozenset[str]] = field(default_factory=dict)


def size_of(area_m2: float) -> Size:
    """The size that so much floor counts as."""
    return next((size for most, size in SIZES if area_m2 <= most + _TOLERANCE_M2), Size.HUGE)


def stars_at_least(stars: int) -> frozenset[str]:
    """Every number of stars that this many answers to: a four-star maker is also one of three."""
    return frozenset(str(each) for each in range(1, min(stars, MOST_STARS) + 1))


def sifted(found: Iterable[Found], sought: Mapping[Sift, str]) -> list[int]:
    """Those that answer to everything that is sought, in their order."""
    return [each.exhibitor_id for each in found if _answers(each, sought)]


def counted(found: Sequence[Found], sought: Mapping[Sift, str]) -> dict[Sift, Counter[str]]:
    """How many each choice would leave, with everything else that is sought as it is."""
    counts: dict[Sift, Counter[str]] = {}
    for kind in Sift:
        others = {each: value for each, value in sought.items() if each is not kind}
        left = (each for each in found if _answers(each, others))
        counts[kind] = Counter(value for each in left for value in each.traits.get(kind, ()))
    return counts


def _answers(found: Found, sought: Mapping[Sift, str]) -> bool:
    return all(value in found.traits.get(kind, ()) for kind, value in sought.items())
