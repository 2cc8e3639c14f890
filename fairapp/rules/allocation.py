"""Who stands where: the life of a claim on a booth, and every reason against one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


SHOWN = frozenset({ClaimState.ACCEPTED, ClaimState.CONFIRMED, ClaimState.HANDED_OVER})
"""Claims that visitors read of, on pages and in print; held and offered booths have no name yet."""


class Obstacle(StrEnum):
    """Why an exhibitor cannot have a booth."""

    NOT_ADMITTED = "not_admitted"
    OTHER_FAIR = "other_fair"
    TAKEN = "taken"
    TAKEN_ON_DAYS = "taken_on_days"
    OFFERED = "booth_offered"
    ALREADY_THEIRS = "already_theirs"
    BLOCKED = "blocked"
    RETIRED = "retired"
    NOT_LET = "not_let"
    TOO_SMALL = "too_small"
    WRONG_KIND = "wrong_kind"
    WRONG_ZONE = "wrong_zone"
    KEPT_FOR_DELEGATION = "kept_for_delegation"
    COMPANIES_DO_NOT_FIT = "companies_do_not_fit"
    OVER_BUDGET = "over_budget"


class ClaimRefusal(StrEnum):
    """Why a claim cannot be changed."""

    ENDED = "claim_ended"
    SAME_BOOTH = "same_booth"
    SAME_HOLDER = "same_holder"
    SHARE_IT_BY_DAYS = "share_it_by_days"
    STILL_CLAIMED = "still_claimed"
    HOLDS_IT = "holds_it"
    SHARES_IT_ALREADY = "shares_it_already"


class PlaceRefusal(StrEnum):
    """Why what an organiser asks of the board names nothing that can be done."""

    NOBODY_CHOSEN = "nobody_chosen"
    NO_SUCH_BOOTH = "no_such_booth"
    SEVERAL_BOOTHS = "several_booths"
    NOBODY_THERE = "nobody_there"
    REASON_MISSING = "place_reason_missing"


class Merit(StrEnum):
    """What speaks for a booth: something the exhibitor asked and gets here."""

    AREA = "area"
    KIND = "kind"
    ZONE = "zone"
    CORNER = "corner"
    HALL = "hall"


class Miss(StrEnum):
    """A wish that a booth does not fulfil, though nothing forbids it."""

    ZONE = "zone"
    CORNER = "corner"
    HALL = "hall"


@dataclass(frozen=True, slots=True)
class Wish:
    """What an exhibitor asks of one booth; None where it asks nothing."""

    fair_id: int
    exhibitor_id: int
    admitted: bool
    area_m2: float | None = None
    kind: str | None = None
    zone: str | None = None
    corner: bool = False
    hall: str | None = None
    delegation: int | None = None
    """The delegation that brings it."""
    companies_m2: float | None = None
    """How large it has to be for everybody who stands with the exhibitor."""
    most_minor: int | None = None
    """What it can pay at most for each booth, in the fair's currency."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a booth offers at this moment."""

    fair_id: int
    area_m2: float
    kind: str
    zone: str | None = None
    zone_is_hard: bool = False
    holders: frozenset[int] = frozenset()
    """Exhibitors who hold it on one of the days in question."""
    holders_besides: frozenset[int] = frozenset()
    """Exhibitors who hold it on other days only."""
    blocked: bool = False
    retired: bool = False
    is_let: bool = True
    offered: bool = False
    """Somebody on the waiting list has still to answer."""
    open_sides: int = 1
    hall: str | None = None
    delegation: int | None = None
    """The delegation whose block it belongs to."""
    price_minor: int | None = None
    """By the fair's price list; None where it does not say, or nobody has a limit."""


_TOLERANCE_M2 = 0.05
"""Plans drawn by hand miss a centimetre here and there."""


def obstacles(wish: Wish, stand: Stand) -> tuple[Obstacle, ...]:
    """Every reason why ``wish`` cannot have ``stand``: none at all when it can."""
    theirs = wish.exhibitor_id in stand.holders | stand.holders_besides
    in_the_way = {
        Obstacle.NOT_ADMITTED: not wish.admitted,
        Obstacle.OTHER_FAIR: wish.fair_id != stand.fair_id,
        Obstacle.ALREADY_THEIRS: theirs,
        Obstacle.TAKEN: bool(stand.holders) and not theirs,
        Obstacle.OFFERED: stand.offered,
        Obstacle.BLOCKED: stand.blocked,
        Obstacle.RETIRED: stand.retired,
        Obstacle.NOT_LET: not stand.is_let,
        Obstacle.TOO_SMALL: wish.area_m2 is not None and stand.area_m2 + _TOLERANCE_M2 < wish.area_m2,
        Obstacle.WRONG_KIND: wish.kind is not None and wish.kind != stand.kind,
        Obstacle.WRONG_ZONE: stand.zone_is_hard and stand.zone is not None and stand.zone != wish.zone,
        Obstacle.KEPT_FOR_DELEGATION: stand.delegation not in (None, wish.delegation),
        Obstacle.COMPANIES_DO_NOT_FIT: wish.companies_m2 is not None
        and stand.area_m2 + _TOLERANCE_M2 < wish.companies_m2,
        Obstacle.OVER_BUDGET: _is_over(wish.most_minor, stand.price_minor),
    }
    return tuple(obstacle for obstacle, holds in in_the_way.items() if holds)


def _is_over(most: int | None, price: int | None) -> bool:
    return most is not None and price is not None and price > most


def merits(wish: Wish, stand: Stand) -> tuple[Merit, ...]:
    """Every wish that ``stand`` fulfils; what was not wished is no merit."""
    fulfilled = {
        Merit.AREA: wish.area_m2 is not None and stand.area_m2 + _TOLERANCE_M2 >= wish.area_m2,
        Merit.KIND: wish.kind is not None and wish.kind == stand.kind,
        Merit.ZONE: wish.zone is not None and wish.zone == stand.zone,
        Merit.CORNER: wish.corner and stand.open_sides > 1,
        Merit.HALL: wish.hall is not None and wish.hall == stand.hall,
    }
    return tuple(merit for merit, holds in fulfilled.items() if holds)


def misses(wish: Wish, stand: Stand) -> tuple[Miss, ...]:
    """Every wish that ``stand`` leaves open and that is no obstacle."""
    soft = not (stand.zone_is_hard and stand.zone is not None)
    left_open = {
        Miss.ZONE: wish.zone is not None and wish.zone != stand.zone and soft,
        Miss.CORNER: wish.corner and stand.open_sides < 2,
        Miss.HALL: wish.hall is not None and wish.hall != stand.hall,
    }
    return tuple(miss for miss, holds in left_open.items() if holds)
