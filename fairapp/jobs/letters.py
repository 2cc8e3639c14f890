"""The letters of jobs in words."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from fairapp.config import Settings
from fairapp.i18n import LANGUAGES, SOURCE_LANGUAGE, speaking
from fairapp.i18n import gettext as _
from fairapp.i18n.letters import OwnText, written
from fairapp.jobs.work import Letter
from fairapp.rules.letters import event_of
from fairapp.store.letters_queries import own_text
from fairapp.usecases.letter_log import Delivery


def language_of(letter: Letter) -> str:
    """The reader's language; who reads none of ours gets English."""
    return letter.language if letter.language in LANGUAGES else SOURCE_LANGUAGE


def render(letter: Letter, settings: Settings, own: OwnText | None = None) -> tuple[str, str]:
    """Subject and body of ``letter`` in its reader's language; ``own``: the fair's own text for it."""
    if letter.ready is not None:
        return letter.ready
    return written(letter.template, language_of(letter), letter.facts, settings.base_url, own)


def unsubscribe_words(letter: Letter, settings: Settings) -> str:
    """The last lines of news: why it came, and where to stop it."""
    with speaking(language_of(letter)):
        why = _("You get this because your organisation has applied to a fair here before. No more of it:")
    return f"-- \n{why}\n{settings.base_url}{letter.unsubscribe}\n"


def own_text_of(session: Session, letter: Letter) -> OwnText | None:
    """The text that the letter's fair keeps for it."""
    if letter.fair_id is None or letter.ready is not None:
        return None
    return own_text(session, letter.fair_id, letter.template, letter.facts, language_of(letter))


def reader_of(letter: Letter) -> str:
    """Short for the address."""
    return hashlib.sha256(letter.to.encode()).hexdigest()[:16]


def delivery_of(letter: Letter, subject: str, body: str, error: str = "") -> Delivery | None:
    """What the log keeps of a try; None: the letter is the house's own, no fair's."""
    event = letter.event or event_of(letter.template, letter.facts)
    if letter.fair_id is None or event is None:
        return None
    return Delivery(
        event=event,
        fair_id=letter.fair_id,
        organisation_id=letter.organisation_id,
        to=letter.to,
        reader=reader_of(letter),
        language=language_of(letter),
        subject=subject,
        body=body,
        error=error,
        secret=letter.secret,
        attachment=", ".join(each.name for each in letter.attachments),
    )
