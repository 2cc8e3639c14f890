"""Questions about fairs: which are open to whom, what stands in their halls, who is told of changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE, SHOWN, ClaimState
from fairapp.rules.applications import State
from fairapp.rules.fairs import FairState, PlanState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.claim_days import part_days
from fairapp.store.fairs import Booth, BoothKind, Fair, FloorPlan, Hall, ProductGroup
from fairapp.store.gate import Gate
from fairapp.store.holds import live_at
from fairapp.store.producers import Organisation, Product
from fairapp.store.schemes import groups_of_scheme

TOLD = frozenset(State) - {State.DRAFT, State.WITHDRAWN, State.DECLINED, State.CANCELLED, State.LAPSED}
"""Applicants who still count on the fair."""
_NAME: tuple[Any, ...] = (
    Organisation.id,
    Organisation.name,
    Organisation.name_language,
    Organisation.name_latin,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands in a booth: the claim's state and its exhibitors, the holder first."""

    state: ClaimState
    names: tuple[tuple[int, str, str, str], ...]
    """(organisation id, name, its language, its name in Latin letters)"""
    when: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    """By organisation its days, where the booth is shared by days."""


@dataclass(frozen=True, slots=True)
class HallNumbers:
    """What a hall holds: its let booths, and the product groups shown there, the commonest first."""

    hall: Hall
    booths: int
    groups: tuple[str, ...]


def open_fairs(session: Session) -> Sequence[Fair]:
    """The fairs that everybody may see, the next ones first."""
    return session.scalars(
        select(Fair).where(Fair.state != FairState.PLANNED).order_by(Fair.starts_on, Fair.id)
    ).all()


def fairs_of(session: Session, actor: Actor) -> Sequence[Fair]:
    """The fairs that the actor has a part in, the latest first."""
    seen = actor.fairs_with(Permission.FAIR_SEE)
    wanted = select(Fair).order_by(Fair.starts_on.desc(), Fair.id.desc())
    return session.scalars(wanted if seen is None else wanted.where(Fair.id.in_(seen))).all()


def exhibitors_by_fair(session: Session, fair_ids: Iterable[int]) -> Mapping[int, int]:
    """How many exhibitors each of the fairs has."""
    counted = (
        select(Exhibitor.fair_id, func.count())
        .where(Exhibitor.fair_id.in_(list(fair_ids)), Exhibitor.left_at.is_(None))
        .group_by(Exhibitor.fair_id)
    )
    return dict(session.execute(counted).all())


def fairs_ahead(session: Session, today: date) -> Sequence[Fair]:
    """The published fairs that are not over yet."""
    wanted = select(Fair).where(Fair.state == FairState.PUBLISHED, Fair.ends_on >= today)
    return session.scalars(wanted.order_by(Fair.id)).all()


def groups_of(session: Session, fair: Fair) -> Sequence[ProductGroup]:
    """The product groups of the fair's scheme in their order."""
    return groups_of_scheme(session, fair.scheme)


def schemes(session: Session) -> Sequence[str]:
    """The schemes of product groups there are."""
    return session.scalars(select(ProductGroup.scheme).distinct().order_by(ProductGroup.scheme)).all()


def kinds_of(session: Session, fair_id: int) -> Sequence[BoothKind]:
    """The kinds of booths that the fair offers."""
    return session.scalars(
        select(BoothKind).where(BoothKind.fair_id == fair_id).order_by(BoothKind.position, BoothKind.id)
    ).all()


def halls_of(session: Session, fair_id: int) -> Sequence[Hall]:
    """The fair's halls in their order."""
    return session.scalars(select(Hall).where(Hall.fair_id == fair_id).order_by(Hall.position, Hall.id)).all()


def gates_of(session: Session, fair_id: int) -> Sequence[Gate]:
    """The fair's gates in their order."""
    return session.scalars(select(Gate).where(Gate.fair_id == fair_id).order_by(Gate.position, Gate.id)).all()


def booths_of(session: Session, hall_id: int) -> Sequence[Booth]:
    """The booths of a hall that stand on the plan, by code."""
    return session.scalars(
        select(Booth).where(Booth.hall_id == hall_id, Booth.retired_at.is_(None)).order_by(Booth.code)
    ).all()


def booth_called(session: Session, fair_id: int, code: str) -> Booth | None:
    """The fair's booth with this code on its sign."""
    return session.scalar(
        select(Booth)
        .where(Booth.fair_id == fair_id, func.upper(Booth.code) == code.upper(), Booth.retired_at.is_(None))
        .order_by(Booth.id)
        .limit(1)
    )


def standings(session: Session, hall: Hall, now: datetime, day: date | None = None) -> Mapping[int, Standing]:
    """By booth of the hall, who stands there on the day, or on any: in the order of their days.

    A hold or an offer whose time is up by ``now`` keeps nothing.
    """
    hall_id, parts = hall.id, part_days(session, hall.fair, hall.id)
    holders = (
        select(BoothClaim.id, BoothClaim.booth_id, BoothClaim.state, *_NAME)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.hall_id == hall_id, live_at(now))
        .order_by(BoothClaim.id)
    )
    sharers = (
        select(CoExhibitor.claim_id, *_NAME)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Exhibitor, Exhibitor.id == CoExhibitor.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.hall_id == hall_id, live_at(now))
        .order_by(CoExhibitor.id)
    )
    beside: dict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
    for claim_id, *name in session.execute(sharers):
        beside[claim_id].append((name[0], name[1], name[2], name[3]))
    found: dict[int, Standing] = {}
    claims = session.execute(holders).all()
    for claim_id, booth_id, state, *name in sorted(claims, key=lambda claim: parts.get(claim[0], ())):
        if day is not None and day not in parts.get(claim_id, (day,)):
            continue
        there = ((name[0], name[1], name[2], name[3]), *beside[claim_id])
        days = {each[0]: parts[claim_id] for each in there} if claim_id in parts else {}
        before = found.get(booth_id)
        if before is None or (state in SHOWN and before.state not in SHOWN):
            found[booth_id] = Standing(state, there, days)
        elif state in SHOWN:  # whoever only holds a day has no name yet
            found[booth_id] = Standing(before.state, (*before.names, *there), {**before.when, **days})
    return found


def main_groups(session: Session, fair: Fair, hall_id: int | None = None) -> Mapping[int, str]:
    """By organisation of the fair (or hall), the code of the group that most of its products are in."""
    counted = (
        select(Product.organisation_id, Product.group_code, func.count().label("many"))
        .where(
            Product.removed_at.is_(None),
            Product.scheme == fair.scheme,
            Product.organisation_id.in_(organisations_in(fair.id, hall_id)),
        )
        .group_by(Product.organisation_id, Product.group_code)
        .order_by(func.count().desc(), func.min(Product.position), Product.group_code)
    )
    best: dict[int, str] = {}
    for organisation_id, group, _many in session.execute(counted):
        best.setdefault(organisation_id, group)
    return best


def organisations_in(fair_id: int, hall_id: int | None = None) -> Select[int]:
    """The organisations that exhibit in the fair; with a hall, those that stand in it."""
    if hall_id is None:
        return select(Exhibitor.organisation_id).where(
            Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None)
        )
    held = (
        select(Exhibitor.organisation_id)
        .join(BoothClaim, BoothClaim.exhibitor_id == Exhibitor.id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.hall_id == hall_id, BoothClaim.state.in_(LIVE))
    )
    shared = (
        select(Exhibitor.organisation_id)
        .join(CoExhibitor, CoExhibitor.exhibitor_id == Exhibitor.id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.hall_id == hall_id, BoothClaim.state.in_(LIVE))
    )
    both = held.union(shared).subquery()
    return select(both.c.organisation_id)


def hall_numbers(session: Session, fair: Fair) -> list[HallNumbers]:
    """Every hall with its let booths and the groups that stand there."""
    booths = dict(
        session.execute(
            select(Booth.hall_id, func.count())
            .where(Booth.fair_id == fair.id, Booth.retired_at.is_(None), Booth.is_let)
            .group_by(Booth.hall_id)
        ).all()
    )
    groups: dict[int, list[str]] = defaultdict(list)
    for hall_id, group, _many in session.execute(
        select(Booth.hall_id, Product.group_code, func.count(Product.id.distinct()))
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Product, Product.organisation_id == Exhibitor.organisation_id)
        .where(Booth.fair_id == fair.id, BoothClaim.state.in_(SHOWN))
        .where(Product.removed_at.is_(None), Product.scheme == fair.scheme)
        .group_by(Booth.hall_id, Product.group_code)
        .order_by(func.count(Product.id.distinct()).desc(), Product.group_code)
    ):
        groups[hall_id].append(group)
    return [
        HallNumbers(hall, booths.get(hall.id, 0), tuple(groups[hall.id]))
        for hall in halls_of(session, fair.id)
        if booths.get(hall.id)
    ]


def applicants_to_tell(fair_id: int) -> Select[int]:
    """The applications whose people read of a postponed or cancelled fair."""
    return (
        select(Application.id)
        .where(Application.fair_id == fair_id, Application.state.in_(TOLD))
        .order_by(Application.id)
    )


def plans_of(session: Session, fair_id: int) -> Sequence[FloorPlan]:
    """The versions of the fair's plan, the newest first, without their bodies."""
    return session.scalars(
        select(FloorPlan)
        .where(FloorPlan.fair_id == fair_id)
        .options(defer(FloorPlan.body))
        .order_by(FloorPlan.version.desc())
    ).all()


def plan_version(session: Session, fair_id: int, version: int) -> FloorPlan | None:
    """One version of the fair's plan."""
    return session.scalar(select(FloorPlan).where(FloorPlan.fair_id == fair_id, FloorPlan.version == version))


def plan_in_force(session: Session, fair_id: int) -> FloorPlan | None:
    """The version that everybody sees."""
    return session.scalar(
        select(FloorPlan).where(FloorPlan.fair_id == fair_id, FloorPlan.state == PlanState.PUBLISHED)
    )


def holders_by_code(session: Session, fair_id: int, now: datetime) -> Mapping[tuple[str, str], str]:
    """By (hall, booth code), the name of whoever holds the booth."""
    held = (
        select(Hall.code, Booth.code, Organisation.name)
        .select_from(BoothClaim)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Hall, Hall.id == Booth.hall_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.fair_id == fair_id, live_at(now))
        .order_by(BoothClaim.id)
    )
    found: dict[tuple[str, str], str] = {}
    for hall, code, name in session.execute(held):
        found.setdefault((hall, code), name)
    return found
