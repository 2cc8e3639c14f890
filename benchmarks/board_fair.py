"""The fair that the board's benchmarks look at: one hall of booths in double rows, half of them taken."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.store.base import db
from tests import factories as make

BOARD = "/o/OCOP27/board/A"


def outlines(booths: int) -> list[tuple[float, float]]:
    """The upper left corners of so many booths of 3 × 3 m, in double rows of forty with aisles between."""
    return [(3.0 * (n % 40), 9.0 * (n // 80) + 3.0 * (n // 40 % 2)) for n in range(booths)]


def filled(environment: dict[str, str], booths: int, applications: int) -> str:
    """Fill the service's database; the session cookie of its organiser."""
    app = create_app(read_settings(environment))
    with app.app_context():
        rows = db.session()
        fair = make.fair(rows)
        hall, groups = make.hall(rows, fair), ("food", "drink", "herb", "craft")
        places = [
            make.booth(rows, hall, f"A-{n:04d}", outline=[[[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3]]])
            for n, (x, y) in enumerate(outlines(booths), 1)
        ]
        for n in range(applications):
            organisation = make.organisation(rows, f"Hợp tác xã {n:04d}")
            make.product(rows, organisation, group_code=groups[n % 4], stars=3 + n % 3)
            asked = make.application(rows, organisation, fair, state=State.CONFIRMED, area_m2=9.0)
            exhibitor = make.exhibitor(rows, organisation, fair, application_id=asked.id)
            if n % 2 == 0 and n // 2 < booths // 2:
                make.claim(rows, places[n], exhibitor, fair)
        account = make.account(rows, name="Lan", language="en")
        make.grant(rows, account, Role.ORGANISER, fair)
        rows.commit()
        remembered = f"{account.id}.{account.epoch}"
        db.session.remove()
        db.engine.dispose()
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session["_user_id"], session["_fresh"] = remembered, True
    cookie = visitor.get_cookie("fairapp")
    assert cookie is not None
    return str(cookie.value)
