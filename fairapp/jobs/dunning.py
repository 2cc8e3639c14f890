"""Letters about what is due: found out by themselves, written to whoever pays."""

from __future__ import annotations

from datetime import datetime

from fairapp.config import Settings
from fairapp.jobs.applications import readers_of
from fairapp.jobs.work import Letter, LetterJob, PeriodicJob, Work
from fairapp.rules.actors import SYSTEM
from fairapp.rules.billing import OPEN_INVOICES, Payer, number_text
from fairapp.rules.dunning import Reminder
from fairapp.rules.errors import Clash
from fairapp.store.base import reading, transaction
from fairapp.store.billing import Instalment
from fairapp.store.billing_dunning import fairs_with_something_due
from fairapp.usecases.billing_dunning import remind, reminders_due, today_in


def money_reminder(work: Work, *, instalment_id: int, reminder: str) -> list[Letter]:
    """Remind the payer of an instalment that is still open when the letter goes."""
    instalment = work.session.get(Instalment, instalment_id)
    if instalment is None or instalment.open_minor <= 0 or instalment.invoice.state not in OPEN_INVOICES:
        return []  # paid or given up since
    invoice = instalment.invoice
    fair, exhibitor = invoice.fair, invoice.exhibitor
    readers: list[tuple[str, str]] = []
    if exhibitor is not None and invoice.payer is Payer.PRODUCER:
        readers = readers_of(work, exhibitor.organisation)
    if not readers and invoice.payer_email:
        readers = [(invoice.payer_email, "vi" if fair.country == "VN" else "en")]
    application_id = None if exhibitor is None else exhibitor.application_id
    facts = {
        "reminder": Reminder(reminder).value,
        "is_late": instalment.due_on < today_in(fair, work.now),
        "name": invoice.payer_name,
        "number": number_text(fair.code, invoice.kind, invoice.number),
        "fair_names": fair.names,
        "open": instalment.open_minor,
        "currency": invoice.currency,
        "due_on": instalment.due_on,
        "reference": instalment.reference,
        "seller": invoice.seller,
        "path": "" if application_id is None else f"/me/applications/{application_id}/money",
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
    }
    organisation_id = None if exhibitor is None else exhibitor.organisation_id
    return [
        Letter("bank/reminder", to, language, facts, fair.id, organisation_id) for to, language in readers
    ]


def send_reminders(_settings: Settings, now: datetime) -> int:
    """Promise the letters that are due today, each in a transaction of its own."""
    due = [
        found for fair in fairs_with_something_due(reading()) for found in reminders_due(reading(), fair, now)
    ]
    done = 0
    for instalment_id, reminder in due:
        try:
            with transaction() as session:
                done += remind(session, SYSTEM, instalment_id, reminder, now) is not None
        except Clash:
            continue  # another worker was quicker
    return done


LETTERS: dict[str, LetterJob] = {"mail.money_reminder": money_reminder}
HOURLY: dict[str, PeriodicJob] = {"money_reminders": send_reminders}
