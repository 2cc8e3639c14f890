"""A plan that can be changed and tried: who stands where, and what everybody's placement gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import hypot

from fairapp.rules.planning import NEAR_M, Ground, Place, Seats, Term, Terms, own_terms


class Seating:
    """Seats of a ground; what they are worth is known at any moment."""

    def __init__(self, ground: Ground, seats: Seats) -> None:
        self.ground = ground
        self.seats: dict[int, Place] = {}
        self.at: dict[int, int] = {}
        self.watchers: dict[int, set[int]] = {}
        for asker in ground.askers.values():
            for other in asker.near | asker.away:
                self.watchers.setdefault(other, set()).add(asker.id)
        for who, place in {**seats, **ground.settled}.items():
            self._seat(who, place)

    def terms(self, who: int) -> Terms:
        """What the placement of ``who`` gives, half of each clash it is in; nothing when it has none."""
        place = self.seats.get(who)
        if not place:
            return {}
        ground, asker = self.ground, self.ground.askers[who]
        found, weights = own_terms(ground, asker, place), ground.weights
        rivals = self.rivals_of(who)
        found[Term.BESIDE] = -weights.beside / 2 * sum(1 for _, facing in rivals if not facing)
        found[Term.FACING] = -weights.facing / 2 * sum(1 for _, facing in rivals if facing)
        found[Term.NEAR] = float(weights.near * self._close(place, asker.near))
        found[Term.AWAY] = -float(weights.away * self._close(place, asker.away))
        return {term: value for term, value in found.items() if value}

    def rivals_of(self, who: int) -> set[tuple[int, bool]]:
        """The competitors beside it (False) and across the aisle (True), each once per kind."""
        asker = self.ground.askers[who]
        met: set[tuple[int, bool]] = set()
        if not asker.cluster:
            return met
        for booth in self.seats.get(who, ()):
            lot = self.ground.lots[booth]
            for near, facing in ((lot.beside, False), (lot.facing, True)):
                for other in self._there(near) - {who}:
                    if self.ground.askers[other].cluster == asker.cluster:
                        met.add((other, facing))
        return met

    def total(self) -> float:
        """The plan's objective: everybody's terms together."""
        return self._worth(self.seats)

    def gain(self, changes: Mapping[int, Place]) -> float:
        """What these changes would add; the plan stays as it is."""
        before = {who: self.seats.get(who, ()) for who in changes}
        gained = self.change(changes)
        self.change(before)
        return gained

    def change(self, changes: Mapping[int, Place]) -> float:
        """Seat askers elsewhere (no booths: nowhere), and answer what that added.

        Whoever stands in the new places has to be among those who change.
        """
        touched = set(changes)
        for who, place in changes.items():
            touched |= self.watchers.get(who, set())
            for around in (place, self.seats.get(who, ())):
                for booth in around:
                    lot = self.ground.lots[booth]
                    touched |= self._there(lot.beside | lot.facing)
        before = self._worth(touched)
        for who in changes:
            self._seat(who, ())
        for who, place in changes.items():
            self._seat(who, place)
        return self._worth(touched) - before

    def holders(self, place: Place) -> set[int]:
        """Who stands in any of these booths."""
        return self._there(place)

    def _there(self, booths: Iterable[int]) -> set[int]:
        return {self.at[booth] for booth in booths if booth in self.at}

    def _worth(self, askers: Iterable[int]) -> float:
        return sum(sum(self.terms(who).values()) for who in sorted(askers))

    def _seat(self, who: int, place: Place) -> None:
        for booth in self.seats.pop(who, ()):
            if self.at.get(booth) == who:  # days are shared: a settled booth may have several
                del self.at[booth]
        if place:
            self.seats[who] = place
            self.at.update(dict.fromkeys(place, who))

    def _close(self, place: Place, others: Iterable[int]) -> int:
        """How many of the others stand within a few booths."""
        return sum(1 for other in others if self._are_close(place, self.seats.get(other, ())))

    def _are_close(self, place: Place, other: Place) -> bool:
        lots = self.ground.lots
        return any(
            lots[a].stand.hall == lots[b].stand.hall
            and hypot(lots[a].x - lots[b].x, lots[a].y - lots[b].y) <= NEAR_M
            for a in place
            for b in other
        )
