"""What the booths of a board are coloured by; each look has its own mark, so that no colour stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fairapp.rules.allocation import ClaimState


class Colour(StrEnum):
    """What the colour of a taken booth tells; the names stand in the board's address."""

    GROUP = "group"
    STATE = "state"
    PAYMENT = "payment"
    SCORE = "score"


class Standing(StrEnum):
    """How far an exhibitor has paid."""

    SETTLED = "settled"
    DEPOSIT = "deposit"
    DUE = "due"
    UNBILLED = "unbilled"


class Agreed(StrEnum):
    """How firm a booth is its holder's."""

    ACCEPTED = "agreed"
    CONFIRMED = "firm"
    HANDED_OVER = "handed"


class Score(StrEnum):
    """In which quarter of the scale the reviewers' mean lies; whoever was not reviewed has none."""

    BEST = "score-a"
    GOOD = "score-b"
    FAIR = "score-c"
    WEAK = "score-d"
    NONE = "score-none"


FLOORS: tuple[tuple[float, Score], ...] = ((85.0, Score.BEST), (70.0, Score.GOOD), (50.0, Score.FAIR))
"""From how many points of 100 each score is given."""
AGREED: Mapping[ClaimState, Agreed] = {
    ClaimState.ACCEPTED: Agreed.ACCEPTED,
    ClaimState.CONFIRMED: Agreed.CONFIRMED,
    ClaimState.HANDED_OVER: Agreed.HANDED_OVER,
}


def score_of(points: float | None) -> Score:
    """The score of so many points of 100."""
    if points is None:
        return Score.NONE
    return next((score for least, score in FLOORS if points >= least), Score.WEAK)


def colour_named(name: str | None) -> Colour:
    """The colour that an address names; anything else means the groups."""
    return next((each for each in Colour if each == name), Colour.GROUP)
