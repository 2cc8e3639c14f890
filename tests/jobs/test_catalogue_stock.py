"""Finished pages of an edition are kept for its next printing, and for two weeks at most."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fairapp.config import Settings, read_settings
from fairapp.jobs.catalogue_stock import forget_stock
from fairapp.jobs.table import hourly_jobs
from fairapp.rules.catalogue import STOCK_LASTS

NOW = datetime(2027, 4, 1, 8, tzinfo=UTC)


def stock(settings: Settings, name: str, printed_at: datetime) -> Path:
    """A folder as a printing leaves it."""
    folder = settings.private / "print" / name
    folder.mkdir(parents=True)
    for file in ("stock.json", "pages.pdf"):
        (folder / file).write_bytes(b"kept")
        os.utime(folder / file, (printed_at.timestamp(), printed_at.timestamp()))
    return folder


def test_what_was_not_printed_for_two_weeks_is_erased(tmp_path: Path) -> None:
    settings = read_settings({"FAIRAPP_INSTANCE": str(tmp_path)})
    old = stock(settings, "1-vi", NOW - STOCK_LASTS - timedelta(seconds=1))
    young = stock(settings, "1-en", NOW - STOCK_LASTS)
    assert forget_stock(settings, NOW) == 1
    assert (old.exists(), (young / "stock.json").exists()) == (False, True)


def test_an_edition_printed_anew_is_young_whatever_else_lies_there(tmp_path: Path) -> None:
    settings = read_settings({"FAIRAPP_INSTANCE": str(tmp_path)})
    folder = stock(settings, "1-vi", NOW - timedelta(days=90))
    os.utime(folder / "stock.json", (NOW.timestamp(), NOW.timestamp()))
    assert forget_stock(settings, NOW) == 0


def test_nothing_printed_yet_is_nothing_to_erase(tmp_path: Path) -> None:
    assert forget_stock(read_settings({"FAIRAPP_INSTANCE": str(tmp_path)}), NOW) == 0


def test_it_is_looked_at_every_hour() -> None:
    assert hourly_jobs()["print_stock"] is forget_stock
