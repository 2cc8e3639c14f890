"""Questions about hand-overs: which booths wait, which are in their exhibitors' hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.text import search_terms
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.fairs import Booth
from fairapp.store.producers import Organisation


def claims_of_fair(fair_id: int, states: frozenset[ClaimState], query: str = "") -> Select[BoothClaim]:
    """The fair's claims in these states whose booth or exhibitor holds every word of the query."""
    wanted = (
        select(BoothClaim)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.fair_id == fair_id, BoothClaim.state.in_(states))
    )
    for term in search_terms(query):
        wanted = wanted.where(
            or_(Organisation.folded.contains(term), func.lower(Booth.code).contains(term, autoescape=True))
        )
    return wanted


def how_many(session: Session, wanted: Select[BoothClaim]) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def page_of_claims(
    session: Session, wanted: Select[BoothClaim], skipped: int, size: int
) -> Sequence[BoothClaim]:
    """One page of them by booth code, with booth, hall and exhibitor."""
    return session.scalars(
        wanted.options(
            contains_eager(BoothClaim.booth).joinedload(Booth.hall),
            contains_eager(BoothClaim.exhibitor).contains_eager(Exhibitor.organisation),
        )
        .order_by(Booth.code, BoothClaim.id)
        .offset(skipped)
        .limit(size)
    ).all()


def claims_by_state(session: Session, fair_id: int) -> Mapping[ClaimState, int]:
    """How many of the fair's live claims stand where."""
    rows = session.execute(
        select(BoothClaim.state, func.count())
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE))
        .group_by(BoothClaim.state)
    )
    return dict(rows.all())


def claims_of_application(session: Session, application_id: int) -> Sequence[BoothClaim]:
    """The live claims that came of an application, by booth code."""
    return session.scalars(
        select(BoothClaim)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Exhibitor.application_id == application_id, BoothClaim.state.in_(LIVE))
        .options(joinedload(BoothClaim.booth).joinedload(Booth.hall))
        .order_by(Booth.code)
    ).all()
