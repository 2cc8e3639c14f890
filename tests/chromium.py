"""Finds a Chromium for the browser tests; run as a script, it also installs one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class Missing(RuntimeError):
    """There is no browser; the sentence says how to get one."""


def playwrights_own() -> str | None:
    """The Chromium that Playwright has downloaded for itself, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def installed() -> str | None:
    """The machine's own Chromium; FAIRAPP_TEST_CHROMIUM names one elsewhere."""
    named = os.environ.get("FAIRAPP_TEST_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


def find() -> str:
    """The path of a Chromium that is there."""
    if path := installed() or playwrights_own():
        return path
    raise Missing("no Chromium: install one, or run .venv/bin/python tests/chromium.py")


def flags() -> list[str]:
    """How to start it: nothing fetched from outside, and without a sandbox where root runs it."""
    return [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def install() -> None:
    """Bring a Chromium: Debian's package as root, Playwright's download otherwise."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing chromium with apt", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdin=subprocess.DEVNULL)
        get = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(get, env=quiet, stdin=subprocess.DEVNULL)
        if installed():
            return
    print("downloading Playwright's chromium", flush=True)
    with_libraries = ["--with-deps"] if os.geteuid() == 0 else []
    command = [sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"]
    subprocess.run(command, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    if not installed() and not playwrights_own():
        install()
    try:
        print("browser:", find())
    except Missing as why:
        sys.exit(str(why))
