"""What a plan is worth, term by term, and which hard rules it breaks: the law that the whole engine obeys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fairapp.optimiser.model import Applicant, Instance, Pavilion, Placement, Plan, Row


class Rule(StrEnum):
    """The hard rules of the public format, and those that only a fair of our own can have."""

    PLAN = "plan"
    OUTSIDE = "outside"
    OVERLAP = "overlap"
    POWER = "power"
    WATER = "water"
    BUDGET = "budget"
    PAVILION = "pavilion"
    PIN = "pin"
    KIND = "kind"
    BARRED = "barred"
    ZONE = "zone"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Break:
    """One broken rule: whose it is, and where."""

    rule: Rule
    who: str
    row: str = ""
    module: int = 0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one placement gives. ``clash`` is its half of each clash it is in, so that all terms add up."""

    priority: float = 0.0
    band: float = 0.0
    zone: float = 0.0
    corner: float = 0.0
    wish: float = 0.0
    extra: float = 0.0
    clash: float = 0.0

    @property
    def total(self) -> float:
        """Everything together."""
        return self.priority + self.band + self.zone + self.corner + self.wish + self.extra - self.clash


@dataclass(frozen=True, slots=True)
class Clash:
    """Two competitors that stand side by side, or face each other across an aisle."""

    one: str
    other: str
    facing: bool


def hindrances(instance: Instance, applicant: Applicant, row: Row) -> tuple[Rule, ...]:
    """Every reason why ``applicant`` may not stand anywhere in ``row``; none when it may."""
    rank = instance.price_bands.index
    zone_shut = instance.weights.zone_is_hard and row.zone is not None and row.zone != applicant.group
    in_the_way = {
        Rule.POWER: applicant.power > row.power,
        Rule.WATER: applicant.water and not row.water,
        Rule.BUDGET: rank(row.price_band) > rank(applicant.budget_band),
        Rule.KIND: applicant.kind != row.kind,
        Rule.BARRED: not row.bars.isdisjoint(applicant.marks),
        Rule.ZONE: zone_shut,
    }
    return tuple(rule for rule, holds in in_the_way.items() if holds)


def takes_corner(row: Row, start: int, size: int) -> bool:
    """Whether a stand there has an open end of the row."""
    return (start == 0 and row.corners[0]) or (start + size == row.modules and row.corners[1])


def stand_terms(instance: Instance, applicant: Applicant, place: Placement) -> Terms:
    """What a stand gives, clashes aside."""
    weights, row = instance.weights, instance.rows[place.row]
    matches = row.zone is not None and row.zone == applicant.group
    corner = applicant.wants_corner and takes_corner(row, place.start, applicant.size)
    wish = weights.wishes[applicant.wishes.index(row.id)] if row.id in applicant.wishes else 0.0
    return Terms(
        priority=applicant.size * applicant.priority,
        band=applicant.size * weights.band[row.price_band],
        zone=applicant.size * weights.zone_match if matches else 0.0,
        corner=weights.corner if corner else 0.0,
        wish=wish,
        extra=sum(points for wanted, points in applicant.extra if wanted == row.id),
    )


def pavilion_terms(instance: Instance, pavilion: Pavilion, place: Placement) -> Terms:
    """What a pavilion gives; it stands in the row and in the one behind it."""
    row = instance.rows[place.row]
    assert row.back_row is not None
    band = instance.weights.band
    both = band[row.price_band] + band[instance.rows[row.back_row].price_band]
    return Terms(priority=2 * pavilion.columns * pavilion.priority, band=pavilion.columns * both)


def clashes(instance: Instance, plan: Plan) -> tuple[Clash, ...]:
    """Every clash of a plan that breaks no rule, each pair once per kind."""
    floor: dict[tuple[str, int], str] = {}
    for identifier, place in plan.placements.items():
        for module in range(place.start, place.start + instance.applicants[identifier].size):
            floor[place.row, module] = identifier
    found = {}
    for identifier, place in plan.placements.items():
        one = instance.applicants[identifier]
        if one.cluster is None:
            continue
        for other, facing in _met(instance.rows[place.row], place.start, one.size, floor):
            rival = instance.applicants[other]
            if other != identifier and rival.cluster == one.cluster:
                pair = (min(identifier, other), max(identifier, other), facing)
                found[pair] = Clash(*pair)
    return tuple(found[pair] for pair in sorted(found))


def _met(row: Row, start: int, size: int, floor: Mapping[tuple[str, int], str]) -> Iterator[tuple[str, bool]]:
    """Who stands beside these modules, and who faces one of them."""
    if (right := floor.get((row.id, start + size))) is not None:
        yield right, False
    if row.facing_row is not None:
        for module in range(start, start + size):
            if (across := floor.get((row.facing_row, module + row.facing_offset))) is not None:
                yield across, True


def terms(instance: Instance, plan: Plan) -> dict[str, Terms]:
    """What each placement of a plan gives, stands and pavilions alike; together they are its objective."""
    halves: dict[str, float] = {}
    weights = instance.weights
    for clash in clashes(instance, plan):
        half = (weights.clash_facing if clash.facing else weights.clash_side) / 2
        for identifier in (clash.one, clash.other):
            halves[identifier] = halves.get(identifier, 0.0) + half
    result = {}
    for identifier, place in plan.placements.items():
        plain = stand_terms(instance, instance.applicants[identifier], place)
        clash_points = halves.get(identifier, 0.0)
        result[identifier] = Terms(
            plain.priority, plain.band, plain.zone, plain.corner, plain.wish, plain.extra, clash_points
        )
    for identifier, place in plan.pavilions.items():
        result[identifier] = pavilion_terms(instance, instance.pavilions[identifier], place)
    return result


def objective(instance: Instance, plan: Plan) -> float:
    """What a plan that breaks no rule is worth."""
    return sum(part.total for part in terms(instance, plan).values())
