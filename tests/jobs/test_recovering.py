"""A worker that is gone leaves no work behind: another begins it again; running work is never taken."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from fairapp.adapters.files import FolderFiles
from fairapp.jobs import running
from fairapp.jobs.recovering import take_up_lost_work
from fairapp.jobs.running import run_job
from fairapp.jobs.work import Result
from fairapp.rules.actors import SYSTEM
from fairapp.rules.columns import guess_columns
from fairapp.rules.exchange_runs import ListKind
from fairapp.rules.jobs import BEAT, LEASE, MOST_RUNS, PATIENCE, JobState
from fairapp.store.base import db, transaction
from fairapp.store.exchange import ImportRun
from fairapp.store.operations import Job, OutboxMessage
from fairapp.store.producers import Organisation
from fairapp.usecases.exchange import (
    CheckList,
    KeepList,
    StartRun,
    check_list,
    keep_list,
    read_list,
    start_run,
)
from fairapp.usecases.exchange_import import FIELDS
from tests import factories as make
from tests.serving import free_port, settings

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
LIST = b"Name\nHTX Sen\nHTX Tre\n"


def job_of(**values: Any) -> int:
    with transaction() as session:
        plain: dict[str, Any] = {"name": "catalogue", "facts": {}, "made_at": NOW}
        return make.kept(session, Job(**plain | values)).id


def kept(job_id: int) -> Job:
    return db.session().get_one(Job, job_id, populate_existing=True)


def posted() -> list[str]:
    return list(db.session().scalars(select(OutboxMessage.name).order_by(OutboxMessage.id)))


def recover(app: Flask, at: datetime) -> int:
    return take_up_lost_work(app.config["FAIRAPP"], at)


def test_work_whose_worker_is_silent_is_put_into_the_queue_again(app: Flask) -> None:
    silent = job_of(state=JobState.RUNNING, seen_at=NOW, runs=1)
    assert recover(app, NOW + LEASE - timedelta(seconds=1)) == 0
    assert kept(silent).state is JobState.RUNNING
    assert (recover(app, NOW + LEASE), recover(app, NOW + LEASE)) == (1, 0)
    assert (kept(silent).state, posted()) == (JobState.WAITING, ["job.catalogue"])


def test_work_that_another_worker_is_at_stays_with_it(app: Flask) -> None:
    alive = job_of(state=JobState.RUNNING, seen_at=NOW + LEASE, runs=1, made_at=NOW - timedelta(days=1))
    over = [job_of(state=state, runs=1) for state in JobState if state not in ("running", "waiting")]
    assert recover(app, NOW + LEASE * 2 - timedelta(seconds=1)) == 0
    assert kept(alive).state is JobState.RUNNING
    assert "waiting" not in {kept(each).state for each in over}
    assert posted() == []


def test_work_from_before_signs_of_life_were_kept_is_found_too(app: Flask) -> None:
    old = job_of(state=JobState.RUNNING)
    assert recover(app, NOW + LEASE) == 1
    assert kept(old).state is JobState.WAITING


def test_work_that_lost_its_place_in_the_queue_gets_another(app: Flask) -> None:
    waiting = job_of()
    assert recover(app, NOW + PATIENCE - timedelta(seconds=1)) == 0
    assert (recover(app, NOW + PATIENCE), recover(app, NOW + PATIENCE)) == (1, 0)
    assert (kept(waiting).state, kept(waiting).runs, posted()) == (JobState.WAITING, 0, ["job.catalogue"])


def test_work_that_takes_every_worker_along_is_interrupted_for_good(app: Flask) -> None:
    deadly = job_of(state=JobState.RUNNING, seen_at=NOW, runs=MOST_RUNS)
    assert recover(app, NOW + LEASE) == 1
    assert (kept(deadly).state, kept(deadly).ended_at) == (JobState.INTERRUPTED, NOW + LEASE)
    assert (posted(), recover(app, NOW + timedelta(days=1))) == ([], 0)


@pytest.fixture
def long_work(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """A kind of work that does what the test puts in here."""
    acts: list[Callable[[], None]] = []

    def work(_work: Any, _progress: Any) -> Result:
        for act in acts:
            act()
        return Result(None, "made")

    monkeypatch.setattr(running, "long_jobs", lambda: {"catalogue": work})
    return acts


def test_a_second_call_for_running_work_leaves_it_alone(
    app: Flask, long_work: list[Callable[[], None]]
) -> None:
    job, begun = job_of(), list[int]()

    def called_again() -> None:
        begun.append(job)
        run_job(app.config["FAIRAPP"], job, lambda: NOW)

    long_work.append(called_again)
    run_job(app.config["FAIRAPP"], job, lambda: NOW)
    assert (begun, kept(job).state, kept(job).runs) == ([job], JobState.DONE, 1)


def test_a_worker_thought_dead_may_still_end_its_work_unless_it_was_begun_again(
    app: Flask, long_work: list[Callable[[], None]]
) -> None:
    late, taken = job_of(), job_of()

    long_work.append(lambda: _put(late, state=JobState.WAITING))
    run_job(app.config["FAIRAPP"], late, lambda: NOW)
    assert (kept(late).state, kept(late).result_name) == (JobState.DONE, "made")

    long_work[0] = lambda: _put(taken, runs=2)
    run_job(app.config["FAIRAPP"], taken, lambda: NOW)
    assert (kept(taken).state, kept(taken).result_name) == (JobState.RUNNING, "")


def _put(job_id: int, **values: Any) -> None:
    with transaction() as session:
        for name, value in values.items():
            setattr(session.get_one(Job, job_id), name, value)


def test_a_worker_says_again_and_again_that_it_is_at_it(
    app: Flask, long_work: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairapp.jobs.beating.BEAT", BEAT / 1000)
    job, minutes = job_of(), iter(range(10_000))

    def wait_for_beats() -> None:
        for _ in range(2000):
            db.session.rollback()
            if (kept(job).seen_at or NOW) > NOW + timedelta(minutes=5):
                return
            time.sleep(0.005)
        raise AssertionError("no beat was kept")

    long_work.append(wait_for_beats)
    run_job(app.config["FAIRAPP"], job, lambda: NOW + timedelta(minutes=next(minutes)))
    assert (kept(job).state, kept(job).error) == (JobState.DONE, "")


def _list_on_its_way(app: Flask) -> tuple[ImportRun, Job]:
    """A checked list of two producers whose taking-in was promised."""
    now = datetime.now(UTC)  # the workers live in real time
    files = FolderFiles(app.config["FAIRAPP"].files)
    sheet = read_list(LIST)
    with transaction() as session:
        fair = make.fair(session)
        run = keep_list(
            session, SYSTEM, KeepList(fair.id, ListKind.PRODUCERS, "l.csv", LIST), sheet, files, now
        )
        columns = guess_columns(("Name",), FIELDS["producers"])
        check_list(session, SYSTEM, CheckList(run.id, columns), sheet, fair.id, files, now)
        job = start_run(session, SYSTEM, StartRun(run.id, "en"), fair.id, now)
    db.session.remove()
    return run, job


def _worker(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "fairapp", "worker"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def _reaches(job_id: int, state: JobState, log: Path) -> None:
    for _ in range(3000):  # two processors that have much else to do
        db.session.rollback()
        if kept(job_id).state is state:
            return
        time.sleep(0.1)
    raise AssertionError(f"the job is {kept(job_id).state}, not {state}:\n{log.read_text()[-3000:]}")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe holds the worker in the middle of its work")
def test_the_work_of_a_worker_that_was_killed_is_done_by_the_next(migrated: Flask, tmp_path: Path) -> None:
    run, job = _list_on_its_way(migrated)
    url = migrated.config["FAIRAPP"].database_url
    environment = settings(tmp_path, free_port(), FAIRAPP_DATABASE_URL=url)
    listed, log = FolderFiles(migrated.config["FAIRAPP"].files).path(run.file_key), tmp_path / "worker.log"
    listed.unlink()
    os.mkfifo(listed)  # whoever reads it waits for ever

    killed = _worker(environment, log)
    try:
        _reaches(job.id, JobState.RUNNING, log)
    finally:
        killed.kill()
        killed.wait()
    listed.unlink()
    listed.write_bytes(LIST)
    _put(job.id, seen_at=datetime.now(UTC) - LEASE)

    second = _worker(environment, log)
    try:
        _reaches(job.id, JobState.DONE, log)
    finally:
        second.terminate()
        second.wait(timeout=30)
    assert kept(job.id).runs == 2
    assert db.session().scalar(select(func.count(Organisation.id))) == 2
