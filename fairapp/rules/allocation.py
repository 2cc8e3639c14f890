"""Who stands where: the life of a claim on a booth, and every reason against one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot


class ClaimState(StrEnum):
    """A claim's life; the last five are ends."""

    HELD = "held"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    HANDED_OVER = "handed_over"
    VACATED = "vacated"
    EXPIRED = "expired"
    REFUSED = "refused"
    RELEASED = "released"
    MOVED = "moved"
    NO_SHOW = "no_show"


LIVE = frozenset(
    {
        ClaimState.HELD,
        ClaimState.OFFERED,
        ClaimState.ACCEPTED,
        ClaimState.CONFIRMED,
        ClaimState.HANDED_OVER,
    }
)


class Obstacle(StrEnum):
    """Why an exhibitor cannot have a booth."""

    NOT_ADMITTED = "not_admitted"
    OTHER_FAIR = "other_fair"
    TAKEN = "taken"
    ALREADY_THEIRS = "already_theirs"
    BLOCKED = "blocked"
    RETIRED = "retired"
    OUTLINE_IN_USE = "outline_in_use"
    TOO_SMALL = "too_small"
    WRONG_KIND = "wrong_kind"
    WRONG_ZONE = "wrong_zone"


class ClaimRefusal(StrEnum):
    """Why a claim cannot be changed."""

    ENDED = "claim_ended"
    SAME_BOOTH = "same_booth"
    SAME_HOLDER = "same_holder"
    STILL_CLAIMED = "still_claimed"
    HOLDS_IT = "holds_it"
    SHARES_IT_ALREADY = "shares_it_already"


@dataclass(frozen=True, slots=True)
class Wish:
    """What an exhibitor asks of one booth; None where it asks nothing."""

    fair_id: int
    exhibitor_id: int
    admitted: bool
    area_m2: float | None = None
    kind: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """What a booth offers at this moment."""

    fair_id: int
    area_m2: float
    kind: str
    zone: str | None = None
    zone_is_hard: bool = False
    holders: frozenset[int] = frozenset()
    """Exhibitors who hold it on any day of the fair."""
    blocked: bool = False
    retired: bool = False
    overlaps_claimed: bool = False


_TOLERANCE_M2 = 0.05
"""Plans drawn by hand miss a centimetre here and there."""


def obstacles(wish: Wish, stand: Stand) -> tuple[Obstacle, ...]:
    """Every reason why ``wish`` cannot have ``stand``: none at all when it can."""
    theirs = wish.exhibitor_id in stand.holders
    in_the_way = {
        Obstacle.NOT_ADMITTED: not wish.admitted,
        Obstacle.OTHER_FAIR: wish.fair_id != stand.fair_id,
        Obstacle.ALREADY_THEIRS: theirs,
        Obstacle.TAKEN: bool(stand.holders) and not theirs,
        Obstacle.BLOCKED: stand.blocked,
        Obstacle.RETIRED: stand.retired,
        Obstacle.OUTLINE_IN_USE: stand.overlaps_claimed,
        Obstacle.TOO_SMALL: wish.area_m2 is not None and stand.area_m2 + _TOLERANCE_M2 < wish.area_m2,
        Obstacle.WRONG_KIND: wish.kind is not None and wish.kind != stand.kind,
        Obstacle.WRONG_ZONE: stand.zone_is_hard and stand.zone is not None and stand.zone != wish.zone,
    }
    return tuple(obstacle for obstacle, holds in in_the_way.items() if holds)


def middle(outline: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The middle of an outline's corners, in metres; (0, 0) without any."""
    if not outline:
        return (0.0, 0.0)
    return (
        sum(corner[0] for corner in outline) / len(outline),
        sum(corner[1] for corner in outline) / len(outline),
    )


def nearest(
    to: Sequence[Sequence[float]], booths: Iterable[tuple[int, Sequence[Sequence[float]]]], count: int = 3
) -> tuple[int, ...]:
    """The ``count`` booths (id, outline) whose middles lie nearest to the outline ``to``; ties by id."""
    x, y = middle(to)
    ranked = sorted(
        (hypot(middle(outline)[0] - x, middle(outline)[1] - y), booth_id) for booth_id, outline in booths
    )
    return tuple(booth_id for _, booth_id in ranked[:count])
