"""What all tests share: no network, no settings from outside, and both databases."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests import network, postgres
from tests.databases import KINDS, Databases

hypothesis_settings.register_profile("fairapp", derandomize=True, deadline=None, database=None)

SERVER = pytest.StashKey[Path]()
SHARED = "fairapp_postgres"


def pytest_configure(config: pytest.Config) -> None:
    """Close the doors, and agree on the folder where the run's PostgreSQL will live."""
    for name in [name for name in os.environ if name.startswith("FAIRAPP_") and "_TEST_" not in name]:
        del os.environ[name]
    hypothesis_settings.load_profile("fairapp")
    network.stay_home()
    given = getattr(config, "workerinput", {}).get(SHARED)
    config.stash[SERVER] = Path(given) if given else postgres.new_home()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell each parallel worker which PostgreSQL is theirs."""
    node.workerinput[SHARED] = str(node.config.stash[SERVER])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the PostgreSQL that the run started, if any test asked for one."""
    if not hasattr(config, "workerinput") and SERVER in config.stash:
        postgres.stop(config.stash[SERVER] / "s")
        shutil.rmtree(config.stash[SERVER], ignore_errors=True)


@pytest.fixture(scope="session", params=KINDS)
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Databases:
    """A source of databases; a test that uses it, or a fixture built on it, runs on every kind."""
    folder = tmp_path_factory.mktemp("databases")
    return Databases(request.param, worker_id, folder, request.config.stash[SERVER])


@pytest.fixture
def blank_database(databases: Databases) -> Iterator[str]:
    """The address of a database without tables, of this test alone."""
    url = databases.blank()
    yield url
    databases.drop(url)


@pytest.fixture
def ready_database(databases: Databases) -> Iterator[str]:
    """The address of a database with every table, of this test alone: for servers, threads and commits."""
    url = databases.ready()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def engine(databases: Databases) -> Iterator[Engine]:
    """An engine on a database with every table, shared by the tests of one worker through ``session``."""
    engine = create_engine(databases.ready())
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is undone after the test, even what the test committed."""
    connection = engine.connect().execution_options(fairapp_writes=True)
    outer = connection.begin()
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        yield session
    outer.rollback()
    connection.close()
