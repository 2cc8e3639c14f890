"""A running service for the tests: the real server, in a process of its own, on a free loopback port."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service answers, and what it was started with."""

    url: str
    port: int
    instance: Path
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End it and all its workers at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def settings(instance: Path, port: int, **more: str) -> dict[str, str]:
    """The environment of a service of our own, and nothing of the developer's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRAPP_", "PG"))}
    ours = {
        "FAIRAPP_INSTANCE": str(instance),
        "FAIRAPP_MAIL": f"file:{instance / 'mail.jsonl'}",
        "FAIRAPP_BASE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }
    return kept | ours | more


def fairapp(*arguments: str, environment: dict[str, str], stdin: str = "") -> str:
    """Run one command of the command line, and return what it printed."""
    command = [sys.executable, "-m", "fairapp", *arguments]
    done = subprocess.run(command, env=environment, input=stdin, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"fairapp {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


@contextlib.contextmanager
def running(
    instance: Path, *arguments: str, port: int = 0, command: str = "serve", **more: str
) -> Iterator[Service]:
    """Migrate, start ``fairapp serve``, wait until /healthz says that it can work, and end it afterwards."""
    port = port or free_port()
    environment = settings(instance, port, **more)
    if command == "serve":
        fairapp("migrate", environment=environment)
    log = instance / "server.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "fairapp", command, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        for _ in range(1200):  # two processors that have much else to do
            if process.poll() is not None or _answers(port):
                break
            time.sleep(0.1)
        else:
            raise AssertionError(f"the server did not answer:\n{log.read_text(errors='replace')[-4000:]}")
        if process.poll() is not None:
            raise AssertionError(f"the server ended:\n{log.read_text(errors='replace')[-4000:]}")
        yield Service(f"http://127.0.0.1:{port}", port, instance, environment, process)
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ask the service's process group to end, and insist after ten seconds."""
    for request in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, request)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
            break
