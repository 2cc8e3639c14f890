"""A list on its way in through the browser: kept, its columns told, every row decided, then taken in once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters.files import Files, NoSuchFile
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.column_titles import Field
from fairapp.rules.columns import check_columns, guess_columns
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.exchange_rows import Fate, fates, from_json, to_json
from fairapp.rules.exchange_runs import ListKind, RunRefusal
from fairapp.rules.import_plan import ImportPlan, WithoutBooth
from fairapp.rules.jobs import UNDER_WAY, JobState
from fairapp.rules.sheets import Sheet
from fairapp.store.base import LOCK
from fairapp.store.exchange import ImportRun
from fairapp.store.operations import Job
from fairapp.usecases import audit, outbox
from fairapp.usecases.exchange_import import FIELDS, ImportList, import_list, plan_list
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class KeepList:
    """A file somebody sent, and what it is a list of."""

    fair_id: int
    kind: ListKind
    file_name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class CheckList:
    """What the columns of a list mean: decide every row, change nothing."""

    run_id: int
    columns: Mapping[Field, int]
    without_booth: WithoutBooth = WithoutBooth.REFUSE


@dataclass(frozen=True, slots=True)
class StartRun:
    """Take a long list in beside the page; the report speaks ``language``."""

    run_id: int
    language: str


def read_list(data: bytes) -> Sheet:
    """Read a file that was sent: before anything is locked, for a long list takes its time.

    :raises FileRefused: when it is no list.
    """
    from fairapp.adapters.sheets.reading import read_sheet  # heavy: workbooks

    return read_sheet(data)


def keep_list(
    session: Session, actor: Actor, order: KeepList, sheet: Sheet, files: Files, now: datetime
) -> ImportRun:
    """Guess the columns of the list that was read, and keep it."""
    require(actor, Permission.LIST_IMPORT, order.fair_id)
    guessed = guess_columns(sheet.header, FIELDS[order.kind.value])
    run = ImportRun(
        fair_id=order.fair_id,
        what=order.kind.value,
        file_name=order.file_name[-200:],
        file_key=files.keep(order.data, "xlsx" if order.data.startswith(b"PK") else "csv"),
        columns={field.value: position for field, position in guessed.items()},
        counts={},
        made_at=now,
        made_by_id=actor.account_id,
    )
    session.add(run)
    session.flush()
    audit.record(session, actor, "list.kept", now, fair_id=order.fair_id, run=run.id, file=run.file_name)
    return run


def run_of(session: Session, actor: Actor, run_id: int, fair_id: int, lock: bool = False) -> ImportRun:
    """The run, if it is of this fair and the actor may import there.

    :raises Missing: otherwise.
    """
    run = session.get(ImportRun, run_id, with_for_update=LOCK if lock else None, populate_existing=lock)
    if run is None or run.fair_id != fair_id or not actor.may(Permission.LIST_IMPORT, fair_id):
        raise Missing
    return run


def sheet_of(run: ImportRun, files: Files) -> Sheet:
    """The list's rows, read from the file that was kept."""
    try:
        return read_list(files.read(run.file_key))
    except NoSuchFile:
        raise Refused(RunRefusal.FILE_GONE, file=run.file_name) from None


def check_list(
    session: Session,
    actor: Actor,
    order: CheckList,
    sheet: Sheet,
    fair_id: int,
    files: Files,
    now: datetime,
) -> ImportRun:
    """Decide every row of the run's list and keep what would become of it; one that was taken in stays.

    :raises ColumnsRefused: when the columns cannot be meant so.
    """
    run = run_of(session, actor, order.run_id, fair_id, lock=True)
    if run.applied_at is not None:
        return run
    check_columns(order.columns, sheet.header)
    run.columns = {field.value: position for field, position in order.columns.items()}
    decided = plan_list(session, actor, _order(run, sheet, order.without_booth), now)
    _keep_fates(run, sheet, decided.plan, order.without_booth, files)
    audit.record(session, actor, "list.checked", now, fair_id=fair_id, run=run.id, **decided.plan.figures())
    return run


def apply_run(
    session: Session, actor: Actor, run_id: int, fair_id: int, files: Files, now: datetime
) -> ImportRun:
    """Take the list in; a second time changes nothing.

    :raises Refused: before its rows were looked at.
    """
    run = run_of(session, actor, run_id, fair_id, lock=True)
    if run.applied_at is not None:
        return run
    if not run.counts:
        raise Refused(RunRefusal.NOT_CHECKED, file=run.file_name)
    sheet = sheet_of(run, files)
    without = WithoutBooth(run.counts["without_booth"])
    plan = import_list(session, actor, _order(run, sheet, without), now)
    _keep_fates(run, sheet, plan, without, files)
    run.applied_at = now
    return run


def start_run(session: Session, actor: Actor, order: StartRun, fair_id: int, now: datetime) -> Job:
    """Promise to take a long list in; while that is under way, a second click gets the same job."""
    run = run_of(session, actor, order.run_id, fair_id, lock=True)
    if not run.counts:
        raise Refused(RunRefusal.NOT_CHECKED, file=run.file_name)
    before = _job_of(session, run)
    if before is not None and before.state in (*UNDER_WAY, JobState.DONE):
        return before
    job = outbox.start_job(
        session,
        actor,
        "import",
        now,
        fair_id=fair_id,
        run_id=run.id,
        of_fair=fair_id,
        account_id=actor.account_id,
        language=order.language,
    )
    run.counts = {**run.counts, "job": job.id}
    audit.record(session, actor, "list.started", now, fair_id=fair_id, run=run.id, job=job.id)
    return job


def is_under_way(session: Session, run: ImportRun) -> bool:
    """Whether a job is taking the list in just now."""
    job = _job_of(session, run)
    return job is not None and job.state in UNDER_WAY


def _job_of(session: Session, run: ImportRun) -> Job | None:
    return session.get(Job, run.counts.get("job") or 0)


def fates_of(run: ImportRun, files: Files) -> tuple[Fate, ...]:
    """What became, or would become, of each row."""
    if run.report_key is None:
        return ()
    try:
        return from_json(json.loads(files.read(run.report_key)))
    except NoSuchFile:
        raise Refused(RunRefusal.FILE_GONE, file=run.file_name) from None


def _order(run: ImportRun, sheet: Sheet, without: WithoutBooth) -> ImportList:
    mapping = {Field(name): place for name, place in run.columns.items()}
    fair_id = run.fair_id if run.what == ListKind.EXHIBITORS else None
    return ImportList(fair_id, sheet.rows, mapping, len(sheet.header), without, run.file_name)


def _keep_fates(run: ImportRun, sheet: Sheet, plan: ImportPlan, without: WithoutBooth, files: Files) -> None:
    rows = json.dumps(to_json(fates(plan)), ensure_ascii=False, separators=(",", ":"))
    run.report_key = files.keep(rows.encode(), "json")
    mapped = set(run.columns.values())
    run.counts = {
        **plan.figures(),
        "without_booth": without.value,
        "findings": [[finding.note.value, finding.number] for finding in sheet.findings],
        "remarks": [note.value for note in plan.findings],
        "left_out": [title for place, title in enumerate(sheet.header) if title and place not in mapped][:40],
        **{name: run.counts[name] for name in ("job",) if name in run.counts},
    }
