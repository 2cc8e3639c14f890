"""Who stands where: the life of a claim on a booth, and every reason against one."""

from __future__ import annotations

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
