"""Many organisers press at once: one booth, one winner, and a kind answer for everybody else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, ClaimDay
from fairapp.store.base import db
from fairapp.store.fairs import Booth, Fair
from fairapp.store.operations import AuditEntry, OutboxMessage
from tests import factories as make

ORIGIN = {"Origin": "http://localhost"}


def laid_out(rows: Session, booths: int, exhibitors: int) -> tuple[Fair, list[int], list[int], list[Account]]:
    """A fair with booths, exhibitors, and four organisers who press at the same moment."""
    fair = make.fair(rows)
    hall = make.hall(rows, fair)
    stands = [make.booth(rows, hall, f"A-{n:03d}").id for n in range(1, booths + 1)]
    waiting = [make.exhibitor(rows, make.organisation(rows), fair).id for _ in range(exhibitors)]
    organisers = [make.account(rows) for _ in range(4)]
    for organiser in organisers:
        make.grant(rows, organiser, Role.ORGANISER, fair)
    rows.commit()
    db.session.remove()
    return fair, stands, waiting, organisers


def ready_to_press(browse: Callable[..., FlaskClient], organiser: Account, fair: Fair) -> tuple[Any, str]:
    """A browser with the board open, and the token of its forms."""
    browser = browse(organiser)
    page = browser.get(f"/o/{fair.code}/board/A").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return browser, token[1]


def press_together(
    app: Flask, opened: list[tuple[Any, str]], presses: list[dict[str, Any]], claims: str
) -> list[tuple[int, str]]:
    """Send every press from a thread of its own, all let go by one barrier."""
    start = Barrier(len(presses))

    def press(number: int, fields: dict[str, Any]) -> tuple[int, str]:
        browser, token = opened[number % len(opened)]
        with app.test_client() as own:
            cookie = browser.get_cookie("fairapp")
            own.set_cookie("fairapp", cookie.value)
            start.wait()
            answer = own.post(claims, data={"csrf_token": token, **fields}, headers=ORIGIN)
            return answer.status_code, answer.get_data(as_text=True)

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, range(len(presses)), presses))


def test_of_64_simultaneous_claims_on_one_booth_one_wins_and_63_are_offered_free_neighbours(
    app: Flask, rows: Session, browse: Callable[..., FlaskClient]
) -> None:
    fair, stands, waiting, organisers = laid_out(rows, booths=12, exhibitors=64)
    opened = [ready_to_press(browse, organiser, fair) for organiser in organisers]
    presses = [{"exhibitor_id": exhibitor, "booth_id": stands[5]} for exhibitor in waiting]
    answers = press_together(app, opened, presses, f"/o/{fair.code}/claims")

    assert Counter(status for status, _ in answers) == {303: 1, 409: 63}
    for status, page in answers:
        if status == 409:
            assert "Gian A-006 đã có người nhận" in page
            offers = [int(offer) for offer in re.findall(r'name="booth_id" value="(\d+)"', page)]
            assert len(set(offers)) == 3
            assert stands[5] not in offers
    db.session.remove()
    assert db.session.scalar(select(func.count(BoothClaim.id))) == 1
    assert db.session.scalar(select(func.count()).select_from(ClaimDay)) == 5
    assert db.session.scalar(select(func.count(AuditEntry.id))) == 1
    assert db.session.scalar(select(func.count(OutboxMessage.id))) == 1


def test_32_threads_on_20_booths_leave_each_booth_with_one_holder(
    app: Flask, rows: Session, browse: Callable[..., FlaskClient]
) -> None:
    fair, stands, waiting, organisers = laid_out(rows, booths=20, exhibitors=32)
    opened = [ready_to_press(browse, organiser, fair) for organiser in organisers]
    for turn in range(4):  # every exhibitor tries five booths at a stretch, each turn begins elsewhere
        presses = [
            {"exhibitor_id": exhibitor, "booth_id": stands[(number + 5 * turn) % 20]}
            for number, exhibitor in enumerate(waiting)
        ]
        answers = press_together(app, opened, presses, f"/o/{fair.code}/claims")
        assert {status for status, _ in answers} <= {303, 409}
    db.session.remove()
    held = select(ClaimDay.booth_id, func.count(ClaimDay.claim_id.distinct())).group_by(ClaimDay.booth_id)
    assert {count for _, count in db.session.execute(held)} == {1}
    assert db.session.scalar(select(func.count(BoothClaim.booth_id.distinct()))) == 20
    assert db.session.scalar(select(func.count(BoothClaim.id))) == 20
    assert db.session.scalar(select(func.count(Booth.id))) == 20


def test_of_64_simultaneous_claims_for_ranges_of_days_exactly_those_without_a_common_day_win(
    app: Flask, rows: Session, browse: Callable[..., FlaskClient]
) -> None:
    fair, stands, waiting, organisers = laid_out(rows, booths=8, exhibitors=64)
    days = [(fair.starts_on + timedelta(days=n)).isoformat() for n in range(5)]
    ranges = [set(days[first : last + 1]) for first in range(5) for last in range(first, 5)]
    opened = [ready_to_press(browse, organiser, fair) for organiser in organisers]
    asked = [ranges[number % len(ranges)] for number in range(64)]
    presses: list[dict[str, Any]] = [
        {"exhibitor_id": exhibitor, "booth_id": stands[3], "days": ",".join(sorted(days))}
        for exhibitor, days in zip(waiting, asked, strict=True)
    ]
    answers = press_together(app, opened, presses, f"/o/{fair.code}/claims")

    statuses = [status for status, _ in answers]
    assert set(statuses) <= {303, 409}
    won = [wanted for wanted, status in zip(asked, statuses, strict=True) if status == 303]
    taken = set[str]().union(*won)
    assert sum(len(wanted) for wanted in won) == len(taken)  # nobody's day was given twice
    lost = [wanted for wanted, status in zip(asked, statuses, strict=True) if status == 409]
    assert all(wanted & taken for wanted in lost)  # and nobody was refused without a reason
    db.session.remove()
    kept = db.session.execute(select(ClaimDay.day, ClaimDay.claim_id)).all()
    assert {day.isoformat() for day, _ in kept} == taken
    assert len(kept) == len(taken)
    assert db.session.scalar(select(func.count(BoothClaim.id))) == len(won)
    assert db.session.scalar(select(func.count(AuditEntry.id))) == len(won)
