"""Letters about the exhibitor's manual: something came back."""

from __future__ import annotations

from fairapp.jobs.applications import readers_of
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.manual import AnswerState
from fairapp.store.manual import TaskAnswer


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


LETTERS: dict[str, LetterJob] = {"mail.task_returned": task_returned}
