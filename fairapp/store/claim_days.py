"""Who stands in which booth on which days: the day keys of live claims, read in one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from fairapp.rules.days import Stay
from fairapp.rules.fairs import days_of
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation


def days_of_claims(session: Session, claim_ids: Iterable[int]) -> dict[int, tuple[date, ...]]:
    """The days of these claims in their order; an ended claim has none."""
    wanted = list(claim_ids)
    return _gathered(session, _days().where(ClaimDay.claim_id.in_(wanted))) if wanted else {}


def days_by_claim(session: Session, fair_id: int, hall_id: int | None = None) -> dict[int, tuple[date, ...]]:
    """The days of every live claim in the fair, or in one of its halls."""
    found = _days().join(Booth, Booth.id == ClaimDay.booth_id).where(Booth.fair_id == fair_id)
    return _gathered(session, found if hall_id is None else found.where(Booth.hall_id == hall_id))


def part_days(session: Session, fair: Fair, hall_id: int | None = None) -> dict[int, tuple[date, ...]]:
    """By claim the days of those that hold a booth for some of the fair's days only."""
    whole = len(days_of(fair.starts_on, fair.ends_on))
    found = days_by_claim(session, fair.id, hall_id)
    return {claim_id: days for claim_id, days in found.items() if len(days) < whole}


def part_stays(session: Session, fair: Fair) -> list[tuple[int, int, tuple[date, ...]]]:
    """Booth, exhibitor and days of those claims, each booth's in the order of their days."""
    parts = part_days(session, fair)
    wanted = select(BoothClaim.id, BoothClaim.booth_id, BoothClaim.exhibitor_id).where(
        BoothClaim.id.in_(list(parts))
    )
    rows = ((booth_id, who, parts[claim_id]) for claim_id, booth_id, who in session.execute(wanted))
    return sorted(rows, key=lambda row: (row[0], row[2]))


def stays_in(session: Session, booth_id: int, days: Iterable[date] | None = None) -> tuple[Stay, ...]:
    """Everybody who holds the booth on one of these days, each with those of them that it holds."""
    held = (
        select(ClaimDay.claim_id, Organisation.name, ClaimDay.day)
        .join(BoothClaim, BoothClaim.id == ClaimDay.claim_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(ClaimDay.booth_id == booth_id)
        .order_by(ClaimDay.day)
    )
    if days is not None:
        held = held.where(ClaimDay.day.in_(list(days)))
    found: defaultdict[tuple[int, str], list[date]] = defaultdict(list)
    for claim_id, name, day in session.execute(held):
        found[claim_id, name].append(day)
    return tuple(Stay(name, tuple(each)) for (_, name), each in found.items())


def names_in(session: Session, booth_ids: Iterable[int]) -> dict[str, list[str]]:
    """By booth code who holds it on any day; booths that nobody holds are left out."""
    held = (
        select(Booth.code, Organisation.name)
        .join(ClaimDay, ClaimDay.booth_id == Booth.id)
        .join(BoothClaim, BoothClaim.id == ClaimDay.claim_id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.id.in_(list(booth_ids)))
        .group_by(Booth.id, Booth.code, BoothClaim.id, Organisation.name)
        .order_by(func.min(ClaimDay.day), BoothClaim.id)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in session.execute(held):
        found[code].append(name)
    return dict(found)


def days_taken(session: Session, booth_id: int) -> frozenset[date]:
    """The days on which somebody holds the booth."""
    return frozenset(session.scalars(select(ClaimDay.day).where(ClaimDay.booth_id == booth_id)))


def _days() -> Select[int, date]:
    return select(ClaimDay.claim_id, ClaimDay.day).order_by(ClaimDay.claim_id, ClaimDay.day)


def _gathered(session: Session, wanted: Select[int, date]) -> dict[int, tuple[date, ...]]:
    found: defaultdict[int, list[date]] = defaultdict(list)
    for claim_id, day in session.execute(wanted):
        found[claim_id].append(day)
    return {claim_id: tuple(days) for claim_id, days in found.items()}


def days_of_exhibitors(
    session: Session, fair: Fair, exhibitor_ids: Iterable[int]
) -> dict[int, tuple[date, ...]]:
    """The days of those who stand in the fair's booths, their own and shared ones, on a part of its days."""
    ids, whole = list(exhibitor_ids), len(days_of(fair.starts_on, fair.ends_on))
    own = (
        select(BoothClaim.exhibitor_id, ClaimDay.day)
        .join(ClaimDay, ClaimDay.claim_id == BoothClaim.id)
        .where(BoothClaim.exhibitor_id.in_(ids))
    )
    shared = (
        select(CoExhibitor.exhibitor_id, ClaimDay.day)
        .join(ClaimDay, ClaimDay.claim_id == CoExhibitor.claim_id)
        .where(CoExhibitor.exhibitor_id.in_(ids))
    )
    found: defaultdict[int, set[date]] = defaultdict(set)
    for exhibitor_id, day in session.execute(own.union(shared)):
        found[exhibitor_id].add(day)
    return {each: tuple(sorted(days)) for each, days in found.items() if len(days) < whole}
