"""Questions about badges: whose they are, how many are allotted, which one a code means."""

from __future__ import annotations

from collections.abc import Sequence

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
    """The fair's exhibitors, by number, that have not left and for whom no badge is named."""
    has_one = exists().where(Badge.exhibitor_id == Exhibitor.id, Badge.state.in_(COUNTED))
    asked = (
        select(Exhibitor)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None), ~has_one)
        .options(joinedload(Exhibitor.organisation))
        .order_by(Exhibitor.id)
    )
    return session.scalars(asked).all()


def floor_of(session: Session, exhibitor_id: int) -> tuple[float, int]:
    """The m² that the exhibitor holds, and how many others share them; a shared place counts 0.1."""
    held = (
        select(BoothClaim.id, Booth.area_m2)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(BoothClaim.exhibitor_id == exhibitor_id, BoothClaim.state.in_(LIVE))
    )
    rows = session.execute(held).all()
    sharing = 0
    if rows:
        sharing = (
            session.scalar(
                select(func.count(distinct(CoExhibitor.exhibitor_id))).where(
                    CoExhibitor.claim_id.in_([claim_id for claim_id, _ in rows])
                )
            )
            or 0
        )
    elif session.scalar(select(CoExhibitor.id).where(CoExhibitor.exhibitor_id == exhibitor_id).limit(1)):
        return 0.1, 0
    return sum(area for _, area in rows), sharing


def badges_counted(session: Session, exhibitor_id: int) -> int:
    """How much of the allotment is used."""
    counted = select(func.count()).where(Badge.exhibitor_id == exhibitor_id, Badge.state.in_(COUNTED))
    return session.scalar(counted) or 0


def badges_of(session: Session, exhibitor_id: int) -> Sequence[Badge]:
    """Every badge of the exhibitor, the oldest first."""
    return session.scalars(select(Badge).where(Badge.exhibitor_id == exhibitor_id).order_by(Badge.id)).all()
