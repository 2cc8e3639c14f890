"""What other pages take while many boards are open, and how long until all boards know of a change.

    python benchmarks/open_boards.py [--boards 50] [--booths 1000] [--applications 1500] [--changes 10]

The real server with its workers and threads as they are by default. Each board is a client that does what the
page does: it keeps the stream of changes open, and asks for what has changed as soon as it is told. The same
pages are asked for first with no board open, then with all of them open while an exhibitor is placed in one
booth after the other. A change is known when the answer with the new booth has arrived; the page gathers for
a tenth of a second before it asks, and so does the client.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import statistics
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent))

from board_fair import BOARD, filled

from tests.serving import Service, running

EVENTS, CHANGES, CLAIMS = "/o/OCOP27/board-events", "/o/OCOP27/board-changes", "/o/OCOP27/claims"
PAGES = ("/o/OCOP27", "/o/OCOP27/applications", "/f/OCOP27/plan", "/o/OCOP27/exhibitors")
GATHER_S = 0.12
ROUNDS = 8


class Client:
    """A browser's tab as far as the server sees it: its cookie, one connection for pages."""

    def __init__(self, service: Service, cookie: str) -> None:
        self.port = service.port
        self.headers = {"Cookie": f"fairapp={cookie}", "Origin": service.url}
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def read(self, address: str, body: str = "", **headers: str) -> str:
        """Ask for a page, or send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        method = "POST" if body else "GET"
        self.connection.request(method, address, body or None, {**self.headers, **kind, **headers})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if given := re.match("fairapp=([^;]+)", answer.getheader("Set-Cookie", "")):
            self.headers["Cookie"] = given[0]  # the page's form holds a secret of this session
        if answer.status != 200:
            raise RuntimeError(f"{method} {address}: {answer.status}\n{text[:400]}")
        return text


class Board(threading.Thread):
    """An open board: listens, and brings itself to what the fair is now."""

    def __init__(self, client: Client) -> None:
        super().__init__(daemon=True)
        self.client = client
        self.known: dict[int, float] = {}
        """When it had shown each change, by the change's number."""
        self.open = threading.Event()
        self.seen = 0
        self.over = False

    def run(self) -> None:
        """Listen until it is over; the server ends each stream after a while, and the page comes again."""
        while not self.over:
            stream = HTTPConnection("127.0.0.1", self.client.port, timeout=60)
            with contextlib.suppress(OSError, HTTPException), contextlib.closing(stream):
                self.listen(stream)
            time.sleep(0.3)

    def listen(self, stream: HTTPConnection) -> None:
        """Read one stream, and ask for what it tells of."""
        kept = {**self.client.headers, "Accept": "text/event-stream"}
        stream.request("GET", f"{EVENTS}?since={self.seen}", headers=kept)
        answer = stream.getresponse()
        self.open.set()
        while not self.over and (line := answer.readline()):
            told = json.loads(line[6:]).get("seq", 0) if line.startswith(b"data: {") else 0
            if told > self.seen:
                self.catch_up(told)

    def catch_up(self, told: int) -> None:
        """Bring the board to what the fair is now."""
        time.sleep(GATHER_S)
        news = json.loads(self.client.read(f"{CHANGES}/{self.seen}/A", Accept="application/json"))
        now = time.perf_counter()
        self.known.update((seq, now) for seq in range(self.seen + 1, news["seq"] + 1))
        self.seen = max(told, news["seq"])


def timed(client: Client) -> list[float]:
    """Seconds that each of the pages takes, asked for one after the other."""
    took = []
    for address in PAGES * ROUNDS:
        start = time.perf_counter()
        client.read(address)
        took.append(time.perf_counter() - start)
    return took


def placed(client: Client, changes: int, into: dict[int, float]) -> None:
    """Give one free booth after the other to whoever waits, and note when each change was answered."""
    page = client.read(BOARD)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    waiting = re.findall(r'data-application="(\d+)"', page)
    free = re.findall(r'<a class="bth bth--free[^"]*"[^>]*data-id="(\d+)"', page)
    assert token, "the board has no form"
    assert min(len(waiting), len(free)) >= changes, "nobody to place, or nowhere"
    for exhibitor, booth in zip(waiting[:changes], free[:changes], strict=True):
        sent = urlencode({"csrf_token": token[1], "exhibitor_id": exhibitor, "booth_id": booth})
        done = json.loads(client.read(CLAIMS, sent, Accept="application/json"))
        into[done["seq"]] = time.perf_counter()
        time.sleep(0.7)


def shown(name: str, seconds: list[float]) -> None:
    """One line: median, 95th of 100 and the longest, in milliseconds."""
    figures = (statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1], max(seconds))
    print(f"{name:<38}" + "".join(f"{each * 1000:>9.0f} ms" for each in figures), flush=True)


def main() -> None:
    """Print what pages take without and with open boards, and how soon these know of a change."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--boards", type=int, default=50)
    parser.add_argument("--booths", type=int, default=1_000)
    parser.add_argument("--applications", type=int, default=1_500)
    parser.add_argument("--changes", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        cookie = filled(service.environment, asked.booths, asked.applications)
        reader = Client(service, cookie)
        timed(reader)  # the first answers read the templates
        print(f"{asked.boards} boards of {asked.booths} booths, {asked.applications} applications")
        print(f"{'':<38}{'median':>12}{'p95':>12}{'longest':>12}")
        shown("pages, no board open", timed(reader))
        boards = [Board(Client(service, cookie)) for _ in range(asked.boards)]
        for board in boards:
            board.start()
        if not all(board.open.wait(30) for board in boards):
            raise SystemExit("not every board was let in")
        time.sleep(1)
        shown("pages, boards open", timed(reader))
        made: dict[int, float] = {}
        placing = threading.Thread(target=placed, args=(Client(service, cookie), asked.changes, made))
        placing.start()
        shown("pages, boards open, others at work", timed(reader))
        placing.join()
        time.sleep(3)
        delays = [board.known[seq] - at for board in boards for seq, at in made.items() if seq in board.known]
        shown("until a board shows a change", delays)
        print(f"{len(delays)} of {len(boards) * len(made)} changes have arrived")
        for board in boards:
            board.over = True


if __name__ == "__main__":
    main()
