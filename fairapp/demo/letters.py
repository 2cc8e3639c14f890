"""The demo fair's letters: two texts of its own, and the log of what its story would have sent of late."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.config import Settings
from fairapp.demo.visa import keep_visa_letters
from fairapp.jobs.letters import delivery_of, own_text_of, reader_of, render
from fairapp.jobs.mailings import written_for
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import SYSTEM
from fairapp.rules.applications import State
from fairapp.rules.jobs import JobState
from fairapp.rules.letters import LetterEvent
from fairapp.rules.mailings import Audience, Filter, MailingKind
from fairapp.store.fairs import Fair
from fairapp.store.letters import Mailing
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.letter_log import keep_deliveries
from fairapp.usecases.letters import KeepText, keep_text
from fairapp.usecases.letters_mailings import confirm_mailing, envelopes_of, post_mailing
from fairapp.usecases.mailing import DraftMailing, draft_mailing

TOLD = Path(__file__).parent / "data" / "letters.toml"
LOGGED = 90
"""Messages of the story that are told as letters."""
FAILED = 7
"""Which of them, counted from the last, met a mail server that refused."""


def keep_letters(session: Session, fair: Fair, settings: Settings, now: datetime) -> None:
    """Write the fair's own texts, then log the letters of its last days as if they had gone out."""
    told = tomllib.loads(TOLD.read_text(encoding="utf-8"))
    for text in told["text"]:
        order = KeepText(fair.id, LetterEvent(text["event"]), text["language"], text["subject"], text["body"])
        keep_text(session, SYSTEM, order, now - timedelta(days=40))
    recent = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.name.startswith("mail."), OutboxMessage.done_at.is_not(None))
        .order_by(OutboxMessage.made_at.desc(), OutboxMessage.id.desc())
        .limit(LOGGED)
    ).all()
    for place, message in reversed(list(enumerate(recent))):
        _log(session, settings, message, told["refusal"] if place == FAILED else "")
    before = session.scalar(select(func.max(OutboxMessage.id))) or 0
    _mail_many(session, fair, settings, told, now)
    keep_visa_letters(session, fair, settings, told["visa"], now)
    for message in session.scalars(select(OutboxMessage).where(OutboxMessage.id > before)).all():
        message.done_at = message.made_at
        if message.name.startswith("mail."):
            _log(session, settings, message, "")


def _mail_many(session: Session, fair: Fair, settings: Settings, told: dict[str, Any], now: datetime) -> None:
    """One letter to many that has gone out, and one that waits as a draft."""
    at = now - timedelta(days=3)
    sent, waiting = (_draft(session, fair, each, at) for each in told["mailing"])
    confirm_mailing(session, SYSTEM, fair.id, sent.id, at)
    envelopes = envelopes_of(session, sent, None, at)
    ready = list(written_for(session, settings, sent, envelopes.ready))
    post_mailing(session, sent.id, ready, envelopes.unsubscribed, at)
    session.refresh(sent)
    if sent.job is not None:
        sent.job.state, sent.job.ended_at = JobState.DONE, at
        sent.job.done = sent.job.total = len(ready)
    waiting.made_at = now - timedelta(hours=3)


def _draft(session: Session, fair: Fair, told: dict[str, Any], at: datetime) -> Mailing:
    wanted = Filter(Audience(told["audience"]), tuple(State(each) for each in told["states"]))
    order = DraftMailing(fair.id, MailingKind(told["kind"]), wanted, told["subjects"], told["bodies"])
    return draft_mailing(session, SYSTEM, order, at)


def _log(session: Session, settings: Settings, message: OutboxMessage, error: str) -> None:
    """Write the letters of one message down; with ``error`` as ones that could not be sent."""
    work = Work(session, settings, message.made_at)
    letters = letter_jobs()[message.name](work, **message.facts)
    rendered = [(each, *render(each, settings, own_text_of(session, each))) for each in letters]
    tried = [delivery_of(letter, subject, body, error) for letter, subject, body in rendered]
    at = message.made_at + timedelta(minutes=1)
    if error and letters:
        message.done_at, message.given_up_at, message.tries, message.error = None, at, 1, error
    kept = [each for each in tried if each is not None]
    readers = frozenset(reader_of(each) for each in letters)
    keep_deliveries(session, message, kept, readers, at, given_up=bool(error))
