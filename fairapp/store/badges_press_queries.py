"""Questions about designs, print stations and the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.badge_queue import MOST_STATIONS, WAITING, PrintJobState
from fairapp.rules.badges import BadgeKind
from fairapp.rules.errors import Missing
from fairapp.rules.text import search_terms
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges import Badge
from fairapp.store.badges_press import BadgeDesign, PrintJob, PrintStation
from fairapp.store.base import LOCK
from fairapp.store.producers import Organisation

PER_PAGE = 50


def designs_in_force(session: Session, fair_id: int) -> Mapping[BadgeKind, BadgeDesign]:
    """The last version of each kind's design, of those that have one."""
    last = (
        select(BadgeDesign.kind, func.max(BadgeDesign.version).label("version"))
        .where(BadgeDesign.fair_id == fair_id)
        .group_by(BadgeDesign.kind)
        .subquery()
    )
    rows = session.scalars(
        select(BadgeDesign)
        .join(last, (BadgeDesign.kind == last.c.kind) & (BadgeDesign.version == last.c.version))
        .where(BadgeDesign.fair_id == fair_id)
        .options(joinedload(BadgeDesign.made_by))
    )
    return {row.kind: row for row in rows}


def design_versions(session: Session, fair_id: int, kind: BadgeKind, most: int = 30) -> Sequence[BadgeDesign]:
    """The versions of a kind's design, the newest first."""
    return session.scalars(
        select(BadgeDesign)
        .where(BadgeDesign.fair_id == fair_id, BadgeDesign.kind == kind)
        .options(joinedload(BadgeDesign.made_by))
        .order_by(BadgeDesign.version.desc())
        .limit(most)
    ).all()


def design_version(session: Session, fair_id: int, kind: BadgeKind, version: int) -> BadgeDesign:
    """One version.

    :raises Missing: when there is none.
    """
    found = session.scalar(
        select(BadgeDesign).where(
            BadgeDesign.fair_id == fair_id, BadgeDesign.kind == kind, BadgeDesign.version == version
        )
    )
    if found is None:
        raise Missing
    return found


def longest_names(
    session: Session, fair_id: int, kind: BadgeKind, most: int = 300
) -> Sequence[tuple[str, str, str, str, str]]:
    """The longest names on badges of a kind: name, in Latin letters, duty, organisation, its language."""
    return [
        (name, latin, duty, organisation or "", language or "vi")
        for name, latin, duty, organisation, language in session.execute(
            select(Badge.name, Badge.name_latin, Badge.duty, Organisation.name, Organisation.name_language)
            .outerjoin(Exhibitor, Exhibitor.id == Badge.exhibitor_id)
            .outerjoin(Organisation, Organisation.id == Exhibitor.organisation_id)
            .where(Badge.fair_id == fair_id, Badge.kind == kind)
            .order_by(func.length(Badge.name).desc(), Badge.id)
            .limit(most)
        )
    ]


def longest_organisations(session: Session, fair_id: int, most: int = 300) -> Sequence[tuple[str, str, str]]:
    """The longest names of exhibitors: name, in Latin letters, language."""
    return [
        (name, latin, language)
        for name, latin, language in session.execute(
            select(Organisation.name, Organisation.name_latin, Organisation.name_language)
            .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
            .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
            .order_by(func.length(Organisation.name).desc(), Organisation.id)
            .limit(most)
        )
    ]


def stations_of(session: Session, fair_id: int) -> Sequence[PrintStation]:
    """The fair's open stations by name."""
    return session.scalars(
        select(PrintStation)
        .where(PrintStation.fair_id == fair_id, PrintStation.closed_at.is_(None))
        .order_by(PrintStation.name)
        .limit(MOST_STATIONS)
    ).all()


def station_of(session: Session, fair_id: int, station_id: int, lock: bool = False) -> PrintStation:
    """A station of the fair.

    :raises Missing: when there is none.
    """
    wanted = select(PrintStation).where(PrintStation.id == station_id, PrintStation.fair_id == fair_id)
    if lock:
        wanted = wanted.with_for_update(**LOCK).execution_options(populate_existing=True)
    if (found := session.scalar(wanted)) is None:
        raise Missing
    return found


def jobs_at(session: Session, station_id: int) -> Sequence[PrintJob]:
    """What a station has taken and not finished, in the order of the queue."""
    return session.scalars(
        _shown()
        .where(PrintJob.station_id == station_id, PrintJob.state == PrintJobState.TAKEN)
        .order_by(PrintJob.queued_at, PrintJob.id)
    ).all()


def waiting_jobs(session: Session, fair_id: int, most: int) -> Sequence[PrintJob]:
    """The first jobs of the queue, locked; those that another station is taking are passed over."""
    return session.scalars(
        select(PrintJob)
        .where(PrintJob.fair_id == fair_id, PrintJob.state == PrintJobState.QUEUED)
        .order_by(PrintJob.queued_at, PrintJob.id)
        .limit(most)
        .with_for_update(skip_locked=True, **LOCK)
        .execution_options(populate_existing=True)
    ).all()


def job_for_update(session: Session, fair_id: int, job_id: int) -> PrintJob:
    """One job, locked.

    :raises Missing: when there is none.
    """
    found = session.scalar(
        select(PrintJob)
        .where(PrintJob.id == job_id, PrintJob.fair_id == fair_id)
        .options(joinedload(PrintJob.badge))
        .with_for_update(of=PrintJob, **LOCK)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing
    return found


def badges_waiting(session: Session, badge_ids: Iterable[int]) -> frozenset[int]:
    """Those of the badges that stand in the queue already."""
    wanted = select(PrintJob.badge_id).where(
        PrintJob.badge_id.in_(set(badge_ids)), PrintJob.state.in_(WAITING)
    )
    return frozenset(session.scalars(wanted))


def jobs_wanted(fair_id: int, state: PrintJobState | None = None, query: str = "") -> Select[PrintJob]:
    """The fair's jobs in a state (in any) whose badge holds every word of the query."""
    wanted = _shown().where(PrintJob.fair_id == fair_id)
    if state is not None:
        wanted = wanted.where(PrintJob.state == state)
    if terms := search_terms(query):
        named = and_(*(Badge.folded.contains(term) for term in terms))
        wanted = wanted.join(Badge, Badge.id == PrintJob.badge_id).where(
            or_(named, Badge.short_code == "".join(terms).upper())
        )
    return wanted


def jobs_page(
    session: Session, wanted: Select[PrintJob], skipped: int, state: PrintJobState | None
) -> Sequence[PrintJob]:
    """Some of the jobs: those that wait in the order of the queue, all others the latest first."""
    order = (
        (PrintJob.queued_at, PrintJob.id)
        if state in WAITING
        else (PrintJob.queued_at.desc(), PrintJob.id.desc())
    )
    return session.scalars(wanted.order_by(*order).offset(skipped).limit(PER_PAGE)).all()


def jobs_counted(session: Session, wanted: Select[PrintJob]) -> int:
    """How many jobs there are."""
    return (
        session.scalar(select(func.count()).select_from(wanted.with_only_columns(PrintJob.id).subquery()))
        or 0
    )


def jobs_by_state(session: Session, fair_id: int) -> Mapping[PrintJobState, int]:
    """How many of the fair's jobs stand where."""
    counted = select(PrintJob.state, func.count()).where(PrintJob.fair_id == fair_id).group_by(PrintJob.state)
    return dict(session.execute(counted).all())


def _shown() -> Select[PrintJob]:
    badge = joinedload(PrintJob.badge).joinedload(Badge.exhibitor).joinedload(Exhibitor.organisation)
    return select(PrintJob).options(
        badge,
        joinedload(PrintJob.station),
        joinedload(PrintJob.queued_by),
        joinedload(PrintJob.printed_by),
        joinedload(PrintJob.collected_by),
    )
