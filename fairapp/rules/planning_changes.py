"""Day-to-day change: where somebody could stand at once when at most two others move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairapp.rules.planning import Place
from fairapp.rules.planning_trying import Search

MOST_OTHERS = 2
_LEAST_GAIN = 0.5
"""Half a point: less is not worth anybody's move."""
_WORST = 20
"""So many of the worst placed are looked at: trying everybody everywhere takes a minute at a large fair."""
_LOOKED_AT = 8
"""Places tried on each step of a chain, the most promising first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Moves in the order in which they can be done, whom they are for, and what they add."""

    concerns: int
    moves: tuple[tuple[int, Place], ...]
    gain: float

    @property
    def others(self) -> int:
        """How many others move."""
        return len(self.moves) - 1


def proposals_for(search: Search, who: int, many: int = 3) -> list[Proposal]:
    """The best ways to seat somebody without a place; fewer who move come first among equals."""
    found = {proposal.moves: proposal for proposal in _ways(search, who)}
    return sorted(found.values(), key=lambda each: (-round(each.gain, 6), each.others, each.moves))[:many]


def better_places(search: Search, many: int = 5) -> list[Proposal]:
    """Those of the worst placed who would gain most by a free place: nobody else moves."""
    best = []
    for who in _worst_placed(search)[:_WORST]:
        free = search.promising(who, only_free=True)[:_LOOKED_AT]
        ways = [Proposal(who, ((who, place),), search.seating.gain({who: place})) for place in free]
        best += sorted(ways, key=lambda each: (-each.gain, each.moves))[:1]
    worth = [each for each in best if each.gain >= _LEAST_GAIN]
    return sorted(worth, key=lambda each: (-each.gain, each.moves))[:many]


def _worst_placed(search: Search) -> list[int]:
    """Who may be moved, those first whose booths give least."""
    seats, settled = search.seating.seats, search.ground.settled

    def worth(who: int) -> float:
        return sum(search.seating.terms(who).values()) / len(seats[who])

    return sorted((who for who in seats if who not in settled), key=lambda who: (worth(who), who))


def _ways(search: Search, who: int) -> Iterator[Proposal]:
    for place in search.promising(who):
        for chain in _cleared(search, place, {who}, MOST_OTHERS):
            moves = (*chain, (who, place))
            booths = [booth for _, seats in moves for booth in seats]
            if len(set(booths)) == len(booths):
                yield Proposal(who, moves, search.seating.gain(dict(moves)))


def _cleared(
    search: Search, place: Place, moving: set[int], others: int
) -> Iterator[tuple[tuple[int, Place], ...]]:
    """Chains of moves after which the place is free, everybody in them seated again."""
    there = search.seating.holders(place)
    if not there:
        yield ()
        return
    if len(there) > 1 or others == 0 or there & (moving | set(search.ground.settled)):
        return
    (holder,) = there
    for other in search.promising(holder)[:_LOOKED_AT]:
        if not set(other) & set(place):
            for chain in _cleared(search, other, moving | {holder}, others - 1):
                yield (*chain, (holder, other))
