"""The ledger of priority points: who got how many at which fair, and why; rows are only added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, String, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship

from fairapp.rules.applications import State
from fairapp.rules.priority_points import PointKind
from fairapp.rules.text import search_terms
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import Base, one_of
from fairapp.store.fairs import Fair
from fairapp.store.producers import Organisation


class PriorityPoint(Base):
    """An entry of the ledger; the sum over an organisation's entries at a fair is what it has there."""

    __tablename__ = "priority_point"
    __table_args__ = (
        UniqueConstraint("fair_id", "organisation_id", "entry_key"),
        Index("ix_priority_point_organisation_id", "organisation_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[PointKind] = mapped_column(one_of(PointKind))
    amount: Mapped[int]
    """Above zero they come, below they go."""
    cause: Mapped[str] = mapped_column(String(200))
    entry_key: Mapped[str] = mapped_column(String(60))
    """What makes a second press the same entry."""
    from_fair_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"))
    """The earlier fair that starting points were carried over from."""
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    organisation: Mapped[Organisation] = relationship()
    from_fair: Mapped[Fair | None] = relationship(foreign_keys=[from_fair_id])
    by: Mapped[Account | None] = relationship()


def points_of(session: Session, fair_id: int, organisation_ids: Iterable[int]) -> dict[int, int]:
    """What these organisations have at the fair; who has no entry is not in it."""
    rows = session.execute(
        select(PriorityPoint.organisation_id, func.sum(PriorityPoint.amount))
        .where(PriorityPoint.fair_id == fair_id)
        .where(PriorityPoint.organisation_id.in_(list(organisation_ids)))
        .group_by(PriorityPoint.organisation_id)
    )
    return {organisation_id: int(points) for organisation_id, points in rows}


def ledger_of(session: Session, fair_id: int, organisation_id: int) -> Sequence[PriorityPoint]:
    """Every entry of the organisation at the fair, the latest first."""
    return session.scalars(
        select(PriorityPoint)
        .where(PriorityPoint.fair_id == fair_id, PriorityPoint.organisation_id == organisation_id)
        .order_by(PriorityPoint.id.desc())
        .options(joinedload(PriorityPoint.from_fair), joinedload(PriorityPoint.by))
    ).all()


def holding_points(fair_id: int, query: str = "") -> Select[*tuple[Application, int]]:
    """The fair's submitted applications with the sum of their organisation's points, the most first."""
    points = func.coalesce(func.sum(PriorityPoint.amount), 0)
    entries = and_(
        PriorityPoint.organisation_id == Application.organisation_id, PriorityPoint.fair_id == fair_id
    )
    found = (
        select(Application, points)
        .join(Application.organisation)
        .outerjoin(PriorityPoint, entries)
        .where(Application.fair_id == fair_id, Application.state != State.DRAFT)
        .group_by(Application.id, Organisation.id)
        .order_by(points.desc(), Organisation.name_key, Application.id)
        .options(contains_eager(Application.organisation))
    )
    for term in search_terms(query):
        found = found.where(Organisation.folded.contains(term, autoescape=True))
    return found


def fairs_with_points(session: Session, but: int, fair_ids: frozenset[int] | None) -> Sequence[Fair]:
    """The fairs, of these or (None) of all, whose ledgers have entries."""
    there = select(PriorityPoint.id).where(PriorityPoint.fair_id == Fair.id).exists()
    wanted = select(Fair).where(there, Fair.id != but).order_by(Fair.starts_on.desc()).limit(50)
    return session.scalars(wanted if fair_ids is None else wanted.where(Fair.id.in_(fair_ids))).all()


def carried_points(session: Session, from_fair_id: int, to_fair_id: int) -> Sequence[tuple[int, int]]:
    """(organisation, points) of whoever applies here, has points there, and has not started here."""
    started = (
        select(PriorityPoint.organisation_id)
        .where(PriorityPoint.fair_id == to_fair_id, PriorityPoint.kind == PointKind.STARTING)
        .scalar_subquery()
    )
    points = func.sum(PriorityPoint.amount)
    rows = session.execute(
        select(PriorityPoint.organisation_id, points)
        .join(Application, Application.organisation_id == PriorityPoint.organisation_id)
        .where(Application.fair_id == to_fair_id, Application.state != State.DRAFT)
        .where(PriorityPoint.fair_id == from_fair_id, PriorityPoint.organisation_id.not_in(started))
        .group_by(PriorityPoint.organisation_id)
        .having(points > 0)
        .order_by(PriorityPoint.organisation_id)
    )
    return [(organisation_id, int(amount)) for organisation_id, amount in rows]
