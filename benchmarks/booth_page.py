"""Booth pages after a scan against a plain Flask hello, both under granian with one worker.

Prints requests per second, the server's CPU time per request and the ratio, for whole answers and for 304,
on SQLite; with ``--requests N`` (10,000) each. A raw keep-alive client asks both servers the same way.
"""

from __future__ import annotations

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

HELLO = """
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello, World!"
"""
CONNECTIONS = 8


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared(instance: Path) -> str:
    """Fill a new database with the demo fair; the path of one of its booths."""
    os.environ["FAIRAPP_INSTANCE"] = str(instance)
    from sqlalchemy import select

    from fairapp.adapters.files import FolderFiles
    from fairapp.app import create_app
    from fairapp.demo.loading import load_demo
    from fairapp.store.allocation import ClaimDay
    from fairapp.store.base import db, transaction
    from fairapp.store.fairs import Booth
    from fairapp.store.migrating import migrate

    app = create_app()
    with app.app_context():
        migrate(db.engine)
        now = datetime.now(UTC)
        with transaction() as session:
            files = FolderFiles(app.config["FAIRAPP"].files)
            load_demo(session, files, now.date(), now, secrets.randbelow, lambda done, total: None)
            code = session.scalar(
                select(Booth.short_code).join(ClaimDay, ClaimDay.booth_id == Booth.id).order_by(Booth.id)
            )
    return f"/B/{code}"


def served(target: list[str], port: int, folder: Path) -> subprocess.Popen[bytes]:
    """Start granian with one worker, and wait until it answers."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "4", "--log-level", "critical", "--port", str(port), *target]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, "PORT": str(port)})
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """CPU time of the process and its workers (Linux)."""
    ticks = 0
    for pid in _family(process.pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def resident_mib(process: subprocess.Popen[bytes]) -> float:
    """Memory of the process and its workers, shared pages counted once for each."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in _family(process.pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def ask(port: int, request: bytes, count: int) -> float:
    """Send ``count`` requests over a few kept connections; seconds taken."""

    def talk(share: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            for _ in range(share):
                connection.sendall(request)
                _read_answer(connection)

    threads = [threading.Thread(target=talk, args=(count // CONNECTIONS,)) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def _read_answer(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head


def measured(
    name: str, process: subprocess.Popen[bytes], port: int, request: bytes, count: int
) -> tuple[float, float]:
    """Requests per second and CPU microseconds per request, printed."""
    ask(port, request, count // 10)
    before = cpu_seconds(process)
    seconds = ask(port, request, count)
    cpu = (cpu_seconds(process) - before) / count * 1e6
    print(f"{name:28} {count / seconds:8.0f} requests/s   {cpu:7.0f} µs of server CPU each")
    return count / seconds, cpu


def main() -> None:
    """Measure hello, 200 and 304 in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    count = parser.parse_args().requests
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = prepared(folder / "instance")
        (folder / "hello.py").write_text(HELLO)
        ports = free_port(), free_port()
        root = Path(__file__).parent.parent
        hello = served(["hello:app"], ports[0], folder)
        ours = served(["--factory", "fairapp.app:create_app"], ports[1], root)
        try:
            get = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: vi\r\n"
            with socket.create_connection(("127.0.0.1", ports[1])) as connection:
                connection.sendall(f"{get}\r\n".encode())
                head = _read_answer(connection).decode()
            etag = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("etag: "))
            plain = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            peer = measured("Flask hello", hello, ports[0], plain, count)
            whole = measured("booth page, 200", ours, ports[1], f"{get}\r\n".encode(), count)
            same = measured(
                "booth page, 304", ours, ports[1], f"{get}If-None-Match: {etag}\r\n\r\n".encode(), count
            )
            for label, (rate, cpu) in (("200", whole), ("304", same)):
                times, less = rate / peer[0], peer[1] / max(cpu, 0.01)
                print(f"ratio {label}: {times:.2f} times hello's requests/s, {less:.2f} times less CPU each")
            print(f"memory of the server (one worker): {resident_mib(ours):.0f} MiB")
        finally:
            for process in (hello, ours):
                process.terminate()
                process.wait(timeout=20)


if __name__ == "__main__":
    main()
