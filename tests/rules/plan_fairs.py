"""Small random fairs for the rules of plans."""

from __future__ import annotations

from itertools import product
from random import Random

from fairapp.rules.allocation import Stand, Wish
from fairapp.rules.plan_rows import PlanRow
from fairapp.rules.planning import Asker, Ground, Lot, Place, places_of
from fairapp.rules.planning_seats import Seating
from fairapp.rules.weights import PlanWeights

GROUPS = ("food", "craft", None)


def small_fair(chance: Random, askers: int = 4, hard: bool = False) -> Ground:
    """Two rows of booths facing each other, and some who ask."""
    lots: dict[int, Lot] = {}
    rows = []
    for row in range(2):
        zone, area, size = chance.choice(GROUPS), chance.choice((9.0, 12.0)), chance.randint(2, 4)
        ids = tuple(10 * row + place for place in range(size))
        for place, key in enumerate(ids):
            across = 10 * (1 - row) + place
            stand = Stand(
                fair_id=1,
                area_m2=area,
                kind="shell_scheme",
                zone=zone,
                zone_is_hard=hard,
                blocked=chance.random() < 0.1,
                open_sides=2 if place in (0, size - 1) else 1,
                hall="A" if row else "B",
            )
            beside = frozenset({key - 1, key + 1} & set(ids))
            lots[key] = Lot(
                key, f"A-{key}", stand, 3.0 * place, 6.0 * row, beside=beside, facing=frozenset({across})
            )
        rows.append((ids, row))
    lots = {
        key: Lot(lot.id, lot.code, lot.stand, lot.x, lot.y, beside=lot.beside, facing=lot.facing & set(lots))
        for key, lot in lots.items()
    }
    plan_rows = tuple(PlanRow(row, ids, (True, True), facing=1 - row) for ids, row in rows)
    asking = {number: _asker(chance, number) for number in range(1, askers + 1)}
    ground = Ground(lots, asking, plan_rows, PlanWeights(ledger=2))
    if chance.random() < 0.5 and (places := places_of(ground, asking[1])):
        return Ground(lots, asking, plan_rows, PlanWeights(ledger=2), {1: chance.choice(places)})
    return ground


def _asker(chance: Random, number: int) -> Asker:
    wish = Wish(
        fair_id=1,
        exhibitor_id=number,
        admitted=True,
        area_m2=chance.choice((None, 9.0, 12.0)),
        kind="shell_scheme",
        zone=chance.choice(GROUPS),
        corner=chance.random() < 0.4,
        hall=chance.choice((None, "A", "B")),
    )
    near = frozenset({chance.randint(1, 4)} - {number}) if chance.random() < 0.3 else frozenset[int]()
    ledger = float(chance.choice((0, 0, 50, 100)))
    dear = (
        frozenset({chance.randrange(4), 10 + chance.randrange(4)})
        if chance.random() < 0.3
        else frozenset[int]()
    )
    return Asker(
        number,
        wish,
        chance.choice((1, 1, 2)),
        float(chance.randint(0, 100)),
        chance.choice(("", "tea", "tea")),
        near=near,
        ledger=ledger,
        dear=dear,
    )


def best_of_all(ground: Ground) -> float:
    """The best objective there is, by trying every plan."""
    asking = list(ground.to_place())
    choices: list[list[Place]] = [[(), *places_of(ground, asker)] for asker in asking]
    best = Seating(ground, {}).total()
    for chosen in product(*choices):
        booths = [booth for place in chosen for booth in place]
        if len(booths) == len(set(booths)):
            seats = {asker.id: place for asker, place in zip(asking, chosen, strict=True) if place}
            best = max(best, Seating(ground, seats).total())
    return best
