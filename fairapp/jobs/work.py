"""What a job is handed: the session, the settings, the time, and ways to say how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters.mail import Attachment
from fairapp.config import Settings
from fairapp.rules.letters import LetterEvent


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be rendered in its reader's language from ``templates/mail/<template>.txt``."""

    template: str
    to: str
    language: str
    facts: Mapping[str, object] = field(default_factory=dict)
    fair_id: int | None = None
    """Whose letter it is: its own text is sent and its log keeps it; None: the house's own."""
    organisation_id: int | None = None
    """About whom it is."""
    secret: str = field(default="", repr=False)
    """What the log leaves out of the words."""
    ready: tuple[str, str] | None = None
    """Subject and body that were put together before: no template is asked."""
    event: LetterEvent | None = None
    """What it is about; None: its template and facts say so."""
    attachments: tuple[Attachment, ...] = ()
    unsubscribe: str = ""
    """The page where its reader stops such letters: for news only."""


@dataclass(frozen=True, slots=True)
class Work:
    """The world of a job."""

    session: Session
    settings: Settings
    now: datetime


LetterJob = Callable[..., list[Letter]]
"""``(work, **facts) -> letters``: reads only; sending is the outbox's business."""
PeriodicJob = Callable[[Settings, datetime], int]
"""``(settings, now) -> how many things it did``: looks for what has become due and does it, each thing in a
transaction of its own; two workers may run it at once."""
LongJob = Callable[..., "Result"]
"""``(work, progress, **facts) -> Result``; ``progress(done, total)`` may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class Result:
    """What long work made: a file in the file store, its name for the reader, and what was skipped."""

    file_key: str | None = None
    file_name: str = ""
    report: tuple[Mapping[str, object], ...] = ()


class Cancelled(Exception):
    """Somebody asked the job to stop."""
