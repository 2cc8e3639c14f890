"""Keep what was promised: send the letters and start the long work that committed transactions posted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from time import monotonic

from sqlalchemy import select, update

from fairapp.adapters import mail
from fairapp.config import Settings
from fairapp.jobs.letters import delivery_of, own_text_of, reader_of, render, unsubscribe_words
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Letter, Work
from fairapp.store.base import db, reading, transaction
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.letter_log import Delivery, keep_deliveries

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
MOST_TRIES = 12
BATCH = 50
JOB_PREFIX = "job."
SECONDS_AT_ONCE = 60.0
"""A slow mail server must not outlast the lease of the messages that wait behind it."""
REACHED = "_reached"
"""In a message's facts: whom its letters have reached, when others of them have to be tried again."""


def drain(settings: Settings, now: datetime, enqueue: Callable[[int], None]) -> int:
    """Work through what is due; answer how many messages were finished.

    Each message is leased first (its due time moves ahead), so that two workers never do the same one and a
    killed worker's message comes back. A letter is sent outside of any transaction.
    """
    due = reading().scalars(
        select(OutboxMessage.id)
        .where(OutboxMessage.done_at.is_(None), OutboxMessage.given_up_at.is_(None))
        .where(OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.id)
        .limit(BATCH)
    )
    finished, began = 0, monotonic()
    for message_id in list(due):
        if monotonic() - began > SECONDS_AT_ONCE:
            break
        leased = _lease(message_id, now)
        if leased is not None and _keep(settings, leased, now, enqueue):
            finished += 1
    db.session.remove()
    return finished


def _lease(message_id: int, now: datetime) -> OutboxMessage | None:
    with transaction() as session:
        taken = session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == message_id, OutboxMessage.done_at.is_(None))
            .where(OutboxMessage.due_at <= now)
            .values(due_at=now + LEASE, tries=OutboxMessage.tries + 1)
        )
        if taken.rowcount != 1:  # type: ignore[attr-defined]
            return None
        return session.get(OutboxMessage, message_id, populate_existing=True)


def _keep(settings: Settings, message: OutboxMessage, now: datetime, enqueue: Callable[[int], None]) -> bool:
    error, hopeless, tried = "", False, _Tried(set(message.facts.get(REACHED, ())))
    try:
        if message.name.startswith(JOB_PREFIX):
            enqueue(int(message.facts["job_id"]))
        else:
            _send(settings, message, now, tried)
    except Exception as failure:  # one bad message never stops the others
        log.exception("outbox message %s (%s) failed", message.id, message.name)
        hopeless = _is_hopeless(failure)
        error = f"{type(failure).__name__}: {failure}"[:2000]
    with transaction() as session:
        kept = session.get_one(OutboxMessage, message.id)
        kept.error = error
        if tried.reached:
            kept.facts = {**kept.facts, REACHED: sorted(tried.reached)}
        if not error:
            kept.done_at = now
        elif hopeless or kept.tries >= MOST_TRIES:
            kept.given_up_at = now
        else:
            kept.due_at = now + min(timedelta(seconds=10) * 2**kept.tries, timedelta(hours=6))
        if tried.wanted is not None:
            given_up = kept.given_up_at is not None
            keep_deliveries(session, kept, tried.letters, tried.wanted, now, given_up=given_up)
    return not error


@dataclass(slots=True)
class _Tried:
    """What came of a message: whom it has reached, whom it would reach now, and each letter's fate."""

    reached: set[str]
    wanted: frozenset[str] | None = None
    """None: nobody knows, for its letters could not be made."""
    letters: list[Delivery] = field(default_factory=list)


def _is_hopeless(failure: Exception) -> bool:
    """Whether the letter would be refused again, however often it is tried."""
    return isinstance(failure, mail.LetterRefused) or (
        isinstance(failure, mail.MailFailed) and not failure.temporary
    )


def _send(settings: Settings, message: OutboxMessage, now: datetime, tried: _Tried) -> None:
    """Send every letter that has not reached its reader; one that is refused keeps no other back.

    :raises MailFailed: when some may reach their readers later, else when some never will.
    """
    session = reading()
    facts = {name: value for name, value in message.facts.items() if name != REACHED}
    letters = letter_jobs()[message.name](Work(session, settings, now), **facts)
    rendered = [(letter, *render(letter, settings, own_text_of(session, letter))) for letter in letters]
    session.rollback()
    tried.wanted = frozenset(reader_of(letter) for letter in letters)
    transport = mail.transport_for(settings.mail, settings.instance)
    failures: list[Exception] = []
    for number, (letter, subject, body) in enumerate(rendered):
        if (reader := reader_of(letter)) in tried.reached:
            continue
        error = ""
        try:
            transport.send(_composed(settings, message, number, letter, subject, body, now))
            tried.reached.add(reader)
        except (mail.MailFailed, mail.LetterRefused) as failure:
            failures.append(failure)
            error = str(failure)
        if (delivery := delivery_of(letter, subject, body, error)) is not None:
            tried.letters.append(delivery)
    if failures:
        raise min(failures, key=_is_hopeless)


def _composed(
    settings: Settings,
    message: OutboxMessage,
    number: int,
    letter: Letter,
    subject: str,
    body: str,
    now: datetime,
) -> EmailMessage:
    return mail.composed(
        mail.Letter(
            to=letter.to,
            sender=settings.mail_from,
            subject=subject,
            text=body if not letter.unsubscribe else f"{body}\n{unsubscribe_words(letter, settings)}",
            date=now,
            attachments=letter.attachments,
            message_id=f"<outbox-{message.id}-{number}@{settings.host}>",
            unsubscribe_url=f"{settings.base_url}{letter.unsubscribe}" if letter.unsubscribe else "",
        )
    )
