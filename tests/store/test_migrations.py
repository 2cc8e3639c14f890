"""The migrations make what the models mean, on both databases, up and down."""

from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from fairapp.store.migrating import differences, is_current, migrate, migrate_down


def test_an_empty_database_becomes_what_the_models_mean(blank_database: str) -> None:
    engine = create_engine(blank_database, poolclass=NullPool)
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    assert differences(engine) == []


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
