"""Questions about badges: whose they are, how many are allotted, which one a code means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.badges import COUNTED
from fairapp.rules.errors import Missing
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.badges import Badge
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth


def visible_badges(actor: Actor) -> Select[Badge]:
    """The badges of the actor's own organisations, and of the fairs in which it approves them."""
    fairs = actor.fairs_with(Permission.BADGE_APPROVE)
    theirs: ColumnElement[bool] = true() if fairs is None else Badge.fair_id.in_(fairs)
    if fairs == frozenset():
        theirs = false()
    own = select(Exhibitor.id).where(Exhibitor.organisation_id.in_(actor.organisation_ids))
    return select(Badge).where(or_(theirs, Badge.exhibitor_id.in_(own)))


def badges_for_update(session: Session, actor: Actor, badge_ids: Iterable[int]) -> Sequence[Badge]:
    """These badges with their exhibitors, by number, all rows locked.

    :raises Missing: when one is not there, or not for this actor.
    """
    wanted = sorted(set(badge_ids))
    found: list[Badge] = []
    for start in range(0, len(wanted), 500):
        found += session.scalars(
            visible_badges(actor)
            .where(Badge.id.in_(wanted[start : start + 500]))
            .options(joinedload(Badge.exhibitor))
            .order_by(Badge.id)
            .with_for_update(of=Badge, **LOCK)
            .execution_options(populate_existing=True)
        )
    if len(found) < len(wanted):
        raise Missing
    return found


def badge_of(session: Session, actor: Actor, badge_id: int) -> Badge:
    """The badge with its row locked, if the actor sees it.

    :raises Missing: when there is none, or none for this actor.
    """
    found = session.scalar(
        visible_badges(actor)
        .where(Badge.id == badge_id)
        .with_for_update(of=Badge, **LOCK)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing
    return found


def exhibitor_for_update(session: Session, actor: Actor, exhibitor_id: int) -> Exhibitor:
    """The exhibitor with its row locked, for its own members and the fair's organisers.

    :raises Missing: when there is none, or none for this actor.
    """
    found = session.scalar(
        select(Exhibitor)
        .where(Exhibitor.id == exhibitor_id)
        .with_for_update(of=Exhibitor, **LOCK)
        .execution_options(populate_existing=True)
    )
    if found is None or not (
        found.organisation_id in actor.organisation_ids or actor.may(Permission.BADGE_APPROVE, found.fair_id)
    ):
        raise Missing
    return found


def exhibitor_seen(session: Session, actor: Actor, exhibitor_id: int) -> Exhibitor:
    """The exhibitor with its fair and organisation for reading, for those who may name its people.

    :raises Missing: when there is none, or none for this actor.
    """
    found = session.scalar(
        select(Exhibitor)
        .where(Exhibitor.id == exhibitor_id)
        .options(joinedload(Exhibitor.fair), joinedload(Exhibitor.organisation))
    )
    if found is None or not (
        found.organisation_id in actor.organisation_ids or actor.may(Permission.BADGE_APPROVE, found.fair_id)
    ):
        raise Missing
    return found


def without_badge(session: Session, fair_id: int) -> Sequence[Exhibitor]:
    """The fair's exhibitors that have not left and for whom no badge is named, by number, rows locked."""
    has_one = exists().where(Badge.exhibitor_id == Exhibitor.id, Badge.state.in_(COUNTED))
    asked = (
        select(Exhibitor)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None), ~has_one)
        .options(joinedload(Exhibitor.organisation))
        .order_by(Exhibitor.id)
        .with_for_update(of=Exhibitor, **LOCK)
    )
    return session.scalars(asked).all()


def floor_of(session: Session, exhibitor_id: int) -> tuple[float, int]:
    """The m² that the exhibitor holds, and how many others share them; a shared place counts 0.1."""
    return floors_of(session, [exhibitor_id]).get(exhibitor_id, (0.0, 0))


def floors_of(session: Session, exhibitor_ids: Sequence[int] | Select[Any]) -> dict[int, tuple[float, int]]:
    """The same of many exhibitors, as far as they have a place: numbers, or the question for all of them."""
    of_theirs = (BoothClaim.exhibitor_id.in_(exhibitor_ids), BoothClaim.state.in_(LIVE))
    held = (
        select(BoothClaim.exhibitor_id, func.sum(Booth.area_m2))
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(*of_theirs)
        .group_by(BoothClaim.exhibitor_id)
    )
    sharing = (
        select(BoothClaim.exhibitor_id, func.count(distinct(CoExhibitor.exhibitor_id)))
        .join(CoExhibitor, CoExhibitor.claim_id == BoothClaim.id)
        .where(*of_theirs)
        .group_by(BoothClaim.exhibitor_id)
    )
    guests = (
        select(CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .where(CoExhibitor.exhibitor_id.in_(exhibitor_ids), BoothClaim.state.in_(LIVE))
    )
    areas, others = dict(session.execute(held).all()), dict(session.execute(sharing).all())
    places = dict.fromkeys(session.scalars(guests), 0.1) | areas
    return {each: (area, others.get(each, 0)) for each, area in places.items()}


def badges_counted(session: Session, exhibitor_id: int) -> int:
    """How much of the allotment is used."""
    counted = select(func.count()).where(Badge.exhibitor_id == exhibitor_id, Badge.state.in_(COUNTED))
    return session.scalar(counted) or 0


def badges_of(session: Session, exhibitor_id: int) -> Sequence[Badge]:
    """Every badge of the exhibitor, the oldest first."""
    return session.scalars(select(Badge).where(Badge.exhibitor_id == exhibitor_id).order_by(Badge.id)).all()
