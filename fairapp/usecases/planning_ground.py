"""A fair's ground: its published plan, who holds what, and who still asks: as a plan's rules see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot

from sqlalchemy.orm import Session

from fairapp.rules.allocation import ClaimState, Stand, Wish
from fairapp.rules.geometry import as_rings, centroid
from fairapp.rules.partners import Crowd, PartnerSettings
from fairapp.rules.plan_neighbours import Ground as Outline
from fairapp.rules.plan_neighbours import Near, Surroundings, surroundings, walls_of
from fairapp.rules.plan_rows import PlanRow, RowBooth, rows_of
from fairapp.rules.planning import Asker, Ground, Lot, Place, Ranked
from fairapp.rules.plans import Facility, facilities_from_json
from fairapp.rules.text import name_key
from fairapp.rules.weights import PlanWeights, Rivals
from fairapp.rules.wishes import Beside
from fairapp.store import planning_queries as rows
from fairapp.store.allocation import BoothClaim
from fairapp.store.applications_reviewing import means_in
from fairapp.store.claim_days import part_days
from fairapp.store.fairs import Booth, Fair
from fairapp.store.wishes import neighbours_of_fair, preferences_of_fair
from fairapp.usecases.budgets import too_dear
from fairapp.usecases.claiming import wish_of
from fairapp.usecases.planning_priority import earned_points

SERVICE_M = 25.0
"""As far as a hall's water or power points reach, where the plan draws them."""
UNREVIEWED = 50.0
"""Who was never scored stands in the middle."""


@dataclass(frozen=True, slots=True)
class Known:
    """A ground, and what people call those on it."""

    ground: Ground
    names: Mapping[int, str]
    groups: Mapping[int, str | None]
    claims: Mapping[int, tuple[BoothClaim, ...]]
    """By exhibitor, its live claims."""
    seats: Mapping[int, Place]
    """Who may move, and from where; whose booth was lost is not among them."""


def ground_of(
    session: Session, fair: Fair, weights: PlanWeights, movable: bool = False, without: Iterable[int] = ()
) -> Known:
    """The fair as it is now.

    ``movable``: those with booths may be moved, the handed-over ones aside; ``without``: as if these
    exhibitors were not there.
    """
    gone = set(without)
    guests = {guest for each in rows.guests_in(session, fair.id).values() for guest in each}
    claims: dict[int, list[BoothClaim]] = defaultdict(list)
    for claim in rows.claims_now(session, fair.id):
        if claim.exhibitor_id not in gone:
            claims[claim.exhibitor_id].append(claim)
    booths = rows.booths_to_plan(session, fair.id)
    lots, plan_rows = floor_of(session, fair, booths)
    taking = [one for one in rows.taking_part(session, fair.id) if one.exhibitor.id not in gone]
    askers = _askers(session, fair, taking, weights, guests)
    dear = too_dear(session, fair, [one.exhibitor for one in taking], booths)
    askers = {who: replace(each, dear=dear.get(who, each.dear)) for who, each in askers.items()}
    settled, seats = dict[int, Place](), dict[int, Place]()
    by_days = part_days(session, fair)  # the engine knows whole fairs only: by days is left to the hand
    for who, held in claims.items():
        place = tuple(claim.booth_id for claim in held if claim.booth_id in lots)
        if who in askers and not (movable and _may_move(held) and held[0].id not in by_days):
            settled[who] = place
        elif who in askers and place and not lots[place[0]].stand.blocked:
            seats[who] = place
    holding = {who: tuple(claim.booth_id for claim in held) for who, held in claims.items()}
    inside = _in_blocks(lots, askers, holding)
    askers = {
        who: replace(asker, booths=len(holding.get(who, ())) or asker.booths, in_block=who in inside)
        for who, asker in askers.items()
    }
    ground = Ground(lots, askers, plan_rows, weights, {who: place for who, place in settled.items() if place})
    return Known(
        ground,
        {one.exhibitor.id: one.name for one in taking},
        {one.exhibitor.id: one.group for one in taking},
        {who: tuple(held) for who, held in claims.items()},
        seats,
    )


def _may_move(held: Sequence[BoothClaim]) -> bool:
    return len(held) == 1 and held[0].state is not ClaimState.HANDED_OVER


def floor_of(
    session: Session, fair: Fair, booths: Sequence[Booth]
) -> tuple[dict[int, Lot], tuple[PlanRow, ...]]:
    """The booths that are let as lots with their neighbours, and the rows they form."""
    offered, blocks = rows.offered_booths(session, fair.id), rows.blocks_in(session, fair.id)
    hard = bool(fair.settings.get("zone_is_hard", False))
    by_hall: dict[int, list[Booth]] = defaultdict(list)
    for booth in booths:
        by_hall[booth.hall_id].append(booth)
    lots: dict[int, Lot] = {}
    placed: list[RowBooth] = []
    for listed in by_hall.values():
        hall = listed[0].hall
        facilities = facilities_from_json(hall.facilities)
        outline = as_rings(hall.outline) if hall.outline else ()
        codes = {booth.code: booth.id for booth in listed if booth.is_let}
        seen = surroundings((_outline(booth, codes) for booth in listed), walls_of(outline, facilities))
        for booth in listed:
            if booth.is_let:
                around = seen.get(booth.id, Surroundings((), ()))
                lot = _lot(booth, around, hard, booth.id in offered, blocks.get(booth.id), facilities)
                lots[booth.id] = lot
                placed.append(_row_booth(lot, around, booth.hall_id))
    return lots, rows_of(placed)


def _outline(booth: Booth, codes: Mapping[str, int]) -> Outline:
    under = tuple(codes[code] for code in booth.instead_of if code in codes)
    return Outline(booth.id, as_rings(booth.outline), under, booth.is_let)


def _lot(
    booth: Booth,
    around: Surroundings,
    hard: bool,
    offered: bool,
    delegation: int | None,
    facilities: Iterable[Facility],
) -> Lot:
    x, y = centroid(as_rings(booth.outline)) if booth.outline else (0.0, 0.0)
    stand = Stand(
        fair_id=booth.fair_id,
        area_m2=booth.area_m2,
        kind=booth.kind.value,
        zone=booth.zone,
        zone_is_hard=hard,
        blocked=booth.blocked_because is not None,
        is_let=booth.is_let,
        offered=offered,
        open_sides=booth.open_sides,
        hall=booth.hall.code,
        delegation=delegation,
    )
    return Lot(
        booth.id,
        booth.code,
        stand,
        x,
        y,
        _served("water", x, y, facilities),
        _served("power", x, y, facilities),
        frozenset(around.keys(Near.BESIDE)),
        frozenset(around.keys(Near.FACING)),
    )


def _served(what: str, x: float, y: float, facilities: Iterable[Facility]) -> bool:
    """Whether a point of this kind is within reach; where a hall draws none, nobody asks."""
    points = [each.at for each in facilities if each.kind.value == what]
    return not points or any(hypot(x - px, y - py) <= SERVICE_M for px, py in points)


def _row_booth(lot: Lot, around: Surroundings, hall_id: int) -> RowBooth:
    stand = lot.stand
    return RowBooth(
        id=lot.id,
        x=lot.x,
        y=lot.y,
        alike=(
            hall_id,
            stand.kind,
            stand.zone,
            round(stand.area_m2, 1),
            stand.delegation,
            lot.has_water,
            lot.has_power,
        ),
        is_corner=stand.open_sides > 1,
        beside=tuple(
            (each.key, each.side, each.along_m) for each in around.neighbours if each.near is Near.BESIDE
        ),
        behind=around.keys(Near.BACK_TO_BACK),
        facing=around.keys(Near.FACING),
    )


def _askers(
    session: Session, fair: Fair, taking: Sequence[rows.Taking], weights: PlanWeights, guests: set[int]
) -> dict[int, Asker]:
    scores, products = means_in(session, fair.id), rows.first_products(session, fair.id)
    settings = PartnerSettings.read(fair.settings)
    beside = {main: len(each) for main, each in rows.guests_in(session, fair.id).items()}
    by_name = {one.name_key: one.exhibitor.id for one in taking}
    around, ranked = _around(session, fair.id), _ranked(session, fair.id)
    earned = earned_points(session, fair.id, [one.exhibitor.organisation_id for one in taking])
    found = {}
    for one in taking:
        exhibitor, application = one.exhibitor, one.exhibitor.application
        if exhibitor.id in guests:
            continue  # stands with somebody else
        wish = _wish(one, Crowd(beside.get(exhibitor.id, 0), settings))
        needs = {} if application is None else application.needs
        wished = {} if application is None else application.wishes
        asked = 0 if application is None else application.id
        mean = scores.get(asked)
        found[exhibitor.id] = Asker(
            id=exhibitor.id,
            wish=wish,
            booths=1 if application is None else max(1, application.booths),
            points=UNREVIEWED if mean is None else mean[0] / 100,
            ledger=earned.get(exhibitor.organisation_id, 0.0),
            cluster=_cluster(weights.rivals, products.get(exhibitor.id)),
            needs_water=bool(needs.get("water")),
            needs_power=bool(needs.get("power_w")),
            near=_named(wished.get("near"), by_name, exhibitor.id) | around.get((asked, Beside.NEAR), set()),
            away=_named(wished.get("not_near"), by_name, exhibitor.id)
            | around.get((asked, Beside.APART), set()),
            wishes=tuple(ranked.get(asked, ())),
        )
    return found


def _around(session: Session, fair_id: int) -> dict[tuple[int, Beside], set[int]]:
    """By application, the exhibitors it wishes near and apart."""
    found: dict[tuple[int, Beside], set[int]] = defaultdict(set)
    for each in neighbours_of_fair(session, fair_id):
        if each.exhibitor_id is not None:
            found[each.application_id, each.kind].add(each.exhibitor_id)
    return found


def _ranked(session: Session, fair_id: int) -> dict[int, list[Ranked]]:
    """By application, its wishes in their ranking."""
    halls = rows.hall_codes(session, fair_id)
    found: dict[int, list[Ranked]] = defaultdict(list)
    for each in preferences_of_fair(session, fair_id):
        found[each.application_id].append(Ranked(each.booth_id, halls.get(each.hall_id or 0), each.zone))
    return found


def _wish(one: rows.Taking, crowd: Crowd) -> Wish:
    """What it asks of each booth; the product group stands for a zone nobody wished."""
    wish = replace(wish_of(one.exhibitor), admitted=True)
    hard = bool(one.exhibitor.fair.settings.get("zone_is_hard", False))
    zone = wish.zone or (None if hard else one.group)  # by hand as well a hard zone asks for the wish
    application = one.exhibitor.application
    kind = wish.kind or "shell_scheme"
    many = 1 if application is None else max(1, application.booths)
    companies = crowd.needs_m2 / many if crowd.beside else None
    return replace(wish, zone=zone, kind=kind, companies_m2=companies)


def _cluster(rivals: Rivals, product: tuple[str, str] | None) -> str:
    """What competitors have in common: the group, or in it the first two words of what is shown first."""
    if product is None or rivals is Rivals.NOBODY:
        return ""
    group, folded = product
    return group if rivals is Rivals.SAME_GROUP else " ".join([group, *folded.split()[:2]])


def _named(text: object, by_name: Mapping[str, int], own: int) -> frozenset[int]:
    """Whom the words name: exhibitors of this fair, several parted by commas."""
    if not isinstance(text, str):
        return frozenset()
    keys = (name_key(part) for part in text[:400].split(","))
    return frozenset(by_name[key] for key in keys if key in by_name and by_name[key] != own)


def _in_blocks(
    lots: Mapping[int, Lot], askers: Mapping[int, Asker], holding: Mapping[int, Place]
) -> set[int]:
    """Those who stand in their delegation's block, or for whom it has room: the best scored come first."""
    taken = {booth for place in holding.values() for booth in place}
    room: dict[int, int] = defaultdict(int)
    for lot in lots.values():
        if lot.stand.delegation is not None and lot.id not in taken and not lot.stand.blocked:
            room[lot.stand.delegation] += 1
    found = set()
    for asker in sorted(askers.values(), key=lambda each: (-each.points, each.id)):
        delegation, held = asker.wish.delegation, holding.get(asker.id, ())
        if held:
            is_inside = any(booth in lots and lots[booth].stand.delegation is not None for booth in held)
        else:
            is_inside = delegation is not None and room[delegation] >= asker.booths
        if is_inside:
            found.add(asker.id)
            room[delegation or 0] -= 0 if held else asker.booths
    return found
