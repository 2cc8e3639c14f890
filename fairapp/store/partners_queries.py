"""Questions about partners: whose they are, who stands with whom, who waits to be approved."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.allocation import LIVE, SHOWN
from fairapp.rules.errors import Missing
from fairapp.rules.partners import COUNTED, ENDED, PartnerKind, PartnerState
from fairapp.rules.text import search_terms
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth
from fairapp.store.partners import Partner
from fairapp.store.producers import Membership, Organisation

_LIVING = Partner.state.not_in(ENDED)


def partners_of(session: Session, exhibitor_id: int) -> Sequence[Partner]:
    """Everybody whom the exhibitor names, ended ones left out, in the order they were named."""
    return session.scalars(
        select(Partner)
        .where(Partner.exhibitor_id == exhibitor_id, _LIVING)
        .options(joinedload(Partner.named_by))
        .order_by(Partner.id)
    ).all()


def partner_of(session: Session, exhibitor_id: int, partner_id: int) -> Partner:
    """One of them, its row locked; the exhibitor's row is locked by the caller.

    :raises Missing: when it is none of the exhibitor's, or has ended.
    """
    found = session.scalar(
        select(Partner)
        .where(Partner.id == partner_id, Partner.exhibitor_id == exhibitor_id, _LIVING)
        .with_for_update(of=Partner, **LOCK)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing
    return found


def approved_guests(session: Session, exhibitor_id: int) -> Sequence[Exhibitor]:
    """The exhibitors that stand with the main one by its own naming, as long as they take part."""
    return session.scalars(
        select(Exhibitor)
        .join(Partner, Partner.partner_exhibitor_id == Exhibitor.id)
        .where(
            Partner.exhibitor_id == exhibitor_id,
            Partner.state == PartnerState.APPROVED,
            Partner.kind == PartnerKind.CO_EXHIBITOR,
            Exhibitor.left_at.is_(None),
        )
        .order_by(Partner.id)
    ).all()


def approved_partners(session: Session, exhibitor_id: int) -> Sequence[Partner]:
    """The partners for which the main exhibitor pays a fee."""
    return session.scalars(
        select(Partner)
        .where(Partner.exhibitor_id == exhibitor_id, Partner.state == PartnerState.APPROVED)
        .order_by(Partner.id)
    ).all()


def beside(session: Session, exhibitor_id: int, with_proposed: bool = False) -> int:
    """How many companies stand with the exhibitor: those on its booths, and those approved and not placed."""
    placed = set(
        session.scalars(
            select(CoExhibitor.exhibitor_id)
            .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
            .where(BoothClaim.exhibitor_id == exhibitor_id, BoothClaim.state.in_(LIVE))
        )
    )
    states = COUNTED if with_proposed else {PartnerState.APPROVED}
    named = session.execute(
        select(Partner.id, Partner.partner_exhibitor_id, Partner.state).where(
            Partner.exhibitor_id == exhibitor_id,
            Partner.state.in_(states),
            Partner.kind == PartnerKind.CO_EXHIBITOR,
        )
    )
    waiting = 0
    for _id, guest_id, state in named:
        if state is PartnerState.APPROVED and guest_id is not None:
            placed.add(guest_id)
        else:
            waiting += 1
    return len(placed) + waiting


def floor_held(session: Session, exhibitor_id: int) -> tuple[float, int]:
    """The m² and the number of the booths that the exhibitor holds."""
    area, many = session.execute(
        select(func.coalesce(func.sum(Booth.area_m2), 0.0), func.count())
        .select_from(BoothClaim)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(BoothClaim.exhibitor_id == exhibitor_id, BoothClaim.state.in_(LIVE))
    ).one()
    return float(area), int(many)


def naming(session: Session, guest_id: int) -> Sequence[Partner]:
    """The approved rows by which others name this exhibitor as theirs."""
    return session.scalars(
        select(Partner)
        .where(Partner.partner_exhibitor_id == guest_id, Partner.state == PartnerState.APPROVED)
        .options(joinedload(Partner.exhibitor))
        .order_by(Partner.id)
    ).all()


def stands_otherwise(session: Session, guest: Exhibitor) -> bool:
    """Whether the exhibitor takes part by more than being named: applied, holds, shares or is named again."""
    if guest.application_id is not None:
        return True
    holds = exists().where(BoothClaim.exhibitor_id == guest.id, BoothClaim.state.in_(LIVE))
    shares = exists().where(
        CoExhibitor.exhibitor_id == guest.id,
        CoExhibitor.claim_id == BoothClaim.id,
        BoothClaim.state.in_(LIVE),
    )
    named = exists().where(Partner.partner_exhibitor_id == guest.id, Partner.state == PartnerState.APPROVED)
    return bool(session.scalar(select(holds | shares | named)))


def organisation_with_code(session: Session, country: str, tax_code: str) -> Organisation | None:
    """The organisation that pays its taxes under this number."""
    return session.scalar(
        select(Organisation)
        .where(Organisation.country == country, Organisation.tax_code == tax_code)
        .order_by(Organisation.id)
        .limit(1)
    )


def brought_before(
    session: Session, organisation_id: int, name_key: str, country: str
) -> Organisation | None:
    """The organisation that the same main exhibitor brought under this name to another fair."""
    main, guest = Exhibitor.__table__.alias("main"), Exhibitor.__table__.alias("guest")
    return session.scalar(
        select(Organisation)
        .join(guest, guest.c.organisation_id == Organisation.id)
        .join(Partner, Partner.partner_exhibitor_id == guest.c.id)
        .join(main, main.c.id == Partner.exhibitor_id)
        .where(
            main.c.organisation_id == organisation_id,
            Partner.name_key == name_key,
            Partner.country == country,
        )
        .order_by(Partner.id.desc())
        .limit(1)
    )


def represented_by(
    session: Session, fair_id: int, booth_id: int | None = None
) -> dict[int, list[tuple[str, str]]]:
    """For each exhibitor of the fair (or holder of a booth), name and country of those it represents."""
    wanted = (
        select(Partner.exhibitor_id, Partner.name, Partner.country)
        .join(Exhibitor, Exhibitor.id == Partner.exhibitor_id)
        .where(
            Exhibitor.fair_id == fair_id,
            Partner.kind == PartnerKind.REPRESENTED,
            Partner.state == PartnerState.APPROVED,
        )
        .order_by(Partner.id)
    )
    if booth_id is not None:
        held = select(BoothClaim.exhibitor_id).where(
            BoothClaim.booth_id == booth_id, BoothClaim.state.in_(SHOWN)
        )
        wanted = wanted.where(Partner.exhibitor_id.in_(held))
    found: dict[int, list[tuple[str, str]]] = {}
    for exhibitor_id, name, country in session.execute(wanted):
        found.setdefault(exhibitor_id, []).append((name, country))
    return found


def has_members(session: Session, organisation_id: int) -> bool:
    """Whether somebody acts for the organisation."""
    return bool(session.scalar(select(exists().where(Membership.organisation_id == organisation_id))))


def partners_in(fair_id: int, state: PartnerState | None = None, query: str = "") -> Select[Partner]:
    """The partners named at a fair, in a state (None: all that live), by words of both names."""
    wanted = (
        select(Partner)
        .join(Partner.exhibitor)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, _LIVING)
    )
    if state is not None:
        wanted = wanted.where(Partner.state == state)
    for term in search_terms(query):
        wanted = wanted.where(Organisation.folded.contains(term) | Partner.folded.contains(term))
    return wanted


def how_many(session: Session, wanted: Select[Partner]) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def page_of_partners(session: Session, wanted: Select[Partner], skipped: int, size: int) -> Sequence[Partner]:
    """One page of them with their main exhibitors, the longest waiting first."""
    return session.scalars(
        wanted.options(joinedload(Partner.exhibitor).joinedload(Exhibitor.organisation))
        .order_by(Partner.id)
        .offset(skipped)
        .limit(size)
    ).all()
