"""Letters to reviewers: reviews are to be given soon, or are late."""

from __future__ import annotations

from datetime import datetime

from fairapp.config import Settings
from fairapp.jobs.work import Letter, LetterJob, PeriodicJob, Work
from fairapp.rules.actors import SYSTEM
from fairapp.rules.errors import Clash
from fairapp.store.accounts import Account
from fairapp.store.applications_reviewing import reviewers_of
from fairapp.store.base import reading, transaction
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import fairs_ahead
from fairapp.usecases.applications_review_letters import (
    LETTER,
    MESSAGE,
    facts_of_reviews,
    remind_reviewer,
    reminders_due,
)


def reviews_owed(work: Work, *, fair_id: int, account_id: int, words: str = "") -> list[Letter]:
    """Say how many are still to be read when the letter goes; nothing when none is, or the role has ended."""
    fair, account = work.session.get(Fair, fair_id), work.session.get(Account, account_id)
    if fair is None or account is None or account not in reviewers_of(work.session, fair_id):
        return []
    facts = facts_of_reviews(work.session, fair, account, words, work.now)
    if not facts["count"]:
        return []
    return [Letter(LETTER, account.email, account.language, facts, fair_id=fair_id)]


def send_reminders(_settings: Settings, now: datetime) -> int:
    """Promise the letters that are due, each in a transaction of its own."""
    done = 0
    for fair_id in [fair.id for fair in fairs_ahead(reading(), now.date())]:
        key, to = reminders_due(reading(), reading().get_one(Fair, fair_id), now)
        for account_id in to:
            try:
                with transaction() as session:
                    done += remind_reviewer(session, SYSTEM, fair_id, account_id, key, now)
            except Clash:
                continue  # another worker was quicker
    return done


LETTERS: dict[str, LetterJob] = {MESSAGE: reviews_owed}
HOURLY: dict[str, PeriodicJob] = {"review_reminders": send_reminders}
