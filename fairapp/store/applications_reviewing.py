"""Criteria, who reads which applications, and the reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from fairapp.rules.actors import Role
from fairapp.rules.errors import Missing
from fairapp.rules.reviewing import Reads, ReviewState, Scale
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.applications import Application
from fairapp.store.base import LOCK, Base, Json, Texts, one_of


class Criterion(Base):
    """What reviewers give points for: from 0 to ``most``, with a weight beside the other criteria."""

    __tablename__ = "criterion"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    names: Mapped[Texts]
    hints: Mapped[Texts] = mapped_column(default=dict)
    """What the points stand for."""
    weight: Mapped[int]
    most: Mapped[int]
    position: Mapped[int]

    @property
    def scale(self) -> Scale:
        """As the mean asks for it."""
        return Scale(self.id, self.weight, self.most)


class ReviewAssignment(Base):
    """A part of a fair's applications that an account reads."""

    __tablename__ = "review_assignment"
    __table_args__ = (UniqueConstraint("fair_id", "account_id", "by", "value"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    by: Mapped[Reads] = mapped_column(one_of(Reads))
    value: Mapped[str] = mapped_column(String(20), default="")
    """A group, province, country or application; empty for all of them."""
    made_at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class Review(Base):
    """What one reviewer made of one application, or the conflict that keeps them from it."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("application_id", "account_id"),
        Index("ix_review_fair_id_account_id", "fair_id", "account_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[ReviewState] = mapped_column(one_of(ReviewState))
    scores: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Points by criterion."""
    mean: Mapped[int | None]
    """In hundredths of a point of 100; follows the weights."""
    comment: Mapped[str] = mapped_column(Text, default="")
    """For the organisers alone."""
    at: Mapped[datetime]
    account: Mapped[Account] = relationship()
    application: Mapped[Application] = relationship()


class ReviewLetter(Base):
    """Which letter about what they have to read a reviewer was promised: none goes twice."""

    __tablename__ = "review_letter"
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    sent_at: Mapped[datetime]


def criteria_of(session: Session, fair_id: int) -> Sequence[Criterion]:
    """The fair's criteria in their order."""
    return session.scalars(
        select(Criterion).where(Criterion.fair_id == fair_id).order_by(Criterion.position, Criterion.id)
    ).all()


def criterion_of(session: Session, fair_id: int, criterion_id: int) -> Criterion:
    """One of the fair's criteria, its row locked.

    :raises Missing: when the fair has none such.
    """
    found = session.scalar(
        select(Criterion)
        .where(Criterion.id == criterion_id, Criterion.fair_id == fair_id)
        .with_for_update(**LOCK)
    )
    if found is None:
        raise Missing
    return found


def reviewers_of(session: Session, fair_id: int) -> Sequence[Account]:
    """Who holds the reviewer's role in the fair now, by name."""
    return session.scalars(
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.fair_id == fair_id, RoleGrant.role == Role.REVIEWER, Account.closed_at.is_(None))
        .order_by(Account.name_folded, Account.id)
    ).all()


def assignments_of(session: Session, fair_id: int) -> Sequence[ReviewAssignment]:
    """What the fair's present reviewers read."""
    holds = (
        select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.fair_id == fair_id, RoleGrant.role == Role.REVIEWER, Account.closed_at.is_(None))
    )
    return session.scalars(
        select(ReviewAssignment)
        .where(ReviewAssignment.fair_id == fair_id, ReviewAssignment.account_id.in_(holds))
        .order_by(ReviewAssignment.account_id, ReviewAssignment.by, ReviewAssignment.value)
    ).all()


def review_by(session: Session, application_id: int, account_id: int | None) -> Review | None:
    """What the account made of the application."""
    return session.scalar(
        select(Review).where(Review.application_id == application_id, Review.account_id == account_id)
    )


def review_letters_of(session: Session, fair_id: int, key: str) -> frozenset[int]:
    """Which accounts were promised the fair's letter of this key."""
    sent = select(ReviewLetter.account_id).where(ReviewLetter.fair_id == fair_id, ReviewLetter.key == key)
    return frozenset(session.scalars(sent))


def means_in(
    session: Session, fair_id: int, application_ids: Iterable[int] | None = None
) -> Mapping[int, tuple[float, int]]:
    """By application, (the mean of its reviews, how many they are): of the whole fair, or of these."""
    # Never both: SQLite would read every review of the fair to find those of a few applications.
    chosen = (
        Review.fair_id == fair_id
        if application_ids is None
        else Review.application_id.in_(list(application_ids))
    )
    wanted = select(Review.application_id, func.avg(Review.mean), func.count())
    rows = session.execute(
        wanted.where(chosen, Review.state == ReviewState.DONE).group_by(Review.application_id)
    )
    return {application_id: (float(mean), many) for application_id, mean, many in rows}


def reviews_of(session: Session, application_id: int) -> Sequence[Review]:
    """Every review of the application, with who gave it."""
    return session.scalars(
        select(Review)
        .where(Review.application_id == application_id)
        .order_by(Review.at, Review.id)
        .options(joinedload(Review.account))
    ).all()
