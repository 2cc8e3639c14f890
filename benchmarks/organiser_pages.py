"""Server time and number of queries of an organiser's pages over a few and over 1,900 exhibitors.

    python benchmarks/organiser_pages.py [--exhibitors 1900] [--rounds 40]

Thirteen halls, SQLite, the whole application in one process without a network. For every page: the first
answer, which also reads the templates; the median and the 95th percentile in milliseconds over the rounds
after it; the same percentile in processor time; and its queries with 3 exhibitors and with all.
"""

import argparse
import secrets
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.columns import parse_columns
from fairapp.rules.fairs import FairStep
from fairapp.rules.imports import SourceRow
from fairapp.rules.plans import BoothOutline, HallOutline, PlanDraft
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.base import db, transaction
from fairapp.store.schemes import keep_schemes
from fairapp.store.tables import metadata
from fairapp.usecases.exchange_import import FIELDS, ImportList, import_list
from fairapp.usecases.fairs import CreateFair, FairDetails, StepFair, create_fair, step_fair
from fairapp.usecases.fairs_plans import KeepDraft, PublishPlan, keep_draft, publish_plan

NOW = datetime(2027, 1, 1, tzinfo=UTC)
HALLS = 13
PAGES = (
    "",
    "/applications",
    "/board/1",
    "/exhibitors",
    "/badges",
    "/catalogue",
    "/import",
    "/plan",
    "/people",
    "/audit",
)


@dataclass(frozen=True)
class Measured:
    """One page: milliseconds of its rounds, and how often it asked the database."""

    times: list[float]
    processor: list[float]
    queries: int


def plan_of(exhibitors: int) -> PlanDraft:
    """Thirteen halls of three-metre booths, one for each exhibitor."""
    booths = []
    for number in range(exhibitors):
        hall, place = f"{number % HALLS + 1}", number // HALLS
        left, top = 4.0 * (place % 20), 5.0 * (place // 20)
        ring = ((left, top), (left + 3, top), (left + 3, top + 3), (left, top + 3))
        booths.append(BoothOutline(number, hall, f"{hall}-{place:03d}", (ring,), 9.0))
    return PlanDraft(tuple(HallOutline(f"{n + 1}") for n in range(HALLS)), tuple(booths))


def filled(session: Session, exhibitors: int) -> int:
    """A fair with so many exhibitors, each in a booth with a product; the organiser's account."""
    keep_schemes(session)
    details = FairDetails({"vi": "Hội chợ đo"}, date(2027, 4, 15), date(2027, 4, 19))
    fair = create_fair(session, SYSTEM, CreateFair("BENCH", details), NOW)
    step_fair(session, SYSTEM, StepFair(fair.id, FairStep.PUBLISH), NOW)
    draft = keep_draft(session, SYSTEM, KeepDraft(fair.id, plan_of(exhibitors)), NOW)
    publish_plan(session, SYSTEM, PublishPlan(draft.id), NOW, secrets.randbelow)
    header = ("name", "hall", "booth", "products")
    rows = tuple(
        SourceRow(
            n + 2, (f"Hợp tác xã số {n}", f"{n % HALLS + 1}", f"{n % HALLS + 1}-{n // HALLS:03d}", "Chè xanh")
        )
        for n in range(exhibitors)
    )
    columns = parse_columns("name=name,hall=hall,booth=booth,products=products", header, FIELDS["exhibitors"])
    import_list(session, SYSTEM, ImportList(fair.id, rows, columns, len(header)), NOW)
    account = Account(
        email="b@example.org", email_folded="b@example.org", name="B", password_hash="!", created_at=NOW
    )
    account.confirmed_at = NOW
    session.add(account)
    session.flush()
    session.add(RoleGrant(account_id=account.id, fair_id=fair.id, role=Role.ORGANISER, granted_at=NOW))
    return account.id


def measure(app: Flask, account_id: int, rounds: int) -> dict[str, Measured]:
    """Ask for every page again and again."""
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account_id}.0"
    found = {}
    for page in PAGES:
        times, processor = list[float](), list[float]()
        for _ in range(rounds):
            asked.clear()
            started, spent = time.perf_counter(), time.process_time()
            answer = browser.get(f"/o/BENCH{page}")
            times.append((time.perf_counter() - started) * 1000)
            processor.append((time.process_time() - spent) * 1000)
            assert answer.status_code == 200, f"{page} answered {answer.status_code}"
        found[page] = Measured(times, processor, len(asked))
    return found


def run(exhibitors: int, rounds: int) -> dict[str, Measured]:
    """All pages of a new fair with so many exhibitors."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"FAIRAPP_INSTANCE": folder}))
        with app.app_context():
            metadata.create_all(db.engine)
            with transaction() as session:
                account_id = filled(session, exhibitors)
        found = measure(app, account_id, rounds)
        app.extensions["public_version"].close()
        with app.app_context():
            db.engine.dispose()
        return found


def main() -> None:
    """Print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--exhibitors", type=int, default=1900)
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args()
    few, many = run(3, 2), run(chosen.exhibitors, chosen.rounds + 1)
    print(
        f"{'page':24}{'first ms':>9}{'median ms':>10}{'p95 ms':>8}{'p95 CPU':>9}{'queries':>9}{'with 3':>8}"
    )
    for page, seen in many.items():
        later = seen.times[1:]
        p95, p95_processor = (
            statistics.quantiles(each[1:], n=20)[-1] for each in (seen.times, seen.processor)
        )
        print(
            f"/o/BENCH{page:16}{seen.times[0]:9.1f}{statistics.median(later):10.1f}{p95:8.1f}{p95_processor:9.1f}"
            f"{seen.queries:9}{few[page].queries:8}"
        )


if __name__ == "__main__":
    main()
