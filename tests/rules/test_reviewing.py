"""Reviews: their life as a matrix, the weighted mean, who reads what, and the order of disagreement."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.applications import WAITING, State
from fairapp.rules.reviewing import (
    STEPS,
    WHOLE,
    Assigned,
    Given,
    Line,
    Order,
    Reads,
    ReviewRefusal,
    ReviewState,
    ReviewStep,
    Rota,
    Scale,
    Subject,
    in_order,
    line_of,
    refusals,
    score_faults,
    weighted_mean,
)

PRODUCT, STORY = Scale(1, 3, 10), Scale(2, 1, 4)
TEA = Subject(7, "VN", "15", frozenset({"drink"}), frozenset({90}))


@pytest.mark.parametrize(("state", "step"), list(product(ReviewState, ReviewStep)))
def test_every_step_from_every_state(state: ReviewState, step: ReviewStep) -> None:
    told = refusals(state, step, State.IN_REVIEW)
    if (state, step) in STEPS:
        assert told == ()
    elif state is ReviewState.CONFLICT:
        assert told == (ReviewRefusal.IN_CONFLICT,)
    else:
        assert told == (ReviewRefusal.NO_CONFLICT,)


@pytest.mark.parametrize("of", State)
def test_points_are_given_until_the_decision_and_conflicts_declared_after_it(of: State) -> None:
    expected = {State.RETURNED: (ReviewRefusal.WITH_APPLICANT,)} | dict.fromkeys(WAITING, ())
    assert refusals(ReviewState.DONE, ReviewStep.SCORE, of) == expected.get(of, (ReviewRefusal.DECIDED,))
    assert refusals(ReviewState.DONE, ReviewStep.DECLARE, of) == ()


def test_a_criterion_counts_by_weight_and_by_its_part_of_the_scale() -> None:
    assert weighted_mean({1: 8, 2: 2}, (PRODUCT, STORY)) == 7250  # (3 × 0.8 + 1 × 0.5) / 4
    assert weighted_mean({1: 8}, (Scale(1, 1, 10),)) == weighted_mean({2: 4}, (Scale(2, 9, 5),)) == 8000
    assert weighted_mean({1: 1}, (Scale(1, 1, 3),)) == 3333
    assert weighted_mean({1: 1, 2: 2}, (Scale(1, 1, 3), Scale(2, 1, 3))) == 5000
    assert weighted_mean({1: 2}, (Scale(1, 1, 3),)) == 6667  # half up, never down
    assert weighted_mean({}, ()) == 0


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(2, 100), st.data()), min_size=1, max_size=8))
def test_a_mean_lies_between_nothing_and_everything(
    drawn: list[tuple[int, int, st.DataObject]],
) -> None:
    scales = [Scale(number, weight, most) for number, (weight, most, _data) in enumerate(drawn)]
    scores = {
        scale.criterion_id: data.draw(st.integers(0, scale.most))
        for scale, (_weight, _most, data) in zip(scales, drawn, strict=True)
    }
    mean = weighted_mean(scores, scales)
    assert 0 <= mean <= WHOLE
    assert weighted_mean({each.criterion_id: each.most for each in scales}, scales) == WHOLE
    assert weighted_mean({each.criterion_id: 0 for each in scales}, scales) == 0


def test_points_must_be_whole_on_the_scale_and_for_every_criterion() -> None:
    assert score_faults({1: 10, 2: 0}, (PRODUCT, STORY)) == ()
    assert score_faults({1: 10}, (PRODUCT, STORY)) == (ReviewRefusal.SCORE_MISSING,)
    assert score_faults({1: 11, 2: -1}, (PRODUCT, STORY)) == (ReviewRefusal.NOT_ON_THE_SCALE,)
    assert score_faults({}, ()) == (ReviewRefusal.NO_CRITERIA,)


def test_a_rota_knows_readers_by_every_kind_of_part_and_never_a_member() -> None:
    rota = Rota(
        [
            Assigned(1, Reads.GROUP, "drink"),
            Assigned(2, Reads.GROUP, "food"),
            Assigned(3, Reads.PROVINCE, "15"),
            Assigned(4, Reads.COUNTRY, "VN"),
            Assigned(5, Reads.COUNTRY, "LA"),
            Assigned(6, Reads.APPLICATION, "7"),
            Assigned(8, Reads.APPLICATION, "77"),
            Assigned(9, Reads.ALL),
            Assigned(90, Reads.ALL),
        ]
    )
    assert rota.readers(TEA) == {1, 3, 4, 6, 9}
    abroad = Subject(8, "LA", "15")  # a province's number means nothing abroad
    assert rota.readers(abroad) == {5, 9, 90}


def test_a_line_counts_reviews_conflicts_and_how_far_apart_they_are() -> None:
    rota = Rota([Assigned(each, Reads.ALL) for each in (1, 2, 3, 4)])
    line = line_of(TEA, rota, [Given(1, 9000), Given(2, 6001), Given(3, None), Given(50, 7000)])
    assert (line.expected, len(line.means), line.open) == (4, 3, {4})
    assert (line.mean, line.spread, line.conflicts) == (7334, 2999, {3})
    assert not line.is_without_a_reader


def test_an_application_whose_only_reader_is_in_conflict_is_to_be_given_to_somebody() -> None:
    line = line_of(TEA, Rota([Assigned(1, Reads.ALL)]), [Given(1, None)])
    assert (line.expected, line.mean, line.spread, line.is_without_a_reader) == (0, None, 0, True)


def test_the_greatest_disagreement_stands_first_and_the_other_orders_do_as_they_say() -> None:
    calm = Line(1, frozenset({1, 2}), {1: 9000, 2: 8900})
    apart = Line(2, frozenset({1, 2, 3}), {1: 9000, 2: 5000})
    unread = Line(3, frozenset({1, 2}))
    order = {
        order: [line.application_id for line in in_order([unread, calm, apart], order)] for order in Order
    }
    assert order == {Order.SPREAD: [2, 1, 3], Order.MEAN: [1, 2, 3], Order.FEWEST: [3, 2, 1]}
