"""The migrations make what the models mean, on both databases, up and down."""

from datetime import date, datetime
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, create_engine, func, inspect, select
from sqlalchemy.pool import NullPool

from fairapp.store.migrating import differences, is_current, migrate, migrate_down, newest


def test_an_empty_database_becomes_what_the_models_mean(blank_database: str) -> None:
    engine = create_engine(blank_database, poolclass=NullPool)
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    assert differences(engine) == []
    migrate_down(engine, "0001")
    assert not is_current(engine)


def test_the_newest_step_is_the_head_of_their_line(blank_database: str) -> None:
    engine = create_engine(blank_database, poolclass=NullPool)
    migrate(engine)
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest()


def test_migrating_twice_changes_nothing(blank_database: str) -> None:
    engine = create_engine(blank_database, poolclass=NullPool)
    migrate(engine)
    before = sorted(inspect(engine).get_table_names())
    migrate(engine)
    assert sorted(inspect(engine).get_table_names()) == before


def test_the_way_down_leaves_nothing_and_the_way_up_again_is_the_same(blank_database: str) -> None:
    engine = create_engine(blank_database, poolclass=NullPool)
    migrate(engine)
    migrate_down(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    assert differences(engine) == []


def test_a_column_the_migrations_forgot_is_found(blank_database: str) -> None:
    engine = create_engine(blank_database, poolclass=NullPool)
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gate ADD COLUMN colour VARCHAR(10)")
    assert len(differences(engine)) == 1


def test_a_database_with_rows_keeps_them_on_its_way_to_the_newest_shape(blank_database: str) -> None:
    engine = create_engine(blank_database, poolclass=NullPool)
    migrate(engine, "0007")
    metadata = MetaData()
    metadata.reflect(engine, only=["fair", "organisation", "application", "application_step"])
    with engine.begin() as connection:
        for name, keys in (
            ("fair", {}),
            ("organisation", {}),
            ("application", {"fair_id": 1, "organisation_id": 1}),
            ("application_step", {"application_id": 1}),
        ):
            table = metadata.tables[name]
            connection.execute(table.insert().values(_filled(table) | {"id": 1} | keys))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(metadata.tables["application_step"])) == 1


def _filled(table: Table) -> dict[str, Any]:
    """A value for each column that needs one."""
    plain: dict[type, Any] = {int: 1, float: 1.0, bool: False, dict: {}, str: "x"}
    plain |= {date: date(2027, 4, 15), datetime: datetime(2027, 4, 15)}  # noqa: DTZ001
    return {
        each.name: plain.get(each.type.python_type, {})
        for each in table.columns
        if not each.nullable and each.server_default is None and not each.primary_key
    }
