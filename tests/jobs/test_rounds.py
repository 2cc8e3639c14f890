"""The rounds: what falls due by itself is done, and one job that fails does not stop the others."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from fairapp.config import Settings
from fairapp.jobs.running import make_rounds
from fairapp.jobs.table import hourly_jobs, periodic_jobs

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)


@pytest.fixture
def settings(app: Flask) -> Settings:
    """The settings of an application that is up, on a database of its own."""
    settings: Settings = app.config["FAIRAPP"]
    return settings


def test_a_failing_periodic_job_does_not_stop_the_next_one(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[datetime] = []

    def fails(_settings: Settings, _now: datetime) -> int:
        raise RuntimeError("no bank today")

    def works(_settings: Settings, now: datetime) -> int:
        seen.append(now)
        return 2

    with caplog.at_level(logging.CRITICAL, logger="fairapp.jobs.running"):
        assert make_rounds(settings, NOW, {"fails": fails, "works": works}) == 2
    assert seen == [NOW]


def test_every_periodic_job_of_the_house_finds_nothing_to_do_in_an_empty_one(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = periodic_jobs() | hourly_jobs()
    assert {name: job(settings, NOW) for name, job in jobs.items()} == dict.fromkeys(jobs, 0)
    assert not caplog.records


def test_what_has_a_day_is_looked_for_once_an_hour_by_whichever_worker_comes(settings: Settings) -> None:
    seen: list[datetime] = []

    def looks(_settings: Settings, now: datetime) -> int:
        seen.append(now)
        return 1

    for minutes in (0, 0.5, 59, 60, 61, 119, 120):
        make_rounds(settings, NOW + timedelta(minutes=minutes), {"manual_reminders": looks})
    assert [(at - NOW) // timedelta(minutes=1) for at in seen] == [0, 60, 120]


def test_reminders_and_what_is_to_be_forgotten_are_looked_for_once_an_hour() -> None:
    assert set(hourly_jobs()) == {
        "letters_forgotten",
        "manual_reminders",
        "money_reminders",
        "print_stock",
        "review_reminders",
    }
    assert not set(hourly_jobs()) & set(periodic_jobs())
