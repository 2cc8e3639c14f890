"""Decisions that are prepared and not yet published: nobody but the office knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Text, delete, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from fairapp.rules.applications import Step
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import Base, one_of
from fairapp.store.producers import Organisation


class PreparedDecision(Base):
    """What will be decided about one application when the batch is published."""

    __tablename__ = "prepared_decision"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    step: Mapped[Step] = mapped_column(one_of(Step))
    reason: Mapped[str] = mapped_column(Text, default="")
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    prepared_at: Mapped[datetime]
    application: Mapped[Application] = relationship()
    prepared_by: Mapped[Account | None] = relationship()


def prepared_counts(session: Session, fair_id: int) -> Mapping[Step, int]:
    """How many decisions are prepared, by step."""
    rows = session.execute(
        select(PreparedDecision.step, func.count())
        .where(PreparedDecision.fair_id == fair_id)
        .group_by(PreparedDecision.step)
    )
    return {row[0]: row[1] for row in rows}


def prepared_about(session: Session, application_ids: Iterable[int]) -> Mapping[int, Step]:
    """By application, what is prepared about it."""
    rows = session.execute(
        select(PreparedDecision.application_id, PreparedDecision.step).where(
            PreparedDecision.application_id.in_(list(application_ids))
        )
    )
    return {row[0]: row[1] for row in rows}


def prepared_so_far(session: Session, application_id: int) -> tuple[Step, str, int | None] | None:
    """(step, words, by whom) of what is prepared about the application."""
    row = session.execute(
        select(PreparedDecision.step, PreparedDecision.reason, PreparedDecision.prepared_by_id).where(
            PreparedDecision.application_id == application_id
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def prepared_page(session: Session, fair_id: int, first: int, size: int) -> Sequence[PreparedDecision]:
    """Some of the prepared decisions, by step and name, each with its application."""
    whole = joinedload(PreparedDecision.application)
    return session.scalars(
        select(PreparedDecision)
        .join(Application, Application.id == PreparedDecision.application_id)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(PreparedDecision.fair_id == fair_id)
        .order_by(PreparedDecision.step, Organisation.name_key, PreparedDecision.application_id)
        .offset(first)
        .limit(size)
        .options(
            whole.joinedload(Application.organisation),
            whole.joinedload(Application.booth_kind),
            joinedload(PreparedDecision.prepared_by),
        )
    ).all()


def prepared_ids(session: Session, fair_id: int, most: int) -> Sequence[int]:
    """The applications of the batch in the order in which they are decided, at most so many."""
    return session.scalars(
        select(PreparedDecision.application_id)
        .where(PreparedDecision.fair_id == fair_id)
        .order_by(PreparedDecision.prepared_at, PreparedDecision.application_id)
        .limit(most)
    ).all()


def forget_prepared(session: Session, application_ids: Iterable[int]) -> int:
    """Drop what was prepared about these applications; answer how many there were."""
    gone = session.execute(
        delete(PreparedDecision).where(PreparedDecision.application_id.in_(list(application_ids)))
    )
    count: int = gone.rowcount  # type: ignore[attr-defined]
    return count
