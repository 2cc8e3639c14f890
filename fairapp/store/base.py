"""The database itself: the base of all tables, the session, and the one way to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, event, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

from fairapp.rules.errors import Clash
from fairapp.rules.reasons import Lost

Texts = dict[str, str]
"""One text per language: ``{"vi": "…", "en": "…"}``."""


class Moment(TypeDecorator[datetime]):
    """An instant: aware on the way in and out, kept as UTC without a zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


def one_of(values: type[PythonEnum]) -> Enum:
    """A column that keeps one of the enum's values as plain text."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=False,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """What all tables share: their metadata and how plain types are kept."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: Moment, Texts: Json, dict[str, Any]: Json, list[Any]: Json},
    )


db = SQLAlchemy(
    model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False, "autoflush": True}
)

_WRITES = "fairapp_writes"
_LAST = "fairapp_last"
_LOST_KEYS = frozenset(
    {
        "23503",
        "23505",
        "SQLITE_CONSTRAINT_FOREIGNKEY",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
        "SQLITE_CONSTRAINT_UNIQUE",
    }
)
_LOST_WORK = frozenset({"40001", "40P01", "55P03", "SQLITE_BUSY"})
"""Serialization, deadlock, lock not to be had; and a writer who waited too long."""
LOCK: dict[str, Any] = {"key_share": True}
"""How a row is locked: nobody else changes it, yet rows that point to it go on being written.

PostgreSQL's plain FOR UPDATE would hold up every scan and every audit entry of a fair while somebody
publishes its plan, and two who hold up each other end in a deadlock.
"""


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL so that readers never wait, FULL so that an acknowledged commit survives a power cut."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # transactions are begun by us, below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """A writer asks for the lock at once: a deferred one fails with BUSY in the middle of its work."""
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def one_at_a_time(session: Session, digests: Iterable[str]) -> None:
    """Let only one transaction at a time work under each of these hexadecimal names, to its end."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has a single writer anyway
        for digest in sorted(digests):
            session.execute(select(func.pg_advisory_xact_lock(int(digest[:15], 16))))


def at_the_end(session: Session, name: str, finish: Callable[[Session], None]) -> None:
    """Have this done as the last thing before the commit, once for each name."""
    session.info.setdefault(_LAST, {})[name] = finish


def reading() -> Session:
    """The session of this request or command, for looking only."""
    return db.session()


def _is_race(lost: DBAPIError) -> bool:
    """Whether somebody else was quicker; a value that may not be empty, say, is a mistake of our own."""
    code = getattr(lost.orig, "sqlstate", None) or getattr(lost.orig, "sqlite_errorname", "")
    return code in _LOST_KEYS or code in _LOST_WORK


@contextmanager
def transaction() -> Iterator[Session]:
    """Write: everything inside happens, or nothing does. Only edges open one.

    :raises Clash: when a key, or the whole work, was lost in a race.
    """
    session = db.session()
    session.rollback()  # whatever was read before is older than the lock taken now
    session.info.pop(_LAST, None)
    try:
        session.connection(execution_options={_WRITES: True})
        yield session
        last: dict[str, Callable[[Session], None]] = session.info.pop(_LAST, {})
        for name in sorted(last):  # one order of locks for everybody
            last[name](session)
        session.commit()
    except DBAPIError as lost:
        session.rollback()
        if not _is_race(lost):
            raise
        raise Clash(Lost.RACE) from lost
    except BaseException:
        session.rollback()
        raise
