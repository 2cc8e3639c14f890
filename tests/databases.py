"""Databases for the tests: SQLite files and PostgreSQL databases, made from a template and thrown away."""

import itertools
import shutil
from pathlib import Path

import psycopg
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from tests import postgres

KINDS = ("sqlite", "postgresql")
_NUMBERS = itertools.count(1)
"""Of the worker, not of one source: pytest makes a source anew when it comes back to a kind."""


def make_tables(url: str) -> None:
    """Create every table of the house; that the migrations make the same ones is tested on its own."""
    from fairapp.store.tables import metadata

    engine = create_engine(url, poolclass=NullPool)
    metadata.create_all(engine)
    engine.dispose()


def empty_tables(connection: Connection) -> None:
    """Take every row out and let the ids begin anew; most hold nothing and are left alone."""
    from fairapp.store.tables import metadata

    names = [table.name for table in reversed(metadata.sorted_tables)]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for name in names:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')
        return
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names)
    connection.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign key is asked
    for name in connection.scalars(text(filled)).all():
        connection.execute(text(f'DELETE FROM "{name}"'))
    moved = "SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences"
    connection.execute(text(f"{moved} WHERE last_value IS NOT NULL"))


class Databases:
    """Hands out databases of one kind to one worker, and takes them back."""

    def __init__(self, kind: str, worker: str, folder: Path, server: Path) -> None:
        self.kind, self.worker, self.folder, self.server = kind, worker, folder, server
        self._template = ""

    def blank(self) -> str:
        """The address of a new database without any table."""
        return self._new(template="")

    def ready(self) -> str:
        """The address of a new database with every table and no row."""
        if not self._template:
            self._template = self.blank()
            make_tables(self._template)
        return self._new(template=self._template)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        if self.kind == "postgresql":
            self._administer(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')
            return
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)

    def _new(self, template: str) -> str:
        name = f"{self.worker}_{next(_NUMBERS)}"
        if self.kind == "postgresql":
            copied = f' TEMPLATE "{_name(template)}"' if template else " TEMPLATE template0"
            self._administer(f'CREATE DATABASE "{name}"{copied}')
            return postgres.shared(self.server).format(name=name)
        file = self.folder / f"{name}.db"
        if template:
            shutil.copyfile(template.removeprefix("sqlite:///"), file)
        return f"sqlite:///{file}"

    def _administer(self, statement: str) -> None:
        host = postgres.shared(self.server).partition("host=")[2]
        with psycopg.connect(f"host={host} user=fairapp dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def _name(url: str) -> str:
    return url.rpartition("@/")[2].partition("?")[0]
