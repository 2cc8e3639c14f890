"""The log of letters does not last for ever: who was written what is erased a year after the fair."""

from __future__ import annotations

from datetime import datetime

from fairapp.config import Settings
from fairapp.jobs.work import PeriodicJob
from fairapp.rules.letter_log import KEPT_AFTER
from fairapp.store.base import reading, transaction
from fairapp.store.letters_queries import has_letters_of_before
from fairapp.usecases.letter_log import forget_letters


def forget_old_letters(_settings: Settings, now: datetime) -> int:
    """Erase the letters of fairs that are long over."""
    day = now.date() - KEPT_AFTER
    if not has_letters_of_before(reading(), day):
        return 0  # no lock is asked for when there is nothing to do
    with transaction() as session:
        return forget_letters(session, day)


HOURLY: dict[str, PeriodicJob] = {"letters_forgotten": forget_old_letters}
