"""A country of 6,000 producers: their list taken in, and the queue of their applications under every filter.

    python benchmarks/country.py [--producers 6000] [--rounds 20] [--data DIR]

``--data`` takes the names of DIR/producers/thailand_otop_dev.csv as far as they reach; others are made up.
The list is read from its file and taken in by one transaction, beside a plain loop that adds and flushes row
by row. The queue is asked in one process without a network, on SQLite: milliseconds in the server, the median
and the 95th percentile over all rounds, the first one included; the same page with 60 producers; and its
queries with 60 and with all. The same of the progress of reviewing and of one reviewer's list: everybody is
read by four of twelve reviewers, and two of three reviews are done.
"""

import argparse
import csv
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from fairapp.adapters.places import provinces
from fairapp.adapters.sheets.reading import read_sheet
from fairapp.app import create_lasting_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.applications import State
from fairapp.rules.columns import parse_columns
from fairapp.rules.fairs import FairStep, FloorKind
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.reviewing import Reads, ReviewState
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_marks import ApplicationTag
from fairapp.store.applications_reviewing import Criterion, Review, ReviewAssignment
from fairapp.store.base import db, transaction
from fairapp.store.fairs import BoothKind
from fairapp.store.producers import Organisation, Product
from fairapp.store.schemes import keep_schemes
from fairapp.store.tables import metadata
from fairapp.usecases.exchange_import import FIELDS, ImportList, import_list
from fairapp.usecases.fairs import CreateFair, FairDetails, StepFair, create_fair, step_fair

NOW = datetime(2027, 1, 1, tzinfo=UTC)
HEADER = ("name", "kind", "country", "province", "address", "group", "products", "stars")
GROUPS = ("Thực phẩm", "Đồ uống", "Thủ công mỹ nghệ")
GOODS = ("Chè Shan tuyết", "Mật ong bạc hà", "Miến dong", "Nước mắm cốt", "Thổ cẩm", "Cà phê rang xay")
KINDS = ("Hợp tác xã", "Tổ hợp tác", "Hộ kinh doanh", "Doanh nghiệp")
STATES = [state for state in State if state is not State.DRAFT]
FEW = 60
REVIEWERS = 12
Taken = tuple[int, float, float]
"""Rows, seconds, processor seconds."""


@dataclass(frozen=True)
class Measured:
    """One page: milliseconds of its rounds, and how often it asked the database."""

    times: list[float]
    used: list[float]
    """The processor's time, which neighbours on the machine do not lengthen."""
    queries: int

    @property
    def p95(self) -> float:
        """The 95th percentile in milliseconds."""
        return statistics.quantiles(self.times, n=20)[-1]

    @property
    def used_p95(self) -> float:
        """The same of the processor's time."""
        return statistics.quantiles(self.used, n=20)[-1]


def names(many: int, data: Path | None) -> list[str]:
    """So many different makers, real ones first."""
    real: list[str] = []
    if data is not None:
        with (data / "producers" / "thailand_otop_dev.csv").open(encoding="utf-8", newline="") as file:
            real = list(dict.fromkeys(row["producer_or_shop_th"] for row in csv.DictReader(file)))
    return [*real, *(f"Hợp tác xã số {number}" for number in range(many))][:many]


def write_list(path: Path, makers: Sequence[str]) -> None:
    """The list of a ministry: one producer with two products a line."""
    homes = [each.name for each in provinces()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, maker in enumerate(makers):
            goods = f"{GOODS[number % 6]}; {GOODS[(number + 1) % 6]}"
            home, kind = homes[number % len(homes)], KINDS[number % 4]
            where = ("Việt Nam", home) if number % 3 else ("Thái Lan", "")
            group, stars = GROUPS[number % 3], 3 + number % 3
            writer.writerow((maker, kind, *where, f"Thôn {number % 20}", group, goods, stars))


def ours(path: Path) -> int:
    """The list through the import, reading the file included."""
    sheet = read_sheet(path)
    columns = parse_columns("", sheet.header, FIELDS["producers"])
    order = ImportList(None, sheet.rows, columns, len(sheet.header))
    with transaction() as session:
        return len(import_list(session, SYSTEM, order, NOW).rows)


def row_by_row(path: Path) -> int:
    """The plain way: an organisation, its products, a flush for each."""
    with transaction() as session, path.open(encoding="utf-8", newline="") as file:
        rows = 0
        for row in csv.DictReader(file):
            rows += 1
            maker = Organisation(
                kind=OrganisationKind.COOPERATIVE, name=row["name"], created_at=NOW, changed_at=NOW
            )
            session.add(maker)
            session.flush()
            for name in row["products"].split(";"):
                session.add(Product(organisation_id=maker.id, names={"vi": name.strip()}, group_code="food"))
                session.flush()
        return rows


def timed(work: Callable[[Path], int], path: Path) -> Taken:
    """Take the list in, and say what it cost."""
    start, spent = time.perf_counter(), time.process_time()
    rows = work(path)
    return rows, time.perf_counter() - start, time.process_time() - spent


def applied(session: Session) -> int:
    """Everybody applies to one fair, in every state; the account of its organiser."""
    details = FairDetails({"vi": "Hội chợ cả nước"}, date(2027, 4, 15), date(2027, 4, 19))
    fair = create_fair(session, SYSTEM, CreateFair("NATION", details), NOW)
    step_fair(session, SYSTEM, StepFair(fair.id, FairStep.PUBLISH), NOW)
    kind = BoothKind(fair_id=fair.id, code="shell", floor=FloorKind.SHELL_SCHEME, names={"vi": "Tiêu chuẩn"})
    session.add(kind)
    session.flush()
    makers = session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
    rows = [
        {
            "fair_id": fair.id,
            "organisation_id": maker,
            "state": state,
            "booth_kind_id": kind.id if number % 2 else None,
            "area_m2": 9.0 * (1 + number % 3),
            "made_at": NOW,
            "changed_at": NOW,
            "submitted_at": NOW + timedelta(minutes=number % 5000),
        }
        for number, (maker, state) in enumerate(zip(makers, cycle(STATES), strict=False))
    ]
    session.execute(insert(Application), rows)
    told = {"fair_id": fair.id, "key": "goi lai", "tag": "Gọi lại"}
    asked = session.scalars(select(Application.id).where(Application.id % 10 == 0)).all()
    session.execute(insert(ApplicationTag), [{"application_id": each, **told} for each in asked])
    account = Account(
        email="b@example.org", email_folded="b@example.org", name="B", password_hash="!", created_at=NOW
    )
    account.confirmed_at = NOW
    session.add(account)
    session.flush()
    session.add(RoleGrant(account_id=account.id, fair_id=fair.id, role=Role.ORGANISER, granted_at=NOW))
    reviewed(session, fair.id, account)
    return account.id


def reviewed(session: Session, fair_id: int, organiser: Account) -> None:
    """Four reviewers of each group, the organiser among them; two of three reviews are there."""
    session.add(Criterion(fair_id=fair_id, names={"vi": "Sản phẩm"}, weight=1, most=10, position=1))
    readers = [organiser]
    for number in range(REVIEWERS - 1):
        address = f"r{number}@example.org"
        reader = Account(
            email=address, email_folded=address, name=f"R{number}", password_hash="!", created_at=NOW
        )
        reader.confirmed_at = NOW
        readers.append(reader)
    session.add_all(readers)
    session.flush()
    codes = ("food", "drink", "craft")
    for number, reader in enumerate(readers):
        session.add(RoleGrant(account_id=reader.id, fair_id=fair_id, role=Role.REVIEWER, granted_at=NOW))
        session.add(
            ReviewAssignment(
                fair_id=fair_id, account_id=reader.id, by=Reads.GROUP, value=codes[number % 3], made_at=NOW
            )
        )
    shown = select(Application.id, Product.id, Product.group_code).join(
        Product, Product.organisation_id == Application.organisation_id
    )
    goods = session.execute(shown.order_by(Application.id)).all()
    session.execute(
        insert(ApplicationProduct), [{"application_id": each, "product_id": good} for each, good, _ in goods]
    )
    rows = [
        {"fair_id": fair_id, "application_id": number, "account_id": reader.id, "state": ReviewState.DONE}
        | {"scores": {}, "mean": 100 * (number * (place + 3) % 100), "comment": "", "at": NOW}
        for number, code in {each: group for each, _, group in goods}.items()
        for place, reader in enumerate(readers)
        if codes[place % 3] == code and (number + place // 3) % 3
    ]
    session.execute(insert(Review), rows)


def filters(session: Session) -> list[str]:
    """The queue's first page, every filter of it, some together, its last page; then reviewing."""
    kind = session.scalars(select(BoothKind.id)).one()
    asked = ["", "state=waiting", *(f"state={state}" for state in STATES)]
    asked += [
        "group=drink",
        f"kind={kind}",
        "place=15",
        "place=TH",
        "tag=goi+lai",
        "q=ca+phe",
        "q=hop+tac+xa+so+59",
        "q=mat+ong+mien+dong",
    ]
    asked += [f"sort={sort}" for sort in ("name", "-name", "-submitted", "area", "-changed")]
    asked += ["state=waiting&place=15&q=che&sort=name", "page=100"]
    queue = [f"applications?{each}" for each in asked]
    progress = ["", "order=mean", "order=fewest", "show=without", "show=all", "page=9"]
    theirs = ["", "show=done", "group=drink", "q=ca+phe"]
    return [
        *queue,
        *(f"reviewing?{each}" for each in progress),
        *(f"reviews?{each}" for each in theirs),
        "reviewing/letter",
    ]


def measure(app: Flask, account_id: int, asked: Sequence[str], rounds: int) -> dict[str, Measured]:
    """Ask for the queue with each filter, again and again."""
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account_id}.0"
    found = {}
    for query in asked:
        times, used = list[float](), list[float]()
        for _ in range(rounds):
            statements.clear()
            start, spent = time.perf_counter(), time.process_time()
            answer = browser.get(f"/o/NATION/{query}")
            times.append((time.perf_counter() - start) * 1000)
            used.append((time.process_time() - spent) * 1000)
            assert answer.status_code == 200, f"{query} answered {answer.status_code}"
        found[query] = Measured(times, used, len(statements))
    return found


def run(
    path: Path, rounds: int, way: Callable[[Path], int]
) -> tuple[tuple[int, float, float], dict[str, Measured]]:
    """Take the list in, let everybody apply, and ask for the queue."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_lasting_app(read_settings({"FAIRAPP_INSTANCE": folder}))
        with app.app_context():
            metadata.create_all(db.engine)
            with transaction() as session:
                keep_schemes(session)
            taken = timed(way, path)
            pages: dict[str, Measured] = {}
            if rounds:
                with transaction() as session:
                    account_id = applied(session)
                asked = filters(db.session())
                db.session.remove()
                pages = measure(app, account_id, asked, rounds)
            app.extensions["public_version"].close()
            db.engine.dispose()
        return taken, pages


def main() -> None:
    """Print what the import cost, and a line for each filter of the queue."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--producers", type=int, default=6000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--data", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole, short = Path(folder) / "country.csv", Path(folder) / "few.csv"
        makers = names(chosen.producers, chosen.data)
        write_list(whole, makers)
        write_list(short, makers[-FEW:])
        _, few = run(short, 2, ours)
        (rows, seconds, spent), many = run(whole, chosen.rounds, ours)
        peer, _ = run(whole, 0, row_by_row)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"import of {rows} producers: {seconds:.2f} s, {rows / spent:.0f} rows per CPU second")
    print(f"row by row: {peer[1]:.2f} s; ratio (CPU) {peer[2] / spent:.1f}; largest size {peak:.0f} MiB\n")
    few_are = f"with {FEW}"
    titles = f"{'median ms':>10}{'p95 ms':>8}{'p95 CPU':>8}{few_are:>9}{'queries':>9}{few_are:>9}"
    print(f"{'page':56}{titles}")
    for query, seen in many.items():
        small = few[query]
        print(
            f"{query:56}{statistics.median(seen.times):10.1f}{seen.p95:8.1f}{seen.used_p95:8.1f}"
            f"{min(small.times):9.1f}{seen.queries:9}{small.queries:9}"
        )
    every = [each for seen in many.values() for each in seen.times]
    used = [each for seen in many.values() for each in seen.used]
    most = max(many.values(), key=lambda seen: seen.used_p95).used_p95
    print(f"\nover all filters: p95 {statistics.quantiles(every, n=20)[-1]:.1f} ms,", end=" ")
    print(f"of the processor {statistics.quantiles(used, n=20)[-1]:.1f} ms, the slowest page {most:.1f} ms")


if __name__ == "__main__":
    main()
