"""Invitation letters: mailed with their paper, and erased once the fair is long over."""

from __future__ import annotations

from datetime import datetime

from fairapp.adapters.files import FolderFiles, NoSuchFile
from fairapp.adapters.mail import Attachment
from fairapp.config import Settings
from fairapp.jobs.applications import readers_of
from fairapp.jobs.work import Letter, LetterJob, PeriodicJob, Work
from fairapp.rules.visa_letters import KEPT_AFTER, VisaState, reference_of, travellers
from fairapp.store.base import reading, transaction
from fairapp.store.letters import VisaLetter
from fairapp.store.letters_visa import visa_letters_to_erase
from fairapp.usecases.letters_visa import erase_visa_letter


def visa_letter(work: Work, *, visa_letter_id: int) -> list[Letter]:
    """The paper as an attachment, or why there is none; nothing once it was revoked or erased."""
    found = work.session.get(VisaLetter, visa_letter_id)
    if found is None or found.state not in (VisaState.ISSUED, VisaState.REFUSED):
        return []
    fair, organisation = found.fair, found.application.organisation
    number = "" if found.number is None else reference_of(fair.code, found.number)
    attachments: tuple[Attachment, ...] = ()
    if found.state is VisaState.ISSUED:
        try:
            paper = FolderFiles(work.settings.private).read(found.file_key or "")
        except NoSuchFile:
            return []
        attachments = (Attachment(f"{number}.pdf", "application/pdf", paper),)
    facts = {
        "state": found.state.value,
        "number": number,
        "names": [each.name for each in travellers(found.people)],
        "reason": found.reason,
        "organisation": organisation.name,
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/me/applications/{found.application_id}/visa",
    }
    return [
        Letter("letters/visa", to, language, facts, fair.id, organisation.id, attachments=attachments)
        for to, language in readers_of(work, organisation)
    ]


def erase_old_letters(settings: Settings, now: datetime) -> int:
    """Forget names and papers of fairs that are long over."""
    erased, files = 0, FolderFiles(settings.private)
    for letter_id in visa_letters_to_erase(reading(), now.date() - KEPT_AFTER):
        with transaction() as session:
            key = erase_visa_letter(session, letter_id, now)
            erased += 1
        if key is not None:
            files.forget(key)
    return erased


LETTERS: dict[str, LetterJob] = {"mail.visa_letter": visa_letter}
PERIODIC: dict[str, PeriodicJob] = {"visa_letters": erase_old_letters}
