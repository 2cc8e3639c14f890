"""A fair's rows for its workbook: a fixed number of questions, however many rows there are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.badges import Badge
from fairapp.store.fairs import Booth, Hall
from fairapp.store.producers import Organisation, Product


def exhibitors_listed(session: Session, fair_id: int) -> Sequence[Exhibitor]:
    """The exhibitors that have not left, by name."""
    return session.scalars(
        select(Exhibitor)
        .join(Exhibitor.organisation)
        .options(joinedload(Exhibitor.organisation))
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .order_by(Organisation.name_key, Exhibitor.id)
    ).all()


def booths_listed(session: Session, fair_id: int) -> Sequence[Booth]:
    """The booths of the published plan, by hall and code."""
    return session.scalars(
        select(Booth)
        .join(Booth.hall)
        .options(joinedload(Booth.hall))
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None))
        .order_by(Hall.position, Hall.code, Booth.code)
    ).all()


def places_listed(session: Session, fair_id: int) -> list[tuple[int, int, bool]]:
    """Who stands where: (booth, exhibitor, holds it) of every live claim."""
    live = (Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE))
    holding = (
        select(BoothClaim.booth_id, BoothClaim.exhibitor_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(*live)
        .order_by(Booth.code, BoothClaim.id)
    )
    sharing = (
        select(BoothClaim.booth_id, CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(*live)
        .order_by(Booth.code, CoExhibitor.id)
    )
    return [(booth_id, who, True) for booth_id, who in session.execute(holding)] + [
        (booth_id, who, False) for booth_id, who in session.execute(sharing)
    ]


def products_listed(session: Session, fair_id: int) -> dict[int, list[Product]]:
    """The products of the fair's exhibitors, by organisation."""
    found: dict[int, list[Product]] = {}
    for product in session.scalars(
        select(Product)
        .join(Exhibitor, Exhibitor.organisation_id == Product.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Product.removed_at.is_(None))
        .order_by(Product.organisation_id, Product.position, Product.id)
    ):
        found.setdefault(product.organisation_id, []).append(product)
    return found


def applications_listed(session: Session, fair_id: int) -> Sequence[Application]:
    """The applications for the fair, in the order they were begun; drafts are their writers' own."""
    return session.scalars(
        select(Application)
        .options(joinedload(Application.organisation), joinedload(Application.booth_kind))
        .where(Application.fair_id == fair_id, Application.state != State.DRAFT)
        .order_by(Application.id)
    ).all()


def badges_listed(session: Session, fair_id: int) -> Sequence[Badge]:
    """The badges of the fair with whose they are."""
    return session.scalars(
        select(Badge)
        .options(joinedload(Badge.exhibitor).joinedload(Exhibitor.organisation))
        .where(Badge.fair_id == fair_id)
        .order_by(Badge.id)
    ).all()
