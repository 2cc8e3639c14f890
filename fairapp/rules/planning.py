"""A fair's whole plan as values: who asks, what there is, what each placement gives, and what forbids it.

The hand and the engine obey the same rules of ``allocation``; only what a plan adds stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from fairapp.rules.allocation import Obstacle, Stand, Wish, obstacles
from fairapp.rules.plan_rows import PlanRow
from fairapp.rules.weights import PlanWeights

NEAR_M = 15.0
"""As far as "close to" reaches: five standard booths."""


class Term(StrEnum):
    """What a placement gives, or costs."""

    PLACED = "placed"
    PRIORITY = "priority"
    LEDGER = "ledger"
    ZONE = "zone"
    CORNER = "corner"
    HALL = "hall"
    WISH = "wish"
    NEAR = "near"
    AWAY = "away"
    BESIDE = "beside"
    FACING = "facing"


class PlanObstacle(StrEnum):
    """Why a plan does not put somebody somewhere, beside the obstacles that bind the hand as well."""

    TOO_LARGE = "plan_too_large"
    NO_WATER = "plan_no_water"
    NO_POWER = "plan_no_power"
    OUTSIDE_BLOCK = "plan_outside_block"


Against: TypeAlias = Obstacle | PlanObstacle
Terms: TypeAlias = dict[Term, float]
Place: TypeAlias = tuple[int, ...]
"""The booths of one stand, in their row's order."""
Seats: TypeAlias = Mapping[int, Place]
"""By exhibitor, the booths it stands in."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A booth as a plan sees it; ``stand`` names no holders: they are in the plan."""

    id: int
    code: str
    stand: Stand
    x: float
    y: float
    has_water: bool = True
    has_power: bool = True
    beside: frozenset[int] = frozenset()
    facing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A wish of a ranking: one of booth, hall and zone."""

    booth: int | None = None
    hall: str | None = None
    zone: str | None = None

    def fulfilled(self, lot: Lot) -> bool:
        """Whether this booth is what was wished."""
        own = ((self.booth, lot.id), (self.hall, lot.stand.hall), (self.zone, lot.stand.zone))
        return any(wished is not None and wished == given for wished, given in own)


@dataclass(frozen=True, slots=True)
class Asker:
    """An exhibitor that asks for so many booths side by side."""

    id: int
    wish: Wish
    booths: int = 1
    points: float = 0.0
    """Of its review, 0 to 100."""
    cluster: str = ""
    """Those with the same are competitors."""
    needs_water: bool = False
    needs_power: bool = False
    near: frozenset[int] = frozenset()
    away: frozenset[int] = frozenset()
    wishes: tuple[Ranked, ...] = ()
    """The most wanted first."""
    in_block: bool = False
    """Its delegation has a block with room for it: it stands there and nowhere else."""
    ledger: float = 0.0
    """Its priority points, where the most of the fair are 100."""
    dear: frozenset[int] = frozenset()
    """Booths that cost more than it can pay."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a plan is made from. Nobody in ``settled`` is moved."""

    lots: Mapping[int, Lot]
    askers: Mapping[int, Asker]
    rows: tuple[PlanRow, ...]
    weights: PlanWeights = field(default_factory=PlanWeights)
    settled: Seats = field(default_factory=dict)
    possible: dict[Asker, list[Place]] = field(default_factory=dict, compare=False, repr=False)
    """Places worked out before, by who asks alike."""

    def to_place(self) -> Iterator[Asker]:
        """Who has no booth yet."""
        return (asker for asker in self.askers.values() if asker.id not in self.settled)


def against(ground: Ground, asker: Asker, lot: Lot) -> tuple[Against, ...]:
    """Every reason why the asker cannot have the booth in a plan, whoever else is in it."""
    wish, stand = asker.wish, lot.stand
    most = None if wish.area_m2 is None else wish.area_m2 * ground.weights.roomiest / 100
    most = None if most is None else max(most, wish.companies_m2 or 0.0)
    own: dict[Against, bool] = {
        Obstacle.OVER_BUDGET: lot.id in asker.dear,
        PlanObstacle.TOO_LARGE: most is not None and stand.area_m2 > most + 0.05,
        PlanObstacle.NO_WATER: asker.needs_water and not lot.has_water,
        PlanObstacle.NO_POWER: asker.needs_power and not lot.has_power,
        PlanObstacle.OUTSIDE_BLOCK: asker.in_block == (stand.delegation is None),
    }
    return (
        *obstacles(replace(wish, admitted=True), stand),
        *(reason for reason, holds in own.items() if holds),
    )


def places_of(ground: Ground, asker: Asker) -> list[Place]:
    """Every place that nothing forbids and nobody settled has: single booths, or several side by side."""
    kind = replace(
        asker,
        id=0,
        wish=replace(asker.wish, exhibitor_id=0),
        points=0.0,
        ledger=0.0,
        cluster="",
        wishes=(),
        near=frozenset(),
        away=frozenset(),
    )
    if kind not in ground.possible:
        taken = {booth for place in ground.settled.values() for booth in place}
        fits = {
            lot.id for lot in ground.lots.values() if lot.id not in taken and not against(ground, kind, lot)
        }
        ground.possible[kind] = [
            place for row in ground.rows for place in windows(row, kind.booths) if fits.issuperset(place)
        ]
    return ground.possible[kind]


def windows(row: PlanRow, booths: int) -> Iterator[Place]:
    """Every run of so many booths of the row."""
    for start in range(len(row.booths) - booths + 1):
        yield row.booths[start : start + booths]


def own_terms(ground: Ground, asker: Asker, place: Place) -> Terms:
    """What the place itself gives, whoever stands around."""
    weights, wish = ground.weights, asker.wish
    stands = [ground.lots[booth].stand for booth in place]
    in_zone = sum(1 for stand in stands if wish.zone is not None and stand.zone == wish.zone)
    corner = wish.corner and any(stand.open_sides > 1 for stand in stands)
    in_hall = wish.hall is not None and wish.hall == stands[0].hall
    found = {
        Term.PLACED: float(len(place) * weights.placed),
        Term.PRIORITY: len(place) * weights.priority * asker.points,
        Term.LEDGER: len(place) * weights.ledger * asker.ledger,
        Term.ZONE: float(in_zone * weights.zone),
        Term.CORNER: float(weights.corner if corner else 0),
        Term.HALL: float(weights.hall if in_hall else 0),
        Term.WISH: wished(ground, asker, place),
    }
    return {term: value for term, value in found.items() if value}


def wished(ground: Ground, asker: Asker, booths: Iterable[int]) -> float:
    """What the best wish gives that one of these booths fulfils."""
    lots = [ground.lots[booth] for booth in booths]
    for rank, wish in enumerate(asker.wishes, 1):
        if any(wish.fulfilled(lot) for lot in lots):
            return ground.weights.wish / rank
    return 0.0
