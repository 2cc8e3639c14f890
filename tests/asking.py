"""How often an act asks the database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from fairapp.store.base import db


def questions(act: Callable[[], Any]) -> int:
    """How many statements the act sends to the database."""
    seen: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)
