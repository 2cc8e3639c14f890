"""Questions that print asks: who stands where, and the cards of a few exhibitors at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import SHOWN
from fairapp.rules.collation import vietnamese_key
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.base import Texts
from fairapp.store.claim_days import part_days
from fairapp.store.fairs import Booth, Fair, Hall, ProductGroup
from fairapp.store.operations import Job
from fairapp.store.producers import Certificate, Organisation, Photo, Product


@dataclass(frozen=True, slots=True)
class Standing:
    """An exhibitor at a booth, as its holder or sharing it."""

    exhibitor_id: int
    booth_id: int
    code: str
    hall_id: int
    short_code: str
    claim_id: int
    is_holder: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate as it is printed below its product."""

    authority: str
    number: str
    issued_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class PrintedProduct:
    """What print needs of a product."""

    names: Texts
    group_code: str
    stars: int | None
    certificate: Proof | None = None


@dataclass(slots=True)
class Card:
    """What print needs of an exhibitor; ``photo`` is a key of the file store."""

    exhibitor_id: int
    name: str
    name_latin: str
    name_language: str
    country: str
    units_version: str
    province_code: str | None
    commune_code: str | None
    place: str
    phone: str | None
    email: str | None
    website: str | None
    contact_is_public: bool
    story: Texts
    spoken: list[Any] = field(default_factory=list)
    """Languages of the people at the booth."""
    products: list[PrintedProduct] = field(default_factory=list)
    photo: str = ""
    photo_large: str = ""


@dataclass(frozen=True, slots=True)
class SignedBooth:
    """A booth that gets a sign, with its exhibitors: the holders first, then those who share it."""

    booth_id: int
    code: str
    hall_id: int
    short_code: str
    exhibitor_ids: tuple[int, ...]
    days: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    """By exhibitor its days here, where the booth is shared by days."""


def admitted(session: Session, fair_id: int) -> dict[int, str]:
    """The names of everybody who takes part in the fair, by exhibitor."""
    rows = session.execute(
        select(Exhibitor.id, Organisation.name)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
    )
    return {row.id: row.name for row in rows}


def countries(session: Session, fair_id: int) -> dict[int, str]:
    """The country of everybody who takes part in the fair, by exhibitor."""
    rows = session.execute(
        select(Exhibitor.id, Organisation.country)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
    )
    return {row.id: row.country for row in rows}


def standings(session: Session, fair_id: int) -> list[Standing]:
    """Who stands at which booth of the fair: all holders, then all who share, in the order they came."""
    where = (Booth.id, Booth.code, Booth.hall_id, Booth.short_code, BoothClaim.id)
    holders = (
        select(BoothClaim.exhibitor_id, *where)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), BoothClaim.state.in_(SHOWN))
        .order_by(BoothClaim.id)
    )
    sharing = (
        select(CoExhibitor.exhibitor_id, *where)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), BoothClaim.state.in_(SHOWN))
        .order_by(CoExhibitor.id)
    )
    found = [Standing(*row, is_holder=True) for row in session.execute(holders)]
    return found + [Standing(*row, is_holder=False) for row in session.execute(sharing)]


def repeated_codes(session: Session, fair_id: int) -> frozenset[str]:
    """Booth codes that more than one hall of the fair uses."""
    rows = session.scalars(
        select(Booth.code)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None))
        .group_by(Booth.code)
        .having(func.count() > 1)
    )
    return frozenset(rows)


def halls_in_order(session: Session, fair_id: int) -> dict[int, Hall]:
    """The fair's halls by number; 2.1 before 10.1, whatever the order of the plan's file."""
    rows = session.scalars(select(Hall).where(Hall.fair_id == fair_id))
    return {hall.id: hall for hall in sorted(rows, key=lambda hall: vietnamese_key(hall.code))}


def groups_in_order(session: Session, scheme: str) -> dict[str, ProductGroup]:
    """The product groups of a scheme by code, in their order."""
    rows = session.scalars(
        select(ProductGroup).where(ProductGroup.scheme == scheme).order_by(ProductGroup.position)
    )
    return {group.code: group for group in rows}


def products_by_group(session: Session, fair_id: int) -> dict[int, dict[str, int]]:
    """For each exhibitor of the fair, how many products it has in which group, first ones first."""
    rows = session.execute(
        select(Exhibitor.id, Product.group_code)
        .join(Product, Product.organisation_id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None), Product.removed_at.is_(None))
        .order_by(Exhibitor.id, Product.position, Product.id)
    )
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for exhibitor_id, group in rows:
        found[exhibitor_id][group] = found[exhibitor_id].get(group, 0) + 1
    return found


def cards(session: Session, exhibitor_ids: Sequence[int]) -> dict[int, Card]:
    """The cards of these exhibitors, in four queries however many they are."""
    rows = session.execute(
        select(Exhibitor.organisation_id, Organisation.logo_id, Exhibitor.id, *_CARD)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.id.in_(exhibitor_ids))
    ).all()
    of_organisation = {row[0]: Card(*cast(tuple[Any, ...], row)[2:]) for row in rows}
    logos = {row[1] for row in rows}
    for organisation_id, product in _products(session, list(of_organisation)):
        of_organisation[organisation_id].products.append(product)
    for organisation_id, photo_id, key, large in _photos(session, list(of_organisation)):
        card = of_organisation[organisation_id]
        if not card.photo and photo_id not in logos and key.endswith(".jpg"):
            card.photo, card.photo_large = key, large
    return {card.exhibitor_id: card for card in of_organisation.values()}


_CARD = (
    Organisation.name,
    Organisation.name_latin,
    Organisation.name_language,
    Organisation.country,
    Organisation.units_version,
    Organisation.province_code,
    Organisation.commune_code,
    Organisation.place,
    Organisation.phone,
    Organisation.email,
    Organisation.website,
    Organisation.contact_is_public,
    Organisation.story,
    Exhibitor.spoken,
)


def _products(session: Session, organisation_ids: Sequence[int]) -> Iterator[tuple[int, PrintedProduct]]:
    rows = session.execute(
        select(Product.organisation_id, Product.id, Product.names, Product.group_code, Product.stars)
        .where(Product.organisation_id.in_(organisation_ids), Product.removed_at.is_(None))
        .order_by(Product.position, Product.id)
    ).all()
    proofs = _proofs(session, organisation_ids)
    return (
        (row.organisation_id, PrintedProduct(row.names, row.group_code, row.stars, proofs.get(row.id)))
        for row in rows
    )


def _proofs(session: Session, organisation_ids: Sequence[int]) -> dict[int, Proof]:
    """The latest certificate of each product that has one."""
    papers = session.execute(
        select(
            Certificate.product_id,
            Certificate.authority,
            Certificate.number,
            Certificate.issued_on,
            Certificate.expires_on,
        )
        .join(Product, Product.id == Certificate.product_id)
        .where(Product.organisation_id.in_(organisation_ids), Product.removed_at.is_(None))
        .order_by(Certificate.issued_on, Certificate.id)
    )
    return {row[0]: Proof(*row[1:]) for row in papers}


def _photos(session: Session, organisation_ids: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
    rows = session.execute(
        select(Photo.organisation_id, Photo.id, Photo.small, Photo.large)
        .where(Photo.organisation_id.in_(organisation_ids))
        .order_by(Photo.position, Photo.id)
    )
    return ((row.organisation_id, row.id, row.small, row.large) for row in rows)


def booths_to_sign(session: Session, fair: Fair) -> list[SignedBooth]:
    """Every booth of the published plan that is let, whether somebody stands there or not."""
    there: defaultdict[int, list[int]] = defaultdict(list)
    parts, when = part_days(session, fair), defaultdict[int, dict[int, tuple[date, ...]]](dict)
    for standing in sorted(standings(session, fair.id), key=lambda each: parts.get(each.claim_id, ())):
        there[standing.booth_id].append(standing.exhibitor_id)
        if standing.claim_id in parts:
            when[standing.booth_id][standing.exhibitor_id] = parts[standing.claim_id]
    rows = session.execute(
        select(Booth.id, Booth.code, Booth.hall_id, Booth.short_code).where(
            Booth.fair_id == fair.id, Booth.retired_at.is_(None), Booth.is_let
        )
    )
    return [SignedBooth(*row, tuple(dict.fromkeys(there[row[0]])), when.get(row[0], {})) for row in rows]


def exhibitor_count(session: Session, fair_id: int) -> int:
    """How many take part in the fair."""
    wanted = select(func.count()).where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
    return session.scalar(wanted) or 0


def sign_count(session: Session, fair_id: int) -> int:
    """How many booths get a sign."""
    wanted = select(func.count()).where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), Booth.is_let)
    return session.scalar(wanted) or 0


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document that was asked for; ``by`` is the name of who did."""

    job: Job
    by: str


def documents_made(
    session: Session, fair_id: int, most: int, names: Sequence[str] = ("catalogue", "signs")
) -> list[MadeDocument]:
    """The catalogues and signs of a fair, or what else is named, the newest first."""
    rows = session.execute(
        select(Job, Account.name)
        .outerjoin(Account, Account.id == Job.made_by_id)
        .where(Job.fair_id == fair_id, Job.name.in_(names))
        .order_by(Job.id.desc())
        .limit(most)
    )
    return [MadeDocument(job, name or "") for job, name in rows]
