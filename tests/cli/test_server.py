"""The process that holds the port: small, in the place of the command, ending what it started."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fairapp.cli import server
from tests.serving import fairapp, free_port, running, settings


def test_the_port_is_held_without_the_application() -> None:
    whole = "{'flask', 'sqlalchemy', 'fairapp.app'}"
    look = f"import sys, fairapp.cli.server; print(sorted({whole} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"


def test_what_serves_pages_holds_neither_printers_nor_what_migrates(tmp_path: Path) -> None:
    heavy = "{'alembic', 'PIL', 'highspy', 'icu4py', 'openpyxl', 'pypdfium2', 'reportlab', 'uharfbuzz'}"
    ask = "fairapp.app.create_lasting_app().test_client().get('/healthz')"
    look = f"import sys, fairapp.app; {ask}; print(sorted({heavy} & set(sys.modules)))"
    environment = settings(tmp_path, free_port())
    told = subprocess.run(
        [sys.executable, "-c", look], check=True, capture_output=True, text=True, env=environment
    )
    assert told.stdout.strip() == "[]"


def test_what_lasts_is_not_collected_in_the_middle_of_answers(tmp_path: Path) -> None:
    show = "print(gc.get_freeze_count(), *gc.get_threshold())"
    count = f"import gc, fairapp.app; fairapp.app.create_lasting_app(); {show}"
    environment = settings(tmp_path, free_port())
    told = subprocess.run(
        [sys.executable, "-c", count], check=True, capture_output=True, text=True, env=environment
    )
    frozen, *_young, oldest = map(int, told.stdout.split())
    assert (frozen > 50_000, oldest) == (True, 30)


def test_threads_share_memory_unless_told_otherwise() -> None:
    assert server.environment({"PORT": "8000"}) == {"PORT": "8000", "MALLOC_ARENA_MAX": "2"}
    assert server.environment({"MALLOC_ARENA_MAX": "8"})["MALLOC_ARENA_MAX"] == "8"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="asks Linux what runs")
def test_serving_leaves_nothing_of_the_command_in_memory(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        words = Path(f"/proc/{service.process.pid}/cmdline").read_text().split("\0")
    assert "fairapp.cli.server" in words


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="asks Linux what runs")
def test_the_worker_beside_the_server_ends_with_it(tmp_path: Path) -> None:
    environment = settings(tmp_path, free_port())
    fairapp("migrate", environment=environment)
    person = ("a@example.org", "--name", "A", "--role", "administrator", "--password-stdin")
    fairapp("accounts", "add", *person, environment=environment, stdin="correct horse battery staple")
    with running(tmp_path, port=int(environment["PORT"]), command="start") as service:
        helper = _child_that_says(service.process.pid, "worker")
        service.process.send_signal(signal.SIGTERM)
        service.process.wait(timeout=60)
        assert not Path(f"/proc/{helper}").exists()


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="asks Linux what runs")
def test_a_server_stopped_while_its_workers_start_ends_all_the_same(tmp_path: Path) -> None:
    environment = settings(tmp_path, free_port())
    fairapp("migrate", environment=environment)
    words = server.command("127.0.0.1", int(environment["PORT"]), workers=2, threads=2, with_worker=False)
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and len(children.read_text().split()) < 2:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    said, _none = process.communicate(timeout=60)
    assert (process.returncode, b"Python threads" in said) == (0, False)


def _child_that_says(pid: int, word: str) -> int:
    """The number of the process among the children of ``pid`` that was started with this word."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if word in Path(f"/proc/{child}/cmdline").read_text().split("\0"):
            return int(child)
    raise AssertionError(f"no child of {pid} was started with {word}")
