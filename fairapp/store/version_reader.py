"""Read the version of what visitors see as cheaply as a database can be asked."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

_QUESTION = "SELECT number FROM public_version WHERE id = 1"


class VersionReader:
    """``number()`` answers the version committed now, or None when the database cannot be asked."""

    def __init__(self, database_url: str) -> None:
        self.url = database_url
        self.kept = threading.local()
        self.opened: list[Any] = []

    def number(self) -> int | None:
        """The version; 0 before the first public change."""
        try:
            row = self._cursor().execute(_QUESTION).fetchone()
        except Exception:  # a lost connection is opened anew with the next request
            self.kept.__dict__.clear()
            return None
        return int(row[0]) if row else 0

    def _cursor(self) -> Any:
        connection = getattr(self.kept, "connection", None)
        if connection is None:
            connection = self.kept.connection = self._connect()
            self.opened.append(connection)
        return connection

    def close(self) -> None:
        """Let every thread's connection go."""
        while self.opened:
            self.opened.pop().close()
        self.kept = threading.local()

    def _connect(self) -> Any:
        if self.url.startswith("sqlite:///"):
            path = self.url.removeprefix("sqlite:///")
            return sqlite3.connect(
                f"file:{path}?mode=ro", uri=True, isolation_level=None, timeout=5, check_same_thread=False
            )
        import psycopg

        return psycopg.connect(
            self.url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True, prepare_threshold=1
        )
