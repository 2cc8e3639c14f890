"""Changes of the day: at most two others move, everybody stays seated, and what is promised is gained."""

from random import Random

import pytest

from fairapp.rules.planning import Ground, places_of
from fairapp.rules.planning_changes import MOST_OTHERS, better_places, proposals_for
from fairapp.rules.planning_seats import Seating
from fairapp.rules.planning_trying import Search
from tests.rules.plan_fairs import small_fair


def some_day(seed: int) -> Search:
    """A planned fair in which somebody has just given its place back."""
    fair = small_fair(Random(seed), askers=5)
    search = Search(Seating(Ground(fair.lots, fair.askers, fair.rows, fair.weights), {}))
    search.improve(lambda: False)
    for who in sorted(search.seating.seats)[:1]:
        search.seating.change({who: ()})
    return search


@pytest.mark.parametrize("seed", range(30))
def test_a_proposal_seats_whom_it_concerns_and_takes_no_place_away(seed: int) -> None:
    search = some_day(seed)
    seats = dict(search.seating.seats)
    for asker in search.ground.to_place():
        if asker.id in seats:
            continue
        for proposal in proposals_for(search, asker.id):
            assert proposal.others <= MOST_OTHERS
            after = {**seats, **dict(proposal.moves)}
            booths = [booth for place in after.values() for booth in place]
            assert len(booths) == len(set(booths))
            assert set(after) == {*seats, asker.id}
            for who, place in proposal.moves:
                assert place in places_of(search.ground, search.ground.askers[who])
            gained = Seating(search.ground, after).total() - Seating(search.ground, seats).total()
            assert gained == pytest.approx(proposal.gain)


@pytest.mark.parametrize("seed", range(30))
def test_the_moves_of_a_proposal_can_be_done_one_after_the_other(seed: int) -> None:
    search = some_day(seed)
    for asker in search.ground.to_place():
        for proposal in proposals_for(search, asker.id) if asker.id not in search.seating.seats else []:
            seating = Seating(search.ground, search.seating.seats)
            for who, place in proposal.moves:
                assert not seating.holders(place) - {who}
                seating.change({who: place})


@pytest.mark.parametrize("seed", range(10))
def test_whoever_is_better_served_moves_alone_into_a_free_booth(seed: int) -> None:
    search = some_day(seed)
    for proposal in better_places(search):
        assert (proposal.others, proposal.gain > 0) == (0, True)
        assert not search.seating.holders(proposal.moves[0][1])
