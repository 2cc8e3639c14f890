"""What an import has to know before it decides: the fair's booths, who stands there, and who is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import LIVE, Obstacle
from fairapp.rules.import_plan import KnownExhibitor, KnownStand
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import WaitingOffer
from fairapp.store.delegations import DelegationBooth
from fairapp.store.exchange import ImportRun
from fairapp.store.fairs import Booth, Hall
from fairapp.store.producers import Organisation


def stands_of(session: Session, fair_id: int) -> list[KnownStand]:
    """Every booth of the published plan with its codes, its holder and who shares it."""
    holders: dict[int, int] = {}
    for booth_id, exhibitor_id in session.execute(
        select(ClaimDay.booth_id, BoothClaim.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == ClaimDay.claim_id)
        .join(Booth, Booth.id == ClaimDay.booth_id)
        .where(Booth.fair_id == fair_id)
        .order_by(ClaimDay.day.desc())
    ):
        holders[booth_id] = exhibitor_id
    sharing: dict[int, set[int]] = {}
    for booth_id, exhibitor_id in session.execute(
        select(BoothClaim.booth_id, CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE))
    ):
        sharing.setdefault(booth_id, set()).add(exhibitor_id)
    brought = _brought_by_delegations(session, fair_id)
    rows = session.execute(
        select(
            Booth.id,
            Hall.code,
            Booth.code,
            Booth.other_codes,
            Booth.is_let,
            Booth.blocked_because,
            WaitingOffer.id,
            DelegationBooth.delegation_id,
        )
        .join(Hall, Hall.id == Booth.hall_id)
        .outerjoin(WaitingOffer, and_(WaitingOffer.booth_id == Booth.id, WaitingOffer.ended_at.is_(None)))
        .outerjoin(DelegationBooth, DelegationBooth.booth_id == Booth.id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None))
        .order_by(Booth.id)
    )
    return [
        KnownStand(
            booth_id,
            hall,
            code,
            holders.get(booth_id),
            frozenset(sharing.get(booth_id, ())),
            tuple(other_codes),
            _obstacle(is_let, blocked, offer_id) if booth_id not in holders else None,
            None if delegation_id is None else brought.get(delegation_id, frozenset()),
        )
        for booth_id, hall, code, other_codes, is_let, blocked, offer_id, delegation_id in rows
    ]


def _obstacle(is_let: bool, blocked: str | None, offer_id: int | None) -> Obstacle | None:
    if not is_let:
        return Obstacle.NOT_LET
    if blocked is not None:
        return Obstacle.BLOCKED
    return None if offer_id is None else Obstacle.OFFERED


def _brought_by_delegations(session: Session, fair_id: int) -> dict[int, frozenset[int]]:
    """The exhibitors whom each delegation brings to the fair."""
    found: dict[int, set[int]] = {}
    for delegation_id, exhibitor_id in session.execute(
        select(Application.delegation_id, Exhibitor.id)
        .join(Exhibitor, Exhibitor.application_id == Application.id)
        .where(Application.fair_id == fair_id, Application.delegation_id.is_not(None))
    ):
        found.setdefault(int(delegation_id or 0), set()).add(exhibitor_id)
    return {delegation_id: frozenset(exhibitors) for delegation_id, exhibitors in found.items()}


def exhibitors_known(session: Session, fair_id: int) -> list[KnownExhibitor]:
    """Everybody admitted to the fair, also who left it again."""
    return [
        KnownExhibitor(*row)
        for row in session.execute(
            select(Exhibitor.id, Organisation.name, Organisation.name_latin, Organisation.country)
            .join(Organisation, Organisation.id == Exhibitor.organisation_id)
            .where(Exhibitor.fair_id == fair_id)
            .order_by(Exhibitor.id)
        )
    ]


def organisations_known(session: Session) -> list[KnownExhibitor]:
    """Every organisation of the installation."""
    wanted = select(Organisation.id, Organisation.name, Organisation.name_latin, Organisation.country)
    return [KnownExhibitor(*row) for row in session.execute(wanted.order_by(Organisation.id))]


def imported_before(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """The organisations that earlier imports made, by their keys."""
    found: dict[str, int] = {}
    asked = list(keys)
    for start in range(0, len(asked), 500):
        for key, organisation_id in session.execute(
            select(Organisation.import_key, Organisation.id)
            .where(Organisation.import_key.in_(asked[start : start + 500]))
            .order_by(Organisation.id.desc())
        ):
            found[str(key)] = organisation_id
    return found


def live_claims_by_booth(session: Session, fair_id: int) -> dict[int, int]:
    """The live claim on each booth; of several (shared by days) the first."""
    found: dict[int, int] = {}
    for booth_id, claim_id in session.execute(
        select(BoothClaim.booth_id, BoothClaim.id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE))
        .order_by(BoothClaim.id.desc())
    ):
        found[booth_id] = claim_id
    return found


def on_claims(session: Session, fair_id: int) -> set[tuple[int, int]]:
    """Who stands on which live claim, as holder or sharing it."""
    live = (Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE))
    holding = select(BoothClaim.id, BoothClaim.exhibitor_id).join(Booth, Booth.id == BoothClaim.booth_id)
    sharing = (
        select(CoExhibitor.claim_id, CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
    )
    return {
        (claim_id, exhibitor_id)
        for asked in (holding, sharing)
        for claim_id, exhibitor_id in session.execute(asked.where(*live))
    }


def runs_of(session: Session, fair_id: int, limit: int = 50) -> Sequence[ImportRun]:
    """The lists that were brought to this fair, the latest first."""
    return session.scalars(
        select(ImportRun).where(ImportRun.fair_id == fair_id).order_by(ImportRun.id.desc()).limit(limit)
    ).all()
