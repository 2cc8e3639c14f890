"""What follows from an act: two pictures compared, in the words of each side."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from fairapp.rules.impact import (
    ITS_OWN,
    OFFICE_ONLY,
    THE_ACT_ITSELF,
    Consequence,
    Follow,
    Party,
    Picture,
    asks_first,
    compare,
    digest_of,
    for_exhibitor,
)

TEA = Party(
    "Tea",
    True,
    booths=("A-01",),
    beside=frozenset({"Silk"}),
    badges=3,
    allotted=5,
    inside=1,
    owed_minor=6_600_000,
    services=2,
    paid_minor=3_300_000,
    price_minor=6_600_000,
    currency="VND",
    signed=True,
)
GONE = Party("Tea", False, fee_minor=1_650_000, credit_due_minor=6_600_000, paid_minor=3_300_000)


def seen(was: Party, now: Party, **more: object) -> list[tuple[Follow, dict[str, object]]]:
    before = Picture({1: was}, **{name: value for name, value in more.items() if name != "offers"})  # type: ignore[arg-type]
    after = Picture({1: now}, offers=more.get("offers", frozenset()))  # type: ignore[arg-type]
    return [
        (each.follow, {name: fact for name, fact in each.facts.items() if name != "name"})
        for each in compare(before, after)
    ]


def test_nothing_follows_from_nothing() -> None:
    assert seen(TEA, TEA) == []


def test_whoever_leaves_loses_everything_in_one_order() -> None:
    assert seen(TEA, GONE, catalogue_made=True, offers=frozenset({("A-01", "Rice")})) == [
        (Follow.LEAVES, {}),
        (Follow.BOOTHS_FREE, {"codes": "A-01"}),
        (Follow.NEIGHBOURS, {"others": "Silk"}),
        (Follow.CONTRACT, {}),
        (Follow.BADGES_VOID, {"count": 3}),
        (Follow.BADGES_INSIDE, {"count": 1}),
        (Follow.CATALOGUE_GONE, {}),
        (Follow.CATALOGUE_MADE, {}),
        (Follow.CHARGES_END, {"amount": 6_600_000}),
        (Follow.FEE, {"amount": 1_650_000}),
        (Follow.CREDIT_DUE, {"amount": 6_600_000}),
        (Follow.REFUND, {"amount": 1_650_000}),
        (Follow.SERVICES_END, {"count": 2}),
        (Follow.OFFERED, {"code": "A-01"}),
    ]


def test_a_move_to_a_smaller_booth_says_the_price_and_the_badges_beyond() -> None:
    smaller = replace(TEA, booths=("B-07",), allotted=2, price_minor=4_400_000)
    assert seen(TEA, smaller) == [
        (Follow.MOVES, {"before": "A-01", "after": "B-07"}),
        (Follow.BADGES_BEYOND, {"count": 1}),
        (Follow.PRICE, {"amount_before": 6_600_000, "amount_after": 4_400_000}),
    ]


def test_a_guest_moves_along_or_loses_its_place() -> None:
    guest = Party("Silk", True, places=("A-01",))
    assert seen(guest, replace(guest, places=("B-07",))) == [
        (Follow.PLACES_MOVE, {"before": "A-01", "after": "B-07"})
    ]
    assert seen(guest, replace(guest, places=())) == [(Follow.PLACES_LOST, {"codes": "A-01"})]


def test_a_fee_dearer_than_what_was_paid_leaves_nothing_to_refund() -> None:
    found = dict(seen(TEA, replace(GONE, fee_minor=5_000_000)))
    assert Follow.REFUND not in found


def test_whoever_waited_gives_the_place_up() -> None:
    before, after = Picture({}, waits=True), Picture({})
    assert [each.follow for each in compare(before, after)] == [Follow.LINE_LEFT]


@pytest.mark.parametrize("follow", Follow)
def test_only_what_was_asked_for_needs_no_second_question(follow: Follow) -> None:
    assert asks_first([Consequence(follow)]) is (follow not in THE_ACT_ITSELF)


def test_an_exhibitor_reads_nothing_of_others() -> None:
    every = tuple(Consequence(follow) for follow in Follow)
    assert {each.follow for each in for_exhibitor(every, [])} == set(Follow) - OFFICE_ONLY - ITS_OWN
    own = tuple(Consequence(follow, whose=1) for follow in Follow)
    assert {each.follow for each in for_exhibitor(own, [1])} == set(Follow) - OFFICE_ONLY
    assert {each.follow for each in for_exhibitor(own, [2])} == set(Follow) - OFFICE_ONLY - ITS_OWN


def test_a_booth_that_shrinks_under_its_holder_says_so_and_who_fits_no_more() -> None:
    was = replace(TEA, sizes=(("A-01", 9.0),), companies=2, needs_m2=8.0, floor_m2=9.0)
    now = replace(was, sizes=(("A-01", 6.0),), floor_m2=6.0, fits=False)
    assert seen(was, now) == [
        (Follow.RESIZED, {"code": "A-01", "area_before": 9.0, "area_after": 6.0}),
        (Follow.CROWDED, {"count": 2, "area_needed": 8.0, "area_there": 6.0}),
    ]
    assert seen(now, replace(now, sizes=(("A-01", 5.0),))) == [
        (Follow.RESIZED, {"code": "A-01", "area_before": 6.0, "area_after": 5.0})
    ], "they stood too close before"


def test_asking_for_less_than_one_holds_is_said_once() -> None:
    was = replace(TEA, booths=("A-01", "A-02"), asked_booths=2)
    now = replace(was, asked_booths=1)
    assert seen(was, now) == [(Follow.HOLDS_MORE, {"held": 2, "asked": 1})]
    assert seen(now, now) == []
    assert seen(replace(was, asked_booths=1), replace(was, asked_booths=2)) == []


def test_what_is_asked_for_has_another_price() -> None:
    before, after = Picture({}, asked_minor=2, asked_currency="VND"), Picture({}, asked_minor=1)
    (found,) = compare(before, after)
    assert (found.follow, dict(found.facts)) == (
        Follow.ASKED_PRICE,
        {"amount_before": 2, "amount_after": 1},
    )


def test_another_impact_has_another_mark() -> None:
    fee = Consequence(Follow.FEE, {"name": "Tea", "amount": 100}, "VND")
    others = [
        (),
        (fee,),
        (replace(fee, currency="USD"),),
        (replace(fee, facts={"name": "Tea", "amount": 101}),),
        (Consequence(Follow.REFUND, fee.facts, "VND"),),
    ]
    assert all(digest_of(one) != digest_of(other) for one, other in permutations(others, 2))
    assert digest_of((fee,)) == digest_of((Consequence(Follow.FEE, {"amount": 100, "name": "Tea"}, "VND"),))
