"""Exhibitors and products of a fair as people look for them: words, group, place, stars; a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from fairapp.rules.allocation import LIVE, SHOWN, ClaimState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation, Photo, Product
from fairapp.store.producers_queries import is_from

Rows = Select[*tuple[Any, ...]]
"""A question whose columns the caller knows."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Folded words, a group, a province (``"01"``) or country (``"JP"``), and stars at least."""

    terms: tuple[str, ...] = ()
    group: str = ""
    place: str = ""
    stars: int = 0
    with_booth: bool | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """A booth of an exhibitor, as lists show it."""

    code: str
    short_code: str
    hall: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What an exhibitor shows, in short: its groups, the commonest first, products, and its best stars."""

    groups: tuple[str, ...] = ()
    products: int = 0
    stars: int = 0


def exhibitors_found(fair: Fair, wanted: Wanted) -> Rows:
    """The exhibitors that answer to what is wanted, with their organisations."""
    product = aliased(Product)
    of_theirs = and_(product.organisation_id == Organisation.id, product.removed_at.is_(None))
    found: Rows = _exhibiting(fair)
    for term in wanted.terms:
        named = exists().where(of_theirs, product.folded.contains(term, autoescape=True))
        found = found.where(or_(Organisation.folded.contains(term, autoescape=True), named))
    asked = []
    if wanted.group:
        asked += [product.group_code == wanted.group, product.scheme == fair.scheme]
    if wanted.stars:
        asked.append(product.stars >= wanted.stars)
    if asked:
        found = found.where(exists().where(of_theirs, *asked))
    if wanted.with_booth is not None:
        holds = or_(_holds(LIVE), _shares(LIVE))
        found = found.where(holds if wanted.with_booth else ~holds)
    return found.where(is_from(wanted.place))


def products_found(fair: Fair, wanted: Wanted) -> Rows:
    """The products that answer to what is wanted, with their exhibitors' organisations."""
    found: Rows = (
        select(Product, Exhibitor)
        .join(Organisation, Organisation.id == Product.organisation_id)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
        .where(Product.removed_at.is_(None), Product.scheme == fair.scheme)
        .where(is_from(wanted.place))
    )
    for term in wanted.terms:
        found = found.where(
            or_(
                Product.folded.contains(term, autoescape=True),
                Organisation.folded.contains(term, autoescape=True),
            )
        )
    if wanted.group:
        found = found.where(Product.group_code == wanted.group)
    if wanted.stars:
        found = found.where(Product.stars >= wanted.stars)
    return found


def how_many(session: Session, found: Rows) -> int:
    """The number of rows of a search."""
    counted = select(func.count()).select_from(found.order_by(None).subquery())
    return session.scalar(counted) or 0


def page_of_exhibitors(
    session: Session, found: Rows, first: int, size: int, downwards: bool = False
) -> Sequence[Exhibitor]:
    """Some exhibitors in the order of the alphabet, with organisation and logo."""
    key = Organisation.name_key.desc() if downwards else Organisation.name_key
    ordered = found.order_by(key, Exhibitor.id).offset(first).limit(size)
    whole = joinedload(Exhibitor.organisation).joinedload(Organisation.logo)
    return session.scalars(ordered.options(whole)).all()


def page_of_products(session: Session, found: Rows, first: int, size: int) -> list[tuple[Product, Exhibitor]]:
    """Some products, the most stars first, with maker and photo."""
    ordered = found.order_by(
        func.coalesce(Product.stars, 0).desc(), Organisation.name_key, Product.position, Product.id
    )
    whole = (
        joinedload(Product.photo),
        joinedload(Product.organisation).joinedload(Organisation.logo),
    )
    rows = session.execute(ordered.offset(first).limit(size).options(*whole))
    return [(product, exhibitor) for product, exhibitor in rows]


def stands_of(
    session: Session, exhibitor_ids: Iterable[int], states: frozenset[ClaimState] = SHOWN
) -> Mapping[int, tuple[Stand, ...]]:
    """By exhibitor, its booths: the ones it holds, then the ones it shares."""
    ids = list(exhibitor_ids)
    columns = (Booth.code, Booth.short_code)
    held = (
        select(BoothClaim.exhibitor_id, *columns)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(BoothClaim.exhibitor_id.in_(ids), BoothClaim.state.in_(states))
        .order_by(Booth.code)
    )
    shared = (
        select(CoExhibitor.exhibitor_id, *columns)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(CoExhibitor.exhibitor_id.in_(ids), BoothClaim.state.in_(states))
        .order_by(Booth.code)
    )
    found: dict[int, list[Stand]] = defaultdict(list)
    for is_shared, rows in ((False, held), (True, shared)):
        for exhibitor_id, code, short_code in session.execute(rows):
            found[exhibitor_id].append(Stand(code, short_code, "", is_shared))
    return {exhibitor_id: tuple(stands) for exhibitor_id, stands in found.items()}


def offers_of(session: Session, fair: Fair, organisation_ids: Iterable[int]) -> Mapping[int, Offer]:
    """By organisation, what it shows, in short."""
    counted = (
        select(Product.organisation_id, Product.group_code, func.count(), func.max(Product.stars))
        .where(Product.organisation_id.in_(list(organisation_ids)))
        .where(Product.removed_at.is_(None), Product.scheme == fair.scheme)
        .group_by(Product.organisation_id, Product.group_code)
        .order_by(func.count().desc(), Product.group_code)
    )
    found: dict[int, Offer] = {}
    for organisation_id, group, many, stars in session.execute(counted):
        so_far = found.get(organisation_id, Offer())
        found[organisation_id] = Offer(
            (*so_far.groups, group), so_far.products + many, max(so_far.stars, stars or 0)
        )
    return found


def photos_of(session: Session, organisation_ids: Iterable[int]) -> Mapping[int, Photo]:
    """By organisation, a picture to show it by: its first photo that is not its logo."""
    rows = session.scalars(
        select(Photo)
        .join(Organisation, Organisation.id == Photo.organisation_id)
        .where(Photo.organisation_id.in_(list(organisation_ids)))
        .where(or_(Organisation.logo_id.is_(None), Organisation.logo_id != Photo.id))
        .order_by(Photo.organisation_id, Photo.position, Photo.id)
    )
    found: dict[int, Photo] = {}
    for photo in rows:
        found.setdefault(photo.organisation_id, photo)
    return found


def places_in(session: Session, fair: Fair) -> list[tuple[str, str | None, int]]:
    """(country, province of Vietnam, exhibitors) of everybody in the fair."""
    counted = (
        select(Organisation.country, Organisation.province_code, func.count())
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
        .group_by(Organisation.country, Organisation.province_code)
    )
    return [(country, province, many) for country, province, many in session.execute(counted)]


def products_by_group(session: Session, fair: Fair) -> Mapping[str, int]:
    """How many products of each group are shown at the fair."""
    counted = (
        select(Product.group_code, func.count())
        .join(Exhibitor, Exhibitor.organisation_id == Product.organisation_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
        .where(Product.removed_at.is_(None), Product.scheme == fair.scheme)
        .group_by(Product.group_code)
    )
    return dict(session.execute(counted).all())


def _exhibiting(fair: Fair) -> Rows:
    return (
        select(Exhibitor)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
    )


def _holds(states: frozenset[ClaimState]) -> ColumnElement[bool]:
    return exists().where(BoothClaim.exhibitor_id == Exhibitor.id, BoothClaim.state.in_(states))


def _shares(states: frozenset[ClaimState]) -> ColumnElement[bool]:
    return exists().where(
        CoExhibitor.exhibitor_id == Exhibitor.id,
        CoExhibitor.claim_id == BoothClaim.id,
        BoothClaim.state.in_(states),
    )
