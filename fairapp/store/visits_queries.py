"""Questions behind a booth's public page: who stands there, with what, and who else is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.allocation import SHOWN, ClaimState
from fairapp.rules.days import in_order_of_visit
from fairapp.rules.fairs import days_of
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.claim_days import days_of_claims
from fairapp.store.fairs import Booth, Fair, Hall
from fairapp.store.producers import Organisation, Photo, Product

MOST_NEIGHBOURS = 6


@dataclass(slots=True)
class Presented:
    """One exhibitor as its visitors meet it."""

    organisation: Organisation
    products: list[Product] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    days: tuple[date, ...] = ()
    """When it is here; empty: on every day."""


def booth_by_code(session: Session, short_code: str) -> Booth | None:
    """The booth whose QR says ``short_code``, with its hall and fair."""
    return session.scalar(
        select(Booth)
        .where(Booth.short_code == short_code)
        .options(joinedload(Booth.hall), joinedload(Booth.fair))
    )


def exhibitors_at(session: Session, booth: Booth, today: date) -> list[Presented]:
    """Everybody who stands there, with what they make: who is here today first, holders before their guests.

    Then whoever comes next, and last whoever has been there.
    """
    claims = (
        select(BoothClaim.id).where(BoothClaim.booth_id == booth.id, BoothClaim.state.in_(SHOWN)).subquery()
    )
    holders = session.scalars(
        select(Organisation)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .join(BoothClaim, BoothClaim.exhibitor_id == Exhibitor.id)
        .where(BoothClaim.id.in_(select(claims)))
        .options(joinedload(Organisation.logo))
        .order_by(BoothClaim.id)
    )
    sharing = session.scalars(
        select(Organisation)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .join(CoExhibitor, CoExhibitor.exhibitor_id == Exhibitor.id)
        .where(CoExhibitor.claim_id.in_(select(claims)))
        .options(joinedload(Organisation.logo))
        .order_by(CoExhibitor.id)
    )
    there = {each.id: Presented(each) for each in (*holders, *sharing)}
    for organisation_id, days in _days_here(session, booth).items():
        there[organisation_id].days = days
    products = session.scalars(
        select(Product)
        .where(Product.organisation_id.in_(list(there)), Product.removed_at.is_(None))
        .options(joinedload(Product.photo))
        .order_by(Product.position, Product.id)
    )
    for product in products:
        there[product.organisation_id].products.append(product)
    for photo in session.scalars(
        select(Photo).where(Photo.organisation_id.in_(list(there))).order_by(Photo.position, Photo.id)
    ):
        there[photo.organisation_id].photos.append(photo)
    found = list(there.values())
    return [found[place] for place in in_order_of_visit([each.days for each in found], today)]


def _days_here(session: Session, booth: Booth) -> dict[int, tuple[date, ...]]:
    """By organisation its days at the booth, where it is shared by days."""
    claims = select(BoothClaim.id).where(BoothClaim.booth_id == booth.id, BoothClaim.state.in_(SHOWN))
    when = days_of_claims(session, session.scalars(claims))
    whole = len(days_of(booth.fair.starts_on, booth.fair.ends_on))
    parts = {claim_id: days for claim_id, days in when.items() if len(days) < whole}
    if not parts:
        return {}
    own = (
        select(BoothClaim.id, Exhibitor.organisation_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .where(BoothClaim.id.in_(parts))
    )
    shared = (
        select(CoExhibitor.claim_id, Exhibitor.organisation_id)
        .join(Exhibitor, Exhibitor.id == CoExhibitor.exhibitor_id)
        .where(CoExhibitor.claim_id.in_(parts))
    )
    rows = (*session.execute(shared), *session.execute(own))
    return {organisation_id: parts[claim_id] for claim_id, organisation_id in rows}


def moved_from(session: Session, booth: Booth) -> tuple[Organisation, Booth] | None:
    """Who left this booth last, and the booth where it stands now."""
    last = session.scalar(
        select(BoothClaim)
        .where(BoothClaim.booth_id == booth.id, BoothClaim.state == ClaimState.MOVED)
        .order_by(BoothClaim.ended_at.desc(), BoothClaim.id.desc())
        .limit(1)
    )
    if last is None:
        return None
    now_at = session.scalar(
        select(Booth)
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .where(BoothClaim.exhibitor_id == last.exhibitor_id, BoothClaim.state.in_(SHOWN))
        .options(joinedload(Booth.hall))
        .order_by(BoothClaim.id.desc())
        .limit(1)
    )
    organisation = session.scalar(
        select(Organisation)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.id == last.exhibitor_id)
    )
    return None if now_at is None or organisation is None else (organisation, now_at)


def hall_booths(session: Session, hall: Hall) -> Sequence[Booth]:
    """The booths drawn in a hall."""
    return session.scalars(
        select(Booth).where(Booth.hall_id == hall.id, Booth.retired_at.is_(None)).order_by(Booth.id)
    ).all()


def holders_of_hall(session: Session, hall: Hall) -> dict[int, tuple[str, str | None]]:
    """For each held booth of the hall: the holder's name, and the group of its first product."""
    first = (
        select(Product.organisation_id, func.min(Product.id).label("product_id"))
        .where(Product.removed_at.is_(None))
        .group_by(Product.organisation_id)
        .subquery()
    )
    rows = session.execute(
        select(BoothClaim.booth_id, Organisation.name, Product.group_code)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(first, first.c.organisation_id == Organisation.id)
        .outerjoin(Product, Product.id == first.c.product_id)
        .where(Booth.hall_id == hall.id, BoothClaim.state.in_(SHOWN))
    )
    return {booth_id: (name, group) for booth_id, name, group in rows}


def others_like(
    session: Session, fair: Fair, there: Sequence[Organisation], group_codes: Sequence[str]
) -> Sequence[tuple[Booth, Organisation]]:
    """Booths of the fair whose holders come from the same province or make the same group of things."""
    kin = select(Product.organisation_id).where(
        Product.group_code.in_(group_codes), Product.removed_at.is_(None)
    )
    provinces = [each.province_code for each in there if each.province_code]
    same_province = Organisation.province_code.in_(provinces)
    rows = session.execute(
        select(Booth, Organisation)
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.fair_id == fair.id, Booth.retired_at.is_(None), BoothClaim.state.in_(SHOWN))
        .where(Organisation.id.not_in([each.id for each in there]))
        .where(same_province | Organisation.id.in_(kin))
        .options(joinedload(Booth.hall))
        .order_by(same_province.desc(), Booth.id)
        .limit(4 * MOST_NEIGHBOURS)
    )
    first: dict[int, tuple[Booth, Organisation]] = {}
    for booth, organisation in rows:  # who holds several booths is named once
        first.setdefault(organisation.id, (booth, organisation))
    return list(first.values())[:MOST_NEIGHBOURS]
