"""The version of what visitors see grows with every committed public change, and with nothing else."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, delete, insert, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from fairapp.store.allocation import ClaimDay
from fairapp.store.operations import AuditEntry
from fairapp.store.producers import Organisation
from fairapp.store.visits import public_version
from tests import factories as make


@pytest.fixture
def own_session(ready_database: str) -> Iterator[Session]:
    """A session that really commits, in a database of its own."""
    engine = create_engine(ready_database, poolclass=NullPool)
    with Session(engine, expire_on_commit=False) as session:
        yield session


def test_a_public_change_raises_the_version_once_a_commit(own_session: Session) -> None:
    assert public_version(own_session) == 0
    fair = make.fair(own_session)
    make.hall(own_session, fair)
    own_session.commit()
    assert public_version(own_session) == 1
    fair.names = {"vi": "Tên mới"}
    own_session.commit()
    assert public_version(own_session) == 2


def test_accounts_and_audit_raise_nothing(own_session: Session) -> None:
    make.account(own_session)
    own_session.add(AuditEntry(at=make.NOW, what="x", facts={}))
    own_session.commit()
    assert public_version(own_session) == 0


def test_what_was_rolled_back_raises_nothing(own_session: Session) -> None:
    make.organisation(own_session)
    own_session.rollback()
    make.account(own_session)
    own_session.commit()
    assert public_version(own_session) == 0


def test_a_savepoint_holds_up_nobody_and_makes_nothing_forgotten(own_session: Session) -> None:
    make.organisation(own_session)
    with own_session.begin_nested():
        make.organisation(own_session)
    assert public_version(own_session) == 0, "raised at the very end, for it is locked from then on"
    given_up = own_session.begin_nested()
    make.account(own_session)
    given_up.rollback()
    own_session.commit()
    assert public_version(own_session) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.execute(update(Organisation).values(name="Tên mới")),
        lambda session: session.execute(delete(ClaimDay)),
        lambda session: session.execute(
            insert(Organisation),
            [
                {
                    "kind": "household",
                    "name": "Hộ Lan",
                    "story": {},
                    "created_at": make.NOW,
                    "changed_at": make.NOW,
                }
            ],
        ),
    ],
)
def test_changes_in_bulk_are_noticed_too(own_session: Session, change: Callable[[Session], object]) -> None:
    make.organisation(own_session)
    own_session.commit()
    before = public_version(own_session)
    change(own_session)
    own_session.commit()
    assert public_version(own_session) == before + 1
