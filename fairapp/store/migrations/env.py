"""How Alembic reaches the database: with the connection that the caller hands in."""

from typing import Literal

from alembic import context
from sqlalchemy import JSON, DateTime, Enum, String

from fairapp.store.base import Moment
from fairapp.store.tables import metadata


def _plain_type(kind: str, value: object, _context: object) -> str | Literal[False]:
    """Migrations keep plain types: they must mean the same when the tables have moved on."""
    if kind != "type":
        return False
    if isinstance(value, Moment):
        return "sa.DateTime()"
    if isinstance(value, Enum):
        return f"sa.String(length={value.length})"
    if isinstance(value, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def _type_differs(
    _context: object, _column: object, _model: object, found: object, wanted: object
) -> bool | None:
    """An enum kept as text and an instant kept as a date-time are what the migrations made."""
    if isinstance(wanted, Enum) and isinstance(found, String):
        return found.length != wanted.length
    if isinstance(wanted, Moment) and isinstance(found, DateTime):
        return False
    return None


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_plain_type,
    compare_type=_type_differs,
)
with context.begin_transaction():
    context.run_migrations()
