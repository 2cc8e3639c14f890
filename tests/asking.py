"""What an act asks of the database, and how often."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from fairapp.store.base import db


@contextmanager
def statements(on: Engine | None = None) -> Iterator[list[str]]:
    """Every statement that is sent inside the block, to the application's database or another one."""
    engine = on or db.engine
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def queries(browser: FlaskClient, page: str) -> list[str]:
    """The statements of a page that opens."""
    with statements() as sent:
        assert browser.get(page).status_code == 200
    return sent
