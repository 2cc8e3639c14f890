"""What an organiser does with letters: keep a text of its own, go back to the built-in one, send again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.letter_log import LetterRefusal, LetterState, LetterStep, after
from fairapp.rules.letter_texts import TextFault, text_faults
from fairapp.rules.letters import KINDS, LetterEvent
from fairapp.store.letters import LetterLog, LetterTemplate
from fairapp.store.letters_queries import letter_of, letters_of_message, template_of
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class KeepText:
    """The organiser's words for an event in one language."""

    fair_id: int
    event: LetterEvent
    language: str
    subject: str
    body: str


def keep_text(session: Session, actor: Actor, order: KeepText, now: datetime) -> LetterTemplate:
    """Send this text from now on.

    :raises Invalid: when something is missing, too long, or names a place that nothing fills.
    """
    require(actor, Permission.LETTER_SEND, order.fair_id)
    if order.event not in KINDS:
        raise Invalid(body=TextFault.NOT_EDITABLE)
    kind = KINDS[order.event]
    faults, _unknown = text_faults(order.subject, order.body, kind.places, kind.needs)
    if faults:
        raise Invalid(**faults)
    kept = template_of(session, order.fair_id, order.event, order.language, lock=True)
    if kept is None:
        kept = LetterTemplate(fair_id=order.fair_id, event=order.event, language=order.language)
        session.add(kept)
    kept.subject, kept.body = order.subject.strip(), order.body.replace("\r\n", "\n").strip()
    kept.changed_at, kept.changed_by_id = now, actor.account_id
    session.flush()
    facts = {"event": order.event.value, "language": order.language}
    audit.record(session, actor, "letter.text_kept", now, fair_id=order.fair_id, **facts)
    return kept


def restore_text(
    session: Session, actor: Actor, fair_id: int, event: LetterEvent, language: str, now: datetime
) -> bool:
    """Send the built-in text again; whether there was another. A second press does no harm."""
    require(actor, Permission.LETTER_SEND, fair_id)
    kept = template_of(session, fair_id, event, language, lock=True)
    if kept is None:
        return False
    session.delete(kept)
    facts = {"event": event.value, "language": language}
    audit.record(session, actor, "letter.text_restored", now, fair_id=fair_id, **facts)
    return True


def send_again(session: Session, actor: Actor, fair_id: int, letter_id: int, now: datetime) -> LetterLog:
    """Try a failed letter once more, and with it the others of the same message that failed.

    :raises Missing: when the actor does not see it.
    :raises Refused: when it has not failed.
    """
    letter = letter_of(session, actor, fair_id, letter_id, lock=True)
    require(actor, Permission.LETTER_SEND, fair_id)
    if after(letter.state, LetterStep.SEND_AGAIN) is None:
        raise Refused(LetterRefusal.NOT_FAILED)
    for row in letters_of_message(session, letter.outbox_id).values():
        if row.state is LetterState.FAILED:
            row.state = LetterState.WAITING
    message = letter.outbox
    message.given_up_at, message.done_at, message.tries, message.due_at = None, None, 0, now
    audit.record(session, actor, "letter.sent_again", now, fair_id=fair_id, letter=letter.id)
    return letter
