"""What a printing leaves for the next one bears names and telephone numbers: it does not lie about for long.

Two jobs of one edition need no lock: each writes a file of its own, and a stock whose file is gone, or has
another length than it says, is none.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from fairapp.config import Settings
from fairapp.jobs.work import PeriodicJob
from fairapp.rules.catalogue import STOCK_LASTS


def forget_stock(settings: Settings, now: datetime) -> int:
    """Erase the stocks of editions that were not printed for a while; answers how many."""
    forgotten = 0
    for folder in (settings.private / "print").glob("*"):
        if folder.is_dir() and _last_printed(folder) < now - STOCK_LASTS:
            rmtree(folder, ignore_errors=True)
            forgotten += 1
    return forgotten


def _last_printed(folder: Path) -> datetime:
    """When the youngest file came into the folder; an empty one has lain there for ever."""
    times = [file.stat().st_mtime for file in folder.iterdir() if file.exists()]
    return datetime.fromtimestamp(max(times, default=0.0), UTC)


HOURLY: dict[str, PeriodicJob] = {"print_stock": forget_stock}
