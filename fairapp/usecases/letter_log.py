"""The log of letters: what each try brought, kept with the promise it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairapp.rules.letter_log import LetterState, LetterStep, after
from fairapp.rules.letters import LetterEvent
from fairapp.store.fairs import Fair
from fairapp.store.letters import LetterLog
from fairapp.store.letters_queries import letters_of_message
from fairapp.store.operations import OutboxMessage

HIDDEN = "•••"
"""Where a link carries a secret: the log is no way in."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try of one letter; ``error``: why it did not leave, empty when it did."""

    event: LetterEvent
    fair_id: int
    organisation_id: int | None
    to: str
    reader: str
    language: str
    subject: str
    body: str
    error: str = ""
    secret: str = ""
    attachment: str = ""


def keep_deliveries(
    session: Session,
    message: OutboxMessage,
    tried: Iterable[Delivery],
    wanted: frozenset[str],
    now: datetime,
    *,
    given_up: bool,
) -> None:
    """Write down how each letter of a promise fared; ``wanted``: all readers it would go to now.

    One that waited and is wanted no more is dropped: somebody paid, moved on or was told by a later letter.
    """
    kept = dict(letters_of_message(session, message.id))
    for each in tried:
        row = kept.get(each.reader)
        if row is None:
            row = LetterLog(
                fair_id=each.fair_id,
                organisation_id=each.organisation_id,
                event=each.event,
                to_address=each.to,
                reader=each.reader,
                state=LetterState.WAITING,
                tries=0,
                made_at=message.made_at,
                outbox_id=message.id,
            )
            session.add(row)
            kept[each.reader] = row
        row.language, row.error, row.tries = each.language, each.error[:500], row.tries + 1
        row.attachment = each.attachment[:120]
        row.subject = each.subject[:300]
        row.body = each.body.replace(each.secret, HIDDEN) if each.secret else each.body
        if each.error:
            _go(row, LetterStep.FAIL if given_up else LetterStep.RETRY)
        else:
            _go(row, LetterStep.DELIVER)
            row.sent_at = now
    for reader, row in kept.items():
        if reader not in wanted and row.state is LetterState.WAITING:
            _go(row, LetterStep.DROP)


def forget_letters(session: Session, ended_before: date) -> int:
    """Erase words and addresses of letters of fairs that ended before that day; answer of how many."""
    over = select(Fair.id).where(Fair.ends_on < ended_before)
    gone = session.execute(
        update(LetterLog)
        .where(LetterLog.fair_id.in_(over), LetterLog.to_address != "")
        .values(to_address="", body="", error="")
    )
    count: int = gone.rowcount  # type: ignore[attr-defined]
    return count


def _go(row: LetterLog, step: LetterStep) -> None:
    row.state = after(row.state, step) or row.state
