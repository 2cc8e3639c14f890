"""An application for work that happens later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.store.base import db
from fairapp.store.migrating import migrate


@contextmanager
def opened(url: str, instance: Path) -> Iterator[Flask]:
    """An application on this database, its letters in a file."""
    app = create_app(
        read_settings(
            {
                "FAIRAPP_INSTANCE": str(instance),
                "FAIRAPP_DATABASE_URL": url,
                "FAIRAPP_MAIL": f"file:{instance / 'mail.jsonl'}",
                "FAIRAPP_BASE_URL": "https://fair.example",
            }
        )
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    closing = app.extensions.get("public_version")
    if closing is not None:
        closing.close()


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own."""
    with opened(ready_database, tmp_path) as app:
        yield app


@pytest.fixture
def migrated(blank_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application beside which real workers may start."""
    with opened(blank_database, tmp_path) as app:
        migrate(db.engine)
        yield app
