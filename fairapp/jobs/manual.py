"""Letters about the exhibitor's manual: something came back, something is due or late."""

from __future__ import annotations

from datetime import datetime

from fairapp.config import Settings
from fairapp.jobs.applications import readers_of
from fairapp.jobs.work import Letter, LetterJob, PeriodicJob, Work
from fairapp.rules.actors import SYSTEM
from fairapp.rules.errors import Clash
from fairapp.rules.manual import AnswerState
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import reading, transaction
from fairapp.store.fairs_queries import fairs_ahead
from fairapp.store.manual import TaskAnswer
from fairapp.usecases.duties_letters import facts_of_owed
from fairapp.usecases.manual_letters import LETTER, remind, reminders_due


def task_returned(work: Work, *, answer_id: int) -> list[Letter]:
    """Say what is to be done better; nothing when it was handed in again by now."""
    answer = work.session.get(TaskAnswer, answer_id)
    if answer is None or answer.state is not AnswerState.RETURNED or answer.exhibitor.left_at is not None:
        return []
    fair, exhibitor = answer.task.fair, answer.exhibitor
    facts = {
        "task_names": answer.task.names,
        "fair_names": fair.names,
        "organisation": exhibitor.organisation.name,
        "reason": answer.reason,
        "path": f"/me/applications/{exhibitor.application_id}/manual/{answer.task_id}",
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
    }
    return [
        Letter(
            "manual/returned", to, language, facts, fair_id=fair.id, organisation_id=exhibitor.organisation_id
        )
        for to, language in readers_of(work, exhibitor.organisation)
    ]


def manual_owed(work: Work, *, exhibitor_id: int, words: str = "") -> list[Letter]:
    """Say what is late and what is due soon, as it is when the letter goes; nothing when nothing is."""
    exhibitor = work.session.get(Exhibitor, exhibitor_id)
    if exhibitor is None or exhibitor.left_at is not None or exhibitor.application_id is None:
        return []
    facts = facts_of_owed(work.session, exhibitor.fair, exhibitor_id, words, work.now)
    if not facts["late"] and not facts["due"]:
        return []
    return [
        Letter(
            LETTER,
            to,
            language,
            facts,
            fair_id=exhibitor.fair_id,
            organisation_id=exhibitor.organisation_id,
        )
        for to, language in readers_of(work, exhibitor.organisation)
    ]


def send_reminders(_settings: Settings, now: datetime) -> int:
    """Promise the letters that are due, one to each exhibitor, each in a transaction of its own."""
    done = 0
    for fair in fairs_ahead(reading(), now.date()):
        for exhibitor_id, keys in reminders_due(reading(), fair, now).items():
            try:
                with transaction() as session:
                    done += remind(session, SYSTEM, exhibitor_id, keys, now)
            except Clash:
                continue  # another worker was quicker
    return done


LETTERS: dict[str, LetterJob] = {"mail.task_returned": task_returned, "mail.manual_owed": manual_owed}
HOURLY: dict[str, PeriodicJob] = {"manual_reminders": send_reminders}
