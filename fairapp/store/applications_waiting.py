"""The waiting list of a fair: who stands at which place, and what was offered to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, Subquery, func, select, text
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.rules.waiting_list import OfferState
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.base import LOCK, Base, one_of
from fairapp.store.fairs import Booth, Fair


class WaitingPlace(Base):
    """A waitlisted application's place in its fair's line; the smallest rank is the next."""

    __tablename__ = "waiting_place"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    rank: Mapped[int]
    since: Mapped[datetime]
    application: Mapped[Application] = relationship()


class WaitingOffer(Base):
    """A place offered to somebody on the list; ended offers stay as history."""

    __tablename__ = "waiting_offer"
    __table_args__ = tuple(
        Index(
            f"uq_waiting_offer_open_{what}",
            f"{what}_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        )
        for what in ("application", "booth")
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"))
    """None: a place in the fair, its booth to be assigned."""
    state: Mapped[OfferState] = mapped_column(one_of(OfferState), default=OfferState.OPEN)
    offered_at: Mapped[datetime]
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """None: it went out by itself."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    application: Mapped[Application] = relationship()
    booth: Mapped[Booth | None] = relationship()
    offered_by: Mapped[Account | None] = relationship()


def lock_line(session: Session, fair_id: int) -> None:
    """Nobody else changes the fair's waiting list or its offers before this transaction ends."""
    session.execute(select(Fair.id).where(Fair.id == fair_id).with_for_update(**LOCK))


def line_of(
    session: Session, fair_id: int, first: int = 0, size: int | None = None
) -> Sequence[WaitingPlace]:
    """The line (or some of it) in its order, each with application, organisation and kind of booth."""
    whole = joinedload(WaitingPlace.application)
    return session.scalars(
        select(WaitingPlace)
        .where(WaitingPlace.fair_id == fair_id)
        .order_by(WaitingPlace.rank, WaitingPlace.application_id)
        .offset(first)
        .limit(size)
        .options(whole.joinedload(Application.organisation), whole.joinedload(Application.booth_kind))
    ).all()


def line_length(session: Session, fair_id: int) -> int:
    """How many wait."""
    waiting = select(func.count()).where(WaitingPlace.fair_id == fair_id)
    return session.scalar(waiting) or 0


def last_rank(session: Session, fair_id: int) -> int:
    """The rank of who stands last; 0 where nobody waits."""
    return session.scalar(select(func.max(WaitingPlace.rank)).where(WaitingPlace.fair_id == fair_id)) or 0


def place_in_line(session: Session, application: Application) -> tuple[int, int]:
    """(which one it is, of how many); (0, how many) for who does not wait."""
    own, total = session.get(WaitingPlace, application.id), line_length(session, application.fair_id)
    if own is None:
        return 0, total
    before = select(func.count()).where(
        WaitingPlace.fair_id == application.fair_id, WaitingPlace.rank < own.rank
    )
    return (session.scalar(before) or 0) + 1, total


def open_offers(session: Session, fair_id: int) -> Mapping[int, WaitingOffer]:
    """The open offers of a fair, by application."""
    found = select(WaitingOffer).where(WaitingOffer.fair_id == fair_id, WaitingOffer.ended_at.is_(None))
    rows = session.scalars(found.options(joinedload(WaitingOffer.booth).joinedload(Booth.hall)))
    return {offer.application_id: offer for offer in rows}


def open_offer_to(session: Session, application_id: int) -> WaitingOffer | None:
    """What is offered to the applicant now."""
    found = select(WaitingOffer).where(
        WaitingOffer.application_id == application_id, WaitingOffer.ended_at.is_(None)
    )
    return session.scalar(found.execution_options(populate_existing=True))


def offer_of_booth(session: Session, booth_id: int) -> WaitingOffer | None:
    """The open offer that holds the booth back."""
    return session.scalar(
        select(WaitingOffer).where(WaitingOffer.booth_id == booth_id, WaitingOffer.ended_at.is_(None))
    )


def is_offered() -> ColumnElement[bool]:
    """Of a booth in a question: somebody has still to answer whether to take it."""
    mine = (WaitingOffer.booth_id == Booth.id, WaitingOffer.ended_at.is_(None))
    return select(WaitingOffer.id).where(*mine).correlate(Booth).exists()


def offered_before(session: Session, fair_id: int) -> Mapping[int, frozenset[int]]:
    """By application, the booths that were ever offered to it."""
    rows = session.execute(
        select(WaitingOffer.application_id, WaitingOffer.booth_id).where(
            WaitingOffer.fair_id == fair_id, WaitingOffer.booth_id.is_not(None)
        )
    )
    found: dict[int, set[int]] = {}
    for application_id, booth_id in rows:
        if booth_id is not None:
            found.setdefault(application_id, set()).add(booth_id)
    return {application_id: frozenset(ids) for application_id, ids in found.items()}


def offers_made(session: Session, fair_id: int, first: int, size: int) -> tuple[Sequence[WaitingOffer], int]:
    """(some of the fair's offers, the latest first, and how many there are)."""
    mine = WaitingOffer.fair_id == fair_id
    whole = joinedload(WaitingOffer.application).joinedload(Application.organisation)
    rows = session.scalars(
        select(WaitingOffer)
        .where(mine)
        .order_by(WaitingOffer.id.desc())
        .offset(first)
        .limit(size)
        .options(whole, joinedload(WaitingOffer.booth), joinedload(WaitingOffer.offered_by))
    ).all()
    return rows, session.scalar(select(func.count()).select_from(WaitingOffer).where(mine)) or 0


def offers_to(session: Session, application_id: int) -> Sequence[WaitingOffer]:
    """Everything that was offered to one applicant, the latest first."""
    return session.scalars(
        select(WaitingOffer)
        .where(WaitingOffer.application_id == application_id)
        .order_by(WaitingOffer.id.desc())
        .options(joinedload(WaitingOffer.booth))
    ).all()


def offers_run_out(session: Session, now: datetime) -> Sequence[tuple[int, int]]:
    """(offer, application) of the open offers whose time is up."""
    rows = session.execute(
        select(WaitingOffer.id, WaitingOffer.application_id)
        .where(WaitingOffer.ended_at.is_(None), WaitingOffer.expires_at < now)
        .order_by(WaitingOffer.expires_at, WaitingOffer.id)
    )
    return [(offer_id, application_id) for offer_id, application_id in rows]


def booth_since(session: Session, application_ids: Iterable[int]) -> Mapping[int, datetime]:
    """By application, since when its exhibitor holds or shares the newest of its booths."""
    stands = _stands()
    rows = session.execute(
        select(Exhibitor.application_id, func.max(stands.c[1]))
        .join(stands, stands.c[0] == Exhibitor.id)
        .where(Exhibitor.application_id.in_(list(application_ids)))
        .group_by(Exhibitor.application_id)
    )
    return {application_id: since for application_id, since in rows if application_id is not None}


def unconfirmed(session: Session, fair_id: int, before: datetime) -> Sequence[int]:
    """The fair's accepted applications that have not confirmed, their newest booth given before then."""
    stands = _stands()
    return session.scalars(
        select(Application.id)
        .join(Exhibitor, Exhibitor.application_id == Application.id)
        .join(stands, stands.c[0] == Exhibitor.id)
        .where(Application.fair_id == fair_id, Application.state == State.ACCEPTED)
        .group_by(Application.id)
        .having(func.max(stands.c[1]) < before)
        .order_by(Application.id)
    ).all()


def _stands() -> Subquery:
    """(exhibitor, since when) of every booth that is held or shared."""
    held = select(BoothClaim.exhibitor_id, BoothClaim.made_at).where(BoothClaim.state.in_(LIVE))
    shared = (
        select(CoExhibitor.exhibitor_id, CoExhibitor.added_at)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .where(BoothClaim.state.in_(LIVE))
    )
    return held.union_all(shared).subquery()
