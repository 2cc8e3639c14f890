"""What an applicant wishes of its place: booths, halls and zones in their order, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.applications import EDITABLE, State
from fairapp.rules.forms import ON_THE_WAY

MOST_WISHES, MOST_NEAR, MOST_APART = 5, 2, 3
LONGEST_WISH = 80

BUDGET = "budget"
"""Among an application's wishes: what it can pay at most for its place, in the smallest unit."""


class WishKind(StrEnum):
    """What a wish names."""

    BOOTH = "booth"
    HALL = "hall"
    ZONE = "zone"


class Beside(StrEnum):
    """How an applicant wishes to stand to another exhibitor."""

    NEAR = "near"
    APART = "apart"
    """Neither side by side with it nor opposite."""


class WishFault(StrEnum):
    """Why one wish cannot be kept."""

    NO_SUCH_BOOTH = "wish_no_such_booth"
    SEVERAL_BOOTHS = "wish_several_booths"
    NO_SUCH_HALL = "wish_no_such_hall"
    NO_SUCH_ZONE = "wish_no_such_zone"
    TWICE = "wish_twice"
    ITSELF = "wish_itself"
    NEAR_AND_APART = "wish_near_and_apart"
    TOO_LONG = "wish_too_long"


class WishRefusal(StrEnum):
    """Why wishes are not taken any more."""

    TOO_LATE = "wishes_too_late"


TAKEN_FROM: frozenset[State] = EDITABLE | ON_THE_WAY
"""States of an application in which its wishes may be written."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish as it was typed; the first of several counts most."""

    kind: WishKind
    what: str
