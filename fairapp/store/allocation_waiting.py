"""Exhibitors who still lack a booth, or all of them, with what they ask for: a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, case, func, or_, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import ADMITTED, State
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.allocation_board import first_group
from fairapp.store.applications import Application
from fairapp.store.base import Texts
from fairapp.store.fairs import Booth, BoothKind
from fairapp.store.producers import Organisation


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exhibitor with what it asks for and how many booths it stands in."""

    exhibitor_id: int
    name: str
    country: str
    province_code: str | None
    place: str
    group: str | None
    application_id: int | None
    state: State | None
    kind_names: Texts | None
    wanted: int
    placed: int
    area_m2: float | None
    wishes: dict[str, Any] | None
    needs: dict[str, Any] | None


def _standing(fair_id: int) -> Subquery:
    """How many booths of the fair each exhibitor holds or shares."""
    of_the_fair = (Booth.fair_id == fair_id, BoothClaim.state.in_(LIVE))
    held = select(BoothClaim.exhibitor_id.label("exhibitor_id")).join(Booth).where(*of_the_fair)
    shared = (
        select(CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(*of_the_fair)
    )
    places = held.union_all(shared).subquery()
    return (
        select(places.c.exhibitor_id, func.count().label("booths")).group_by(places.c.exhibitor_id).subquery()
    )


def candidates(fair_id: int, everybody: bool = False) -> Select[*tuple[Any, ...]]:
    """The admitted exhibitors of the fair; without ``everybody`` only those who still lack a booth.

    Applicants come first, the earliest submission in front, then those an import brought.
    """
    standing = _standing(fair_id)
    placed = func.coalesce(standing.c.booths, 0)
    wanted = func.coalesce(Application.booths, 1)
    found = (
        select(
            Exhibitor.id.label("exhibitor_id"),
            Organisation.name.label("name"),
            Organisation.country.label("country"),
            Organisation.province_code.label("province_code"),
            Organisation.place.label("place"),
            first_group().label("first_group"),
            Application.id.label("application_id"),
            Application.state.label("state"),
            BoothKind.names.label("kind_names"),
            wanted.label("wanted"),
            placed.label("placed"),
            Application.area_m2.label("area_m2"),
            Application.wishes.label("wishes"),
            Application.needs.label("needs"),
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Application, Application.id == Exhibitor.application_id)
        .outerjoin(BoothKind, BoothKind.id == Application.booth_kind_id)
        .outerjoin(standing, standing.c.exhibitor_id == Exhibitor.id)
        .where(
            Exhibitor.fair_id == fair_id,
            Exhibitor.left_at.is_(None),
            or_(Application.id.is_(None), Application.state.in_(ADMITTED)),
        )
    )
    return found if everybody else found.where(wanted > placed)


def count_waiting(session: Session, fair_id: int) -> int:
    """How many exhibitors still lack a booth."""
    waiting = candidates(fair_id).with_only_columns(Exhibitor.id).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def with_words(found: Select[*tuple[Any, ...]], terms: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Those whose name or place holds every one of the folded terms."""
    return found.where(*(Organisation.folded.contains(term, autoescape=True) for term in terms))


def by_group(session: Session, found: Select[*tuple[Any, ...]]) -> dict[str | None, int]:
    """How many of them there are of each first product group."""
    rows = found.subquery()
    counted = select(rows.c.first_group, func.count()).group_by(rows.c.first_group)
    return {row[0]: row[1] for row in session.execute(counted)}


def page_of_candidates(
    session: Session, found: Select[*tuple[Any, ...]], group: str | None, offset: int, limit: int
) -> list[Candidate]:
    """One page of them, of one group when it is given."""
    if group is not None:
        found = found.where(first_group() == group)
    ordered = found.order_by(
        case((Application.id.is_(None), 1), else_=0),
        Application.submitted_at,
        Organisation.name_key,
        Exhibitor.id,
    )
    return [Candidate(*row) for row in session.execute(ordered.offset(offset).limit(limit))]


def candidate(session: Session, fair_id: int, exhibitor_id: int) -> Candidate | None:
    """One admitted exhibitor of the fair, placed or not."""
    row = session.execute(candidates(fair_id, everybody=True).where(Exhibitor.id == exhibitor_id)).first()
    return None if row is None else Candidate(*row)
