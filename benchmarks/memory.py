"""Memory of the served demo fair after 10,000 requests: the server's own process and its two workers.

    python benchmarks/memory.py [--requests 10000]

An organiser's pages and the public ones in turn, as links lead to them. Prints what each process holds, and
their sum twice: resident, which counts shared pages once for each, and proportional, which counts them once.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))

from booth_page import _family, free_port

CONNECTIONS = 8
PAGES = 150


class Browser:
    """One connection with its cookies."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the words of a page, or where it sends one."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        words = answer.read().decode(errors="replace")
        for cookie in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition("=")
            self.cookies[name] = value.partition(";")[0]
        return answer.status, answer.headers.get("Location") or words

    def sign_in(self, instance: Path) -> None:
        """As the demo's organiser."""
        _, words = self.ask("GET", "/sign-in")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', words)
        assert token, "the page to sign in has no token"
        known = json.loads((instance / "demo-accounts.json").read_text())
        person = next(each for each in known if each["role"] == "organiser")
        form = {"csrf_token": token[1], "email": person["email"], "password": person["password"]}
        assert self.ask("POST", "/sign-in", form)[0] == 302

    def pages(self, start: str) -> list[str]:
        """The first pages that links lead to."""
        found, waiting, seen = list[str](), deque([start]), {start}
        while waiting and len(found) < PAGES:
            path = waiting.popleft()
            status, words = self.ask("GET", path)
            links = [words] if status == 302 else re.findall(r'href="(/[^"#]*)"', words)
            found += [path] * (status == 200)
            fresh = [link for link in dict.fromkeys(links) if link not in seen and "/static/" not in link]
            seen.update(fresh)
            waiting.extend(fresh)
        return found


def held(pid: int) -> tuple[int, int]:
    """Resident and proportional MiB of one process (Linux)."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
    resident, shared_out = (re.search(rf"^{name}:\s+(\d+)", rolled, re.M) for name in ("Rss", "Pss"))
    assert resident
    assert shared_out
    return int(resident[1]) // 1024, int(shared_out[1]) // 1024


def started(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The demo fair, served by two workers, once it answers."""
    for command in ("migrate", "demo"):
        subprocess.run(
            [sys.executable, "-m", "fairapp", command], env=environment, check=True, stdout=subprocess.DEVNULL
        )
    process = subprocess.Popen([sys.executable, "-m", "fairapp", "serve"], env=environment)
    for _ in range(600):
        try:
            if Browser(int(environment["PORT"])).ask("GET", "/healthz")[0] == 200:
                return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def main() -> None:
    """Ask, and print a line for each process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000)
    wanted = parser.parse_args().requests
    with tempfile.TemporaryDirectory() as folder:
        instance, port = Path(folder), free_port()
        process = started(os.environ | {"FAIRAPP_INSTANCE": folder, "PORT": str(port)})
        try:
            people = [Browser(port) for _ in range(CONNECTIONS)]
            for person in people[::2]:
                person.sign_in(instance)
            known = people[0].pages("/start"), people[1].pages("/")
            turn = itertools.count()

            def look(number: int) -> None:
                while (at := next(turn)) < wanted:
                    pages = known[number % 2]
                    people[number].ask("GET", pages[at % len(pages)])

            threads = [threading.Thread(target=look, args=(number,)) for number in range(CONNECTIONS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            sums = [0, 0]
            print(f"{'after ' + str(wanted) + ' requests':28}{'resident':>10}{'proportional':>14}")
            for number, pid in enumerate(_family(process.pid)):
                sizes = held(pid)
                sums = [each + more for each, more in zip(sums, sizes, strict=True)]
                name = f"worker {number}" if number else "the server's own process"
                print(f"{name:28}{sizes[0]:6} MiB{sizes[1]:10} MiB")
            print(f"{'sum':28}{sums[0]:6} MiB{sums[1]:10} MiB")
        finally:
            process.terminate()
            process.wait(timeout=20)


if __name__ == "__main__":
    main()
