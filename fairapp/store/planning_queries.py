"""What a plan of a fair is made from, in a handful of questions whatever the fair's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import ADMITTED
from fairapp.rules.partners import PartnerKind, PartnerState
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_board import first_group
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_waiting import WaitingOffer
from fairapp.store.delegations import DelegationBooth
from fairapp.store.fairs import Booth, Hall
from fairapp.store.partners import Partner
from fairapp.store.producers import Organisation, Product


class Taking(NamedTuple):
    """Somebody who takes part, as a plan sees it."""

    exhibitor: Exhibitor
    name: str
    name_key: str
    group: str | None


def taking_part(session: Session, fair_id: int) -> list[Taking]:
    """Everybody admitted to the fair, with names, applications and first groups."""
    rows = session.execute(
        select(Exhibitor, Organisation.name, Organisation.name_key, first_group())
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Application, Application.id == Exhibitor.application_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .where(Application.id.is_(None) | Application.state.in_(ADMITTED) | _holds_a_booth())
        .order_by(Exhibitor.id)
        .options(joinedload(Exhibitor.application).joinedload(Application.booth_kind))
    )
    return [Taking(*row) for row in rows]


def _holds_a_booth() -> Any:
    return (
        select(BoothClaim.id)
        .where(BoothClaim.exhibitor_id == Exhibitor.id, BoothClaim.state.in_(LIVE))
        .correlate(Exhibitor)
        .exists()
    )


def claims_now(session: Session, fair_id: int) -> Sequence[BoothClaim]:
    """Every live claim of the fair, the oldest first."""
    return session.scalars(
        select(BoothClaim)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE))
        .order_by(BoothClaim.id)
    ).all()


def guests_in(session: Session, fair_id: int) -> dict[int, list[int]]:
    """By main exhibitor, those who stand with it."""
    main = aliased(Exhibitor)
    rows = session.execute(
        select(Partner.exhibitor_id, Exhibitor.id)
        .join(main, main.id == Partner.exhibitor_id)
        .join(Exhibitor, Exhibitor.id == Partner.partner_exhibitor_id)
        .where(
            main.fair_id == fair_id,
            Partner.state == PartnerState.APPROVED,
            Partner.kind == PartnerKind.CO_EXHIBITOR,
            Exhibitor.left_at.is_(None),
        )
    )
    found: dict[int, list[int]] = {}
    for main_id, guest_id in rows:
        found.setdefault(main_id, []).append(guest_id)
    return found


def booths_to_plan(session: Session, fair_id: int) -> Sequence[Booth]:
    """The booths of the published plan, halls with them."""
    return session.scalars(
        select(Booth)
        .join(Booth.hall)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None))
        .order_by(Hall.position, Hall.code, Booth.code)
        .options(joinedload(Booth.hall))
    ).all()


def offered_booths(session: Session, fair_id: int) -> set[int]:
    """Booths that somebody on the waiting list has still to answer for."""
    wanted = select(WaitingOffer.booth_id).join(Booth, Booth.id == WaitingOffer.booth_id)
    return set(session.scalars(wanted.where(Booth.fair_id == fair_id, WaitingOffer.ended_at.is_(None))))


def blocks_in(session: Session, fair_id: int) -> dict[int, int]:
    """By booth, the delegation in whose block it lies."""
    rows = session.execute(
        select(DelegationBooth.booth_id, DelegationBooth.delegation_id)
        .join(Booth, Booth.id == DelegationBooth.booth_id)
        .where(Booth.fair_id == fair_id)
    )
    return {row[0]: row[1] for row in rows}


def first_products(session: Session, fair_id: int) -> dict[int, tuple[str, str]]:
    """By exhibitor, the group and the folded name of the product it shows first."""
    rows = session.execute(
        select(Exhibitor.id, ApplicationProduct.product_id, Product.group_code, Product.folded)
        .join(Product, Product.organisation_id == Exhibitor.organisation_id)
        .outerjoin(
            ApplicationProduct,
            (ApplicationProduct.product_id == Product.id)
            & (ApplicationProduct.application_id == Exhibitor.application_id),
        )
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None), Product.removed_at.is_(None))
        .order_by(ApplicationProduct.product_id.is_(None), Product.position, Product.id)
    )
    found: dict[int, tuple[str, str]] = {}
    for exhibitor_id, _shown, group, folded in rows:
        found.setdefault(exhibitor_id, (group, folded))
    return found


def claims_of_holders(session: Session, fair_id: int, exhibitor_ids: Iterable[int]) -> dict[int, int]:
    """By exhibitor of this fair, the claim it holds; of several the latest."""
    rows = session.execute(
        select(BoothClaim.exhibitor_id, BoothClaim.id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(
            Booth.fair_id == fair_id,
            BoothClaim.exhibitor_id.in_(list(exhibitor_ids)),
            BoothClaim.state.in_(LIVE),
        )
        .order_by(BoothClaim.id)
    )
    return {row[0]: row[1] for row in rows}


def hall_codes(session: Session, fair_id: int) -> dict[int, str]:
    """The codes of the fair's halls."""
    return {
        row[0]: row[1] for row in session.execute(select(Hall.id, Hall.code).where(Hall.fair_id == fair_id))
    }
