"""Draw a hall of a draft: begin one, save it whole, add rows by a rule, change one booth by its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import cos, radians, sin
from typing import Any

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.fairs import PlanRefusal
from fairapp.rules.geometry import Rings, area
from fairapp.rules.plan_findings import Finding, folded
from fairapp.rules.plan_laying import RowRule, faults_of, laid_out
from fairapp.rules.plan_neighbours import with_open_sides
from fairapp.rules.plan_zones import with_zones
from fairapp.rules.plans import BoothOutline, HallOutline, PlanDraft, from_json, to_json
from fairapp.store.fairs import FloorPlan
from fairapp.usecases import audit
from fairapp.usecases.fairs import fair_of
from fairapp.usecases.fairs_plans import KeepDraft, keep_draft, plan_of

MOST_METRES = 1_000.0


@dataclass(frozen=True, slots=True)
class BeginHall:
    """An empty hall to draw in: in the draft ``plan_id``, or in a new one beside the halls there are."""

    fair_id: int
    hall: str
    width_m: float
    depth_m: float
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class SaveDrawing:
    """A hall as it was drawn, as GeoJSON features, over the draft's ``revision`` that was opened."""

    plan_id: int
    hall: str
    revision: int
    features: Sequence[Any]


@dataclass(frozen=True, slots=True)
class AddRows:
    """Rows by a rule, added to a hall of a draft."""

    plan_id: int
    hall: str
    rule: RowRule


@dataclass(frozen=True, slots=True)
class ChangeBooth:
    """A booth's numbers: its code, its corner, its size and its turn make it a rectangle."""

    plan_id: int
    number: int
    code: str
    x: float
    y: float
    width: float
    depth: float
    turn: float = 0.0
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save made: the plan, and the shapes that could not be taken (then nothing was saved)."""

    plan: FloorPlan
    refused: tuple[Finding, ...] = ()
    base: int = 0
    """A shape's number less this is its place in the drawing, from 1."""


def begin_hall(session: Session, actor: Actor, order: BeginHall, now: datetime) -> FloorPlan:
    """Add an empty hall to a draft, or begin a new version with it.

    :raises Refused: when the draft has a hall of this code, or the size is none.
    """
    name = " ".join(order.hall.split())
    if not name or not all(3 <= size <= MOST_METRES for size in (order.width_m, order.depth_m)):
        raise Refused(PlanRefusal.HALL_SIZE)
    ring = ((0.0, 0.0), (order.width_m, 0.0), (order.width_m, order.depth_m), (0.0, order.depth_m))
    hall = HallOutline(name[:40], (ring,))
    if order.plan_id is None:
        empty = PlanDraft((hall,), ())
        return keep_draft(session, actor, KeepDraft(order.fair_id, empty, keeps_halls=True), now)
    plan = plan_of(session, actor, order.plan_id)
    draft = from_json(plan.body)
    if any(each.name.casefold() == hall.name.casefold() for each in draft.halls):
        raise Refused(PlanRefusal.HALL_TAKEN, hall=hall.name)
    _keep(session, actor, plan, replace(draft, halls=(*draft.halls, hall)), hall.name, now)
    return plan


def copy_version(session: Session, actor: Actor, plan_id: int, now: datetime) -> FloorPlan:
    """Make a new draft that begins as another version is."""
    plan = session.get(FloorPlan, plan_id)
    if plan is None:
        raise Missing
    fair_of(session, actor, plan.fair_id, Permission.PLAN_EDIT)
    made = keep_draft(session, actor, KeepDraft(plan.fair_id, from_json(plan.body), plan.source_name), now)
    made.backgrounds = plan.backgrounds
    return made


def save_drawing(session: Session, actor: Actor, order: SaveDrawing, now: datetime) -> Saved:
    """Put the drawing of one hall in the place of what the draft has of it; all of it or nothing.

    :raises Refused: when somebody saved the draft since it was opened.
    """
    plan = plan_of(session, actor, order.plan_id)
    if plan.revision != order.revision:
        raise Refused(PlanRefusal.CHANGED_MEANWHILE, version=plan.version)
    read, refused = read_hall(order.features, order.hall)
    if refused:
        return Saved(plan, refused)
    draft, base = _with_hall(from_json(plan.body), read, order.hall)
    _keep(session, actor, plan, draft, order.hall, now)
    return Saved(plan, base=base)


def read_hall(features: Sequence[Any], hall: str) -> tuple[PlanDraft, tuple[Finding, ...]]:
    """A drawing's features through the checks of every import: the hall, and what cannot be taken."""
    from fairapp.adapters.plans.features import take_features

    mine = [_in_hall(feature, hall) for feature in features]
    read = take_features(mine, hall)
    return read.draft, read.refused


def save_as_new(session: Session, actor: Actor, order: SaveDrawing, now: datetime) -> Saved:
    """Keep a drawing that came too late as a version of its own: nobody's work is lost."""
    plan = session.get(FloorPlan, order.plan_id)
    if plan is None:
        raise Missing
    fair_of(session, actor, plan.fair_id, Permission.PLAN_EDIT)
    read, refused = read_hall(order.features, order.hall)
    if refused:
        return Saved(plan, refused)
    draft, _base = _with_hall(from_json(plan.body), read, order.hall)
    made = keep_draft(session, actor, KeepDraft(plan.fair_id, draft, plan.source_name), now)
    made.backgrounds = plan.backgrounds
    return Saved(made)


def add_rows(session: Session, actor: Actor, order: AddRows, now: datetime) -> FloorPlan:
    """Lay out rows by a rule in a hall of a draft.

    :raises Refused: when the rule makes no rows, or a code of it is taken.
    """
    plan = plan_of(session, actor, order.plan_id)
    draft = from_json(plan.body)
    if order.hall not in {hall.name for hall in draft.halls}:
        raise Missing
    if faults := faults_of(order.rule):
        raise Refused(*faults)
    laid = laid_out(order.rule)
    taken = {folded(code) for booth in draft.booths_of(order.hall) for code in booth.codes}
    if twice := [each.code for each in laid if folded(each.code) in taken]:
        raise Refused(PlanRefusal.CODES_TAKEN, codes=", ".join(twice[:10]))
    free = _free_number(draft)
    booths = tuple(
        BoothOutline(free + n, order.hall, each.code, (each.ring,), round(area((each.ring,)), 2))
        for n, each in enumerate(laid)
    )
    _keep(session, actor, plan, replace(draft, booths=(*draft.booths, *booths)), order.hall, now)
    return plan


def change_booth(session: Session, actor: Actor, order: ChangeBooth, now: datetime) -> FloorPlan:
    """Give a booth of a draft its numbers, or take it out of the draft.

    :raises Refused: when its code is missing or taken, or its size is none.
    """
    plan = plan_of(session, actor, order.plan_id)
    draft = from_json(plan.body)
    booth = next((each for each in draft.booths if each.number == order.number), None)
    if booth is None:
        raise Missing
    rest = tuple(each for each in draft.booths if each is not booth)
    if order.leaves:
        _keep(session, actor, plan, replace(draft, booths=rest), booth.hall, now)
        return plan
    code = " ".join(order.code.split())[:64]
    others = {folded(one) for each in rest if each.hall == booth.hall for one in each.codes}
    if not code or folded(code) in others:
        raise Refused(PlanRefusal.CODE_NEEDED, booth=booth.code or f"#{booth.number}")
    if not all(0.5 <= size <= 500 for size in (order.width, order.depth)):
        raise Refused(PlanRefusal.HALL_SIZE)
    rings = rectangle(order.x, order.y, order.width, order.depth, order.turn)
    changed = replace(booth, code=code, rings=rings, area_m2=round(area(rings), 2))
    booths = tuple(changed if each is booth else each for each in draft.booths)
    _keep(session, actor, plan, replace(draft, booths=booths), booth.hall, now)
    return plan


def rectangle(x: float, y: float, width: float, depth: float, turn: float) -> Rings:
    """A rectangle turned around its first corner."""
    cosine, sine = cos(radians(turn)), sin(radians(turn))
    corners = ((0.0, 0.0), (width, 0.0), (width, depth), (0.0, depth))
    return (
        tuple((round(x + a * cosine - b * sine, 3), round(y + a * sine + b * cosine, 3)) for a, b in corners),
    )


def _keep(
    session: Session, actor: Actor, plan: FloorPlan, draft: PlanDraft, hall: str, now: datetime
) -> None:
    plan.body = to_json(with_open_sides(with_zones(draft)))
    plan.revision += 1
    plan.report = {**plan.report, "halls": len(draft.halls), "booths": len(draft.booths)}
    session.flush()
    audit.record(
        session,
        actor,
        "plan.drawn",
        now,
        fair_id=plan.fair_id,
        plan=plan.id,
        version=plan.version,
        hall=hall,
        revision=plan.revision,
    )


def _in_hall(feature: Any, hall: str) -> Any:
    """The feature as one of this hall, whatever it says."""
    if not isinstance(feature, Mapping) or not isinstance(feature.get("properties"), Mapping):
        return feature
    return {**feature, "properties": {**feature["properties"], "hall": hall}}


def _with_hall(draft: PlanDraft, read: PlanDraft, hall: str) -> tuple[PlanDraft, int]:
    """The draft with one hall exchanged, and the number after which its own go on."""
    if hall not in {each.name for each in draft.halls}:
        raise Missing
    others = tuple(each for each in draft.booths if each.hall != hall)
    beside = tuple(each for each in draft.facilities if each.hall != hall)
    base = max((*(b.number for b in others), *(f.number for f in beside)), default=0)
    drawn = next((each.rings for each in read.halls if each.name == hall), ())
    halls, booths, facilities = (
        tuple(replace(each, rings=drawn) if each.name == hall else each for each in draft.halls),
        (*others, *(replace(each, number=base + each.number) for each in read.booths)),
        (*beside, *(replace(each, number=base + each.number) for each in read.facilities)),
    )
    return PlanDraft(halls, booths, facilities), base


def _free_number(draft: PlanDraft) -> int:
    return max((*(b.number for b in draft.booths), *(f.number for f in draft.facilities)), default=0) + 1
