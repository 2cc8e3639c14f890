"""Tags on applications, and the filters that accounts keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from fairapp.rules.errors import Missing
from fairapp.store.base import Base


class ApplicationTag(Base):
    """A word of the organisers on an application; nobody else reads it."""

    __tablename__ = "application_tag"
    __table_args__ = (Index("ix_application_tag_fair_id_key", "fair_id", "key", "application_id"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    """The tag folded: two spellings are one tag."""
    tag: Mapped[str] = mapped_column(String(30))
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))


class SavedFilter(Base):
    """Filters of the queue that an account kept under a name."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("account_id", "fair_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(240))
    """The name folded."""
    query: Mapped[str] = mapped_column(String(1000))
    """As the address of the queue says it."""


def tags_on(session: Session, application_ids: Iterable[int]) -> Mapping[int, list[ApplicationTag]]:
    """By application, its tags in the order of the alphabet."""
    found: dict[int, list[ApplicationTag]] = defaultdict(list)
    wanted = select(ApplicationTag).where(ApplicationTag.application_id.in_(list(application_ids)))
    for row in session.scalars(wanted.order_by(ApplicationTag.key)):
        found[row.application_id].append(row)
    return found


def tags_in(session: Session, fair_id: int) -> Sequence[tuple[str, str, int]]:
    """(key, tag, on how many applications) of the fair, by the alphabet."""
    rows = session.execute(
        select(ApplicationTag.key, func.min(ApplicationTag.tag), func.count())
        .where(ApplicationTag.fair_id == fair_id)
        .group_by(ApplicationTag.key)
        .order_by(ApplicationTag.key)
    )
    return [(key, tag, many) for key, tag, many in rows]


def filters_of(session: Session, fair_id: int, account_id: int | None) -> Sequence[SavedFilter]:
    """What the account kept in the fair, by name."""
    mine = (SavedFilter.fair_id == fair_id, SavedFilter.account_id == account_id)
    return session.scalars(select(SavedFilter).where(*mine).order_by(SavedFilter.key)).all()


def filter_of(session: Session, fair_id: int, account_id: int | None, filter_id: int) -> SavedFilter:
    """One of the account's own filters in the fair.

    :raises Missing: when there is none, or it is somebody else's.
    """
    mine = (SavedFilter.fair_id == fair_id, SavedFilter.account_id == account_id)
    found = session.scalar(select(SavedFilter).where(*mine, SavedFilter.id == filter_id))
    if found is None:
        raise Missing
    return found
