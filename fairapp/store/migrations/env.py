"""How Alembic reaches the database: with the connection that the caller hands in."""

from alembic import context

from fairapp.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="fairapp.store.base.",
)
with context.begin_transaction():
    context.run_migrations()
