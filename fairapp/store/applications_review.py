"""The organiser's queue: applications found by state, group, place, kind and words, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application, ReviewNote
from fairapp.store.applications_marks import ApplicationTag
from fairapp.store.fairs import Booth, Fair, Hall
from fairapp.store.producers import Organisation, Product
from fairapp.store.producers_queries import is_from

Rows = Select[*tuple[Any, ...]]
SORTS: dict[str, Any] = {
    "name": Organisation.name_key,
    "submitted": Application.submitted_at,
    "area": Application.area_m2,
    "changed": Application.changed_at,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Folded words, states, a group, a province (``"01"``) or country (``"JP"``), a kind of booth."""

    terms: tuple[str, ...] = ()
    states: frozenset[State] = frozenset()
    group: str = ""
    place: str = ""
    kind: int | None = None
    sort: str = "submitted"
    tag: str = ""
    """Folded."""


def applications_found(fair: Fair, wanted: Wanted, any_state: bool = False) -> Rows:
    """The submitted applications that answer to what is wanted, with their organisations."""
    product = aliased(Product)
    theirs = and_(product.organisation_id == Organisation.id, product.removed_at.is_(None))
    found: Rows = (
        select(Application)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(Application.fair_id == fair.id, Application.state != State.DRAFT)
        .where(is_from(wanted.place))
    )
    for term in wanted.terms:
        named = exists().where(theirs, product.folded.contains(term, autoescape=True))
        in_name = Organisation.folded.contains(term, autoescape=True)
        found = found.where(or_(in_name, Organisation.tax_code.startswith(term, autoescape=True), named))
    if wanted.group:
        asked = (product.group_code == wanted.group, product.scheme == fair.scheme)
        found = found.where(exists().where(theirs, *asked))
    if wanted.kind is not None:
        found = found.where(Application.booth_kind_id == wanted.kind)
    if wanted.tag:
        tagged = (ApplicationTag.application_id == Application.id, ApplicationTag.key == wanted.tag)
        found = found.where(exists().where(*tagged))
    if wanted.states and not any_state:
        found = found.where(Application.state.in_(wanted.states))
    return found


def by_state(session: Session, fair: Fair, wanted: Wanted) -> Mapping[State, int]:
    """How many answer to everything else that is wanted, by state."""
    found = applications_found(fair, wanted, any_state=True)
    rows = session.execute(
        found.with_only_columns(Application.state, func.count()).group_by(Application.state)
    )
    return {row[0]: row[1] for row in rows}


def found_by_words(session: Session, fair: Fair, wanted: Wanted) -> list[tuple[int, State]]:
    """(number, state) of all that answer to everything but the state, in the order of the queue.

    Names are compared once, for the counts and for the page.
    """
    found = applications_found(fair, wanted, any_state=True)
    rows = session.execute(_sorted(found.with_only_columns(Application.id, Application.state), wanted.sort))
    return [(number, state) for number, state in rows]


def page_of_applications(
    session: Session, found: Rows, sort: str, first: int, size: int
) -> list[Application]:
    """Some of the queue, each with organisation and kind of booth."""
    # Numbers alone are put in order: SQLite would carry all the whole rows along.
    numbers = _sorted(found.with_only_columns(Application.id), sort).offset(first).limit(size)
    return applications_numbered(session, session.scalars(numbers).all())


def applications_numbered(session: Session, numbers: Sequence[int]) -> list[Application]:
    """These applications in this order, each with organisation and kind of booth."""
    whole = (joinedload(Application.organisation), joinedload(Application.booth_kind))
    rows = session.scalars(select(Application).where(Application.id.in_(numbers)).options(*whole))
    found = {row.id: row for row in rows}
    return [found[number] for number in numbers if number in found]


def neighbours(
    session: Session, found: Rows, sort: str, application_id: int
) -> tuple[int | None, int | None, int, int]:
    """(the one before, the one after, which one it is, of how many) in the queue."""
    ids = session.scalars(_sorted(found.with_only_columns(Application.id), sort)).all()
    if application_id not in ids:
        return None, (ids[0] if ids else None), 0, len(ids)
    at = ids.index(application_id)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None), at + 1, len(ids)


def places_applied_from(session: Session, fair: Fair) -> Sequence[tuple[str, str | None, int]]:
    """(country, province, how many) of the fair's applicants."""
    rows = session.execute(
        select(Organisation.country, Organisation.province_code, func.count())
        .join(Application, Application.organisation_id == Organisation.id)
        .where(Application.fair_id == fair.id, Application.state != State.DRAFT)
        .group_by(Organisation.country, Organisation.province_code)
    )
    return [(country, province, many) for country, province, many in rows]


def booths_of_applications(session: Session, application_ids: Iterable[int]) -> Mapping[int, list[Booth]]:
    """By application, the booths its exhibitor holds or shares now, with their halls."""
    ids = list(application_ids)
    held = select(BoothClaim.id, BoothClaim.exhibitor_id).where(BoothClaim.state.in_(LIVE))
    shared = (
        select(CoExhibitor.claim_id, CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .where(BoothClaim.state.in_(LIVE))
    )
    stands = held.union(shared).subquery()
    rows = session.execute(
        select(Exhibitor.application_id, Booth)
        .join(stands, stands.c[1] == Exhibitor.id)
        .join(BoothClaim, BoothClaim.id == stands.c[0])
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Exhibitor.application_id.in_(ids))
        .order_by(Booth.code)
        .options(joinedload(Booth.hall))
    )
    found: dict[int, list[Booth]] = {}
    for application_id, booth in rows:
        if application_id is not None:
            found.setdefault(application_id, []).append(booth)
    return found


def applications_chosen(session: Session, fair: Fair, ids: Iterable[int]) -> Sequence[Application]:
    """These submitted applications of the fair, by name."""
    wanted = applications_found(fair, Wanted()).where(Application.id.in_(list(ids)))
    whole = (joinedload(Application.organisation), joinedload(Application.booth_kind))
    return session.scalars(_sorted(wanted, "name").options(*whole)).all()


def applications_by_id(session: Session, fair: Fair, ids: Iterable[int]) -> Mapping[int, Application]:
    """These applications of the fair, with their organisations."""
    wanted = select(Application).where(Application.fair_id == fair.id, Application.id.in_(list(ids)))
    rows = session.scalars(wanted.options(joinedload(Application.organisation)))
    return {row.id: row for row in rows}


def notes_of(session: Session, application_id: int) -> Sequence[ReviewNote]:
    """What organisers and reviewers noted, the latest first."""
    return session.scalars(
        select(ReviewNote)
        .where(ReviewNote.application_id == application_id)
        .order_by(ReviewNote.id.desc())
        .options(joinedload(ReviewNote.by))
    ).all()


def zones_of(session: Session, fair: Fair) -> Sequence[str]:
    """The zones of the fair's plan."""
    wanted = select(Booth.zone).distinct().where(Booth.fair_id == fair.id, Booth.retired_at.is_(None))
    return sorted(zone for zone in session.scalars(wanted) if zone)


def halls_to_choose(session: Session, fair: Fair) -> Sequence[Hall]:
    """The fair's halls in their order."""
    return session.scalars(
        select(Hall).where(Hall.fair_id == fair.id).order_by(Hall.position, Hall.code)
    ).all()


def _sorted(found: Rows, sort: str) -> Rows:
    column = SORTS.get(sort.removeprefix("-"), Application.submitted_at)
    return found.order_by(column.desc() if sort.startswith("-") else column, Application.id)
