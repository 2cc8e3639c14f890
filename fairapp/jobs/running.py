"""Do long work step by step, keep its progress in its row, and run the worker that does it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from fairapp.config import Settings
from fairapp.jobs.beating import Beating
from fairapp.jobs.hours import is_its_hour
from fairapp.jobs.outbox import drain
from fairapp.jobs.queue import open_queue
from fairapp.jobs.table import hourly_jobs, long_jobs, periodic_jobs
from fairapp.jobs.work import Cancelled, PeriodicJob, Result, Work
from fairapp.rules.jobs import JobState
from fairapp.store.base import LOCK, db, reading, transaction
from fairapp.store.operations import Job

log = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_PROGRESS = 0.4
SECONDS_BETWEEN_ROUNDS = 30.0


def run_job(settings: Settings, job_id: int, clock: Callable[[], datetime]) -> None:
    """Run a waiting job to its end: done, failed or cancelled, never half-done."""
    with transaction() as session:
        job = session.get(Job, job_id, with_for_update=LOCK, populate_existing=True)
        if job is None or job.state is not JobState.WAITING:
            return  # over, or another worker is at it
        job.state, job.seen_at, job.runs = JobState.RUNNING, clock(), job.runs + 1
        name, facts, run = job.name, dict(job.facts), job.runs
    with Beating(job_id, run, clock):
        result, state, error = _done(settings, job_id, name, facts, clock)
    with transaction() as session:
        job = session.get_one(Job, job_id, with_for_update=LOCK, populate_existing=True)
        if job.runs != run:
            log.warning("job %s was taken for lost and begun again elsewhere", job_id)
            return
        job.state, job.error, job.ended_at = state, error, clock()
        job.result_key, job.result_name = result.file_key, result.file_name
        job.report = [dict(line) for line in result.report]


def _done(
    settings: Settings, job_id: int, name: str, facts: dict[str, Any], clock: Callable[[], datetime]
) -> tuple[Result, JobState, str]:
    try:
        work = Work(reading(), settings, clock())
        return long_jobs()[name](work, _Progress(job_id), **facts), JobState.DONE, ""
    except Cancelled:
        return Result(), JobState.CANCELLED, ""
    except Exception as failure:  # the row tells the person who waits
        log.exception("job %s (%s) failed", job_id, name)
        return Result(), JobState.FAILED, f"{type(failure).__name__}: {failure}"[:2000]


def make_rounds(settings: Settings, now: datetime, jobs: Mapping[str, PeriodicJob] | None = None) -> int:
    """Do what has become due by itself (``jobs``: every room's); answer how many things were done."""
    done = 0
    for name, job in (periodic_jobs() | hourly_jobs() if jobs is None else jobs).items():
        try:
            if name not in hourly_jobs() or is_its_hour(name, now):
                done += job(settings, now)
        except Exception:  # one that fails comes round again and never stops the others
            log.exception("periodic job %s failed", name)
            db.session.rollback()
    db.session.remove()
    return done


class _Progress:
    """``progress(done, total)``: writes the row now and then, and stops a cancelled job."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self.told = 0.0

    def __call__(self, done: int, total: int) -> None:
        if done < total and monotonic() - self.told < SECONDS_BETWEEN_PROGRESS:
            return
        self.told = monotonic()
        with db.engine.begin() as connection:  # beside the session that the job is reading in
            connection.execute(update(Job).where(Job.id == self.job_id).values(done=done, total=total))
            state = connection.scalar(select(Job.state).where(Job.id == self.job_id))
        if state is JobState.CANCELLED:
            raise Cancelled


class Worker:
    """The outbox's postman and the queue's consumer in one process."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.settings: Settings = app.config["FAIRAPP"]
        self.queue = open_queue(self.settings)
        self.run_later = self.queue.task(name="run_job")(self._run)
        self.stopping = threading.Event()
        self.rounds_at = 0.0

    def drain_once(self) -> int:
        """One look into the outbox; now and then also a round of what has become due."""
        with self.app.app_context():
            if monotonic() >= self.rounds_at:
                self.rounds_at = monotonic() + SECONDS_BETWEEN_ROUNDS
                make_rounds(self.settings, datetime.now(UTC))
            return drain(self.settings, datetime.now(UTC), lambda job_id: self.run_later(job_id))

    def serve(self) -> None:
        """Work until a signal ends the process."""
        postman = threading.Thread(target=self._look_again_and_again, name="outbox", daemon=True)
        postman.start()
        consumer: Any = self.queue.create_consumer(workers=1, worker_type="thread", max_delay=1.0)
        try:
            consumer.run()
        finally:
            self.stopping.set()
            postman.join(timeout=5)

    def _run(self, job_id: int) -> None:
        with self.app.app_context():
            run_job(self.settings, job_id, lambda: datetime.now(UTC))

    def _look_again_and_again(self) -> None:
        while not self.stopping.is_set():
            try:
                self.drain_once()
            except Exception:
                log.exception("the outbox could not be read")
            self.stopping.wait(SECONDS_BETWEEN_LOOKS)
