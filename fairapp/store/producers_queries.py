"""Organisations and what belongs to them, as their members look for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor
from fairapp.rules.allocation import LIVE
from fairapp.rules.errors import Missing
from fairapp.rules.fairs import FairState
from fairapp.rules.producers import Profile, token_digest
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.producers import Certificate, Invitation, Membership, Organisation, Photo, Product


def is_from(place: str) -> ColumnElement[bool]:
    """Whether an organisation is of this province (``"01"``) or country (``"JP"``), if one is said."""
    if not place:
        return true()
    if place.isdigit():
        return and_(Organisation.country == "VN", Organisation.province_code == place)
    return Organisation.country == place


def visible_organisations(actor: Actor) -> Select[Organisation]:
    """Those the actor acts for."""
    wanted = select(Organisation)
    return wanted if actor.is_system else wanted.where(Organisation.id.in_(actor.organisation_ids))


def organisation_of(session: Session, actor: Actor, organisation_id: int, lock: bool = False) -> Organisation:
    """The organisation, if the actor acts for it; with its row locked when it is to be changed.

    :raises Missing: when there is none, or none of theirs.
    """
    wanted = visible_organisations(actor).where(Organisation.id == organisation_id)
    if lock:
        wanted = wanted.with_for_update(of=Organisation, **LOCK).execution_options(populate_existing=True)
    else:
        wanted = wanted.options(joinedload(Organisation.logo))
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def own_organisations(session: Session, actor: Actor) -> Sequence[Organisation]:
    """Every organisation the actor acts for, by name."""
    wanted = visible_organisations(actor).options(joinedload(Organisation.logo))
    return session.scalars(wanted.order_by(Organisation.name_key, Organisation.id)).all()


def products_of(session: Session, organisation_id: int) -> Sequence[Product]:
    """The organisation's products in their order, with their photos."""
    return session.scalars(
        select(Product)
        .where(Product.organisation_id == organisation_id, Product.removed_at.is_(None))
        .options(joinedload(Product.photo))
        .order_by(Product.position, Product.id)
    ).all()


def product_of(session: Session, organisation_id: int, product_id: int) -> Product:
    """One product of the organisation.

    :raises Missing: when it has none such, or removed it.
    """
    found = session.scalar(
        select(Product).where(
            Product.id == product_id,
            Product.organisation_id == organisation_id,
            Product.removed_at.is_(None),
        )
    )
    if found is None:
        raise Missing
    return found


def certificates_of(session: Session, product_ids: Sequence[int]) -> dict[int, Certificate]:
    """The latest certificate of each product that has one."""
    rows = session.scalars(
        select(Certificate)
        .where(Certificate.product_id.in_(product_ids))
        .order_by(Certificate.issued_on, Certificate.id)
    )
    return {paper.product_id: paper for paper in rows}


def gallery_of(session: Session, organisation: Organisation) -> Sequence[Photo]:
    """The organisation's own photos: neither its logo nor a product's picture."""
    of_products = select(Product.photo_id).where(
        Product.organisation_id == organisation.id, Product.photo_id.is_not(None)
    )
    wanted = select(Photo).where(Photo.organisation_id == organisation.id, Photo.id.not_in(of_products))
    if organisation.logo_id is not None:
        wanted = wanted.where(Photo.id != organisation.logo_id)
    return session.scalars(wanted.order_by(Photo.position, Photo.id)).all()


def members_of(session: Session, organisation_ids: Sequence[int]) -> Sequence[Membership]:
    """Who acts for the organisations, with their accounts, the longest-standing first."""
    return session.scalars(
        select(Membership)
        .where(Membership.organisation_id.in_(organisation_ids))
        .options(joinedload(Membership.account))
        .order_by(Membership.since, Membership.id)
    ).all()


def open_invitations(session: Session, organisation_id: int, now: datetime) -> Sequence[Invitation]:
    """Letters that may still be answered, the newest first."""
    return session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.answered_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id.desc())
    ).all()


def open_invitation(session: Session, token: str, now: datetime, lock: bool = False) -> Invitation | None:
    """The invitation of this link's token while it may be answered, with its organisation."""
    wanted = (
        select(Invitation)
        .where(Invitation.digest == token_digest(token))
        .where(Invitation.answered_at.is_(None), Invitation.expires_at > now)
        .options(joinedload(Invitation.organisation, innerjoin=True))
    )
    if lock:
        wanted = wanted.with_for_update(of=Invitation, **LOCK).execution_options(populate_existing=True)
    return session.scalar(wanted)


def own_applications(session: Session, organisation_ids: Sequence[int]) -> Sequence[Application]:
    """The organisations' applications with their fairs, the latest fair first."""
    return session.scalars(
        select(Application)
        .join(Application.fair)
        .where(Application.organisation_id.in_(organisation_ids))
        .options(joinedload(Application.fair))
        .order_by(Fair.starts_on.desc(), Application.id)
    ).all()


def with_a_booth(session: Session, organisation_ids: Sequence[int]) -> frozenset[int]:
    """The organisations' applications that a booth has been assigned to."""
    found = session.scalars(
        select(Exhibitor.application_id)
        .join(BoothClaim, BoothClaim.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.organisation_id.in_(organisation_ids), BoothClaim.state.in_(LIVE))
    )
    return frozenset(each for each in found if each is not None)


def fairs_taking_applications(session: Session, now: datetime) -> Sequence[Fair]:
    """Published fairs for which somebody may apply at this moment, the soonest deadline first."""
    return session.scalars(
        select(Fair)
        .where(
            Fair.state == FairState.PUBLISHED,
            Fair.starts_on > now.date(),
            or_(Fair.apply_from.is_(None), Fair.apply_from <= now),
            or_(Fair.apply_until.is_(None), Fair.apply_until > now),
        )
        .order_by(Fair.apply_until, Fair.id)
        .limit(20)
    ).all()


def profiles_of(session: Session, organisations: Sequence[Organisation]) -> dict[int, Profile]:
    """How far each organisation's profile is filled in, counted for all at once."""
    ids = [each.id for each in organisations]
    products = _counted(session, Product.organisation_id, ids, Product.removed_at.is_(None))
    photos = _counted(session, Photo.organisation_id, ids)
    return {
        each.id: Profile(
            has_number=bool(each.tax_code or each.personal_number) or each.country != "VN",
            has_place=bool(each.commune_code or (each.country != "VN" and each.place)),
            has_contact=bool(each.phone or each.email),
            has_story=any(each.story.values()),
            photos=photos.get(each.id, 0),
            products=products.get(each.id, 0),
        )
        for each in organisations
    }


def _counted(session: Session, key: object, ids: Sequence[int], *where: object) -> dict[int, int]:
    rows = session.execute(select(key, func.count()).where(key.in_(ids), *where).group_by(key))  # type: ignore[attr-defined,call-overload]
    return {row[0]: row[1] for row in rows}
