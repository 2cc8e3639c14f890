"""What visitors see, by version: a change raises it, and every worker's next answer is fresh."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, SessionTransaction, mapped_column

from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.base import Base
from fairapp.store.fairs import Booth, BoothKind, Fair, Hall, ProductGroup
from fairapp.store.producers import Certificate, Organisation, Photo, Product

PUBLIC_TABLES: tuple[type[Base], ...] = (
    Booth,
    BoothClaim,
    BoothKind,
    Certificate,
    ClaimDay,
    CoExhibitor,
    Exhibitor,
    Fair,
    Hall,
    Organisation,
    Photo,
    Product,
    ProductGroup,
)
"""What public pages are made of."""
_CHANGED = "public_changed"


class PublicVersion(Base):
    """One row: a number that grows with every committed change of a public table."""

    __tablename__ = "public_version"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(default=1)


def public_version(session: Session) -> int:
    """The version of everything visitors see; 0 before the first change."""
    return session.scalar(select(PublicVersion.number).where(PublicVersion.id == 1)) or 0


@event.listens_for(Session, "before_flush")
def _notice_rows(session: Session, _context: Any, _instances: Any) -> None:
    if any(isinstance(row, PUBLIC_TABLES) for rows in (session.new, session.deleted) for row in rows) or any(
        isinstance(row, PUBLIC_TABLES) and session.is_modified(row) for row in session.dirty
    ):
        session.info[_CHANGED] = True


@event.listens_for(Session, "do_orm_execute")
def _notice_statements(state: ORMExecuteState) -> None:
    """Inserts, updates and deletes in bulk pass by the flush."""
    if state.is_insert or state.is_update or state.is_delete:
        mapper = state.bind_mapper
        if mapper is not None and issubclass(mapper.class_, PUBLIC_TABLES):
            state.session.info[_CHANGED] = True


@event.listens_for(Session, "before_commit")
def _raise_version(session: Session) -> None:
    """The last statement of the transaction: whoever waits for this row holds up nobody else for long."""
    if session.in_nested_transaction():
        return
    session.flush()
    if not session.info.pop(_CHANGED, False):
        return
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement: Any = insert(PublicVersion).values(id=1, number=1)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[PublicVersion.id], set_={"number": PublicVersion.number + 1}
        )
    )


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    """What was changed before a savepoint is still changed when only the savepoint is given up."""
    if not ended.nested:
        session.info.pop(_CHANGED, None)
