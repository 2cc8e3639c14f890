"""Bring a database to the newest shape, or back: Alembic without an ini file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine


def _config(engine: Engine) -> object:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def migrate(engine: Engine, to: str = "head") -> None:
    """Move the database up to ``to``; running it twice changes nothing."""
    _run(engine, "upgrade", to)


def migrate_down(engine: Engine, to: str = "base") -> None:
    """Move the database down to ``to``."""
    _run(engine, "downgrade", to)


def _run(engine: Engine, direction: str, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = _config(engine)
    assert isinstance(config, Config)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":  # batch steps copy tables: the keys are checked again after
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
        config.attributes["connection"] = connection
        with connection.begin():
            getattr(command, direction)(config, to)


def differences(engine: Engine) -> list[object]:
    """What the models have and the database has not, or the other way round."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from fairapp.store.tables import metadata

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest step."""
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = _config(engine)
    assert isinstance(config, Config)
    with engine.connect() as connection:
        standing = MigrationContext.configure(connection).get_current_revision()
    return standing == ScriptDirectory.from_config(config).get_current_head()
