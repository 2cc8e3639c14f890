"""A power cut under writes: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.store.allocation import BoothClaim, ClaimDay
from fairapp.store.base import db
from fairapp.store.operations import AuditEntry, OutboxMessage
from tests import factories as make
from tests.serving import Service, fairapp, free_port, running, settings

WRITERS = 4
EACH = 150
WRITING_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Office:
    """A fair with more booths than can be given before the cut, and an organiser who has signed in."""

    instance: Path
    url: str
    pairs: list[tuple[int, int]]
    cookie: str
    token: str


@pytest.fixture
def office(blank_database: str, tmp_path: Path) -> Iterator[Office]:
    """The rows are laid out in the service's own database before it starts."""
    environment = settings(tmp_path, free_port(), FAIRAPP_DATABASE_URL=blank_database)
    fairapp("migrate", environment=environment)
    app = create_app(read_settings(environment))
    with app.app_context():
        rows = db.session()
        fair = make.fair(rows)
        hall = make.hall(rows, fair)
        organiser = make.account(rows)
        make.grant(rows, organiser, Role.ORGANISER, fair)
        guests = [make.exhibitor(rows, make.organisation(rows), fair).id for _ in range(WRITERS)]
        booths = [make.booth(rows, hall).id for _ in range(WRITERS * EACH)]
        signed_in = f"{organiser.id}.{organiser.epoch}"
        rows.commit()
        pairs = [(guests[n % WRITERS], booth) for n, booth in enumerate(booths)]
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = signed_in, True
    page = browser.get("/o/OCOP27/board/A").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    cookie = browser.get_cookie("fairapp")
    assert token is not None
    assert cookie is not None
    yield Office(tmp_path, blank_database, pairs, cookie.value, token[1])
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def give_until_cut(service: Service, office: Office, writer: int) -> list[int]:
    """Assign booth after booth until nobody answers any more; return those that were acknowledged."""
    given = []
    connection = HTTPConnection("127.0.0.1", service.port, timeout=20)
    headers = {
        "Cookie": f"fairapp={office.cookie}",
        "Origin": service.url,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with contextlib.closing(connection), contextlib.suppress(OSError, HTTPException):
        for exhibitor, booth in office.pairs[writer::WRITERS]:
            body = urlencode({"csrf_token": office.token, "exhibitor_id": exhibitor, "booth_id": booth})
            connection.request("POST", "/o/OCOP27/claims", body, headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 303, answer.status
            given.append(booth)
    return given


def test_a_killed_server_loses_no_acknowledged_claim_and_leaves_none_half_made(office: Office) -> None:
    with running(office.instance, FAIRAPP_DATABASE_URL=office.url) as service:
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(give_until_cut, service, office, writer) for writer in range(WRITERS)]
            time.sleep(WRITING_SECONDS)
            service.kill()
        acknowledged = {booth for each in writing for booth in each.result()}
    assert WRITERS <= len(acknowledged) < len(office.pairs)  # it was cut in the middle of the work

    with running(office.instance, FAIRAPP_DATABASE_URL=office.url) as again:
        kept = _kept(create_engine(office.url))
        assert acknowledged - kept == set()
        assert len(kept) <= len(acknowledged) + WRITERS  # at most one in flight for each writer
        free = next(pair for pair in office.pairs if pair[1] not in kept)
        work_goes_on = Office(office.instance, office.url, [free], office.cookie, office.token)
        assert give_until_cut(again, work_goes_on, 0) == [free[1]]


def _kept(engine: Engine) -> set[int]:
    """The booths that are claimed; each with all its days, its audit entry and its letter."""
    with Session(engine) as rows:
        days = select(ClaimDay.claim_id, func.count(), func.min(ClaimDay.booth_id))
        held = rows.execute(days.group_by(ClaimDay.claim_id)).all()
        claims = set(rows.scalars(select(BoothClaim.id)))
        assert {count for _, count, _ in held} == {5}
        assert {claim for claim, _, _ in held} == claims
        for table in (AuditEntry, OutboxMessage):
            assert rows.scalar(select(func.count(table.id))) == len(claims)
        booths = {booth for _, _, booth in held}
    engine.dispose()
    return booths
