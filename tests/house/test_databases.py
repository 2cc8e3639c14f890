"""The tests' own databases keep their promises."""

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.orm import Session

from fairapp.store.tables import metadata
from tests.network import LeftTheHouse


def test_a_ready_database_has_every_table(ready_database: str) -> None:
    engine = create_engine(ready_database)
    assert set(inspect(engine).get_table_names()) == set(metadata.tables)
    engine.dispose()


def test_a_blank_database_has_none(blank_database: str) -> None:
    engine = create_engine(blank_database)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


@pytest.mark.parametrize("round", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next(session: Session, round: int) -> None:
    session.execute(text("CREATE TABLE left_behind (id INTEGER)"))
    session.commit()
    assert "left_behind" in inspect(session.connection()).get_table_names()


def test_a_connection_that_leaves_the_machine_is_an_error() -> None:
    import socket

    with socket.socket() as outside, pytest.raises(LeftTheHouse):
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(LeftTheHouse):
        socket.getaddrinfo("fair.example", 443)
