"""The process that holds the port and watches its workers: the server alone, without the application.

Each worker reads the application for itself; what a command read to check it would only lie in memory.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Mapping

from granian.constants import Interfaces
from granian.server import Server

from fairapp.config import STREAM_THREADS

PAGES = "FAIRAPP_PAGE_THREADS"
"""Pages that a worker answers at a time; its other threads hold the streams of open boards."""
STOPS_WITHIN = 8
"""Seconds that a worker has to end; one that was stopped while it read the application may not hear it."""
ARENAS = "2"  # each thread would otherwise keep the memory that it once needed to itself


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The settings of the processes that serve and work: as given, with memory shared among threads."""
    return {"MALLOC_ARENA_MAX": ARENAS} | dict(given)


def command(host: str, port: int, workers: int, threads: int, with_worker: bool) -> list[str]:
    """The words that start this module."""
    numbers = ["--port", str(port), "--workers", str(workers), "--threads", str(threads)]
    ours = [sys.executable, "-m", "fairapp.cli.server", "--host", host, *numbers]
    return [*ours, "--with-worker"] if with_worker else ours


def _is_news(record: logging.LogRecord) -> bool:
    """Not the server's advice against many threads: ours mostly wait for a board's news."""
    return "Python threads" not in str(record.msg)


def main(arguments: list[str] | None = None) -> None:
    """Serve until stopped; with a worker beside it that ends when the server does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    for number in ("--port", "--workers", "--threads"):
        parser.add_argument(number, type=int, required=True)
    parser.add_argument("--with-worker", action="store_true")
    chosen = parser.parse_args(arguments)
    os.environ[PAGES] = str(chosen.threads)  # the workers inherit it
    logging.getLogger("_granian").addFilter(_is_news)
    server = Server(
        "fairapp.app:create_lasting_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=chosen.host,
        port=chosen.port,
        workers=chosen.workers,
        blocking_threads=chosen.threads + STREAM_THREADS,
        backpressure=chosen.threads + STREAM_THREADS,
        workers_kill_timeout=STOPS_WITHIN,
        log_level="warning",  # type: ignore[arg-type]
    )
    if not chosen.with_worker:
        server.serve()
        return
    helper = subprocess.Popen([sys.executable, "-m", "fairapp", "worker"], env=dict(os.environ))
    try:
        server.serve()
    finally:
        helper.terminate()
        helper.wait(timeout=20)


if __name__ == "__main__":
    main()
