"""What a plan gives and what forbids it: every seat explained, tried changes true, reasons with a cure."""

from dataclasses import replace
from random import Random

import pytest

from fairapp.rules.allocation import Obstacle, Stand, Wish
from fairapp.rules.plan_rows import PlanRow
from fairapp.rules.planning import Asker, Ground, Lot, PlanObstacle, Term, against, places_of
from fairapp.rules.planning_seats import Seating
from fairapp.rules.planning_trying import Search, Unplaced, gap_percent
from fairapp.rules.weights import PlanWeights, Rivals, WeightFault, weight_faults
from tests.rules.plan_fairs import best_of_all, small_fair


def row_of(count: int, askers: tuple[Asker, ...], **stand: object) -> Ground:
    """So many booths in one row, the first and the last of them corners."""
    lots = {}
    for key in range(count):
        plain = Stand(1, 9.0, "shell_scheme", open_sides=2 if key in (0, count - 1) else 1, hall="A")
        beside = frozenset({key - 1, key + 1} & set(range(count)))
        lots[key] = Lot(key, f"A-{key}", replace(plain, **stand), 3.0 * key, 0.0, beside=beside)  # type: ignore[arg-type]
    row = PlanRow(0, tuple(range(count)), (True, True))
    return Ground(lots, {asker.id: asker for asker in askers}, (row,))


def asks(number: int, booths: int = 1, points: float = 50.0, cluster: str = "", **wish: object) -> Asker:
    plain = Wish(1, number, True, area_m2=9.0, kind="shell_scheme")
    return Asker(number, replace(plain, **wish), booths, points, cluster)  # type: ignore[arg-type]


def test_a_seat_tells_what_each_wish_gives_and_competitors_share_their_clash() -> None:
    ground = row_of(3, (asks(1, corner=True, cluster="tea"), asks(2, cluster="tea", points=80)))
    seating = Seating(ground, {1: (0,), 2: (1,)})
    assert seating.terms(1) == {Term.PLACED: 100, Term.PRIORITY: 50, Term.CORNER: 20, Term.BESIDE: -7.5}
    assert seating.terms(2) == {Term.PLACED: 100, Term.PRIORITY: 80, Term.BESIDE: -7.5}
    assert seating.total() == 335


def test_priority_points_count_for_each_booth_where_the_fair_says_so() -> None:
    earned = replace(asks(1, booths=2), ledger=40.0)
    ground = row_of(3, (earned,))
    assert Term.LEDGER not in Seating(ground, {1: (0, 1)}).terms(1)
    counted = replace(ground, weights=PlanWeights(ledger=3))
    assert Seating(counted, {1: (0, 1)}).terms(1)[Term.LEDGER] == 2 * 3 * 40


@pytest.mark.parametrize("seed", range(40))
def test_a_tried_change_is_worth_what_the_whole_plan_gains_by_it(seed: int) -> None:
    ground = small_fair(Random(seed))
    search = Search(Seating(ground, {}))
    search.improve(lambda: False)
    for asker in ground.to_place():
        for place in places_of(ground, asker):
            before, seats = search.seating.total(), dict(search.seating.seats)
            tried = search.put(asker.id, place)
            assert search.seating.seats == seats
            changed = {**seats, **tried.changes}
            after = Seating(ground, {who: held for who, held in changed.items() if held}).total()
            assert after - before == pytest.approx(tried.gain)


@pytest.mark.parametrize("seed", range(40))
def test_what_improves_by_itself_never_breaks_a_rule_and_never_beats_the_best_of_all(seed: int) -> None:
    ground = small_fair(Random(seed), hard=seed % 2 == 0)
    search = Search(Seating(ground, {}))
    search.improve(lambda: False)
    seats = search.seating.seats
    standing = [booth for place in seats.values() for booth in place]
    assert len(standing) == len(set(standing))
    for who, place in seats.items():
        if who not in ground.settled:
            assert place in places_of(ground, ground.askers[who])
    assert search.seating.total() <= best_of_all(ground) + 1e-9


def test_a_booth_dearer_than_somebody_can_pay_is_none_of_their_places() -> None:
    asker = replace(asks(1), dear=frozenset({0, 2}))
    ground = row_of(3, (asker,))
    assert places_of(ground, asker) == [(1,)]
    assert against(ground, asker, ground.lots[0]) == (Obstacle.OVER_BUDGET,)


def test_two_never_change_places_that_overlap() -> None:
    search = Search(Seating(row_of(4, (asks(1, booths=2), asks(2, booths=2))), {1: (0, 1), 2: (2, 3)}))
    assert search.put(1, (1, 2)).changes == {1: (1, 2), 2: ()}


def test_whoever_is_worth_less_is_told_how_many_points_would_do() -> None:
    ground = row_of(1, (asks(1, points=70), asks(2, points=40)))
    search = Search(Seating(ground, {1: (0,)}))
    why = search.without_place(2)
    assert (why.reason, why.booths, why.gives_way, why.points) == (Unplaced.OTHERS_FIRST, (0,), (1,), 30)


@pytest.mark.parametrize(
    ("asker", "stand", "reason"),
    [
        (asks(1, area_m2=20.0), {}, Unplaced.NO_SIZE),
        (asks(1, area_m2=4.0), {}, Unplaced.TOO_ROOMY),
        (asks(1, kind="raw_space"), {}, Unplaced.NO_KIND),
        (replace(asks(1), dear=frozenset(range(3))), {}, Unplaced.TOO_DEAR),
        (asks(1, zone="food"), {"zone": "craft", "zone_is_hard": True}, Unplaced.NO_ZONE),
        (asks(1), {"delegation": 7}, Unplaced.BLOCK_FULL),
        (asks(1), {"blocked": True}, Unplaced.KEPT_BACK),
        (asks(1, booths=4), {}, Unplaced.NO_RUN),
    ],
)
def test_whoever_fits_nowhere_is_told_what_would_have_to_change(
    asker: Asker, stand: dict[str, object], reason: Unplaced
) -> None:
    search = Search(Seating(row_of(3, (asker,), **stand), {}))
    assert search.without_place(1).reason is reason


def test_whoever_finds_all_fitting_booths_held_is_told_so() -> None:
    held = row_of(1, (asks(1), asks(2)))
    ground = Ground(held.lots, held.askers, held.rows, settled={1: (0,)})
    assert Search(Seating(ground, {})).without_place(2).reason is Unplaced.ALL_HELD


def test_the_hand_and_the_plan_obey_one_law_and_the_plan_adds_its_own() -> None:
    ground = row_of(1, (), zone="craft", zone_is_hard=True)
    dry = replace(ground.lots[0], has_water=False)
    asker = replace(asks(1, zone="food", area_m2=4.0), needs_water=True)
    assert against(ground, asker, dry) == (
        Obstacle.WRONG_ZONE,
        PlanObstacle.TOO_LARGE,
        PlanObstacle.NO_WATER,
    )


def test_weights_out_of_range_are_named_and_what_makes_no_sense_is_as_usual() -> None:
    assert weight_faults({"zone": -1, "corner": 1000, "roomiest": 99}) == {
        "zone": WeightFault.OUT_OF_RANGE,
        "roomiest": WeightFault.OUT_OF_RANGE,
    }
    read = PlanWeights.read({"weights": {"zone": 40, "corner": "much", "rivals": "everybody"}})
    assert (read.zone, read.corner, read.rivals) == (40, 20, Rivals.SAME_PRODUCT)
    assert PlanWeights.of(read.kept()) == read


def test_the_gap_is_a_share_of_the_bound() -> None:
    assert gap_percent(99.7, 100.0) == pytest.approx(0.3)
    assert gap_percent(0.0, 0.0) == 0.0
