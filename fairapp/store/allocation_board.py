"""What the allocation board shows: a hall's booths, who holds them, and who is still to place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.applications import ADMITTED, State
from fairapp.rules.fairs import BoothForm, FloorKind
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.base import Texts
from fairapp.store.fairs import Booth, BoothKind, Hall
from fairapp.store.producers import Organisation, Product


@dataclass(frozen=True, slots=True)
class HallCount:
    """A hall with how many booths it lets and how many of them are free."""

    id: int
    code: str
    names: Texts
    booths: int
    free: int


@dataclass(frozen=True, slots=True)
class BoothRow:
    """A booth of the plan as the board draws it."""

    id: int
    hall_id: int
    code: str
    outline: list[Any]
    area_m2: float
    kind: FloorKind
    form: BoothForm
    zone: str | None
    is_let: bool
    blocked_because: str | None


@dataclass(frozen=True, slots=True)
class Holding:
    """A live claim: who holds which booth, and with how many others."""

    booth_id: int
    claim_id: int
    state: ClaimState
    exhibitor_id: int
    name: str
    group: str | None
    shared: int


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


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim of a booth's history: who, since when and by whom, until when, by whom and why."""

    claim_id: int
    state: ClaimState
    exhibitor_id: int
    application_id: int | None
    name: str
    group: str | None
    made_at: Any
    made_by: str | None
    ended_at: Any
    ended_by: str | None
    end_reason: str
    moved_to: str | None

    @property
    def lives(self) -> bool:
        """Whether it holds the booth today."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody who shares the booth of a claim."""

    claim_id: int
    exhibitor_id: int
    name: str


def halls_with_counts(session: Session, fair_id: int) -> list[HallCount]:
    """Every hall of the fair, in the plan's order."""
    taken = select(ClaimDay.booth_id).where(ClaimDay.booth_id == Booth.id).exists()
    free = case((and_(Booth.id.is_not(None), ~taken, Booth.blocked_because.is_(None)), 1), else_=0)
    let = and_(Booth.hall_id == Hall.id, Booth.retired_at.is_(None), Booth.is_let)
    rows = session.execute(
        select(Hall.id, Hall.code, Hall.names, func.count(Booth.id), func.coalesce(func.sum(free), 0))
        .outerjoin(Booth, let)
        .where(Hall.fair_id == fair_id)
        .group_by(Hall.id)
        .order_by(Hall.position, Hall.id)
    )
    return [HallCount(*row) for row in rows]


def booths_of_hall(session: Session, hall_id: int) -> list[BoothRow]:
    """The booths of the hall's published plan."""
    wanted = _booth_rows().where(Booth.hall_id == hall_id, Booth.retired_at.is_(None)).order_by(Booth.id)
    return [BoothRow(*row) for row in session.execute(wanted)]


def _booth_rows() -> Select[*tuple[Any, ...]]:
    return select(
        Booth.id,
        Booth.hall_id,
        Booth.code,
        Booth.outline,
        Booth.area_m2,
        Booth.kind,
        Booth.form,
        Booth.zone,
        Booth.is_let,
        Booth.blocked_because,
    )


def first_group() -> ColumnElement[str | None]:
    """The group of the exhibitor's first product: of those it shows here, else of all it makes."""
    shown = and_(
        ApplicationProduct.product_id == Product.id,
        ApplicationProduct.application_id == Exhibitor.application_id,
    )
    return (
        select(Product.group_code)
        .outerjoin(ApplicationProduct, shown)
        .where(Product.organisation_id == Exhibitor.organisation_id, Product.removed_at.is_(None))
        .order_by(case((ApplicationProduct.product_id.is_(None), 1), else_=0), Product.position, Product.id)
        .limit(1)
        .correlate(Exhibitor)
        .scalar_subquery()
    )


def holdings_of_hall(session: Session, hall_id: int) -> list[Holding]:
    """The live claims on the booths of a hall."""
    shared = (
        select(func.count(CoExhibitor.id))
        .where(CoExhibitor.claim_id == BoothClaim.id)
        .correlate(BoothClaim)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            BoothClaim.booth_id,
            BoothClaim.id,
            BoothClaim.state,
            Exhibitor.id,
            Organisation.name,
            first_group(),
            shared,
        )
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.hall_id == hall_id, BoothClaim.state.in_(LIVE))
        .order_by(BoothClaim.id)
    )
    return [Holding(*row) for row in rows]


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


def history_of_booth(session: Session, booth_id: int, limit: int = 60) -> list[Claimed]:
    """The booth's claims, those that live first, then the latest."""
    maker, ender = aliased(Account), aliased(Account)
    onward, target = aliased(BoothClaim), aliased(Booth)
    rows: Any = session.execute(
        select(
            BoothClaim.id,
            BoothClaim.state,
            Exhibitor.id,
            Exhibitor.application_id,
            Organisation.name,
            first_group(),
            BoothClaim.made_at,
            maker.name,
            BoothClaim.ended_at,
            ender.name,
            BoothClaim.end_reason,
            target.code,
        )
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(maker, maker.id == BoothClaim.made_by_id)
        .outerjoin(ender, ender.id == BoothClaim.ended_by_id)
        .outerjoin(onward, onward.id == BoothClaim.moved_to_id)
        .outerjoin(target, target.id == onward.booth_id)
        .where(BoothClaim.booth_id == booth_id)
        .order_by(case((BoothClaim.state.in_(LIVE), 0), else_=1), BoothClaim.id.desc())
        .limit(limit)
    )
    return [Claimed(*row) for row in rows]


def sharers(session: Session, claim_ids: Sequence[int]) -> list[Sharer]:
    """Everybody who shares the booths of these claims, by name."""
    rows = session.execute(
        select(CoExhibitor.claim_id, Exhibitor.id, Organisation.name)
        .join(Exhibitor, Exhibitor.id == CoExhibitor.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(CoExhibitor.claim_id.in_(claim_ids))
        .order_by(Organisation.name_key, Exhibitor.id)
    )
    return [Sharer(*row) for row in rows]


def codes_of_fair(session: Session, fair_id: int) -> Sequence[Any]:
    """(id, hall's code, code, other codes) of every booth that is on the plan."""
    return session.execute(
        select(Booth.id, Hall.code, Booth.code, Booth.other_codes)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None))
    ).all()


def booths_numbered(session: Session, booth_ids: Sequence[int]) -> list[BoothRow]:
    """The booths of these numbers."""
    return [BoothRow(*row) for row in session.execute(_booth_rows().where(Booth.id.in_(booth_ids)))]
