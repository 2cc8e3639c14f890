"""An office for tests of the board: a fair on one hall's plan, who is to place, and organisers at work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor
from fairapp.store.base import db
from fairapp.store.board_events import BoardEvent, BoothNote
from tests import factories as make
from tests.serving import Service, running

BOARD = "/o/OCOP27/board/A"
NAMES = ("Chè Suối Nậm Lành", "Lụa Mã Châu", "Gốm Bát Tràng")


@dataclass(frozen=True, slots=True)
class Office:
    """A running service with a fair of some booths, exhibitors to place, and its organisers' cookies."""

    service: Service
    cookies: tuple[str, ...]

    @property
    def board(self) -> str:
        return self.service.url + BOARD

    @property
    def cookie(self) -> str:
        return self.cookies[0]

    @contextlib.contextmanager
    def database(self) -> Iterator[None]:
        """The service's own database, from outside."""
        app = create_app(read_settings(self.service.environment))
        with app.app_context():
            yield
            db.session.remove()
            db.engine.dispose()

    def empty(self) -> None:
        """Take every booth back, between two tests."""
        with self.database():
            for table in (BoardEvent, BoothNote, CoExhibitor, ClaimDay, BoothClaim):
                db.session.query(table).delete()
            db.session.commit()


@contextlib.contextmanager
def office_of(
    instance: Path, booths: int, names: tuple[str, ...] = NAMES, organisers: tuple[str, ...] = ("Lan",)
) -> Iterator[Office]:
    """Serve a fair with so many booths in rows of six, these exhibitors, and these organisers."""
    with running(instance) as service:
        app = create_app(read_settings(service.environment))
        with app.app_context():
            rows = db.session()
            fair = make.fair(rows)
            hall = make.hall(rows, fair)
            for n in range(booths):
                x, y = 3.0 * (n % 6), 6.0 * (n // 6)
                outline = [[[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3]]]
                make.booth(rows, hall, f"A-{n + 1:03d}", outline=outline)
            for name in names:
                organisation = make.organisation(rows, name)
                make.product(rows, organisation)
                make.exhibitor(rows, organisation, fair)
            accounts = [make.account(rows, name=name, language="en") for name in organisers]
            for account in accounts:
                make.grant(rows, account, Role.ORGANISER, fair)
            rows.commit()
            signed_in = [f"{account.id}.{account.epoch}" for account in accounts]
            db.session.remove()
            db.engine.dispose()
        cookies = []
        for remembered in signed_in:
            visitor = app.test_client()
            with visitor.session_transaction() as session:
                session["_user_id"], session["_fresh"] = remembered, True
            cookie = visitor.get_cookie("fairapp")
            assert cookie is not None
            cookies.append(cookie.value)
        yield Office(service, tuple(cookies))
