"""Lists of a fair's badges: one page of them with their stands and prints, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.allocation import LIVE
from fairapp.rules.badges import VALID, BadgeState
from fairapp.rules.text import search_terms
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth, Hall
from fairapp.store.producers import Membership

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and where they stand in it."""

    rows: Sequence[Badge]
    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        """The number of the first row."""
        return (self.number - 1) * PER_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row."""
        return min(self.number * PER_PAGE, self.total)


@dataclass(frozen=True, slots=True)
class Stand:
    """A booth of an exhibitor: its code and the name of its hall."""

    booth: str
    hall: str


def badges_wanted(fair_id: int, states: Iterable[BadgeState] = (), query: str = "") -> Select[Badge]:
    """A fair's badges in these states (all when none is named) that hold every word of the query."""
    wanted = select(Badge).where(Badge.fair_id == fair_id)
    if states := tuple(states):
        wanted = wanted.where(Badge.state.in_(states))
    for term in search_terms(query):
        wanted = wanted.where(or_(Badge.folded.contains(term), Badge.short_code == term.upper()))
    return wanted


def page_of(session: Session, wanted: Select[Badge], number: int) -> Page:
    """Page ``number`` (the nearest there is) of the badges wanted, the latest named first."""
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    rows = session.scalars(
        wanted.options(joinedload(Badge.exhibitor).joinedload(Exhibitor.organisation))
        .order_by(Badge.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return Page(rows, number, pages, total)


def badges_by_state(session: Session, fair_id: int) -> Mapping[BadgeState, int]:
    """How many badges of the fair stand where."""
    counted = select(Badge.state, func.count()).where(Badge.fair_id == fair_id).group_by(Badge.state)
    return dict(session.execute(counted).all())


def stands_of(session: Session, exhibitor_ids: Iterable[int | None]) -> Mapping[int, Sequence[Stand]]:
    """Each exhibitor's booths, its own and those it shares, in the order of their codes."""
    ids = {each for each in exhibitor_ids if each is not None}
    own = (
        select(BoothClaim.exhibitor_id, Booth.code, Hall.code)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(BoothClaim.exhibitor_id.in_(ids), BoothClaim.state.in_(LIVE))
    )
    shared = (
        select(CoExhibitor.exhibitor_id, Booth.code, Hall.code)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(CoExhibitor.exhibitor_id.in_(ids), BoothClaim.state.in_(LIVE))
    )
    found: dict[int, list[Stand]] = {}
    held: Sequence[tuple[int, str, str]] = session.execute(own.union(shared)).all()
    for exhibitor_id, booth, hall in sorted(held):
        found.setdefault(exhibitor_id, []).append(Stand(booth, hall))
    return found


@dataclass(frozen=True, slots=True)
class Prints:
    """How often a badge came out of a printer, and when last."""

    count: int
    last: datetime


def prints_of(session: Session, badge_ids: Iterable[int]) -> Mapping[int, Prints]:
    """The printings of these badges; one that was never printed is not in it."""
    counted = (
        select(BadgePrint.badge_id, func.count(), func.max(BadgePrint.at))
        .where(BadgePrint.badge_id.in_(set(badge_ids)))
        .group_by(BadgePrint.badge_id)
    )
    return {badge_id: Prints(count, last) for badge_id, count, last in session.execute(counted)}


def printable_ids(session: Session, fair_id: int, chosen: Iterable[int] | None = None) -> Sequence[int]:
    """The badges that may be printed, of those chosen or of the whole fair, stand by stand."""
    wanted = (
        select(Badge.id)
        .outerjoin(Exhibitor, Exhibitor.id == Badge.exhibitor_id)
        .where(Badge.fair_id == fair_id, Badge.state.in_(VALID))
        .order_by(Exhibitor.id, Badge.id)
    )
    if chosen is not None:
        wanted = wanted.where(Badge.id.in_(set(chosen)))
    return session.scalars(wanted).all()


def printings_at(
    session: Session, badge_ids: Sequence[int], by_id: int | None, at: datetime
) -> frozenset[int]:
    """Those of the badges of which a printing of this moment, asked for by this account, is kept."""
    return frozenset(
        session.scalars(
            select(BadgePrint.badge_id).where(
                BadgePrint.badge_id.in_(badge_ids), BadgePrint.at == at, BadgePrint.by_id == by_id
            )
        )
    )


def badges_to_print(
    session: Session, fair_id: int, badge_ids: Sequence[int], lock: bool = False
) -> Sequence[Badge]:
    """These badges with exhibitor and organisation, in the order given; locked when they will change."""
    found: dict[int, Badge] = {}
    for start in range(0, len(badge_ids), 500):
        chunk = (
            select(Badge)
            .where(Badge.fair_id == fair_id, Badge.id.in_(badge_ids[start : start + 500]))
            .options(joinedload(Badge.exhibitor).joinedload(Exhibitor.organisation))
            .order_by(Badge.id)
        )
        if lock:
            chunk = chunk.with_for_update(of=Badge, **LOCK).execution_options(populate_existing=True)
        found.update((badge.id, badge) for badge in session.scalars(chunk))
    return [found[badge_id] for badge_id in badge_ids if badge_id in found]


def members_of(session: Session, organisation_id: int) -> Sequence[Account]:
    """The accounts that act for the organisation and can be written to."""
    return session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Account.confirmed_at.is_not(None),
            Account.closed_at.is_(None),
        )
        .order_by(Account.id)
    ).all()
