"""A worker's sign of life while it is at long work, beside the work itself."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from fairapp.rules.jobs import BEAT
from fairapp.store.base import db
from fairapp.store.operations import Job

log = logging.getLogger(__name__)


class Beating:
    """``with Beating(job_id, run, clock)``: the job's row says again and again that somebody is at it."""

    def __init__(self, job_id: int, run: int, clock: Callable[[], datetime]) -> None:
        self.mine = (Job.id == job_id, Job.runs == run)
        self.clock = clock
        self.engine = db.engine  # found here, for the thread has no application
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, name=f"job-{job_id}", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.thread.join()

    def _beat(self) -> None:
        while not self.over.wait(BEAT.total_seconds()):
            try:
                with self.engine.begin() as connection:
                    connection.execute(update(Job).where(*self.mine).values(seen_at=self.clock()))
            except DBAPIError:  # the work itself holds SQLite's only pen: the next beat will do
                log.debug("a beat was missed", exc_info=True)
