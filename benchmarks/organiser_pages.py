"""Server time and number of queries of an organiser's pages over a few and over 1,900 exhibitors.

    python benchmarks/organiser_pages.py [--exhibitors 1900] [--rounds 40]

Thirteen halls, SQLite, the whole application in one process without a network; every exhibitor has applied,
holds a booth and owes a document, a task of the manual and an invoice. For every page of the fair: the first
answer, which also reads the templates; the median and the 95th percentile in milliseconds over the rounds
after it; the same percentile in processor time; and its queries with 3 exhibitors and with all.
"""

import argparse
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from fairapp.app import create_lasting_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.applications import State
from fairapp.rules.columns import parse_columns
from fairapp.rules.documents import DocumentKind, Stops
from fairapp.rules.fairs import FairStep, FloorKind
from fairapp.rules.imports import SourceRow
from fairapp.rules.manual import TaskKind
from fairapp.rules.plans import BoothOutline, HallOutline, PlanDraft
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.base import db, transaction
from fairapp.store.documents import DocumentRequirement
from fairapp.store.fairs import Booth, BoothKind, Fair
from fairapp.store.manual import ManualTask
from fairapp.store.schemes import keep_schemes
from fairapp.store.tables import metadata
from fairapp.usecases.billing_invoices import draft_for_exhibitor, issue_invoice
from fairapp.usecases.exchange_import import FIELDS, ImportList, import_list
from fairapp.usecases.fairs import CreateFair, FairDetails, StepFair, create_fair, step_fair
from fairapp.usecases.fairs_plans import KeepDraft, PublishPlan, keep_draft, publish_plan

NOW = datetime(2027, 1, 1, tzinfo=UTC)
HALLS = 13


@dataclass(frozen=True)
class Measured:
    """One page: milliseconds of its rounds, and how often it asked the database."""

    first: float
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
    owe(session, fair)
    account = Account(
        email="b@example.org", email_folded="b@example.org", name="B", password_hash="!", created_at=NOW
    )
    account.confirmed_at = NOW
    session.add(account)
    session.flush()
    session.add(RoleGrant(account_id=account.id, fair_id=fair.id, role=Role.ORGANISER, granted_at=NOW))
    return account.id


def owe(session: Session, fair: Fair) -> None:
    """Everybody has applied, and owes what fairs ask for."""
    fair.settings = {"money": {"seller_name": "BTC", "account_number": "0011", "account_name": "BTC"}}
    kind = BoothKind(
        fair_id=fair.id,
        code="shell",
        floor=FloorKind.SHELL_SCHEME,
        names={"vi": "Tiêu chuẩn"},
        price_minor=6_000_000,
    )
    session.add(kind)
    session.add(DocumentRequirement(fair_id=fair.id, kind=DocumentKind.FOOD_SAFETY, stops=Stops.HAND_OVER))
    session.add(
        ManualTask(
            fair_id=fair.id, kind=TaskKind.CATALOGUE, names={"vi": "Lời giới thiệu"}, due_at=NOW, made_at=NOW
        )
    )
    session.execute(update(Booth).values(kind=FloorKind.SHELL_SCHEME))
    session.flush()
    exhibitors = session.scalars(select(Exhibitor).order_by(Exhibitor.id)).all()
    for exhibitor in exhibitors:
        application = Application(
            fair_id=fair.id,
            organisation_id=exhibitor.organisation_id,
            state=State.ACCEPTED,
            booth_kind_id=kind.id,
            area_m2=9.0,
            made_at=NOW,
            changed_at=NOW,
            submitted_at=NOW,
        )
        exhibitor.application = application
    session.flush()
    for number, exhibitor in enumerate(exhibitors):
        draft = draft_for_exhibitor(session, SYSTEM, exhibitor.id, NOW)
        if number % 3:
            issue_invoice(session, SYSTEM, draft.id, NOW)


def pages_of(app: Flask, account_id: int) -> dict[str, float]:
    """The pages that a fair has for its organiser, with the milliseconds of their first answers."""
    browser = signed_in(app, account_id)
    here = "/o/<fair_code>"
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    own = {rule.rule.removeprefix(here) for rule in rules if rule.rule.startswith(here)}
    first = {}
    for page in sorted({page for page in own if "<" not in page} | {"/board/1"}):
        started = time.perf_counter()
        answer = browser.get(f"/o/BENCH{page}")
        if answer.status_code == 200 and answer.mimetype == "text/html":
            first[page] = (time.perf_counter() - started) * 1000
    return first


def signed_in(app: Flask, account_id: int) -> FlaskClient:
    """The organiser's browser."""
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account_id}.0"
    return browser


def measure(app: Flask, account_id: int, pages: Mapping[str, float], rounds: int) -> dict[str, Measured]:
    """Ask for every page again and again."""
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    browser = signed_in(app, account_id)
    found = {}
    for page, first in pages.items():
        times, processor = list[float](), list[float]()
        for _ in range(rounds):
            asked.clear()
            started, spent = time.perf_counter(), time.process_time()
            answer = browser.get(f"/o/BENCH{page}")
            times.append((time.perf_counter() - started) * 1000)
            processor.append((time.process_time() - spent) * 1000)
            assert answer.status_code == 200, f"{page} answered {answer.status_code}"
        found[page] = Measured(first, times, processor, len(asked))
    return found


def run(exhibitors: int, rounds: int) -> dict[str, Measured]:
    """All pages of a new fair with so many exhibitors."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_lasting_app(read_settings({"FAIRAPP_INSTANCE": folder}))
        with app.app_context():
            metadata.create_all(db.engine)
            with transaction() as session:
                account_id = filled(session, exhibitors)
        found = measure(app, account_id, pages_of(app, account_id), rounds)
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
    few, many = run(3, 2), run(chosen.exhibitors, chosen.rounds)
    print(
        f"{'page':36}{'first ms':>9}{'median ms':>10}{'p95 ms':>8}{'p95 CPU':>9}{'queries':>9}{'with 3':>8}"
    )
    for page, seen in many.items():
        p95, p95_processor = (statistics.quantiles(each, n=20)[-1] for each in (seen.times, seen.processor))
        print(
            f"/o/BENCH{page:28}{seen.first:9.1f}{statistics.median(seen.times):10.1f}{p95:8.1f}{p95_processor:9.1f}"
            f"{seen.queries:9}{few[page].queries:8}"
        )


if __name__ == "__main__":
    main()
