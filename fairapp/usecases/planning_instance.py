"""From a fair's ground to the engine's instance and back: one law, two ways of writing it.

The engine knows levels that a row must reach and bands that somebody accepts. A booth's area becomes both:
large enough for what is asked, and not so large that it is kept for others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot

from fairapp.optimiser.model import Applicant, Instance, Placement, Plan, Row, Weights
from fairapp.rules.plan_rows import PlanRow
from fairapp.rules.planning import NEAR_M, Asker, Ground, Place, against, own_terms, wished

_TOLERANCE_M2 = 0.05
_POWER = "power"


@dataclass(frozen=True, slots=True)
class Question:
    """The instance, and how much the fair's own objective lies above the engine's at most."""

    instance: Instance
    above: float


@dataclass(slots=True)
class _Scales:
    """Areas in steps: ``least`` what somebody needs, ``most`` what somebody may have; ``dear``: budgets."""

    least: list[float]
    most: list[float]
    dear: list[frozenset[int]]
    bands: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.bands = tuple(f"{step:05d}" for step in range(len(self.most) + 1))

    def level(self, area: float) -> int:
        """How many needs a booth of this area meets."""
        return bisect_right(self.least, area + _TOLERANCE_M2)

    def band(self, area: float) -> str:
        """How many find a booth of this area too large."""
        return self.bands[sum(1 for most in self.most if most + _TOLERANCE_M2 < area)]


def question_of(ground: Ground, name: str) -> Question:
    """What the engine is asked about the fair; those with a place are pinned."""
    scales = _Scales(
        sorted({need for asker in ground.to_place() if (need := _least(asker))}),
        sorted({most for asker in ground.to_place() if (most := _most(ground, asker))}),
        list(dict.fromkeys(asker.dear for asker in ground.to_place() if asker.dear)),
    )
    rows = {str(row.id): _row(ground, row, scales) for row in ground.rows}
    pinned = _pinned(ground, rows, scales)
    applicants = {str(asker.id): _applicant(ground, asker, scales) for asker in ground.to_place()}
    weights = ground.weights
    hard = _zone_is_hard(ground)
    instance = Instance(
        name=name,
        price_bands=scales.bands,
        weights=Weights(
            zone_match=float(weights.zone),
            band=dict.fromkeys(scales.bands, 0.0),
            corner=float(weights.corner),
            wishes=(),
            clash_side=float(weights.beside),
            clash_facing=float(weights.facing),
            zone_is_hard=hard,
        ),
        rows=rows,
        applicants={**applicants, **pinned},
    )
    return Question(instance, _above(ground, instance, hard))


def seats_of(ground: Ground, plan: Plan) -> dict[int, Place]:
    """Who stands where by the engine's plan; whatever breaks a rule of the fair is left out."""
    rows, seats, taken = {row.id: row for row in ground.rows}, dict[int, Place](), set[int]()
    for identifier, where in plan.placements.items():
        if not identifier.isdigit():
            continue  # somebody pinned
        asker = ground.askers[int(identifier)]
        place = rows[int(where.row)].booths[where.start : where.start + asker.booths]
        if taken.isdisjoint(place) and not any(against(ground, asker, ground.lots[one]) for one in place):
            seats[asker.id] = place
            taken.update(place)
    return seats


def _least(asker: Asker) -> float:
    return max(asker.wish.area_m2 or 0.0, asker.wish.companies_m2 or 0.0)


def _most(ground: Ground, asker: Asker) -> float:
    if asker.wish.area_m2 is None:
        return 0.0
    return max(asker.wish.area_m2 * ground.weights.roomiest / 100, asker.wish.companies_m2 or 0.0)


def _zone_is_hard(ground: Ground) -> bool:
    return any(lot.stand.zone_is_hard for lot in ground.lots.values())


def _row(ground: Ground, row: PlanRow, scales: _Scales) -> Row:
    lots = [ground.lots[booth] for booth in row.booths]
    first = lots[0]
    settled = {booth for place in ground.settled.values() for booth in place}
    shut = {
        place
        for place, lot in enumerate(lots)
        if lot.id not in settled and (lot.stand.blocked or lot.stand.offered)
    }
    return Row(
        id=str(row.id),
        modules=len(lots),
        zone=first.stand.zone,
        price_band=scales.band(first.stand.area_m2),
        power=scales.level(first.stand.area_m2),
        water=first.has_water,
        facing_row=None if row.facing is None else str(row.facing),
        facing_offset=row.offset,
        hall=first.stand.hall or "",
        kind=_kind(first.stand.kind, first.stand.delegation),
        blocked=frozenset(shut),
        bars=frozenset(_bars(ground, row, scales.dear)),
        corners=row.corners,
    )


def _bars(ground: Ground, row: PlanRow, dear: Sequence[frozenset[int]]) -> Iterable[str]:
    """What keeps some out of the whole row: no power, or all of its booths too dear for them."""
    if not ground.lots[row.booths[0]].has_power:
        yield _POWER
    yield from (_budget(number) for number, each in enumerate(dear) if each.issuperset(row.booths))


def _budget(number: int) -> str:
    return f"budget-{number}"


def _kind(kind: str | None, delegation: int | None) -> str:
    return f"{kind}/{delegation or ''}"


def _applicant(ground: Ground, asker: Asker, scales: _Scales) -> Applicant:
    wish, need, most = asker.wish, _least(asker), _most(ground, asker)
    return Applicant(
        id=str(asker.id),
        size=asker.booths,
        group=wish.zone or "",
        priority=_per_booth(ground, asker),
        power=scales.least.index(need) + 1 if need else 0,
        water=asker.needs_water,
        wants_corner=wish.corner,
        budget_band=scales.bands[scales.most.index(most) if most else -1],
        cluster=asker.cluster or None,
        kind=_kind(wish.kind, wish.delegation if asker.in_block else None),
        marks=frozenset(_marks(asker, scales)),
        extra=tuple(_extra(ground, asker)),
    )


def _marks(asker: Asker, scales: _Scales) -> Iterable[str]:
    if asker.needs_power:
        yield _POWER
    if asker.dear:
        yield _budget(scales.dear.index(asker.dear))


def _per_booth(ground: Ground, asker: Asker) -> float:
    weights = ground.weights
    return weights.placed + weights.priority * asker.points + weights.ledger * asker.ledger


def _extra(ground: Ground, asker: Asker) -> Iterable[tuple[str, float]]:
    """What single rows add: the hall that was asked for, a corner everywhere, a settled neighbour."""
    weights, wish = ground.weights, asker.wish
    settled = [booth for other in asker.near for booth in ground.settled.get(other, ())]
    for row in ground.rows:
        lot = ground.lots[row.booths[0]]
        points = float(weights.hall) if wish.hall is not None and lot.stand.hall == wish.hall else 0.0
        points += wished(ground, asker, row.booths)
        if row.all_corners and wish.corner:
            points += weights.corner
        if settled and _reaches(ground, row.booths, settled):
            points += weights.near * sum(1 for other in asker.near if other in ground.settled)
        if points:
            yield str(row.id), points


def _reaches(ground: Ground, booths: Sequence[int], others: Iterable[int]) -> bool:
    lots = ground.lots
    return any(
        hypot(lots[a].x - lots[b].x, lots[a].y - lots[b].y) <= NEAR_M
        for a in booths
        for b in others
        if b in lots
    )


def _pinned(ground: Ground, rows: Mapping[str, Row], scales: _Scales) -> dict[str, Applicant]:
    """Everybody with a place, as the engine's pins: worth nothing there, competitors all the same."""
    at = {booth: (row.id, place) for row in ground.rows for place, booth in enumerate(row.booths)}
    hard, found, taken = _zone_is_hard(ground), dict[str, Applicant](), set[int]()
    for who, booths in ground.settled.items():
        places = sorted(at[booth] for booth in booths if booth in at and booth not in taken)
        taken.update(booths)
        parts = _together(places)
        for number, (row_id, start, size) in enumerate(parts):
            row = rows[str(row_id)]
            name = f"pin-{who}-{number}"
            found[name] = Applicant(
                id=name,
                size=size,
                group=(row.zone or "") if hard else "",
                priority=0.0,
                budget_band=scales.bands[-1],
                cluster=ground.askers[who].cluster or None if len(parts) == 1 else None,
                pinned=Placement(row.id, start),
                kind=row.kind,
            )
    return found


def _together(places: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Booths side by side in one row as (row, first, how many)."""
    parts: list[tuple[int, int, int]] = []
    for row, place in places:
        if parts and parts[-1][0] == row and sum(parts[-1][1:]) == place:
            parts[-1] = (row, parts[-1][1], parts[-1][2] + 1)
        else:
            parts.append((row, place, 1))
    return parts


def _above(ground: Ground, instance: Instance, hard: bool) -> float:
    """What the pinned give by themselves, less what the engine counts for them, and room for nearness."""
    own = sum(
        sum(own_terms(ground, ground.askers[who], place).values()) for who, place in ground.settled.items()
    )
    counted = sum(
        one.size * ground.weights.zone
        for one in instance.applicants.values()
        if hard and one.pinned is not None and one.group
    )
    near = sum(
        ground.weights.near
        * sum(1 for other in asker.near if other not in ground.settled or asker.id in ground.settled)
        for asker in ground.askers.values()
    )
    return own - counted + near
