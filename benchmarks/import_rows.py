"""Rows of a list taken in per second, beside a plain loop that adds and flushes row by row.

    python benchmarks/import_rows.py [--rows 1903] [--data DIR]

``--data`` takes DIR/floorplans/gamescom.geojson and DIR/exhibitors/gamescom.csv; without it a hall and a list
are made up. Both programs read the same file into an SQLite database of their own, in one transaction. The
peer makes an organisation, an exhibitor and a claim with its days for each row, one flush a row; it looks at
no name twice and reads no composite code, so it has less to do.
"""

import argparse
import csv
import json
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from fairapp.adapters.plans.geojson import read_plan
from fairapp.adapters.plans.measuring import survey
from fairapp.adapters.sheets.reading import read_sheet
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM
from fairapp.rules.allocation import ClaimState
from fairapp.rules.columns import parse_columns
from fairapp.rules.fairs import days_of
from fairapp.rules.plan_cures import propose
from fairapp.rules.producers import OrganisationKind
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.base import db, transaction
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation
from fairapp.store.schemes import keep_schemes
from fairapp.store.tables import metadata
from fairapp.usecases.exchange_import import FIELDS, ImportList, import_list
from fairapp.usecases.fairs import CreateFair, FairDetails, create_fair
from fairapp.usecases.fairs_plans import (
    KeepDraft,
    PublishPlan,
    SettleDraft,
    keep_draft,
    publish_plan,
    settle_draft,
)

NOW = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = (date(2027, 8, 25), date(2027, 8, 29))


def made_up(folder: Path, rows: int) -> tuple[Path, Path]:
    """A hall with a booth for every second row, and a list whose booths are shared by two."""
    booths = range(rows // 2 + 1)
    features = [
        {
            "type": "Feature",
            "properties": {"hall": "1", "code": f"A-{n:04d}", "kind": "booth"},
            "geometry": {"type": "Polygon", "coordinates": [square(4 * (n % 40), 4 * (n // 40))]},
        }
        for n in booths
    ]
    plan, names = folder / "plan.geojson", folder / "list.csv"
    plan.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with names.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "country", "hall", "booth"))
        writer.writerows((f"Hợp tác xã số {n}", "Việt Nam", "1", f"A{n // 2:04d}") for n in range(rows))
    return plan, names


def square(x: int, y: int) -> list[list[int]]:
    return [[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3], [x, y]]


def one_by_one(fair_id: int, names: Path) -> int:
    """The plain way: look the booth up, add, flush, next."""
    days = days_of(*DAYS)
    with transaction() as session, names.open(encoding="utf-8") as file:
        for count, row in enumerate(csv.DictReader(file), 1):
            name = row["name"]
            organisation = Organisation(
                kind=OrganisationKind.ENTERPRISE, name=name, created_at=NOW, changed_at=NOW
            )
            session.add(organisation)
            session.flush()
            exhibitor = Exhibitor(fair_id=fair_id, organisation_id=organisation.id, admitted_at=NOW)
            session.add(exhibitor)
            session.flush()
            booth = session.query(Booth).filter_by(fair_id=fair_id, code=row["booth"]).first()
            free = session.query(Booth).filter(Booth.fair_id == fair_id)
            booth = booth or free.order_by(Booth.id).offset(count % 300).first()
            assert booth is not None
            if session.query(ClaimDay).filter_by(booth_id=booth.id).first() is None:
                claim = BoothClaim(
                    booth_id=booth.id, exhibitor_id=exhibitor.id, state=ClaimState.CONFIRMED, made_at=NOW
                )
                session.add(claim)
                session.flush()
                session.add_all(ClaimDay(booth_id=booth.id, day=day, claim_id=claim.id) for day in days)
                session.flush()
    return count


def ours(fair_id: int, names: Path) -> int:
    """The import, reading the file included."""
    sheet = read_sheet(names)
    mapping = parse_columns("", sheet.header, FIELDS["exhibitors"])
    with transaction() as session:
        order = ImportList(fair_id, sheet.rows, mapping, len(sheet.header))
        return len(import_list(session, SYSTEM, order, NOW).rows)


def prepare(plan: Path, folder: Path) -> None:
    """A fair with its plan published, in a database of its own."""
    with create_app(read_settings({"FAIRAPP_INSTANCE": str(folder)})).app_context():
        metadata.create_all(db.engine)
        with transaction() as session:
            keep_schemes(session)
            details = FairDetails({"en": "Benchmark"}, *DAYS, country="DE")
            fair = create_fair(session, SYSTEM, CreateFair("BENCH", details), NOW)
            draft = read_plan(plan.read_bytes()).draft
            kept = keep_draft(session, SYSTEM, KeepDraft(fair.id, draft), NOW)
            settle_draft(session, SYSTEM, SettleDraft(kept.id, propose(draft, survey(draft))), NOW)
            publish_plan(session, SYSTEM, PublishPlan(kept.id), NOW, secrets.randbelow)


def run(way: str, names: Path, folder: Path) -> None:
    """Take the list in one way, in a process that did nothing else before, and print what it cost."""
    with create_app(read_settings({"FAIRAPP_INSTANCE": str(folder)})).app_context():
        fair_id = db.session.scalars(select(Fair.id)).one()
        idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start, cpu = time.perf_counter(), time.process_time()
        rows = (ours if way == "ours" else one_by_one)(fair_id, names)
        spent, cpu = time.perf_counter() - start, time.process_time() - cpu
        above = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - idle
        print(json.dumps({"rows": rows, "s": spent, "cpu_s": cpu, "mib": above}))


def in_process(way: str, *files: Path) -> str:
    command = [sys.executable, __file__, "--way", way, *map(str, files)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Run both ways in processes of their own, and print them side by side."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=1903)
    asked.add_argument("--data", type=Path)
    asked.add_argument("--way", choices=("prepare", "ours", "plain"))
    asked.add_argument("files", nargs="*", type=Path)
    said = asked.parse_args()
    if said.way:
        prepare(*said.files) if said.way == "prepare" else run(said.way, *said.files)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = made_up(Path(folder), said.rows)
        if said.data:
            files = said.data / "floorplans" / "gamescom.geojson", said.data / "exhibitors" / "gamescom.csv"
        plan, names = files
        cost = {}
        for way in ("ours", "plain"):
            home = Path(folder) / way
            in_process("prepare", plan, home)
            cost[way] = json.loads(in_process(way, names, home).splitlines()[-1])
    for way, name in (("ours", "fairapp import"), ("plain", "row by row")):
        told = cost[way]
        by_cpu, by_clock = told["rows"] / told["cpu_s"], told["rows"] / told["s"]
        print(
            f"{name:<18}{told['rows']:>7} rows {by_clock:>8.0f} rows/s {by_cpu:>8.0f} rows/CPU s"
            f"{told['mib']:>8.1f} MiB above idle"
        )
    print(f"ratio (CPU) {cost['plain']['cpu_s'] / cost['ours']['cpu_s']:.1f}")


if __name__ == "__main__":
    main()
