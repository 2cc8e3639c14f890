"""The queue of long work: huey on a file of its own, or in PostgreSQL when that is the database."""

from __future__ import annotations

from typing import Any

from fairapp.config import Settings


def open_queue(settings: Settings) -> Any:
    """The huey queue of this installation."""
    from huey import PostgresHuey, SqliteHuey

    if settings.database_url.startswith("sqlite"):
        return SqliteHuey("fairapp", filename=str(settings.instance / "queue.db"), fsync=True, results=False)
    return PostgresHuey("fairapp", dsn=settings.database_url.replace("+psycopg", ""), results=False)
