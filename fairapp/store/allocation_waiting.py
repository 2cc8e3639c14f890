"""Exhibitors who still lack a booth, or all of them, with what they ask for: a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, case, func, or_, select
from sqlalchemy.orm import Session

from fairapp.rules.applications import ADMITTED, State
from fairapp.rules.board_filters import Found, Need, Paid, Sift, size_of, stars_at_least
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.allocation_board import first_group
from fairapp.store.applications import Application
from fairapp.store.base import Texts
from fairapp.store.fairs import Booth, BoothKind
from fairapp.store.holds import live_at
from fairapp.store.producers import Organisation, Product


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


def _standing(fair_id: int, now: datetime) -> Subquery:
    """How many booths of the fair each exhibitor holds or shares at this moment."""
    of_the_fair = (Booth.fair_id == fair_id, live_at(now))
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


def candidates(fair_id: int, now: datetime, everybody: bool = False) -> Select[*tuple[Any, ...]]:
    """The admitted exhibitors of the fair; without ``everybody`` only those who still lack a booth.

    Applicants come first, the earliest submission in front, then those an import brought.
    """
    standing = _standing(fair_id, now)
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


def count_waiting(session: Session, fair_id: int, now: datetime) -> int:
    """How many exhibitors still lack a booth."""
    waiting = candidates(fair_id, now).with_only_columns(Exhibitor.id).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def with_words(found: Select[*tuple[Any, ...]], terms: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Those whose name or place holds every one of the folded terms."""
    return found.where(*(Organisation.folded.contains(term, autoescape=True) for term in terms))


def traits_of(session: Session, found: Select[*tuple[Any, ...]], paid: Mapping[int, Paid]) -> list[Found]:
    """All of them in the list's order, each with what it can be found by; ``paid``: who has paid or owes."""
    best = select(func.max(Product.stars)).where(
        Product.organisation_id == Exhibitor.organisation_id, Product.removed_at.is_(None)
    )
    columns = (
        Exhibitor.id,
        first_group(),
        Organisation.country,
        Organisation.province_code,
        best.correlate(Exhibitor).scalar_subquery(),
        Application.area_m2,
        Application.needs,
    )
    return [
        Found(row[0], _traits(row, paid.get(row[0], Paid.NOT_ASKED)))
        for row in session.execute(_in_order(found.with_only_columns(*columns)))
    ]


def _traits(row: Sequence[Any], paid: Paid) -> dict[Sift, frozenset[str]]:
    _, group, country, province, stars, area_m2, needs = row
    wants = {Need.POWER: (needs or {}).get("power_w"), Need.WATER: (needs or {}).get("water")}
    return {
        Sift.GROUP: frozenset((group,)) if group else frozenset(),
        Sift.PLACE: frozenset(each for each in (country, province) if each),
        Sift.STARS: stars_at_least(stars or 0),
        Sift.SIZE: frozenset((size_of(area_m2),)) if area_m2 else frozenset(),
        Sift.NEED: frozenset(need for need, wanted in wants.items() if wanted),
        Sift.PAID: frozenset((paid,)),
    }


def _in_order(found: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return found.order_by(
        case((Application.id.is_(None), 1), else_=0),
        Application.submitted_at,
        Organisation.name_key,
        Exhibitor.id,
    )


def numbered(
    session: Session, found: Select[*tuple[Any, ...]], exhibitor_ids: Sequence[int]
) -> list[Candidate]:
    """Those with these numbers, in the list's order."""
    ordered = _in_order(found.where(Exhibitor.id.in_(exhibitor_ids)))
    return [Candidate(*row) for row in session.execute(ordered)]


def candidate(session: Session, fair_id: int, exhibitor_id: int, now: datetime) -> Candidate | None:
    """One admitted exhibitor of the fair, placed or not."""
    found = candidates(fair_id, now, everybody=True).where(Exhibitor.id == exhibitor_id)
    row = session.execute(found).first()
    return None if row is None else Candidate(*row)
