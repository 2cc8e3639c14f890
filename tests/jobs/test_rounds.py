"""The rounds: what falls due by itself is done, and one job that fails does not stop the others."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fairapp.app import create_app
from fairapp.config import Settings, read_settings
from fairapp.jobs.running import make_rounds
from fairapp.jobs.table import periodic_jobs

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)


def test_a_failing_periodic_job_does_not_stop_the_next_one(
    ready_database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    app, seen = create_app(settings), []

    def fails(_settings: Settings, _now: datetime) -> int:
        raise RuntimeError("no bank today")

    def works(_settings: Settings, now: datetime) -> int:
        seen.append(now)
        return 2

    with app.app_context(), caplog.at_level(logging.CRITICAL, logger="fairapp.jobs.running"):
        assert make_rounds(settings, NOW, {"fails": fails, "works": works}) == 2
    assert seen == [NOW]


def test_every_periodic_job_of_the_house_finds_nothing_to_do_in_an_empty_one(
    ready_database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    with create_app(settings).app_context():
        assert {name: job(settings, NOW) for name, job in periodic_jobs().items()} == dict.fromkeys(
            periodic_jobs(), 0
        )
    assert not caplog.records
